"""NAPsack recordings become W3C events: exact times, known keys, places by role, and no content of fields."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import (
    Discontinuity,
    Event,
    Focus,
    Hit,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)
from reticent.formats.napsack import read
from reticent.formats.native import from_records
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import typed_text
from reticent.testing.dsl import expand
from reticent.testing.formats.napsack import write

TIME_US = 1_762_508_790_129_177
MONITOR = {"left": 0, "top": 0, "width": 1920, "height": 1080}


def line(kind: str, **details: Any) -> str:
    """A line as NAPsack writes it."""
    return json.dumps(
        {
            "timestamp": 1762508790.129177, "monitor_index": 0, "monitor": MONITOR, "event_type": kind,
            "details": details, "cursor_position": [812, 440],
        }
    )  # fmt: skip


def events_of(*lines: str, notes: Notes | None = None) -> list[Event]:
    """Events of lines."""
    return [event for batch in read(io.BytesIO("\n".join(lines).encode()), notes) for event in batch]


def test_literal_lines() -> None:
    """As in a recording."""
    notes = Notes()
    lines = [
        line("key_press", key="Key.shift"),
        line("key_press", key="j", focused_element={"AXRole": "AXTextField", "AXValue": "hunter2"}),
        line("mouse_down", x=812, y=440, button="Button.left"),
        line("mouse_up", x=812, y=440, button="Button.left"),
        line("mouse_scroll", x=812, y=440, dx=0, dy=-1),
        line("mouse_move", x=812.5, y=440),
        line("key_release", key="Key.shift"),
    ]
    assert events_of(*lines, notes=notes) == [
        KeyDown(time_us=TIME_US, key="Shift", code="ShiftLeft"),
        Focus(time_us=TIME_US, element="AXTextField", field="text"),
        KeyDown(time_us=TIME_US, key="j"),
        PointerDown(time_us=TIME_US, x=812, y=440),
        PointerUp(time_us=TIME_US, x=812, y=440),
        Wheel(time_us=TIME_US, x=812, y=440, delta_y=120),
        PointerMove(time_us=TIME_US, x=812.5, y=440),
        KeyUp(time_us=TIME_US, key="Shift", code="ShiftLeft"),
    ]
    assert notes == Notes(lines=8)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("é", {"key": "é"}),
        ("\x03", {"key": "\x03"}),
        (".", {"key": "."}),
        ("Key.cmd", {"key": "Meta", "code": "MetaLeft"}),
        (None, {}),
        ("None", {}),
        ("<97>", {}),
        ("Key.hunter2", {}),
    ],
)
def test_keys(key: str | None, found: dict[str, Any]) -> None:
    """Chords stay control characters; the numpad may have no character; a number would tell what was typed."""
    assert events_of(line("key_press", key=key)) == [KeyDown(time_us=TIME_US, **found)]


def test_repeats_are_presses() -> None:
    """pynput does not tell them apart, and releases may be missing."""
    assert events_of(*[line("key_press", key="a")] * 3) == [KeyDown(time_us=TIME_US, key="a")] * 3


@pytest.mark.parametrize(
    ("element", "field"),
    [
        ({"AXRole": "AXTextField", "AXRoleDescription": "secure text field"}, "password"),
        ({"AXRole": "AXTextField", "AXRoleDescription": "sicheres Textfeld", "AXValue": "•••"}, "password"),
        ({"AXRole": "AXSecureTextField"}, "password"),
        ({"AXRole": "AXTextArea", "AXValue": 5, "AXTitle": ["hunter2"]}, "text"),
        ({"AXRole": "AXWebArea"}, "unknown"),
    ],
)
def test_the_focused_element_tells_the_kind_of_field(element: dict[str, Any], field: str) -> None:
    """A secure one by its role, its description, or bullets in the place of its value; told once."""
    first, press, again = events_of(*[line("key_press", key="a", focused_element=element)] * 2)
    assert isinstance(first, Focus) and first.field == field
    assert press == again == KeyDown(time_us=TIME_US, key="a")
    assert "hunter2" not in str(first.element)


def test_what_is_typed_is_in_no_other_event() -> None:
    """The value, placeholder and title of the focused field are left out."""
    element = {"AXRole": "AXTextField", "AXValue": "hunter2", "AXTitle": "hunter2", "AXIdentifier": "user"}
    focus, _ = events_of(line("key_press", key="2", focused_element=element))
    assert focus == Focus(time_us=TIME_US, element="AXTextField/user", field="text")


def test_what_a_click_hit() -> None:
    """Role and title."""
    accessibility = {"AXRole": "AXButton", "AXTitle": "7", "AXValue": "hunter2"}
    [down] = events_of(line("mouse_down", x=1, y=2, button="Button.right", accessibility=accessibility))
    assert down == PointerDown(time_us=TIME_US, x=1, y=2, button="right", hit=Hit(role="button", label="7"))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line("teleport"), "event_type: not a type"),
        (line("key_press"), "details: does not fit its type"),
        (line("mouse_down", x=1, y=2, button="Button.hunter2"), "button: must be Button. and one of left"),
        (line("mouse_move", x="hunter2", y=2), "details.x: must be int | float"),
        ('{"event_type":"key_press","details":{"key":"a"}}', "timestamp: missing"),
        ('{"timestamp":1e20,"event_type":"key_press","details":{"key":"a"}}', "timestamp: too large"),
        ("hunter2", "not JSON"),
    ],
)
def test_a_bad_line_costs_one_note(bad: str, reason: str) -> None:
    """The lines around it stay; nothing is quoted."""
    notes = Notes()
    good = line("key_press", key="a")
    press = KeyDown(time_us=TIME_US, key="a")
    assert events_of(good, bad, good, notes=notes) == [press, Discontinuity(time_us=TIME_US), press]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_an_unknown_field_is_counted() -> None:
    """Its event stays."""
    notes = Notes()
    record = {**json.loads(line("key_press", key="a")), "screenshot": "a.png"}
    assert events_of(json.dumps(record), notes=notes) == [KeyDown(time_us=TIME_US, key="a")]
    assert notes == Notes(lines=1, unknown_fields=Counter(screenshot=1))


def typed() -> bytes:
    """A recording of ordinary words and a password."""
    script = 'type:"my password is hunter2!Q" key:Enter type:"Hello there"'
    return write(from_records(expand(script).events))


def test_any_chunking_gives_the_same_events() -> None:
    """A byte at a time, or all at once."""
    whole, single = (list(read(io.BytesIO(typed()), chunk_bytes=size)) for size in (1 << 20, 1))
    assert [event for batch in whole for event in batch] == [event for batch in single for event in batch]


def test_it_is_told_by_its_content() -> None:
    """And taken for no other."""
    assert open_format(io.BytesIO(typed()))[0] == "napsack"
    assert open_format(io.BytesIO(b'{"timestamp":1,"event_type":[1]}\n' + typed()))[0] == "napsack"


def test_a_typed_password_does_not_leave() -> None:
    """The words around it do."""
    assert typed_text(list(filter_stream(io.BytesIO(typed())))) == "my password is \nHello there"


def test_nothing_typed_into_a_secure_field_leaves() -> None:
    """Whatever it is."""
    secure = {"AXRole": "AXTextField", "AXRoleDescription": "secure text field"}
    lines = [line("key_press", key=char, focused_element=secure) for char in "blueberry"]
    rows = list(filter_stream(io.BytesIO("\n".join(lines).encode())))
    assert typed_text(rows) == ""
    assert "redacted" in [row["type"] for row in rows]
