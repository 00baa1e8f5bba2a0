"""What samples prove of a mechanism: exact bounds of chances, and from them the least loss that it must have.

Events are fixed before anything is drawn. Each bound is that of Clopper and Pearson, and the chance that any bound of
one check is wrong is shared out among them, so a mechanism that keeps its claim fails a check once in 10^9 times.
Passing proves no more than that there is no larger bug.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from reticent.privacy.engine import draw
from reticent.privacy.mechanisms import Mechanism

FALSE_ALARM = 1e-9


class Case(NamedTuple):
    """A release, what it claims to lose, two neighbours, and events of what comes out."""

    name: str
    claim: float
    release: Callable[[Any], Any]
    one: Any
    other: Any
    events: Sequence[Callable[[Any], bool]]
    steps: Sequence[float] = ()
    """Of a claim in rho: by how much the test function rises at each event, which contains the next one."""


def releases(mechanism: Mechanism) -> Callable[[Any], Any]:
    """What draws from a mechanism."""
    return lambda value: draw(mechanism, value)


def loss_shown(case: Case, count: int) -> float:
    """The largest loss that ``count`` draws of each neighbour prove."""
    one, other = (hits(case, value, count) for value in (case.one, case.other))
    if case.steps:
        return rho_shown(one, other, count, case.steps)
    return epsilon_shown(one, other, count)


def hits(case: Case, value: Any, count: int) -> list[int]:
    """How often each event comes about."""
    drawn = [case.release(value) for _ in range(count)]
    return [sum(map(event, drawn)) for event in case.events]


def epsilon_shown(one: Sequence[int], other: Sequence[int], count: int) -> float:
    """The largest log ratio of two chances of the same event, either way round."""
    alpha = FALSE_ALARM / (4 * len(one))
    pairs = [*zip(one, other, strict=True), *zip(other, one, strict=True)]
    return max(math.log(at_least(more, count, alpha) or 1e-300) - math.log(at_most(less, count, alpha))
               for more, less in pairs)  # fmt: skip


def rho_shown(one: Sequence[int], other: Sequence[int], count: int, steps: Sequence[float]) -> float:
    """A bound of the Kullback-Leibler divergence, which rho is no smaller than, by Donsker and Varadhan's formula.

    The test function is 0 and rises by a step at each event: its mean under ``other``, less the log of the mean of its
    exponential under ``one``.
    """
    alpha = FALSE_ALARM / (2 * len(one))
    rises = [high - low for low, high in pairwise(math.exp(level) for level in accumulate(steps, initial=0.0))]
    mean = sum(step * at_least(found, count, alpha) for step, found in zip(steps, other, strict=True))
    return mean - math.log1p(sum(rise * at_most(found, count, alpha) for rise, found in zip(rises, one, strict=True)))


def at_least(found: int, count: int, alpha: float) -> float:
    """The chance of an event that came about so often is not below this, but with a chance of ``alpha``."""
    low, high = 0.0, found / count
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _tail(found, count, middle) < alpha else (low, middle)
    return low


def at_most(found: int, count: int, alpha: float) -> float:
    """The chance of an event that came about so often is not above this, but with a chance of ``alpha``."""
    return 1 - at_least(count - found, count, alpha)


def _tail(found: int, count: int, chance: float) -> float:
    """That ``found`` or more of ``count`` come about, for a chance that is below ``found / count``."""
    if not 0 < chance < 1:
        return 1.0 if chance >= 1 or not found else 0.0
    term = math.exp(
        math.lgamma(count + 1) - math.lgamma(found + 1) - math.lgamma(count - found + 1)
        + found * math.log(chance) + (count - found) * math.log1p(-chance)
    )  # fmt: skip
    total, odds = term, chance / (1 - chance)
    while term > total * 1e-17 and found < count:
        term *= odds * (count - found) / (found + 1)
        found += 1
        total += term
    return total


def chi_square(observed: Sequence[int], chances: Sequence[float]) -> float:
    """How likely a deviation from these chances, or a larger one, is, where 5 or more are expected in each cell."""
    count, freedom = sum(observed), len(observed) - 1
    if not math.isclose(sum(chances), 1, abs_tol=1e-9) or count * min(chances) < 5:
        raise ValueError("chances that sum to 1, and 5 or more expected in each cell")
    pairs = zip(observed, chances, strict=True)
    half = sum((found - count * chance) ** 2 / (count * chance) for found, chance in pairs) / 2 or 1e-300
    powers = (freedom % 2 / 2 + index for index in range(freedom // 2))
    likely = sum(math.exp(power * math.log(half) - math.lgamma(power + 1) - half) for power in powers)
    return likely + (math.erfc(math.sqrt(half)) if freedom % 2 else 0)


def cells(drawn: Sequence[int], reach: int) -> list[int]:
    """How many are ``-reach`` or less, each number between, and ``reach`` or more."""
    counts = [0] * (2 * reach + 1)
    for number in drawn:
        counts[min(max(number, -reach), reach) + reach] += 1
    return counts


def cell_chances(weight: Callable[[int], float], reach: int) -> list[float]:
    """The chances of ``cells`` where each number has so much weight."""
    width = 40 * reach
    weights = [weight(number) for number in range(-width, width + 1)]
    middle = weights[width - reach + 1 : width + reach]
    tail = sum(weights[: width - reach + 1])
    return [share / sum(weights) for share in (tail, *middle, tail)]
