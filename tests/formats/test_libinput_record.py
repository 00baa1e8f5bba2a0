"""Recordings of ``libinput record`` become W3C events; keys that it hides stay hidden, and each device is a stream."""

from __future__ import annotations

import io
import json

import pytest

from reticent.api import filter_file
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove
from reticent.formats.libinput_record import read
from reticent.formats.native import from_records
from reticent.reading.notes import Notes
from reticent.recordings import detect_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.libinput_record import write

HEADER = """\
# libinput record
version: 1
ndevices: {devices}
libinput:
  version: "1.25.0"
  git: "unknown"
system:
  os: "fedora:40"
  kernel: "6.8.5"
  dmi: "dmi:bvnLENOVO:bvrN1QET83W"
devices:
"""
DEVICE = """\
- node: /dev/input/event{number}
  evdev:
    # Name: A device
    # ID: bus 0x0011 vendor 0x0002 product 0x0007 version 0x01b1
    # Supported Events:
    # Event type 0 (EV_SYN)
    # Event type 1 (EV_KEY)
    #   Event code 325 (BTN_TOOL_FINGER)
    # Properties:
    #    Property 0 (INPUT_PROP_POINTER)
    name: "A device"
    id: [17, 2, 7, 433]
    codes:
      0: [] # EV_SYN
      1: [{keys}] # EV_KEY
      2: [] # EV_REL
      3: [0, 1] # EV_ABS
    absinfo:
      0: [1472, 5112, 0, 0, 75]
    properties: [{properties}]
  hid: [
    0x05, 0x01, 0x09, 0x06
  ]
  udev:
    properties:
    - ID_INPUT=1
    - DRIVER=psmouse
    virtual: false
  quirks:
    - AttrTrackpointMultiplier=1.0
  libinput:
    capabilities: [pointer, gesture]
  events:
  # Current time is 12:13:14
"""
KEYBOARD = HEADER.format(devices=1) + DEVICE.format(number=3, keys="30, 31", properties="")
HIDDEN = "  - evdev:\n    - [  1, 207892,   1,  30,       1] # EV_KEY / KEY_A                     1 (obfuscated)\n"
SHOWN = "    - [  1, 207892,   1,  30,       1] # EV_KEY / KEY_A                     1\n"
DOWN = KeyDown(time_us=1_207_892, code="KeyA", device="3")


def events_of(text: str, notes: Notes | None = None, chunk_bytes: int = 1 << 18) -> list[Event]:
    """Events of a recording."""
    return [event for batch in read(io.BytesIO(text.encode()), notes, chunk_bytes) for event in batch]


def test_a_hidden_key_is_an_unknown_key() -> None:
    """It says KEY_A and means any key."""
    notes = Notes()
    assert events_of(KEYBOARD + HIDDEN, notes) == [KeyDown(time_us=1_207_892, device="3")]
    assert notes == Notes(lines=1)


def test_keys_that_are_shown_are_known() -> None:
    """With ``--show-keycodes``, and those that are never hidden."""
    enter = "    - [  2,      5,   1,  28,       0] # EV_KEY / KEY_ENTER                 0\n"
    assert events_of(KEYBOARD + SHOWN + enter) == [DOWN, KeyUp(time_us=2_000_005, code="Enter", device="3")]


def test_what_says_the_same_once_more_is_left_out() -> None:
    """Scan codes, libinput's own events, raw HID reports, comments."""
    notes = Notes()
    lines = (
        "    - [  1, 207892,   4,   4,      30] # EV_MSC / MSC_SCAN                 30 (obfuscated)\n" + SHOWN
        + "    - [  1, 207892,   0,   0,       0] # ------------ SYN_REPORT (0) ---------- +0ms\n"
        "                                     # Touch device in neutral state\n"
        "  # Current time is 12:13:19\n"
        "  - libinput:\n    - {time: 1.207892, type: KEYBOARD_KEY, key: 30, state: pressed}\n"
        "  - hidraw:\n    hidraw0: [ 0x02, 0x00, 0x04 ]\n"
    )  # fmt: skip
    assert events_of(KEYBOARD + lines, notes) == [DOWN]
    assert notes == Notes(lines=1)


@pytest.mark.parametrize(("properties", "is_screen"), [("0, 2", False), ("1", True), ("", False), ("10", False)])
def test_touchpads_and_touchscreens_are_told_apart(properties: str, is_screen: bool) -> None:
    """By what the description says; a comment says nothing."""
    rows = ((1, 325, 1), (1, 330, 1), (3, 0, 3000), (3, 1, 2000), (0, 0, 0), (3, 0, 3010), (0, 0, 0))
    lines = "".join(f"    - [  0,      7, {kind:3}, {code:3}, {value:7}] # x\n" for kind, code, value in rows)
    text = HEADER.format(devices=1) + DEVICE.format(number=0, keys="325, 330", properties=properties) + lines
    screen = [
        PointerMove(time_us=7, x=3000, y=2000), PointerDown(time_us=7, x=3000, y=2000),
        PointerMove(time_us=7, x=3010, y=2000),
    ]  # fmt: skip
    assert events_of(text) == (screen if is_screen else [PointerMove(time_us=7, x=10, y=0)])


def test_each_of_several_devices_is_a_stream() -> None:
    """They come one after the other, each from the beginning; the end of a recording may stand before a device."""
    second = "# Closing after 2s inactivity" + DEVICE.format(number=12, keys="30", properties="")
    early = SHOWN.replace("[  1, 207892", "[  0,      1")
    first = HEADER.format(devices=2) + DEVICE.format(number=3, keys="", properties="")
    assert events_of(first + SHOWN + second + early) == [
        KeyDown(time_us=1_207_892, code="KeyA", device="3", stream="3"),
        KeyDown(time_us=1, code="KeyA", device="12", stream="12"),
    ]


def test_dropped_events_are_a_discontinuity() -> None:
    """SYN_DROPPED is the third of its type."""
    dropped = "    - [  1, 207892,   0,   3,       0] # ------------ SYN_DROPPED (0) ---------- +0ms\n"
    assert events_of(KEYBOARD + dropped) == [Discontinuity(time_us=1_207_892)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("    - [  1, 207892,   1,  31] # EV_KEY", "not a line of libinput record"),
        ("    - [  1, 207892,   1,  31,       1", "not a line of libinput record"),
        ("    - [  1, 207892,   1,  31,       5] # EV_KEY", "value: must be"),
        ("hunter2", "not a line of libinput record"),
    ],
)
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay, and nothing of it is said."""
    notes = Notes()
    assert events_of(f"{KEYBOARD}{SHOWN}{line}\n{SHOWN}", notes) == [DOWN, Discontinuity(time_us=DOWN.time_us), DOWN]
    [(number, said)] = notes.refused_lines
    assert number == KEYBOARD.count("\n") + 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes) and "31" not in said


def test_absurd_descriptions_are_no_matter() -> None:
    """A number of any length."""
    huge = KEYBOARD.replace("id: [17", "id: [" + "9" * 9999).replace("30, 31", "9" * 9999)
    assert events_of(huge + SHOWN) == [DOWN]


def test_chunks_do_not_matter() -> None:
    """Nor do CRLF line ends."""
    text = KEYBOARD + SHOWN
    assert events_of(text, chunk_bytes=1) == events_of(text) == events_of(text.replace("\n", "\r\n")) == [DOWN]


def test_told_by_its_content() -> None:
    """And by no other format."""
    assert detect_format(io.BytesIO(KEYBOARD.encode()))[0] == "libinput-record"


def test_a_typed_secret_does_not_leave() -> None:
    """Ordinary words do."""
    script = expand('type:"we walked along the river\\n" type:"my password is hunter2!Q\\n" type:"it was fine\\n"')
    target = io.BytesIO()
    report = filter_file(io.BytesIO(write(from_records(script.events))), target)
    rows = [json.loads(line) for line in target.getvalue().splitlines()]
    assert report.marks == {"credential": "<5"} and report.quality == {}
    assert find_leaks(rows, ["hunter2!Q", "hunter2"]) == []
    assert find_missing(rows, ["we walked along the river", "it was fine"]) == []


def test_streams_are_filtered_apart() -> None:
    """Keys of two keyboards do not mix."""
    target = io.BytesIO()
    parts = [DEVICE.format(number=number, keys="30", properties="") + SHOWN for number in (3, 12)]
    filter_file(io.BytesIO((HEADER.format(devices=2) + "".join(parts)).encode()), target)
    rows = [json.loads(line) for line in target.getvalue().splitlines()]
    assert len({row.get("stream") for row in rows if row["type"] == "keydown"}) == 2


def test_a_bad_line_breaks_the_stream_it_is_in() -> None:
    """Not another one."""
    text = HEADER.format(devices=2) + DEVICE.format(number=3, keys="", properties="") + SHOWN + "oops\n"
    assert events_of(text)[-1] == Discontinuity(time_us=DOWN.time_us, stream="3")
