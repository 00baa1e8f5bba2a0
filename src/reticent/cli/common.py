"""What commands share: exit codes, the one line that says why not, policies, inputs, and your own secrets."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

if TYPE_CHECKING:
    from reticent.policy import Policy

__all__ = [
    "BROKEN_PIPE", "COULD_NOT_RUN", "DONE", "FORM_HELP", "INTERRUPTED", "NOT_EXAMINED", "end", "hush", "loaded",
    "opened", "say", "secrets_of",
]  # fmt: skip

DONE, NOT_EXAMINED, COULD_NOT_RUN, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141
FORM_HELP = (
    "Format of the input: aalto, asciicast, ducktrack, evemu, evtest, getevent, idfx, libinput-record, macos-tap,"
    " napsack, native, openadapt, openadapt-db, pynput, rrweb, screenpipe, w3c, windows-hook, xinput; default: told by"
    " its content."
)


def say(message: object, about: str = "") -> int:
    """One line on standard error; the exit code of whoever cannot run."""
    click.echo(f"reticent: {about}{message}", err=True)
    return COULD_NOT_RUN


def end(message: object) -> NoReturn:
    """One line on standard error, and exit code 2."""
    sys.exit(say(message))


def hush() -> None:
    """Let nothing more be written to standard output: the interpreter would try to flush the rest at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def loaded(name_or_path: str) -> Policy:
    """A policy, or one clear line and exit code 2."""
    from reticent.errors import PolicyError
    from reticent.policy_file import load_policy

    try:
        return load_policy(name_or_path)
    except PolicyError as error:
        end(error)


def opened(source: str) -> BinaryIO | None:
    """The input; one clear line when there is none."""
    try:
        return sys.stdin.buffer if source == "-" else Path(source).open("rb")
    except OSError as error:
        say(f"{source}: cannot be read: {error.strerror}")
        return None


def secrets_of(path: str | None) -> list[str]:
    """Enrolled secrets; blanks inside and around are part of them."""
    if path is None:
        return []
    if path == "-":
        end("--secrets-file: takes a file, not standard input")
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError as error:
        end(f"--secrets-file: {path}: cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        end(f"--secrets-file: {path}: not UTF-8; save it as UTF-8")
    return [line for line in lines if line.strip()]
