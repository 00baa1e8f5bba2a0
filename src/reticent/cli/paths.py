"""Whether the files of a command can be used together, told before anything is written."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import click

__all__ = ["check_paths"]

_STREAM = "-"


def check_paths(
    source: str, target: str, report: str | None, secrets_file: str | None, diagnostics: str | None = None
) -> None:
    """End with one clear line and exit code 2 where an output cannot be written, or would destroy another file.

    >>> check_paths("raw.jsonl", "safe.jsonl", None, None)
    """
    report, diagnostics = report or _STREAM, diagnostics or _STREAM
    fault = _unwritable(target, report, diagnostics) or _clash(source, target, report, secrets_file, diagnostics)
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


def _clash(source: str, target: str, report: str, secrets_file: str | None, diagnostics: str) -> str | None:
    files = [
        ("the input", "/dev/stdin" if source == _STREAM else source),
        ("the secrets file", secrets_file),
        ("the output", "/dev/stdout" if target == _STREAM else target),
        ("the output, while it is written,", None if target == _STREAM else f"{target}.part"),
        ("the report", None if report == _STREAM else report),
        ("the diagnostics", None if diagnostics == _STREAM else diagnostics),
    ]
    used = [(role, path) for role, path in files if path is not None]
    for (role, path), (other_role, other) in combinations(used, 2):
        if _same(Path(path), Path(other)):
            return f"{other}: {other_role} would overwrite {role}; give it another name"
    return None


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file, or will be; devices and pipes may be shared."""
    if one.exists() and other.exists():
        return one.is_file() and one.samefile(other)
    return os.path.normcase(one.resolve()) == os.path.normcase(other.resolve())
