"""What is written as getevent comes back as it was."""

from __future__ import annotations

import io

from reticent.events import Button, Event, Focus, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.formats.getevent import read
from reticent.reading.notes import Notes
from reticent.testing.formats.getevent import EXPRESSES, can_write, write

BUTTONS: tuple[Button, ...] = ("left", "middle", "right", "back", "forward")
EVENTS: list[Event] = [
    KeyDown(time_us=0, code="KeyA"),
    KeyDown(time_us=500_000, code="KeyA", repeat=True),
    KeyUp(time_us=1_700_000_000_123_457, code="KeyA"),
    KeyDown(time_us=1_700_000_000_123_458),
    PointerMove(time_us=1_700_000_001_000_001, x=-7, y=120),
    *(
        kind(time_us=1_700_000_002_000_000 + number, x=-7, y=120, button=button)
        for number, button in enumerate(BUTTONS)
        for kind in (PointerDown, PointerUp)
    ),
    Wheel(time_us=1_700_000_003_000_000, x=-7, y=120, delta_y=120),
    Wheel(time_us=1_700_000_003_000_001, x=-7, y=120, delta_y=-120),
    Wheel(time_us=1_700_000_003_000_002, x=-7, y=120, delta_x=-120),
    KeyDown(time_us=1_700_000_004_000_000, code="Fn"),
]
"""In order of time, with the pointer where it went."""


def test_events_come_back() -> None:
    """To the microsecond, of every type that the format can express."""
    notes = Notes()
    assert [event for batch in read(io.BytesIO(write(EVENTS)), notes) for event in batch] == EVENTS
    assert {type(event) for event in EVENTS} == EXPRESSES.keys()
    assert can_write(EVENTS)
    assert notes == Notes(lines=len(EVENTS))


def test_other_events_are_left_out() -> None:
    """And the meaning of a key is."""
    others = [Tick(time_us=1), Focus(time_us=2, app="firefox"), KeyDown(time_us=3, code="KeyA", key="a")]
    assert [event for batch in read(io.BytesIO(write(others))) for event in batch] == [KeyDown(time_us=3, code="KeyA")]
