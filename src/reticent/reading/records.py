"""JSON lines of which one makes any number of events, or of which the meaning depends on those before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from reticent.events import Event
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import Notes
from reticent.reading.schema import Schema, decode_object

__all__ = ["RecordFormat"]

_BLANK = b" \t\r"
_Events: TypeAlias = Callable[[Any], list[Event]]


class RecordFormat:
    """A format of one JSON object a line. ``LineFormat`` is faster where each makes one event.

    Args:
        schema: its record types.
        start: begins a recording: gives what makes events of its decoded records, one after the other, and raises
            ``FieldError`` when one does not fit. It gets the notes of the recording.
        classified: puts the field in that tells types apart, for formats that have none.

    >>> import io, msgspec
    >>> from reticent.events import Tick
    >>> class Wait(msgspec.Struct, tag_field="action", tag="wait"):
    ...     at: int
    >>> form = RecordFormat(Schema("action", {"wait": Wait}), lambda notes: lambda wait: [Tick(time_us=wait.at)] * 2)
    >>> [event.time_us for batch in form.read(io.BytesIO(b'{"action":"wait","at":3}')) for event in batch]
    [3, 3]
    """

    def __init__(
        self,
        schema: Schema,
        start: Callable[[Notes], _Events],
        classified: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    ) -> None:
        self.schema = schema
        self.start = start
        self.classified = classified

    def read(
        self,
        stream: ByteSource,
        notes: Notes | None = None,
        chunk_bytes: int = CHUNK_BYTES,
        max_line_bytes: int = MAX_LINE_BYTES,
    ) -> Iterator[list[Event]]:
        """Events, a list at a time; bad lines as in ``read_text``.

        Raises:
            FormatError: the source gives text instead of bytes.
        """
        notes = Notes() if notes is None else notes
        return read_text(stream, _Reader(self, notes), notes, chunk_bytes, max_line_bytes)


class _Reader:
    """A line reader for one recording."""

    def __init__(self, form: RecordFormat, notes: Notes) -> None:
        self._schema = form.schema
        self._classified = form.classified
        self._events = form.start(notes)
        self._notes = notes

    def line(self, line: bytes) -> list[Event]:
        """See ``LineReader``."""
        return self._events(self._record(line)) if line.strip(_BLANK) else []

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        return []

    def _record(self, line: bytes) -> Any:
        if self._classified is None:
            return self._schema.decode(line, self._notes)
        record = self._classified(decode_object(line))
        return self._schema.build(*self._schema.select(record, self._notes))
