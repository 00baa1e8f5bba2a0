"""Movements drawn anew: the stage behind ``CanonicalPath``.

A *movement* is a run of pointer moves of one device without a rest. Of it only where it began and ended counts: it is
drawn straight once it has ended, so of a movement nothing is held but its first time and its last move. What is not of
the pointer and happens meanwhile (a modifier key, a screenshot) goes out at once, before it: where the pointer was then
would be a point of its path.

The clock goes on by what was drawn. Between two events of other kinds it keeps their true distance; every pause beside
a pointer event is rounded up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace

from reticent.events import (
    Discontinuity,
    Event,
    Gap,
    Header,
    PointerDown,
    PointerMove,
    PointerUp,
    Redacted,
    Tick,
    Wheel,
)  # fmt: skip
from reticent.transforms.pointer_grid import Place
from reticent.transforms.pointer_points import Point, distance_px, fitts_us, minimum_jerk
from reticent.transforms.timing_strokes import MovesStage, at_time

__all__ = ["SHORT_PAUSE_US", "PathRules", "PathStage", "beside_pointer"]

SHORT_PAUSE_US = 500_000
"""Pauses below this are all the same."""
_SHORT_US = 50_000
_STEP_US = 100_000


class PathRules(NamedTuple):
    """What a movement is and what becomes of it. Times are microseconds.

    Attributes:
        place: where a point comes to lie.
        pause: what becomes of a pause beside the pointer.
        hold_us: from a press of a button to its release, unless something is dragged or held long.
        rest_us: longer without a move ends a movement.
        still_px: a movement that gets less far is none.
        span_us: a movement that has lasted so long ends.
    """

    place: Place
    pause: Callable[[int], int]
    hold_us: int
    rest_us: int
    still_px: int
    span_us: int


def beside_pointer(rounded_up: Callable[[int], int]) -> Callable[[int], int]:
    """A pause beside a pointer event: 50 ms when it is short, else rounded up.

    >>> [beside_pointer(lambda us: -us // 1_000_000 * -1_000_000)(us) for us in (0, 499_999, 500_000, 1_000_001)]
    [50000, 50000, 1000000, 2000000]
    """
    return lambda pause_us: _SHORT_US if pause_us < SHORT_PAUSE_US else rounded_up(pause_us)


class PathStage(MovesStage):
    """One stream of ``CanonicalPath``."""

    def __init__(self, rules: PathRules) -> None:
        super().__init__()
        self._rules = rules
        self._move: PointerMove | None = None
        self._start_us = self._end_us = 0
        self._at: Point | None = None
        self._draws_start = False
        self._now_us = self._in_us = self._out_us = 0
        self._seen = self._written = False
        self._after_pointer = False
        self._press_us: tuple[int, int] | None = None
        self._take: dict[type, Callable[[Event, int], None]] = {
            PointerDown: self._act, PointerUp: self._act, Wheel: self._act, Tick: self._tick, Redacted: self._mark,
            Gap: self._lose_pointer, Discontinuity: self._lose_pointer,
        }  # fmt: skip

    # -- what is waited for ------------------------------------------------------------------------------------------

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick ends the movement or goes further; None when nothing waits."""
        if self._move is not None:
            return min(self._end_us + self._rules.rest_us, self._start_us + self._rules.span_us)
        return self._in_us + SHORT_PAUSE_US - 1 if self._written and not self.passes_ticks else None

    @property
    def decided_until_us(self) -> int | None:
        """Event time before which everything is final; None when nothing waits."""
        return None if self._move is None else self._start_us

    @property
    def ahead_us(self) -> int:
        """By how much the clock of the input is ahead of that of the output now."""
        return self._in_us - self._out_us

    @property
    def passes_ticks(self) -> bool:
        """Whether a tick would be heard behind this stage now: not while a pause may still turn out to be short."""
        return self._move is None and self._now_us - self._in_us >= SHORT_PAUSE_US

    def abort(self) -> None:
        """Destroy what is held."""
        self._move = self._at = None

    def close(self) -> None:
        """See ``RowStage``."""
        self._end_movement()

    # -- what comes --------------------------------------------------------------------------------------------------

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        if not self._seen:
            self._see_first(events[0].time_us)
        move, now_us = self._move, self._now_us
        rest_us, until_us = self._rules.rest_us, self._start_us + self._rules.span_us
        device = None if move is None else move.device
        rested_us = self._end_us + rest_us
        for event in cast("Sequence[PointerMove]", events):
            time_us = event.time_us
            if time_us < now_us:
                time_us = now_us
            if time_us > rested_us or time_us > until_us or event.device is not device:
                self._move, self._end_us = move, rested_us - rest_us
                self._go_on(event, time_us)
                until_us, device = self._start_us + self._rules.span_us, event.device
            move, now_us = event, time_us
            rested_us = time_us + rest_us
        self._move, self._end_us, self._now_us = move, now_us, now_us

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        kind = type(event)
        if kind is Header:
            self.out.append(event)
            return
        if not self._seen and kind is not Tick:
            self._see_first(event.time_us)
        time_us = event.time_us
        if time_us < self._now_us:
            time_us = self._now_us
        self._now_us = time_us
        if self._move is not None and self._is_over(time_us):
            self._end_movement()
        take = self._take.get(kind)
        if take is not None:
            take(event, time_us)
            return
        self._advance(time_us, exact=not self._after_pointer)
        self._after_pointer = False
        self.out.append(at_time(event, self._out_us))

    def _lose_pointer(self, event: Event, time_us: int) -> None:
        """Where the pointer goes from here on is not known: what is drawn next begins anew."""
        self._end_movement()
        self._at = None
        self._mark(event, time_us)

    def _see_first(self, time_us: int) -> None:
        self._seen = True
        self._now_us = self._in_us = self._out_us = time_us

    def _is_over(self, time_us: int) -> bool:
        return time_us - self._end_us > self._rules.rest_us or time_us - self._start_us > self._rules.span_us

    # -- movements ---------------------------------------------------------------------------------------------------

    def _go_on(self, event: PointerMove, time_us: int) -> None:
        """The first move of a movement, or one that may be."""
        if self._move is not None and event.device == self._move.device and not self._is_over(time_us):
            return
        self._end_movement()
        self._start_us = time_us
        if self._at is None:
            self._at, self._draws_start = self._rules.place(event.x, event.y), True

    def _end_movement(self, target: Point | None = None) -> None:
        """The movement is drawn, to the target where something was done there."""
        move, self._move = self._move, None
        if move is None:
            return
        start, end = self._at, target or self._rules.place(move.x, move.y)
        assert start is not None
        far = distance_px(start, end)
        if far < self._rules.still_px and not self._draws_start:
            return
        self._advance(self._start_us, exact=False)
        if self._draws_start:
            self.out.append(PointerMove(time_us=self._out_us, x=start.x, y=start.y, device=move.device))
            self._draws_start = False
        if far >= self._rules.still_px:
            self._draw(start, end, fitts_us(far), move.device)
        self._in_us = max(self._in_us, self._end_us)
        self._after_pointer, self._press_us = True, None

    def _draw(self, start: Point, end: Point, duration_us: int, device: str) -> None:
        for x, y in minimum_jerk(start, end, -(-duration_us // _STEP_US)):
            self._out_us += _STEP_US
            self.out.append(PointerMove(time_us=self._out_us, x=x, y=y, device=device))
        self._at = end

    def _act(self, event: Event, time_us: int) -> None:
        """A click, a release or a turn of the wheel: there a movement ends."""
        assert isinstance(event, PointerDown | PointerUp | Wheel)
        target = self._rules.place(event.x, event.y)
        self._end_movement(target)
        self._at, self._draws_start = target, False
        press_us, self._press_us = self._press_us, None
        if type(event) is PointerUp and press_us is not None and time_us - press_us[0] < SHORT_PAUSE_US:
            self._out_us = max(self._out_us, press_us[1] + self._rules.hold_us)
            self._in_us = time_us
        else:
            self._advance(time_us, exact=False)
        if type(event) is PointerDown:
            self._press_us = time_us, self._out_us
        self.out.append(replace(event, time_us=self._out_us, x=target.x, y=target.y))
        self._after_pointer = True

    # -- time --------------------------------------------------------------------------------------------------------

    def _advance(self, time_us: int, *, exact: bool) -> None:
        """The clock goes on to an event; the first of all has the time at which anything was seen first."""
        pause_us = time_us - self._in_us
        if pause_us < 0:
            pause_us = 0
        if self._written:
            self._out_us += pause_us if exact else self._rules.pause(pause_us)
        self._written = True
        self._in_us += pause_us

    def _mark(self, event: Event, time_us: int) -> None:
        """It stands where it stood and tells no time of its own."""
        self._written = True
        self.out.append(at_time(event, self._out_us))

    def _tick(self, event: Event, time_us: int) -> None:
        """It has ended what it could end. Whoever comes next hears it once the clock can no longer fall behind it."""
        if self._written and self.passes_ticks:
            self.out.append(Tick(time_us=self._out_us + time_us - self._in_us))
