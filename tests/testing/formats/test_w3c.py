"""What is written as events of a page is read back as it was."""

from __future__ import annotations

import io

from reticent.events import (
    Blur,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Focus,
    Hit,
    Input,
    KeyDown,
    KeyUp,
    Label,
    PointerDown,
    PointerMove,
    PointerUp,
    SelectionChange,
    Wheel,
)
from reticent.formats.w3c import read
from reticent.testing.formats.w3c import EXPRESSES, can_write, write


def test_events_survive_the_round_trip() -> None:
    """To the microsecond."""
    events: list[Event] = [
        Focus(time_us=1, window="Sign in", element="pw", field="password", url="https://example.org/login"),
        KeyDown(time_us=1_001, key="Shift", code="ShiftLeft", modifiers=("Shift",)),
        KeyDown(time_us=1_002, key="É", code="Digit2", repeat=True, modifiers=("Shift", "CapsLock"), injected=True),
        KeyUp(time_us=1_700_000_000_123_457, key="@", code="KeyQ", modifiers=("Control", "Alt", "AltGraph")),
        KeyDown(time_us=2_000, key="Process", composing=True),
        Input(time_us=2_001, input_type="insertText", data="a"),
        Input(time_us=2_002, input_type="deleteContentBackward"),
        Input(time_us=2_003, input_type="autofill", data="whole"),
        CompositionStart(time_us=2_004),
        CompositionUpdate(time_us=2_005, data="ni"),
        CompositionEnd(time_us=2_006, data="你"),
        Clipboard(time_us=2_007, operation="cut"),
        Clipboard(time_us=2_008, operation="paste", data="text"),
        SelectionChange(time_us=2_009, start=3, end=5),
        PointerMove(time_us=2_010, x=1.5, y=2),
        PointerDown(time_us=2_011, x=3, y=4, button="right", hit=Hit(role="button", label="7")),
        PointerUp(time_us=2_012, x=3, y=4, button="right"),
        Wheel(time_us=2_013, x=3, y=4, delta_y=-120, delta_x=30),
        Blur(time_us=2_014, window="Sign in", element="pw", field="password", url="https://example.org/login"),
    ]
    assert {type(event) for event in events} == EXPRESSES.keys()
    assert can_write(events)
    assert [event for batch in read(io.BytesIO(write(events))) for event in batch] == events


def test_what_cannot_be_expressed_is_left_out() -> None:
    """A label is no event of a page."""
    assert write([Label(time_us=0, kind="title", value="x")]) == b""
