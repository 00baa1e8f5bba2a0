"""Bad input gives one clear line with its place, field and remedy, none of its content, and loses nothing before it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import reticent
from reticent.cli import main

CANARY = b"hunter2"
BEFORE = b"".join(b'{"type":"pointermove","time_us":%d,"x":%d,"y":2}\n' % (at * 1000, at) for at in range(1, 4))
AFTER = b'{"type":"pointermove","time_us":9000,"x":9,"y":9}\n'
KEY = b'{"type":"%s","time_us":%d,"code":"KeyH","key":"h"}\n'
POINTER = b'{"type":"pointermove","time_us":%s,"x":1,"y":2,"device":"hunter2"}\n'
DUCKTRACK = b'{"time_stamp": 1.5, "action": "press", "name": "hunter2"}\n'


class Bad(NamedTuple):
    """Data between good lines, what is said of it, the exit code, and the types of what leaves of it and after it."""

    data: bytes
    said: str
    code: int = 1
    left: tuple[str, ...] = ("pointermove",)
    after: bytes = AFTER


NO_JSON = "line 4 was not examined: not JSON in UTF-8; every line must be one whole JSON object"
KEPT_KEY = ("keydown", "keydown", "keyup", "pointermove")
CASES = {
    "cut line": Bad(b'{"type":"keydown","time_us":4000,"key":"hunter2', NO_JSON, left=(), after=b""),
    "garbage bytes": Bad(b"\xff\xfe\x00\x81hunter2\x9c\n", NO_JSON),
    "NUL": Bad(POINTER.replace(b"hunter2", b"hunter2\0") % b"4000", NO_JSON),
    "lone surrogate": Bad(POINTER.replace(b"hunter2", b"hunter2\\ud800") % b"4000", NO_JSON),
    "wrong type": Bad(POINTER % b'"hunter2"', "line 4 was not examined: time_us: must be int, not str"),
    "missing field": Bad(
        b'{"type":"pointermove","time_us":4000,"x":5,"device":"hunter2"}\n',
        "line 4 was not examined: y: missing; it is required",
    ),
    "time that jumps back": Bad(
        POINTER % b"500", "line 4: time_us: before the time of the line before it", 0, ("pointermove",) * 2
    ),
    "repeated down": Bad(
        KEY % (b"keydown", 4000) + KEY % (b"keydown", 4001) + KEY % (b"keyup", 4002),
        "line 5: code: goes down while it is down", 0, KEPT_KEY,
    ),
    "orphan up": Bad(KEY % (b"keyup", 4000), "line 4: code: goes up but was not down", 0),
    "two formats": Bad(DUCKTRACK, "line 4 was not examined: type: missing or not a string; every record needs one"),
    "NaN": Bad(POINTER % b"4000,\"x\":NaN", NO_JSON),
    "int too large": Bad(
        POINTER % b"9007199254740993", "line 4 was not examined: time_us: must be at most 9007199254740991"
    ),
    "int beyond all bounds": Bad(POINTER % (b"9" * 400), "line 4 was not examined: time_us: must be"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("by", [False, True], ids=["one", "by"])
def test_a_bad_line(case: Bad, *, by: bool) -> None:
    """One line says where, what and how to mend it; what stands before and after is there."""
    data = BEFORE + case.data + case.after
    args = []
    if by:
        data, args = data.replace(b'{"type"', b'{"user":"u","type"'), ["--by", "user"]
    result = CliRunner().invoke(main, ["filter", *args], input=data)
    said = result.stderr.splitlines()[1:]
    assert [line.removeprefix("reticent: ")[: len(case.said)] for line in said] == [case.said]
    assert CANARY.decode() not in result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["type"] for row in rows[:4]] == ["header", *["pointermove"] * 3]
    assert tuple(row["type"] for row in rows[4:]) == case.left
    assert result.exit_code == case.code


@pytest.mark.parametrize("case", ["byte order mark", "CRLF"])
def test_marks_of_other_systems_are_no_fault(case: str) -> None:
    """The output is the one without them, and there is nothing to be mended."""
    data = b"\xef\xbb\xbf" + BEFORE if case == "byte order mark" else BEFORE.replace(b"\n", b"\r\n")
    plain, marked = (CliRunner().invoke(main, ["filter"], input=text) for text in (BEFORE, data))
    assert (marked.exit_code, marked.output) == (0, plain.output)


def test_an_empty_file() -> None:
    """A header, and a line that asks whether that was meant."""
    result = CliRunner().invoke(main, ["filter"], input=b"")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[1:] == ["reticent: there is no event in the input; is the recorder running?"]


@pytest.mark.parametrize("by", [(), ("--by", "user")], ids=["one", "by"])
def test_a_line_of_100_mb(tmp_path: Path, by: tuple[str, ...]) -> None:
    """Is passed over without being kept: the process never holds as much."""
    command = [sys.executable, "-c", _MEASURED, "filter", *by, "-o", str(tmp_path / "safe.jsonl")]
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])}
    long = BEFORE + b'{"type":"tick","mood":"' + b"hunter2 " * 12_500_000 + b'"}\n' + AFTER
    long = long.replace(b'{"type"', b'{"user":"u","type"') if by else long
    done = subprocess.run(command, input=long, env=environment, capture_output=True, check=False)
    said = done.stderr.decode().splitlines()
    assert said[1] == "reticent: line 4 was not examined: longer than a line may be (16 MiB); write one event a line"
    assert (done.returncode, len(said)) == (1, 3)
    assert len((tmp_path / "safe.jsonl").read_bytes().splitlines()) == 5
    assert int(said[2]) < 100 << 10


_MEASURED = """
import re, sys
from pathlib import Path
from reticent.cli import main
try:
    main()
finally:
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
    print(peak[1] if peak else 0, file=sys.stderr)
"""
