"""A virtual display (Xvfb), a robot that types on it (xdotool), and waiting for what it leads to."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DEADLINE_S = 60
"""A wait that takes as long has failed; how long it takes otherwise does not matter."""
POLL_S = 0.02


def missing() -> list[str]:
    """What the tests on a virtual display need and this machine does not have."""
    programs = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    # Importing pynput needs a display; finding it does not.
    return programs + [name for name in ("pynput", "mss") if importlib.util.find_spec(name) is None]


def wait_for(condition: Callable[[], object], what: str, act: Callable[[], object] = lambda: None) -> None:
    """Come back when ``condition`` holds; ``act`` is done again and again until then.

    Raises:
        TimeoutError: it did not within the deadline.
    """
    end = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {DEADLINE_S} s: {what}")
        act()
        time.sleep(POLL_S)


class Robot:
    """Types and points on one display, as a person at its keyboard would."""

    def __init__(self, display: str) -> None:
        self.environment = {**os.environ, "DISPLAY": display}

    def do(self, *command: str) -> None:
        """One command of xdotool."""
        subprocess.run(["xdotool", *command], env=self.environment, check=True, capture_output=True)

    def type(self, *parts: str) -> None:
        """Characters, and names of keys in angle brackets: ``"huntx", "<BackSpace>", "er2"``."""
        for part in parts:
            if part.startswith("<"):
                self.do("key", "--delay", "8", part.strip("<>"))
            else:
                self.do("type", "--delay", "8", "--", part)


@contextmanager
def display() -> Iterator[Robot]:
    """A display of its own, found free by the server itself, and the robot on it."""
    read_fd, write_fd = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_fd), "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write_fd], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write_fd)
    try:
        with os.fdopen(read_fd) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield Robot(f":{number}")
    finally:
        server.terminate()
        server.wait(DEADLINE_S)


@contextmanager
def program(*command: str | Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program that runs beside the test, and is killed with it if need be."""
    path = os.pathsep.join(filter(None, sys.path))
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", *map(str, command)], env={**environment, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate(timeout=DEADLINE_S)


def end(child: subprocess.Popen[bytes], number: int) -> None:
    """Ask a program to end, and see that it does so in peace."""
    child.send_signal(number)
    _, told = child.communicate(timeout=DEADLINE_S)
    assert child.returncode == 0, told.decode()
