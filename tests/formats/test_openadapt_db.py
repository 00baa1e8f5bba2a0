"""A ``recording.db`` of openadapt-capture is read in memory, in order of time, and refused when it is no such thing."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.errors import FormatError
from reticent.events import (
    Discontinuity,
    Event,
    Focus,
    KeyDown,
    KeyUp,
    Label,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)
from reticent.formats.native import encode, from_records
from reticent.formats.openadapt_db import read
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import typed_text
from reticent.testing.dsl import expand
from reticent.testing.formats.openadapt_db import write

Rows = Iterable[tuple[str, dict[str, Any]]]


def database(rows: Rows, script: str = "") -> bytes:
    """A database with these rows, on top of what the writer makes."""
    with closing(sqlite3.connect(":memory:")) as made:
        made.deserialize(write([]))
        for table, row in rows:
            names, places = ", ".join(row), ", ".join("?" * len(row))
            made.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))
        made.commit()
        made.executescript(script)
        return made.serialize()


def action(timestamp: object, name: object, **row: Any) -> tuple[str, dict[str, Any]]:
    """A row of ``action_event``."""
    return "action_event", {"timestamp": timestamp, "name": name, **row}


def window(timestamp: float, **row: Any) -> tuple[str, dict[str, Any]]:
    """A row of ``window_event``."""
    return "window_event", {"timestamp": timestamp, **row}


def events_of(data: bytes, notes: Notes | None = None) -> list[Event]:
    """Events of a database."""
    return [event for batch in read(io.BytesIO(data), notes) for event in batch]


def test_actions() -> None:
    """All five, in order of time, each letter once."""
    rows = [
        action(
            1700000001.123456, "press", key_char="A", key_vk="0", canonical_key_char="a", element_state='{"v": "A"}'
        ),
        action(1700000000.5, "move", mouse_x=100.5, mouse_y=200),
        action(1700000002, "release", key_name="shift_r"),
        action(1700000003, "click", mouse_x=1, mouse_y=2, mouse_button_name="left", mouse_pressed=True),
        action(1700000004, "click", mouse_x=1, mouse_y=2, mouse_button_name="left", mouse_pressed=False),
        action(1700000005, "scroll", mouse_x=1, mouse_y=2, mouse_dx=0, mouse_dy=-1),
    ]
    notes = Notes()
    events = events_of(database(rows), notes)
    assert events == [
        PointerMove(time_us=1_700_000_000_500_000, x=100.5, y=200),
        KeyDown(time_us=1_700_000_001_123_456, key="A"),
        KeyUp(time_us=1_700_000_002_000_000, key="Shift", code="ShiftRight"),
        PointerDown(time_us=1_700_000_003_000_000, x=1, y=2),
        PointerUp(time_us=1_700_000_004_000_000, x=1, y=2),
        Wheel(time_us=1_700_000_005_000_000, x=1, y=2, delta_y=120),
    ]
    assert notes == Notes(lines=6)
    assert encode(events).count(b'"A"') == 1


def test_windows_are_places() -> None:
    """Another window is a focus, another title of the same one a label; numbers of Windows are 0 and tell nothing."""
    state = json.dumps({"title": "x", "meta": {"kCGWindowOwnerName": "Safari"}, "data": {"AXValue": "hunter2"}})
    rows = [
        window(1, title="Safari Login", window_id="17", state=state),
        window(2, title="Safari Home", window_id="17", state=state),
        window(2.5, title="Safari Home", window_id="17", state="[]"),
        window(3, title="Notes", window_id="0", state=None),
        window(4, title="Mail", window_id="0", state="not JSON"),
        action(3, "press", key_char="a"),
    ]
    assert events_of(database(rows)) == [
        Focus(time_us=1_000_000, app="Safari", window="Safari Login"),
        Label(time_us=2_000_000, kind="title", value="Safari Home"),
        Focus(time_us=3_000_000, window="Notes"),
        KeyDown(time_us=3_000_000, key="a"),
        Focus(time_us=4_000_000, window="Mail"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (action(2, "press", key_char="h", disabled=True), "disabled: the action was switched off"),
        (action(2, "hunter2"), "name: must be one of press, release"),
        (action(2, None), "name: must be one of"),
        (action(2, "move", mouse_x=1), "y: missing"),
        (action(2, "move", mouse_x="hunter2", mouse_y=1), "x: must be int | float"),
        (action(2, "click", mouse_x=1, mouse_y=2, mouse_button_name="left"), "mouse_pressed: missing"),
        (action(2, "click", mouse_x=1, mouse_y=2, mouse_pressed=True), "button: missing"),
        (action("hunter2", "press", key_char="h"), "timestamp: must be int | float"),
        (action(1e300, "press", key_char="h"), "timestamp: too large"),
        (action(float("inf"), "press", key_char="h"), "timestamp: not finite"),
        (window(1e300, title="hunter2"), "timestamp: too large"),
    ],
)
def test_a_bad_row_costs_one_note(row: tuple[str, dict[str, Any]], reason: str) -> None:
    """The rows around it stay; nothing is quoted."""
    notes = Notes()
    press = KeyDown(time_us=1_000_000, key="a")
    assert events_of(database([action(1, "press", key_char="a"), row]), notes) == [
        press,
        Discontinuity(time_us=1_000_000),
    ]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_a_row_without_a_time_is_refused() -> None:
    """It comes first, as SQLite sorts."""
    notes = Notes()
    events = events_of(database([action(1, "press", key_char="a"), action(None, "press", key_char="b")]), notes)
    assert events == [Discontinuity(time_us=0), KeyDown(time_us=1_000_000, key="a")]
    assert notes.refused_lines == [(1, "timestamp: missing; it is required")]


def test_an_older_recording_has_fewer_columns() -> None:
    """What is not there is absent."""
    script = "CREATE TABLE action_event (name TEXT, timestamp REAL, key_char TEXT); "
    script += "INSERT INTO action_event VALUES ('press', 1.5, 'a')"
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(script)
        assert events_of(made.serialize()) == [KeyDown(time_us=1_500_000, key="a")]


def test_a_database_in_write_ahead_mode(tmp_path: Path) -> None:
    """As the recorder makes it; once closed it is whole, and no file beside it is asked for."""
    path = tmp_path / "recording.db"
    path.write_bytes(database([action(1, "press", key_char="a")]))
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("INSERT INTO action_event (timestamp, name, key_char) VALUES (2, 'press', 'b')")
        made.commit()
    data = path.read_bytes()
    assert data[18:20] == b"\x02\x02"
    assert [event.time_us for event in events_of(data)] == [1_000_000, 2_000_000]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a SQLite database"),
        (b'{"type":"key.down"}', "not a SQLite database"),
        (b"SQLite format 3\0" + b"hunter2" * 1000, "not a whole SQLite database"),
        (
            write([]).replace(b"CREATE TABLE action_event", b"CREATE TABL\xc4 action_event"),
            "not a whole SQLite database",
        ),
        (database([], "DROP TABLE action_event"), "no recording of openadapt-capture"),
        (database([], "DROP TABLE action_event; CREATE VIEW action_event AS SELECT 1.5 AS timestamp"), "no recording"),
    ],
)
def test_what_is_no_recording_is_refused(data: bytes, reason: str) -> None:
    """Without a word of it."""
    with pytest.raises(FormatError, match=reason) as refusal:
        events_of(data)
    assert "hunter2" not in str(refusal.value)


def test_half_a_database_is_refused() -> None:
    """What can be read of it would look like all of it."""
    data = database([action(n, "press", key_char="a", element_state="x" * 500) for n in range(100)])
    with pytest.raises(FormatError, match="not a whole SQLite database"):
        events_of(data[: len(data) // 2])


def test_a_database_that_is_too_large_is_refused() -> None:
    """With what to do."""
    with pytest.raises(FormatError, match=r"larger than 1 MiB; copy what is read of it: sqlite3 recording\.db"):
        list(read(io.BytesIO(write([]) + bytes(1 << 20)), max_bytes=1 << 20))


def test_text_that_is_not_utf_8_is_no_fault() -> None:
    """Nor is it quoted in an error."""
    data = database([], "INSERT INTO action_event (timestamp, name, key_char) VALUES (1, 'press', CAST(x'ff' AS TEXT))")
    assert events_of(data) == [KeyDown(time_us=1_000_000, key="\ufffd")]


def typed() -> bytes:
    """A recording of ordinary words and a password."""
    script = 'type:"my password is hunter2!Q" key:Enter type:"Hello there"'
    return write(from_records(expand(script).events))


def test_any_chunking_gives_the_same_events() -> None:
    """A byte at a time, or all at once."""
    whole, single = (list(read(io.BytesIO(typed()), chunk_bytes=size)) for size in (1 << 20, 1))
    assert [event for batch in whole for event in batch] == [event for batch in single for event in batch]


def test_it_is_told_by_its_content() -> None:
    """And taken for no other."""
    assert open_format(io.BytesIO(typed()))[0] == "openadapt-db"


def test_a_typed_password_does_not_leave() -> None:
    """The words around it do."""
    assert typed_text(list(filter_stream(io.BytesIO(typed())))) == "my password is \nHello there"
