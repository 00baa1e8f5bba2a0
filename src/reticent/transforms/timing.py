"""Coarser rhythm: transforms that run after redaction and leave what was typed, but less of how.

All times are integers of microseconds. Redacted output starts at 0 on a cut clock, and so does what comes out here;
markers (``redacted``, ``gap``) keep their place. Each works alone; ``BurstCadence`` and ``FixedCadence`` need none of
the others. What typing lasted, and what it says, still tells something about who typed.

Figures are of adaptive attackers, from the study that the design rests on: how many of 1,000 people of the Aalto set
240 keystrokes of free text name (rank-1; raw 74 %, chance 0.1 %).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reticent.errors import PolicyError
from reticent.events import EVENT_TYPES, Event
from reticent.transform import Context, Elementwise
from reticent.transforms.timing_burst import BurstStage, Rules
from reticent.transforms.timing_clock import (
    LEVELS_US,
    Pauses,
    Rounding,
    Spacing,
    nearest_level_us,
    pause_rounding,
    rounded,
)
from reticent.transforms.timing_strokes import DwellStage, OrderStage, PairsStage, at_time

__all__ = ["BurstCadence", "ConstantDwell", "FixedCadence", "RoundTime", "SerialisePairs"]

_Positive = Annotated[int, Meta(gt=0)]


class SerialisePairs(Struct, frozen=True, kw_only=True):
    """Let every key go up before the next goes down (ISO/IEC 20889: generalization).

    Takes away in which order keys overlapped, which alone, without any interval, names 41 % of 1,000. Times stay, so a
    release that meets the next press still says that they overlapped: use it before something that coarsens time. Costs
    the overlap. A key that holds others (Shift, Control, ...) still goes down and up around what it served, with the
    release of each key before its own.

    Attributes:
        release: when a key goes up: ``"own"`` at its own time or at the next press, whichever is first; ``"press"`` as
            soon as it is down, which tells as little as no release at all and still is a whole stroke.

    >>> from reticent.events import KeyDown, KeyUp
    >>> stage = SerialisePairs().start(Context())
    >>> roll = [KeyDown(time_us=0, key="a"), KeyDown(time_us=90, key="b"), KeyUp(time_us=99, key="a")]
    >>> [(type(event).__name__, event.key, event.time_us) for event in stage.feed(roll)]
    [('KeyDown', 'a', 0), ('KeyUp', 'a', 90), ('KeyDown', 'b', 90)]
    """

    release: Literal["own", "press"] = "own"

    def start(self, context: Context, /) -> PairsStage:
        """See ``Transform``."""
        return PairsStage(at_press=self.release == "press")


class ConstantDwell(Struct, frozen=True, kw_only=True):
    """Hold every key down for the same time, or until the next press (ISO/IEC 20889: generalization).

    Takes away dwell and overlap at no cost in speed or pauses: 74 % to 29 % of 1,000. A held key that repeats becomes
    as many strokes. A key that holds others goes up at the time of what is before it.

    Attributes:
        dwell_us: from a press to its release, microseconds.

    >>> from reticent.events import KeyDown, KeyUp
    >>> stage = ConstantDwell(dwell_us=80).start(Context())
    >>> out = stage.feed([KeyDown(time_us=0, key="a"), KeyUp(time_us=31, key="a"), KeyDown(time_us=200, key="b")])
    >>> [event.time_us for event in out + stage.flush()]
    [0, 80, 200, 280]
    """

    dwell_us: _Positive = 80_000

    def start(self, context: Context, /) -> DwellStage:
        """See ``Transform``."""
        return DwellStage(self.dwell_us)


class RoundTime(Elementwise, frozen=True, kw_only=True):
    """Round every time to a multiple of a step from 0 (ISO/IEC 20889: rounding).

    No error adds up: each time is off by less than a step. Gains little alone: 100 ms leaves 47 % of 1,000, 250 ms
    17 %, 1 s 2.7 %, where pauses over 2 s are found at F1 .97, .92 and .72. Without dwell and overlap 100 ms leaves
    17 %.

    Attributes:
        step_us: the step, microseconds.
        how: ``"down"``, ``"up"`` or ``"nearest"``, a half up.

    >>> from reticent.events import PointerMove
    >>> stage = RoundTime(step_us=100).start(Context())
    >>> [event.time_us for event in stage.feed([PointerMove(time_us=199, x=0, y=0)])]
    [100]
    """

    step_us: _Positive = 100_000
    how: Rounding = "down"

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""
        step_us, how = self.step_us, self.how

        def rule(event: Event) -> Event:
            return at_time(event, rounded(event.time_us, step_us, how))

        return dict.fromkeys(EVENT_TYPES.values(), rule)


class BurstCadence(Struct, frozen=True, kw_only=True):
    """Space the presses of each burst of typing evenly (ISO/IEC 20889: generalization; pauses: rounding).

    A burst has no pause longer than ``pause_us``. Its presses come at its mean interval, each followed by its release;
    pauses are rounded up. Takes away the rhythm inside bursts, dwell and overlap: 74 % to 1.7 % of 1,000 with every
    burst's speed and duration exact, to 0.4 % with 5 speed levels at a speed error of 10 %; words typed are no longer
    told by time (median rank .43 and .47, chance .5). Of 27 people with 1,000-key probes 31 % are still named (raw
    96 %).

    A burst waits until it ends: at most ``span_us`` and two pauses of event time. Clicks and the like keep their order
    among presses; pointer moves only among clicks. With exact bursts and pauses in seconds the clock stays within a
    second or so of the true one; otherwise what rounding adds stays.

    Attributes:
        levels: how many speeds there are, those of a population; 0: every burst keeps its own.
        pauses: ``"seconds"`` rounds pauses up to whole seconds, ``"log"`` to ``pause_us`` times 2, 4, 8 and so on.
        pause_us: what is longer is a pause, before and after, microseconds.
        dwell_us: from a press to its release, at most until the next press, microseconds.
        keys: after so many intervals the next part of a burst begins, with a mean of its own.
        span_us: after so long the same, microseconds.

    Raises:
        PolicyError: ``dwell_us`` is longer than ``pause_us``.

    >>> from reticent.events import KeyDown
    >>> stage = BurstCadence().start(Context())
    >>> out = stage.feed([KeyDown(time_us=ms * 1000, key="a") for ms in (0, 100, 400, 3000)]) + stage.flush()
    >>> [event.time_us // 1000 for event in out if isinstance(event, KeyDown)]
    [0, 200, 400, 3400]
    """

    levels: Literal[0, 2, 3, 5, 8] = 0
    pauses: Pauses = "seconds"
    pause_us: _Positive = 2_000_000
    dwell_us: _Positive = 80_000
    keys: _Positive = 128
    span_us: _Positive = 60_000_000

    def __post_init__(self) -> None:
        _check(self.dwell_us, self.pause_us)

    def start(self, context: Context, /) -> BurstStage:
        """See ``Transform``."""
        exact = self.levels == 0
        spacing = Spacing if exact else _at_level(LEVELS_US[self.levels])
        return _burst_stage(self, spacing, gives_back=exact and self.pauses == "seconds")


class FixedCadence(Struct, frozen=True, kw_only=True):
    """Let presses come at one interval for everybody (ISO/IEC 20889: generalization; pauses: rounding).

    Takes away speed too: 0.0 % of 1,000 without pauses (EER 49.9 %), 0.2 % with them (EER 42 %). Costs speed, by 33 %
    on average. As ``BurstCadence`` otherwise.

    Attributes:
        interval_us: from press to press, microseconds.
        pauses: as for ``BurstCadence``; ``"none"`` keeps no time at all: the clock counts presses, and whatever lies
            between them has the time of what was before it, pointer moves too. Nothing waits then.
        pause_us, dwell_us, keys, span_us: as for ``BurstCadence``.

    Raises:
        PolicyError: ``dwell_us`` or ``interval_us`` is longer than ``pause_us``.

    >>> from reticent.events import KeyDown
    >>> stage = FixedCadence(pauses="none").start(Context())
    >>> out = stage.feed([KeyDown(time_us=ms * 1000, key="a") for ms in (0, 100, 400, 3000)]) + stage.flush()
    >>> [event.time_us // 1000 for event in out if isinstance(event, KeyDown)]
    [0, 150, 300, 450]
    """

    interval_us: _Positive = 150_000
    pauses: Literal["none", "seconds", "log"] = "seconds"
    pause_us: _Positive = 2_000_000
    dwell_us: _Positive = 80_000
    keys: _Positive = 128
    span_us: _Positive = 60_000_000

    def __post_init__(self) -> None:
        _check(max(self.dwell_us, self.interval_us), self.pause_us)

    def start(self, context: Context, /) -> BurstStage | OrderStage:
        """See ``Transform``."""
        if self.pauses == "none":
            return OrderStage(self.interval_us, self.dwell_us)
        spacing = Spacing(self.interval_us)
        return _burst_stage(self, lambda *_: spacing)


def _check(longest_us: int, pause_us: int) -> None:
    if longest_us > pause_us:
        raise PolicyError("pause_us must be at least as long as dwell_us and interval_us")


def _burst_stage(
    spec: BurstCadence | FixedCadence, spacing: Callable[[int, int], Spacing], *, gives_back: bool = False
) -> BurstStage:
    pauses = pause_rounding("log" if spec.pauses == "log" else "seconds", spec.pause_us)
    rules = Rules(spacing, spec.pause_us, pauses, gives_back, spec.dwell_us, spec.keys, spec.span_us)
    return BurstStage(rules)


def _at_level(levels_us: tuple[int, ...]) -> Callable[[int, int], Spacing]:
    """Presses at the nearest level; what a program types all at once, at the fastest."""
    levels = {level_us: Spacing(level_us) for level_us in levels_us}
    return lambda duration_us, intervals: levels[nearest_level_us(duration_us, intervals, levels_us)]
