"""The two-level likelihood ratio is that of its model, and its variances are those that made the data."""

from __future__ import annotations

import numpy as np
import pytest

from reticent.attack.likelihood import Means, TwoLevel, means

BETWEEN, DRIFT, WITHIN, MANY = 4.0, 1.0, 9.0, 50


def drawn(people: int, seed: int = 0) -> tuple[Means, Means]:
    """Two occasions of people whose levels, drifts and observations are normal."""
    noise = np.random.default_rng(seed)
    level = noise.normal(10, BETWEEN**0.5, people)
    found = []
    for _ in range(2):
        drifted = level + noise.normal(0, DRIFT**0.5, people)
        values = noise.normal(drifted[:, None], WITHIN**0.5, (people, MANY)).ravel()
        who = np.repeat(np.arange(people), MANY)
        found.append(means(who, np.zeros(len(who), int), values, (people, 1)))
    return found[0], found[1]


def test_variances_are_recovered():
    """Between people, from one occasion to the next, and within one."""
    model = TwoLevel.fitted(*drawn(3000))
    found = [float(each[0]) for each in (model.centre, model.between, model.drift, model.within)]
    assert found == pytest.approx([10, BETWEEN, DRIFT, WITHIN], rel=0.1)


def log_normal(x: np.ndarray, covariance: np.ndarray) -> float:
    """Log density without its constant."""
    return float(-(x @ np.linalg.solve(covariance, x) + np.log(np.linalg.det(covariance))) / 2)


def test_the_ratio_is_that_of_two_normal_densities():
    """Both means of one person, against means of two."""
    model = TwoLevel(*(np.array([figure]) for figure in (10.0, BETWEEN, DRIFT, WITHIN)))
    one, two = (Means(np.array([[MANY]]), np.array([[mean]]), np.zeros((1, 1))) for mean in (13.0, 12.0))
    alone = BETWEEN + DRIFT + WITHIN / MANY
    same = log_normal(np.array([3.0, 2.0]), np.array([[alone, BETWEEN], [BETWEEN, alone]]))
    apart = log_normal(np.array([3.0]), np.array([[alone]])) + log_normal(np.array([2.0]), np.array([[alone]]))
    assert model.ratios(one, two)[0, 0] == pytest.approx(same - apart, rel=1e-5)


def test_what_was_not_seen_says_nothing():
    """No observation of a feature, no evidence; nor of one that does not differ between people."""
    model = TwoLevel.fitted(*drawn(100))
    nobody = Means(np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 1)))
    assert model.ratios(drawn(3)[0], nobody).tolist() == [[0, 0, 0]]
    flat = model._replace(between=np.zeros(1))
    assert flat.ratios(*drawn(2)).tolist() == [[0, 0], [0, 0]]


def test_own_people_score_higher():
    """Than others, more often than not, on people that the model was not fitted on: levels correlate at 0.8."""
    scores = TwoLevel.fitted(*drawn(200)).ratios(*drawn(60, seed=1))
    assert (scores.diagonal()[:, None] >= scores).mean() > 0.65
