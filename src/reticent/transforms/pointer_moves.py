"""Fewer pointer moves: the stages behind ``Resample``, ``ClicksOnly``, ``Simplify``; and the bucketed wheel.

What is not a move passes at its own time and in its own place among the moves that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from reticent.events import Event, Header, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.transforms.timing_strokes import MovesStage, at_time

__all__ = ["EndsStage", "RateStage", "SimplifyStage", "WheelStage"]

Tidy: TypeAlias = Callable[[Event], Event]


def _same(event: Event) -> Event:
    return event


class RateStage(MovesStage):
    """One stream of ``Resample``: the last position in each period leaves at its end, unless a click tells a later one.

    Args:
        period_us: from one point to the next.
        tidy: is applied to every event that leaves.
    """

    def __init__(self, period_us: int, tidy: Tidy = _same) -> None:
        super().__init__()
        self._period_us = period_us
        self._tidy = tidy
        self._move: PointerMove | None = None
        self._end_us = 0
        self._now_us: int | None = None

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick lets the last position go; None when there is none."""
        return None if self._move is None else self._end_us - 1

    @property
    def decided_until_us(self) -> int | None:
        """Event time before which everything is final; None when nothing waits."""
        return None if self._move is None else self._end_us - self._period_us

    def abort(self) -> None:
        """Destroy what is held."""
        self._move = None

    def close(self) -> None:
        """See ``RowStage``."""
        self._let_go()

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        if self._now_us is None:  # the clock of an output starts with its first event
            self._now_us = events[0].time_us
            self.out.append(self._tidy(events[0]))
            events = events[1:]
        move, now_us, end_us = self._move, self._now_us, self._end_us
        for event in events:
            assert type(event) is PointerMove
            if event.time_us > now_us:
                now_us = event.time_us
            if move is None or now_us >= end_us:
                self._move = move
                self._let_go()
                self._end_us = end_us = now_us - now_us % self._period_us + self._period_us
            move = event
        self._move, self._now_us = move, now_us

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if type(event) is not Header:
            self._now_us = now_us = event.time_us if self._now_us is None else max(self._now_us, event.time_us)
            if now_us >= self._end_us:
                self._let_go()
            if isinstance(event, PointerDown | PointerUp | Wheel):
                self._move = None
            event = at_time(event, now_us)
        self.out.append(self._tidy(event))

    def _let_go(self) -> None:
        move, self._move = self._move, None
        if move is not None:
            self.out.append(self._tidy(at_time(move, self._end_us)))


class _RunStage(MovesStage):
    """Base of stages that hold a run of moves until anything else happens or the pointer rests.

    Subclasses keep ``_held`` and write ``_let_go``.
    """

    def __init__(self, rest_us: int) -> None:
        super().__init__()
        self._rest_us = rest_us
        self._held: list[Event] = []

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick ends the run; None when there is none."""
        return self._held[-1].time_us + self._rest_us if self._held else None

    @property
    def decided_until_us(self) -> int | None:
        """Event time before which everything is final; None when nothing waits."""
        return self._held[0].time_us if self._held else None

    @property
    def passes_ticks(self) -> bool:
        """Whether a tick would be heard behind this stage now."""
        return not self._held

    def abort(self) -> None:
        """Destroy what is held."""
        self._held.clear()

    def close(self) -> None:
        """See ``RowStage``."""
        self._let_go()

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if type(event) is not Tick:
            self._let_go()
            self.out.append(event)
            return
        if self._held and event.time_us - self._held[-1].time_us > self._rest_us:
            self._let_go()
        if not self._held:
            self.out.append(event)

    def _let_go(self) -> None:
        raise NotImplementedError(type(self).__name__)


class EndsStage(_RunStage):
    """One stream of ``ClicksOnly`` with ends: the last move of each run."""

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        held = self._held
        for event in events:
            if held and event.time_us - held[0].time_us > self._rest_us:
                self.out.append(held[0])
            held[:] = (event,)

    def _let_go(self) -> None:
        self.out += self._held
        self._held.clear()


class SimplifyStage(_RunStage):
    """One stream of ``Simplify``: the corners of each run."""

    def __init__(self, corners: Callable[[Sequence[Event]], list[Event]], rest_us: int, points: int) -> None:
        super().__init__(rest_us)
        self._corners = corners
        self._points = points

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        for event in events:
            held = self._held
            if held and (event.time_us - held[-1].time_us > self._rest_us or len(held) >= self._points):
                self._let_go()
            self._held.append(event)

    def _let_go(self) -> None:
        held, self._held = self._held, []
        self.out += self._corners(held) if len(held) > 2 else held


class WheelStage(MovesStage):
    """One stream of ``BucketWheel``: what is left of a bucket waits for the next turn, and is forgotten at the end."""

    def __init__(self, bucket: int) -> None:
        super().__init__()
        self._bucket = bucket
        self._left_x = self._left_y = 0.0

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        self.out += events

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if type(event) is not Wheel:
            self.out.append(event)
            return
        delta_x, self._left_x = self._whole(self._left_x + event.delta_x)
        delta_y, self._left_y = self._whole(self._left_y + event.delta_y)
        if delta_x or delta_y:
            self.out.append(replace(event, delta_x=delta_x, delta_y=delta_y))

    def _whole(self, delta: float) -> tuple[int, float]:
        """As many buckets as are full, toward 0, and the rest."""
        full = int(delta / self._bucket) * self._bucket
        return full, delta - full
