"""Events of openadapt-capture become W3C events: each letter once, whichever of its fields and children carry it."""

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
    Frame,
    Input,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)
from reticent.formats.native import encode, from_records
from reticent.formats.openadapt import read
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import typed_text
from reticent.testing.dsl import expand
from reticent.testing.formats.openadapt import record_of, write

AT = 1700000000.5
AT_US = 1_700_000_000_500_000


def events_of(*records: dict[str, Any], notes: Notes | None = None) -> list[Event]:
    """Events of records, each at 1700000000.5 s unless it says otherwise."""
    lines = "".join(json.dumps({"timestamp": AT, **record}) + "\n" for record in records)
    return [event for batch in read(io.BytesIO(lines.encode()), notes) for event in batch]


LITERAL = b"""\
{"timestamp":1700000000.123456,"type":"key.down","key_char":"A","key_vk":"0","canonical_key_char":"a","canonical_key_vk":"0"}
{"timestamp":1700000000.2,"type":"key.down","key_name":"backspace","canonical_key_name":"backspace"}
{"timestamp":1700000000.5,"type":"mouse.move","x":100.0,"y":200.0}
{"timestamp":1700000000.5,"type":"mouse.down","x":100.0,"y":200.0,"button":"left"}
{"timestamp":1700000000.5,"type":"mouse.scroll","x":1.0,"y":2.0,"dx":0.0,"dy":-1.0}
"""


def test_literal_lines() -> None:
    """As ``model_dump_json`` writes them."""
    notes = Notes()
    [events] = read(io.BytesIO(LITERAL), notes)
    assert events == [
        KeyDown(time_us=1_700_000_000_123_456, key="A"),
        KeyDown(time_us=1_700_000_000_200_000, key="Backspace", code="Backspace"),
        PointerMove(time_us=AT_US, x=100.0, y=200.0),
        PointerDown(time_us=AT_US, x=100.0, y=200.0),
        Wheel(time_us=AT_US, x=1.0, y=2.0, delta_y=120.0),
    ]
    assert notes == Notes(lines=5)


CHILDREN = [
    {"timestamp": 1.0, "type": "key.down", "key_char": "h", "canonical_key_char": "h", "canonical_key_vk": "H"},
    {"timestamp": 1.1, "type": "key.up", "key_char": "h"},
    {"timestamp": 1.2, "type": "key.down", "key_char": "i"},
]


def test_what_it_merged_is_read_as_its_children() -> None:
    """The text is not typed a second time."""
    events = events_of({"type": "key.type", "text": "hi", "children": CHILDREN})
    assert events == [
        KeyDown(time_us=1_000_000, key="h"),
        KeyUp(time_us=1_100_000, key="h"),
        KeyDown(time_us=1_200_000, key="i"),
    ]


def test_each_letter_is_there_once() -> None:
    """Six fields, children and accessibility data carry it."""
    fields = ("key_char", "key_vk", "canonical_key_char", "canonical_key_vk", "canonical_key_name")
    child = {"timestamp": 1.0, "type": "key.down", **dict.fromkeys(fields, "é")}
    observation = {"schema_version": "v1", "element": {"name": "éé"}}
    events = events_of(
        {"type": "key.type", "text": "é", "structural_observation": observation, "children": [child]},
    )
    assert encode(events).count("é".encode()) == 1


def test_a_shortcut_is_its_children() -> None:
    """Modifiers are keys of their own."""
    children = [
        {"timestamp": 1.0, "type": "key.down", "key_name": "ctrl_l"},
        {"timestamp": 1.1, "type": "key.down", "key_char": "\x03", "canonical_key_char": "c"},
    ]
    assert events_of({"type": "key.shortcut", "modifiers": ["ctrl"], "key": "c", "children": children}) == [
        KeyDown(time_us=1_000_000, key="Control", code="ControlLeft"),
        KeyDown(time_us=1_100_000, key="\x03"),
    ]


def test_what_has_no_children_is_read_by_itself() -> None:
    """At one time, for no other is known."""
    at: dict[str, Any] = {"time_us": AT_US}
    control = {"key": "Control", "code": "ControlLeft"}
    assert events_of({"type": "key.type", "text": "hi"}) == [Input(**at, input_type="insertText", data="hi")]
    assert events_of({"type": "key.shortcut", "modifiers": ["ctrl"], "key": "c"}) == [
        KeyDown(**at, **control), KeyDown(**at, key="c"), KeyUp(**at, key="c"), KeyUp(**at, **control),
    ]  # fmt: skip
    place = {"x": 1.0, "y": 2.0, "button": "right"}
    click: list[Event] = [
        PointerDown(**at, x=1.0, y=2.0, button="right"),
        PointerUp(**at, x=1.0, y=2.0, button="right"),
    ]
    assert events_of({"type": "mouse.singleclick", **place}) == click
    assert events_of({"type": "mouse.doubleclick", **place}) == click * 2
    assert events_of({"type": "mouse.drag", **place, "dx": 5.0, "dy": -1.0}) == [
        click[0],
        PointerUp(**at, x=6.0, y=1.0, button="right"),
    ]


def test_a_drag_is_its_children() -> None:
    """Not its displacement as well."""
    children = [record_of(PointerMove(time_us=5, x=1.0, y=2.0))]
    drag = {"type": "mouse.drag", "x": 1.0, "y": 2.0, "dx": 5.0, "dy": 6.0, "button": "left", "children": children}
    assert events_of(drag) == [PointerMove(time_us=5, x=1.0, y=2.0)]


def test_canonical_fields_are_read_only_where_there_is_nothing_else() -> None:
    """They are without Shift."""
    assert events_of({"type": "key.down", "canonical_key_char": "a", "key_vk": "0"}) == [
        KeyDown(time_us=AT_US, key="a")
    ]
    assert events_of({"type": "key.down", "key_vk": "97"}) == [KeyDown(time_us=AT_US)]


def test_frames_and_sound() -> None:
    """A screenshot is a frame; what was said has no place."""
    frame = {"type": "screen.frame", "image_path": "1.png", "width": 1, "height": 1, "video_timestamp": 0.5}
    sound = {"type": "audio.chunk", "start_time": 0.0, "end_time": 1.0, "transcription": "hunter2"}
    notes = Notes()
    assert events_of(frame, sound, notes=notes) == [Frame(time_us=AT_US, id="1.png")]
    assert notes == Notes(lines=1)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"type": "mouse.hover", "x": 1, "y": 2}, "type: not a type"),
        ({"type": "mouse.move", "x": 1}, "y: missing"),
        ({"type": "mouse.down", "x": 1, "y": 2, "button": "hunter2"}, "button: must be one of"),
        ({"type": "key.down", "key_char": ["hunter2"]}, "key_char: must be str | null"),
        ({"type": "key.shortcut", "modifiers": ["hunter2"], "key": "c"}, "modifiers: must be of ctrl"),
        ({"type": "key.type", "text": "hunter2", "children": [{"type": "key.down"}]}, "timestamp: missing"),
        ({"type": "key.type", "text": "", "children": [{"type": "key.type", "timestamp": 1}]}, "type: not a type"),
        ({"type": "mouse.move", "x": 1, "y": 2, "timestamp": 1.7e18}, "timestamp: too large; it must be in seconds"),
        ({"type": "mouse.move", "x": 1, "y": 2, "timestamp": "1.7"}, "timestamp: must be int | float"),
    ],
)
def test_a_bad_line_costs_one_note(record: dict[str, Any], reason: str) -> None:
    """The lines around it stay; nothing is quoted."""
    notes = Notes()
    good = {"type": "key.down", "key_char": "a"}
    press = KeyDown(time_us=AT_US, key="a")
    assert events_of(good, record, good, notes=notes) == [press, Discontinuity(time_us=AT_US), press]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_an_unknown_field_is_counted() -> None:
    """In children too."""
    notes = Notes()
    child = {**CHILDREN[0], "mood": "x"}
    assert len(events_of({"type": "key.type", "text": "h", "weather": 1, "children": [child]}, notes=notes)) == 1
    assert notes.unknown_fields == Counter(mood=1, weather=1)


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
    assert open_format(io.BytesIO(typed()))[0] == "openadapt"
    assert open_format(io.BytesIO(LITERAL))[0] == "openadapt"


def test_a_typed_password_does_not_leave() -> None:
    """Neither key by key, nor when it merged them; the words around it do."""
    assert typed_text(list(filter_stream(io.BytesIO(typed())))) == "my password is \nHello there"
    children = [json.loads(line) for line in typed().splitlines()]
    merged = {"timestamp": AT, "type": "key.type", "text": "my password is hunter2!Q", "children": children}
    rows = list(filter_stream(io.BytesIO(json.dumps(merged).encode())))
    assert typed_text(rows) == "my password is \nHello there"
