"""What of the order of events is not as it should be: times that go back, keys that go down twice or up from nowhere.

None of it is refused: a time is taken as the one before it, a second press as a repeat, a lone release is left out. But
it is said, with the line, since it tells of a recording that is broken or not sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from reticent.events import LARGEST_TIME_US, Discontinuity, Event, KeyDown, KeyUp
from reticent.reading.notes import Notes

__all__ = ["Order"]

_BACK = "time_us: before the time of the line before it, and taken as that; sort the recording by time"
_TWICE = "code: goes down while it is down, and is taken as a repeat; say so with repeat, or record the release too"
_NOWHERE = "code: goes up but was not down, and is left out; start the recorder before typing begins"
_TIME = attrgetter("time_us")
_KEYS = frozenset((KeyDown, KeyUp))
_KEPT = 1000


class Order:
    """Remembers of one input what it takes to judge the next events, and notes what it finds.

    >>> notes = Notes()
    >>> Order(notes).check([1, 2], [KeyDown(time_us=5, code="KeyA"), KeyDown(time_us=4, code="KeyB")])
    >>> [line for line, _ in notes.remarks.values()]
    [2]
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._latest_us = -LARGEST_TIME_US
        self._last_us: dict[str | None, int] = {}
        self._down: dict[tuple[str | None, str, str | None], bool] = {}

    def check(self, lines: Sequence[int], events: Sequence[Event]) -> None:
        """Look at the next events, and note what is wrong under the line of each."""
        if not events:
            return
        times = list(map(_TIME, events))
        last = events[-1]
        if times[0] < self._latest_us or (len(times) > 1 and times != sorted(times)):
            self._check_times(lines, events)
        self._latest_us = max(self._latest_us, times[-1])
        self._last_us[last.stream] = last.time_us
        places = [at for at, kind in enumerate(map(type, events)) if kind in _KEYS]
        for at in places:
            self._check_key(lines[at], events[at])  # type: ignore[arg-type]
        _forget(self._last_us)
        _forget(self._down)

    def _check_times(self, lines: Sequence[int], events: Sequence[Event]) -> None:
        for line, event in zip(lines, events):
            if event.time_us < self._last_us.get(event.stream, event.time_us) and type(event) is not Discontinuity:
                self._notes.remark(line, _BACK)
            self._last_us[event.stream] = event.time_us

    def _check_key(self, line: int, event: KeyDown | KeyUp) -> None:
        key = (event.stream, event.device, event.code or event.key)
        if type(event) is KeyUp:
            if self._down.pop(key, False) is False and not self._notes.refused:
                self._notes.remark(line, _NOWHERE)
            return
        if key in self._down and not event.repeat:
            self._notes.remark(line, _TWICE)
        self._down[key] = True


def _forget(known: dict[Any, Any]) -> None:
    """Only so many streams and keys are kept in mind."""
    while len(known) > _KEPT:
        del known[next(iter(known))]
