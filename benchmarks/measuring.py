"""Child processes measured, and numbers shown: what the benchmarks share.

CPU seconds (user and system) come first: they hardly notice what else the machine does, and what is compared runs
in turns, so that a busy minute meets everybody.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import IO, Any, NamedTuple

__all__ = ["Usage", "in_turns", "medians", "run_child", "verdict"]

_MAXRSS_PER_MB = 1024  # Linux counts kilobytes


class Usage(NamedTuple):
    """What one child process used. ``peak_mb`` is its largest resident set."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def run_child(
    command: Sequence[str | Path],
    *,
    stdin: Path | None = None,
    stdout: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Usage:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; what it wrote to standard error is in the message.
    """
    with (
        Path(stdin or os.devnull).open("rb") as source,
        Path(stdout or os.devnull).open("wb") as target,
    ):
        started = time.perf_counter()
        child = subprocess.Popen(list(map(str, command)), stdin=source, stdout=target, stderr=subprocess.PIPE, env=env)
        told = _told(child.stderr)
        _, status, used = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with exit code {child.returncode}: {told[-2000:]}")
    return Usage(used.ru_utime + used.ru_stime, wall_s, used.ru_maxrss / _MAXRSS_PER_MB)


def _told(pipe: IO[bytes] | None) -> str:
    if pipe is None:
        return ""
    with pipe:
        return pipe.read().decode(errors="replace")


def in_turns(
    contestants: Mapping[str, Callable[[], Any]], rounds: int, show: Callable[[int, dict[str, Any]], None] | None = None
) -> dict[str, list[Any]]:
    """What each gave, round by round; in a round all take their turn, A B C A B C."""
    results: dict[str, list[Any]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, run in contestants.items():
            results[name].append(run())
        if show is not None:
            show(number, {name: given[-1] for name, given in results.items()})
    return results


def medians(usages: Iterable[Usage]) -> Usage:
    """The median of each figure."""
    cpu_s, wall_s, peak_mb = zip(*usages, strict=True)
    return Usage(median(cpu_s), median(wall_s), median(peak_mb))


def verdict(value: float, bound: float, aim: float) -> str:
    """What a figure, of which less is better, has reached."""
    if value <= aim:
        return f"aim reached (<= {aim:.3g})"
    if value <= bound:
        return f"within the bound (<= {bound:.3g}), aim missed (<= {aim:.3g})"
    return f"MISSED (<= {bound:.3g})"
