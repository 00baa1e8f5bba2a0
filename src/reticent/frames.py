"""Who keeps screenshots is told what becomes of each, once: to keep it when its row has left, else to destroy it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress

from reticent.events import Event, Frame

__all__ = ["Frames"]


class Frames:
    """The screenshots of one run, from their arrival until their keeper was told.

    Stages tell ``decide`` what they would do; the keeper hears of an index when the row that carries it has left.

    >>> told: list[tuple[str | None, int | None]] = []
    >>> frames = Frames(lambda name, index: told.append((name, index)))
    >>> frames.arrive([Frame(time_us=0, id="a"), Frame(time_us=1, id="b"), Frame(time_us=2, id="c")])
    >>> frames.decide("a", 0), frames.decide("b", 1)
    (None, None)
    >>> frames.leave([Frame(time_us=0, index=0)])
    >>> frames.close()
    >>> told
    [('a', 0), ('b', None), ('c', None)]
    """

    def __init__(self, tell: Callable[[str | None, int | None], None]) -> None:
        self._tell = tell
        self._waiting: Counter[str | None] = Counter()
        self._decided: list[tuple[str | None, int | None]] = []

    def arrive(self, events: Iterable[Event]) -> None:
        """These events come in."""
        self._waiting.update(event.id for event in events if type(event) is Frame)

    def decide(self, name: str | None, index: int | None) -> None:
        """A stage says what becomes of one."""
        self._decided.append((name, index))

    def leave(self, events: Iterable[Event]) -> None:
        """These rows left; what the keeper raises comes through, and it is not told of that one again."""
        if not self._decided:
            return
        left = {event.index for event in events if type(event) is Frame} | {None}
        decided, self._decided = self._decided, [(name, index) for name, index in self._decided if index not in left]
        for name, index in decided:
            if index in left:
                self._waiting[name] -= 1
                self._tell(name, index)

    def close(self) -> None:
        """Nothing more leaves: all others are destroyed, whatever the keeper raises."""
        self._decided.clear()
        for name in self._waiting.elements():
            with suppress(Exception):
                self._tell(name, None)
        self._waiting.clear()
