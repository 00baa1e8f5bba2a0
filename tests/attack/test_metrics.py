"""Figures from scores: exact on small cases, at chance where all scores are equal, with intervals over people."""

from __future__ import annotations

import numpy as np
import pytest

from reticent.attack.metrics import averaged, estimate, hits, normalised, verification


def test_equal_scores_are_chance() -> None:
    """Rank-1 is one in as many, the equal error rate one half."""
    scores, own = np.zeros((20, 20)), list(range(20))
    assert hits(scores, own).tolist() == [0.05] * 20
    assert verification(normalised(scores), own).eer().value == pytest.approx(0.5)


def test_separated_scores_have_no_error() -> None:
    """The true person always scores higher."""
    scores, own = np.eye(20), list(range(20))
    assert hits(scores, own).tolist() == [1.0] * 20
    assert verification(normalised(scores), own).eer().value == pytest.approx(0, abs=1e-9)


def test_the_equal_error_rate_of_overlapping_normals_is_known() -> None:
    """Two normals at distance 2: the normal distribution at -1, 15.9 %."""
    noise = np.random.default_rng(0)
    scores = noise.normal(size=(400, 400)) + 2 * np.eye(400)
    eer = verification(scores, list(range(400))).eer()
    assert eer.value == pytest.approx(0.1587, abs=0.03)
    assert eer.low < eer.value < eer.high


def test_intervals_resample_people_not_probes() -> None:
    """A hundred probes of two people are two observations."""
    values = np.repeat([0.0, 1.0], 50)
    wide = estimate(values, [0] * 50 + [1] * 50)
    narrow = estimate(values, range(100))
    assert wide.high - wide.low > narrow.high - narrow.low
    assert averaged([wide, wide]) == wide


def test_a_true_person_that_is_no_higher_than_others_shares_the_rank():
    """Two of three are level with the best: one guess in three, two in three within two."""
    scores = np.array([[1.0, 1.0, 1.0, 0.0]])
    assert hits(scores, [0]).tolist() == pytest.approx([1 / 3])
    assert hits(scores, [0], within=2).tolist() == pytest.approx([2 / 3])
    assert hits(scores, [3], within=3).tolist() == [0]


def test_reversed_scores_are_told_as_they_are():
    """Worse than guessing is no privacy, and not hidden."""
    assert verification(-np.eye(20), list(range(20))).eer().value > 0.9
