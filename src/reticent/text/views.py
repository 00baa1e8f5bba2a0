"""The texts that typing may have been: each view is a string with the cell behind every character.

FINAL is what stands there now, EPOCH what stood there before something was taken away, RAW the order in which keys
were hit (glued, and split at every discontinuity), GLOBAL RAW the same over all targets of a seat, SHADOW adds letters
typed with a command modifier, PREEDIT is what an input method showed, JOIN a segment typed at an unknown place, and
a layout variant reads the same key codes under another layout. A view never removes a reading; it adds one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from reticent.text.buffer import CONTEXT, Buffer, context_start
from reticent.text.cells import Cell

__all__ = ["View", "epochs", "final", "global_raw", "join_texts", "joins", "preedits", "raw", "variants"]

_SEGMENT_MAX = 80
_REACH = 40


class View(NamedTuple):
    """``cells[i]`` is behind ``text[i]``; None stands behind a blank that only marks a discontinuity.

    ``visible`` says that the text stood on the screen as it is, so that its tokens are whole.
    """

    text: str
    cells: list[Cell | None]
    visible: bool = False


def spell(cells: Iterable[Cell | None], *, visible: bool = False, layout: str | None = None) -> View:
    """The text of some cells; a cell may hold no character, or several."""
    behind = list(cells)
    texts = [" " if cell is None else cell.text for cell in behind]
    if layout is not None:
        for at, cell in enumerate(behind):
            if cell is not None and cell.alternatives is not None:
                texts[at] = cell.alternatives.get(layout, texts[at])
    text = "".join(texts)
    if len(text) != len(behind) or "" in texts:
        behind = [cell for cell, part in zip(behind, texts, strict=True) for _ in part]
    return View(text, behind, visible)


def final(buffer: Buffer) -> list[Cell | None]:
    """What stands in the target now, from a little before the first undecided cell."""
    cells = buffer.cells
    at = _first_open(cells, buffer.open_from, buffer.settled)
    shown = [cell for cell in cells[context_start(cells, at) :] if cell.live]
    return _marked(shown, "jump") if buffer.uncertain else [*shown]


def _first_open(cells: Sequence[Cell], open_from: int, start: int = 0) -> int:
    """The first cell that was made by an undecided unit; their number if there is none."""
    for at, cell in enumerate(cells[start:], start):
        if cell.unit.first >= open_from:
            return at
    return len(cells)


def epochs(buffer: Buffer) -> Iterator[list[Cell | None]]:
    """What stood there before each deletion, newest last."""
    for snapshot in buffer.epochs:
        shown = snapshot[context_start(snapshot, _first_open(snapshot, buffer.open_from)) :]
        yield _marked(shown, "jump") if buffer.uncertain else [*shown]


def raw(cells: Sequence[Cell]) -> Iterator[list[Cell | None]]:
    """Cells in the order they were typed, glued, and split where the caret moved."""
    glued = [cell for cell in cells if not cell.shadow]
    yield [*glued]
    split = _marked(glued, "broken")
    if len(split) != len(glued):
        yield split


def global_raw(cells: Sequence[Cell]) -> Iterator[list[Cell | None]]:
    """Typed order over all targets: glued, split at every change of target, and with command letters."""
    plain = [cell for cell in cells if not cell.shadow]
    if len(plain) != len(cells):
        yield list(cells)
    if any(cell.unit.buffer is not plain[0].unit.buffer for cell in plain):
        yield list(plain)
        split: list[Cell | None] = []
        for cell in plain:
            before = split[-1] if split else None
            if before is not None and before.unit.buffer is not cell.unit.buffer:
                split.append(None)
            split.append(cell)
        yield split


def preedits(buffer: Buffer) -> Iterator[View]:
    """Every text an input method showed, after what stood before it."""
    for carrier in buffer.preedits:
        at = buffer.cells.index(carrier) if carrier in buffer.cells else len(buffer.cells)
        before = spell([cell for cell in buffer.cells[max(0, at - CONTEXT) : at] if cell.live])
        for shown in carrier.preedits or ():
            yield View(before.text + shown, before.cells + [carrier] * len(shown), visible=True)


def joins(buffer: Buffer, literals: Sequence[str]) -> Iterator[View]:
    """Segments typed at an unknown place, set where they complete a literal: between, before or over other text."""
    for join in buffer.joins:
        if not any(cell.is_open() for cell in join.segment):
            continue
        segment = spell([cell for cell in join.segment[-_SEGMENT_MAX:] if cell.live])
        base = spell(join.base)
        typed, stood = segment.text.lower(), base.text.lower()
        if typed and stood and len(typed) == len(segment.cells) and len(stood) == len(base.cells):
            letters = set(typed + stood)
            for literal in [literal for literal in literals if literal[-1] in letters]:
                if not letters.issuperset(literal):
                    continue
                for start, stop, own in _shares(literal, typed):
                    left = stood.find(literal[:start])
                    right = stood.find(literal[stop:], left + start) if left >= 0 else -1
                    if right >= 0:
                        cells = (
                            base.cells[left : left + start]
                            + segment.cells[own]
                            + base.cells[right : right + len(literal) - stop]
                        )
                        yield View(literal, cells)


def join_texts(buffer: Buffer) -> Iterator[str]:
    """For each segment typed at an unknown place, it at every place, between what stands there: a line each.

    For a search that knows its secrets by tags only, and so cannot ask where one would be completed.
    """
    for join in buffer.joins:
        if any(cell.is_open() for cell in join.segment):
            typed = spell([cell for cell in join.segment[-_SEGMENT_MAX:] if cell.live]).text
            stood = spell(join.base).text
            places = range(len(stood) + 1) if typed else ()
            yield "\n".join(stood[max(0, at - _REACH) : at] + typed + stood[at : at + _REACH] for at in places)


def _shares(literal: str, typed: str) -> Iterator[tuple[int, int, slice]]:
    """Which parts of a literal the typed segment may supply, and which of its characters do."""
    at = literal.find(typed)
    while at >= 0 and len(typed) < len(literal):
        yield at, at + len(typed), slice(None)
        at = literal.find(typed, at + 1)
    last, first = typed[-1], typed[0]
    for cut in range(1, len(literal)):
        if literal[cut - 1] == last and typed.endswith(literal[:cut]):
            yield 0, cut, slice(len(typed) - cut, None)
        if literal[cut] == first and typed.startswith(literal[cut:]):
            yield cut, len(literal), slice(0, len(literal) - cut)


def variants(cells: list[Cell | None], names: Iterable[str]) -> Iterator[View]:
    """The same key codes under every other layout, where that makes a difference."""
    for cell in cells:
        if cell is not None and cell.alternatives is not None:
            yield from (spell(cells, layout=name) for name in names)
            return


def _marked(cells: Sequence[Cell], flag: str) -> list[Cell | None]:
    """The cells, with a blank before each that has this flag."""
    marked: list[Cell | None] = [*cells]
    flags = list(map(attrgetter(flag), cells))
    if True in flags:
        for at in reversed([at for at, flagged in enumerate(flags) if flagged]):
            marked.insert(at, None)
    return marked
