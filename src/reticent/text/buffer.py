"""The typing buffer of one target: what was typed there, in document order, with everything deleted still in place.

Every operation is named by its intention (the W3C ``inputType`` names where there is one) and only ever *adds*
knowledge: a deleted cell stays as a tombstone, a lost caret starts a new segment that may belong anywhere, and a
snapshot is taken before text is taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from reticent.events import Category, FieldKind
from reticent.text.caret import left_of, line_boundary, right_of, word_boundary
from reticent.text.cells import OPAQUE, Cell, Unit, normalized

__all__ = ["CONTEXT", "NOTHING_OPEN", "Buffer", "Expected", "Join", "Place", "context_start"]

CONTEXT = 160
"""How many characters before the first undecided one detectors may see."""

NOTHING_OPEN = 1 << 62
"""``open_from`` of a buffer in which everything is decided."""

_LINE_ENDS = ("\n", "\t")
_CELLS_MAX = 2000
_SNAPSHOT_RADIUS = 200
_SNAPSHOTS_MAX = 64
_JOINS_MAX = 8
_PAYLOAD_EDGE = 150


class Place(NamedTuple):
    """Which element of which window; an unknown part is None and so shared by all that do not know it."""

    app: str | None
    window: str | None
    element: str | None


class Expected(NamedTuple):
    """What a line is taken for if it is begun until ``until_us`` (event time): a kind of match."""

    kind: str
    until_us: int


class Join(NamedTuple):
    """Text typed at an unknown place of ``base``: it may stand between any two of its cells, or over some."""

    base: list[Cell]
    segment: list[Cell]


class Buffer:
    """What was typed into one target. ``caret`` is an index into ``cells``, or None when it is not known."""

    def __init__(self, place: Place, field: FieldKind) -> None:
        self.place = place
        self.field = field
        self.sensitive: Category | None = None
        self.cells: list[Cell] = []
        self.caret: int | None = 0
        self.anchor: int | None = None
        self.epochs: list[list[Cell]] = []
        self.joins: list[Join] = []
        self.killed: list[Cell] = []
        self.preedits: list[Cell] = []
        self.open_units: list[Unit] = []
        self.open_from = NOTHING_OPEN
        self.open_since_us = 0
        self.open_cells = 0
        self.settled = 0
        self.last_key_us = 0
        self.idle = False
        self.edited = False
        self.uncertain = False
        self.injected = False
        self.coded = False
        self.latch: str | None = None
        self.prompted = 0
        self.signs_in = False
        self.expected: Expected | None = None
        self.zone: Category | None = None
        self.after_hull = False
        self.cover = -1
        self.ordinal: str | None = None
        self._inserting = False
        self._just_typed = False
        self._overtype = False
        self._jump = False
        self._break = False
        self._segment: list[Cell] | None = None
        self._segment_due = False
        self._report_offset = 0

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def epochs_full(self) -> bool:
        """Whether so much was taken away since the last decision that snapshots must be read now."""
        return len(self.epochs) >= _SNAPSHOTS_MAX

    def line(self) -> list[Cell]:
        """The live cells of the last line."""
        line: list[Cell] = []
        for cell in reversed(self.cells):
            if cell.live:
                if cell.text in _LINE_ENDS:
                    break
                line.append(cell)
        line.reverse()
        return line

    def selected(self) -> list[Cell] | None:
        """The live cells of the selection; None when there is none or it is not known."""
        if self.anchor is None or self.caret is None or self.anchor == self.caret:
            return None
        low, high = sorted((self.anchor, self.caret))
        return [cell for cell in self.cells[low:high] if cell.live]

    # -- inserting -------------------------------------------------------------------------------------------------

    def type(self, text: str, unit: Unit) -> Cell:
        """Type one character: at the end of the text, where most typing happens, that costs next to nothing."""
        cells = self.cells
        if self.caret != len(cells) or self.anchor is not None or self._segment_due:
            return self.insert(text, unit)[0]
        cell = Cell(text if text.isascii() else normalized(text), unit)
        cells.append(cell)
        self.caret += 1
        if self._break:
            cell.broken, self._break = True, False
        if self._segment is not None:
            self._segment.append(cell)
        self._inserting = self._just_typed = True
        return cell

    @property
    def takes_plain_strokes(self) -> bool:
        """Whether a typed character is appended and nothing else: some text waits, and the caret stands at its end."""
        return (
            self.open_from != NOTHING_OPEN
            and not self.idle
            and self.sensitive is None
            and self.caret == len(self.cells)
            and self.anchor is None
            and self._inserting
            and not self._segment_due
            and not self._break
        )

    def type_on(self, cells: list[Cell]) -> None:
        """Append typed characters where ``takes_plain_strokes``."""
        self.cells += cells
        self.caret = len(self.cells)
        self.open_cells += len(cells)
        if self._segment is not None:
            self._segment += cells

    def insert(self, text: str, unit: Unit, alternatives: dict[str, str] | None = None) -> list[Cell]:
        """Insert ``text``; it replaces the selection. Returns the new cells."""
        return self.insert_cells([Cell(normalized(character), unit) for character in text], unit, alternatives)

    def insert_cells(self, new: list[Cell], unit: Unit, alternatives: dict[str, str] | None = None) -> list[Cell]:
        """Insert cells made by the caller at the caret, after any tombstones there."""
        if not new:
            return new
        if self.caret != len(self.cells) or self.anchor is not None or self._segment_due:
            self.edited = True
        if self._segment_due:
            self._segment = []
            self._segment_due = False
            base = [cell for cell in self.cells[-2 * _SNAPSHOT_RADIUS :] if cell.live][-_SNAPSHOT_RADIUS:]
            if base:
                self.joins = [*self.joins[1 - _JOINS_MAX :], Join(base, self._segment)]
        if self.anchor is not None:
            self.delete_selection(unit)
        if self.caret is None:
            self.caret = len(self.cells)
            self._jump = bool(self.cells)
        at = self.caret
        while at < len(self.cells) and not self.cells[at].live:
            at += 1
        if self._overtype and at < len(self.cells) and self.cells[at].text not in ("\n", "\t"):
            self._kill(self.cells[at], unit)
        new[0].jump, self._jump = self._jump, False
        new[0].broken, self._break = self._break or new[0].jump, False
        if alternatives is not None:
            self.coded = True
            new[0].alternatives = alternatives
        self.cells[at:at] = new
        self.settled = min(self.settled, at)
        self.caret = at + len(new)
        if self._segment is not None:
            self._segment += new
        self._inserting = self._just_typed = True
        return new

    def insert_payload(self, text: str, unit: Unit) -> list[Cell]:
        """Paste or drop: a long text keeps its ends, which alone can combine with what is typed beside it."""
        if len(text) > 2 * _PAYLOAD_EDGE:
            text = text[:_PAYLOAD_EDGE] + OPAQUE + text[-_PAYLOAD_EDGE:]
        return self.insert_cells([Cell(normalized(character), unit) for character in text], unit)

    def insert_copies(self, originals: Iterable[Cell], unit: Unit) -> list[Cell]:
        """Re-insert cells that were cut or killed: what betrays the copy betrays the original too."""
        new = []
        for original in originals:
            cell = Cell(original.text, unit)
            cell.source = original
            new.append(cell)
        return self.insert_cells(new, unit)

    def replace(self, old: str | None, text: str, unit: Unit) -> list[Cell]:
        """Autocorrection or completion: ``old``, if it stands before the caret, becomes ``text``."""
        self.snapshot()
        live = [cell for cell in self.cells[: len(self.cells) if self.caret is None else self.caret] if cell.live]
        plain = "".join(cell.text for cell in live)
        wanted = "".join(map(normalized, old or ""))
        at = plain.rfind(wanted) if wanted and len(plain) == len(live) else -1
        if at < 0:
            return self.insert_cells([Cell(normalized(character), unit) for character in text], unit)
        after = self.caret
        victims = live[at : at + len(wanted)]
        for cell in victims:
            cell.live = False
        self.caret = self.cells.index(victims[-1]) + 1
        new = [Cell(normalized(character), unit) for character in text]
        for place, cell in enumerate(new):
            cell.source = victims[min(place, len(victims) - 1)]
        self.insert_cells(new, unit)
        self.caret = None if after is None else after + len(new)
        return new

    def set_value(self, text: str, unit: Unit) -> list[Cell]:
        """The whole value is now ``text``: what differs from what stood there was changed. Returns the new cells."""
        live = [at for at, cell in enumerate(self.cells) if cell.live]
        stood = [self.cells[at].text for at in live]
        wanted = list(map(normalized, text))
        start = _common_length(stood, wanted)
        rest = min(len(stood), len(wanted)) - start
        same = min(rest, _common_length(stood[::-1], wanted[::-1]))
        victims = live[start : len(live) - same]
        self.caret = victims[-1] + 1 if victims else live[start - 1] + 1 if start else 0
        self.anchor = victims[0] if victims else None
        self._segment_due, self._segment = False, None
        if victims:
            self.delete_selection(unit)
        return self.insert_payload(text[start : len(text) - same], unit)

    def end_line(self, text: str, unit: Unit) -> None:
        """A commit key: what follows is another line (or field), which no caret step of ours joins to this one."""
        cell = Cell(text, unit)
        if self.field == "editor" and self.caret is not None:
            at = self.caret
        else:
            at = len(self.cells)
            self._segment_due = self.caret != at
        self.cells.insert(at, cell)
        self.settled = min(self.settled, at)
        self.caret = at + 1
        self.anchor = None
        self._segment = None
        self._inserting = False

    # -- taking away -----------------------------------------------------------------------------------------------

    def snapshot(self) -> None:
        """Remember the text as it stands, before some of it is taken away."""
        self.edited = True
        self._inserting = self._just_typed = False
        if not self.epochs_full:
            middle = len(self.cells) if self.caret is None else self.caret
            start = max(middle - _SNAPSHOT_RADIUS, context_start(self.cells, min(self.settled, middle)))
            near = self.cells[start : middle + _SNAPSHOT_RADIUS]
            self.epochs.append([cell for cell in near if cell.live])

    def delete_backward(self, unit: Unit) -> None:
        """Unit delete before the caret, or of the selection."""
        self._delete_unit(unit, backward=True)

    def delete_forward(self, unit: Unit) -> None:
        """Unit delete after the caret, or of the selection."""
        self._delete_unit(unit, backward=False)

    def _delete_unit(self, unit: Unit, *, backward: bool) -> None:
        if self._inserting or not self.edited:
            self.snapshot()
        if self.anchor is not None and self.anchor != self.caret:
            self.delete_selection(unit)
            return
        self.anchor = None
        at = left_of(self.cells, self.caret) if backward else right_of(self.cells, self.caret)
        if at is None:
            unit.zone = unit.zone or (self.zone if self.caret is None or self.cells else None)
            return
        cell = self.cells[at]
        self._kill(cell, unit)
        self.caret = at + 1 if backward else self.caret
        if cell.text == OPAQUE:
            self.lose_caret()

    def _kill(self, cell: Cell, unit: Unit) -> None:
        cell.live = False
        cell.dels = [*(cell.dels or ()), unit]
        unit.zone = cell.redacted or unit.zone

    def delete_selection(self, unit: Unit) -> None:
        """Delete what is selected; only a selection of one cell is evidence against the deleting stroke."""
        victims = self.selected()
        self.snapshot()
        if victims is None:
            self.anchor = None
            return
        assert self.anchor is not None
        assert self.caret is not None
        self.caret = max(self.anchor, self.caret)
        self.anchor = None
        self._remove(victims, unit)

    def _remove(self, victims: list[Cell], unit: Unit) -> None:
        if len(victims) == 1:
            self._kill(victims[0], unit)
        for cell in victims:
            cell.live = False

    def delete_word(self, unit: Unit, *, backward: bool, blank_only: bool = False) -> list[Cell]:
        """Delete to the word boundary; returns what went."""
        return self._delete_span(unit, partial(word_boundary, backward=backward, blank_only=blank_only))

    def delete_line(self, unit: Unit, *, backward: bool) -> list[Cell]:
        """Delete to the start or end of the line; returns what went, for the kill ring."""
        return self._delete_span(unit, partial(line_boundary, backward=backward))

    def _delete_span(self, unit: Unit, boundary: Callable[[Sequence[Cell], int], int]) -> list[Cell]:
        self.snapshot()
        self._break = True
        if self.anchor is not None and self.anchor != self.caret:
            self.delete_selection(unit)
            return []
        if self.caret is None:
            return []
        low, high = sorted((self.caret, boundary(self.cells, self.caret)))
        victims = [cell for cell in self.cells[low:high] if cell.live]
        self.caret = high
        self.anchor = None
        self._remove(victims, unit)
        return victims

    def transpose(self, unit: Unit) -> None:
        """Readline's ^T: the characters on both sides of the caret change places; at the end, the last two do."""
        self.snapshot()
        if self.caret is None:
            return
        right = right_of(self.cells, self.caret)
        if right is None:
            right = left_of(self.cells, self.caret)
        left = next((at for at in range((right or 0) - 1, -1, -1) if self.cells[at].live), None)
        if left is None or right is None:
            return
        for at in (left, right):
            self.cells[at].more = [*(self.cells[at].more or ()), unit]
        self.cells[left], self.cells[right] = self.cells[right], self.cells[left]
        self.caret = max(self.caret, right + 1)

    # -- moving ----------------------------------------------------------------------------------------------------

    def step(self, unit: Unit, *, left: bool, selecting: bool) -> None:
        """The caret crosses one cell, which remembers who crossed it."""
        at = left_of(self.cells, self.caret) if left else right_of(self.cells, self.caret)
        if not selecting and self.anchor is not None and self.caret is not None and self.anchor != self.caret:
            self.caret = min(self.anchor, self.caret) if left else max(self.anchor, self.caret)
            self._move_to(self.caret, selecting=False)
            return
        if at is None:
            unit.zone = unit.zone or (self.zone if self.caret is None or self.cells else None)
            self._moved(selecting)
            return
        cell = self.cells[at]
        cell.touch = [*(cell.touch or ()), unit]
        unit.zone = cell.redacted or unit.zone
        if cell.text == OPAQUE:
            self.lose_caret()
        else:
            self._move_to(at if left else at + 1, selecting=selecting)

    def jump_word(self, *, left: bool, selecting: bool) -> None:
        """The caret goes to a word boundary. Which one, applications do not agree on: nearby text may be anywhere."""
        if self.caret is not None:
            self._segment_due = self.uncertain = True
            self._move_to(word_boundary(self.cells, self.caret, backward=left), selecting=selecting)

    def jump_line(self, *, left: bool, selecting: bool) -> None:
        """The caret goes to the start or end of its line."""
        if self.caret is None:
            last = [at for at, cell in enumerate(self.cells) if cell.live and cell.text == "\n"]
            if left and last:
                return
            self.caret = len(self.cells)
        self._move_to(line_boundary(self.cells, self.caret, backward=left), selecting=selecting)

    def jump_document(self, *, left: bool, selecting: bool) -> None:
        """The caret goes to the start or end of the document, of which we may know only a part."""
        self.caret = 0 if self.caret is None else self.caret
        self._segment_due = left
        self._move_to(0 if left else len(self.cells), selecting=selecting)

    def select_all(self) -> None:
        """Everything is selected; or, where ^A means line start, nothing is: so what comes may stand anywhere."""
        self.edited = self.uncertain = True
        self._segment_due = True
        self._break = True
        self.anchor, self.caret = 0, len(self.cells)

    def lose_caret(self) -> None:
        """The caret may be anywhere from here on: a click, an undo, a line up."""
        if self._inserting:
            self.snapshot()
        self.edited = self.uncertain = True
        self._just_typed = False
        self.caret = self.anchor = self._segment = None
        self._segment_due = self._break = True

    def toggle_overtype(self) -> None:
        """Insert was pressed; whether the application heeds it is unknown, so both readings stay open."""
        self.edited = self.uncertain = True
        self._overtype = not self._overtype
        self._segment_due = True

    def report(self, start: int, end: int) -> None:
        """The application reports its selection, in characters from the start of its text."""
        live = [at for at, cell in enumerate(self.cells) if cell.live]
        if self.caret is not None and self.anchor is None:
            here = sum(1 for at in live if at < self.caret)
            if start == end == here + self._report_offset:
                return
            if start == end and self._just_typed:
                self._report_offset = start - here
                return
        places = [value - self._report_offset for value in (start, end)]
        if not all(0 <= value <= len(live) for value in places):
            self.lose_caret()
            return
        index = [live[value - 1] + 1 if value else 0 for value in places]
        if self._inserting:
            self.snapshot()
        self._segment_due = self._segment_due and any(cell.text == "\n" for cell in self.cells)
        self._move_to(index[1], selecting=False)
        self.anchor = index[0] if start != end else None

    def _move_to(self, at: int, *, selecting: bool) -> None:
        if selecting and self.anchor is None:
            self.anchor = self.caret
        elif not selecting:
            self.anchor = None
        self.caret = at
        self._moved(selecting)

    def _moved(self, selecting: bool) -> None:
        if self._inserting and selecting:
            self.snapshot()
        self.edited = True
        self._break = True
        self._just_typed = False
        self._segment = None

    # -- bounds ----------------------------------------------------------------------------------------------------

    def trim(self) -> None:
        """Forget the oldest decided cells beyond the bound."""
        excess = len(self.cells) - _CELLS_MAX
        if excess > _CELLS_MAX // 2 and self.settled >= excess:
            self._report_offset += sum(cell.live for cell in self.cells[:excess])
            del self.cells[:excess]
            self.caret = None if self.caret is None else max(0, self.caret - excess)
            self.anchor = None if self.anchor is None else max(0, self.anchor - excess)
            self.settled = max(0, self.settled - excess)

    def settle(self) -> None:
        """Everything is decided: snapshots, hypotheses and preedits have done their work."""
        self.epochs.clear()
        self.joins.clear()
        self.preedits.clear()
        self._segment = None
        self.settled = len(self.cells)
        self.edited = self.caret != len(self.cells) or self.anchor is not None
        self.uncertain = self.caret is None


def context_start(cells: Sequence[Cell], at: int) -> int:
    """Where the context of ``cells[at]`` begins: at most one line above its own, which is as far as cues reach."""
    low = max(0, at - CONTEXT)
    ends = 0
    for place in range(at - 1, low - 1, -1):
        if cells[place].text == "\n":
            ends += 1
            if ends > 1:
                return place + 1
    return low


def _common_length(some: Sequence[str], others: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))
    return sum(1 for _ in same)
