"""A PIN is told by what is left of its clicks, whatever that is, and by nothing where nothing is left."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from reticent.attack.pin_pad import PinPad, entry_events, pin_ranks
from reticent.events import Focus, PointerDown, PointerMove, PointerUp

pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")
POINTER = (PointerDown, PointerMove, PointerUp)


def attack(defend, entries=1):
    """A small crowd behind a defence."""
    return pin_ranks(defend, entries=entries, background=60, victims=15)


def raw(events, whose):
    """No defence."""
    return events


def no_clicks(events, whose):
    """A defence with a hole: clicks are gone, and where the pointer went is not."""
    return [event for event in events if not isinstance(event, PointerDown | PointerUp)]


def clicks_elsewhere(events, whose):
    """A defence with a hole: clicks lie at one place, and releases do not."""
    return [replace(event, x=0, y=0) if isinstance(event, PointerDown) else event for event in events]


@pytest.mark.parametrize("defence", [raw, no_clicks, clicks_elsewhere])
def test_pins_are_read(defence):
    """From raw streams, and through the holes."""
    found = attack(defence)
    assert found.first.mean() >= 0.9
    assert found.ten.mean() >= found.first.mean()


def pointer_at_rest(events, whose):
    """Everything of the pointer lies at one place."""
    return [replace(event, x=0, y=0) if isinstance(event, POINTER) else event for event in events]


def nothing(events, whose):
    """No pointer at all."""
    return [event for event in events if isinstance(event, Focus)]


@pytest.mark.parametrize("defence", [pointer_at_rest, nothing])
@pytest.mark.parametrize("entries", [1, 4])
def test_where_nothing_is_left_every_pin_is_as_likely(defence, entries):
    """One in 10,000, ten in 10,000, the middle rank."""
    found = attack(defence, entries)
    assert found.first.tolist() == pytest.approx([1e-4] * 15)
    assert found.ten.tolist() == pytest.approx([1e-3] * 15)
    assert found.rank.tolist() == pytest.approx([5000.5] * 15)


def test_fresh_noise_averages_out():
    """A planted fault: 30 px of noise hide one entry, and not sixteen."""

    def noisy(events, whose):
        noise = np.random.default_rng(abs(hash(whose)) % 2**32)
        return [replace(event, x=event.x + noise.normal(0, 30), y=event.y + noise.normal(0, 30))
                for event in events if isinstance(event, PointerDown)]  # fmt: skip

    assert attack(noisy, 16).first.mean() > attack(noisy, 1).first.mean() + 0.3


def test_without_a_background_it_knows_nothing():
    """And says so by equal scores."""
    attacker = PinPad()
    attacker.fit([], 1)
    stream = ("1234", entry_events("1234", 1, np.random.default_rng(0)))
    assert attacker.ranks([stream], 1).rank.tolist() == [5000.5]
