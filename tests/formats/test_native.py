"""A line that is no event costs one note and a discontinuity, never another event; what is read is what was written."""

from __future__ import annotations

import datetime
import io
import json
import math
import os
import random
import threading
import tracemalloc
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from reticent.errors import FormatError
from reticent.events import (
    Clipboard,
    Discontinuity,
    Event,
    Focus,
    Hit,
    KeyDown,
    PointerDown,
    PointerMove,
    SelectionChange,
    State,
    Tick,
    Wheel,
)
from reticent.formats.native import encode, from_records, read, to_record
from reticent.reading.notes import Notes

CANARY = "hunter2-Xyzzy"

EVENTS: list[Event] = [
    Focus(time_us=1, app="firefox", window="Sign in", element="e1", field="password"),
    KeyDown(time_us=2, code="KeyA", key="ä€😀", modifiers=("Shift", "AltGraph"), device="k1", stream="s"),
    PointerMove(time_us=3, x=500, y=1.25),
    PointerDown(time_us=4, x=1, y=2, button="right", hit=Hit(role="button", label="OK")),
    Wheel(time_us=5, x=1, y=2, delta_y=-120),
    Clipboard(time_us=6, operation="paste", data="line\nbreak\0"),
    State(time_us=7, recording=False, layout="de"),
    Tick(time_us=-3),
]


def read_all(data: bytes, chunk_bytes: int = 1 << 18, max_line_bytes: int = 1 << 24) -> tuple[list[Event], Notes]:
    """Events and notes of the bytes of a recording."""
    notes = Notes()
    batches = read(io.BytesIO(data), notes, chunk_bytes, max_line_bytes)
    return [event for batch in batches for event in batch], notes


def tick(time_us: int) -> bytes:
    """A good line."""
    return b'{"type":"tick","time_us":%d}\n' % time_us


def test_read_gives_what_encode_wrote() -> None:
    """Every field survives, numbers stay the kind of number they were."""
    events, notes = read_all(encode(EVENTS))
    assert events == EVENTS
    assert isinstance(events[2], PointerMove) and type(events[2].x) is int and type(events[2].y) is float
    assert (notes.lines, notes.refused) == (len(EVENTS), 0)


def test_encode_takes_any_iterable_and_leaves_discontinuities_out() -> None:
    """The marker is for the pipeline; text that looks like one is not touched."""
    lookalike = Clipboard(time_us=1, operation="copy", data='{"type":"discontinuity"')
    marker = Discontinuity(time_us=2)
    events: list[Event] = [lookalike, marker, Tick(time_us=3)]
    assert encode(iter(events)) == encode([lookalike, Tick(time_us=3)])
    assert encode([]) == b""


BAD_LINES = {
    "nonsense": (b"nonsense " + CANARY.encode(), "not JSON"),
    "cut": (b'{"type":"tick","time_us"', "not JSON"),
    "nul": (b"\0\0\0", "not JSON"),
    "nul in a string": (b'{"type":"keydown","time_us":1,"key":"a\0"}', "not JSON"),
    "not utf-8": (b'{"type":"keydown","time_us":1,"key":"\xff"}', "not JSON"),
    "lone surrogate": (b'{"type":"keydown","time_us":1,"key":"\\ud800"}', "not JSON"),
    "array": (b"[1]", "not a JSON object"),
    "two objects": (tick(1).strip() * 2, "not JSON"),
    "deep": (b'{"type":"tick","time_us":1,"deep":' + b"[" * 100_000, "not JSON"),
    "endless number": (b'{"type":"tick","time_us":' + b"1" * 5000 + b"}", "not JSON"),
    "no type": (b'{"time_us":1}', "type: missing"),
    "type of another kind": (b'{"type":5,"time_us":1}', "type: missing or not a string"),
    "unknown type": (b'{"type":"telepathy","time_us":1}', "type: not a type"),
    "marker on the wire": (b'{"type":"discontinuity","time_us":1}', "type: not a type"),
    "no time": (b'{"type":"tick"}', "time_us: missing"),
    "no time, null": (b'{"type":"tick","time_us":null}', "time_us: missing"),
    "float time": (b'{"type":"tick","time_us":1.5}', "time_us: must be int, not float"),
    "NaN time": (b'{"type":"tick","time_us":NaN}', "not JSON"),
    "text time": (b'{"type":"tick","time_us":"5"}', "time_us: must be int, not str"),
    "true time": (b'{"type":"tick","time_us":true}', "time_us: must be int, not bool"),
    "large time": (b'{"type":"tick","time_us":%d}' % (2**53 + 1), "time_us: must be at most 9007199254740991"),
    "large negative time": (b'{"type":"tick","time_us":%d}' % (-(2**53) - 1), "time_us: must be at least -90071"),
    "larger time": (b'{"type":"tick","time_us":%d}' % 10**30, "time_us: must be at most 9007199254740991"),
    "large coordinate": (b'{"type":"pointermove","time_us":1,"x":1e999,"y":1}', "not JSON"),
    "wrong word": (
        b'{"type":"pointerdown","time_us":1,"x":1,"y":1,"button":"%s"}' % CANARY.encode(),
        "button: must be one of left, middle",
    ),
    "wrong modifier": (
        b'{"type":"keydown","time_us":1,"modifiers":["Shift","%s"]}' % CANARY.encode(),
        "modifiers[1]: must be one of Shift",
    ),
    "wrong inner type": (b'{"type":"pointerup","time_us":1,"x":1,"y":1,"hit":{"role":7}}', "hit.role: must be str"),
    "wrong type beside an unknown field": (b'{"type":"keyup","time_us":1,"repeat":3,"v":1}', "repeat: must be bool"),
}


@pytest.mark.parametrize("chunk_bytes", [1, 64, 1 << 18])
@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_costs_one_note(case: str, chunk_bytes: int) -> None:
    """The lines around it stay, the marker has the time of the event before, no content is quoted."""
    line, reason = BAD_LINES[case]
    events, notes = read_all(tick(5) + line + b"\n" + tick(9), chunk_bytes)
    assert events == [Tick(time_us=5), Discontinuity(time_us=5), Tick(time_us=9)]
    assert (notes.lines, notes.refused) == (3, 1)
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert CANARY not in repr(notes)


def test_a_bad_line_at_the_start_or_end_is_marked_too() -> None:
    """With no event before it the marker is at 0; a line without its newline counts."""
    events, notes = read_all(b"x\n" + tick(5) + b'{"type":"ti')
    assert events == [Discontinuity(time_us=0), Tick(time_us=5), Discontinuity(time_us=5)]
    assert [line for line, _ in notes.refused_lines] == [1, 3]


@pytest.mark.parametrize("chunk_bytes", [1, 7, 1 << 18])
def test_byte_order_mark_crlf_and_blank_lines_are_no_fault(chunk_bytes: int) -> None:
    """They give no note and are not counted, but line numbers are those an editor shows."""
    data = b"\xef\xbb\xbf" + tick(1).replace(b"\n", b"\r\n") + b"\r\n \n\n" + tick(2) + b"bad\n" + tick(3).strip()
    events, notes = read_all(data, chunk_bytes)
    assert events == [Tick(time_us=1), Tick(time_us=2), Discontinuity(time_us=2), Tick(time_us=3)]
    assert notes.lines == 4
    assert [line for line, _ in notes.refused_lines] == [6]


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_gives_nothing(data: bytes) -> None:
    """No event, no note, no error."""
    assert read_all(data) == ([], Notes())


@pytest.mark.parametrize("data", [b'{"type":\n"tick","time_us":1}\n', tick(1) + b'{"type":\n"tick","time_us":1}\n'])
@pytest.mark.parametrize("chunk_bytes", [1, 5, 1 << 18])
def test_an_object_over_two_lines_is_two_bad_lines(data: bytes, chunk_bytes: int) -> None:
    """However the bytes are cut: else the same file would give different events."""
    assert read_all(data, chunk_bytes)[1].refused == 2


@pytest.mark.parametrize("seed", range(200))
def test_where_chunks_end_does_not_matter(seed: int) -> None:
    """Good, bad, blank, glued and damaged lines in any order give the same events and notes at any chunk size."""
    rng = random.Random(seed)
    good = [encode([event]).strip() for event in EVENTS]
    bad = [line for line, _ in BAD_LINES.values() if len(line) < 1000]
    odd = [b"", b"  ", b'{"type":\n"tick","time_us":1}', *(line + b"\r" for line in good)]
    data = bytearray(b"\n".join(rng.choices([*good, *bad, *odd], k=rng.randint(1, 12))))
    for _ in range(rng.choice((0, 0, 3)) if data else 0):
        data[rng.randrange(len(data))] = rng.choice(b'{}"\n,:\0\xff0')
    events, notes = read_all(bytes(data), max_line_bytes=200)
    assert notes.lines == len(events)
    assert notes.refused == sum(type(event) is Discontinuity for event in events)
    for chunk_bytes in (1, rng.randint(2, 50), rng.randint(50, 300)):
        assert read_all(bytes(data), chunk_bytes, max_line_bytes=200) == (events, notes)


def test_unknown_fields_are_counted_and_the_event_stays() -> None:
    """Null ones say nothing and are not counted; a null in a known field means absent."""
    line = b'{"type":"keydown","time_us":1,"key":"a","mood":"%s","mood2":1,"x":null,"repeat":null,"modifiers":null}\n'
    events, notes = read_all(line % CANARY.encode() * 2 + tick(2))
    assert events == [KeyDown(time_us=1, key="a")] * 2 + [Tick(time_us=2)]
    assert notes.unknown_fields == {"mood": 2, "mood2": 2}
    assert notes.refused == 0
    assert CANARY not in repr(notes)


def test_names_that_may_be_content_are_counted_as_other() -> None:
    """A name is shown when it is short and an identifier, and not too many are."""
    odd = ["pass word", "a" * 41, "", "4111-1111"]
    lines = b"".join(json.dumps({"type": name, "time_us": 1}).encode() + b"\n" for name in [*odd, "telepathy"])
    _, notes = read_all(lines)
    assert notes.unknown_types == {"other": 4, "telepathy": 1}
    _, notes = read_all(b"".join(b'{"type":"t%d","time_us":1}\n' % n for n in range(1000)))
    assert len(notes.unknown_types) == 101 and notes.unknown_types["other"] == 900
    assert notes.refused == 1000 and len(notes.refused_lines) == 10


@pytest.mark.parametrize("chunk_bytes", [1, 10, 99, 1 << 18])
def test_a_line_that_is_too_long_is_dropped(chunk_bytes: int) -> None:
    """Wherever it stands and however it is cut."""
    long = b'{"type":"tick","time_us":1,"stream":"' + b"a" * 200 + b'"}\n'
    events, notes = read_all(long + tick(2) + long + tick(3) + long.strip(), chunk_bytes, max_line_bytes=100)
    gap = Discontinuity
    assert events == [gap(time_us=0), Tick(time_us=2), gap(time_us=2), Tick(time_us=3), gap(time_us=3)]
    assert [line for line, _ in notes.refused_lines] == [1, 3, 5]


def test_memory_is_flat() -> None:
    """Neither a long file nor an endless line is kept."""

    class Endless(io.RawIOBase):
        def __init__(self, block: bytes, blocks: int) -> None:
            self.block, self.blocks = block, blocks

        def read(self, size: int = -1, /) -> bytes:
            self.blocks -= 1
            return self.block if self.blocks >= 0 else b""

    def peak(stream: Endless) -> int:
        tracemalloc.start()
        count = sum(len(batch) for batch in read(stream, max_line_bytes=1 << 20))
        assert count > 0
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak_bytes

    assert peak(Endless(tick(1) * 1000, 200)) < 3_000_000
    assert peak(Endless(b"x" * 100_000, 200)) < 3_000_000


def test_a_pipe_is_read_line_by_line() -> None:
    """A line is given as soon as it is whole: the reader does not wait for a full chunk."""
    source, sink = os.pipe()
    with os.fdopen(source, "rb") as stream, os.fdopen(sink, "wb", buffering=0) as writer:
        batches = read(stream)
        for time_us in range(1, 4):
            line = tick(time_us)
            threading.Thread(target=lambda line=line: [writer.write(line[n : n + 1]) for n in range(len(line))]).start()
            assert next(batches) == [Tick(time_us=time_us)]
        writer.close()
        assert list(batches) == []


def test_text_streams_are_refused_with_the_fix() -> None:
    """A file that was opened without b is the commonest slip."""
    with pytest.raises(FormatError, match="binary mode"):
        list(read(io.StringIO("{}")))  # type: ignore[arg-type]


def test_records_give_the_events_they_describe() -> None:
    """The way out and in again is the identity, also through JSON."""
    records = [to_record(event) for event in EVENTS]
    assert list(from_records(records)) == EVENTS
    assert list(from_records(json.loads(json.dumps(records)))) == EVENTS


class Missing:
    """Stands for pandas.NA, which is neither true nor equal to anything."""

    def __bool__(self) -> bool:
        raise TypeError


Missing.__name__ = "NAType"


def test_records_of_a_data_frame_are_taken() -> None:
    """Every row has every column; what is absent is NaN, None or NA; numbers are numpy's; integers became floats."""
    absent: dict[str, Any] = {"key": math.nan, "hit": None, "device": np.float32("nan"), "text": Missing()}
    records = [
        {**absent, "type": "pointermove", "time_us": np.int64(1), "x": np.float32(1.5), "y": np.int16(2)},
        {"type": "selectionchange", "time_us": 2.0, "start": np.float64(3), "end": 4.0},
        {"type": np.str_("keydown"), "time_us": 3, "repeat": np.bool_(True), "modifiers": np.array(["Shift"])},
        {"type": "pointerdown", "time_us": 4, "x": 1, "y": 1, "hit": {"role": "button", "label": math.nan}},
    ]
    notes = Notes()
    assert list(from_records(records, notes)) == [
        PointerMove(time_us=1, x=1.5, y=2),
        SelectionChange(time_us=2, start=3, end=4),
        KeyDown(time_us=3, repeat=True, modifiers=("Shift",)),
        PointerDown(time_us=4, x=1, y=1, hit=Hit(role="button")),
    ]
    assert notes == Notes(lines=4)


def test_bad_records_are_noted_as_bad_lines_are() -> None:
    """A record that is no event is replaced by a discontinuity at the time of the event before."""
    bad: list[tuple[dict[str, Any], str]] = [
        ({}, "type: missing"),
        ({"type": "telepathy", "time_us": 1}, "type: not a type"),
        ({"type": "discontinuity", "time_us": 1}, "type: not a type"),
        ({"type": "tick", "time_us": math.nan}, "time_us: missing"),
        ({"type": "tick", "time_us": 1.5}, "time_us: must be int"),
        ({"type": "tick", "time_us": 2**53 + 1}, "time_us: must be at most"),
        ({"type": "tick", "time_us": CANARY}, "time_us: must be int, not str"),
        ({"type": "pointermove", "time_us": 1, "x": math.inf, "y": 1}, "x: infinite"),
        ({"type": "keydown", "time_us": 1, "key": CANARY + "\ud800"}, "key: holds half a character"),
    ]
    for record, reason in bad:
        notes = Notes()
        events = list(from_records([{"type": "tick", "time_us": 7}, record, {"type": "tick", "time_us": 8}], notes))
        assert events == [Tick(time_us=7), Discontinuity(time_us=7), Tick(time_us=8)]
        [(number, said)] = notes.refused_lines
        assert number == 2 and said.startswith(reason)
        assert CANARY not in repr(notes)


def test_unknown_fields_of_records_are_counted() -> None:
    """As on the wire."""
    notes = Notes()
    assert list(from_records([{"type": "tick", "time_us": 1, "mood": "good"}], notes)) == [Tick(time_us=1)]
    assert notes.unknown_fields == {"mood": 1}


@pytest.mark.parametrize(
    "stamp",
    [
        datetime.datetime(2026, 1, 5, 9),
        datetime.timedelta(seconds=1),
        np.datetime64("2026-01-05T09:00", "ns"),
        np.timedelta64(1, "s"),
    ],
)
def test_timestamps_are_refused_with_the_fix(stamp: object) -> None:
    """They are not taken for the integers that numpy makes of them, whose unit is not ours."""
    with pytest.raises(FormatError, match=r"time_us: holds timestamps.*datetime64\[us\]"):
        list(from_records([{"type": "tick", "time_us": stamp}]))


def test_a_data_frame_itself_is_refused_with_the_fix() -> None:
    """Iterating over one gives the names of its columns."""
    with pytest.raises(FormatError, match=r"to_dict\(\"records\"\)"):
        list(from_records(["type", "time_us"]))  # type: ignore[list-item]


def test_records_are_read_as_they_come() -> None:
    """One event for each record, without reading ahead."""

    def source() -> Iterator[dict[str, Any]]:
        yield {"type": "tick", "time_us": 1}
        raise AssertionError

    assert next(from_records(source())) == Tick(time_us=1)
