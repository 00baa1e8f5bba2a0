"""Arithmetic of coarser clocks: rounding, pauses and even spacing, all in whole microseconds.

Nothing here knows events. Every function is of integers only, so that nothing drifts; ``rounded`` serves a column of
``numpy`` integers as it serves one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

__all__ = ["LEVELS_US", "Pauses", "Rounding", "Spacing", "nearest_level_us", "pause_rounding", "rounded"]

Rounding: TypeAlias = Literal["down", "up", "nearest"]
Pauses: TypeAlias = Literal["seconds", "log"]

_SECOND_US = 1_000_000
_Integers = TypeVar("_Integers", bound=Any)

LEVELS_US: dict[int, tuple[int, ...]] = {
    2: (163_000, 304_000),
    3: (146_000, 223_000, 346_000),
    5: (132_000, 173_000, 223_000, 283_000, 401_000),
    8: (123_000, 150_000, 176_000, 206_000, 240_000, 279_000, 334_000, 448_000),
}
"""Speeds of a population: the mean interval of presses (microseconds) that stands for each of so many equal shares.

Medians of equal shares of the bursts of at least 5 presses in the Aalto set (Dhakal et al., CHI 2018), pauses over 2 s
apart, of 611 people (9,817 bursts) who may not be attacked to judge the levels: see ``benchmarks/speed_levels.py``.
"""


def rounded(time_us: _Integers, step_us: int, how: Rounding = "down") -> _Integers:
    """A time, or a column of times, as a multiple of a step from 0. Each is rounded for itself, so no error adds up.

    Args:
        time_us: one time or an array of integers.
        step_us: the step, above 0.
        how: ``nearest`` rounds a half up.

    >>> [rounded(time_us, 100, "nearest") for time_us in (49, 50, 151)]
    [0, 100, 200]
    >>> rounded(101, 100, "up")
    200
    """
    if how == "nearest":
        time_us = time_us + step_us // 2
    elif how == "up":
        time_us = time_us + (step_us - 1)
    whole: _Integers = time_us - time_us % step_us
    return whole


class Spacing(NamedTuple):
    """Presses at equal distances: number ``i`` comes ``i * numerator // denominator`` microseconds after the first.

    >>> Spacing(1000, 3).after_us(2), Spacing(1000, 3).after_us(3)
    (666, 1000)
    """

    numerator: int
    denominator: int = 1

    def after_us(self, number: int) -> int:
        """Time of press ``number`` after the first, number 0."""
        return number * self.numerator // self.denominator


def nearest_level_us(duration_us: int, steps: int, levels_us: tuple[int, ...]) -> int:
    """The level that is nearest, as a ratio, to the mean of so many intervals.

    >>> nearest_level_us(1_000_000, 6, (100_000, 200_000, 400_000))
    200000
    """
    for below, above in pairwise(levels_us):
        if duration_us * duration_us <= below * above * steps * steps:
            return below
    return levels_us[-1]


def pause_rounding(pauses: Pauses, pause_us: int) -> Callable[[int], int]:
    """How a pause is rounded up; what is longer than ``pause_us`` stays longer, what is not stays so.

    ``seconds`` gives whole seconds; ``log`` gives ``pause_us`` times 2, 4, 8 and so on.

    >>> [pause_rounding("seconds", 2_000_000)(us) for us in (1_200_000, 2_000_000, 2_000_001, 3_000_001)]
    [2000000, 2000000, 3000000, 4000000]
    >>> [pause_rounding("log", 2_000_000)(us) for us in (1, 2_000_001, 4_000_001, 60_000_000)]
    [2000000, 4000000, 8000000, 64000000]
    """

    def seconds(true_us: int) -> int:
        if true_us <= pause_us:
            return min(rounded(true_us, _SECOND_US, "up"), pause_us)
        return rounded(true_us, _SECOND_US, "up")

    def log(true_us: int) -> int:
        bucket_us = pause_us
        while bucket_us < true_us:
            bucket_us *= 2
        return bucket_us if true_us > 0 else 0

    return seconds if pauses == "seconds" else log
