"""From decided text to the strokes that stand for it: which hull has a surrogate, and how that is typed.

Fail closed: only a hull that hides one finding and nothing else, which stands in the text as it was found, has one.
Every character takes the same time and names no physical key, on a keyboard of its own, marked as ``injected``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reticent.events import KeyDown, KeyUp
from reticent.text.buffer import Buffer
from reticent.text.cells import Cell, Hull, Match, Unit

__all__ = ["give_surrogates", "strokes", "takes_us"]

INTERVAL_US = 250_000
"""As slow as not to look like a password manager's burst to whoever filters an output again."""
DWELL_US = 100_000

_PERSONAL = frozenset(("financial", "identity", "contact"))


def give_surrogates(
    units: Sequence[Unit], matches: Sequence[Match], moves: Sequence[int], surrogate: Callable[[str, str], str | None]
) -> None:
    """Give each hull of these decided units of one target what ``surrogate(kind, value)`` says, where it may have one.

    ``moves`` are the arrival indexes of changes of place.
    """
    buffer = units[0].buffer if units else None
    if buffer is None or not any(match.category in _PERSONAL for match in matches):
        return
    live = [cell for cell in buffer.cells if cell.live]
    hulls: dict[Hull, list[Unit]] = {}
    for unit in units:
        if unit.hull is not None:
            hulls.setdefault(unit.hull, []).append(unit)
    for hull, own in hulls.items():
        left = any(own[0].first < at < hull.stop for at in moves)
        if not left and all(unit.zone is None for unit in own):
            found = _finding(hull, live, matches, buffer)
            hull.surrogate = None if found is None else surrogate(*found)


def _finding(hull: Hull, live: Sequence[Cell], matches: Sequence[Match], buffer: Buffer) -> tuple[str, str] | None:
    """Kind and value of the one thing that a hull hides."""
    touching = [match for match in matches if any(unit.hull is hull for cell in match.cells for unit in cell.units())]
    if any(match.category not in _PERSONAL for match in touching):
        return None
    if any(cell.unit.buffer is not buffer for match in touching for cell in match.cells):
        return None
    places = [at for at, cell in enumerate(live) if cell.unit.hull is hull]
    if not places or len(places) != places[-1] - places[0] + 1:
        return None
    shown = tuple(live[places[0] : places[-1] + 1])
    if buffer.uncertain and not _is_only_added_to(buffer, shown[0]):
        return None
    whole = [match for match in touching if match.cells == shown]
    kinds = {match.kind for match in whole if match.category == hull.category} or {match.kind for match in whole}
    return (kinds.pop(), "".join(cell.text for cell in shown)) if len(kinds) == 1 else None


def _is_only_added_to(buffer: Buffer, first: Cell) -> bool:
    """Whether since this character all was typed at the end, so that it does not matter where that is."""
    tail = buffer.cells[buffer.cells.index(first) :]
    arrivals = [cell.unit.first for cell in tail]
    return (
        buffer.anchor is None
        and buffer.caret == len(buffer.cells)
        and arrivals == sorted(arrivals)
        and all(cell.live and cell.touch is None for cell in tail)
        and not any(cell.broken for cell in tail[1:])
    )


def takes_us(text: str) -> int:
    """How long typing takes, from the event before it.

    >>> takes_us("ab")
    600000
    """
    return len(text) * INTERVAL_US + DWELL_US


def strokes(text: str, from_us: int, device: str) -> Iterator[KeyDown | KeyUp]:
    """A text as strokes of equal length at equal distances, the first one distance after ``from_us``.

    >>> [(event.time_us, event.key) for event in strokes("a", 0, "1")]
    [(250000, 'a'), (350000, 'a')]
    """
    for at, character in enumerate(text, 1):
        down_us = from_us + at * INTERVAL_US
        yield KeyDown(time_us=down_us, key=character, device=device, injected=True)
        yield KeyUp(time_us=down_us + DWELL_US, key=character, device=device, injected=True)
