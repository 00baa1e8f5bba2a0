"""An output is valid, a beginning of one is a valid beginning, and anything else is told where and why."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reticent
from reticent.cli import main
from reticent.testing.dsl import expand

SCRIPT = 'focus:"mail/a" field:text type:"hello\\n" ime:"ni"->"你" field:password type:"hunter2\\n" move:3,4'
OUTPUT = b"".join(json.dumps(row).encode() + b"\n" for row in reticent.filter(expand(SCRIPT).events))
LINES = OUTPUT.splitlines(keepends=True)


def validate(data: bytes, *args: str) -> Result:
    """``reticent validate`` in this process."""
    return CliRunner().invoke(main, ["validate", *args], input=data)


def test_an_output_is_valid(tmp_path: Path) -> None:
    """From a pipe or a file, compressed or not."""
    assert validate(OUTPUT).exit_code == 0
    path = tmp_path / "safe.jsonl.gz"
    path.write_bytes(gzip.compress(OUTPUT))
    result = CliRunner().invoke(main, ["validate", str(path)])
    assert (result.exit_code, result.stdout) == (0, f"{path}: a valid output, {len(LINES)} lines\n")


def test_every_beginning_is_a_valid_beginning() -> None:
    """Also of none, within a composition, and within a line; but no whole output."""
    for size in (0, 1, 50, *range(200, len(OUTPUT), 97)):
        assert validate(OUTPUT[:size], "--partial").exit_code == 0
    for size in (0, 50, len(OUTPUT) - 9):
        assert validate(OUTPUT[:size]).exit_code == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1: empty"),
        (b"".join(LINES[1:]), "line 1: type: the first line of an output is its header"),
        (OUTPUT + LINES[0], f"line {len(LINES) + 1}: type: the first line"),
        (OUTPUT + b"hunter2\n", f"line {len(LINES) + 1}: not JSON"),
        (OUTPUT + b'["hunter2"]\n', f"line {len(LINES) + 1}: not a JSON object"),
        (OUTPUT + b'{"type":"hunter2","time_us":1}\n', f"line {len(LINES) + 1}: not an event"),
        (OUTPUT + LINES[1], f"line {len(LINES) + 1}: time goes back by"),
        (LINES[0] + b'{"type":"focus","time_us":0,"element":"hunter2"}\n', "line 2: element: not an ordinal"),
        (LINES[0] + b'{"type":"compositionstart","time_us":0}\n', "line 2: composition starts and does not end"),
        (gzip.compress(OUTPUT)[:-9], "its gzip data are cut off"),
    ],
)
def test_what_is_wrong_is_told(data: bytes, said: str) -> None:
    """The first fault by its line, the code is 1, and nothing is quoted."""
    result = validate(data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert "hunter2" not in result.stderr


def test_many_faults_are_counted() -> None:
    """Ten are shown."""
    said = validate(b"nonsense\n" * 13).stderr.splitlines()
    assert len(said) == 11
    assert said[-1].endswith("3 more faults")


def test_what_cannot_be_read() -> None:
    """Code 2."""
    result = CliRunner().invoke(main, ["validate", "nowhere.jsonl"])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
