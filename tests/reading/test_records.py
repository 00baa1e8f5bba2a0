"""A line of JSON makes any number of events; bad lines and unknown fields are noted, and nothing is quoted."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from reticent.events import Discontinuity, Event, Tick
from reticent.reading.notes import FieldError, Notes
from reticent.reading.records import RecordFormat
from reticent.reading.schema import Schema


class Ticks(msgspec.Struct, tag_field="kind", tag="ticks", forbid_unknown_fields=True):
    """A record type."""

    at: int
    count: int = 1


class Nothing(msgspec.Struct, tag_field="kind", tag="nothing"):
    """Another."""

    count: int = 0


SCHEMA = Schema("kind", {"ticks": Ticks, "nothing": Nothing})


def ticks(record: Ticks) -> list[Event]:
    """As many events as the record says."""
    if record.count < 0:
        raise FieldError("count: negative; it must not be")
    return [Tick(time_us=record.at)] * record.count


def events_of(lines: str, notes: Notes, classified: Any = None) -> list[Event]:
    """Events of lines."""
    form = RecordFormat(SCHEMA, lambda notes: ticks, classified)
    return [event for batch in form.read(io.BytesIO(lines.encode()), notes) for event in batch]


def test_none_one_or_many() -> None:
    """Blank lines make none."""
    notes = Notes()
    lines = '{"kind":"ticks","at":1,"count":0}\n \n{"kind":"ticks","at":2}\n{"kind":"ticks","at":3,"count":2}\n'
    assert [event.time_us for event in events_of(lines, notes)] == [2, 3, 3]
    assert notes.refused == 0


def test_an_unknown_field_is_noted_and_its_event_stays() -> None:
    """As in every format."""
    notes = Notes()
    assert events_of('{"kind":"ticks","at":1,"secret":"hunter2"}', notes) == [Tick(time_us=1)]
    assert notes.unknown_fields == {"secret": 1}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"kind":"ticks","at":2,"count":-1}', "count: negative"),
        ('{"kind":"ticks"}', "at: missing"),
        ('{"kind":"hunter2"}', "kind: not a type"),
        ('{"at":1}', "kind: missing"),
        ("[1]", "not a JSON object"),
        ("hunter2", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay."""
    notes = Notes()
    good = '{"kind":"ticks","at":5}'
    assert events_of(f"{good}\n{line}\n{good}", notes) == [Tick(time_us=5), Discontinuity(time_us=5), Tick(time_us=5)]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason) and "hunter2" not in said


def test_types_may_be_told_apart_by_anything() -> None:
    """Where no field does."""
    notes = Notes()
    assert events_of('{"at":7}', notes, lambda record: {**record, "kind": "ticks"}) == [Tick(time_us=7)]


def test_every_recording_starts_anew() -> None:
    """What one recording left for later lines, another does not meet."""

    def counting(_notes: Notes) -> Callable[[Ticks], list[Event]]:
        seen: list[Ticks] = []
        return lambda record: seen.append(record) or [Tick(time_us=len(seen))]  # type: ignore[func-returns-value]

    form = RecordFormat(SCHEMA, counting)
    for _ in range(2):
        lines = io.BytesIO(b'{"kind":"ticks","at":5}\n' * 2)
        assert [event.time_us for batch in form.read(lines) for event in batch] == [1, 2]
