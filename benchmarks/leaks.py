"""Whether planted values can be read from a filtered recording: a linear reader, fit for millions of events.

It reads what was typed twice, stream by stream: with Backspace applied, and as the keys came. All else that is not
of the pointer is searched as it stands. A value also counts as found when eight characters of it in a row are.
The thorough attacker, with every view and layout, is ``reticent.testing.find_leaks``; it is quadratic.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["find_leaks", "readable"]

_PIECE = 8
_PUBLIC = "@example.com"
_POINTER = b'{"type":"pointer'
_BREAK = "\0"


def find_leaks(filtered: Path, planted: Iterable[str]) -> list[str]:
    """The planted values of which the output tells the whole, or eight characters in a row."""
    text = readable(filtered).lower()
    return [value for value in dict.fromkeys(planted) if any(piece in text for piece in _pieces(value.lower()))]


def readable(filtered: Path) -> str:
    """All that can be read from a recording."""
    corrected: dict[str | None, list[str]] = {}
    typed: dict[str | None, list[str]] = {}
    rest: list[str] = []
    with filtered.open("rb") as lines:
        for line in lines:
            if line.startswith(_POINTER):
                continue
            record = json.loads(line)
            kind, stream = record["type"], record.get("stream")
            if kind == "keydown":
                _press(record.get("key") or "", corrected.setdefault(stream, []), typed.setdefault(stream, []))
            elif kind == "redacted":
                corrected.setdefault(stream, []).append(_BREAK)
                typed.setdefault(stream, []).append(_BREAK)
            elif kind != "keyup":
                rest += _texts(record)
    streams = [*corrected.values(), *typed.values()]
    return "\n".join([*map("".join, streams), *rest])


def _press(key: str, corrected: list[str], typed: list[str]) -> None:
    if len(key) == 1:
        corrected.append(key)
        typed.append(key)
    elif key == "Backspace":
        if corrected and corrected[-1] != _BREAK:
            corrected.pop()
    elif key in ("Enter", "Tab"):
        corrected.append("\n")
        typed.append("\n")


def _texts(value: object) -> Iterator[str]:
    """Every text in a record; digits of a time are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _pieces(value: str) -> set[str]:
    own = value.removesuffix(_PUBLIC)  # all made-up addresses share it
    return {own[at : at + _PIECE] for at in range(max(1, len(own) - _PIECE + 1))}
