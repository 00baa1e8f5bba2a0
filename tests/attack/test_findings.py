"""Figures below what raw data is known to yield are the attack's fault, and said to be."""

from __future__ import annotations

import math

import pytest

from reticent.attack.findings import RISKS, Finding, Floor, Utility, check_healthy
from reticent.attack.metrics import Estimate
from reticent.attack.model import AttackBroken


def finding(value, *, measure="rank-1", worse="high", defence="raw"):
    """A figure on some data."""
    return Finding(
        attack="a", data="d", defence=defence, risk="singling out", measure=measure, value=value, low=0, high=1,
        chance=0.1, worse=worse, people=3, probes=3,
    )  # fmt: skip


@pytest.mark.parametrize(("worse", "value"), [("high", 0.79), ("low", 0.81), ("high", math.nan), ("low", math.nan)])
def test_too_little_is_broken(worse, value):
    """Also what is no number."""
    with pytest.raises(AttackBroken, match="attack is broken: a .d.: rank-1 on raw"):
        check_healthy([finding(value, worse=worse)], (Floor("rank-1", 0.8),), quick=False)


@pytest.mark.parametrize(("worse", "value"), [("high", 0.8), ("low", 0.8), ("high", 1), ("low", 0)])
def test_enough_is_healthy(worse, value):
    """Or better."""
    check_healthy([finding(value, worse=worse)], (Floor("rank-1", 0.8),), quick=False)


def test_a_sample_has_a_floor_of_its_own():
    """Where one is stated."""
    floors = (Floor("rank-1", 0.8, 0.5),)
    check_healthy([finding(0.6)], floors, quick=True)
    with pytest.raises(AttackBroken):
        check_healthy([finding(0.6)], floors, quick=False)
    with pytest.raises(AttackBroken):
        check_healthy([finding(0.6)], (Floor("rank-1", 0.8),), quick=True)


@pytest.mark.parametrize("value", [0.0962 - 0.0021, 0.0962 + 0.0021, math.nan])
def test_a_published_figure_is_met_from_both_sides(value):
    """Better than published is another protocol."""
    floors = (Floor("EER", 0.0962, within=0.002),)
    check_healthy([finding(0.0962, measure="EER", worse="low")], floors, quick=False)
    with pytest.raises(AttackBroken, match="within 0.002 of 0.096"):
        check_healthy([finding(value, measure="EER", worse="low")], floors, quick=False)


def test_figures_of_a_defence_do_not_count():
    """Only raw data tells whether an attack is healthy."""
    with pytest.raises(AttackBroken, match="no rank-1 on raw"):
        check_healthy([finding(0.9, defence="balanced")], (Floor("rank-1", 0.8),), quick=False)


def test_risks_are_said_in_words():
    """All three of them."""
    assert list(RISKS) == ["singling out", "linkability", "inference"]
    assert all(len(words.split()) > 8 for words in RISKS.values())


def test_a_utility_keeps_its_interval():
    """As it was estimated."""
    found = Utility.of("d", "balanced", "time error", unit="ms", figure=Estimate(2.0, 1.0, 3.0), people=9)
    assert (found.value, found.low, found.high, found.people) == (2.0, 1.0, 3.0, 9)
