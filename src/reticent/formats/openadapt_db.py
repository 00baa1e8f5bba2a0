"""openadapt-capture ``recording.db``: the tables ``action_event`` and ``window_event`` of its SQLite database.

Times are seconds since 1970, as exact as they are stored (the two decimals that are declared do not bind SQLite); rows
are read in order of time. Actions are those of ``reticent.formats.openadapt``, which see for keys and scrolling. A
window that became active is a ``focus`` with its title, and on macOS with its application; where the number of the
window stays, only the title changed: a ``label`` (numbers are 0 on Windows, and tell nothing there). An action that a
person switched off (``disabled``) is refused, since what it did is then not known. Accessibility data, screenshots,
audio and browser events are left out.

The database is read in memory and nothing is written, so that it may not be larger than 256 MiB. It must have been
closed by the recorder: what is still in its ``-wal`` file is not read.

Source: openadapt-capture 1.3.0, ``db/models.py``, ``db/__init__.py``, ``capture.py``, ``window/``.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import msgspec

from reticent.errors import FormatError
from reticent.events import Discontinuity, Event, Focus, Label
from reticent.formats.openadapt import from_record
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_available
from reticent.reading.notes import FieldError, Notes
from reticent.reading.times import microseconds

if TYPE_CHECKING:
    import sqlite3

__all__ = ["MAX_BYTES", "read", "recognises"]

MAX_BYTES = 256 << 20
"""Largest database that is read."""

_MAGIC = b"SQLite format 3\0"
_JOURNAL_MODE = slice(18, 20)
_ROLLBACK = b"\x01\x01"
_BATCH_ROWS = 1024

_KEY = ("key_name", "key_char", "canonical_key_name", "canonical_key_char")
_POINT = {"mouse_x": "x", "mouse_y": "y"}
_FIELDS: dict[str, dict[str, str]] = {
    "press": {name: name for name in _KEY},
    "release": {name: name for name in _KEY},
    "move": _POINT,
    "click": {**_POINT, "mouse_button_name": "button"},
    "scroll": {**_POINT, "mouse_dx": "dx", "mouse_dy": "dy"},
}
_TYPES = {"press": "key.down", "release": "key.up", "move": "mouse.move", "scroll": "mouse.scroll"}
_COLUMNS = {
    "action_event": (
        "name",
        "disabled",
        "mouse_pressed",
        *dict.fromkeys(name for row in _FIELDS.values() for name in row),
    ),
    "window_event": ("title", "window_id", "state"),
}
_NO_NUMBER = ("", "0", "None")


class _Meta(msgspec.Struct, frozen=True):
    app: str | None = msgspec.field(name="kCGWindowOwnerName", default=None)


class _State(msgspec.Struct):
    meta: _Meta = _Meta()
    owner: str | None = None


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
    max_bytes: int = MAX_BYTES,
) -> Iterator[list[Event]]:
    """Events of a recording, a list at a time. A row that does not fit costs a note and a ``Discontinuity``.

    Raises:
        FormatError: the stream gives text instead of bytes, no whole SQLite database, one without the table
            ``action_event``, or one that is too large.

    >>> import io
    >>> list(read(io.BytesIO(b"SQLite format 3")))
    Traceback (most recent call last):
        ...
    reticent.errors.FormatError: not a SQLite database
    """
    import sqlite3

    notes = Notes() if notes is None else notes
    try:
        with closing(_opened(stream, chunk_bytes, max_bytes)) as database:
            yield from _batches(database, notes)
    except (sqlite3.Error, UnicodeError):  # the text of an error of a damaged database may be damaged, too
        raise FormatError("not a whole SQLite database; copy it once the recorder has closed it") from None


def recognises(head: Head) -> bool:
    """Whether the stream begins as this format does: no other is a SQLite database.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b"SQLite format 3" + bytes(85))))
    True
    """
    return head.data.startswith(_MAGIC)


def _opened(stream: ByteSource, chunk_bytes: int, max_bytes: int) -> sqlite3.Connection:
    """The database, in memory."""
    import sqlite3

    data = bytearray()
    while chunk := read_available(stream, chunk_bytes):
        data += chunk
        if len(data) > max_bytes:
            raise FormatError(
                f"the database is larger than {max_bytes >> 20} MiB; copy what is read of it: "
                "sqlite3 recording.db '.dump action_event window_event' | sqlite3 small.db"
            )
    if not data.startswith(_MAGIC):
        raise FormatError("not a SQLite database")
    data[_JOURNAL_MODE] = _ROLLBACK  # write-ahead mode would ask for files beside it
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    database.text_factory = lambda text: str(text, "utf-8", "replace")
    database.executescript("PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA query_only=ON")
    return database


def _batches(database: sqlite3.Connection, notes: Notes) -> Iterator[list[Event]]:
    windows = _Windows()
    events: list[Event] = []
    time_us = 0
    for row in heapq.merge(_rows(database, "window_event"), _rows(database, "action_event"), key=_moment):
        notes.lines += 1
        try:
            found = windows.events(row) if "window_id" in row else _action(row, notes)
        except FieldError as reason:
            notes.refuse(notes.lines, str(reason))
            found = [Discontinuity(time_us=time_us)]
        events += found
        if found:
            time_us = found[-1].time_us
        if len(events) >= _BATCH_ROWS:
            yield events
            events = []
    if events:
        yield events


def _rows(database: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Rows in order of time, with those columns that this version of the recorder had."""
    found = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
    is_table = database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    if "timestamp" not in found or not is_table:
        if table == "action_event":
            raise FormatError("a SQLite database, but no recording of openadapt-capture: it has no action_event")
        return
    names = [name for name in ("timestamp", *_COLUMNS[table]) if name in found]
    query = f"SELECT {', '.join(names)} FROM {table} ORDER BY timestamp, rowid"  # noqa: S608 - names of ours
    for values in database.execute(query):
        yield {**dict.fromkeys(_COLUMNS[table]), **dict(zip(names, values))}


def _moment(row: dict[str, Any]) -> float:
    """As SQLite sorts: nothing, then numbers, then text."""
    time = row["timestamp"]
    if isinstance(time, int | float):
        return time
    return -math.inf if time is None else math.inf


def _action(row: dict[str, Any], notes: Notes) -> list[Event]:
    if row["disabled"]:
        raise FieldError("disabled: the action was switched off; what it did is not known")
    name = row["name"]
    fields = _FIELDS.get(name) if isinstance(name, str) else None
    if fields is None:
        notes.unknown_type(str(name))
        raise FieldError(f"name: must be one of {', '.join(_FIELDS)}")
    if name == "click" and row["mouse_pressed"] is None:
        raise FieldError("mouse_pressed: missing; a click goes down or up")
    kind = _TYPES.get(name) or ("mouse.down" if row["mouse_pressed"] else "mouse.up")
    record = {to: row[column] for column, to in fields.items()}
    return from_record({"type": kind, "timestamp": row["timestamp"], **record}, notes)


class _Windows:
    """Remembers which window is active."""

    def __init__(self) -> None:
        self._title: str | None = None
        self._number: str | None = None

    def events(self, row: dict[str, Any]) -> list[Event]:
        if not isinstance(row["timestamp"], int | float):
            raise FieldError("timestamp: must be a number of seconds")
        time_us = microseconds(row["timestamp"], "seconds", "timestamp")
        title = None if row["title"] is None else str(row["title"])
        number = str(row["window_id"])
        number_before, title_before = self._number, self._title
        self._number, self._title = number, title
        if number != number_before or (number in _NO_NUMBER and title != title_before):
            return [Focus(time_us=time_us, app=_app(row["state"]), window=title)]
        return [] if title in (None, title_before) else [Label(time_us=time_us, kind="title", value=title)]


def _app(state: object) -> str | None:
    """Name of the application; on other systems than macOS the recorder does not know it."""
    try:
        known = msgspec.json.decode(state, type=_State) if isinstance(state, str) else _State()
    except (ValueError, RecursionError):
        return None
    return known.meta.app or known.owner
