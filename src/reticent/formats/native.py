"""The native wire format: events as JSON lines, and as mappings for Python callers."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_type_hints

import msgspec
from msgspec.structs import replace

from reticent.errors import FormatError
from reticent.events import EVENT_TYPES, Discontinuity, Event
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, LineFormat, read_text
from reticent.reading.notes import FieldError, Notes
from reticent.reading.schema import Schema, decode_object

__all__ = [
    "check_column", "encode", "from_records", "is_unmixed", "moved", "read", "read_by", "recognises", "to_record",
]  # fmt: skip

_TYPES = {tag: kind for tag, kind in EVENT_TYPES.items() if kind is not Discontinuity}
_SCHEMA = Schema("type", _TYPES)
_NAMES = {"type", *(name for kind in _TYPES.values() for name in kind.__struct_fields__)}
_AS_THEY_ARE = frozenset({int, bool, type(None)})
_ENCODER = msgspec.json.Encoder()


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a native recording, a list at a time; memory does not grow with its length.

    A line that is no event is counted in ``notes`` and a ``Discontinuity`` stands in its place. An unknown field
    is counted and dropped; its event stays. A byte order mark, CRLF line ends and blank lines are no fault.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> notes = Notes()
    >>> list(read(io.BytesIO(b'{"type":"tick","time_us":7}\\nnonsense\\n'), notes))
    [[Tick(time_us=7, ...), Discontinuity(time_us=7, ...)]]
    >>> notes.refused_lines
    [(2, 'not JSON in UTF-8; every line must be one whole JSON object')]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def read_by(
    stream: ByteSource,
    column: str,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """As ``read``, of a recording in which the field ``column`` tells whose line it is, instead of ``stream``.

    A line that is no event may be of any stream, and so is the ``Discontinuity`` in its place.

    Raises:
        FormatError: the first record has no such field; or the stream gives text instead of bytes.

    >>> import io
    >>> [events] = read_by(io.BytesIO(b'{"type":"tick","time_us":7,"user":"maria"}\\n'), "user")
    >>> events[0].stream
    'maria'
    """
    notes = Notes() if notes is None else notes
    for events in read_text(stream, _ByColumn(column, notes), notes, chunk_bytes, max_line_bytes):
        yield [replace(event, stream=None) if type(event) is Discontinuity else event for event in events]


def moved(record: Mapping[str, Any], column: str) -> Mapping[str, Any]:
    """A record with ``column`` as its ``stream``."""
    value = record.get(column)
    rest = {name: item for name, item in record.items() if name not in (column, "stream")}
    return rest if _is_absent(value) else {**rest, "stream": str(value)}


def check_column(record: Mapping[str, Any], column: str) -> None:
    """See that the first record has the field that tells streams apart.

    Raises:
        FormatError: it has not.
    """
    if column not in record:
        raise FormatError(f"record 1: no field {column!r}, which is to tell streams apart; check its name")


class _ByColumn:
    """A line reader for ``read_by``."""

    def __init__(self, column: str, notes: Notes) -> None:
        self._column = column
        self._notes = notes
        self._checked = False

    def line(self, line: bytes) -> list[Event]:
        if not line.strip():
            return []
        record = decode_object(line)
        if not self._checked:
            check_column(record, self._column)
            self._checked = True
        return [_from_record(moved(record, self._column), self._notes)]

    def end(self) -> list[Event]:
        return []


def _is_absent(value: object) -> bool:
    return (
        value is None
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and math.isnan(value))
    )


def encode(events: Iterable[Event]) -> bytes:
    """Events as JSON lines, one each; a ``Discontinuity`` is left out.

    >>> from reticent.events import KeyDown
    >>> encode([KeyDown(time_us=5, code="KeyA", key="a")])
    b'{"type":"keydown","time_us":5,"code":"KeyA","key":"a"}\\n'
    """
    batch = events if isinstance(events, list) else list(events)
    if Discontinuity in map(type, batch):
        batch = [event for event in batch if type(event) is not Discontinuity]
    return _ENCODER.encode_lines(batch)


def from_records(records: Iterable[Mapping[str, Any]], notes: Notes | None = None) -> Iterator[Event]:
    """Events of mappings, such as the rows of ``DataFrame.to_dict("records")``.

    None, NaN and NA mean absent; numpy scalars are taken as the numbers they are. Records that are no event are
    treated as lines that are none: see ``read``.

    Raises:
        FormatError: a record is no mapping, or ``time_us`` holds timestamps.

    >>> list(from_records([{"type": "pointermove", "time_us": 1, "x": 2, "y": 3, "key": float("nan")}]))
    [PointerMove(time_us=1, ...)]
    """
    notes = Notes() if notes is None else notes
    time_us = 0
    for number, record in enumerate(records, 1):
        if not isinstance(record, Mapping):
            raise FormatError(
                f'record {number}: not a mapping; pass dicts, or for a data frame frame.to_dict("records")'
            )
        notes.lines += 1
        try:
            event = _from_record(record, notes)
        except FieldError as reason:
            notes.refuse(number, str(reason))
            event = Discontinuity(time_us=time_us)
        time_us = event.time_us
        yield event


def to_record(event: Event) -> dict[str, Any]:
    """An event as a dict of built-in values; fields at their default are left out.

    >>> from reticent.events import Tick
    >>> to_record(Tick(time_us=7))
    {'type': 'tick', 'time_us': 7}
    """
    record: dict[str, Any] = msgspec.to_builtins(event)
    return record


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"type": "tick", "time_us": 7}')))
    True
    """
    record = head.record
    return isinstance(record, dict) and isinstance(record.get("type"), str) and "time_us" in record


def is_unmixed(head: Head) -> bool:
    """Whether a line has no field but of this format: then it is of no other, since each has a field of its own.

    >>> from reticent.reading.head import heads
    >>> [is_unmixed(head) for head in heads(b'{"type":"tick","time_us":7}\\n{"type":"tick","time_us":7,"pynput":1}\\n')]
    [True, False]
    """
    record = head.record
    return recognises(head) and isinstance(record, dict) and record.keys() <= _NAMES


_LINES = LineFormat(_SCHEMA)


def _from_record(record: Mapping[str, Any], notes: Notes) -> Event:
    _refuse_timestamp(record.get("time_us"))
    present = {name: _plain(str(name), value) for name, value in record.items()}
    kind, fields = _SCHEMA.select(present, notes)
    for name, value in fields.items():
        # A column of integers with gaps arrives as floats.
        if type(value) is float and value.is_integer() and name in _whole_numbers():
            fields[name] = int(value)
    event: Event = _SCHEMA.build(kind, fields)
    return event


@cache
def _whole_numbers() -> frozenset[str]:
    """Names of fields that hold whole numbers. Finding them takes milliseconds, which files need not pay."""
    hints = [pair for kind in _TYPES.values() for pair in get_type_hints(kind).items()]
    return frozenset(name for name, type_ in hints if type_ in (int, int | None))


def _refuse_timestamp(value: object) -> None:
    if type(value) is int:
        return
    numpy_kind = getattr(getattr(value, "dtype", None), "kind", "")
    if isinstance(value, (datetime.date, datetime.timedelta)) or numpy_kind in ("M", "m"):
        raise FormatError(
            "time_us: holds timestamps; it must be a whole number of microseconds. For a data frame: "
            'frame["time_us"] = frame["time"].astype("datetime64[us]").astype("int64")'
        )


def _plain(name: str, value: Any) -> Any:
    """A value as JSON would give it; None when it is absent."""
    if type(value) in _AS_THEY_ARE or (type(value) is str and value.isascii()):
        return value
    if hasattr(value, "tolist"):  # numpy scalars and arrays
        value = value.tolist()
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float):
        if math.isinf(value):
            raise FieldError(f"{name}: infinite; leave the field out")
        return None if math.isnan(value) else value
    if isinstance(value, str):
        _refuse_surrogates(name, value)
    if isinstance(value, Mapping):
        return {key: _plain(name, part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(name, part) for part in value]
    return value


def _refuse_surrogates(name: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise FieldError(f"{name}: holds half a character (a lone surrogate); it cannot be written") from None
