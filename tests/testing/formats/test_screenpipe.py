"""What screenpipe can express comes back as it was."""

from __future__ import annotations

import io

from reticent.events import Clipboard, Event, Focus, Input, KeyDown, PointerMove
from reticent.formats.screenpipe import read
from reticent.testing.formats.screenpipe import EXPRESSES, can_write, write

EVENTS: list[Event] = [
    Focus(time_us=1, app="Safari", window="Login", url="https://a.example"),
    Input(time_us=1_700_000_000_123_456, input_type="insertText", data="hello"),
    Clipboard(time_us=1_700_000_000_123_457, operation="copy", data="hello"),
    Clipboard(time_us=1_700_000_000_123_458, operation="paste"),
    PointerMove(time_us=1_700_000_000_123_459, x=-1, y=2),
]


def test_round_trip() -> None:
    """Every type of event is in it; others are left out."""
    assert {type(event) for event in EVENTS} == EXPRESSES.keys()
    assert can_write(EVENTS)
    written = write([*EVENTS, KeyDown(time_us=14, key="a")])
    assert [event for batch in read(io.BytesIO(written)) for event in batch] == EVENTS
