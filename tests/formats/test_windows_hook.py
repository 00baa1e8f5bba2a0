"""Calls of low-level hooks become W3C events: physical keys by scan code, a clock of 32 bits, nothing by guess."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.errors import FormatError
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.formats.native import from_records
from reticent.formats.windows_hook import read
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import typed_text
from reticent.testing.dsl import expand
from reticent.testing.formats.windows_hook import write

WRAP = 1 << 32


def events_of(*records: dict[str, Any], notes: Notes | None = None) -> list[Event]:
    """Events of records."""
    lines = "".join(json.dumps(record) + "\n" for record in records)
    return [event for batch in read(io.BytesIO(lines.encode()), notes) for event in batch]


def key(vk: int, scan: int, flags: int = 0, time: int = 1, **more: Any) -> dict[str, Any]:
    """A ``KBDLLHOOKSTRUCT``."""
    return {"vkCode": vk, "scanCode": scan, "flags": flags, "time": time, **more}


def mouse(message: int | str, data: int = 0, time: int = 1) -> dict[str, Any]:
    """An ``MSLLHOOKSTRUCT`` and the message it came with."""
    return {"message": message, "pt": {"x": 812, "y": -4}, "mouseData": data, "flags": 0, "time": time}


@pytest.mark.parametrize(
    ("vk", "scan", "flags", "code", "name"),
    [
        (0x48, 0x23, 0x00, "KeyH", None),
        (0x41, 0x10, 0x00, "KeyQ", None),  # A of a French keyboard
        (0x31, 0x02, 0x00, "Digit1", None),
        (0x0D, 0x1C, 0x00, "Enter", "Enter"),
        (0x0D, 0x1C, 0x01, "NumpadEnter", "Enter"),
        (0xA0, 0x2A, 0x00, "ShiftLeft", "Shift"),
        (0xA1, 0x36, 0x01, "ShiftRight", "Shift"),
        (0xA3, 0x1D, 0x01, "ControlRight", "Control"),
        (0xA5, 0x38, 0x21, "AltRight", "Alt"),
        (0x61, 0x4F, 0x00, "Numpad1", "1"),
        (0x23, 0x4F, 0x00, "Numpad1", "End"),
        (0x23, 0x4F, 0x01, "End", "End"),
        (0x6E, 0x53, 0x00, "NumpadDecimal", None),
        (0x90, 0x45, 0x01, "NumLock", "NumLock"),
        (0x13, 0x45, 0x00, "Pause", "Pause"),
        (0x20, 0x39, 0x00, "Space", " "),
        (0x0D, 0x00, 0x10, "Enter", "Enter"),
        (0x48, 0x00, 0x10, None, None),
    ],
)
def test_keys(vk: int, scan: int, flags: int, code: str | None, name: str | None) -> None:
    """The scan code tells the key, the virtual key its name where no layout decides; programs may send no scan code."""
    injected = bool(flags & 0x10)
    assert events_of(key(vk, scan, flags), key(vk, scan, flags | 0x80)) == [
        KeyDown(time_us=1000, code=code, key=name, injected=injected),
        KeyUp(time_us=1000, code=code, key=name, injected=injected),
    ]


def test_a_key_that_is_down_repeats() -> None:
    """Until it goes up; other keys do not end it."""
    down, other, up = key(0x41, 0x1E), key(0x42, 0x30), key(0x41, 0x1E, 0x80)
    events = events_of(down, down, other, down, up, down)
    assert [event.repeat for event in events if isinstance(event, KeyDown)] == [False, True, False, True, False]


def test_the_clock_begins_again_after_32_bits() -> None:
    """Time goes on; an event may also be a little earlier than the one before it."""
    times = [WRAP - 2, WRAP - 1, 0, 5, WRAP - 1, 7]
    events = events_of(*[mouse("WM_MOUSEMOVE", time=time) for time in times])
    assert [event.time_us // 1000 - WRAP for event in events] == [-2, -1, 0, 5, -1, 7]


def test_the_clock_may_begin_again_many_times() -> None:
    """A recording of half a year."""
    quarter = WRAP // 4
    events = events_of(*[mouse("WM_MOUSEMOVE", time=at * quarter % WRAP) for at in range(16)])
    assert [event.time_us for event in events] == [1000 * at * quarter for at in range(16)]


def test_altgr_is_one_key() -> None:
    """The Control that Windows makes up before it is nobody's; without that Control the right Alt is Alt."""
    fake, altgr = key(0xA2, 0x21D), key(0xA5, 0x38, 1)
    events = events_of(
        fake, altgr, key(0x51, 0x10), key(0x51, 0x10, 0x80), {**fake, "flags": 0x80}, {**altgr, "flags": 0x81}, altgr
    )
    assert [(type(event), event.code, event.key) for event in events if isinstance(event, KeyDown | KeyUp)] == [
        (KeyDown, "AltRight", "AltGraph"),
        (KeyDown, "KeyQ", None),
        (KeyUp, "KeyQ", None),
        (KeyUp, "AltRight", "AltGraph"),
        (KeyDown, "AltRight", "Alt"),
    ]


def test_characters_that_a_program_types() -> None:
    """One UTF-16 unit an event; the halves of a character beyond 0xFFFF are put together."""
    units = [0xE9, 0xD83D, 0xDE00, 0xDE00, 0]
    events = events_of(*[key(0xE7, unit, 0x10 | up) for up in (0, 0x80) for unit in units])
    assert [event.key for event in events if isinstance(event, KeyDown)] == ["é", "😀", None, None]
    assert [event.key for event in events if isinstance(event, KeyUp)] == ["é", "😀", None, None]
    assert all(event.injected for event in events if isinstance(event, KeyDown))


@pytest.mark.parametrize(
    ("message", "data", "event"),
    [
        ("WM_MOUSEMOVE", 0, PointerMove(time_us=1000, x=812, y=-4)),
        (0x0201, 0, PointerDown(time_us=1000, x=812, y=-4)),
        ("WM_RBUTTONUP", 0, PointerUp(time_us=1000, x=812, y=-4, button="right")),
        (0x0207, 0, PointerDown(time_us=1000, x=812, y=-4, button="middle")),
        ("WM_XBUTTONDOWN", 1 << 16, PointerDown(time_us=1000, x=812, y=-4, button="back")),
        (0x020C, 2 << 16, PointerUp(time_us=1000, x=812, y=-4, button="forward")),
        ("WM_MOUSEWHEEL", 120 << 16, Wheel(time_us=1000, x=812, y=-4, delta_y=-120)),
        (0x020A, 4287102976, Wheel(time_us=1000, x=812, y=-4, delta_y=120)),
        (0x020A, -7864320, Wheel(time_us=1000, x=812, y=-4, delta_y=120)),
        ("WM_MOUSEHWHEEL", 30 << 16, Wheel(time_us=1000, x=812, y=-4, delta_x=30)),
    ],
)
def test_mouse_messages(message: int | str, data: int, event: Event) -> None:
    """By number or name; the high word is the wheel or the side button, whether or not it was written with a sign."""
    assert events_of(mouse(message, data)) == [event]


@pytest.mark.parametrize(
    "record",
    [
        {"MakeCode": 35, "Flags": 0, "Reserved": 0, "VKey": 72, "Message": 256, "ExtraInformation": 0},
        {"usFlags": 0, "usButtonFlags": 1, "usButtonData": 0, "lLastX": 3, "lLastY": -4},
    ],
)
def test_raw_input_has_no_time(record: dict[str, Any]) -> None:
    """It is known for what it is, and refused with what to do instead."""
    line = json.dumps(record).encode()
    with pytest.raises(FormatError, match="carries no time; record low-level hooks"):
        list(open_format(io.BytesIO(line))[1])


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (key(0, 1), "vkCode: must be 1 to 254"),
        (key(0x41, 0x1E, time=-1), "time: must be a DWORD"),
        (key(0x41, 0x1E, time=WRAP), "time: must be a DWORD"),
        ({"vkCode": 0x41, "scanCode": 0x1E, "flags": 0}, "time: missing"),
        ({"vkCode": "hunter2", "scanCode": 0x1E, "flags": 0, "time": 1}, "vkCode: must be int, not str"),
        ({"time": 1}, "vkCode: missing, and pt too"),
        (mouse("hunter2"), "message: must be a mouse message"),
        (mouse("WM_XBUTTONDOWN", 7 << 16), "message: must be a mouse message"),
        (mouse(0x0100), "message: must be a mouse message"),
        ({"message": 0x0200, "pt": [1, 2], "time": 1}, "pt: must be object, not array"),
    ],
)
def test_a_bad_line_costs_one_note(record: dict[str, Any], reason: str) -> None:
    """The lines around it stay; nothing is quoted."""
    notes = Notes()
    move = PointerMove(time_us=1000, x=812, y=-4)
    good = mouse("WM_MOUSEMOVE")
    assert events_of(good, record, good, notes=notes) == [move, Discontinuity(time_us=1000), move]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_an_unknown_field_is_counted() -> None:
    """Its event stays."""
    notes = Notes()
    assert len(events_of(key(0x41, 0x1E, message="WM_KEYDOWN", dwExtraInfo=0, hwnd=7), notes=notes)) == 1
    assert notes == Notes(lines=1, unknown_fields=Counter(hwnd=1))


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
    assert open_format(io.BytesIO(typed()))[0] == "windows-hook"
    assert open_format(io.BytesIO(json.dumps(mouse(0x0200)).encode()))[0] == "windows-hook"


def test_a_typed_password_does_not_leave() -> None:
    """The words around it do."""
    assert typed_text(list(filter_stream(io.BytesIO(typed())))) == "my password is \nHello there"
