"""What Android's getevent prints becomes W3C events, of every device of it; without times it is refused."""

from __future__ import annotations

import io
import json

import pytest

from reticent.api import filter_file
from reticent.errors import FormatError
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.formats.getevent import read
from reticent.formats.native import from_records
from reticent.reading.notes import Notes
from reticent.recordings import detect_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.getevent import write

TIME_US = 15_858_899_741
KEY = "[   15858.899741] EV_KEY       KEY_F4               DOWN                \n"
DOWN = KeyDown(time_us=TIME_US, code="F4")
HEADER = """\
add device 1: /dev/input/event4
  name:     "gpio-keys"
could not get driver version for /dev/input/mouse0, Not a typewriter
"""


def events_of(text: str, notes: Notes | None = None, chunk_bytes: int = 1 << 18) -> list[Event]:
    """Events of a recording."""
    return [event for batch in read(io.BytesIO(text.encode()), notes, chunk_bytes) for event in batch]


def rows(*lines: str) -> str:
    """Lines at one time."""
    return "".join(f"[   15858.899741] {line}\n" for line in lines)


def test_a_key() -> None:
    """By its label; times are exact."""
    assert events_of(KEY) == [DOWN]
    assert events_of(KEY.replace("DOWN  ", "REPEAT")) == [KeyDown(time_us=TIME_US, code="F4", repeat=True)]
    assert events_of(KEY.replace("DOWN", "UP  ")) == [KeyUp(time_us=TIME_US, code="F4")]


def test_devices_are_called_by_their_number() -> None:
    """Each is a device of its own."""
    text = rows("/dev/input/event2: EV_KEY KEY_A DOWN", "/dev/input/event11: EV_KEY KEY_S DOWN")
    assert events_of(HEADER + text) == [
        KeyDown(time_us=TIME_US, code="KeyA", device="2"), KeyDown(time_us=TIME_US, code="KeyS", device="11"),
    ]  # fmt: skip


def test_numbers_without_labels() -> None:
    """As ``getevent -t`` prints them."""
    assert events_of(rows("/dev/input/event0: 0001 001e 00000001")) == [KeyDown(time_us=TIME_US, code="KeyA")]


@pytest.mark.parametrize("label", ["KEY_MICMUTE", "KEY_VIDEO_PREVIOUS_N", "00f8"])
def test_labels_without_a_code_are_unknown_keys(label: str) -> None:
    """Something was pressed; the label may be cut off."""
    assert events_of(rows(f"EV_KEY       {label:20} DOWN")) == [KeyDown(time_us=TIME_US)]


@pytest.mark.parametrize(
    ("label", "code"), [("KEY_KATAKANAHIRAGANA", "KanaMode"), ("KEY_MIN_INTERESTING", "AudioVolumeMute")]
)
def test_labels_of_full_length_and_odd_ones_are_known(label: str, code: str) -> None:
    """Of two names of one number the older is printed."""
    assert events_of(rows(f"EV_KEY       {label:20} DOWN")) == [KeyDown(time_us=TIME_US, code=code)]


def test_a_touch_is_where_the_finger_is() -> None:
    """Values are hexadecimal; a phone counts fingers and is no touchpad."""
    text = rows(
        "EV_ABS       ABS_MT_TRACKING_ID   000000f1", "EV_KEY       BTN_TOUCH            DOWN",
        "EV_KEY       BTN_TOOL_FINGER      DOWN", "EV_ABS       ABS_MT_POSITION_X    000002a4",
        "EV_ABS       ABS_MT_POSITION_Y    00000010", "EV_ABS       ABS_MT_TOOL_TYPE     MT_TOOL_FINGER",
        "EV_SYN       SYN_REPORT           00000000 rate 118", "EV_ABS       ABS_MT_TRACKING_ID   ffffffff",
        "EV_KEY       BTN_TOUCH            UP", "EV_SYN       SYN_REPORT           00000000",
    )  # fmt: skip
    notes = Notes()
    place = {"time_us": TIME_US, "x": 0x2A4, "y": 16}
    assert events_of(text, notes) == [PointerMove(**place), PointerDown(**place), PointerUp(**place)]
    assert notes == Notes(lines=3)


def test_a_mouse() -> None:
    """Negative counts, and the old name of the left button."""
    text = rows(
        "EV_REL       REL_X                fffffffe", "EV_REL       REL_WHEEL            ffffffff",
        "EV_KEY       BTN_MOUSE            DOWN", "EV_SYN       SYN_REPORT           00000000",
    )  # fmt: skip
    assert events_of(text) == [
        PointerMove(time_us=TIME_US, x=-2, y=0),
        Wheel(time_us=TIME_US, x=-2, y=0, delta_y=120),
        PointerDown(time_us=TIME_US, x=-2, y=0),
    ]


def test_dropped_events_are_a_discontinuity() -> None:
    """By label."""
    assert events_of(rows("EV_SYN       SYN_DROPPED          00000000")) == [Discontinuity(time_us=TIME_US)]


def test_a_recording_without_times_is_refused() -> None:
    """With the fix."""
    with pytest.raises(FormatError, match="getevent -lt"):
        events_of(HEADER + "/dev/input/event2: EV_KEY       KEY_A                DOWN\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("EV_KEY       KEY_S                DOWN", "getevent printed no times"),
        ("[   15858.8997] EV_KEY       KEY_S                DOWN", "not a line of getevent"),
        ("[   15858.899741] EV_KEY       KEY_S", "not a line of getevent"),
        ("[   15858.899741] EV_KEY       KEY_S                00000005", "value: must be"),
        ("hunter2", "not a line of getevent"),
    ],
)
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay, and nothing of it is said."""
    notes = Notes()
    assert events_of(f"{KEY}{line}\n{KEY}", notes) == [DOWN, Discontinuity(time_us=TIME_US), DOWN]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes) and "KEY_S" not in said


def test_chunks_do_not_matter() -> None:
    """Nor do the line ends that old versions of adb make."""
    text = HEADER + KEY
    assert events_of(text, chunk_bytes=1) == events_of(text) == events_of(text.replace("\n", "\r\r\n")) == [DOWN]


@pytest.mark.parametrize("start", [KEY, HEADER, "/dev/input/event2: EV_KEY KEY_A DOWN\n"])
def test_told_by_its_content(start: str) -> None:
    """And by no other format; also without times, to say what is missing."""
    assert detect_format(io.BytesIO(start.encode()))[0] == "getevent"


@pytest.mark.parametrize("text", ["0001 001e 00000001\n", "EV_KEY KEY_A\n", "[1.5] EV_KEY KEY_A DOWN\n"])
def test_other_text_is_not_taken_for_it(text: str) -> None:
    """The first lines decide."""
    with pytest.raises(FormatError, match="cannot tell the format"):
        detect_format(io.BytesIO(text.encode()))


def test_a_typed_secret_does_not_leave() -> None:
    """Ordinary words do."""
    script = expand('type:"we walked along the river\\n" type:"my password is hunter2!Q\\n" type:"it was fine\\n"')
    target = io.BytesIO()
    report = filter_file(io.BytesIO(write(from_records(script.events))), target)
    found = [json.loads(line) for line in target.getvalue().splitlines()]
    assert report.marks == {"credential": "<5"} and report.quality == {}
    assert find_leaks(found, ["hunter2!Q", "hunter2"]) == []
    assert find_missing(found, ["we walked along the river", "it was fine"]) == []


@pytest.mark.parametrize("line", ["EV_KEY SYRT DOWN", "EV_KEY KEY_S DOWNDOWN", "EV_KEY KEY_S BEEF", "KEY_S KEY_S DOWN"])
def test_labels_that_are_none_are_refused(line: str) -> None:
    """Whatever they look like."""
    notes = Notes()
    assert events_of(rows(line), notes) == [Discontinuity(time_us=0)]
    assert notes.refused == 1
