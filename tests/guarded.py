"""Runs ``reticent`` with the given arguments and tells, as JSON, what it did to the world and what it logged.

    python guarded.py filter raw.jsonl -o safe.jsonl
    python guarded.py --prove FOLDER

The second form opens a socket, and a file in FOLDER, and logs: proof that the guard sees.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

CHANGING = (
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.utime",
    "os.mkfifo", "tempfile.", "shutil.", "sqlite3.",
)  # fmt: skip
OUTSIDE = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system", "os.exec", "os.fork",
           "os.posix_spawn", "os.spawn")  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

seen: dict[str, list[str]] = {"outside": [], "changed": [], "logged": []}


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: notes what reaches outside the process, and which paths are written."""
    if event.startswith(OUTSIDE):
        seen["outside"].append(
            " ".join([event, *(str(part) for part in arguments if not isinstance(part, socket.socket))])
        )
    elif event == "open" and arguments[2] & WRITING and not isinstance(arguments[0], int):
        seen["changed"].append(str(arguments[0]))
    elif event.startswith(CHANGING):
        seen["changed"].append(" ".join([event, *map(str, arguments)]))


class Notes(logging.Handler):
    """Keeps all that is logged, by any library."""

    def emit(self, record: logging.LogRecord) -> None:
        seen["logged"].append(record.getMessage())


def prove(folder: str) -> int:
    """What ``reticent`` must not do."""
    with socket.socket() as probe:
        probe.settimeout(0.01)
        probe.connect_ex(("127.0.0.1", 9))
    Path(folder, "stray.txt").write_text("stray", "utf-8")
    with tempfile.TemporaryFile(dir=folder):
        logging.getLogger("some.library").debug("typed text")
    return 0


def filter_guarded(arguments: list[str]) -> int:
    """The command, in this process; its exit code."""
    from reticent.cli import main

    try:
        main(arguments)
    except SystemExit as ending:
        return int(ending.code or 0)
    return 0


if __name__ == "__main__":
    logging.captureWarnings(capture=True)
    warnings.simplefilter("always")
    logging.basicConfig(level=logging.NOTSET, handlers=[Notes()])
    sys.addaudithook(guard)
    code = prove(sys.argv[2]) if sys.argv[1] == "--prove" else filter_guarded(sys.argv[1:])
    found = {**seen, "code": code, "modules": sorted(sys.modules)}
    sys.stdout.write(json.dumps(found))
