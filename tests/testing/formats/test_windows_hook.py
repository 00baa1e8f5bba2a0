"""What calls of low-level hooks can express comes back as it was."""

from __future__ import annotations

import io

import pytest

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.formats.windows_hook import read
from reticent.keys.windows import SCAN_CODES
from reticent.testing.formats.windows_hook import EXPRESSES, can_write, write

EVENTS: list[Event] = [
    KeyDown(time_us=1_700_000, code="KeyA", injected=False),
    KeyDown(time_us=1_701_000, code="KeyA", injected=False, repeat=True),
    KeyUp(time_us=1_702_000, code="KeyA", injected=True),
    KeyDown(time_us=1_703_000, code="ShiftRight", key="Shift", injected=False),
    KeyDown(time_us=1_704_000, code="AltRight", key="AltGraph", injected=False),
    KeyUp(time_us=1_705_000, code="AltRight", key="AltGraph", injected=False),
    KeyDown(time_us=1_706_000, code="Numpad1", key="1", injected=False),
    KeyDown(time_us=1_707_000, code="Numpad1", key="End", injected=False),
    KeyDown(time_us=1_708_000, key="😀", injected=True),
    KeyUp(time_us=1_709_000, key="😀", injected=True),
    PointerMove(time_us=1_710_000, x=1, y=-2),
    PointerDown(time_us=1_711_000, x=1, y=2, button="back"),
    PointerUp(time_us=1_712_000, x=1, y=2, button="middle"),
    Wheel(time_us=1_713_000, x=1, y=2, delta_y=-240),
    Wheel(time_us=1_714_000, x=1, y=2, delta_x=30),
]


def test_round_trip() -> None:
    """Every type of event is in it; others are left out."""
    assert {type(event) for event in EVENTS} == EXPRESSES.keys()
    assert can_write(EVENTS)
    assert [event for batch in read(io.BytesIO(write([*EVENTS, Tick(time_us=14)]))) for event in batch] == EVENTS


@pytest.mark.parametrize("code", sorted(set(SCAN_CODES.values())))
def test_every_key_of_windows(code: str) -> None:
    """Each is found again by its code."""
    [[event]] = read(io.BytesIO(write([KeyDown(time_us=0, code=code)])))
    assert isinstance(event, KeyDown) and event.code == code
