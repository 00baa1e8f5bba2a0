"""What is written as a log of sentences is read back as it was."""

from __future__ import annotations

import io

from reticent.events import Event, KeyDown, KeyUp
from reticent.formats.aalto import read
from reticent.testing.formats.aalto import EXPRESSES, can_write, write


def test_events_survive_the_round_trip() -> None:
    """Rollover, repeats, keys that are still down, codes without keys, and two sentences."""
    start = 1_471_948_645_498_000
    events: list[Event] = [
        KeyDown(time_us=start, stream="7", key="Shift"),
        KeyDown(time_us=start + 30_000, stream="7", key="É"),
        KeyUp(time_us=start + 60_000, stream="7", key="Shift"),
        KeyDown(time_us=start + 60_000, stream="7", key=" ", code="Space"),
        KeyUp(time_us=start + 70_000, stream="7", key="É"),
        KeyUp(time_us=start + 80_000, stream="7", key=" ", code="Space"),
        KeyDown(time_us=start + 90_000, stream="7", key="Backspace", code="Backspace"),
        KeyDown(time_us=start + 95_000, stream="7", key="Backspace", code="Backspace", repeat=True),
        KeyUp(time_us=start + 99_000, stream="7", key="Backspace", code="Backspace"),
        KeyDown(time_us=start + 99_000, stream="7", key="a"),
        KeyDown(time_us=start + 100_000, stream="8", code="Digit1"),
        KeyUp(time_us=start + 100_000, stream="8", code="Digit1"),
    ]
    assert {type(event) for event in events} == EXPRESSES.keys()
    assert can_write(events)
    assert [event for batch in read(io.BytesIO(write(events))) for event in batch] == events
