"""What evtest prints becomes W3C events: exact times, physical keys, and nothing else that it prints."""

from __future__ import annotations

import io
import json

import pytest

from reticent.api import filter_file
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, Wheel
from reticent.formats.evtest import read
from reticent.formats.native import from_records
from reticent.reading.notes import Notes
from reticent.recordings import detect_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.evtest import write

KEY = "Event: time 1700000000.123456, type 1 (EV_KEY), code 30 (KEY_A), value 1\n"
SYN = "Event: time 1700000000.123456, -------------- SYN_REPORT ------------\n"
DOWN = KeyDown(time_us=1_700_000_000_123_456, code="KeyA")
TOUCHPAD = """\
Input driver version is 1.0.1
Input device ID: bus 0x11 vendor 0x2 product 0x7 version 0x1b1
Input device name: "SynPS/2 Synaptics TouchPad"
Supported events:
  Event type 0 (EV_SYN)
  Event type 1 (EV_KEY)
    Event code 272 (BTN_LEFT)
    Event code 325 (BTN_TOOL_FINGER)
    Event code 330 (BTN_TOUCH)
  Event type 3 (EV_ABS)
    Event code 0 (ABS_X)
      Value   3283
      Min     1472
      Max     5112
      Resolution      75
    Event code 1 (ABS_Y)
      Value   2785
Properties:
  Property type 0 (INPUT_PROP_POINTER)
Testing ... (interrupt to exit)
***********************************************
  This device is grabbed by another process.
  No events are available to evtest while the
  other grab is active.
  In most cases, this is caused by an X driver,
  try VT-switching and re-run evtest again.
  Run the following command to see processes with
  an open fd on this device
 "fuser -v /dev/input/event5"
***********************************************
"""


def events_of(text: str, notes: Notes | None = None, chunk_bytes: int = 1 << 18) -> list[Event]:
    """Events of a recording."""
    return [event for batch in read(io.BytesIO(text.encode()), notes, chunk_bytes) for event in batch]


def row(text: str) -> str:
    """A line at 1.5 s, whatever type it is of."""
    return f"Event: time 1.500000, {text}\n"


def test_a_key() -> None:
    """By its number; times are exact."""
    assert events_of(KEY + SYN) == [DOWN]


def test_values_are_up_down_and_repeat() -> None:
    """A repeat is marked as one; a key with another number has no code."""
    lines = [row(f"type 1 (EV_KEY), code {code} (?), value {value}") for code, value in ((30, 2), (30, 0), (248, 1))]
    assert events_of("".join(lines)) == [
        KeyDown(time_us=1_500_000, code="KeyA", repeat=True),
        KeyUp(time_us=1_500_000, code="KeyA"),
        KeyDown(time_us=1_500_000),
    ]


def test_scan_codes_are_hexadecimal_and_say_nothing() -> None:
    """They are the key once more."""
    notes = Notes()
    assert events_of(row("type 4 (EV_MSC), code 4 (MSC_SCAN), value 7002e") + KEY, notes) == [DOWN]
    assert notes == Notes(lines=1)


def test_pointers_and_wheels() -> None:
    """A frame at a time; the fine wheel says its notch twice."""
    lines = (
        row("type 2 (EV_REL), code 0 (REL_X), value -5"), row("type 2 (EV_REL), code 8 (REL_WHEEL), value -1"),
        row("type 2 (EV_REL), code 11 (REL_WHEEL_HI_RES), value -120"), row("-------------- SYN_REPORT ------------"),
        row("type 1 (EV_KEY), code 272 (BTN_LEFT), value 1"), row("-------------- Report Sync ------------"),
    )  # fmt: skip
    assert events_of("".join(lines)) == [
        PointerMove(time_us=1_500_000, x=-5, y=0),
        Wheel(time_us=1_500_000, x=-5, y=0, delta_y=120),
        PointerDown(time_us=1_500_000, x=-5, y=0),
    ]


@pytest.mark.parametrize("marks", ["--------------", ">>>>>>>>>>>>>>"])
def test_dropped_events_are_a_discontinuity(marks: str) -> None:
    """As old and as new versions print it."""
    assert events_of(row(f"{marks} SYN_DROPPED <<<<<<<<<<<<") + SYN + KEY) == [Discontinuity(time_us=1_500_000), DOWN]


def test_a_described_touchpad_is_a_relative_pointer() -> None:
    """Fingers are not where the pointer is; the description is no event."""
    notes = Notes()
    lines = "".join(
        row(line)
        for line in (
            "type 3 (EV_ABS), code 0 (ABS_X), value 3000", "type 3 (EV_ABS), code 1 (ABS_Y), value 2000",
            "type 1 (EV_KEY), code 325 (BTN_TOOL_FINGER), value 1", "-------------- SYN_REPORT ------------",
            "type 3 (EV_ABS), code 0 (ABS_X), value 3010", "-------------- SYN_REPORT ------------",
        )
    )  # fmt: skip
    assert events_of(TOUCHPAD + lines, notes) == [PointerMove(time_us=1_500_000, x=10, y=0)]
    assert notes == Notes(lines=1)
    screen = TOUCHPAD.replace("type 0 (INPUT_PROP_POINTER)", "type 1 (INPUT_PROP_DIRECT)")
    assert events_of(screen + lines)[0] == PointerMove(time_us=1_500_000, x=3000, y=2000)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Event: time 1.5, type 1 (EV_KEY), code 31 (KEY_S), value 1", "not a line of evtest"),
        ("Event: time 1.500000, type 1 (EV_KEY), code 31 (KEY_S)", "not a line of evtest"),
        ("ent: time 1.500000, type 1 (EV_KEY), code 31 (KEY_S), value 1", "not a line of evtest"),
        ("Event: time 1.500000, type 1 (EV_KEY), code 31 (KEY_S), value 7", "value: must be"),
        ("Event: time 99999999999.500000, type 1 (EV_KEY), code 31 (KEY_S), value 1", "time: "),
        ("hunter2", "not a line of evtest"),
    ],
)
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay, and nothing of it is said."""
    notes = Notes()
    assert events_of(f"{KEY}{line}\n{KEY}", notes) == [DOWN, Discontinuity(time_us=DOWN.time_us), DOWN]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes) and "31" not in said


def test_chunks_do_not_matter() -> None:
    """Nor do CRLF line ends."""
    text = TOUCHPAD + KEY + SYN
    assert events_of(text, chunk_bytes=1) == events_of(text) == events_of(text.replace("\n", "\r\n")) == [DOWN]


@pytest.mark.parametrize("start", [KEY, SYN, TOUCHPAD])
def test_told_by_its_content(start: str) -> None:
    """And by no other format."""
    assert detect_format(io.BytesIO(start.encode()))[0] == "evtest"


def test_a_typed_secret_does_not_leave() -> None:
    """Ordinary words do."""
    script = expand('type:"we walked along the river\\n" type:"my password is hunter2!Q\\n" type:"it was fine\\n"')
    target = io.BytesIO()
    report = filter_file(io.BytesIO(write(from_records(script.events))), target)
    rows = [json.loads(line) for line in target.getvalue().splitlines()]
    assert report.marks == {"credential": "<5"} and report.quality == {}
    assert find_leaks(rows, ["hunter2!Q", "hunter2"]) == []
    assert find_missing(rows, ["we walked along the river", "it was fine"]) == []
