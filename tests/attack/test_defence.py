"""A defence is what a policy does after redaction, repeatable by its seed."""

from __future__ import annotations

import pytest

from reticent.attack.defence import RAW, Defence, defend, seeded_bytes
from reticent.events import Focus, KeyDown, KeyUp
from reticent.policy_file import load_policy, parse_policy
from reticent.transform import Elementwise
from reticent.transforms.timing import SerialisePairs

KEYS = [
    KeyDown(time_us=0, key="a"),
    KeyDown(time_us=50, key="b"),
    KeyUp(time_us=80, key="a"),
    KeyUp(time_us=90, key="b"),
]


class Random(Elementwise, frozen=True):
    """Times from the random source."""

    def rules(self, context):
        first = int.from_bytes(context.random_bytes(4), "big")
        return {KeyDown: lambda event: KeyDown(time_us=event.time_us + first)}


def test_raw_is_the_stream_itself():
    """No copy, no step."""
    assert defend(KEYS, RAW.redacting) is KEYS


def test_what_was_held_comes_out():
    """A whole stream goes through, to its flush."""
    found = defend(KEYS, (SerialisePairs(),))
    assert [type(event) for event in found] == [KeyDown, KeyUp, KeyDown, KeyUp]


def test_a_seed_repeats_a_stream_and_another_is_another_epoch():
    """The same bytes for the same seed."""
    assert defend(KEYS[:1], (Random(),), seed=1) == defend(KEYS[:1], (Random(),), seed=1)
    assert defend(KEYS[:1], (Random(),), seed=1) != defend(KEYS[:1], (Random(),), seed=2)
    draw = seeded_bytes(1)
    assert draw(4) != draw(4)


def test_a_policy_without_transforms_leaves_rhythm_as_it_is():
    """What attacks on rhythm meet is nothing; what attacks on secrets meet is all of it."""
    found = Defence.of_policy(load_policy("minimal"))
    assert (found.name, found.steps) == ("minimal", ())
    secret = [Focus(time_us=0, field="password"), KeyDown(time_us=9, key="s"), KeyUp(time_us=10, key="s")]
    assert not any(isinstance(event, KeyDown) for event in defend(secret, found.redacting))


def test_transforms_of_a_policy_are_steps():
    """In order, and behind redaction in the whole."""
    policy = parse_policy('[[transform]]\nkind = "timing.SerialisePairs"')
    found = Defence.of_policy(policy)
    assert found.steps == (SerialisePairs(),)
    assert found.redacting[-1] == SerialisePairs()


def test_without_whole_the_steps_are_all():
    """A bare transform can be attacked, too."""
    assert Defence("x", (SerialisePairs(),)).redacting == (SerialisePairs(),)


@pytest.mark.parametrize("size", [0, 1, 64])
def test_as_many_bytes_as_asked(size):
    """Of the source for experiments."""
    assert len(seeded_bytes(0)(size)) == size
