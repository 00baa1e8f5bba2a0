"""Real recordings go through whole: what holds no secret leaves as it was, from time 0 on."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

import reticent
from reticent.api import filter_file
from reticent.formats.ducktrack import read
from reticent.testing.attacker import typed_text
from reticent.testing.wellformed import problems

Rows = list[dict[str, Any]]

DUCKTRACK, OPENCUA = "ducktrack_example_events.jsonl.gz", "opencua_example_events.jsonl.gz"
COUNTS = {
    DUCKTRACK: {
        "header": 1, "pointermove": 13_163, "wheel": 140, "pointerdown": 22, "pointerup": 22, "keydown": 27,
        "keyup": 27,
    },
    OPENCUA: {
        "header": 1, "pointermove": 4_034, "wheel": 19, "pointerdown": 21, "pointerup": 21, "keydown": 3, "keyup": 1,
    },
}  # fmt: skip
"""Rows out, by type. Rows in are the same but for the header: 13,401 and 4,099."""

_each = pytest.mark.parametrize("name", COUNTS)


@pytest.fixture
def recording(name: str, tmp_path: Path) -> Path:
    """The file of a recording, unpacked."""
    folder = os.environ.get("RETICENT_DATA")
    if not folder:
        pytest.skip("RETICENT_DATA is not set: real recordings are NOT filtered")
    path = tmp_path / "events.jsonl"
    path.write_bytes(gzip.decompress((Path(folder) / "streams" / name).read_bytes()))
    return path


def filtered(recording: Path) -> Rows:
    """Rows that ``filter_file`` writes."""
    target = io.BytesIO()
    filter_file(recording, target)
    return rows_of(target.getvalue())


def rows_of(data: bytes) -> Rows:
    """JSON lines."""
    return [json.loads(line) for line in data.splitlines()]


@_each
def test_every_row_is_counted(name: str, recording: Path) -> None:
    """Nothing is refused, hidden or added; the report says so."""
    target = io.BytesIO()
    report = filter_file(recording, target)
    assert Counter(row["type"] for row in rows_of(target.getvalue())) == COUNTS[name]
    assert len(recording.read_bytes().splitlines()) == sum(COUNTS[name].values()) - 1
    assert report.strokes == COUNTS[name]["keydown"]
    assert (report.marks, report.gaps, report.quality, report.failed) == ({}, 0, {}, False)


@_each
def test_the_output_is_well_formed(name: str, recording: Path) -> None:
    """By the grammar, with times from 0 that never go back."""
    rows = filtered(recording)
    assert problems(rows) == []
    times_us = [row["time_us"] for row in rows[1:]]
    assert times_us[0] == 0 and times_us == sorted(times_us)


@_each
def test_nothing_changes_but_the_clock(name: str, recording: Path) -> None:
    """Every event of the recording leaves with its content, and with the time since the first."""
    with recording.open("rb") as source:
        events: Rows = [msgspec.to_builtins(event) for batch in read(source) for event in batch]
    start_us = events[0]["time_us"]
    assert filtered(recording)[1:] == [{**event, "time_us": event["time_us"] - start_us} for event in events]


@pytest.mark.parametrize(
    ("name", "typed"), [(DUCKTRACK, "wikipedia\ntransformer model"), (OPENCUA, "T")]
)  # fmt: skip
def test_what_was_typed_can_be_read(name: str, typed: str, recording: Path) -> None:
    """A search and its Enter, typed with rollover, and the key of a shortcut, are no secrets."""
    assert typed_text(filtered(recording)) == typed


@_each
def test_the_command_writes_the_same(name: str, recording: Path) -> None:
    """It tells the format by content, ends with 0 and complains about no line."""
    target, report = recording.with_name("safe.jsonl"), recording.with_name("report.json")
    command = [sys.executable, "-m", "reticent", "filter", str(recording), "-o", str(target), "--report", str(report)]
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert rows_of(target.read_bytes()) == filtered(recording)
    told = json.loads(report.read_bytes())
    assert (told["refused_lines"], told["unknown_types"], told["unknown_fields"]) == (0, [], [])


EVEMU = {"header": 36, "keydown": 7, "wheel": 83, "pointermove": 9_724, "pointerdown": 42, "pointerup": 42}
"""Rows out of 36 recordings of devices. Both keyboards begin with the release of Enter and end with Ctrl+C held."""
CASTS = {
    "asciinema_input.cast": {"header": 1, "focus": 1, "keydown": 2, "keyup": 2},
    "asciinema_keystroke-reel.cast": {"header": 1, "focus": 1, "keydown": 6, "keyup": 6},
    "asciinema_markers-input.cast": {"header": 1, "focus": 1, "keydown": 2, "keyup": 2},
}
"""Rows out, by type."""


@pytest.fixture
def streams() -> Path:
    """The folder of real recordings."""
    folder = os.environ.get("RETICENT_DATA")
    if not folder:
        pytest.skip("RETICENT_DATA is not set: real recordings are NOT filtered")
    return Path(folder) / "streams"


def counted(data: bytes) -> Counter[str]:
    """Rows by type that come of a recording of which the content tells the format; nothing may be amiss."""
    target = io.BytesIO()
    report = filter_file(io.BytesIO(data), target)
    rows = rows_of(target.getvalue())
    assert problems(rows) == []
    assert (report.marks, report.gaps, report.quality, report.failed) == ({}, 0, {}, False)
    return Counter(row["type"] for row in rows)


def test_recordings_of_devices_go_through_whole(streams: Path) -> None:
    """Keyboards, mice, touchpads and trackpoints, as the kernel told them; not a line is refused."""
    paths = sorted((streams / "evemu").glob("*.gz"))
    assert len(paths) == 36
    assert sum((counted(gzip.decompress(path.read_bytes())) for path in paths), Counter()) == EVEMU


@pytest.mark.parametrize("name", CASTS)
def test_recordings_of_terminals_go_through_whole(name: str, streams: Path) -> None:
    """Where input was recorded, keys leave; what the screen showed does not."""
    assert counted((streams / name).read_bytes()) == CASTS[name]
