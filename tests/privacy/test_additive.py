"""Added noise: what is clipped is never further from a neighbour than the distance that the noise is made for."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.errors import PrivacyError
from reticent.privacy.additive import Gaussian, Histogram, Laplace, PlanarLaplace

ANY = st.integers(-(10**30), 10**30)


def apart(one, other):
    """L1."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@given(st.lists(st.tuples(ANY, ANY), min_size=3, max_size=3))
def test_any_two_vectors_are_within_the_distance(pairs):
    """However large the numbers: L1 for Laplace, L2 for Gaussian noise."""
    laplace = Laplace(lower=-5, upper=9, size=3, epsilon=1)
    gaussian = Gaussian(lower=-5, upper=9, size=3, rho=1)
    one, other = ([*side] for side in zip(*pairs, strict=True))
    assert apart(laplace.clipped(one), laplace.clipped(other)) <= laplace.distance
    squares = sum((a - b) ** 2 for a, b in zip(gaussian.clipped(one), gaussian.clipped(other), strict=True))
    assert squares <= Fraction(gaussian.distance) ** 2


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-3, 3)), min_size=4, max_size=4))
def test_values_that_moved_a_little_are_within_the_distance(moves):
    """Clamping brings numbers no further apart."""
    mechanism = Laplace(lower=-5, upper=9, within=3, size=4, epsilon=1)
    assert apart(*(mechanism.clipped([value + move * side for value, move in moves]) for side in (0, 1))) <= 12
    assert mechanism.distance == 12


@given(st.lists(ANY, min_size=5, max_size=5), st.lists(ANY, min_size=5, max_size=5), st.integers(1, 50))
def test_any_two_histograms_are_within_the_distance(one, other, items):
    """Counts below nothing and fuller histograms than allowed among them."""
    mechanism = Histogram(bins=5, items=items, epsilon=1)
    one, other = mechanism.clipped(one), mechanism.clipped(other)
    assert min(one) >= 0
    assert sum(one) <= items
    assert apart(one, other) <= mechanism.distance


def test_the_distance_is_reached():
    """By the two that are furthest apart: less noise would not do."""
    histogram = Histogram(bins=2, items=7, epsilon=1)
    assert apart(histogram.clipped([99, 0]), histogram.clipped([0, 99])) == histogram.distance == 14
    laplace = Laplace(lower=0, upper=4, size=2, epsilon=1)
    assert apart(laplace.clipped([-9, -9]), laplace.clipped([9, 9])) == laplace.distance == 8


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.integers(1, 40))
def test_a_fuller_histogram_keeps_its_shape(counts, items):
    """Exactly ``items`` stay, none of the bins off its share by one or more; a smaller one stays as it is."""
    clipped, total = Histogram(bins=len(counts), items=items, epsilon=1).clipped(counts), sum(counts)
    if total <= items:
        assert clipped == counts
    else:
        assert sum(clipped) == items
        assert all(abs(kept * total - count * items) < total for kept, count in zip(clipped, counts, strict=True))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 12345, 65536])
@pytest.mark.parametrize("upper", [1, 3, 10, 1 << 39])
def test_an_l2_distance_is_rounded_up(size, upper):
    """And by no more than two floats."""
    exact = size * upper**2
    found = Gaussian(lower=0, upper=upper, size=size, rho=50).distance
    assert Fraction(found) ** 2 >= exact
    assert Fraction(math.nextafter(math.nextafter(found, 0), 0)) ** 2 < exact


@pytest.mark.parametrize("radius", [*range(1, 60), 100, 1000])
def test_points_within_a_radius_are_within_the_distance(radius):
    """All of them: the furthest lie on the diagonal. A bound that is one less would be too small for some radius."""
    distance = PlanarLaplace(width_px=2000, height_px=2000, within_px=radius, epsilon=1).distance
    reach = max(x + math.isqrt(radius**2 - x**2) for x in range(radius + 1))
    assert reach <= distance <= reach + 2
    assert (distance - 1) ** 2 < 2 * radius**2 <= distance**2


def test_a_path_is_as_far_as_all_its_points():
    """Each of which may have moved."""
    one, path = (PlanarLaplace(width_px=9, height_px=9, within_px=2, points=points, epsilon=1) for points in (1, 5))
    assert path.distance == 5 * one.distance


def test_points_are_moved_onto_the_screen():
    """Before noise is added, and after it."""
    mechanism = PlanarLaplace(width_px=100, height_px=50, within_px=2, points=2, epsilon=1)
    assert mechanism.clipped([(-5, 70), np.array([100, 3])]) == [0, 49, 99, 3]
    assert mechanism.decoded([-3, 50, 7, 8]) == [(0, 49), (7, 8)]


@pytest.mark.parametrize("value", [[(1, 2), (3,)], [(1, 2), 3], [(1, 2), (3, 4.5)], [1, 2, 3, 4], [(1, 2)], None])
def test_what_is_no_path_is_refused(value):
    """A path is a fixed number of pairs of whole numbers."""
    with pytest.raises(PrivacyError, match="takes "):
        PlanarLaplace(width_px=100, height_px=50, within_px=2, points=2, epsilon=1).clipped(value)


@pytest.mark.parametrize(
    "mechanism",
    [Laplace(lower=0, upper=9, size=2, epsilon=1), Gaussian(lower=0, upper=9, size=2, rho=1),
     Histogram(bins=2, items=9, epsilon=1)],
)  # fmt: skip
@pytest.mark.parametrize("value", [[1], [1, 2, 3], [1.0, 2.0], [math.nan, 1], [1, math.inf], "12", {1: 2, 3: 4}, 7])
def test_what_is_no_vector_is_refused(mechanism, value):
    """A vector is a fixed number of whole numbers."""
    with pytest.raises(PrivacyError, match="takes "):
        mechanism.clipped(value)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [(Laplace, {"lower": 5, "upper": 5}), (Laplace, {"lower": 0, "upper": 1 << 41}),
     (Laplace, {"lower": 0.0, "upper": 1}),
     (Laplace, {"lower": 0, "upper": 5, "size": 0}), (Laplace, {"lower": 0, "upper": 5, "size": (1 << 16) + 1}),
     (Laplace, {"lower": 0, "upper": 5, "within": 0}), (Laplace, {"lower": 0, "upper": 5, "within": 6}),
     (Laplace, {"lower": 0, "upper": 5, "within": "1"}), (Histogram, {"bins": 0, "items": 1}),
     (Histogram, {"bins": 1, "items": 0}), (Histogram, {"bins": 1, "items": 2.5}),
     (PlanarLaplace, {"width_px": 0, "height_px": 1, "within_px": 1}),
     (PlanarLaplace, {"width_px": 1, "height_px": 1, "within_px": 3}),
     (PlanarLaplace, {"width_px": 1, "height_px": 1, "within_px": 1, "points": 0})],
)  # fmt: skip
def test_parameters_that_cannot_be_are_refused(kind, parameters):
    """With the name of the one at fault."""
    with pytest.raises(PrivacyError, match=rf"^({'|'.join(parameters)}): a whole number from"):
        kind(**parameters, epsilon=1)


def test_opendp_gets_64_bit_integers():
    """Of a list it would make 32-bit ones."""
    encoded = Laplace(lower=0, upper=1 << 40, size=2, epsilon=1).encoded([1, 1 << 40])
    assert encoded.dtype == np.int64
    assert encoded.tolist() == [1, 1 << 40]
