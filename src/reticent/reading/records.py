"""JSON lines of which one makes any number of events, or of which the meaning depends on those before."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

import msgspec

from reticent.events import Event
from reticent.reading.notes import FieldError, Notes
from reticent.reading.schema import Schema

__all__ = ["RecordReader"]

_UNFIT = (ValueError, OverflowError, RecursionError)
_BLANK = b" \t\r"


class RecordReader:
    """A line reader for ``read_text``: one JSON object a line. ``LineFormat`` is faster where each makes one event.

    Args:
        schema: its record types.
        events: makes events of a decoded record; raises ``FieldError`` when it does not fit.
        notes: where unknown fields and types are counted.
        classified: puts the field in that tells types apart, for formats that have none.

    >>> class Move(msgspec.Struct, tag_field="action", tag="move"):
    ...     x: int
    >>> reader = RecordReader(Schema("action", {"move": Move}), lambda move: [move.x] * 2, Notes())
    >>> reader.line(b'{"action":"move","x":3}')
    [3, 3]
    """

    def __init__(
        self,
        schema: Schema,
        events: Callable[[Any], list[Event]],
        notes: Notes,
        classified: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    ) -> None:
        self._schema = schema
        self._events = events
        self._notes = notes
        self._classified = classified
        self._decode = _decoder(tuple(schema.types.values()))

    def line(self, line: bytes) -> list[Event]:
        """See ``LineReader``."""
        return self._events(self._record(line)) if line.strip(_BLANK) else []

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        return []

    def _record(self, line: bytes) -> Any:
        if self._classified is None:
            try:
                return self._decode(line)
            except _UNFIT:
                pass
        try:
            record = msgspec.json.decode(line)
        except _UNFIT:
            raise FieldError("not JSON in UTF-8; every line must be one whole JSON object") from None
        if not isinstance(record, dict):
            raise FieldError("not a JSON object; every line must be one")
        if self._classified is not None:
            record = self._classified(record)
        return self._schema.build(*self._schema.select(record, self._notes))


@functools.cache
def _decoder(kinds: tuple[type[msgspec.Struct], ...]) -> Callable[[bytes], Any]:
    return msgspec.json.Decoder(functools.reduce(operator.or_, kinds)).decode
