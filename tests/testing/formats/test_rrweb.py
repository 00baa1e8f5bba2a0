"""What is written as a replay is read back as it was."""

from __future__ import annotations

import io

from reticent.events import Blur, Event, Focus, Input, KeyDown, PointerDown, PointerMove, PointerUp
from reticent.formats.rrweb import read
from reticent.testing.formats.rrweb import EXPRESSES, can_write, write

URL = "https://example.org/login"


def test_events_survive_the_round_trip() -> None:
    """Every kind of field, and a mouse."""
    start = 1_700_000_000_123_000
    kinds = ("password", "otp", "card", "search", "url", "text", "editor", "unknown")
    events: list[Event] = [
        Focus(time_us=start, url=URL),
        *(
            Focus(time_us=start + 1_000, element=f"1.{number}", field=kind, url=URL)
            for number, kind in enumerate(kinds, 7)
        ),
        Input(time_us=start + 2_000, input_type="autofill", data="walk"),
        Blur(time_us=start + 3_000, element="1.14", url=URL),
        PointerMove(time_us=start + 4_000, x=3, y=4.5),
        PointerDown(time_us=start + 5_000, x=3, y=4.5),
        PointerUp(time_us=start + 6_000, x=3, y=4.5),
    ]
    assert {type(event) for event in events} == EXPRESSES.keys()
    assert can_write(events)
    assert [event for batch in read(io.BytesIO(write(events))) for event in batch] == events


def test_keys_are_not_written() -> None:
    """rrweb has none."""
    assert write([KeyDown(time_us=0, key="a")]) == b""
