"""Rule: ``filter`` and ``filter_file`` give the same redacted output, lazily, and say what was not examined."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import reticent
from reticent.errors import FormatError, PolicyError, RunClosed
from reticent.events import Event, Wheel
from reticent.policy import Policy, Step
from reticent.policy_file import load_policy
from reticent.testing.dsl import expand
from reticent.transform import Context, Elementwise

SCRIPT = 'focus:"notes/a" type:"ask maria@example.org\\n" pause:20s field:password type:"Blue-Kettle-42\\n"'
NAN = float("nan")


class Fuse(Elementwise, frozen=True, kw_only=True):
    """A transform that fails on a wheel."""

    def rules(self, context: Context, /) -> Any:
        """See ``Elementwise``."""
        return {Wheel: self.blow}

    def blow(self, event: Event) -> Event:
        """Fail."""
        raise ValueError("secret text")


FUSED = Policy(name="fused", steps=(Step("tests.Fuse", Fuse()),))


def recording(script: str = SCRIPT) -> list[dict[str, Any]]:
    """Native records of a script."""
    return expand(script).events


def as_lines(records: list[dict[str, Any]]) -> bytes:
    """Records as a native file."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def typed(rows: list[dict[str, Any]]) -> str:
    """What the rows say was typed."""
    return "".join(row["key"] for row in rows if row["type"] == "keydown" and len(row["key"]) == 1)


def move(time_us: int, **fields: Any) -> dict[str, Any]:
    """A pointer move."""
    return {"type": "pointermove", "time_us": time_us, "x": 1, "y": 2, **fields}


def test_filter_gives_header_and_redacted_rows() -> None:
    """The header comes first, secrets are marks, other text stays, and the report counts it."""
    rows = reticent.filter(recording())
    got = list(rows)
    assert got[0]["type"] == "header"
    assert got[0]["policy_sha256"] == load_policy("minimal").sha256
    assert typed(got) == "ask "
    assert [row["category"] for row in got if row["type"] == "redacted"] == ["contact", "credential"]
    assert rows.report.marks == {"contact": "<5", "credential": "<5"}
    assert rows.diagnostics.marks == {"contact": 1, "credential": 1}


def test_filter_is_lazy() -> None:
    """A row that is decided is given out before the next record is asked for."""
    asked: list[int] = []

    def records() -> Iterator[dict[str, Any]]:
        for number in range(3):
            asked.append(number)
            yield move(number)

    rows = reticent.filter(records())
    assert next(rows)["type"] == "header"
    assert not asked
    assert next(rows)["type"] == "pointermove"
    assert asked == [0]


def test_list_and_generator_give_the_same() -> None:
    """Batching is not seen in the output."""
    assert list(reticent.filter(recording())) == list(reticent.filter(iter(recording())))


def test_enrolled_secrets_and_profile_terms() -> None:
    """Literals given to the call are found in this call only; one that is too short is refused at once."""
    records = recording('focus:"notes/a" type:"tell tulipa and zebrafish7 all\\n"')
    assert typed(list(reticent.filter(records, enrolled=["zebrafish7"], profile_terms=["tulipa"]))) == "tell  and  all"
    assert typed(list(reticent.filter(records))) == "tell tulipa and zebrafish7 all"
    with pytest.raises(ValueError, match="shorter than 3"):
        reticent.filter(records, enrolled=["ab"])


def test_data_frame_rows() -> None:
    """Absent values of a frame are absent, and its column of users makes one stream each, under ordinal names."""
    rows = [move(1, user="maria", key=NAN), move(2, user="bob", key=None), move(9, user="maria", key=NAN)]
    got = list(reticent.filter(rows, by="user"))[1:]
    assert sorted((row["stream"], row["time_us"]) for row in got) == [("1", 0), ("1", 8), ("2", 0)]


def test_streams_do_not_mix() -> None:
    """Keys of two people that arrive interleaved are read each on their own."""
    ours, theirs = (recording(f'focus:"notes/a" type:"{text}\\n"') for text in ("maria@example.org", "good morning!"))
    mixed = [
        {**record, "user": user} for pair in zip(ours, theirs, strict=False) for user, record in enumerate(pair)
    ]  # fmt: skip
    got = list(reticent.filter(mixed, by="user"))
    assert "maria" not in typed([row for row in got if row.get("stream") == "1"])
    assert typed([row for row in got if row.get("stream") == "2"]).startswith("good")


def test_missing_column_is_an_error() -> None:
    """A column that is not there would throw all people together: it is refused, without quoting the record."""
    with pytest.raises(FormatError, match="no field 'usr'"):
        list(reticent.filter([move(1, user="maria")], by="usr"))


def test_timestamps_are_refused_with_the_fix() -> None:
    """A frame whose ``time_us`` holds timestamps is told how to convert it."""
    import datetime

    with pytest.raises(FormatError, match="astype"):
        list(reticent.filter([move(1) | {"time_us": datetime.datetime.now(datetime.UTC)}]))


def test_unread_records_are_reported() -> None:
    """Records and fields that were not examined are in the report by name, never by content."""
    rows = reticent.filter([move(1, weather="fine", pid=7), {"type": "blink", "time_us": 2}, move(3, pid=7)])
    assert len(list(rows)) == 3
    assert rows.report.quality == {
        "refused_lines": "<5",
        "unknown_types": ("other",),
        "unknown_fields": ("other", "pid"),
    }
    counters = {"refused_lines": 1, "unknown_field.other": 1, "unknown_field.pid": 2, "unknown_type.other": 1}
    assert rows.diagnostics.counters == counters
    assert "weather" not in f"{rows.diagnostics!r}{rows.diagnostics}{rows.diagnostics.told()}"


@pytest.mark.parametrize("gate", ["consent", "schedule"])
def test_a_gate_that_never_opened_is_reported(tmp_path: Path, gate: str) -> None:
    """When nothing leaves because the recorder never said that it may, the report says why."""
    path = tmp_path / "strict.toml"
    path.write_text('[gates]\nconsent = "required"' if gate == "consent" else '[gates]\nschedule = { days = "Mon" }')
    rows = reticent.filter(recording(), path)
    assert {row["type"] for row in rows} <= {"header", "gap"}
    assert rows.report.quality == {"never_opened": (gate,)}
    assert gate not in rows.report.gates_not_in_use


def test_failure_gives_what_was_decided_then_raises() -> None:
    """A stage that fails closes the run: decided rows come out first, then RunClosed, then nothing."""
    rows = reticent.filter([move(1), move(2), {"type": "wheel", "time_us": 3, "x": 1, "y": 1}, move(4)], FUSED)
    assert [next(rows)["type"] for _ in range(3)] == ["header", "pointermove", "pointermove"]
    with pytest.raises(RunClosed) as caught:
        next(rows)
    assert "secret" not in str(caught.value)
    assert list(rows) == []
    assert rows.report.failed


def test_files_streams_and_records_agree(tmp_path: Path) -> None:
    """Paths, byte streams and records give the same rows; a file is read and written as JSON lines."""
    source, target = tmp_path / "raw.jsonl", tmp_path / "safe.jsonl"
    source.write_bytes(as_lines(recording()))
    report = reticent.filter_file(source, target)
    stream = io.BytesIO()
    assert reticent.filter_file(io.BytesIO(source.read_bytes()), stream) == report
    assert stream.getvalue() == target.read_bytes()
    assert [json.loads(line) for line in target.read_bytes().splitlines()] == list(reticent.filter(recording()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw.jsonl", "safe.jsonl"]


def test_by_works_on_files() -> None:
    """A field of the lines tells streams apart, also where a line is none."""
    lines = as_lines([move(1, user="a"), move(2, user="b"), move(3)]) + b"nonsense\n"
    target = io.BytesIO()
    report = reticent.filter_file(io.BytesIO(lines), target, by="user")
    rows = [json.loads(line) for line in target.getvalue().splitlines()][1:]
    assert sorted(str(row.get("stream")) for row in rows) == ["1", "2", "None"]
    assert report.quality == {"refused_lines": "<5"}


def test_failure_leaves_the_part(tmp_path: Path) -> None:
    """When a failure closes the run the target is not there; what had been decided is in ``NAME.part``."""
    source, target = tmp_path / "raw.jsonl", tmp_path / "safe.jsonl"
    source.write_bytes(as_lines([move(1), {"type": "wheel", "time_us": 3, "x": 1, "y": 1}]))
    with pytest.raises(RunClosed):
        reticent.filter_file(source, target, FUSED)
    assert not target.exists()
    assert len((tmp_path / "safe.jsonl.part").read_bytes().splitlines()) == 2


def test_nothing_is_left_of_what_could_not_start(tmp_path: Path) -> None:
    """An input of no known format, or no such policy, writes no file."""
    source = tmp_path / "raw.txt"
    source.write_text("hello\n")
    with pytest.raises(FormatError):
        reticent.filter_file(source, tmp_path / "safe.jsonl")
    with pytest.raises(PolicyError):
        reticent.filter_file(source, tmp_path / "safe.jsonl", "nowhere")
    assert [path.name for path in tmp_path.iterdir()] == ["raw.txt"]


def test_formats_can_be_named() -> None:
    """A recorder's format is read by name, or found by content; it holds one stream."""
    line = b'{"time_stamp": 1.5, "action": "move", "x": 1, "y": 2}\n'
    told, named = io.BytesIO(), io.BytesIO()
    reticent.filter_file(io.BytesIO(line), told)
    reticent.filter_file(io.BytesIO(line), named, format="ducktrack")
    assert told.getvalue() == named.getvalue()
    assert b"pointermove" in told.getvalue()
    with pytest.raises(FormatError, match="one stream"):
        reticent.filter_file(io.BytesIO(line), named, format="ducktrack", by="user")


def test_encode_writes_events() -> None:
    """``encode`` gives the native lines of events, so that a collector can write what a run returned."""
    with load_policy("minimal").start() as run:
        out = run.feed(msgspec.convert([move(5)], list[Event]))
    row = json.loads(reticent.encode(out))
    assert (row["type"], row["time_us"], row["x"]) == ("pointermove", 0, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_what_is_no_file_is_written_to_not_replaced(tmp_path: Path) -> None:
    """A named pipe or a device stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    reticent.filter([move(1)]).write(pipe)
    assert len(os.read(reader, 1 << 16).splitlines()) == 2
    os.close(reader)
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
