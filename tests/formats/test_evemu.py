"""Recordings of evemu-record become W3C events, all 36 real ones of them."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from reticent.api import filter_file
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerMove
from reticent.formats.evemu import read
from reticent.formats.native import from_records
from reticent.reading.notes import Notes
from reticent.recordings import detect_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.evemu import write

KEY = "E: 1.399994 0001 001e 0001\t# EV_KEY / KEY_A                1\n"
SYN = "E: 1.399994 0000 0000 0000\t# ------------ SYN_REPORT (0) ---------- +1399ms\n"
DOWN = KeyDown(time_us=1_399_994, code="KeyA")
DESCRIPTION = """\
# EVEMU 1.3
# Kernel: 4.13.11
# Input device name: "Finger Works"
#  Property type 0 (INPUT_PROP_POINTER)
N: Finger Works
I: 0011 0002 0007 01b1
P: {properties} 00 00 00 00 00 00 00
B: 00 0b 00 00 00 00 00 00 00
B: 01 00 00 00 00 00 00 00 00
B: 01 00 00 00 00 00 00 00 00
B: 01 00 00 00 00 00 00 00 00
B: 01 00 00 00 00 00 00 00 00
B: 01 00 00 01 00 00 00 00 00
B: 01 20 04 00 00 00 00 00 00
B: 02 00 00 00 00 00 00 00 00
A: 00 1472 5112 0 0 75
A: 01 1408 3834 0 0 129
################################
#      Waiting for events      #
################################
E: 0.000000 0003 0000 3000
E: 0.000000 0003 0001 2000
E: 0.000000 0001 014a 0001
E: 0.000000 0000 0000 0000
E: 0.010000 0003 0000 3010
E: 0.010000 0003 0001 1990
E: 0.010000 0000 0000 0000
"""


def events_of(text: str, notes: Notes | None = None, chunk_bytes: int = 1 << 18) -> list[Event]:
    """Events of a recording."""
    return [event for batch in read(io.BytesIO(text.encode()), notes, chunk_bytes) for event in batch]


def test_a_key() -> None:
    """Type and code are hexadecimal, the value is decimal with zeros before it; times are exact."""
    assert events_of(KEY + SYN) == [DOWN]
    assert events_of("E: 1332938253.689858 0001 001e 2\nE: 1332938253.689861 0001 001e 0\n") == [
        KeyDown(time_us=1_332_938_253_689_858, code="KeyA", repeat=True),
        KeyUp(time_us=1_332_938_253_689_861, code="KeyA"),
    ]


def test_values_are_decimal() -> None:
    """``0010`` is ten, not eight or sixteen."""
    assert events_of("E: 0.000001 0002 0000 0010\nE: 0.000001 0002 0001 -013\n" + "E: 0.000001 0000 0000 0000\n") == [
        PointerMove(time_us=1, x=10, y=-13)
    ]


def test_a_described_touchpad_is_a_relative_pointer() -> None:
    """Told by BTN_TOOL_FINGER, the 0x145th bit of its keys; two fingers are not one."""
    notes = Notes()
    text = DESCRIPTION.format(properties="01").replace("E: 0.000000 0001 014a 0001", "E: 0.000000 0001 0145 0001")
    assert events_of(text, notes) == [PointerMove(time_us=10_000, x=10, y=-10)]
    assert notes == Notes(lines=1)
    assert events_of(DESCRIPTION.format(properties="01")) == []


def test_a_described_touchscreen_is_an_absolute_one() -> None:
    """Told by INPUT_PROP_DIRECT, the second bit of its properties."""
    first, touch, second = events_of(DESCRIPTION.format(properties="02"))
    assert first == PointerMove(time_us=0, x=3000, y=2000)
    assert type(touch).__name__ == "PointerDown"
    assert second == PointerMove(time_us=10_000, x=3010, y=1990)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("E: 1.5 0001 001f 1", "not a line of evemu-record"),
        ("E: 1.500000 1 1f 1", "not a line of evemu-record"),
        ("E: 1.500000 0001 001f", "not a line of evemu-record"),
        ("1.500000 0001 001f 0001", "not a line of evemu-record"),
        ("E: 1.500000 0001 001f 0009", "value: must be"),
        ("hunter2", "not a line of evemu-record"),
    ],
)
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay, and nothing of it is said."""
    notes = Notes()
    assert events_of(f"{KEY}{line}\n{KEY}", notes) == [DOWN, Discontinuity(time_us=DOWN.time_us), DOWN]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes) and "1f" not in said


def test_chunks_do_not_matter() -> None:
    """Nor do CRLF line ends."""
    text = DESCRIPTION.format(properties="02") + KEY + SYN
    assert events_of(text, chunk_bytes=1) == events_of(text) == events_of(text.replace("\n", "\r\n"))


@pytest.mark.parametrize("start", [KEY, SYN, DESCRIPTION, "N: An old one\nI: 0011 0002 0007 01b1\n"])
def test_told_by_its_content(start: str) -> None:
    """And by no other format."""
    assert detect_format(io.BytesIO(start.encode()))[0] == "evemu"


def test_a_typed_secret_does_not_leave() -> None:
    """Ordinary words do."""
    script = expand('type:"we walked along the river\\n" type:"my password is hunter2!Q\\n" type:"it was fine\\n"')
    target = io.BytesIO()
    report = filter_file(io.BytesIO(write(from_records(script.events))), target)
    rows = [json.loads(line) for line in target.getvalue().splitlines()]
    assert report.marks == {"credential": "<5"} and report.quality == {}
    assert find_leaks(rows, ["hunter2!Q", "hunter2"]) == []
    assert find_missing(rows, ["we walked along the river", "it was fine"]) == []


@pytest.fixture(scope="module")
def recordings() -> dict[str, bytes]:
    """Real recordings of keyboards, mice and touchpads, by name, from the folder that RETICENT_DATA names."""
    folder = os.environ.get("RETICENT_DATA")
    if not folder:
        pytest.skip("RETICENT_DATA is not set: real recordings are NOT tested")
    paths = sorted(Path(folder, "streams", "evemu").glob("*.gz"))
    return {path.name: gzip.decompress(path.read_bytes()) for path in paths}


def test_real_recordings_are_read_whole(recordings: dict[str, bytes]) -> None:
    """43,624 rows of 36 devices: none is refused, and times never go back."""
    assert len(recordings) == 36
    counts: Counter[str] = Counter()
    for name, data in recordings.items():
        notes = Notes()
        events = [event for batch in read(io.BytesIO(data), notes) for event in batch]
        times_us = [event.time_us for event in events]
        assert notes == Notes(lines=len(events)), name
        assert times_us == sorted(times_us), name
        counts.update(type(event).__name__ for event in events)
    assert counts == {
        "PointerMove": 9_724, "Wheel": 83, "PointerDown": 42, "PointerUp": 42, "KeyDown": 7, "KeyUp": 2,
    }  # fmt: skip


def test_real_recordings_are_told_by_their_content(recordings: dict[str, bytes]) -> None:
    """With a description or without."""
    assert {detect_format(io.BytesIO(data))[0] for data in recordings.values()} == {"evemu"}


def test_real_recordings_are_filtered_whole(recordings: dict[str, bytes]) -> None:
    """They hold no secret: every event leaves, but for the release of the Enter that began two of the recordings."""
    released = 0
    for name, data in recordings.items():
        target = io.BytesIO()
        report = filter_file(io.BytesIO(data), target)
        events = sum(map(len, read(io.BytesIO(data))))
        released += 1 + events - len(target.getvalue().splitlines())
        assert (report.marks, report.quality, report.failed) == ({}, {}, False), name
    assert released == 2
