"""Terminal recordings become keys of one terminal: exact times, no output, no guess about what was not sent."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import Discontinuity, Event, Focus, Input, KeyDown, KeyUp, Label, State
from reticent.formats.asciicast import read, recognises
from reticent.reading.head import heads
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import find_leaks, find_missing

V2 = {"version": 2, "width": 80, "height": 24}
V3 = {"version": 3, "term": {"cols": 80, "rows": 24}}
FOCUS = Focus(time_us=0, field="terminal")


def cast(*lines: Any, header: dict[str, Any] | None = None) -> bytes:
    """A recording."""
    return "".join(json.dumps(line) + "\n" for line in (header or V2, *lines)).encode()


def read_all(data: bytes, chunk_bytes: int = 1 << 18) -> tuple[list[Event], Notes]:
    """Events and notes of a recording."""
    notes = Notes()
    return [event for batch in read(io.BytesIO(data), notes, chunk_bytes) for event in batch], notes


def stroke(time_us: int, key: str) -> list[Event]:
    """A key down and up."""
    return [KeyDown(time_us=time_us, key=key), KeyUp(time_us=time_us, key=key)]


def test_times_of_version_2_are_absolute() -> None:
    """One record may hold several keys."""
    events, notes = read_all(cast([1.001, "i", "ls\r"], [1.2500005, "i", "a"]))
    assert events == [
        FOCUS, *stroke(1_001_000, "l"), *stroke(1_001_000, "s"), *stroke(1_001_000, "Enter"), *stroke(1_250_001, "a"),
    ]  # fmt: skip
    assert notes.refused == 0


def test_times_of_version_3_are_intervals() -> None:
    """Of all lines, also of those that are dropped; their sum does not drift."""
    events, notes = read_all(
        b'{"version":3,"term":{"cols":80,"rows":24}}\n# typed by hand\n[0.120, "i", "l"]\n[1, "o", "l"]\n'
        b'[0.5, "x", "0"]\n[0.25, "i", "s"]\n'
    )
    assert events == [FOCUS, *stroke(120_000, "l"), *stroke(1_870_000, "s")]
    assert notes.refused == 0
    many, _ = read_all(cast(*[[0.000_1, "o", ""]] * 9_999, [0.000_1, "i", "a"], header=V3))
    assert many[1].time_us == 1_000_000


def test_output_sizes_and_exit_are_dropped_without_a_note() -> None:
    """Output echoes what is typed."""
    events, notes = read_all(cast([0.1, "o", "hunter2"], [0.2, "r", "80x24"], [0.3, "x", "0"], [0.4, "m", ""]))
    assert events == [FOCUS]
    assert notes == Notes(lines=1)


def test_marks_are_labels() -> None:
    """What a mark says is a title."""
    assert read_all(cast([1, "m", "Build"]))[0] == [FOCUS, Label(time_us=1_000_000, kind="title", value="Build")]


def test_the_header_tells_title_and_clock() -> None:
    """The command and the environment are left out."""
    header = {**V2, "timestamp": 1504467315, "title": "Demo", "command": "mysql -psecret", "env": {"SHELL": "/bin/sh"}}
    events, notes = read_all(cast(header=header))
    assert events == [
        State(time_us=0, wall_time="2017-09-03T19:35:15+00:00"),
        Focus(time_us=0, window="Demo", field="terminal"),
    ]
    assert notes.unknown_fields == Counter()
    assert read_all(cast(header={**V2, "timestamp": 1e99, "title": 7, "hunter2": 1}))[0] == [FOCUS]


def test_characters_and_sequences_may_be_split_over_lines() -> None:
    """As a terminal sends them."""
    events, _ = read_all(cast([1, "i", "\x1b"], [1.0001, "i", "[200~a\x1b[2"], [1.2, "i", "01~\x1b"], [2, "o", "x"]))
    assert events == [
        FOCUS,
        Input(time_us=1_200_000, input_type="insertFromPaste", data="a"),
        *stroke(1_200_000, "Escape"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1.5, \"i\", \"hunter2\"", "not JSON"), (b"[\"1.5\", \"i\", \"hunter2\"]", "not an event"),
        (b"[1.5, \"i\"]", "not an event"), (b"[true, \"i\", \"hunter2\"]", "not an event"), (b"{}", "not an event"),
        (b"[1.5, \"z\", \"hunter2\"]", "code: not one"), (b"[1e300, \"i\", \"hunter2\"]", "time: too large"),
    ],
)  # fmt: skip
def test_a_bad_line_costs_one_note(line: bytes, reason: str) -> None:
    """The lines around it stay."""
    good = cast([1, "i", "a"])
    events, notes = read_all(good + line + b"\n" + b'[2, "i", "b"]\n')
    assert events == [FOCUS, *stroke(1_000_000, "a"), Discontinuity(time_us=1_000_000), *stroke(2_000_000, "b")]
    [(number, said)] = notes.refused_lines
    assert number == 3 and said.startswith(reason)
    assert "hunter2" not in repr(notes)


def test_another_version_is_refused_with_the_way_out() -> None:
    """Version 1 holds no input at all."""
    events, notes = read_all(b'{"version": 1, "width": 80, "height": 24, "stdout": []}\n')
    assert events == [Discontinuity(time_us=0)]
    assert "asciinema convert" in notes.refused_lines[0][1]


@pytest.mark.parametrize(("header", "known"), [(V2, True), (V3, True), ({"version": 2}, False), ([2], False)])
def test_it_is_told_by_its_header(header: Any, *, known: bool) -> None:
    """Not by its events, which are arrays like many others."""
    assert recognises(next(heads(json.dumps(header).encode()))) is known
    if known:
        assert open_format(io.BytesIO(cast(header=header)))[0] == "asciicast"


@pytest.mark.parametrize("chunk_bytes", [1, 7])
def test_chunks_make_no_difference(chunk_bytes: int) -> None:
    """However the bytes come."""
    data = cast([0.5, "i", "é\x1b[D"], [0.6, "m", "x"], [0.7, "i", "\x1b[200~p"], [0.8, "i", "\x1b[201~"])
    assert read_all(data, chunk_bytes) == read_all(data)


@pytest.mark.parametrize("way", ["keys", "paste", "corrected"])
def test_a_secret_leaves_nowhere(way: str) -> None:
    """Typed, pasted or corrected; the words around it stay."""
    secret = "hunter2!Q"
    typed = {
        "keys": f"my password is {secret}",
        "paste": ["my password is ", f"\x1b[200~{secret}\x1b[201~"],
        "corrected": "my password is hunter3\x7f2!Q",
    }[way]
    lines = [[n / 10, "i", char] for n, char in enumerate([*"echo walking home\r", *typed, *"\recho good night\r"])]
    filtered = filter_stream(io.BytesIO(cast(*lines)))
    rows = list(filtered)
    assert not find_leaks(rows, [secret])
    assert not find_missing(rows, ["walking home", "good night"])


def test_the_line_after_sudo_is_a_password() -> None:
    """The recording is of a terminal."""
    typed = [*"sudo ls\r", *"Blue-Kettle-42\r", *"ls\r"]
    rows = list(filter_stream(io.BytesIO(cast(*[[n / 10, "i", char] for n, char in enumerate(typed)]))))
    assert not find_leaks(rows, ["Blue-Kettle-42"])
    assert not find_missing(rows, ["sudo ls"])


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("input", {"Focus": 1, "KeyDown": 2, "KeyUp": 2}),
        ("keystroke-reel", {"Focus": 1, "KeyDown": 6, "KeyUp": 6}),
        ("markers-input", {"Focus": 1, "KeyDown": 2, "KeyUp": 2, "Label": 2}),
    ],
)
def test_real_recordings_are_read_whole(name: str, counts: dict[str, int]) -> None:
    """The three of asciinema-player's tests; among their keys is an Escape that is no Alt."""
    folder = os.environ.get("RETICENT_DATA")
    if not folder:
        pytest.skip("RETICENT_DATA is not set: real recordings are NOT tested")
    events, notes = read_all((Path(folder) / "streams" / f"asciinema_{name}.cast").read_bytes())
    assert Counter(type(event).__name__ for event in events) == counts
    assert notes.refused == 0
    assert not [event for event in events if isinstance(event, KeyDown) and event.modifiers]
