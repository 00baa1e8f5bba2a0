"""A bar is drawn where somebody looks, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reticent

pty = pytest.importorskip("pty")
LINES = b'{"type":"pointermove","time_us":5,"x":1,"y":2}\n' * 2000


def on_terminal(folder: Path, *args: str, to_screen: bool = False) -> str:
    """What a terminal shows of ``reticent filter``."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1]), "TERM": "xterm"}
    command = [sys.executable, "-m", "reticent", "filter", *args]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=theirs, stdout=theirs if to_screen else subprocess.DEVNULL
    ) as process:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 1 << 16):
                seen += part
        except OSError:
            """A terminal that is closed at its other end."""
        os.close(ours)
    assert process.returncode == 0
    return seen.decode()


def test_a_file_has_a_bar(tmp_path: Path) -> None:
    """With its name; from a file to another, or away from the screen."""
    (tmp_path / "raw.jsonl").write_bytes(LINES)
    seen = on_terminal(tmp_path, "raw.jsonl", "-o", "safe.jsonl")
    assert "raw.jsonl" in seen and "100%" in seen
    assert "100%" in on_terminal(tmp_path, "raw.jsonl")


def test_on_the_screen_of_the_output_there_is_none(tmp_path: Path) -> None:
    """It would stand between the lines."""
    (tmp_path / "raw.jsonl").write_bytes(LINES)
    assert "%" not in on_terminal(tmp_path, "raw.jsonl", to_screen=True)
