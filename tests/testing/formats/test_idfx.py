"""What is written as a log of a writing study is read back as it was."""

from __future__ import annotations

import io

from reticent.events import Event, Focus, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp
from reticent.formats.idfx import read
from reticent.testing.formats.idfx import EXPRESSES, can_write, write


def test_events_survive_the_round_trip() -> None:
    """Rollover, a key that is still down, markup among the characters, and a mouse."""
    events: list[Event] = [
        Focus(time_us=0, window="Thesis <draft> & notes"),
        KeyDown(time_us=1_000, key="Shift", code="ShiftLeft"),
        KeyDown(time_us=2_000, key="<"),
        KeyUp(time_us=3_000, key="Shift", code="ShiftLeft"),
        KeyDown(time_us=4_000, key=" ", code="Space"),
        KeyUp(time_us=4_000, key="<"),
        KeyUp(time_us=5_000, key=" ", code="Space"),
        KeyDown(time_us=6_000, key="é"),
        KeyUp(time_us=6_000, key="é"),
        KeyDown(time_us=7_000, key="1", code="Numpad1"),
        KeyUp(time_us=8_000, key="1", code="Numpad1"),
        PointerMove(time_us=9_000, x=309, y=1317),
        PointerDown(time_us=10_000, x=309, y=-1.5, button="right"),
        PointerUp(time_us=11_000, x=309, y=-1.5, button="right"),
        KeyDown(time_us=12_000, key="Backspace", code="Backspace"),
    ]
    assert {type(event) for event in events} == EXPRESSES.keys()
    assert can_write(events)
    found = [event for batch in read(io.BytesIO(write(events))) for event in batch]
    assert sorted(found, key=lambda event: event.time_us) == found
    assert {repr(event) + str(getattr(event, "key", "")) for event in found} == {
        repr(event) + str(getattr(event, "key", "")) for event in events
    }
    assert [event for event in found if event.time_us != 4_000] == [e for e in events if e.time_us != 4_000]


def test_a_held_key_repeats_more_than_once() -> None:
    """Rows of one key that begin before its release."""
    downs: list[Event] = [KeyDown(time_us=at_us, key="x", repeat=at_us > 0) for at_us in (0, 400_000, 433_000, 466_000)]
    events = [*downs, KeyUp(time_us=500_000, key="x"), KeyDown(time_us=600_000, key="x")]
    assert can_write(events)
    assert [event for batch in read(io.BytesIO(write(events))) for event in batch] == events
