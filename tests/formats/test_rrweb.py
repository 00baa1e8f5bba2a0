"""Replays become pointers, focus and whole values, in the order in which they happened, without the page itself."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.errors import FormatError
from reticent.events import Discontinuity, Event, Focus, Input, PointerDown, PointerMove
from reticent.formats.rrweb import read, recognises
from reticent.reading.head import heads
from reticent.reading.notes import Notes
from reticent.recordings import open_format

T = 1_700_000_000_123
US = T * 1000
VALUE = {"type": 3, "data": {"source": 5, "text": "hi", "isChecked": False, "id": 42}, "timestamp": T}
MOVE = {
    "type": 3,
    "data": {"source": 1, "positions": [{"x": 100, "y": 200, "id": 5, "timeOffset": -450}]},
    "timestamp": T,
}
DOWN = {"type": 3, "data": {"source": 2, "type": 1, "id": 42, "x": 1, "y": 2, "pointerType": 0}, "timestamp": T - 200}
META = {"type": 4, "data": {"href": "https://example.org", "width": 8, "height": 6}, "timestamp": T - 900}
LOADED = {"type": 0, "data": {}, "timestamp": T - 950}
EVENTS = [LOADED, META, DOWN, MOVE, VALUE]
EXPECTED: list[Event] = [
    Focus(time_us=US - 900_000, url="https://example.org"),
    PointerMove(time_us=US - 450_000, x=100, y=200),
    PointerDown(time_us=US - 200_000, x=1, y=2),
    Focus(time_us=US, element="1.42", url="https://example.org"),
    Input(time_us=US, input_type="autofill", data="hi"),
]


def lines(*records: Any) -> bytes:
    """JSON lines."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def read_all(data: bytes, chunk_bytes: int = 1 << 18) -> tuple[list[Event], Notes]:
    """Events and notes of a recording."""
    notes = Notes()
    return [event for batch in read(io.BytesIO(data), notes, chunk_bytes) for event in batch], notes


CONTAINERS = {
    "lines": lines(*EVENTS),
    "array": json.dumps(EVENTS).encode(),
    "pretty array": json.dumps(EVENTS, indent=2).encode(),
    "events": json.dumps({"events": EVENTS}).encode(),
    "pretty events": b"\xef\xbb\xbf" + json.dumps({"events": EVENTS}, indent=1).encode(),
    "lines of arrays": lines(EVENTS[:2], EVENTS[2:]),
    "one line without end": json.dumps(EVENTS).encode() + b"\n\n",
}


@pytest.mark.parametrize("chunk_bytes", [1, 7, 1 << 18])
@pytest.mark.parametrize("name", CONTAINERS)
def test_containers_and_chunks_make_no_difference(name: str, chunk_bytes: int) -> None:
    """A move that was sampled before a click comes before it."""
    events, notes = read_all(CONTAINERS[name], chunk_bytes)
    assert events == EXPECTED
    assert (notes.refused, notes.lines) == (0, len(EXPECTED))


@pytest.mark.parametrize("name", CONTAINERS)
def test_it_is_told_by_its_first_bytes(name: str) -> None:
    """A pipe gives its first line; an array may be one line or many."""
    found, batches = open_format(io.BytesIO(CONTAINERS[name]))
    assert found == "rrweb"
    assert [event for batch in batches for event in batch] == EXPECTED


def test_a_long_array_in_one_line_is_told_too() -> None:
    """Its beginning is enough."""
    data = json.dumps([LOADED, META, *[DOWN] * 20_000]).encode()
    assert len(data) > 2 << 20
    found, batches = open_format(io.BytesIO(data))
    assert found == "rrweb"
    assert sum(map(len, batches)) == 20_001


@pytest.mark.parametrize(
    "record",
    [
        {"type": "keydown", "timeStamp": 1}, {"type": 3, "timestamp": T}, {"type": 9, "data": {}, "timestamp": T},
        {"type": True, "data": {}, "timestamp": T}, {"type": 3, "data": {}, "timestamp": "now"}, [], [1], [{}], 7,
        {"events": []}, {"events": [1]}, {"event": "$pageview", "properties": {}},
    ],
)  # fmt: skip
def test_what_is_not_rrweb_is_not_recognised(record: Any) -> None:
    """Whatever it is."""
    assert not recognises(next(heads(json.dumps(record).encode())))
    assert not recognises(next(heads(b'[{"type": 3, "data": {}, "timestamp": 17')))


def test_batches_of_posthog_are_streams_by_window() -> None:
    """Two windows of one session have their own pages."""
    batch = {"event": "$snapshot", "properties": {"$window_id": "w1", "$snapshot_data": [META, VALUE]}}
    other = {"event": "$snapshot", "properties": {"$snapshot_items": [{**VALUE, "windowId": "w2"}]}}
    export = {"window_id": "w1", "data": [{**VALUE, "timestamp": T + 5}]}
    assert open_format(io.BytesIO(lines(batch)))[0] == "rrweb"
    events, notes = read_all(lines(batch, other, export))
    assert notes.refused == 0
    assert [(type(event).__name__, event.stream, event.time_us - US) for event in events] == [
        ("Focus", "w1", -900_000), ("Focus", "w1", 0), ("Input", "w1", 0), ("Focus", "w2", 0), ("Input", "w2", 0),
        ("Input", "w1", 5_000),
    ]  # fmt: skip


def test_events_leave_when_a_second_has_passed() -> None:
    """Not only at the end."""
    later = {**DOWN, "timestamp": T + 2_000}
    batches = list(read(io.BytesIO(lines(*EVENTS, later)), chunk_bytes=1 << 18))
    assert [len(batch) for batch in batches] == [len(EXPECTED), 1]


def test_a_clock_that_was_set_back_mixes_nothing() -> None:
    """What was read before stays before."""
    early = {**DOWN, "timestamp": T - 60_000}
    events, _ = read_all(lines(*EVENTS, early, {**DOWN, "timestamp": T - 59_999}))
    assert events[: len(EXPECTED)] == EXPECTED
    assert [event.time_us for event in events[len(EXPECTED) :]] == [US - 60_000_000, US - 59_999_000]


@pytest.mark.parametrize(
    "record",
    [
        {"type": 1, "data": {}, "timestamp": T},
        {"type": 5, "data": {"tag": "x", "payload": "hunter2"}, "timestamp": T},
        {"type": 6, "data": {"plugin": "console", "payload": "hunter2"}, "timestamp": T},
        {"type": 3, "data": {"source": 3, "id": 1, "x": 0, "y": 300}, "timestamp": T},
        {"type": 3, "data": {"source": 14, "ranges": [{"start": 1, "startOffset": 2}]}, "timestamp": T},
        {"type": 3, "data": {"source": 0, "texts": [{"id": 9, "value": "hunter2"}]}, "timestamp": T},
        {"type": 2, "data": {"node": {"type": 3, "textContent": "hunter2", "id": 1}}, "timestamp": T},
    ],
)  # fmt: skip
def test_the_rest_is_dropped_without_a_note(record: dict[str, Any]) -> None:
    """It is known, and holds text of the page or nothing of a person."""
    assert read_all(lines(record)) == ([], Notes())


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"type":9,"data":{},"timestamp":1700000000123}', "type: not one of 0 to 6"),
        (b'{"type":3,"data":{"source":5}}', "timestamp: must be"),
        (b'{"type":3,"data":"H4sI","timestamp":1700000000123}', "data: must be an object; export"),
        (b'{"type":3,"data":{"source":5,"id":1},"timestamp":1700000000123}', "data.text: missing"),
        (b'"hunter2"', "not a JSON object"), (b'{"hunter2', "not JSON"),
    ],
)  # fmt: skip
def test_a_bad_line_costs_one_note(bad: bytes, reason: str) -> None:
    """The lines around it stay."""
    good = lines({**VALUE, "timestamp": T + 1})
    events, notes = read_all(lines(VALUE) + bad + b"\n" + good)
    assert [event.data for event in events if isinstance(event, Input)] == ["hi", "hi"]
    assert any(isinstance(event, Discontinuity) and event.time_us == US for event in events)
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes)


def test_a_bad_event_in_a_batch_or_a_document_costs_one_note() -> None:
    """What is good around it stays."""
    bad = {"type": 3, "data": {"source": 5, "id": 1}, "timestamp": T}
    for data, number in ((lines([VALUE, bad, VALUE]), 1), (json.dumps([VALUE, bad, VALUE], indent=1).encode(), 2)):
        events, notes = read_all(data)
        assert [event.data for event in events if isinstance(event, Input)] == ["hi", "hi"]
        assert any(isinstance(event, Discontinuity) for event in events)
        assert notes.refused_lines == [(number, "data.text: missing, or not a string")]


def test_a_document_that_breaks_off_is_refused() -> None:
    """Nothing of it can be trusted to be whole."""
    data = json.dumps(EVENTS, indent=1).encode()[:-20]
    with pytest.raises(FormatError, match="cut off"):
        read_all(data)


@pytest.mark.parametrize("secret", ["hunter2!Q", "maria.gonzalez84@example.org"])
@pytest.mark.parametrize("clipboard", ["operation", "scrub"])
def test_a_secret_leaves_nowhere(secret: str, clipboard: str, tmp_path: Path) -> None:
    """Typed letter by letter, every value tells it from the beginning; with ``scrub``, ordinary values stay."""
    policy = tmp_path / "policy.toml"
    policy.write_text(f'name = "p"\n[payload]\nclipboard = "{clipboard}"\n')
    typed = f"my password is {secret}"
    values = [typed[:end] for end in range(1, len(typed) + 1)]
    records = [
        {**VALUE, "data": {"source": 5, "id": 42, "text": text}, "timestamp": T + 100 * n}
        for n, text in enumerate(values)
    ]
    notes = [  # the first stands right behind the secret in the order of typing, so it may go with it
        {**VALUE, "data": {"source": 5, "id": 43 + n, "text": text}, "timestamp": T + 200_000 + n}
        for n, text in enumerate(("at last", "walking home"))
    ]
    rows = list(filter_stream(io.BytesIO(lines(META, *records, *notes)), policy))
    output = json.dumps(rows)
    assert secret not in output
    for size in range(4, len(secret)):
        assert secret[:size] not in output
    assert ("walking home" in output) == (clipboard == "scrub")


def test_a_password_field_leaves_one_mark(tmp_path: Path) -> None:
    """Not a value a key, masked or not."""
    node = {"type": 2, "id": 42, "tagName": "input", "attributes": {"type": "password"}, "childNodes": []}
    snapshot = {"type": 2, "data": {"node": {"type": 0, "id": 1, "childNodes": [node]}}, "timestamp": T}
    outputs = []
    for text in ("hunter2!Q", "*" * 15):
        values = [
            {**VALUE, "data": {"source": 5, "id": 42, "text": text[:end]}, "timestamp": T + 50 * end}
            for end in range(1, len(text) + 1)
        ]
        rows = list(filter_stream(io.BytesIO(lines(META, snapshot, *values))))
        assert [row["type"] for row in rows if row["type"] not in ("header", "focus")] == ["redacted"]
        outputs.append([row["type"] for row in rows])
    assert outputs[0] == outputs[1]
