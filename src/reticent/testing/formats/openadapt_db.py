"""Native events as a ``recording.db`` of openadapt-capture, with the columns that matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import Any

from reticent.events import Event, Focus, Frame, Input
from reticent.testing.formats import openadapt
from reticent.testing.formats._fields import Fields, has_room, in_order
from reticent.testing.formats.openadapt import record_of

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    **{kind: names for kind, names in openadapt.EXPRESSES.items() if kind not in (Input, Frame)}, Focus: ("window",),
}  # fmt: skip
"""What the format can express: actions as in ``reticent.testing.formats.openadapt``; a ``focus`` by its window only.
Rows come back in order of time, windows first."""

_TABLES = """
CREATE TABLE action_event (
    id INTEGER NOT NULL PRIMARY KEY, name VARCHAR, timestamp NUMERIC(10, 2), recording_id INTEGER,
    mouse_x NUMERIC, mouse_y NUMERIC, mouse_dx NUMERIC, mouse_dy NUMERIC, mouse_button_name VARCHAR,
    mouse_pressed BOOLEAN, key_name VARCHAR, key_char VARCHAR, key_vk VARCHAR, canonical_key_name VARCHAR,
    canonical_key_char VARCHAR, canonical_key_vk VARCHAR, element_state JSON, disabled BOOLEAN
);
CREATE TABLE window_event (
    id INTEGER NOT NULL PRIMARY KEY, timestamp NUMERIC(10, 2), state JSON, title VARCHAR, "left" INTEGER, top INTEGER,
    width INTEGER, height INTEGER, window_id VARCHAR
);
"""
_NAMES = {"key.down": "press", "key.up": "release", "mouse.move": "move", "mouse.scroll": "scroll"}
_COLUMNS = {"x": "mouse_x", "y": "mouse_y", "dx": "mouse_dx", "dy": "mouse_dy", "button": "mouse_button_name"}


def can_write(events: Sequence[Event]) -> bool:
    """Whether rows tell what these events say.

    >>> can_write([Focus(time_us=5, window="Notes")]), can_write([Focus(time_us=5, app="notes")])
    (True, False)
    """
    return in_order(events) and all(
        has_room(event, EXPRESSES) and (isinstance(event, Focus) or openadapt.can_write([event])) for event in events
    )


def write(events: Iterable[Event]) -> bytes:
    """A database of the events that the format can express; others are left out.

    >>> write([])[:15]
    b'SQLite format 3'
    """
    import sqlite3

    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(_TABLES)
        for event in events:
            if type(event) in EXPRESSES:
                table, row = _row(event)
                names, places = ", ".join(row), ", ".join("?" * len(row))
                database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))  # noqa: S608
        database.commit()
        return database.serialize()


def _row(event: Event) -> tuple[str, dict[str, Any]]:
    if isinstance(event, Focus):
        return "window_event", {"timestamp": event.time_us / 1_000_000, "title": event.window, "window_id": "0"}
    record = record_of(event)
    kind = record.pop("type")
    row = {_COLUMNS.get(name, name): value for name, value in record.items()}
    if kind in _NAMES:
        return "action_event", {**row, "name": _NAMES[kind], "disabled": False}
    return "action_event", {**row, "name": "click", "mouse_pressed": kind == "mouse.down", "disabled": False}
