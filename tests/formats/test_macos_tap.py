"""Events of a macOS tap become W3C events: modifiers from changes of flags, physical and logical keys, exact times."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.formats.macos_tap import read
from reticent.formats.native import from_records
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import typed_text
from reticent.testing.dsl import expand
from reticent.testing.formats.macos_tap import write

AT, AT_US = 8_640_000_000_123_500, 8_640_000_000_124
SHIFT, LEFT_SHIFT, RIGHT_SHIFT = 0x20000, 0x02, 0x04


def events_of(*records: dict[str, Any], notes: Notes | None = None) -> list[Event]:
    """Events of records, each at the same time unless it says otherwise."""
    lines = "".join(json.dumps({"timestamp": AT, "flags": 0x100, **record}) + "\n" for record in records)
    return [event for batch in read(io.BytesIO(lines.encode()), notes) for event in batch]


def key(number: int, text: str | None = None, kind: int | str = 10, **more: Any) -> dict[str, Any]:
    """A key that goes down."""
    typed = {} if text is None else {"unicodeString": text}
    return {"type": kind, "keyboardEventKeycode": number, **typed, **more}


def changed(number: int, flags: int) -> dict[str, Any]:
    """Flags that changed by a key."""
    return {"type": 12, "keyboardEventKeycode": number, "flags": flags | 0x100}


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        (0x04, "h", {"code": "KeyH", "key": "h"}),
        (0x00, "q", {"code": "KeyA", "key": "q"}),  # Q of a French keyboard
        (0x08, "ç", {"code": "KeyC", "key": "ç"}),
        (0x08, "\x03", {"code": "KeyC", "key": "\x03"}),
        (0x08, None, {"code": "KeyC"}),
        (0x0E, "", {"code": "KeyE", "key": "Dead"}),
        (0x0E, "e\u0301", {"code": "KeyE", "text": "e\u0301"}),
        (0x24, "\r", {"code": "Enter", "key": "Enter"}),
        (0x33, "\x7f", {"code": "Backspace", "key": "Backspace"}),
        (0x7B, "\uf702", {"code": "ArrowLeft", "key": "ArrowLeft"}),
        (0x4C, "\x03", {"code": "NumpadEnter", "key": "Enter"}),
        (0x53, "1", {"code": "Numpad1", "key": "1"}),
        (0x31, " ", {"code": "Space", "key": " "}),
        (0xFF, "x", {"key": "x"}),
    ],
)
def test_keys(number: int, text: str | None, found: dict[str, Any]) -> None:
    """Named keys by their number, others by what they type; a dead key types nothing yet."""
    down, up = events_of(key(number, text), key(number, text, "keyUp"))
    assert down == KeyDown(time_us=AT_US, **found)
    assert up == KeyUp(time_us=AT_US, **found)


def test_repeats_and_injected_keys() -> None:
    """As the event says; without the process that posted it nothing is known."""
    events = events_of(
        key(4, "h", keyboardEventAutorepeat=1),
        key(4, "h", keyboardEventAutorepeat=False, eventSourceUnixProcessID=0),
        key(4, "h", eventSourceUnixProcessID=812),
    )
    assert [(event.repeat, event.injected) for event in events if isinstance(event, KeyDown)] == [
        (True, None),
        (False, False),
        (False, True),
    ]


def test_flags_are_modifiers() -> None:
    """Those that have a name; the sides and the numpad have none."""
    [event] = events_of(key(4, "h", flags=0x10000 | 0x20002 | 0x40000 | 0x80000 | 0x100000 | 0x800000 | 0x200000))
    assert isinstance(event, KeyDown)
    assert event.modifiers == ("CapsLock", "Shift", "Control", "Alt", "Meta")


def test_modifier_keys_go_down_and_up_by_their_flags() -> None:
    """Also when the other one of the pair stays down."""
    events = events_of(
        changed(0x38, SHIFT | LEFT_SHIFT),
        changed(0x3C, SHIFT | LEFT_SHIFT | RIGHT_SHIFT),
        changed(0x38, SHIFT | RIGHT_SHIFT),
        changed(0x3C, 0),
    )
    left, right = {"code": "ShiftLeft", "key": "Shift"}, {"code": "ShiftRight", "key": "Shift"}
    assert events == [
        KeyDown(time_us=AT_US, **left, modifiers=("Shift",)),
        KeyDown(time_us=AT_US, **right, modifiers=("Shift",)),
        KeyUp(time_us=AT_US, **left, modifiers=("Shift",)),
        KeyUp(time_us=AT_US, **right),
    ]


def test_modifier_keys_of_a_program_that_tells_no_sides() -> None:
    """A key that was down has gone up; one whose release was the first that was seen was not down."""
    events = events_of(
        changed(0x38, SHIFT), changed(0x3C, SHIFT), changed(0x38, SHIFT), changed(0x3C, 0), changed(0x38, 0)
    )
    assert [type(event) for event in events] == [KeyDown, KeyDown, KeyUp, KeyUp, KeyUp]


def test_caps_lock_goes_down_and_up_at_once() -> None:
    """The tap sees only that it changed; Fn is a key like others; a change of no known key is no event."""
    caps = {"code": "CapsLock", "key": "CapsLock"}
    assert events_of(changed(0x39, 0x10000), changed(0x39, 0), changed(0, SHIFT)) == [
        KeyDown(time_us=AT_US, **caps, modifiers=("CapsLock",)), KeyUp(time_us=AT_US, **caps, modifiers=("CapsLock",)),
        KeyDown(time_us=AT_US, **caps), KeyUp(time_us=AT_US, **caps),
    ]  # fmt: skip
    assert [type(event) for event in events_of(changed(0x3F, 0x800000), changed(0x3F, 0))] == [KeyDown, KeyUp]


@pytest.mark.parametrize(
    ("kind", "more", "event"),
    [
        (5, {}, PointerMove(time_us=AT_US, x=812.5, y=440)),
        ("leftMouseDragged", {}, PointerMove(time_us=AT_US, x=812.5, y=440)),
        (1, {"mouseEventClickState": 1}, PointerDown(time_us=AT_US, x=812.5, y=440)),
        ("rightMouseUp", {"mouseEventButtonNumber": 1}, PointerUp(time_us=AT_US, x=812.5, y=440, button="right")),
        (25, {"mouseEventButtonNumber": 2}, PointerDown(time_us=AT_US, x=812.5, y=440, button="middle")),
        (26, {"mouseEventButtonNumber": 4}, PointerUp(time_us=AT_US, x=812.5, y=440, button="forward")),
        (22, {"scrollWheelEventDeltaAxis1": -1}, Wheel(time_us=AT_US, x=812.5, y=440, delta_y=120)),
        (22, {"scrollWheelEventDeltaAxis2": 2}, Wheel(time_us=AT_US, x=812.5, y=440, delta_x=-240)),
        (
            "scrollWheel",
            {
                "scrollWheelEventIsContinuous": 1,
                "scrollWheelEventDeltaAxis1": -1,
                "scrollWheelEventPointDeltaAxis1": -25,
                "scrollWheelEventScrollPhase": 2,
            },
            Wheel(time_us=AT_US, x=812.5, y=440, delta_y=300),
        ),
    ],
)
def test_pointer_events(kind: int | str, more: dict[str, Any], event: Event) -> None:
    """Places in points; a line of the wheel is 120, and so are ten points."""
    assert events_of({"type": kind, "location": {"x": 812.5, "y": 440}, **more}) == [event]


@pytest.mark.parametrize("kind", [0xFFFFFFFE, "tapDisabledByUserInput"])
def test_a_tap_that_was_disabled_missed_something(kind: int | str) -> None:
    """What was held is not known any more."""
    assert events_of(key(4, "h"), {"type": kind})[1:] == [Discontinuity(time_us=AT_US)]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"type": 99}, "type: not a type"),
        ({"type": "hunter2"}, "type: not a type"),
        ({}, "type: missing"),
        ({"type": 10}, "keyboardEventKeycode: missing"),
        (key(4, "h", timestamp="hunter2"), "timestamp: must be int | float"),
        (key(4, "h", timestamp=1 << 100), "timestamp: too large; it must be in nanoseconds"),
        ({"type": 5}, "location: missing"),
        ({"type": 25, "location": {"x": 1, "y": 2}}, "mouseEventButtonNumber: must be 2"),
        ({"type": 25, "location": {"x": 1, "y": 2}, "mouseEventButtonNumber": -1}, "mouseEventButtonNumber: must be 2"),
    ],
)
def test_a_bad_line_costs_one_note(record: dict[str, Any], reason: str) -> None:
    """The lines around it stay; nothing is quoted."""
    notes = Notes()
    press = KeyDown(time_us=AT_US, code="KeyH", key="h")
    assert events_of(key(4, "h"), record, key(4, "h"), notes=notes) == [press, Discontinuity(time_us=AT_US), press]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_an_unknown_field_is_counted() -> None:
    """Its event stays."""
    notes = Notes()
    assert len(events_of(key(4, "h", weather=1, keyboardEventKeyboardType=44), notes=notes)) == 1
    assert notes == Notes(lines=1, unknown_fields=Counter(weather=1))


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
    assert open_format(io.BytesIO(typed()))[0] == "macos-tap"


def test_a_typed_password_does_not_leave() -> None:
    """The words around it do."""
    assert typed_text(list(filter_stream(io.BytesIO(typed())))) == "my password is \nHello there"
