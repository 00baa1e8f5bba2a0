"""Killed at any moment, it has left nothing raw on disk, and a ``.part`` file that is the beginning of an output."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import reticent
from reticent.cli import main
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
SECRETS = ("Blue-Kettle-42", "Velvet-Orbit-77", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "Harbor-Stone-9")
"""Typed into a password field, pasted, typed as text, and shown in a title."""
SCRIPT = (
    f'focus:"mail/{SECRETS[3]}" field:text title:"{SECRETS[3]}" type:"we walked along the river\\n" move:400,300'
    f' paste:"{SECRETS[1]}" type:"{SECRETS[2]} it is\\n" field:password type:"{SECRETS[0]}\\n" click:40,80'
)
SUFFIXES = ("", ".gz", ".zst")


def recording() -> bytes:
    """Some hundred kilobytes of it, over and over, on one clock."""
    events, lines = expand(SCRIPT).events, []
    span_us = events[-1]["time_us"] - events[0]["time_us"] + 30_000_000
    for turn in range(30):
        lines += [json.dumps({**event, "time_us": event["time_us"] + turn * span_us}) for event in events]
    return "\n".join(lines).encode() + b"\n"


RAW = recording()


def killed(folder: Path, size: int, suffix: str) -> Path:
    """The folder of a child that was killed after this many bytes of input were in its pipe."""
    for name in ("home", "tmp", "cwd"):
        (folder / name).mkdir(parents=True)
    environment = {
        "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(Path(reticent.__file__).parents[1]), *filter(None, sys.path)]),
    }  # fmt: skip
    command = [sys.executable, "-m", "reticent", "filter", "-o", f"safe.jsonl{suffix}"]
    with subprocess.Popen(
        command, cwd=folder / "cwd", env=environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    ) as child:
        assert child.stdin is not None
        _narrow(child.stdin.fileno())
        rest = memoryview(RAW)[:size]
        while rest:
            rest = rest[child.stdin.write(rest[: 1 << 12]) :]
        child.kill()
        assert child.wait() < 0
    return folder


def _narrow(pipe: int) -> None:
    """Let the pipe hold little, so that what was written to it has been read."""
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 12)


def plain_beginning(folder: Path, suffix: str) -> list[dict[str, object]]:
    """The whole lines of the ``.part`` file, which is all that there is, after ``validate`` accepted them."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files] in ([], [f"safe.jsonl{suffix}.part"])
    for path in files:
        data = path.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in data]
        result = CliRunner().invoke(main, ["validate", "--partial", str(path)])
        assert result.exit_code == 0, result.stderr
    return _rows(files[0]) if files else []


def _rows(path: Path) -> list[dict[str, object]]:
    from reticent.compression import decompressed
    from reticent.reading.notes import Notes

    with path.open("rb") as file:
        stream = decompressed(file, Notes())
        data = b"".join(iter(lambda: stream.read(1 << 16), b""))
    return [json.loads(line) for line in data[: data.rfind(b"\n") + 1].splitlines()]


def check(folder: Path, seed: int) -> int:
    """Kill one child at random; how many rows it had written by then."""
    rng = random.Random(seed)
    suffix = SUFFIXES[seed % len(SUFFIXES)]
    rows = plain_beginning(killed(folder, rng.randrange(len(RAW)), suffix), suffix)
    assert find_leaks(rows[:400], SECRETS) == []
    return len(rows)


def test_the_recording_holds_the_secrets() -> None:
    """Else there would be nothing to be found."""
    assert {secret for secret, _ in find_leaks(expand(SCRIPT).events, SECRETS)} == {*SECRETS}


def test_killed_at_ten_moments(tmp_path: Path) -> None:
    """And most of the children had written something by then."""
    written = [check(tmp_path / str(seed), seed) for seed in range(10)]
    assert sum(rows > 1 for rows in written) >= 5


@pytest.mark.slow
@pytest.mark.skipif("RETICENT_SLOW" not in os.environ, reason="takes minutes; set RETICENT_SLOW=1")
def test_killed_at_a_hundred_moments(tmp_path: Path) -> None:
    """As above, at other moments."""
    written = [check(tmp_path / str(seed), seed) for seed in range(100, 200)]
    assert sum(rows > 1 for rows in written) >= 50
