"""Privacy loss is counted in whole units, by the decimal that was written, and never too little."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.errors import PrivacyError
from reticent.privacy.amounts import UNIT, at_most, declared, price_of, shown


@pytest.mark.parametrize(
    ("written", "exact"),
    [(0.1, Fraction(1, 10)), (2.5, Fraction(5, 2)), (3, Fraction(3)), (1e-06, Fraction(1, 10**6)),
     (0.333333333, Fraction(333333333, 10**9)), (np.float64(0.7), Fraction(7, 10))],
)  # fmt: skip
def test_a_declared_amount_is_its_decimal(written, exact):
    """And not the binary number next to it."""
    assert declared(written) == exact


@pytest.mark.parametrize(
    "wrong",
    [0, -1, -0.1, math.nan, math.inf, -math.inf, 5e-324, 9e-7, 1_000_001, 10**400, True, "1", None, 1j, b"1",
     Fraction(1, 2)],
)  # fmt: skip
def test_what_is_no_amount_is_refused(wrong):
    """Nothing, less than nothing, no number at all, and amounts that would refill a budget or never empty it."""
    with pytest.raises(PrivacyError, match="an amount of privacy loss"):
        declared(wrong)


@given(st.floats(1e-6, 1e6))
def test_what_opendp_is_asked_for_is_not_above_the_decimal(written):
    """And not further below it than the next float."""
    exact = declared(written)
    assert Fraction(at_most(exact)) <= exact < Fraction(math.nextafter(at_most(exact), math.inf))


@given(st.floats(min_value=5e-324, max_value=1e6))
def test_a_price_is_rounded_up(loss):
    """To the next unit, and never to nothing."""
    price = price_of(loss)
    assert price >= 1
    assert (price - 1) * UNIT < Fraction(loss) <= price * UNIT


@pytest.mark.parametrize("loss", [0.0, -1.0, math.inf, math.nan])
def test_a_loss_without_end_has_no_price(loss):
    """Nor has one that is nothing."""
    with pytest.raises(PrivacyError, match="cannot be counted"):
        price_of(loss)


@pytest.mark.parametrize("decimal", ["0.01", "0.1", "2.5", "0.333333333"])
def test_a_price_of_a_declared_loss_is_its_decimal(decimal):
    """Not one unit more, for mechanisms are built just below it."""
    assert shown(price_of(at_most(declared(float(decimal))))) == decimal


@given(st.integers(-(10**18), 10**18))
def test_what_is_shown_is_exact(units):
    """A plain decimal, without an exponent."""
    assert Fraction(shown(units)) == units * UNIT
    assert "e" not in shown(units).lower()
