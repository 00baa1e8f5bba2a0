"""Answers at random: whatever was typed becomes one public category or one bit before OpenDP sees it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.errors import PrivacyError
from reticent.privacy.answers import OneBitMean, OneHot, RandomizedResponse
from reticent.privacy.engine import draw

NAMES = (*"abcdefghij", "other")


@pytest.mark.parametrize("kind", [OneHot, RandomizedResponse])
@pytest.mark.parametrize("value", ["unheard of", "", None, 3, math.nan, ("a",), "A"])
def test_what_is_no_category_counts_as_other(kind, value):
    """OpenDP would answer uniformly, and bias every count."""
    assert kind(categories=NAMES, epsilon=1).clipped(value) == 10


@pytest.mark.parametrize("kind", [OneHot, RandomizedResponse])
@pytest.mark.parametrize(
    "categories",
    [("other",), ("a", "b"), ("other", "a"), ("a", "a", "other"), ["a", "other"], ("a", 1, "other"), "other", None,
     (*map(str, range(1024)), "other")],
)  # fmt: skip
def test_categories_are_public_names_that_end_with_other(kind, categories):
    """Two to 1024, all different."""
    with pytest.raises(PrivacyError, match=r"^categories: "):
        kind(categories=categories, epsilon=1)


@given(st.integers(2, 40), st.data())
def test_exactly_one_bit_is_set_in_the_order_of_numpy(count, data):
    """OpenDP takes more bits than its domain allows without a word; its own estimator reverses those of each byte."""
    mechanism = OneHot(categories=(*map(str, range(count - 1)), "other"), epsilon=1)
    place = data.draw(st.integers(0, count - 1))
    bits = np.unpackbits(np.frombuffer(mechanism.encoded(place), dtype=np.uint8))
    assert len(bits) % 8 == 0
    assert (bits.sum(), bits[place]) == (1, 1)
    assert mechanism.decoded(mechanism.encoded(place)) == [int(index == place) for index in range(count)]


@pytest.mark.parametrize("count", [2, 7, 8, 9, 17])
def test_bits_come_out_where_they_went_in(count):
    """With next to no noise the bits of a release are those of the category, in their order, without the padding."""
    names = (*map(str, range(count - 1)), "other")
    mechanism = OneHot(categories=names, epsilon=50)
    for place, name in enumerate(names):
        assert draw(mechanism, name) == [int(index == place) for index in range(count)]


def test_a_category_comes_out_by_its_name():
    """With next to no noise it is the one that went in."""
    mechanism = RandomizedResponse(categories=NAMES, epsilon=50)
    assert [draw(mechanism, name) for name in (*NAMES, "unheard of")] == [*NAMES, "other"]


@given(st.integers(), st.integers(1, 1 << 40))
def test_a_number_for_one_bit_is_clamped(value, upper):
    """Between 0 and the bound."""
    assert OneBitMean(upper=upper, epsilon=1).clipped(value) == sorted((0, value, upper))[1]


def test_the_bit_of_an_end_is_certain_before_it_is_answered():
    """0 never becomes 1, the bound always does: rounding at random is exact."""
    mechanism = OneBitMean(upper=3, epsilon=1)
    assert not any(mechanism.encoded(0) for _ in range(200))
    assert all(mechanism.encoded(3) for _ in range(200))
    assert {mechanism.encoded(1) for _ in range(200)} == {False, True}


@pytest.mark.parametrize("upper", [0, -1, 1.5, (1 << 40) + 1, None])
def test_the_bound_of_one_bit_is_a_whole_number_above_zero(upper):
    """Or it is refused."""
    with pytest.raises(PrivacyError, match=r"^upper: "):
        OneBitMean(upper=upper, epsilon=1)
