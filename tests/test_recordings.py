"""The first lines tell the format, nothing of them is lost, and what cannot be told is refused with the way out."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import reticent
from reticent.errors import FormatError
from reticent.events import EVENT_TYPES, Discontinuity, State, Tick
from reticent.reading.head import heads
from reticent.reading.notes import Notes
from reticent.recordings import format_names, open_format

LITERALS = {
    "aalto": (
        "PARTICIPANT_ID\tTEST_SECTION_ID\tSENTENCE\tUSER_INPUT\tKEYSTROKE_ID\tPRESS_TIME\tRELEASE_TIME\tLETTER\tKEYCODE"
    ),
    "asciicast": '{"version":3,"term":{"cols":80,"rows":24}}',
    "ducktrack": '{"time_stamp": 150160.965, "action": "move", "x": 1, "y": 2}',
    "evemu": "E: 1.399994 0001 001e 0001\t# EV_KEY / KEY_A                1",
    "evtest": "Event: time 1700000000.123456, type 1 (EV_KEY), code 30 (KEY_A), value 1",
    "getevent": "[   15858.899741] EV_KEY       KEY_F4               DOWN",
    "idfx": '<log><event type="keyboard" id="1"><part type="winlog"><startTime>1200</startTime></part></event></log>',
    "libinput-record": "# libinput record\nversion: 1\nndevices: 1",
    "macos-tap": '{"type":10,"timestamp":1000,"flags":256,"keyboardEventKeycode":0}',
    "napsack": '{"timestamp":1.5,"event_type":"key_press","details":{"key":"a"},"cursor_position":[0,0]}',
    "native": '{"type":"keydown","time_us":5,"code":"KeyA","key":"a"}',
    "openadapt": '{"timestamp":1700000000.5,"type":"key.down","key_char":"H","canonical_key_char":"h"}',
    "openadapt-db": "SQLite format 3\0",
    "pynput": '{"pynput":"press","time_us":5,"name":"enter"}',
    "rrweb": '{"type":3,"data":{"source":5,"text":"****","isChecked":false,"id":42},"timestamp":1700000000123}',
    "screenpipe": (
        '{"timestamp":"2026-02-15T16:40:42.123Z","relative_ms":5123,"event_type":"text","content":"hello",'
        '"char_count":5}'
    ),
    "w3c": '{"type":"keydown","timeStamp":1.5,"key":"A","code":"KeyA","shiftKey":true}',
    "windows-hook": '{"vkCode":72,"scanCode":35,"flags":0,"time":5,"dwExtraInfo":0}',
    "xinput": "EVENT type 2 (KeyPress)\n    device: 5 (5)\n    detail: 38",
}
"""How recordings begin, as their recorders write them."""

NATIVE = b'{"type":"tick","time_us":1}\n'
DUCKTRACK = b'{"time_stamp": 1.5, "action": "pause"}\n'


class Dripping(io.RawIOBase):
    """Gives a byte at a time, as the slowest of pipes."""

    def __init__(self, data: bytes) -> None:
        self.data = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self.data.read(1)


@pytest.mark.parametrize("before", [b"", b"\n\r\n", b"\xef\xbb\xbf", b"garbage\n"])
@pytest.mark.parametrize("source", [io.BytesIO, Dripping])
@pytest.mark.parametrize(
    ("name", "line", "event"),
    [("native", NATIVE, Tick(time_us=1)), ("ducktrack", DUCKTRACK, State(time_us=1_500_000, recording=False))],
)
def test_the_first_line_that_is_known_tells(name: str, line: bytes, event: object, source: type, before: bytes) -> None:
    """Also when the recorder began with something else; that is noted as in any other place."""
    notes = Notes()
    found, batches = open_format(source(before + line * 100), notes=notes)
    events = [event for batch in batches for event in batch if type(event) is not Discontinuity]
    assert found == name
    assert events == [event] * 100
    assert notes.refused == (before == b"garbage\n")


def test_a_pipe_is_not_held_up() -> None:
    """The format is told, and the event given, as soon as one line is there."""
    source, sink = os.pipe()
    with os.fdopen(source, "rb") as stream, os.fdopen(sink, "wb", buffering=0) as writer:
        writer.write(NATIVE)
        name, batches = open_format(stream)
        assert (name, next(batches)) == ("native", [Tick(time_us=1)])


def test_the_last_line_needs_no_newline() -> None:
    """A recording of one line is a recording."""
    assert open_format(io.BytesIO(DUCKTRACK.strip()))[0] == "ducktrack"


@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_an_empty_stream_is_an_empty_native_one(data: bytes) -> None:
    """A day without events is no error."""
    name, batches = open_format(io.BytesIO(data))
    assert (name, list(batches)) == ("native", [])


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"time,key\n1,hunter2\n" * 100, "cannot tell the format of the input; name it"),
        (b'{"key": "hunter2"}', "cannot tell"),
        ('{"type":"tick","time_us":1}\n'.encode("utf-16"), "UTF-16"),
        (b'[{"type":"tick","time_us":1}]', "one object a line"),
        (b"x" * 3_000_000, "cannot tell"),
        (b'{"type":"tick","time_us":1,"time_stamp":1,"action":"pause"}\n', "may be ducktrack or native"),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, hint: str) -> None:
    """The message names the formats and the option, and quotes nothing."""
    with pytest.raises(FormatError, match=hint) as refusal:
        open_format(io.BytesIO(data))
    assert str(refusal.value).endswith(f"name it: --from NAME, one of {', '.join(format_names())}")
    assert "hunter2" not in str(refusal.value)


def test_a_name_settles_it() -> None:
    """No line is looked at first."""
    notes = Notes()
    name, batches = open_format(io.BytesIO(NATIVE), "ducktrack", notes)
    assert (name, list(batches), notes.refused) == ("ducktrack", [[Discontinuity(time_us=0)]], 1)


def test_an_unknown_name_is_refused() -> None:
    """With the names there are."""
    with pytest.raises(FormatError, match="ducktrack, .*native"):
        open_format(io.BytesIO(NATIVE), "csv")


def test_a_first_line_that_is_too_long() -> None:
    """The message names the limit."""
    with pytest.raises(FormatError, match="longer than 1 MiB"):
        open_format(io.BytesIO(b"x" * (2 << 20)))


def known_by(line: bytes) -> list[str]:
    """Formats that take a recording which begins so for theirs, each asked alone."""
    modules: list[Any] = [importlib.import_module(f"reticent.formats.{n.replace('-', '_')}") for n in format_names()]
    head = next(heads(line))
    return [name for name, module in zip(format_names(), modules, strict=True) if module.recognises(head)]


@pytest.mark.parametrize("name", LITERALS)
def test_a_recording_is_of_one_format(name: str) -> None:
    """Of its own."""
    data = LITERALS[name].encode()
    assert known_by(data) == [name]
    assert open_format(io.BytesIO(data))[0] == name


@pytest.mark.parametrize("value", [5, "x", {}, [1, "i", "x"]])
@pytest.mark.parametrize("type_", EVENT_TYPES)
def test_native_fields_are_of_no_other_format(type_: str, value: object) -> None:
    """So that others need not be asked: whatever the fields hold."""
    names = {name for kind in EVENT_TYPES.values() for name in kind.__struct_fields__}
    assert known_by(json.dumps({**dict.fromkeys(names, value), "type": type_}).encode()) == ["native"]


def test_a_native_recording_needs_no_other_format() -> None:
    """Other formats are not even imported."""
    lines = (
        "import io, sys",
        "from reticent.recordings import open_format",
        f"open_format(io.BytesIO({NATIVE!r}))",
        "print(*(name for name in sys.modules if name.startswith('reticent.formats.')))",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])}
    command = [sys.executable, "-c", "; ".join(lines)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["reticent.formats.native"]
