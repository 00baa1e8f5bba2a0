"""Lines of a byte source to events: JSON objects (``LineFormat``), or text of any kind (``read_text``).

A chunk of JSON lines is decoded at once. Only when something in it does not fit is it taken line by line, so that a
bad line costs one note and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from reticent.errors import FormatError
from reticent.events import Discontinuity, Event
from reticent.reading.head import BYTE_ORDER_MARK
from reticent.reading.notes import FieldError, Notes
from reticent.reading.order import Order
from reticent.reading.schema import UNFIT, Schema

__all__ = [
    "CHUNK_BYTES", "MAX_LINE_BYTES", "ByteSource", "LineFormat", "LineReader", "Replay", "read_available", "read_text",
]  # fmt: skip

CHUNK_BYTES = 1 << 14
"""Most bytes that are asked of a source at a time: what is made of them stays in the processor's cache."""

MAX_LINE_BYTES = 16 << 20
"""Longest line that is read; a longer one is dropped without being kept."""

_BLANK = b" \t\r"


class ByteSource(Protocol):
    """A binary file, pipe or buffer; ``read1`` is used where there is one, so that a pipe is read as it fills."""

    def read(self, size: int = ..., /) -> bytes:
        """At most ``size`` bytes; none at the end."""


class LineReader(Protocol):
    """Reads the lines of one stream of a text format, one after the other; may remember what came before."""

    def line(self, line: bytes, /) -> list[Event]:
        """Events of a line without its end; often none. Raises ``FieldError`` when it does not fit."""

    def end(self) -> list[Event]:
        """Events that were waiting for a line which did not come."""


def read_text(
    stream: ByteSource,
    reader: LineReader,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a text format, a list at a time. A line that does not fit costs a note and a ``Discontinuity``.

    Raises:
        FormatError: the source gives text instead of bytes.
    """
    notes = Notes() if notes is None else notes
    order = Order(notes)
    number = time_us = 0
    name: str | None = None
    for block in _blocks(stream, chunk_bytes, max_line_bytes):
        events: list[Event] = []
        for line in (None,) if block is None else block.split(b"\n")[:-1]:
            number += 1
            try:
                found = reader.line(_bare(line, number, max_line_bytes))
            except FieldError as reason:
                notes.refuse(number, str(reason))
                found = [Discontinuity(time_us=time_us, stream=name)]
            if found:
                order.check([number] * len(found), found)
                time_us, name = found[-1].time_us, found[-1].stream
                events += found
        notes.lines += len(events)
        if events:
            yield events
    events = reader.end()
    notes.lines += len(events)
    if events:
        yield events


def _bare(line: bytes | None, number: int, max_line_bytes: int) -> bytes:
    if line is None or len(line) > max_line_bytes:
        raise FieldError(_too_long(max_line_bytes))
    return (line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line).removesuffix(b"\r")


def _too_long(max_line_bytes: int) -> str:
    size = f"{max_line_bytes >> 20} MiB" if max_line_bytes >= 1 << 20 else f"{max_line_bytes} bytes"
    return f"longer than a line may be ({size}); write one event a line"


class LineFormat:
    """A format of one JSON object a line.

    Args:
        schema: its record types.
        adapt: makes events of decoded records, one each; raises ``FieldError`` when one does not fit. Without it the
            records are events.
    """

    def __init__(self, schema: Schema, adapt: Callable[[list[Any]], list[Event]] | None = None) -> None:
        self.schema = schema
        self.adapt = _as_they_are if adapt is None else adapt

    def read(
        self, stream: ByteSource, notes: Notes | None, chunk_bytes: int, max_line_bytes: int
    ) -> Iterator[list[Event]]:
        """Events, as many at a time as one read of the source gave.

        Raises:
            FormatError: the source gives text instead of bytes.
        """
        reader = _Reader(self, Notes() if notes is None else notes, max_line_bytes)
        for block in _blocks(stream, chunk_bytes, max_line_bytes):
            events = reader.refuse(_too_long(max_line_bytes)) if block is None else reader.block(block)
            if events:
                reader.time_us = events[-1].time_us
                yield events


def _as_they_are(records: list[Any]) -> list[Event]:
    return records


class _Reader:
    """Where one stream stands: its line number, and the time of the event before."""

    def __init__(self, form: LineFormat, notes: Notes, max_line_bytes: int) -> None:
        self.form = form
        self.notes = notes
        self.max_line_bytes = max_line_bytes
        self.order = Order(notes)
        self.line = 0
        self.time_us = 0

    def block(self, block: bytes) -> list[Event]:
        """Events of whole lines, decoded at once where they are regular."""
        if self.line == 0:
            block = block.removeprefix(BYTE_ORDER_MARK)
        if len(block) <= self.max_line_bytes:
            try:
                events = self.form.adapt(self._at_once(block))
                self.order.check(range(self.line + 1, self.line + 1 + len(events)), events)
                self.line += len(events)
                self.notes.lines += len(events)
                return events
            except UNFIT:
                pass
        return [event for line in block.split(b"\n")[:-1] for event in self.one(line)]

    def _at_once(self, block: bytes) -> list[Any]:
        """Records of lines that hold one object each; anything else is refused, for chunks may end anywhere."""
        if b"\r" in block:
            block = block.replace(b"\r\n", b"\n")
        records = self.form.schema.decoder.decode_lines(block)
        if not len(records) == block.count(b"\n") == block.count(b"}\n{") + 1:
            raise ValueError("blank lines, or objects that are not one a line")
        return records

    def one(self, line: bytes) -> list[Event]:
        """The event of a line, or the discontinuity in its place; none for a blank line."""
        if not line.strip(_BLANK):
            self.line += 1
            return []
        try:
            events = self.form.adapt([self.record(line)])
        except FieldError as reason:
            return self.refuse(str(reason))
        self.line += 1
        self.notes.lines += 1
        self.time_us = events[0].time_us
        self.order.check((self.line,), events)
        return events

    def record(self, line: bytes) -> Any:
        """The record of a line, without the fields that are not known."""
        if len(line) > self.max_line_bytes:
            raise FieldError(_too_long(self.max_line_bytes))
        return self.form.schema.decode(line, self.notes)

    def refuse(self, reason: str) -> list[Event]:
        """Counts a line that was not examined."""
        self.line += 1
        self.notes.lines += 1
        self.notes.refuse(self.line, reason)
        return [Discontinuity(time_us=self.time_us)]


class Replay:
    """A source that gives ``head`` first and then goes on with ``stream``.

    >>> import io
    >>> source = Replay(b"ab", io.BytesIO(b"cd"))
    >>> source.read(1), source.read(9), source.read(9)
    (b'a', b'b', b'cd')
    """

    def __init__(self, head: bytes, stream: ByteSource) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = CHUNK_BYTES, /) -> bytes:
        """What is there by now, at most ``size`` bytes; none at the end."""
        if not self._head:
            return read_available(self._stream, size)
        part, self._head = self._head[:size], self._head[size:]
        return part


def read_available(stream: ByteSource, size: int) -> bytes:
    """What a source has by now, at most ``size`` bytes; waits only when there is nothing.

    Raises:
        FormatError: the source gives text instead of bytes.
    """
    chunk: object = getattr(stream, "read1", stream.read)(size)
    if not isinstance(chunk, bytes):
        raise FormatError("the input gives text, not bytes; open it in binary mode, or use sys.stdin.buffer")
    return chunk


def _blocks(stream: ByteSource, chunk_bytes: int, max_line_bytes: int) -> Iterator[bytes | None]:
    """Blocks of whole lines, each ended by a newline; None in the place of a line that is too long to keep."""
    rest = bytearray()
    skipping = False
    while chunk := read_available(stream, chunk_bytes):
        if skipping:
            _, newline, chunk = chunk.partition(b"\n")
            if not newline:
                continue
            skipping = False
            yield None
        end = chunk.rfind(b"\n") + 1
        if end:
            yield bytes(rest) + chunk[:end] if rest else chunk[:end]
            rest.clear()
        rest += chunk[end:]
        if len(rest) > max_line_bytes:
            rest.clear()
            skipping = True
    if skipping:
        yield None
    elif rest:
        yield bytes(rest) + b"\n"
