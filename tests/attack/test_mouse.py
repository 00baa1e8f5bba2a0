"""Hands are told by how they move, never by where; devices by how often they report."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace
from planted import attacked, everybody, movers

from reticent.attack.defence import Defence
from reticent.attack.model import Session
from reticent.attack.mouse import DeviceFingerprint, Mouse, device_figures, movement
from reticent.events import PointerDown, PointerMove, PointerUp
from reticent.transform import Elementwise

POINTER = (PointerDown, PointerMove, PointerUp)
with_trees = pytest.mark.usefixtures("trees")


@pytest.fixture(scope="module")
def trees():
    """The library of the forests."""
    return pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")


class Still(Elementwise, frozen=True):
    """Lets nothing of the pointer through."""

    def rules(self, context):
        return dict.fromkeys(POINTER, lambda event: None)


@with_trees
def test_planted_movers_are_found():
    """Each has a speed and a click of its own; not when nothing is left."""
    found = attacked(Mouse, list(movers(5)), Defence("still", (Still(),)), rounds=everybody)
    assert found["raw", "rank-1"].value >= 0.8
    assert found["still", "rank-1"].value == pytest.approx(0.2)


def test_where_on_the_screen_does_not_matter():
    """The same movement elsewhere has the same figures."""
    events = next(iter(movers(1))).events
    moved = [replace(event, x=event.x + 300, y=event.y - 70) for event in events]
    for one, two in zip(movement(events), movement(moved)):
        assert one.shape[0] > 0
        assert np.allclose(one, two)


@pytest.mark.parametrize("events", [
    [], [PointerMove(time_us=0, x=0, y=0)], [PointerMove(time_us=0, x=0, y=0)] * 9,
    [PointerDown(time_us=at, x=5, y=5) for at in range(9)],
])  # fmt: skip
def test_degenerate_movement_is_no_fault(events):
    """No time passes, or nothing moves."""
    for table in (*movement(events), device_figures(events)):
        assert np.isfinite(table).all()


def reporting(rate_hz: int, seed: int):
    """A device that reports so often."""
    noise = np.random.default_rng(seed)
    return [PointerMove(time_us=at * 1_000_000 // rate_hz, x=int(noise.integers(0, 900)), y=int(noise.integers(0, 700)))
            for at in range(1500)]  # fmt: skip


@with_trees
def test_devices_are_told_by_their_rate():
    """The same hand on four devices."""
    rates = (60, 125, 500, 1000)
    sessions = [Session(f"p{rate}", str(at), reporting(rate, at)) for rate in rates for at in range(2)]
    assert attacked(DeviceFingerprint, sessions, rounds=everybody)["raw", "rank-1"].value == 1
    alike = [Session(f"p{rate}", str(at), reporting(125, rate + at)) for rate in rates for at in range(2)]
    assert attacked(DeviceFingerprint, alike, rounds=everybody)["raw", "rank-1"].value <= 0.75
