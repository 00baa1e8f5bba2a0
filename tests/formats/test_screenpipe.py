"""screenpipe events become W3C events: typed text as input, places as focus, and no number whose unit is not told."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import (
    Clipboard,
    Discontinuity,
    Event,
    Focus,
    Hit,
    Input,
    KeyDown,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)
from reticent.formats.native import encode
from reticent.formats.screenpipe import read
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.formats.screenpipe import write

AT = "2026-02-15T16:40:42.123Z"
AT_US = 1_771_173_642_123_000


def events_of(*records: dict[str, Any], notes: Notes | None = None) -> list[Event]:
    """Events of records, each at the same moment unless it says otherwise."""
    lines = "".join(json.dumps({"timestamp": AT, "relative_ms": 5123, **record}) + "\n" for record in records)
    return [event for batch in read(io.BytesIO(lines.encode()), notes) for event in batch]


def test_a_literal_line() -> None:
    """Its text is an input, its count says nothing more."""
    notes = Notes()
    text = {"event_type": "text", "content": "hello", "char_count": 5}
    assert events_of(text, notes=notes) == [Input(time_us=AT_US, input_type="insertText", data="hello")]
    assert notes == Notes(lines=1)


@pytest.mark.parametrize(
    ("timestamp", "time_us"),
    [
        ("2026-02-15T16:40:42.123456789Z", AT_US + 457),
        ("2026-02-15T16:40:42Z", AT_US - 123_000),
        ("2026-02-15T18:40:42.123+02:00", AT_US),
    ],
)
def test_times_are_those_of_the_moment(timestamp: str, time_us: int) -> None:
    """To the nearest microsecond; the milliseconds since the start of a session begin again with each."""
    [move] = events_of({"event_type": "move", "x": 1, "y": 2, "timestamp": timestamp, "relative_ms": 1})
    assert move == PointerMove(time_us=time_us, x=1, y=2)


@pytest.mark.parametrize(
    ("record", "events"),
    [
        (
            {"event_type": "click", "x": 1, "y": 2, "button": 1, "click_count": 2, "modifiers": 0},
            [PointerDown(time_us=AT_US, x=1, y=2, button="right"), PointerUp(time_us=AT_US, x=1, y=2, button="right")],
        ),
        (
            {"event_type": "scroll", "x": 1, "y": 2, "delta_x": 0, "delta_y": -120},
            [Wheel(time_us=AT_US, x=1, y=2)],
        ),
        (
            {"event_type": "key", "key_code": 9, "modifiers": 1 | 2 | 32},
            [KeyDown(time_us=AT_US, modifiers=("Shift", "Control"))],
        ),
        (
            {"event_type": "key", "key_code": 9, "modifiers": 4 | 8 | 16},
            [KeyDown(time_us=AT_US, modifiers=("Alt", "Meta", "CapsLock"))],
        ),
        ({"event_type": "app_switch", "name": "Mail", "pid": 7}, [Focus(time_us=AT_US, app="Mail")]),
        (
            {"event_type": "window_focus", "app": "Mail", "title": "Inbox"},
            [Focus(time_us=AT_US, app="Mail", window="Inbox")],
        ),
        (
            {"event_type": "clipboard", "operation": "c", "content": "hi"},
            [Clipboard(time_us=AT_US, operation="copy", data="hi")],
        ),
        ({"event_type": "clipboard", "operation": "x"}, [Clipboard(time_us=AT_US, operation="cut")]),
        ({"event_type": "clipboard", "operation": "v"}, [Clipboard(time_us=AT_US, operation="paste")]),
    ],
)
def test_every_type(record: dict[str, Any], events: list[Event]) -> None:
    """The key and the amount of a scroll are numbers of a system that the event does not tell."""
    assert events_of(record) == events


def test_a_place_is_told_when_it_changes() -> None:
    """By its own events and by the context beside others."""
    context = {"app_name": "Safari", "window_title": "Login", "browser_url": "https://a.example/login"}
    text = {"event_type": "text", "content": "a"}
    typed = Input(time_us=AT_US, input_type="insertText", data="a")
    page = {"time_us": AT_US, "app": "Safari", "window": "Login"}
    assert events_of(
        {"event_type": "window_focus", "app": "Safari", "title": "Login"},
        {**text, **context},
        {**text, **context},
        text,
        {"event_type": "app_switch", "name": "Notes", "pid": 1},
    ) == [
        Focus(**page),
        Focus(**page, url="https://a.example/login"), typed,
        typed,
        typed,
        Focus(time_us=AT_US, app="Notes"),
    ]  # fmt: skip


def test_the_element_of_typed_text_tells_the_kind_of_field() -> None:
    """Its value is content."""
    element = {"role": "AXSecureTextField", "name": "Password", "value": "hunter2", "automation_id": "pw"}
    focus, typed = events_of({"event_type": "text", "content": "x", "element": element})
    assert focus == Focus(time_us=AT_US, element="pw", field="password")
    assert b"hunter2" not in encode([focus, typed])


def test_the_element_of_a_click_is_what_was_hit() -> None:
    """The focus does not move by it."""
    element = {"role": "AXButton", "name": "7", "value": "hunter2", "bounds": {"x": 1, "y": 1, "width": 2, "height": 2}}
    click = {"event_type": "click", "x": 1, "y": 2, "button": 0, "element": element}
    down, up = events_of(click)
    assert down == PointerDown(time_us=AT_US, x=1, y=2, hit=Hit(role="button", label="7"))
    assert up == PointerUp(time_us=AT_US, x=1, y=2)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"event_type": "teleport"}, "event_type: not a type"),
        ({"event_type": "text"}, "content: missing"),
        ({"event_type": "click", "x": 1, "y": 2, "button": 9}, "button: must be 0 (left)"),
        ({"event_type": "clipboard", "operation": "hunter2"}, "operation: must be c (copy)"),
        ({"event_type": "text", "content": "hunter2", "timestamp": "2026-02-15T16:40:42"}, "timestamp: not a moment"),
        ({"event_type": "text", "content": "hunter2", "timestamp": 1771173642}, "timestamp: must be str, not int"),
    ],
)
def test_a_bad_line_costs_one_note(record: dict[str, Any], reason: str) -> None:
    """The lines around it stay; nothing is quoted."""
    notes = Notes()
    good = {"event_type": "move", "x": 1, "y": 2}
    move = PointerMove(time_us=AT_US, x=1, y=2)
    assert events_of(good, record, good, notes=notes) == [move, Discontinuity(time_us=AT_US), move]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_an_unknown_field_is_counted() -> None:
    """Its event stays."""
    notes = Notes()
    assert len(events_of({"event_type": "move", "x": 1, "y": 2, "weather": "x"}, notes=notes)) == 1
    assert notes == Notes(lines=1, unknown_fields=Counter(weather=1))


def typed() -> bytes:
    """Ordinary words and a password, in pieces as pauses part them."""
    pieces = ["my password is ", "hunt", "er2!Q\n", "Hello there"]
    inserted = [Input(time_us=1_000_000 * at, input_type="insertText", data=text) for at, text in enumerate(pieces)]
    return write([Focus(time_us=0, app="notes", window="n"), *inserted])


def test_any_chunking_gives_the_same_events() -> None:
    """A byte at a time, or all at once."""
    whole, single = (list(read(io.BytesIO(typed()), chunk_bytes=size)) for size in (1 << 20, 1))
    assert [event for batch in whole for event in batch] == [event for batch in single for event in batch]


def test_it_is_told_by_its_content() -> None:
    """And taken for no other."""
    assert open_format(io.BytesIO(typed()))[0] == "screenpipe"


def test_a_typed_password_does_not_leave() -> None:
    """The words around it do, also where a pause parts it."""
    written = "".join(row.get("data", "") for row in filter_stream(io.BytesIO(typed())))
    assert "my password is " in written and "Hello there" in written
    assert "hunt" not in written and "er2!Q" not in written
