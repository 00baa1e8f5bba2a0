"""What DuckTrack can express comes back as it was."""

from __future__ import annotations

import io

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, State, Tick, Wheel
from reticent.formats.ducktrack import read
from reticent.testing.formats.ducktrack import EXPRESSES, can_write, write

EVENTS: list[Event] = [
    KeyDown(time_us=3, code="ShiftRight", key="Shift"),
    KeyDown(time_us=4, key="é"),
    KeyUp(time_us=5, key="é"),
    KeyDown(time_us=6),
    PointerMove(time_us=7, x=1, y=2.5),
    PointerDown(time_us=8, x=1, y=2, button="back"),
    PointerUp(time_us=9, x=1, y=2, button="middle"),
    Wheel(time_us=10, x=1, y=2, delta_x=120, delta_y=-240),
    State(time_us=11, recording=False),
    State(time_us=1_700_000_000_123_457, recording=True),
]


def test_round_trip() -> None:
    """Every type of event is in it; others are left out."""
    assert {type(event) for event in EVENTS} == EXPRESSES.keys()
    assert can_write(EVENTS)
    assert [event for batch in read(io.BytesIO(write([*EVENTS, Tick(time_us=14)]))) for event in batch] == EVENTS
