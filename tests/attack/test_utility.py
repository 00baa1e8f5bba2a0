"""What a defence costs is told in its unit, and doing nothing costs nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reticent.attack.utility import cost_of, summary
from reticent.events import KeyDown, PointerDown, PointerMove

KEYS = [KeyDown(time_us=ms * 1000, code=f"Key{ms}") for ms in (0, 150, 260, 3000, 3120)]
POINTER = [PointerMove(time_us=at * 10_000, x=3 * at, y=4 * at) for at in range(11)]
CLICK = PointerDown(time_us=200_000, x=30, y=40)


def test_nothing_costs_nothing() -> None:
    """No error, everything kept."""
    found = summary([cost_of("a", [*KEYS, *POINTER, CLICK], [*KEYS, *POINTER, CLICK])])
    values = {name: estimate.value for name, estimate in found.items()}
    assert values == {
        "time error": 0, "speed error": 0, "pauses": 1, "click error": 0, "path length": 1, "points kept": 100,
        "actions kept": 100,
    }  # fmt: skip


def test_rounding_costs_time() -> None:
    """Intervals of 150, 110, 2740, 120 become 100, 100, 2800, 100."""
    rounded = [replace(event, time_us=event.time_us // 100_000 * 100_000) for event in KEYS]
    found = summary([cost_of("a", KEYS, rounded)])
    assert found["time error"].value == pytest.approx((50 + 10 + 60 + 20) / 4)
    assert found["speed error"].value == pytest.approx(100 * (380 / 300 - 1))
    assert found["pauses"].value == 1


def test_lost_pauses_and_lost_keys_are_told() -> None:
    """Every second event is gone, and all times."""
    found = summary([cost_of("a", KEYS, [replace(event, time_us=0) for event in KEYS[::2]])])
    assert found["pauses"].value == 0
    assert found["actions kept"].value == pytest.approx(60)


def test_clicks_and_points() -> None:
    """A click 5 px away, a straight path of two points."""
    found = summary([cost_of("a", [*POINTER, CLICK], [POINTER[0], POINTER[-1], replace(CLICK, x=33, y=44)])])
    assert found["click error"].value == pytest.approx(5)
    assert found["points kept"].value == pytest.approx(100 * 2 / 11)
