"""A description says what one release loses, and refuses to be one that cannot keep it."""

from __future__ import annotations

import math

import pytest

from reticent.errors import PrivacyError
from reticent.privacy.mechanism import Mechanism
from reticent.privacy.mechanisms import Gaussian, Histogram, Laplace, OneBitMean, PlanarLaplace, encode


@pytest.mark.parametrize("loss", [0, -1, math.nan, math.inf, True, "1", None, 50.1, 1e-7])
def test_a_loss_that_says_nothing_is_refused(loss):
    """Epsilon and rho alike."""
    with pytest.raises(PrivacyError):
        OneBitMean(upper=10, epsilon=loss)
    with pytest.raises(PrivacyError):
        Gaussian(lower=0, upper=10, rho=loss)


def test_noise_that_64_bits_do_not_hold_is_refused():
    """With a reason, and before OpenDP fails at it."""
    with pytest.raises(PrivacyError, match="larger than numbers can be"):
        Histogram(bins=1, items=1 << 40, epsilon=0.0001)
    Histogram(bins=1, items=1 << 40, epsilon=1)


def test_one_and_1_0_are_one_loss():
    """Equal, with equal hashes and the same bytes: a ledger knows a query again."""
    whole, decimal = (OneBitMean(upper=10, epsilon=epsilon) for epsilon in (1, 1.0))
    assert whole == decimal
    assert hash(whole) == hash(decimal)
    assert encode(whole) == encode(decimal)


def test_the_loss_is_that_of_the_currency():
    """Epsilon, or rho."""
    assert (OneBitMean(upper=10, epsilon=0.5).loss, OneBitMean.currency) == (0.5, "epsilon")
    assert (Gaussian(lower=0, upper=1, rho=0.25).loss, Gaussian.currency) == (0.25, "rho")


def test_each_says_what_its_neighbours_are():
    """An epoch, unless values or points move within a stated distance."""
    day, near = Laplace(lower=0, upper=9, epsilon=1), Laplace(lower=0, upper=9, within=2, epsilon=1)
    blur = PlanarLaplace(width_px=10, height_px=10, within_px=3, epsilon=1)
    assert (day.unit, near.unit, blur.unit, OneBitMean(upper=1, epsilon=1).unit) == ("epoch", "value", "value", "epoch")
    assert "anything else" in day.neighbours
    assert near.neighbours == "each number, moved by at most 2"
    assert blur.neighbours == "each point, moved by at most 3 px"


def test_descriptions_cannot_be_changed():
    """A price that was asked for stays that of the draw."""
    with pytest.raises(AttributeError):
        OneBitMean(upper=10, epsilon=1).epsilon = 0.1


def test_the_base_makes_nothing():
    """It has neither noise nor a clipping of its own."""

    class Bare(Mechanism, frozen=True, kw_only=True):
        epsilon: float

    bare = Bare(epsilon=1)
    for call in (bare.measurement, bare.clipped):
        with pytest.raises(NotImplementedError, match="Bare"):
            call(1)
    assert (bare.encoded(1), bare.decoded(2), bare.distance, bare.bounds) == (1, 2, 1, None)
