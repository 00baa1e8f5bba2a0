"""Fewer moves, and fewer turns of the wheel.

What is not a move passes at its own time and in its own place among the moves that are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeAlias, cast

from msgspec import Meta, Struct
from msgspec.structs import replace

from reticent.errors import PolicyError
from reticent.events import Event, Header, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.transform import Context
from reticent.transforms.timing_strokes import MovesStage, at_time

__all__ = [
    "BucketWheel", "ClicksOnly", "EndsStage", "RateStage", "Resample", "Simplify", "SimplifyStage", "WheelStage",
]  # fmt: skip

_Positive = Annotated[int, Meta(gt=0)]
_REST_US = 300_000
_SECOND_US = 1_000_000
Tidy: TypeAlias = Callable[[Event], Event | None]


class Resample(Struct, frozen=True, kw_only=True):
    """Keep one position a period, at the end of the period (ISO/IEC 20889: sampling, rounding of times).

    Takes away the polling rate and the finer rhythm: 10 Hz leave 36 %, 4 Hz 26 %, 1 Hz 14 %; 4 Hz on 32 px cells 20 %.
    Costs a lag of up to a period; the last position before a rest is kept, the ones just before a click are not: the
    click tells a later one. Holds one move, for at most a period.

    Attributes:
        rate_hz: positions a second, at most 1,000.

    >>> from reticent.events import PointerMove
    >>> stage = Resample(rate_hz=10).start(Context())
    >>> out = stage.feed([PointerMove(time_us=ms * 1000, x=ms, y=0) for ms in range(0, 250, 8)]) + stage.flush()
    >>> [(move.time_us // 1000, move.x) for move in out]
    [(0, 0), (100, 96), (200, 192), (300, 248)]
    """

    rate_hz: Annotated[int, Meta(gt=0, le=1000)] = 10

    def start(self, context: Context, /) -> RateStage:
        """See ``Transform``."""
        return RateStage(_SECOND_US // self.rate_hz)


class ClicksOnly(Struct, frozen=True, kw_only=True):
    """Keep of moves only where they end, or none (ISO/IEC 20889: suppression of records).

    A move ends where anything else happens or the pointer rests. The first of a stream stays, too. With exact times
    clicks and ends leave 32 %, on 32 px cells at whole seconds clicks leave 10 %. Costs the path. Holds one move, until
    the pointer has rested.

    Attributes:
        ends: keep the last move before anything else; False: none but the first of all.
        rest_us: longer without a move is a rest, microseconds.

    >>> from reticent.events import PointerDown, PointerMove
    >>> moves = [PointerMove(time_us=time_us, x=time_us, y=0) for time_us in range(5)]
    >>> stage = ClicksOnly().start(Context())
    >>> [(type(event).__name__, event.x) for event in stage.feed([*moves, PointerDown(time_us=9, x=4, y=0)])]
    [('PointerMove', 0), ('PointerMove', 4), ('PointerDown', 4)]
    """

    ends: bool = True
    rest_us: _Positive = _REST_US

    def start(self, context: Context, /) -> EndsStage:
        """See ``Transform``."""
        return EndsStage(self.rest_us, ends=self.ends)


class Simplify(Struct, frozen=True, kw_only=True):
    """Keep of each path its corners (ISO/IEC 20889: suppression of records).

    By the algorithm of Ramer, Douglas and Peucker: no point that is dropped was further than the tolerance from the
    line that is left. Gains little: 10 px leave 36 %, 30 px 35 %; ``CanonicalPath`` costs as much and leaves 10 %.
    Holds a path until anything else happens or the pointer rests.

    Attributes:
        tolerance_px: how far off, pixels.
        rest_us: longer without a move is a rest, microseconds.
        points: a path of so many moves is cut.

    Raises:
        PolicyError: when started: the package ``simplification`` is not installed.

    >>> from reticent.events import PointerMove
    >>> bend = [(0, 0), (50, 2), (100, 0), (100, 50), (100, 100)]
    >>> stage = Simplify(tolerance_px=5).start(Context())
    >>> out = stage.feed([PointerMove(time_us=at, x=x, y=y) for at, (x, y) in enumerate(bend)]) + stage.flush()
    >>> [(move.x, move.y) for move in out]
    [(0, 0), (100, 0), (100, 100)]
    """

    tolerance_px: _Positive = 10
    rest_us: _Positive = _REST_US
    points: Annotated[int, Meta(ge=3)] = 2000

    def start(self, context: Context, /) -> SimplifyStage:
        """See ``Transform``."""
        try:
            from simplification.cutil import simplify_coords_idx
        except ImportError:
            raise PolicyError("pointer.Simplify needs reticent[simplify]; install it") from None

        import numpy as np

        def corners(events: Sequence[Event]) -> list[Event]:
            path = np.array([(event.x, event.y) for event in events], dtype=np.float64)  # type: ignore[union-attr]
            return [events[at] for at in simplify_coords_idx(path, self.tolerance_px)]

        return SimplifyStage(corners, self.rest_us, self.points)


class BucketWheel(Struct, frozen=True, kw_only=True):
    """Let the wheel turn in whole buckets (ISO/IEC 20889: rounding).

    What fills no bucket waits for the next turn, so that the sum is off by less than one. Takes away the resolution of
    the wheel, a mark of the device, and most of the rhythm of a touchpad. Costs less than a bucket of scrolling.
    Where a stream begins with a wheel, that event stays, turned by what it fills.

    Attributes:
        bucket: how much, 120 a notch.

    >>> from reticent.events import Wheel
    >>> stage = BucketWheel().start(Context())
    >>> turns = [Wheel(time_us=time_us, x=0, y=0, delta_y=50) for time_us in range(6)]
    >>> [(turn.time_us, turn.delta_y) for turn in stage.feed(turns)]
    [(0, 0), (2, 120), (4, 120)]
    """

    bucket: _Positive = 120

    def start(self, context: Context, /) -> WheelStage:
        """See ``Transform``."""
        return WheelStage(self.bucket)


def _same(event: Event) -> Event:
    return event


class RateStage(MovesStage):
    """One stream of ``Resample``: the last position in each period leaves at its end, unless a click tells a later one.

    Args:
        period_us: from one point to the next.
        tidy: is applied to every event that leaves; None drops it.
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
            self._emit(events[0])
            events = events[1:]
        move, now_us, end_us = self._move, self._now_us, self._end_us
        for event in cast("Sequence[PointerMove]", events):
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
            if type(event) is not Tick:  # of time that a held move has seen already, nobody has heard
                event = at_time(event, now_us)
        self._emit(event)

    def _let_go(self) -> None:
        move, self._move = self._move, None
        if move is not None:
            self._emit(at_time(move, self._end_us))

    def _emit(self, event: Event) -> None:
        tidy = self._tidy(event)
        if tidy is not None:
            self.out.append(tidy)


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
    """One stream of ``ClicksOnly``: each run's last move, or none; and the first of all, which starts the clock."""

    def __init__(self, rest_us: int, *, ends: bool) -> None:
        super().__init__(rest_us)
        self._ends = ends
        self._begun = False

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        if not self._begun:
            self._begun = True
            self.out.append(events[0])
            events = events[1:]
        held = self._held
        for event in events if self._ends else ():
            if held and event.time_us - held[0].time_us > self._rest_us:
                self.out.append(held[0])
            held[:] = (event,)

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        self._begun = self._begun or type(event) not in _UNTIMED
        super().other(event)

    def _let_go(self) -> None:
        self.out += self._held
        self._held.clear()


_UNTIMED = frozenset((Header, Tick))


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
        self._begun = False

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        self._begun = True
        self.out += events

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        begun, self._begun = self._begun, self._begun or type(event) not in _UNTIMED
        if type(event) is not Wheel:
            self.out.append(event)
            return
        delta_x, self._left_x = self._whole(self._left_x + event.delta_x)
        delta_y, self._left_y = self._whole(self._left_y + event.delta_y)
        if delta_x or delta_y or not begun:  # the clock of an output starts with its first event
            self.out.append(replace(event, delta_x=delta_x, delta_y=delta_y))

    def _whole(self, delta: float) -> tuple[int, float]:
        """As many buckets as are full, toward 0, and the rest."""
        full = int(delta / self._bucket) * self._bucket
        return full, delta - full
