"""What is to become of the media beside a recording is written as it is known, a line at a time."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from reticent.cli import main

ROWS = [
    {"type": "frame", "time_us": 0, "id": "a.png"},
    {"type": "focus", "time_us": 1_000_000, "app": "firefox", "element": "p", "field": "password"},
    {"type": "keydown", "time_us": 2_000_000, "key": "x"},
    {"type": "frame", "time_us": 3_000_000, "id": "b.png"},
    {"type": "focus", "time_us": 4_000_000, "app": "code", "element": "c", "field": "editor"},
    {"type": "frame", "time_us": 60_000_000, "id": "c.png"},
]


def filtered(tmp_path: Path, *options: str) -> list[dict[str, object]]:
    """The output of the command for these rows."""
    source, target = tmp_path / "raw.jsonl", tmp_path / "safe.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    done = CliRunner().invoke(main, ["filter", str(source), "-o", str(target), *options])
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in target.read_text().splitlines()]


def test_each_screenshot_and_each_stretch(tmp_path: Path) -> None:
    """With the index of those that stay, which is all that leaves of them."""
    rows = filtered(tmp_path, "--blank", str(tmp_path / "blank.jsonl"))
    told = [json.loads(line) for line in (tmp_path / "blank.jsonl").read_text().splitlines()]
    assert [row for row in rows if row["type"] == "frame"] == [
        {"type": "frame", "time_us": 0, "index": 0},
        {"type": "frame", "time_us": rows[-1]["time_us"], "index": 1},
    ]
    assert [line for line in told if "frame" in line] == [
        {"frame": "a.png", "index": 0},
        {"frame": "b.png", "index": None},
        {"frame": "c.png", "index": 1},
    ]
    assert {"screen": [2_000_000, 17_000_000]} in told
    assert any("sound" in line for line in told)


def test_without_it_no_screenshot_stays(tmp_path: Path) -> None:
    """Nobody would destroy the others."""
    assert "frame" not in {row["type"] for row in filtered(tmp_path)}


def test_one_recording_at_a_time(tmp_path: Path) -> None:
    """Names of screenshots of several would be mixed."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(ROWS[0]) + "\n")
    arguments = ["filter", str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "-o", f"{tmp_path}/safe/"]
    done = CliRunner().invoke(main, [*arguments, "--blank", str(tmp_path / "blank.jsonl")])
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        2, "reticent: --blank: tells of the media of one recording of one stream; filter one at a time",
    )  # fmt: skip


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    """Neither the input nor the output."""
    source = tmp_path / "raw.jsonl"
    source.write_text(json.dumps(ROWS[0]) + "\n")
    done = CliRunner().invoke(main, ["filter", str(source), "--blank", str(source)])
    assert done.exit_code == 2
    assert source.read_text() == json.dumps(ROWS[0]) + "\n"
