"""Rows in order of release become strokes in order of time, a sentence at a time; the text columns go nowhere."""

from __future__ import annotations

import io
import os
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import Discontinuity, Event, KeyDown, KeyUp
from reticent.formats.aalto import COLUMNS, LETTERS, read, recognises
from reticent.keys.table import CODES, NAMED_KEYS, is_printable_key
from reticent.reading.head import heads
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.aalto import write

START = 1_471_948_645_498


def row(press: object, release: object, letter: str, number: object = 0, section: object = 7) -> bytes:
    """A row, in milliseconds after the start."""
    times = [START + time if isinstance(time, int) else time for time in (press, release)]
    return "\t".join(map(str, (1020, section, "Hi there.", "Hi hunter2", 5, *times, letter, number))).encode()


def log(*rows: bytes) -> bytes:
    """A log."""
    return b"\r\n".join([COLUMNS, *rows])


def read_all(data: bytes, chunk_bytes: int = 1 << 18) -> tuple[list[Event], Notes]:
    """Events and notes of a log."""
    notes = Notes()
    return [event for batch in read(io.BytesIO(data), notes, chunk_bytes) for event in batch], notes


def told(events: list[Event]) -> list[tuple[Any, ...]]:
    """What a key did, when (milliseconds after the start), in which sentence."""
    return [
        (type(event).__name__, event.time_us // 1000 - START, getattr(event, "key", None), event.stream)
        for event in events
    ]


def test_rows_come_in_order_of_release() -> None:
    """Rollover is told by the times alone."""
    events, notes = read_all(log(row(300, 350, "h"), row(0, 400, "SHIFT", 16), row(100, 420, "T", 84)))
    assert told(events) == [
        ("KeyDown", 0, "Shift", "7"), ("KeyDown", 100, "T", "7"), ("KeyDown", 300, "h", "7"),
        ("KeyUp", 350, "h", "7"), ("KeyUp", 400, "Shift", "7"), ("KeyUp", 420, "T", "7"),
    ]  # fmt: skip
    assert events[0].time_us == 1_471_948_645_498_000
    assert (notes.refused, notes.unknown_fields) == (0, Counter())


def test_at_one_time_the_key_before_goes_up_first() -> None:
    """A stroke of no length goes down before it goes up."""
    events, _ = read_all(log(row(0, 80, "a"), row(80, 80, "b"), row(80, 90, "c")))
    assert [(kind, key) for kind, _, key, _ in told(events)] == [
        ("KeyDown", "a"), ("KeyUp", "a"), ("KeyDown", "b"), ("KeyDown", "c"), ("KeyUp", "b"), ("KeyUp", "c"),
    ]  # fmt: skip


def test_each_sentence_is_a_stream() -> None:
    """It leaves when the next begins."""
    batches = list(read(io.BytesIO(log(row(0, 9, "a"), row(5, 20, "b", section=8))), chunk_bytes=200))
    assert [told(batch) for batch in batches] == [
        [("KeyDown", 0, "a", "7"), ("KeyUp", 9, "a", "7")],
        [("KeyDown", 5, "b", "8"), ("KeyUp", 20, "b", "8")],
    ]


@pytest.mark.parametrize(
    ("letter", "number", "key", "code"),
    [
        ("T", 84, "T", None), ("é", 50, "é", None), (" ", 32, " ", "Space"), ("BKSP", 8, "Backspace", "Backspace"),
        ("SHIFT", 16, "Shift", None), ("ARw_DOWN", 40, "ArrowDown", "ArrowDown"), ("NUM_4", 100, "4", "Numpad4"),
        ("F12", 123, "F12", "F12"), ("\x01", 65, "\x01", None),
        ("", 84, "t", None), ("", 49, None, "Digit1"), ("", 32, " ", "Space"), ("", 97, "1", "Numpad1"),
        ("", 222, None, "Quote"), ("", 0, None, None), ("", "", None, None), ("\ufffd", 69, "e", None),
        ("hunter2", 0, None, None),
    ],
)  # fmt: skip
def test_letters_and_names_become_keys(letter: str, number: object, key: str | None, code: str | None) -> None:
    """Where the browser gave no letter, the number tells what it can."""
    events, _ = read_all(log(row(0, 9, letter, number)))
    assert [(event.key, event.code) for event in events if isinstance(event, (KeyDown, KeyUp))] == [(key, code)] * 2


def test_only_known_keys_and_codes_come_out() -> None:
    """Of the names of the study."""
    for key, code in LETTERS.values():
        assert key in NAMED_KEYS or is_printable_key(key)
        assert code is None or code in CODES


def test_a_letter_that_was_not_given_is_capital_while_shift_is_held() -> None:
    """That is all that is told of its case."""
    events, _ = read_all(log(row(0, 50, "SHIFT", 16), row(10, 60, "", 84), row(70, 80, "", 84)))
    assert [event.key for event in events if isinstance(event, KeyDown)] == ["Shift", "T", "t"]


def test_releases_may_be_missing_and_presses_repeated() -> None:
    """A release before the press is none; a press while the key is down is a repeat."""
    events, _ = read_all(log(row(0, 90, "a"), row(30, "", "a"), row(60, 50, "b")))
    assert told(events) == [
        ("KeyDown", 0, "a", "7"), ("KeyDown", 30, "a", "7"), ("KeyDown", 60, "b", "7"), ("KeyUp", 90, "a", "7"),
    ]  # fmt: skip
    assert [event.repeat for event in events if isinstance(event, KeyDown)] == [False, True, False]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("1.47E+12", 9, "a"), "PRESS_TIME: must be a whole number of milliseconds"),
        (row(5, "hunter2", "a"), "RELEASE_TIME: must be"),
        (row("9" * 16, 9, "a"), "PRESS_TIME: too large"),
        (row(5, 9, "a", section=""), "TEST_SECTION_ID: empty"),
        (b"1020\t7\thunter2", "not 9 columns"),
        (row(5, 9, "a") + b"\thunter2", "not 9 columns"),
        (b"\xff\xfe\t\t\t\t\t\t\t\t", "not UTF-8"),
    ],
)
def test_a_bad_row_costs_one_note(bad: bytes, reason: str) -> None:
    """The rows around it stay, and the caret of their sentence is lost where it was."""
    events, notes = read_all(log(row(0, 9, "a"), bad, row(20, 30, "b")))
    mine = [event for event in events if event.stream is not None]
    assert [type(event).__name__ for event in mine] == ["KeyDown", "Discontinuity", "KeyUp", "KeyDown", "KeyUp"]
    assert [type(event) for event in events if event.stream is None] == [Discontinuity]
    [(number, said)] = notes.refused_lines
    assert number == 3 and said.startswith(reason)
    assert "hunter2" not in repr(notes)


def test_it_is_told_by_its_header() -> None:
    """Exactly."""
    assert recognises(next(heads(COLUMNS + b"\r\n")))
    assert not recognises(next(heads(COLUMNS[:-8])))
    assert open_format(io.BytesIO(log(row(0, 9, "a"))))[0] == "aalto"


@pytest.mark.parametrize("chunk_bytes", [1, 7])
def test_chunks_make_no_difference(chunk_bytes: int) -> None:
    """However the bytes come."""
    data = log(row(300, 350, "é"), row(0, 400, "SHIFT", 16), row(100, 420, "T", 84, section=8))
    assert read_all(data, chunk_bytes) == read_all(data)


def test_a_secret_leaves_nowhere() -> None:
    """Typed and corrected, in a sentence of its own; the others stay."""
    typed = expand('type:"my password is hunter3" key:Backspace type:"2!Q and off we go"').events
    kept = expand('type:"the river runs north"').events
    strokes = [KeyDown if event["type"] == "keydown" else KeyUp for event in typed + kept]
    events = [
        kind(time_us=event["time_us"], key=event["key"], stream="7" if event in typed else "8")
        for kind, event in zip(strokes, typed + kept)
    ]
    rows = list(filter_stream(io.BytesIO(write(events))))
    assert not find_leaks(rows, ["hunter2!Q", "hunter3"])
    assert not find_missing(rows, ["the river runs north"])


def test_real_sentences_are_read_whole() -> None:
    """Of the first 20,000 strokes all but a few have a key or a code, and time never goes back within a sentence."""
    folder = os.environ.get("RETICENT_DATA")
    if not folder:
        pytest.skip("RETICENT_DATA is not set: real logs are NOT tested")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(Path(folder) / "keystroke" / "aalto136m_subset.parquet").slice(0, 20_000)
    rows = (
        row(record["press_ms"], record["release_ms"], record["letter"] or "", record["keycode"], record["section"])
        for record in table.to_pylist()
    )
    events, notes = read_all(log(*rows))
    assert Counter(type(event).__name__ for event in events) == {"KeyDown": 20_000, "KeyUp": 20_000}
    assert notes.refused == 0
    assert all(event.key or event.code for event in events if isinstance(event, (KeyDown, KeyUp)))
    for _, sentence in groupby(events, lambda event: event.stream):
        times_us = [event.time_us for event in sentence]
        assert times_us == sorted(times_us)
