"""People who type one text are told by its times, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from planted import Drop, Stop, attacked, everybody, mixed

from reticent.attack.defence import Defence
from reticent.attack.fixed_text import FixedText, ScaledManhattan, published_errors, timing_vector
from reticent.attack.model import Population, Session, Subject
from reticent.events import KeyDown, KeyUp


def entry(person: int, noise: np.random.Generator):
    """Eight keys with a person's own holds and gaps."""
    own, events, time_us = np.random.default_rng(person), [], 0
    for key in range(8):
        time_us += int(own.integers(80_000, 300_000) * noise.lognormal(0, 0.1))
        held_us = int(own.integers(40_000, 79_000) * noise.lognormal(0, 0.05))
        events += [KeyDown(time_us=time_us, code=f"Digit{key}"), KeyUp(time_us=time_us + held_us, code=f"Digit{key}")]
        time_us += held_us
    return events


def entries(people: int = 10):
    """Eight entries a person."""
    noise = np.random.default_rng(0)
    return [Session(f"p{who}", str(at), entry(who, noise)) for who in range(people) for at in range(8)]


def test_a_row_has_three_times_a_key():
    """Hold, press to press, release to press; after the last key there is only its hold."""
    assert timing_vector(entry(0, np.random.default_rng(0))).shape == (1, 3 * 8 - 2)
    assert timing_vector([]).shape == (1, 0)


@pytest.mark.parametrize("attacker", [FixedText, lambda seed: ScaledManhattan()])
def test_planted_typists_are_told(attacker):
    """By either attacker; not when names are shuffled, nor without times."""
    if attacker is FixedText:
        pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")
    found = attacked(attacker, entries(), Defence("stop", (Stop(),)), Defence("drop", (Drop(),)), rounds=everybody)
    assert found["raw", "rank-1"].value >= 0.8
    assert found["stop", "rank-1"].value == pytest.approx(0.1)
    assert found["drop", "rank-1"].value == pytest.approx(0.1)
    assert attacked(attacker, mixed(entries()), rounds=everybody)["raw", "rank-1"].value <= 0.4


def test_the_scaled_manhattan_distance_is_in_mean_deviations():
    """From the mean of the entries: 2 and 4 lie 1 from 3, so 6 is 3 away."""
    known = Subject("a", [np.array([[2.0]]), np.array([[4.0]])])
    score = ScaledManhattan().score(Population([known], [Subject("a", [np.array([[6.0]])])]))
    assert score.tolist() == [[-3.0]]


def test_published_errors_take_late_rows_of_others_only():
    """Genuine rows of others are no impostors."""
    scores = np.array([[1.0, 9.0], [9.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    assert published_errors(scores, [0, 1, 0, 1], 2).tolist() == [0, 0]


def test_published_errors_of_equal_scores_are_one_half():
    """Nothing tells the two apart."""
    assert published_errors(np.zeros((4, 2)), [0, 1, 0, 1], 2).tolist() == [0.5, 0.5]
