"""Bursts of typing, evenly spaced: the stage behind ``BurstCadence`` and ``FixedCadence``.

A burst is a run of presses with no pause between them. It is held until it ends, or until it is as long as it may be;
then its last press begins the next part. Within it

* presses stand at equal distances, each followed by its own release;
* a release of a key that held others, and text that a press brought, take the time of what is before them;
* clicks and the like keep their order, spread evenly between the presses beside them;
* pointer moves keep their order among clicks and the like, but not among presses: at a steady polling rate their number
  between two presses would tell the time between these. They are spread evenly over each stretch.

Outside bursts all goes on at its own distance from the last press, but for the next press: the pause before it is
rounded up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from reticent.events import Discontinuity, Event, Gap, Header, KeyDown, KeyUp, Redacted, Tick
from reticent.transforms.timing_clock import Spacing
from reticent.transforms.timing_strokes import TYPED, MovesStage, at_time, holds_others, press_at, release_of

__all__ = ["BurstStage", "Rules"]

_PRESS, _FOLLOWER, _MOVE, _OTHER = range(4)
_Held: TypeAlias = tuple[int, Event]
_Placed: TypeAlias = tuple[tuple[int, int, int], Event]
"""When an event leaves (its time, its place in order, its place beside that), and the event."""
_when = itemgetter(0)


class Rules(NamedTuple):
    """What a burst is and what becomes of it. Times are microseconds.

    Attributes:
        spacing: how presses are spaced that took so long, in so many intervals.
        pause_us: a longer interval ends a burst. rounded_up: what a pause becomes.
        gives_back: whether what rounding up added is taken off the next pause.
        dwell_us: from a press to its release, at most until the next press.
        keys, span_us: after so many intervals, or so long, the part so far leaves.
    """

    spacing: Callable[[int, int], Spacing]
    pause_us: int
    rounded_up: Callable[[int], int]
    gives_back: bool
    dwell_us: int
    keys: int
    span_us: int


class BurstStage(MovesStage):
    """One stream of ``BurstCadence``."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules
        self._held: list[_Held] = []
        self._intervals = 0
        self._keyed = False
        self._start_us = self._start_out_us = 0
        self._press_us = self._press_out_us = 0
        self._started = False
        self._last_us = 0
        self._now_us = 0
        self._take: dict[type, Callable[[Event, int], None]] = {
            KeyDown: self._down, KeyUp: self._up, Tick: self._tick, **dict.fromkeys(TYPED, self._typed),
            **dict.fromkeys((Redacted, Gap, Discontinuity), self._end),
        }  # fmt: skip

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick ends the burst; None when there is none."""
        return self._press_us + self._rules.pause_us if self._held else None

    @property
    def decided_until_us(self) -> int:
        """Event time before which everything is final."""
        return self._start_us if self._held else self._now_us

    def abort(self) -> None:
        """Destroy what is held."""
        self._held.clear()

    def close(self) -> None:
        """See ``RowStage``."""
        if self._held:
            self._end_burst()

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        if not self._started:
            self._begin(events[0].time_us)
        if not self._held:
            self._pass_moves(events)
            return
        until_us = self._press_us + self._rules.pause_us
        for at, event in enumerate(events):
            if event.time_us > until_us:
                self._end_burst()
                self._pass_moves(events[at:])
                break
            self._held.append((_MOVE, event))

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if type(event) is Header:
            self._end(event)
            return
        if not self._started:
            self._begin(event.time_us)
        self._now_us = time_us = max(event.time_us, self._now_us)
        if self._held and time_us > self._press_us + self._rules.pause_us:
            self._end_burst()
        self._take.get(type(event), self._pass)(event, time_us)

    def _begin(self, time_us: int) -> None:
        """The clock starts with the first event; the time until the first press is rounded as a pause is."""
        self._started = True
        self._press_us = self._press_out_us = self._last_us = self._now_us = time_us

    def _down(self, event: Event, time_us: int) -> None:
        assert isinstance(event, KeyDown)
        if not holds_others(event) or self.goes_down(event):
            self._press(event, time_us)
            self._keyed = True

    def _up(self, event: Event, time_us: int) -> None:
        assert isinstance(event, KeyUp)
        if holds_others(event) and self.goes_up(event):
            self._follow(event)

    def _typed(self, event: Event, time_us: int) -> None:
        if self._held and self._keyed:
            self._follow(event)
        else:
            self._press(event, time_us)

    def _end(self, event: Event, time_us: int = 0) -> None:
        self.close()
        if self._started:
            self._follow(event)
        else:
            self.out.append(event)

    def _tick(self, event: Event, time_us: int) -> None:
        """It has ended what it could end. Behind this stage it would not be in order: it goes no further."""

    # -- outside bursts ----------------------------------------------------------------------------------------------

    def _pass(self, event: Event, time_us: int) -> None:
        """At its own distance from the last press."""
        if self._held:
            self._held.append((_OTHER, event))
            return
        self._last_us = max(time_us + self._press_out_us - self._press_us, self._last_us)
        self.out.append(at_time(event, self._last_us))

    def _pass_moves(self, events: Sequence[Event]) -> None:
        shift_us = self._press_out_us - self._press_us
        last_us, append = self._last_us, self.out.append
        for event in events:
            time_us = event.time_us + shift_us
            if time_us < last_us:
                append(at_time(event, last_us))
                continue
            last_us = time_us
            append(at_time(event, time_us) if shift_us else event)
        if last_us != self._last_us:
            self._last_us = last_us
            self._now_us = max(self._now_us, last_us - shift_us)

    def _follow(self, event: Event) -> None:
        """At the time of what is before it, so that its own tells nothing."""
        if self._held:
            self._held.append((_FOLLOWER, event))
        else:
            self.out.append(at_time(event, self._last_us))

    def _after_pause(self, time_us: int) -> int:
        """When a press leaves that begins a burst."""
        rules = self._rules
        true_us = time_us - self._press_us
        pause_us = rules.rounded_up(true_us)
        if rules.gives_back and true_us > rules.pause_us:
            left_us = max(time_us, self._last_us) - self._press_out_us
            pause_us = rules.rounded_up(max(left_us, rules.pause_us + 1))
        return max(self._press_out_us + pause_us, self._last_us)

    # -- inside bursts -----------------------------------------------------------------------------------------------

    def _press(self, event: Event, time_us: int) -> None:
        if not self._held:
            self._start_out_us = self._after_pause(time_us)
            self._start_us = time_us
            self._keyed = False
        self._held.append((_PRESS, event))
        self._press_us = time_us
        self._intervals = self._intervals + 1 if len(self._held) > 1 else 0
        if self._intervals >= self._rules.keys or time_us - self._start_us >= self._rules.span_us:
            self._cut()

    def _spaced(self) -> list[int]:
        """When the presses that are held leave."""
        start_us, count = self._start_out_us, self._intervals
        if count == 0:
            return [start_us]
        spacing = self._rules.spacing(self._press_us - self._start_us, count)
        return [start_us + spacing.after_us(number) for number in range(count + 1)]

    def _cut(self) -> None:
        """What is held leaves, but for its last press, with which the next part begins."""
        times_us = self._spaced()
        last = self._held.pop()
        self._write(_placed(self._held, times_us, self._rules.dwell_us))
        self._held = [last]
        self._start_us, self._start_out_us, self._intervals = self._press_us, times_us[-1], 0

    def _end_burst(self) -> None:
        """No press belongs to it any more: what is held leaves, what followed the last press at its own distance."""
        times_us = self._spaced()
        self._press_out_us = times_us[-1]
        stop = max(at for at, (kind, _) in enumerate(self._held) if kind == _PRESS)
        tail_us = self._tail_us(self._held[stop + 1 :])
        held, self._held = self._held, []
        self._write(_placed(held, times_us, self._rules.dwell_us, tail_us))

    def _tail_us(self, tail: list[_Held]) -> list[int]:
        """When what came after the last press leaves, releases and the like aside."""
        last_us, shift_us = self._press_out_us, self._press_out_us - self._press_us
        times_us = []
        for _, event in tail:
            last_us = max(last_us, event.time_us + shift_us)
            times_us.append(last_us)
        return times_us

    def _write(self, placed: list[_Placed]) -> None:
        placed.sort(key=_when)
        self.out += [event for _, event in placed]
        self._last_us = max(self._last_us, placed[-1][1].time_us)


def _placed(held: list[_Held], times_us: list[int], dwell_us: int, tail_us: Sequence[int] = ()) -> list[_Placed]:
    """Where everything that is held leaves, in no order.

    Args:
        held: begins with a press. Without a tail it ends before the press at the last of ``times_us``.
        times_us: when the presses leave.
        dwell_us: from a press to its release.
        tail_us: when what came after the last press leaves.
    """
    starts = [at for at, (kind, _) in enumerate(held) if kind == _PRESS]
    placed: list[_Placed] = []
    fixed = [(0, times_us[0])]
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(held)], strict=True)):
        begin_us, end_us = times_us[number], times_us[number + 1] if number + 1 < len(times_us) else None
        others = [at for at in range(start + 1, stop) if held[at][0] == _OTHER] if stop > start + 1 else []
        if end_us is None:
            others_us = [tail_us[at - start - 1] for at in others]
        else:
            others_us = _evenly(begin_us, end_us, len(others))
            fixed += zip(others, others_us, strict=True)
        bounds_us = others_us[:1] if end_us is None else [*others_us[:1], end_us]
        up_us = min([begin_us + dwell_us, *bounds_us])
        placed += _stroke(held[start][1], start, begin_us, up_us)
        if stop > start + 1:
            placed += _in_order(held, range(start + 1, stop), up_us, dict(zip(others, others_us, strict=True)))
    if any(kind == _MOVE for kind, _ in held):
        fixed.append((len(held) - len(tail_us), times_us[-1]))
        placed += _moves_between(held, fixed)
        placed += [
            ((time_us, at, 0), at_time(held[at][1], time_us))
            for at, time_us in enumerate(tail_us, len(held) - len(tail_us))
            if held[at][0] == _MOVE
        ]
    return placed


def _stroke(press: Event, at: int, begin_us: int, up_us: int) -> list[_Placed]:
    """A press, and its release unless it has none or keeps its own."""
    placed: list[_Placed] = [((begin_us, at, 0), press_at(press, begin_us))]
    if isinstance(press, KeyDown) and not holds_others(press):
        placed.append(((up_us, at, 1), release_of(press, up_us)))
    return placed


def _in_order(held: list[_Held], between: range, up_us: int, others_us: Mapping[int, int]) -> Iterator[_Placed]:
    """What stands between two presses, pointer moves aside: at its time, or at that of what is before it."""
    time_us = up_us
    for at in between:
        kind, event = held[at]
        if kind != _MOVE:
            time_us = others_us.get(at, time_us)
            yield (time_us, at, 0), at_time(event, time_us)


def _moves_between(held: list[_Held], fixed: list[tuple[int, int]]) -> Iterator[_Placed]:
    """Pointer moves, spread evenly from each place and time that is fixed to the next, whatever presses are there."""
    for (start, begin_us), (stop, end_us) in pairwise(fixed):
        moves = [event for kind, event in held[start:stop] if kind == _MOVE]
        for number, (event, time_us) in enumerate(zip(moves, _evenly(begin_us, end_us, len(moves)), strict=True)):
            yield (time_us, start, number + 2), at_time(event, time_us)


def _evenly(begin_us: int, end_us: int, count: int) -> list[int]:
    """So many times between two others."""
    return [begin_us + (end_us - begin_us) * number // (count + 1) for number in range(1, count + 1)]
