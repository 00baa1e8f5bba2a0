"""Rows of one probe are pooled; where rows tell nothing, everybody is equal."""

from __future__ import annotations

import numpy as np
import pytest

from reticent.attack.model import Population, Subject
from reticent.attack.trees import pooled_scores

pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")


def people(spread: float, rows: int = 8) -> Population:
    """Five people, each with a level of their own."""
    noise = np.random.default_rng(0)

    def drawn(level):
        return Subject(str(level), [noise.normal(level, spread, (rows, 2))])

    return Population([drawn(level) for level in range(5)], [drawn(level) for level in range(5)])


def test_planted_people_are_told():
    """By the highest score."""
    assert pooled_scores(people(0.1), trees=30).argmax(1).tolist() == [0, 1, 2, 3, 4]


def test_many_rows_tell_more_than_one():
    """Log probabilities add up."""
    wide = people(0.1)
    few = Population(wide.enrolled, [Subject(each.user, [each.views[0][:1]]) for each in wide.probes])
    assert np.ptp(pooled_scores(wide, trees=30), axis=1).min() > np.ptp(pooled_scores(few, trees=30), axis=1).max()


@pytest.mark.parametrize("views", [[], [np.zeros((0, 0))], [np.zeros((0, 2))]])
def test_without_rows_all_are_equal(views):
    """On either side."""
    known = people(0.1)
    nobody = [Subject("a", views)]
    assert np.ptp(pooled_scores(Population(known.enrolled, nobody), trees=5)) == 0
    assert not pooled_scores(Population(nobody, known.probes), trees=5).any()


def test_constant_rows_tell_nobody():
    """All scores of a probe are the same."""
    flat = [Subject(str(at), [np.ones((4, 2))]) for at in range(5)]
    assert np.ptp(pooled_scores(Population(flat, flat), trees=20), axis=1).max() == pytest.approx(0)


def test_what_is_not_finite_is_no_fault():
    """Nor are rows of another width."""
    odd = [Subject("a", [np.array([[np.nan, np.inf]])]), Subject("b", [np.ones((3, 1))])]
    assert np.isfinite(pooled_scores(Population(odd, odd), trees=5)).all()
