"""Lines become events whatever chunks they come in; a bad line costs one note and a discontinuity."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from reticent.errors import FormatError
from reticent.events import Discontinuity, Event, Tick
from reticent.reading.lines import BYTE_ORDER_MARK, ByteSource, LineFormat, read_available, read_text
from reticent.reading.notes import FieldError, Notes
from reticent.reading.schema import Schema

CANARY = "hunter2"


class Beat(msgspec.Struct, tag_field="type", tag="beat", forbid_unknown_fields=True):
    """A record of one number."""

    at: int


class Rest(msgspec.Struct, tag_field="type", tag="rest", forbid_unknown_fields=True):
    """A record of nothing but its time."""

    at: int = 0


def adapt(records: list[Any]) -> list[Event]:
    """An event a record; 13 does not fit."""
    if any(record.at == 13 for record in records):
        raise FieldError("at: no such time")
    return [Tick(time_us=record.at) for record in records]


FORMAT = LineFormat(Schema("type", {"beat": Beat, "rest": Rest}), adapt)


class Dripping:
    """Gives a byte at a time, as the slowest of pipes."""

    def __init__(self, data: bytes) -> None:
        self.data = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        """The next byte."""
        return self.data.read(1)


def beat(at: int) -> bytes:
    """A good line."""
    return b'{"type":"beat","at":%d}\n' % at


def read(source: bytes | ByteSource, chunk: int = 1 << 18, longest: int = 1 << 20) -> tuple[list[Event], Notes]:
    """Events and notes of a recording."""
    notes = Notes()
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return [event for batch in FORMAT.read(stream, notes, chunk, longest) for event in batch], notes


def shape(events: list[Event]) -> list[int | str]:
    """Times, with a bar and its time for each discontinuity."""
    return [f"|{event.time_us}" if isinstance(event, Discontinuity) else event.time_us for event in events]


MIXED = (
    beat(1) + b"\n" + b"  \t\r\n" + beat(2) + b"no JSON " + CANARY.encode() + b"\n" + beat(13)
    + beat(3).replace(b"\n", b"\r\n")
    + b'{"type":"beat","at":4,"mood":"fine"}\n' + b'{"type":"drum","at":5}\n[]\n' + beat(6) + beat(7).strip()
)  # fmt: skip


@pytest.mark.parametrize("chunk", [1, 2, 7, 30, 64, 1 << 18])
def test_chunks_make_no_difference(chunk: int) -> None:
    """Neither to the events nor to the notes."""
    events, notes = read(MIXED, chunk)
    assert shape(events) == [1, 2, "|2", "|2", 3, 4, "|4", "|4", 6, 7]
    assert (notes.lines, notes.refused) == (10, 4)
    assert [line for line, _ in notes.refused_lines] == [5, 6, 9, 10]
    assert (notes.unknown_fields, notes.unknown_types) == ({"mood": 1}, {"drum": 1})
    assert CANARY not in repr(notes)


def test_reasons_come_from_whoever_refused() -> None:
    """The decoder, the schema, or the format itself."""
    _, notes = read(MIXED)
    reasons = [reason for _, reason in notes.refused_lines]
    assert reasons[0].startswith("not JSON in UTF-8")
    assert reasons[1] == "at: no such time"
    assert reasons[2].startswith("type: not a type")
    assert reasons[3].startswith("not a JSON object")


def test_a_source_may_give_a_byte_at_a_time() -> None:
    """Or have only ``read``."""
    assert read(Dripping(MIXED))[0] == read(MIXED)[0]


def test_events_come_as_soon_as_their_line_is_there() -> None:
    """A pipe is not held up."""
    given = Dripping(beat(1) + beat(2))
    batches: Iterator[list[Event]] = FORMAT.read(given, None, 1 << 18, 1 << 20)
    assert next(batches) == [Tick(time_us=1)]
    assert given.data.tell() == len(beat(1))


@pytest.mark.parametrize("line", [beat(1) * 2, beat(1).strip() + b" " + beat(2), b'{"type":"beat",\n"at":1}\n'])
def test_objects_are_one_a_line(line: bytes) -> None:
    """Two in a line, or one over two, are no events, wherever a chunk ends."""
    expected = [1, 1] if line.count(b"\n{") else ["|0"] * line.count(b"\n")
    for chunk in (5, 1 << 18):
        assert shape(read(line, chunk)[0]) == expected


@pytest.mark.parametrize("chunk", [3, 1 << 18])
def test_a_line_that_is_too_long_is_dropped(chunk: int) -> None:
    """Without being kept; what is around it stays."""
    long = b'{"type":"beat","at":2,"mood":"' + b"x" * 500 + b'"}\n'
    events, notes = read(beat(1) + long + beat(3), chunk, 100)
    assert shape(events) == [1, "|1", 3]
    assert notes.refused_lines == [(2, "longer than a line may be (100 bytes); write one event a line")]
    assert shape(read(beat(1) + long.strip(), chunk, 100)[0]) == [1, "|1"]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    """Of any other it is."""
    assert shape(read(BYTE_ORDER_MARK + beat(1))[0]) == [1]
    assert shape(read(beat(1) + BYTE_ORDER_MARK + beat(2))[0]) == [1, "|1"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n \n", BYTE_ORDER_MARK])
def test_nothing_is_no_event(data: bytes) -> None:
    """And no fault."""
    assert read(data) == ([], Notes())


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"type":"beat","at":1e999}', b'"\xff"', b"\0", b'{"at":1}'])
def test_no_line_is_a_crash(line: bytes) -> None:
    """Deep, long, torn or empty: it is noted."""
    events, notes = read(beat(1) + line + b"\n" + beat(2))
    assert shape(events) == [1, "|1", 2]
    assert notes.refused == 1


def test_text_is_no_bytes() -> None:
    """The message says how to get them."""
    with pytest.raises(FormatError, match=r"binary mode.*sys\.stdin\.buffer"):
        read_available(io.StringIO(CANARY), 5)  # type: ignore[arg-type]


def test_what_there_is_by_now_is_read() -> None:
    """``read1`` is preferred, for ``read`` would wait."""

    class Pipe(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("would wait")

    assert read_available(Pipe(b"abc"), 2) == b"ab"


class Streams:
    """A text format: each line is the name of a stream."""

    def line(self, line: bytes) -> list[Event]:
        """Refuses one name."""
        if line == b"bad":
            raise FieldError("not a name")
        return [Tick(time_us=7, stream=line.decode())]

    def end(self) -> list[Event]:
        """Nothing waits."""
        return []


def test_a_line_of_text_that_does_not_fit_breaks_the_stream_it_is_in() -> None:
    """That of the event before, at its time."""
    [events] = read_text(io.BytesIO(b"one\ntwo\nbad\n"), Streams())
    assert events[-1] == Discontinuity(time_us=7, stream="two")
