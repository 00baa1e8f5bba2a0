"""Only whole numbers, and exactly as many as were announced, get to a mechanism; a refusal shows no value."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
import pandas as pd
import pytest

from reticent.errors import PrivacyError
from reticent.privacy.checks import check_between, rows, whole_number, whole_numbers

CANARY = "Zyxqo7Canary"


class Treacherous:
    """A number that shows itself when it is asked."""

    def __index__(self):
        raise ValueError(CANARY)


@pytest.mark.parametrize("number", [0, 11, -1, 1.0, "3", None, True, math.nan, np.int64(3)])
def test_a_parameter_out_of_range_is_refused(number):
    """And says what it may be."""
    with pytest.raises(PrivacyError, match=r"^bins: a whole number from 1 to 10$"):
        check_between(number, 1, 10, "bins")


@pytest.mark.parametrize("number", [1, 10])
def test_both_ends_are_in_range(number):
    """Of a parameter."""
    check_between(number, 1, 10, "bins")


@pytest.mark.parametrize("value", [7, np.int64(7), np.uint8(7), np.array(7)])
def test_whole_numbers_are_taken(value):
    """Those of numpy, too, as numbers of Python."""
    assert whole_number(value) == 7
    assert type(whole_number(value)) is int


@pytest.mark.parametrize(
    "value",
    [7.0, 0.5, math.nan, math.inf, np.float64(7), True, CANARY, None, b"7", [7], np.array([7, 8]), Treacherous()],
)
def test_what_is_no_whole_number_is_refused(value):
    """NaN and infinity above all, which OpenDP takes and lets through; nothing of the value is told."""
    with pytest.raises(PrivacyError, match=r"^takes whole numbers; round first$") as caught:
        whole_number(value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("values", [[1, 2], (1, 2), np.array([1, 2]), pd.Series([1, 2]), deque([1, 2]), range(1, 3)])
def test_sequences_of_all_kinds_are_taken(values):
    """As long as they have as many values as were announced."""
    assert whole_numbers(values, 2) == [1, 2]


@pytest.mark.parametrize("values", [[1], [1, 2, 3], [], {1, 2}, {0: 1, 1: 2}, "12", b"12", iter([1, 2]), 2, None])
def test_what_has_no_order_or_another_length_is_refused(values):
    """The number of values would say how much was typed."""
    with pytest.raises(PrivacyError, match="takes exactly 2 values"):
        rows(values, 2)
