"""Noise has the exact distribution of its mechanism, by chi-square; a fifth less noise does not pass for it."""

from __future__ import annotations

import math
import threading
from collections import Counter
from itertools import pairwise, product

import pytest
from audit import cell_chances, cells, chi_square
from msgspec.structs import replace

from reticent.privacy.engine import draw
from reticent.privacy.mechanisms import (
    Gaussian,
    Histogram,
    Laplace,
    OneBitMean,
    OneHot,
    PlanarLaplace,
    RandomizedResponse,
)

LIKELY = 1e-9
"""A right mechanism deviates so far once in 10^9 times."""
VALUES = 20_000


def laplace(scale):
    """Weights of discrete Laplace noise."""
    return lambda number: math.exp(-abs(number) / scale)


def gaussian(sigma):
    """Weights of discrete Gaussian noise."""
    return lambda number: math.exp(-(number**2) / (2 * sigma**2))


def noise_of(mechanism):
    """The noise on each number of one release."""
    if isinstance(mechanism, PlanarLaplace):
        centre = mechanism.width_px // 2
        points = draw(mechanism, [(centre, centre)] * mechanism.points)
        return [number - centre for point in points for number in point]
    if isinstance(mechanism, Histogram):
        return draw(mechanism, [0] * mechanism.bins)
    return [number - 1 for number in draw(mechanism, [1] * mechanism.size)]


ADDITIVE = {
    # Scales by the definition of each mechanism: distance / epsilon, and distance / sqrt(2 rho).
    "laplace": (Laplace(lower=0, upper=1, size=VALUES, epsilon=40), laplace(VALUES / 40), 400),
    "within": (Laplace(lower=0, upper=9, within=2, size=VALUES, epsilon=40), laplace(2 * VALUES / 40), 500),
    "gaussian": (Gaussian(lower=0, upper=1, size=VALUES, rho=32), gaussian(math.sqrt(VALUES / 64)), 35),
    "histogram": (Histogram(bins=VALUES, items=25, epsilon=10), laplace(5), 12),
    "planar": (PlanarLaplace(width_px=99_999, height_px=99_999, within_px=1, points=VALUES // 2, epsilon=40),
               laplace(VALUES / 40), 400),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDITIVE)
def test_added_noise_is_discrete_laplace_or_gaussian(name):
    """Of the scale that the loss asks for; the twin has a scale of 4/5."""
    mechanism, weight, reach = ADDITIVE[name]
    chances = cell_chances(weight, reach)
    more = {"rho": mechanism.loss * 25 / 16} if name == "gaussian" else {"epsilon": mechanism.loss * 5 / 4}
    assert chi_square(cells(noise_of(mechanism), reach), chances) > LIKELY
    assert chi_square(cells(noise_of(replace(mechanism, **more)), reach), chances) < LIKELY


def test_noise_is_independent():
    """Of the noise on the number before it, and of that of the release before it: correlations below 6.5 sigma."""
    mechanism, _, _ = ADDITIVE["histogram"]
    first, second = noise_of(mechanism), noise_of(mechanism)
    for pairs in ([*pairwise(first)], [*zip(first, second, strict=True)]):
        products = [one * other for one, other in pairs]
        spread = math.sqrt(sum(number**2 for number in products))
        assert abs(sum(products)) < 6.5 * spread


ANSWERS = ("a", "b", "c", "d", "other")


@pytest.mark.parametrize(("epsilon", "right"), [(2, True), (2.5, False)])
def test_answers_are_true_with_the_chance_of_randomised_response(epsilon, right):
    """A true answer is e^epsilon times as likely as each of the others; the twin's epsilon is 5/4 of that."""
    mechanism = RandomizedResponse(categories=ANSWERS, epsilon=epsilon)
    found = Counter(draw(mechanism, "b") for _ in range(6_000))
    lie = 1 / (math.exp(2) + 4)
    chances = [math.exp(2) * lie if name == "b" else lie for name in ANSWERS]
    assert (chi_square([found[name] for name in ANSWERS], chances) > LIKELY) == right


@pytest.mark.parametrize(("epsilon", "right"), [(2, True), (2.5, False)])
def test_bits_are_flipped_one_by_one(epsilon, right):
    """Each with a chance of 1 / (e^(epsilon / 2) + 1), whatever becomes of the others."""
    mechanism = OneHot(categories=("a", "b", "other"), epsilon=epsilon)
    found = Counter(tuple(draw(mechanism, "b")) for _ in range(6_000))
    flip = 1 / (math.e + 1)
    patterns = [*product((0, 1), repeat=3)]
    wrong = [sum(bit != true for bit, true in zip(pattern, (0, 1, 0), strict=True)) for pattern in patterns]
    chances = [flip**count * (1 - flip) ** (3 - count) for count in wrong]
    assert (chi_square([found[pattern] for pattern in patterns], chances) > LIKELY) == right


@pytest.mark.parametrize(("value", "share"), [(-5, 0.0), (300, 0.3), (1_700, 1.0)])
def test_a_bit_stands_for_the_share_of_the_bound(value, share):
    """P(1) = 1 / (e^epsilon + 1) + share * (e^epsilon - 1) / (e^epsilon + 1), as Ding and others give it."""
    ones = sum(draw(OneBitMean(upper=1_000, epsilon=2), value) for _ in range(4_000))
    odds = math.exp(2)
    chance = (1 + share * (odds - 1)) / (odds + 1)
    assert chi_square([4_000 - ones, ones], [1 - chance, chance]) > LIKELY


def test_two_threads_at_once_draw_right_noise():
    """Neither fails, and together their noise is that of one mechanism; they do not get the same."""
    mechanism = Histogram(bins=1_000, items=25, epsilon=10)
    drawn: list[list[list[int]]] = [[], []]

    def work(mine):
        mine.extend(draw(mechanism, [0] * 1_000) for _ in range(10))

    threads = [threading.Thread(target=work, args=(mine,)) for mine in drawn]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    noise = [number for mine in drawn for release in mine for number in release]
    assert len(noise) == VALUES
    assert chi_square(cells(noise, 12), cell_chances(laplace(5), 12)) > LIKELY
    assert len({tuple(release) for mine in drawn for release in mine}) == 20


@pytest.mark.parametrize(
    ("statistic", "cells_", "likely"), [(3.841, 2, 0.05), (5.991, 3, 0.05), (11.070, 6, 0.05), (23.209, 11, 0.01)]
)
def test_chi_square_is_that_of_the_books(statistic, cells_, likely):
    """Quantiles of the usual table."""
    count = 10_000
    off = math.sqrt(statistic * count / cells_ / 2)
    observed = [count / cells_ + off, count / cells_ - off, *[count / cells_] * (cells_ - 2)]
    assert chi_square(observed, [1 / cells_] * cells_) == pytest.approx(likely, rel=1e-3)
