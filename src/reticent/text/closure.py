"""From matches to hulls: everything that would betray a matched cell leaves as one ``redacted`` event.

Steps as in the specification: ghosts (abandoned attempts beside a match), sources (what was cut and pasted), the
strokes of every matched cell, runs of them joined over a few foreign characters, and the edges: navigation, locks
and modifiers that stand beside a hull and would tell that something happened in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reticent.events import Category
from reticent.text.buffer import Buffer
from reticent.text.cells import Cell, Hull, Match, Unit

__all__ = ["close", "name_rules", "widen"]

_FOREIGN_MAX = 8
_FRAGMENT_MIN = 4
_GHOST_US = 60_000_000
_MARKS = frozenset("\"'`‘’‚“”„«»‹›([{< \t")
_MARKS_MAX = 3
"""So many of these may stand between a match and the attempt before it: it was begun again, now in quotes."""
_LEAD_MAX = 16
"""So far before a match somebody may have gone back to mend its label, and so have begun the match before."""
_PRIORITY: tuple[Category, ...] = (
    "credential", "financial", "identity", "contact", "health", "custom", "unspecified",
)  # fmt: skip


def widen(matches: Iterable[Match]) -> list[Match]:
    """Add to each match the deleted attempts beside it, and as matches of their own what its cells were copied from."""
    widened: list[Match] = []
    places: dict[int, dict[int, int]] = {}
    for match in dict.fromkeys(matches):  # sibling views find the same
        cells = dict.fromkeys(match.cells)
        for cell in match.cells:
            _add_ghosts(cell, cells, places, across_blanks=match.category == "financial")
        widened.append(match._replace(cells=tuple(cells)))
        for found in (_fragments(match), *_false_starts(match)):
            fragments = tuple(cell for cell in found if cell not in cells)
            if fragments:
                widened.append(match._replace(cells=fragments))
        sources: list[Cell] = []
        for cell in match.cells:
            source = cell.source
            while source is not None and source not in sources:
                sources.append(source)
                source = source.source
        if sources:
            widened.append(match._replace(cells=tuple(sources)))
    return widened


def _add_ghosts(cell: Cell, cells: dict[Cell, None], places: dict[int, dict[int, int]], *, across_blanks: bool) -> None:
    buffer = cell.unit.buffer
    if not buffer.edited:
        return
    index = places.get(id(buffer))
    if index is None:
        index = places[id(buffer)] = _beside_dead(buffer)
    at = index.get(id(cell))
    if at is None:
        return
    before = at - 1
    while before > 0 and at - before <= _MARKS_MAX and _is_mark(buffer.cells[before]):
        before -= 1
    for order in (range(before, -1, -1), range(at + 1, len(buffer.cells))):
        for place in order:
            ghost = buffer.cells[place]
            near = abs(ghost.unit.time_us - cell.unit.time_us) < _GHOST_US
            if ghost in cells or ghost.live or not near or not ghost.is_open():
                break
            if ghost.dels is None and ghost.text.isspace() and not across_blanks:
                break  # deleted with much else at one stroke, which is no attempt at this
            cells[ghost] = None


def _beside_dead(buffer: Buffer) -> dict[int, int]:
    """Where the cells stand that have a deleted one beside them, by identity: only these can have ghosts.

    Before them it may also stand behind a few marks.
    """
    start = max(0, buffer.settled - 1)  # before that nothing is open, so no ghost is
    cells = buffer.cells[start:]
    found: dict[int, int] = {}
    marks = _MARKS_MAX + 1
    for at, cell in enumerate(cells):
        if marks <= _MARKS_MAX or (at + 1 < len(cells) and not cells[at + 1].live):
            found[id(cell)] = start + at
        marks = 0 if not cell.live else marks + 1 if _is_mark(cell) else _MARKS_MAX + 1
    return found


def _is_mark(cell: Cell) -> bool:
    return cell.live and cell.text in _MARKS


def _fragments(match: Match) -> dict[Cell, None]:
    """Deleted text that has four characters in a row with the match: an attempt taken back with its surroundings."""
    found: dict[Cell, None] = {}
    buffer = match.cells[-1].unit.buffer
    recent = buffer.cells[buffer.settled :] if buffer.edited else []
    if all(cell.live for cell in recent):
        return found
    text = "".join(cell.text for cell in match.cells).lower()
    pieces = {text[at : at + _FRAGMENT_MIN] for at in range(len(text) - _FRAGMENT_MIN + 1)}
    run: list[Cell] = []
    for cell in [*recent, None]:
        if cell is not None and not cell.live:
            if len(cell.text) == 1 and cell.is_open():
                run.append(cell)
            continue
        if len(run) >= _FRAGMENT_MIN:
            dead = "".join(ghost.text for ghost in run).lower()
            for at in range(len(dead) - _FRAGMENT_MIN + 1):
                if dead[at : at + _FRAGMENT_MIN] in pieces:
                    found |= dict.fromkeys(run[at : at + _FRAGMENT_MIN])
        run = []
    return found


def _false_starts(match: Match) -> Iterator[Sequence[Cell]]:
    """Deleted text that begins as the match does, behind a label that was mended: ``toktn=pl`` of ``token=plZJDn``.

    It is looked for as far behind the place of the deletion as the match stands, or one character to the side.
    """
    first = match.cells[0]
    buffer = first.unit.buffer
    recent = buffer.cells[buffer.settled :] if buffer.edited and first.live else []
    lead = 0
    dead: list[Cell] = []
    for cell in reversed(recent[: recent.index(first)] if first in recent else ()):
        if not cell.live:
            dead.append(cell)
            continue
        yield from _begun(dead, lead, first)
        dead = []
        if lead == _LEAD_MAX or cell.text == "\n":
            return
        lead += 1
    yield from _begun(dead, lead, first)


def _begun(dead: Sequence[Cell], lead: int, first: Cell) -> Iterator[Sequence[Cell]]:
    for attempt in _attempts(dead):
        for at in range(max(0, lead - 1), min(lead + 2, len(attempt))):
            cell = attempt[at]
            near = abs(cell.unit.time_us - first.unit.time_us) < _GHOST_US
            if near and cell.is_open() and cell.text.lower() == first.text.lower():
                yield attempt[at:]
                break


def _attempts(dead: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Deleted cells, last first, in order, and parted where one was typed after that before it was deleted."""
    attempt: list[Cell] = []
    for cell in reversed(dead):
        if attempt and attempt[-1].dels and attempt[-1].dels[0].first < cell.unit.first:
            yield attempt
            attempt = []
        attempt.append(cell)
    if attempt:
        yield attempt


def close(matches: Iterable[Match], buffer: Buffer) -> None:
    """Give a hull to every undecided unit that a match, its surroundings or an edge condemns.

    Units of ``buffer`` that crossed or deleted what is already redacted are condemned without a match.
    """
    positions = {buffer: {unit: at for at, unit in enumerate(buffer.open_units)}}
    runs: dict[Buffer, list[tuple[int, int, Category]]] = {buffer: []}
    for match in matches:
        evidence: dict[Buffer, set[int]] = {}
        if all(cell.unit.scrubbed for cell in match.cells):
            continue
        for cell in match.cells:
            for unit in cell.units():
                target = unit.buffer
                if target not in positions:
                    positions[target] = {other: at for at, other in enumerate(target.open_units)}
                at = positions[target].get(unit)
                if at is not None:
                    evidence.setdefault(target, set()).add(at)
        for target, found in evidence.items():
            pieces = _runs(sorted(found), target.open_units)
            runs.setdefault(target, []).extend((start, stop, match.category) for start, stop in pieces)
    for target, found_runs in runs.items():
        zones = [(at, at, unit.zone) for at, unit in enumerate(target.open_units) if unit.zone]
        _seal(target.open_units, _merged(found_runs + zones))


def name_rules(matches: Iterable[Match]) -> None:
    """Tell each hull the kinds of the matches that it hides. Nothing that leaves depends on it."""
    for match in matches:
        for cell in match.cells:
            for unit in cell.units():
                if unit.hull is not None and match.kind not in unit.hull.rules:
                    unit.hull.rules = (*unit.hull.rules, match.kind)


def _runs(found: list[int], units: list[Unit]) -> list[tuple[int, int]]:
    """Neighbouring strokes of one match, joined while at most a few foreign characters lie between."""
    runs = [(found[0], found[0])]
    for at in found[1:]:
        start, stop = runs[-1]
        if at - stop - 1 <= _FOREIGN_MAX or _texts(units[stop + 1 : at]) <= _FOREIGN_MAX:
            runs[-1] = (start, at)
        else:
            runs.append((at, at))
    return runs


def _texts(units: list[Unit]) -> int:
    return sum(1 for unit in units if unit.kind == Unit.TEXT)


def _merged(runs: list[tuple[int, int, Category]]) -> list[tuple[int, int, Category]]:
    merged: list[tuple[int, int, Category]] = []
    for start, stop, category in sorted(runs):
        if merged and start <= merged[-1][1]:
            first, last, other = merged[-1]
            merged[-1] = first, max(last, stop), min(category, other, key=_PRIORITY.index)
        else:
            merged.append((start, stop, category))
    return merged


def _seal(units: list[Unit], runs: list[tuple[int, int, Category]]) -> None:
    hulls = []
    for start, stop, category in runs:
        hull = Hull(category)
        hulls.append((start, stop, hull))
        for unit in units[start : stop + 1]:
            if unit.kind != Unit.MODIFIER:
                unit.hull = hull
    for start, stop, hull in hulls:
        while start and units[start - 1].hull is None and units[start - 1].is_edge:
            start -= 1
        while stop + 1 < len(units) and units[stop + 1].hull is None and units[stop + 1].is_edge:
            stop += 1
        inside = units[start : stop + 1]
        for unit in inside:
            if unit.is_edge and unit.hull is None:
                unit.hull = hull
        hull.stop = max(hull.stop, units[stop].first)
        _release_odd_locks(inside)


def _release_odd_locks(units: list[Unit]) -> None:
    """Lock strokes go in pairs; of an odd number the last stays, since text after the hull depends on it."""
    locks = [unit for unit in units if unit.kind == Unit.LOCK]
    if len(locks) % 2:
        locks[-1].hull = None
