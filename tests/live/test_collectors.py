"""Collectors that are shown to readers let no secret out when a robot types real keys on a virtual display."""

from __future__ import annotations

import json
import re
import signal
import warnings
from pathlib import Path

import pytest
from robot import Robot, display, end, missing, program, wait_for

from reticent.testing.attacker import find_leaks, find_missing, typed_text
from reticent.testing.wellformed import problems

pytestmark = pytest.mark.slow  # each run imports Presidio, and a robot types

ROOT = Path(__file__).parents[2]
SECRETS = (
    "hunter2!Q",
    "hunter2",
    "unter2!",
    "maria.lopez@example.org",
    "maria.lopez",
    "4111 1111 1111 1111",
    "Sailing7",
)
LINES = (
    ("my password is hunter2!Q", "<Return>"),
    ("my password is huntx", "<BackSpace>", "er2!Q", "<Return>"),
    ("please write to maria.lopex", "<BackSpace>", "z@example.org today", "<Return>"),
    ("card 4111 1111 1112", "<BackSpace>", "1 1111", "<Return>"),
    ("the password is Tulip", *["<BackSpace>"] * 5, "Sailing7! but do not tell", "<Return>"),
    ("lunch at noon then", "<Return>"),
)
KEPT = ("lunch at noon then", "please write to ", " today", "but do not tell")
MARKS = ("contact", "credential", "financial")


def collectors(folder: Path) -> dict[str, Path]:
    """Programs that listen by pynput and take the file to write: the examples, and the one that README.md shows."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^<!-- file: collector\.py -->\n```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    assert shown, "README.md shows no collector.py"
    target = folder / "collector.py"
    target.write_text(shown[1], encoding="utf-8")
    examples = ROOT / "examples" / "live"
    return {
        "README": target,
        "worker": examples / "collect_with_pynput.py",
        "asyncio": examples / "collect_with_asyncio.py",
    }


def rows_of(output: Path) -> list[dict[str, object]]:
    """What was written so far, whole lines only."""
    text = output.read_text(encoding="utf-8") if output.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


@pytest.fixture
def robot():
    """A robot on a display of its own. What is missing is said aloud, since nothing of this was tested then."""
    lacking = missing()
    if lacking:
        warnings.warn(f"SKIPPED the collectors on a virtual display: no {', '.join(lacking)}", stacklevel=1)
        pytest.skip(f"needs {', '.join(lacking)}: apt-get install xvfb xdotool; pip install pynput mss")
    with display() as found:
        yield found


def session(robot: Robot, collector: Path, output: Path, number: int) -> list[dict[str, object]]:
    """All lines typed while a collector listens, which is then asked to end."""
    with program(collector, output, environment=robot.environment) as child:
        places = iter(range(1 << 30))

        def wake() -> None:
            assert child.poll() is None, child.stderr and child.stderr.read().decode()
            robot.do("mousemove", str(next(places) % 600), "100")

        # The pointer leaves at once, so that it tells when the listeners hear. Both do when a key was heard, too.
        wait_for(lambda: len(rows_of(output)) > 1, "for the pointer to be seen", wake)
        wait_for(
            lambda: "ready" in typed_text(rows_of(output)),
            "for keys to be seen",
            lambda: robot.type("ready", "<Return>"),
        )
        for line in LINES:
            robot.do("click", "1")
            robot.type(*line)
        wait_for(lambda: "noon then" in typed_text(rows_of(output)), "for the last line to be decided")
        robot.type("at the end")
        end(child, number)
    return rows_of(output)


@pytest.mark.parametrize(
    ("name", "number"), [("README", signal.SIGINT), ("worker", signal.SIGTERM), ("asyncio", signal.SIGINT)]
)
def test_no_secret_leaves_a_collector(name, number, robot, tmp_path):
    """Neither secrets, typed plainly or with corrections, nor parts of them; ordinary words do, up to the last one."""
    output = tmp_path / "safe.jsonl"
    rows = session(robot, collectors(tmp_path)[name], output, number)
    assert not find_leaks(rows, SECRETS)
    assert not [secret for secret in SECRETS if secret in output.read_text(encoding="utf-8")]
    assert not problems(rows)
    assert rows[0]["type"] == "header"
    assert {"pointermove", "pointerdown", "pointerup"} <= {row["type"] for row in rows}
    assert {row["category"] for row in rows if row["type"] == "redacted"} == set(MARKS)
    assert not find_missing(rows, KEPT)
    kept = [row["index"] for row in rows if row["type"] == "frame"]
    assert kept == list(range(len(kept)))
    assert bool(kept) == (name == "README")
    assert {path.name for path in tmp_path.glob("*.png")} == {f"safe.{index}.png" for index in kept}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in tmp_path.glob("*.png"))
