"""Benches of secrets put the whole policy in the way, and fail where raw streams are not read."""

from __future__ import annotations

import numpy as np
import pytest
from planted import typed, typists

from reticent.attack.defence import Defence
from reticent.attack.model import AttackBroken, DataMissing, Session
from reticent.attack.simulated import PinBench, SecretLengthBench
from reticent.events import Focus, PointerDown, PointerMove, PointerUp
from reticent.policy_file import load_policy
from reticent.transform import Elementwise

pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")


class Focused(Elementwise, frozen=True):
    """Lets nothing of the pointer through."""

    def rules(self, context):
        return dict.fromkeys((PointerDown, PointerMove, PointerUp), lambda event: None)


def figures(results):
    """Values by attack, defence and measure."""
    return {(each.attack, each.defence, each.measure): each.value for each in results.findings}


def test_a_pin_is_read_raw_and_not_behind_a_defence():
    """With what guessing reaches beside it."""
    bench = PinBench(name="pin", data="simulated", field="text", entries=(1,))
    results = bench.run([Defence("focused", (Focused(),))], seeds=1, quick=True)
    found = figures(results)
    assert found["PIN pad, once", "raw", "top-1"] >= 0.95
    assert found["PIN pad, once", "focused", "top-1"] == pytest.approx(1e-4)
    assert {each.chance for each in results.findings} == {1e-4, 1e-3}


def test_a_pin_attack_that_reads_nothing_is_broken(monkeypatch):
    """A planted fault: nobody touches the keypad."""
    monkeypatch.setattr("reticent.attack.pin_pad.entry_events", lambda *_: [Focus(time_us=0, app="bank")])
    with pytest.raises(AttackBroken, match="top-1 on raw"):
        PinBench(name="pin", data="simulated", field="text", entries=(1,)).run([], seeds=1, quick=True)


def secret_lengths(sessions):
    """A bench on these recordings."""
    return SecretLengthBench(name="secret-length", data="planted", sessions=lambda quick: iter(sessions))


def test_lengths_are_told_raw_and_not_behind_minimal():
    """The whole policy stands in the way, redaction included."""
    policy = load_policy("minimal")
    results = secret_lengths(list(typists(90, 1, keys=45))).run([Defence.of_policy(policy)], seeds=1, quick=True)
    found = figures(results)
    assert found["secret length", "raw", "exact"] >= 0.95
    assert found["secret length", "minimal", "bits"] <= 0.05


def test_a_length_attack_that_only_counts_is_broken():
    """A planted fault: times are so wild that the gap tells nothing, though the count is exact."""

    def wild(person):
        noise = np.random.default_rng(person)
        pace = np.exp(noise.normal(5, 2.5, 10))
        return Session(f"p{person}", "1", typed(noise.integers(0, 10, 45), pace, np.full(10, 1.0), noise))

    with pytest.raises(AttackBroken, match="a gap tells"):
        secret_lengths([wild(person) for person in range(40)]).run([], seeds=1, quick=True)


def test_too_short_recordings_are_left_out():
    """A rhythm takes forty strokes."""
    with pytest.raises(DataMissing, match="0 recordings of 40 strokes"):
        secret_lengths(list(typists(60, 1, keys=20))).run([], seeds=1, quick=True)
