"""No mechanism loses more than it claims, as far as draws can show; and what loses more is caught."""

from __future__ import annotations

import math
import os
from typing import Any

import pytest
from audit import Case, at_least, at_most, epsilon_shown, loss_shown, releases
from msgspec.structs import replace

from reticent.privacy import engine
from reticent.privacy.mechanisms import (
    Gaussian,
    Histogram,
    Laplace,
    Mechanism,
    OneBitMean,
    OneHot,
    PlanarLaplace,
    RandomizedResponse,
)

NAMES = tuple("abcdefgh")
SLOW = pytest.mark.skipif("RETICENT_SLOW" not in os.environ, reason="takes minutes; set RETICENT_SLOW=1")


def all_at_least(*least):
    """The event that each number is so large or larger."""
    return lambda drawn: all(number >= bound for number, bound in zip(drawn, least, strict=True))


def is_just(*wanted):
    """The event of exactly this release."""
    return lambda drawn: drawn == wanted or [drawn] == [*wanted]


CASES = {
    # Inputs are out of bounds where there are any: what is clipped badly shows.
    "laplace": (Laplace(lower=0, upper=3, epsilon=1), [-7], [99],
                (all_at_least(3), lambda drawn: drawn[0] <= 0)),
    "within": (Laplace(lower=0, upper=1000, within=3, epsilon=1), [500], [503],
               (all_at_least(503), lambda drawn: drawn[0] <= 500)),
    "gaussian": (Gaussian(lower=0, upper=10, rho=0.5), [-7], [99],
                 tuple(all_at_least(bound) for bound in range(-15, 30, 5))),
    "randomized-response": (RandomizedResponse(categories=("a", "b", "other"), epsilon=1), "a", "unheard of",
                            (is_just("a"), is_just("b"), is_just("other"))),
    "one-hot": (OneHot(categories=(*NAMES, "other"), epsilon=1), "a", "unheard of",
                (lambda drawn: drawn[0] > drawn[8], lambda drawn: drawn[0] < drawn[8], lambda drawn: drawn[1] == 1)),
    "one-bit-mean": (OneBitMean(upper=1000, epsilon=1), -7, 9999, (is_just(0), is_just(1))),
    "histogram": (Histogram(bins=2, items=5, epsilon=1), [99, -1], [-1, 99],
                  (lambda drawn: drawn[0] >= 5 and drawn[1] <= 0, lambda drawn: drawn[1] >= 5 and drawn[0] <= 0)),
    "planar-laplace": (PlanarLaplace(width_px=1000, height_px=1000, within_px=29, epsilon=1), [(500, 500)],
                       [(520, 521)], (lambda drawn: drawn[0][0] >= 520 and drawn[0][1] >= 521,
                                      lambda drawn: drawn[0][0] <= 500 and drawn[0][1] <= 500)),
}  # fmt: skip
"""A mechanism, two neighbours, and events."""


def case(name: str, changed: Mechanism | None = None, release: Any = None) -> Case:
    """A mechanism of the table, or one that claims the same."""
    mechanism, one, other, events = CASES[name]
    steps = (0.6,) * len(events) if mechanism.currency == "rho" else ()
    return Case(name, mechanism.loss, release or releases(changed or mechanism), one, other, events, steps)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("count", [1_000, pytest.param(100_000, marks=[pytest.mark.slow, SLOW])])
def test_no_mechanism_loses_more_than_it_claims(name, count, record_property):
    """For clipped inputs as far apart as they can be; with many draws what is shown is not far below the claim."""
    shown = loss_shown(case(name), count)
    record_property("loss shown", shown)
    assert shown <= case(name).claim
    if count == 100_000:
        assert shown >= 0.6 * case(name).claim


@pytest.mark.slow
@SLOW
@pytest.mark.parametrize("name", CASES)
def test_a_fifth_less_noise_is_caught(name, record_property):
    """A scale of 4/5, which is an epsilon of 5/4 and a rho of 25/16."""
    right = CASES[name][0]
    more = {"epsilon": right.loss * 1.25} if right.currency == "epsilon" else {"rho": right.loss * 1.25**2}
    shown = loss_shown(case(name, changed=replace(right, **more)), 100_000)
    record_property("loss shown", shown)
    assert shown > right.loss


class LaplaceOffByOne(Laplace, frozen=True, kw_only=True, tag="laplace-off-by-one"):
    """One more than the upper bound gets through."""

    def clipped(self, value):
        return [min(max(number, self.lower), self.upper + 1) for number in value]


class HistogramOffByOne(Histogram, frozen=True, kw_only=True, tag="histogram-off-by-one"):
    """One more item than it says is counted."""

    def clipped(self, value):
        return [min(max(number, 0), self.items + 1) for number in value]


def test_bounds_that_are_off_by_one_are_caught():
    """Of a number."""
    twin = LaplaceOffByOne(lower=0, upper=1, epsilon=1)
    events = (all_at_least(2), lambda drawn: drawn[0] <= 0)
    assert loss_shown(Case("twin", 1, releases(twin), [-7], [99], events), 3_000) > 1


def test_counts_that_are_off_by_one_are_caught():
    """Of a histogram of one item."""
    twin = HistogramOffByOne(bins=2, items=1, epsilon=1)
    events = (lambda drawn: drawn[0] >= 2 and drawn[1] <= 0,)
    assert loss_shown(Case("twin", 1, releases(twin), [99, 0], [0, 99], events), 3_500) > 1


def test_one_category_too_many_is_caught():
    """A chance of the truth that is right for two categories, where the answer is one of three."""
    from opendp.measurements import make_randomized_response

    with engine._contrib():
        answer = make_randomized_response([0, 1, 2], math.e / (math.e + 1), T="i64")
    twin = Case("twin", 1, answer, 0, 1, tuple(is_just(number) for number in range(3)))
    assert loss_shown(twin, 3_000) > 1


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("one-bit-mean", 4_000),
        ("randomized-response", 4_000),
        *(pytest.param(name, 20_000, marks=[pytest.mark.slow, SLOW]) for name in ("histogram", "laplace", "one-hot")),
    ],
)
def test_a_second_release_for_one_charge_is_caught(name, count):
    """Two draws of the same value, each of which keeps the claim. An event that is rare twice takes more draws."""
    right = case(name)
    both = tuple(lambda drawn, event=event: event(drawn[0]) and event(drawn[1]) for event in right.events)
    twice = right._replace(release=lambda value: (right.release(value), right.release(value)), events=both)
    assert loss_shown(twice, count) > right.claim


def test_bounds_of_chances_are_those_of_the_books():
    """Clopper and Pearson's 95 % interval of 10 in 100 is 0.0490 to 0.1762; of none in 10, 0 to 0.3085."""
    assert at_least(10, 100, 0.025) == pytest.approx(0.0490, abs=1e-4)
    assert at_most(10, 100, 0.025) == pytest.approx(0.1762, abs=1e-4)
    assert (at_least(0, 10, 0.025), at_most(0, 10, 0.025)) == pytest.approx((0, 0.3085), abs=1e-4)
    assert at_most(10, 10, 0.025) == 1


def test_nothing_is_shown_without_draws_that_differ():
    """A release that depends on nothing shows no loss."""
    assert epsilon_shown([500, 500], [500, 500], 1_000) < 0
