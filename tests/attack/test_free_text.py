"""People are told by how they type whatever text: by times, by order, by how they correct themselves."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace
from planted import Stop, attacked, typists

from reticent.attack.defence import Defence
from reticent.attack.free_text import ContentCounters, FreeText, RolloverOrder
from reticent.attack.model import Population, Session
from reticent.events import KeyDown, KeyUp
from reticent.transform import Elementwise

PEOPLE = 30


class Slower(Elementwise, frozen=True):
    """Every time ten times as long."""

    def rules(self, context):
        return dict.fromkeys((KeyDown, KeyUp), lambda event: replace(event, time_us=10 * event.time_us))


def test_planted_typists_are_found():
    """Each has a rhythm of its own."""
    found = attacked(lambda seed: FreeText(), list(typists(PEOPLE)))
    assert found["raw", "rank-1"].value >= 0.9
    assert found["raw", "EER"].value <= 0.05


def test_where_all_are_alike_nobody_is_found():
    """One rhythm for all."""
    found = attacked(lambda seed: FreeText(), list(typists(PEOPLE, alike=True)))
    assert found["raw", "rank-1"].value <= 0.35
    assert found["raw", "EER"].value >= 0.25


def test_an_attacker_that_learned_from_defended_data_does_not_mind_a_uniform_change():
    """It would, had it learned from raw data: everything is ten times slower."""
    found = attacked(lambda seed: FreeText(), list(typists(PEOPLE)), Defence("slower", (Slower(),)))
    assert found["slower", "rank-1"].value >= 0.9


def test_order_is_all_that_rollover_needs():
    """The same figure without any time, and it is above chance: some people overlap keys, others do not."""
    sessions = list(typists(PEOPLE))
    found = attacked(lambda seed: RolloverOrder(), sessions, Defence("stop", (Stop(),)))
    assert found["stop", "rank-1"].value == found["raw", "rank-1"].value >= 0.3
    assert attacked(lambda seed: FreeText(), sessions, Defence("stop", (Stop(),)))["stop", "rank-1"].value <= 0.2


def correcting(people: int):
    """Sessions in which each person has an own share of corrections, and one pace."""
    for person in range(people):
        noise = np.random.default_rng(person)
        for at in range(4):
            wrong = noise.random(300) < person / people
            codes = ["Backspace" if each else "KeyA" for each in wrong]
            yield Session(f"p{person}", str(at), [KeyDown(time_us=0, code=code) for code in codes])


def test_corrections_are_counted():
    """Without any rhythm or order, who corrects most is told."""
    found = attacked(lambda seed: ContentCounters(), list(correcting(12)))
    assert found["raw", "rank-1"].value >= 0.6
    assert found["raw", "EER"].value <= 0.2


def test_a_background_comes_first():
    """Without one it knows no variance."""
    with pytest.raises(ValueError, match="background"):
        FreeText().score(Population([], []))
