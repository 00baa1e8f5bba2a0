"""Streams are linked by names that recur, and by all signals of typing at once, weighed by what they tell."""

from __future__ import annotations

import numpy as np
import pytest
from planted import attacked, everybody, typists

from reticent.attack.defence import Defence
from reticent.attack.free_text import ContentCounters
from reticent.attack.linkage import Names, Typing, names_of, weights, with_names
from reticent.attack.model import Session
from reticent.events import Focus, KeyDown, KeyUp
from reticent.transform import Elementwise

PEOPLE = 40


class Anyone(Elementwise, frozen=True):
    """Lets no name through."""

    def rules(self, context):
        return {KeyDown: lambda event: KeyDown(time_us=event.time_us), KeyUp: lambda event: None,
                Focus: lambda event: None}  # fmt: skip


def test_names_are_told_with_their_field():
    """A device and an application of one name are two names."""
    events = [Focus(time_us=0, app="x"), KeyDown(time_us=0, key="a", device="x")]
    assert names_of(events) == {("app", "x"), ("device", "x")}


def test_names_link_epochs_until_they_are_gone():
    """A device that only one person has is enough."""
    sessions = [with_names(one) for one in typists(10)]
    found = attacked(Names, sessions, Defence("anyone", (Anyone(),)), rounds=everybody)
    assert found["raw", "rank-1"].value == 1
    assert found["anyone", "rank-1"].value == pytest.approx(0.1)


def test_what_everybody_has_links_nobody():
    """One editor for all."""
    sessions = [Session(one.user, one.name, [Focus(time_us=0, app="editor")]) for one in typists(10)]
    assert attacked(Names, sessions, rounds=everybody)["raw", "rank-1"].value == pytest.approx(0.1)


def test_planted_typists_are_linked():
    """Each has a rhythm of its own."""
    found = attacked(Typing, list(typists(PEOPLE)))
    assert found["raw", "rank-1"].value >= 0.9
    assert found["raw", "EER"].value <= 0.05


def correcting(people: int):
    """A rhythm that means nothing, and a share of corrections of each person's own."""
    for person in range(people):
        noise = np.random.default_rng([person, 3])
        for at in range(4):
            wrong = (noise.random(100) < person / people).tolist()
            times = np.cumsum(noise.integers(20_000, 900_000, 100)).tolist()
            codes = ["Backspace" if each else f"Key{'ABCDEFGH'[at % 8]}" for at, each in enumerate(wrong)]
            yield Session(f"p{person}", str(at), [KeyDown(time_us=us, code=code) for us, code in zip(times, codes)])


def test_noise_does_not_drown_what_is_left():
    """Rhythm is random here: the learned weights let corrections speak."""
    sessions = list(correcting(80))
    best = attacked(lambda seed: ContentCounters(), sessions)["raw", "EER"].value
    assert best <= 0.35
    assert attacked(Typing, sessions)["raw", "EER"].value <= best + 0.03


def test_weights_are_learned_from_what_tells():
    """A score that tells nothing counts for little, and none counts against."""
    noise = np.random.default_rng(0).normal(size=(3, 40, 40))
    users = [str(at) for at in range(40)]
    found = weights([noise[0] + 3 * np.eye(40), noise[1], noise[2] - np.eye(40)], users, users)
    assert found[0] > 5 * found[1]
    assert found[2] == 0
    assert weights([np.zeros((40, 40))], users, users) == [1.0]
