"""asciicast v2 and v3: terminal sessions recorded by asciinema, with what was typed if it was told to record input.

Times are seconds: since the beginning in v2, since the line before in v3. Each ``i`` line is what the terminal sent to
its program; ``reticent.reading.terminal`` says how that becomes keys. Everything is typed into one terminal, so the
events begin with its ``Focus``, and with the wall clock where the header tells it. ``m`` lines become labels.

Output (``o``) is dropped: a terminal echoes what is typed, so it holds every secret again, and more of them. Whether it
echoed is not told either. A recording without ``i`` lines has nothing but the focus and its marks. Sizes (``r``) and
the exit status (``x``) are dropped, like the command and the environment of the header.

Source: docs.asciinema.org, "asciicast v2" and "asciicast v3".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import msgspec

from reticent.events import Event, Focus, Label, State
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes
from reticent.reading.terminal import TerminalKeys
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_OTHER_CODES = frozenset("morx")
_LATEST_CLOCK = 1 << 35
_HEADER = frozenset(
    """
    version width height timestamp duration idle_time_limit command title env theme term tags capture
    """.split()
)


class _Header(msgspec.Struct):
    version: int
    title: str | None = None
    timestamp: int | float | None = None

    def wall_time(self) -> str | None:
        if self.timestamp is None or not 0 <= self.timestamp < _LATEST_CLOCK:
            return None
        return datetime.datetime.fromtimestamp(self.timestamp, datetime.UTC).isoformat()


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a terminal recording, a list at a time; memory does not grow with its length.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> cast = b'{"version": 2, "width": 80, "height": 24}\\n[0.5, "i", "l"]\\n[0.6, "o", "l"]\\n'
    >>> [type(event).__name__ for batch in read(io.BytesIO(cast)) for event in batch]
    ['Focus', 'KeyDown', 'KeyUp']
    """
    notes = Notes() if notes is None else notes
    return read_text(stream, _Cast(notes), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like the header of this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"version": 3, "term": {"cols": 80, "rows": 24}}')))
    True
    """
    return _version(head.record) is not None


def _version(record: Any) -> int | None:
    """Version of a header; None when it is none."""
    if not isinstance(record, dict):
        return None
    if record.get("version") == 2 and "width" in record and "height" in record:
        return 2
    return 3 if record.get("version") == 3 and isinstance(record.get("term"), dict) else None


class _Cast:
    """Reads the lines of one recording."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._keys = TerminalKeys()
        self._version: int | None = None
        self._elapsed = Fraction(0)

    def line(self, line: bytes) -> list[Event]:
        """See ``LineReader``."""
        if not line.strip() or line.startswith(b"#"):
            return []
        try:
            record = msgspec.json.decode(line)
        except (ValueError, RecursionError):
            raise FieldError("not JSON in UTF-8; every line must be a whole JSON array") from None
        if self._version is None:
            return self._begin(record)
        return self._happened(*_three(record))

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        return self._keys.end()

    def _begin(self, record: Any) -> list[Event]:
        self._version = _version(record)
        if self._version is None:
            raise FieldError("version: not the header of asciicast v2 or v3; asciinema convert writes them")
        for name in record.keys() - _HEADER:
            self._notes.unknown_field(str(name))
        try:
            header = msgspec.convert(record, _Header)
        except ValueError:
            header = _Header(version=self._version)
        wall_time = header.wall_time()
        clock: list[Event] = [] if wall_time is None else [State(time_us=0, wall_time=wall_time)]
        return [*clock, Focus(time_us=0, window=header.title, field="terminal")]

    def _happened(self, seconds: float, code: str, data: str) -> list[Event]:
        time_us = self._time_us(seconds)
        if code == "i":
            return self._keys.feed(data.encode(), time_us)
        if code not in _OTHER_CODES:
            self._notes.unknown_type(code)
            raise FieldError("code: not one this version knows; the documentation lists them")
        events = self._keys.feed(b"", time_us)
        if code == "m" and data:
            events.append(Label(time_us=time_us, kind="title", value=data))
        return events

    def _time_us(self, seconds: float) -> int:
        """Intervals are added up exactly: rounded ones would drift."""
        time_us = microseconds(seconds, "seconds", "time")
        if self._version == 2:
            return time_us
        self._elapsed += Fraction(seconds)
        return round(self._elapsed * 1_000_000)


def _three(record: Any) -> tuple[float, str, str]:
    """Time, code and data of an event."""
    if isinstance(record, list) and len(record) == 3:
        time, code, data = record
        if type(time) in (int, float) and isinstance(code, str) and isinstance(data, str):
            return time, code, data
    raise FieldError("not an event; every line after the header must be [seconds, code, text]")
