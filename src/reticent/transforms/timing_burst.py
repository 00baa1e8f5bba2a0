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

from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeGuard

from reticent.events import Discontinuity, Event, Gap, Header, KeyDown, KeyUp, PointerMove, Redacted, Tick
from reticent.transforms.timing_clock import Spacing
from reticent.transforms.timing_strokes import TYPED, MovesStage, at_time, holds_others, press_at, release_of

__all__ = ["BurstStage", "Rules"]

_PRESS, _FOLLOWER, _MOVE, _OTHER = range(4)
_TIME = attrgetter("time_us")


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

    passes_ticks = False

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules
        self._held: list[Event] = []
        self._kinds = bytearray()
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
    def decided_until_us(self) -> int | None:
        """Event time before which everything is final; None when nothing waits."""
        return self._start_us if self._held else None

    def abort(self) -> None:
        """Destroy what is held."""
        self._held.clear()
        self._kinds.clear()

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
        stop = next((at for at, event in enumerate(events) if event.time_us > until_us), len(events))
        self._held += events[:stop]
        self._kinds += bytes((_MOVE,)) * stop
        if stop < len(events):
            self._end_burst()
            self._pass_moves(events[stop:])

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
            self._hold(event, _OTHER)
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
            else:
                last_us = time_us
                if shift_us and type(event) is PointerMove and event.stream is None:
                    # As at_time does, without the call: most events come by here.
                    append(PointerMove(time_us=time_us, x=event.x, y=event.y, device=event.device))
                else:
                    append(at_time(event, time_us))
        if last_us != self._last_us:
            self._last_us = last_us
            self._now_us = max(self._now_us, last_us - shift_us)

    def _follow(self, event: Event) -> None:
        """At the time of what is before it, so that its own tells nothing."""
        if self._held:
            self._hold(event, _FOLLOWER)
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

    def _hold(self, event: Event, kind: int) -> None:
        self._held.append(event)
        self._kinds.append(kind)

    def _press(self, event: Event, time_us: int) -> None:
        if not self._held:
            self._start_out_us = self._after_pause(time_us)
            self._start_us = time_us
            self._keyed = False
        self._hold(event, _PRESS)
        self._press_us = time_us
        self._intervals = self._intervals + 1 if len(self._held) > 1 else 0
        if self._intervals >= self._rules.keys or time_us - self._start_us >= self._rules.span_us:
            self._cut()

    def _cut(self) -> None:
        """What is held leaves, but for its last press, with which the next part begins."""
        self._start_out_us = self._leave_before_last()
        self._start_us, self._intervals = self._press_us, 0
        self._held, self._kinds = self._held[-1:], self._kinds[-1:]

    def _end_burst(self) -> None:
        """No press belongs to it any more: what is held leaves, what followed the last press at its own distance."""
        self._press_out_us = self._last_us = self._leave_before_last()
        stop = self._kinds.rfind(_PRESS) + 1
        press, tail, kinds = self._held[stop - 1], self._held[stop:], self._kinds[stop:]
        self._held, self._kinds = [], bytearray()
        self.out.append(press_at(press, self._press_out_us))
        up_us = self._press_us + self._rules.dwell_us
        early = next((at for at, event in enumerate(tail) if kinds[at] == _OTHER or event.time_us >= up_us), len(tail))
        self._pass_moves([event for at, event in enumerate(tail[:early]) if kinds[at] == _MOVE])
        self._release_last(press, tail[early].time_us if early < len(tail) else up_us)
        for event in [event for at, event in enumerate(tail[:early]) if kinds[at] == _FOLLOWER]:
            self._follow(event)
        self._pass_tail(tail[early:], kinds[early:])

    def _leave_before_last(self) -> int:
        """What is held before the last press leaves; returns when that one does."""
        start_us, count = self._start_out_us, self._intervals
        if count == 0:
            return start_us
        spacing = self._rules.spacing(self._press_us - self._start_us, count)
        times_us = [start_us + spacing.after_us(number) for number in range(count + 1)]
        stop = self._kinds.rfind(_PRESS)
        self.out += _evenly_spaced(self._held[:stop], self._kinds[:stop], times_us, self._rules.dwell_us)
        return times_us[-1]

    def _release_last(self, press: Event, next_us: int) -> None:
        """The release of a burst's last press, before anything but a pointer move follows."""
        shift_us = self._press_out_us - self._press_us
        up_us = min(self._press_out_us + self._rules.dwell_us, max(next_us + shift_us, self._press_out_us))
        self._last_us = max(self._last_us, up_us)
        if _has_release(press):
            self.out.append(release_of(press, self._last_us))

    def _pass_tail(self, tail: list[Event], kinds: bytearray) -> None:
        """What comes after the last release, runs of pointer moves together."""
        start = 0
        for at, kind in enumerate(kinds):
            if kind != _MOVE:
                self._pass_moves(tail[start:at])
                start = at + 1
                if kind == _FOLLOWER:
                    self._follow(tail[at])
                else:
                    self._pass(tail[at], tail[at].time_us)
        self._pass_moves(tail[start:])


def _evenly_spaced(held: list[Event], kinds: bytearray, times_us: list[int], dwell_us: int) -> list[Event]:
    """A part of a burst as it leaves, up to the press at the last of ``times_us``.

    Args:
        held: begins with a press.
        kinds: what each of them is.
        times_us: when presses leave, the one after the part too.
        dwell_us: from a press to its release.
    """
    starts = [at for at, kind in enumerate(kinds) if kind == _PRESS]
    out: list[Event] = []
    stretch: list[Event] = []
    moves: list[Event] = []
    stretch_us = times_us[0]
    for number, (start, stop) in enumerate(pairwise([*starts, len(held)])):
        others_us = _evenly(times_us[number], times_us[number + 1], kinds.count(_OTHER, start, stop))
        time_us = min(times_us[number] + dwell_us, others_us[0] if others_us else times_us[number + 1])
        stretch.append(press_at(held[start], times_us[number]))
        press = held[start]
        if _has_release(press):
            stretch.append(release_of(press, time_us))
        for at in range(start + 1, stop):
            if kinds[at] == _MOVE:
                moves.append(held[at])
                continue
            if kinds[at] == _OTHER:
                time_us = others_us.pop(0)
                out += _with_moves(stretch, moves, stretch_us, time_us)
                stretch, moves, stretch_us = [], [], time_us
            stretch.append(at_time(held[at], time_us))
    return out + _with_moves(stretch, moves, stretch_us, times_us[-1])


def _with_moves(stretch: list[Event], moves: list[Event], begin_us: int, end_us: int) -> list[Event]:
    """Pointer moves evenly over a stretch of time, whatever presses are there."""
    if not moves:
        return stretch
    times_us = _evenly(begin_us, end_us, len(moves))
    return sorted([*stretch, *map(at_time, moves, times_us)], key=_TIME)


def _has_release(press: Event) -> TypeGuard[KeyDown]:
    """Whether its release is ours to write: a key that holds others keeps its own, text without a key has none."""
    return isinstance(press, KeyDown) and not holds_others(press)


def _evenly(begin_us: int, end_us: int, count: int) -> list[int]:
    """So many times between two others."""
    return [begin_us + (end_us - begin_us) * number // (count + 1) for number in range(1, count + 1)]
