"""The first lines tell the format, nothing of them is lost, and what cannot be told is refused with the way out."""

from __future__ import annotations

import io
import os

import pytest

from reticent.errors import FormatError
from reticent.events import Discontinuity, State, Tick
from reticent.reading.notes import Notes
from reticent.recordings import format_names, open_format

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
    assert all(f"--from {name}" in str(refusal.value) for name in format_names())
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
