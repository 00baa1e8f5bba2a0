"""What the JSON lines of pynput can express comes back as it was."""

from __future__ import annotations

import io

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.formats.pynput import read
from reticent.testing.formats.pynput import EXPRESSES, can_write, write

EVENTS: list[Event] = [
    KeyDown(time_us=1_700_000_000_123_456, code="KeyA", key="a", injected=True),
    KeyUp(time_us=1_700_000_000_123_457, code="KeyA", key="a", injected=False),
    KeyDown(time_us=3, key="é"),
    KeyDown(time_us=4, code="ShiftRight", key="Shift"),
    KeyDown(time_us=5, code="Space", key=" "),
    KeyDown(time_us=6, code="Numpad1", key="1"),
    KeyDown(time_us=7, code="KeyE", key="Dead", dead="´"),
    KeyDown(time_us=8, code="KeyC", key="\x03"),
    KeyDown(time_us=9, text="e\u0301"),
    PointerMove(time_us=10, x=1, y=2.5),
    PointerDown(time_us=11, x=1, y=2, button="back"),
    PointerUp(time_us=12, x=1, y=2, button="middle"),
    Wheel(time_us=13, x=1, y=2, delta_x=120, delta_y=-240),
]


def test_round_trip() -> None:
    """Every type of event is in it; others are left out."""
    assert {type(event) for event in EVENTS} == EXPRESSES.keys()
    assert can_write(EVENTS)
    assert [event for batch in read(io.BytesIO(write([*EVENTS, Tick(time_us=14)]))) for event in batch] == EVENTS
