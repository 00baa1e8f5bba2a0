"""Places in a stream where keys of a keypad may have been clicked: what an attacker reads off, whatever a defence left.

Each reading gives as many points as digits were entered, in the order of time, or none where it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from reticent.attack.tracks import DOWN, MOVE, UP, Track, track_of
from reticent.events import Event, Focus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Reading = Callable[[Sequence[Event], int], Floats]

__all__ = ["DIGITS", "READINGS", "presses", "releases", "rests", "turns"]

DIGITS = 4


def presses(events: Sequence[Event], entries: int) -> Floats:
    """Where buttons went down."""
    return _of_kind(track_of(events), DOWN, entries)


def releases(events: Sequence[Event], entries: int) -> Floats:
    """Where buttons went up."""
    return _of_kind(track_of(events), UP, entries)


def rests(events: Sequence[Event], entries: int) -> Floats:
    """Where the pointer stayed longest, of each entry.

    >>> from reticent.events import PointerMove
    >>> times_ms = [0, 10, 500, 510, 900, 910, 1500, 1510, 9000]
    >>> path = [PointerMove(time_us=ms * 1000, x=at, y=0) for at, ms in enumerate(times_ms)]
    >>> rests(path, 1)[:, 0].tolist()
    [1.0, 3.0, 5.0, 7.0]
    """
    import numpy as np

    return _picked(events, entries, lambda part, until_us: np.diff(part.time_us, append=until_us).astype(float))


def turns(events: Sequence[Event], entries: int) -> Floats:
    """Where the path bent most, of each entry, and where it ended: what is left when times are gone."""
    return _picked(events, entries, lambda part, until_us: _detours(part))


READINGS: tuple[Reading, ...] = (presses, releases, rests, turns)
"""All of them."""


def _of_kind(track: Track, kind: int, entries: int) -> Floats:
    import numpy as np

    rows = track.kind == kind
    return np.column_stack([track.x[rows], track.y[rows]])[: entries * DIGITS * (rows.sum() == entries * DIGITS)]


def _picked(events: Sequence[Event], entries: int, weigh: Callable[[Track, int], Floats]) -> Floats:
    """The points of each entry that weigh most; none where an entry has fewer than it takes."""
    import numpy as np

    found = []
    for part, until_us in _parts(events, entries):
        kept = _moved(part)
        if len(kept.time_us) < DIGITS:
            return np.zeros((0, 2))
        best = np.sort(np.argsort(-weigh(kept, until_us), kind="stable")[:DIGITS])
        found.append(np.column_stack([kept.x[best], kept.y[best]]))
    return np.vstack(found) if len(found) == entries else np.zeros((0, 2))


def _parts(events: Sequence[Event], entries: int) -> Iterator[tuple[Track, int]]:
    """Pointer events of each entry, and when something else happened: told by the focus, else by the longest gaps."""
    import numpy as np

    track, focus = track_of(events), [at for at, event in enumerate(events) if type(event) is Focus]
    if len(focus) == 2 * entries:
        for start, stop in zip(focus[::2], focus[1::2]):
            yield track_of(events[start:stop]), events[stop].time_us
    elif len(track.time_us) > entries:
        ends = np.sort(np.argsort(-np.diff(track.time_us), kind="stable")[:entries]) + 1
        for start, stop in zip([0, *ends.tolist()], ends.tolist()):
            yield _slice(track, start, stop), int(track.time_us[stop])


def _slice(track: Track, start: int, stop: int) -> Track:
    rows = slice(start, stop)
    return Track(track.time_us[rows], track.x[rows], track.y[rows], track.kind[rows])


def _moved(part: Track) -> Track:
    """Only the first of several events at one place."""
    import numpy as np

    still = (np.diff(part.x) == 0) & (np.diff(part.y) == 0)
    rows = np.concatenate([[True], ~still]) if len(part.x) else np.zeros(0, bool)
    return Track(part.time_us[rows], part.x[rows], part.y[rows], np.full(int(rows.sum()), MOVE))


def _detours(part: Track) -> Floats:
    """How much longer the way is through each point than past it; the last point counts most."""
    import numpy as np

    step = np.hypot(np.diff(part.x), np.diff(part.y))
    past = np.hypot(part.x[2:] - part.x[:-2], part.y[2:] - part.y[:-2])
    return np.concatenate([[0.0], step[:-1] + step[1:] - past, [np.inf]])
