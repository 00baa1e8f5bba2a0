"""What events of a macOS tap can express comes back as it was."""

from __future__ import annotations

import io

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.formats.macos_tap import read
from reticent.testing.formats.macos_tap import EXPRESSES, can_write, write

EVENTS: list[Event] = [
    KeyDown(time_us=1_700_000_000_123_456, code="KeyA", key="a", injected=False),
    KeyDown(time_us=1_700_000_000_123_457, code="KeyA", key="a", repeat=True),
    KeyUp(time_us=1_700_000_000_123_458, code="KeyA", key="a", injected=True),
    KeyDown(time_us=4, code="ShiftRight", key="Shift", modifiers=("Shift",)),
    KeyDown(time_us=5, code="ShiftLeft", key="Shift", modifiers=("Shift",)),
    KeyDown(time_us=6, code="KeyB", key="B", modifiers=("Shift",)),
    KeyUp(time_us=7, code="ShiftRight", key="Shift", modifiers=("Shift",)),
    KeyUp(time_us=8, code="ShiftLeft", key="Shift"),
    KeyDown(time_us=9, code="CapsLock", key="CapsLock", modifiers=("CapsLock",)),
    KeyUp(time_us=9, code="CapsLock", key="CapsLock", modifiers=("CapsLock",)),
    KeyDown(time_us=10, code="KeyE", key="Dead"),
    KeyDown(time_us=11, code="KeyE", text="e\u0301"),
    KeyDown(time_us=12, code="Numpad1", key="1"),
    KeyDown(time_us=13, code="KeyC"),
    PointerMove(time_us=14, x=1, y=2.5),
    PointerDown(time_us=15, x=1, y=2, button="back"),
    PointerUp(time_us=16, x=1, y=2, button="right"),
    Wheel(time_us=17, x=1, y=2, delta_x=120, delta_y=-240),
]


def test_round_trip() -> None:
    """Every type of event is in it; others are left out."""
    assert {type(event) for event in EVENTS} == EXPRESSES.keys()
    assert can_write(EVENTS)
    assert [event for batch in read(io.BytesIO(write([*EVENTS, Tick(time_us=14)]))) for event in batch] == EVENTS
