"""Events of a page become native ones: exact times, nothing twice, and secret fields told by their targets."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import (
    Blur,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Discontinuity,
    Event,
    Focus,
    Hit,
    Input,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    SelectionChange,
    Wheel,
)
from reticent.formats.native import from_records
from reticent.formats.w3c import read, recognises
from reticent.keys.table import CODES
from reticent.reading.head import heads
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.w3c import write

AT = {"clientX": 3, "clientY": 4.5}
US = 1_500


def lines(*records: dict[str, Any]) -> bytes:
    """Records, each at 1.5 ms unless it says otherwise."""
    return "".join(json.dumps({"timeStamp": 1.5, **record}) + "\n" for record in records).encode()


def read_all(data: bytes, chunk_bytes: int = 1 << 18) -> tuple[list[Event], Notes]:
    """Events and notes of a recording."""
    notes = Notes()
    return [event for batch in read(io.BytesIO(data), notes, chunk_bytes) for event in batch], notes


def events_of(*records: dict[str, Any]) -> list[Event]:
    """Events of records that all fit."""
    events, notes = read_all(lines(*records))
    assert (notes.refused, notes.unknown_fields) == (0, Counter())
    return events


@pytest.mark.parametrize(
    ("milliseconds", "time_us"),
    [("1234.5", 1_234_500), ("0.0005", 1), ("0.0004", 0), ("1700000000123.457", 1_700_000_000_123_457), ("7", 7_000)],
)
def test_milliseconds_become_the_nearest_microsecond(milliseconds: str, time_us: int) -> None:
    """By exact arithmetic."""
    line = f'{{"type":"keydown","timeStamp":{milliseconds},"key":"a"}}'
    assert read_all(line.encode())[0] == [KeyDown(time_us=time_us, key="a")]


LITERAL = {
    "type": "keydown", "key": "A", "code": "KeyA", "location": 0, "ctrlKey": False, "shiftKey": True, "altKey": False,
    "metaKey": False, "repeat": True, "isComposing": False, "isTrusted": True, "keyCode": 65, "which": 65,
    "charCode": 0, "bubbles": True, "cancelable": True, "composed": True, "detail": 0, "defaultPrevented": False,
}  # fmt: skip


def test_keys_keep_key_code_modifiers_and_repeat() -> None:
    """The legacy numbers hold the letter again and are left out."""
    down = KeyDown(time_us=US, key="A", code="KeyA", repeat=True, modifiers=("Shift",))
    assert events_of(LITERAL) == [down]
    up = {**LITERAL, "type": "keyup", "repeat": False, "ctrlKey": True, "modifiers": ["CapsLock", "AltGraph", "Fn"]}
    held = ("Shift", "Control", "AltGraph", "CapsLock")
    assert events_of(up) == [KeyUp(time_us=US, key="A", code="KeyA", modifiers=held)]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"key": "Enter", "code": "Enter"}, {"key": "Enter", "code": "Enter"}),
        ({"key": "Dead", "code": "BracketLeft"}, {"key": "Dead", "code": "BracketLeft"}),
        ({"key": "Process", "isComposing": True}, {"key": "Process", "composing": True}),
        ({"key": "Unidentified", "code": ""}, {"key": "Unidentified"}), ({}, {}),
        ({"key": "Shift", "location": 2}, {"key": "Shift", "code": "ShiftRight"}),
        ({"key": "Control", "location": 1}, {"key": "Control", "code": "ControlLeft"}),
        ({"key": "OS", "code": "OSLeft"}, {"key": "Meta", "code": "MetaLeft"}),
        ({"key": "Left", "code": "hunter2"}, {"key": "ArrowLeft"}), ({"key": "Spacebar"}, {"key": " "}),
        ({"key": "a", "isTrusted": False}, {"key": "a", "injected": True}),
    ],
)  # fmt: skip
def test_key_attributes_are_w3c_values(attributes: dict[str, Any], expected: dict[str, Any]) -> None:
    """Old names become new ones, what is no code is none, and a location tells the side."""
    [event] = events_of({"type": "keydown", **attributes})
    assert event == KeyDown(time_us=US, **expected)
    assert isinstance(event, KeyDown) and (event.code is None or event.code in CODES)


def test_input_events_tell_text() -> None:
    """One without a type is a whole value; of a tick box there is none."""
    assert events_of(
        {"type": "beforeinput", "inputType": "insertText", "data": "a"},
        {"type": "input", "inputType": "insertText", "data": "a", "isComposing": False, "value": "xa"},
        {"type": "input", "inputType": "deleteContentBackward", "data": None},
        {"type": "input", "inputType": "insertReplacementText", "data": None, "dataTransfer": "the"},
        {"type": "input", "value": "filled"},
        {"type": "input"},
        {"type": "change", "value": "filled"},
    ) == [
        Input(time_us=US, input_type="insertText", data="a"),
        Input(time_us=US, input_type="deleteContentBackward"),
        Input(time_us=US, input_type="insertReplacementText", data="the"),
        Input(time_us=US, input_type="autofill", data="filled"),
    ]


def test_a_composition_is_told_once() -> None:
    """By its own events where the page wrote them."""
    said = {"type": "input", "inputType": "insertCompositionText", "data": "ni"}
    assert events_of(said) == [Input(time_us=US, input_type="insertCompositionText", data="ni")]
    assert events_of(
        {"type": "compositionstart", "data": ""},
        {"type": "compositionupdate", "data": "ni"},
        said,
        {"type": "compositionend", "data": "你"},
        said,
    ) == [
        CompositionStart(time_us=US),
        CompositionUpdate(time_us=US, data="ni"),
        CompositionEnd(time_us=US, data="你"),
    ]


@pytest.mark.parametrize(
    ("clipboard", "given", "expected"),
    [("text", "text", []), ("text", None, []), (None, None, []), (None, "text", ["text"])],
)
def test_a_paste_is_told_once(clipboard: str | None, given: str | None, expected: list[str]) -> None:
    """By the clipboard event, unless only the input tells the text."""
    events = events_of(
        {"type": "copy"},
        {"type": "paste", "clipboardData": clipboard},
        {"type": "input", "inputType": "insertFromPaste", "data": given},
    )
    assert events[:2] == [
        Clipboard(time_us=US, operation="copy"),
        Clipboard(time_us=US, operation="paste", data=clipboard),
    ]
    assert events[2:] == [Input(time_us=US, input_type="insertFromPaste", data=data) for data in expected]


def test_a_later_paste_is_another() -> None:
    """Also one of which there is no clipboard event."""
    pasted = {"type": "input", "inputType": "insertFromPaste", "data": "text"}
    events = events_of({"type": "paste", "clipboardData": "text"}, pasted, pasted)
    assert [type(event) for event in events] == [Clipboard, Input]


def test_pointers_come_as_pointer_or_as_mouse_events() -> None:
    """Never as both; derived events are left out without a note."""
    mouse = [{"type": kind, **AT, "button": 0} for kind in ("mousemove", "mousedown", "mouseup", "click", "dblclick")]
    where: dict[str, Any] = {"time_us": US, "x": 3, "y": 4.5}
    expected: list[Event] = [PointerMove(**where), PointerDown(**where), PointerUp(**where)]
    assert events_of(*mouse) == expected
    pointer = [
        {"type": kind, **AT, "pointerId": 1, "pointerType": "mouse", "button": button, "pressure": 0.5, "tiltX": 0}
        for kind, button in (("pointermove", -1), ("pointerdown", 0), ("pointerup", 0))
    ]
    assert events_of(*(event for pair in zip(pointer, mouse[:3]) for event in pair)) == expected
    finger = {**pointer[1], "pointerType": "touch", "pointerId": 17}
    assert events_of(finger) == [PointerDown(**where, device="17")]


@pytest.mark.parametrize(("button", "name"), [(1, "middle"), (2, "right"), (3, "back"), (4, "forward")])
def test_a_further_button_is_told_by_a_move(button: int, name: Any) -> None:
    """As Pointer Events has it; of a button held alone there is no such move."""
    bit = {1: 4, 2: 2, 3: 8, 4: 16}[button]
    pressed = {"type": "pointermove", **AT, "button": button, "buttons": 1 | bit, "pointerType": "mouse"}
    assert events_of(pressed, {**pressed, "buttons": 1}) == [
        PointerDown(time_us=US, x=3, y=4.5, button=name),
        PointerUp(time_us=US, x=3, y=4.5, button=name),
    ]


def test_buttons_of_a_keypad_are_told_by_their_labels() -> None:
    """A target of a pointer takes no focus."""
    target = {"tagName": "BUTTON", "id": "k7", "role": "button", "label": "7"}
    assert events_of({"type": "pointerdown", **AT, "target": target}) == [
        PointerDown(time_us=US, x=3, y=4.5, hit=Hit(role="button", label="7"))
    ]


@pytest.mark.parametrize(
    ("mode", "delta", "turned"), [(0, 100, 120), (0, -50, -60), (1, 3, 120), (2, 1, 120), (0, 0.5, 0.6)]
)
def test_a_wheel_turns_by_120_a_notch(mode: int, delta: float, turned: float) -> None:
    """100 pixels, 3 lines, 1 page; downwards and to the right are positive on both sides."""
    [wheel] = events_of({"type": "wheel", **AT, "deltaY": delta, "deltaX": 0, "deltaZ": 0, "deltaMode": mode})
    assert wheel == Wheel(time_us=US, x=3, y=4.5, delta_y=turned)
    assert isinstance(wheel, Wheel) and type(wheel.delta_y) is type(turned)


def test_focus_follows_the_targets() -> None:
    """``focus`` and ``focusin`` are one; so are a key's target and the field that had the focus already."""
    password = {"tagName": "INPUT", "id": "pw", "type": "password", "value": "hunter2"}
    page = {"url": "https://example.org/login", "title": "Sign in"}
    at = {"window": "Sign in", "url": "https://example.org/login"}
    assert events_of(
        {"type": "focus", "target": password, **page},
        {"type": "focusin", "target": password, **page},
        {"type": "keydown", "key": "a", "target": "pw", **page},
        {"type": "keydown", "key": "b", "target": {"tagName": "TEXTAREA", "id": "note"}, **page},
        {"type": "blur", "target": "note"},
        {"type": "focusout", "target": "note"},
    ) == [
        Focus(time_us=US, element="pw", field="password", **at),
        KeyDown(time_us=US, key="a"),
        Focus(time_us=US, element="note", field="text", **at),
        KeyDown(time_us=US, key="b"),
        Blur(time_us=US, element="note", field="text", **at),
    ]


def test_carets_are_told_where_the_page_told_them() -> None:
    """``selectionchange`` alone says nothing."""
    told = {"type": "selectionchange", "selectionStart": 3, "selectionEnd": 5}
    assert events_of({"type": "selectionchange"}, told) == [SelectionChange(time_us=US, start=3, end=5)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"type":"hunter2","timeStamp":2}', "type: not a type"), ('{"timeStamp":2}', "type: missing"),
        ('{"type":["keydown"],"timeStamp":2}', "type: missing or not a string"),
        ('{"type":"keydown","key":"hunter2"}', "timeStamp: missing"),
        ('{"type":"keydown","timeStamp":"2"}', "timeStamp: must be int | float, not str"),
        ('{"type":"keydown","timeStamp":1e300}', "timeStamp: too large"),
        ('{"type":"pointerdown","timeStamp":2,"clientX":1}', "clientY: missing"),
        ('{"type":"pointerdown","timeStamp":2,"clientX":1,"clientY":1,"button":5}', "button: "),
        ('{"type":"wheel","timeStamp":2,"clientX":1,"clientY":1,"deltaMode":3}', "deltaMode: must be one of 0, 1, 2"),
        ('[{"type":"hunter2"}]', "not a JSON object"), ("{", "not JSON"),
    ],
)  # fmt: skip
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay."""
    good = lines({"type": "keydown", "key": "a"})
    events, notes = read_all(good + line.encode() + b"\n" + good)
    down = KeyDown(time_us=US, key="a")
    assert events == [down, Discontinuity(time_us=US), down]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes.refused_lines)


def test_unknown_attributes_are_noted_and_dropped() -> None:
    """By their names."""
    events, notes = read_all(lines({"type": "keydown", "key": "a", "innerText": "hunter2"}))
    assert events == [KeyDown(time_us=US, key="a")]
    assert notes.unknown_fields == Counter(innerText=1)


@pytest.mark.parametrize(
    ("record", "known"),
    [
        ({"type": "keydown", "timeStamp": 1.5}, True), ({"type": "pointerover", "timeStamp": 1}, True),
        ({"type": "keydown", "time_us": 1}, False), ({"type": "keydown", "timeStamp": 1, "time_us": 1}, False),
        ({"type": 3, "timeStamp": 1}, False), ({"type": "key.down", "timestamp": 1}, False), ([1], False),
    ],
)  # fmt: skip
def test_it_is_told_by_type_and_time(record: Any, *, known: bool) -> None:
    """Native events have another clock."""
    assert recognises(next(heads(json.dumps(record).encode()))) is known
    if known:
        assert open_format(io.BytesIO(json.dumps(record).encode()))[0] == "w3c"


@pytest.mark.parametrize("chunk_bytes", [1, 7])
def test_chunks_make_no_difference(chunk_bytes: int) -> None:
    """However the bytes come."""
    data = lines(LITERAL, {"type": "compositionend", "data": "é你"}, {"type": "wheel", **AT}) + b"nonsense"
    assert read_all(data, chunk_bytes) == read_all(data)


@pytest.mark.parametrize(
    "script",
    [
        'focus:"/Mail" type:"the river runs north\\nmy password is hunter2!Q\\nand home again\\n"',
        'type:"the river runs north\\nmy password is hunter3" key:Backspace type:"2!Q\\nand home again\\n"',
        'focus:"/Mail" type:"the river runs north\\nand home again\\n" field:password type:"hunter2!Q"',
        'focus:"/Mail" type:"the river runs north\\nmy password is " paste:"hunter2!Q" type:"\\nand home again\\n"',
    ],
)
def test_a_secret_leaves_nowhere(script: str) -> None:
    """Typed, corrected, pasted, or in a password field; the words around it stay."""
    rows = list(filter_stream(io.BytesIO(write(from_records(expand(script).events)))))
    assert not find_leaks(rows, ["hunter2!Q", "hunter3"])
    assert not find_missing(rows, ["the river runs north", "and home again"])
