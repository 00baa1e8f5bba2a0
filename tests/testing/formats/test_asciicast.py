"""What is written as a terminal recording is read back as it was."""

from __future__ import annotations

import io

from reticent.events import Event, Focus, Input, KeyDown, KeyUp, Label, Modifier
from reticent.formats.asciicast import read
from reticent.testing.formats.asciicast import EXPRESSES, can_write, write


def stroke(time_us: int, key: str, *modifiers: Modifier) -> list[Event]:
    """A key as a terminal tells it."""
    return [kind(time_us=time_us, key=key, modifiers=modifiers) for kind in (KeyDown, KeyUp)]


def test_events_survive_the_round_trip() -> None:
    """To the microsecond, also long after the beginning."""
    events: list[Event] = [
        Focus(time_us=0, window="demo", field="terminal"),
        *stroke(1, "l"), *stroke(2_000_003, "é"), *stroke(3_000_000, "Enter"), *stroke(3_000_001, "Backspace"),
        *stroke(3_100_000, "u", "Control"), *stroke(3_200_000, "b", "Alt"), *stroke(3_300_000, "ArrowLeft", "Control"),
        *stroke(3_400_000, "ArrowUp"), *stroke(3_500_000, "Tab", "Shift"), *stroke(3_600_000, "Delete"),
        Input(time_us=86_400_000_007, input_type="insertFromPaste", data="two\nlines"),
        Label(time_us=86_400_000_008, kind="title", value="chapter"),
        *stroke(86_500_000_000, "Escape"),
    ]  # fmt: skip
    assert {type(event) for event in events} == EXPRESSES.keys()
    assert can_write(events)
    assert [event for batch in read(io.BytesIO(write(events))) for event in batch] == events


def test_modifiers_on_their_own_are_not_written() -> None:
    """A terminal is sent nothing for them."""
    assert len(write([KeyDown(time_us=0, key="Shift", code="ShiftLeft")]).splitlines()) == 1
