"""Whether the files of a command can be used together, told before anything is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

__all__ = ["check_paths"]

_STREAM = "-"


def check_paths(
    source: str,
    target: str,
    report: str | None,
    secrets_file: str | None,
    *,
    diagnostics: str | None = None,
    blank: str | None = None,
    more: Sequence[tuple[str, str]] = (),
    store: Sequence[str | None] = (),
) -> None:
    """End with one clear line and exit code 2 where an output cannot be written, or would destroy another file.

    ``more`` are further inputs and their outputs, ``store`` the files that hold enrolled secrets and their key.

    >>> check_paths("raw.jsonl", "safe.jsonl", None, None)
    """
    reports = [("the report", report), ("the diagnostics", diagnostics), ("the list of what to blank", blank)]
    told = [(role, path) for role, path in reports if path is not None and path != _STREAM]
    pairs = [(source, target), *more]
    fault = "--blank: takes a file, not standard output" if blank == _STREAM else None
    fault = fault or _unwritable(*(output for _, output in pairs), *(path for _, path in told))
    fault = fault or _clash(pairs, told, secrets_file, store)
    if fault:
        click.echo(f"reticent: {fault}", err=True)
        raise SystemExit(2)


def _unwritable(*outputs: str) -> str | None:
    for path in outputs:
        if path != _STREAM and (reason := _reason(Path(path))):
            return f"{path}: cannot be written: {reason}"
    return None


def _reason(path: Path) -> str | None:
    folder = path.parent
    if path.is_dir():
        return "it is a folder"
    if not folder.is_dir():
        return "no such folder"
    if path.exists() and not os.access(path, os.W_OK):
        return "no permission"
    if path.exists() and not path.is_file():
        return None
    return None if os.access(folder, os.W_OK) else "no permission in its folder"


def _clash(
    pairs: Sequence[tuple[str, str]],
    told: Sequence[tuple[str, str]],
    secrets_file: str | None,
    store: Sequence[str | None],
) -> str | None:
    used = [("the input", "/dev/stdin" if source == _STREAM else source) for source, _ in pairs]
    used += [] if secrets_file is None else [("the secrets file", secrets_file)]
    used += [("the store of enrolled secrets, or its key,", path) for path in store if path is not None]
    for _, target in pairs:
        used += [("the output", "/dev/stdout" if target == _STREAM else target)]
        used += [] if target == _STREAM else [("the output, while it is written,", f"{target}.part")]
    used += told
    roles: dict[object, str] = {}
    for role, path in used:
        identity = _identity(Path(path))
        if identity is not None and roles.setdefault(identity, role) != role:
            return f"{path}: {role} would overwrite {roles[identity]}; give it another name"
    return None


def _identity(path: Path) -> object:
    """What two names of one file have in common, also of one that is yet to be; None for devices and pipes."""
    if not path.exists():
        return os.path.normcase(path.resolve())
    found = path.stat()
    return (found.st_dev, found.st_ino) if path.is_file() else None
