"""Checked from outside: the package chunk-invariance finds no cut of a recording that changes what leaves.

Its assertion runs a stream filter on splits of an input and compares with the whole. Here the input is key events as
JSON lines that hold an e-mail address, a card number, a password and an enrolled secret, cut anywhere: within a line,
within a number, between the halves of a character.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from chunk_invariance import ChunkInvarianceError, assert_chunk_invariant

import reticent
from reticent.api import filter_file
from reticent.testing.dsl import expand

_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1]), "PYTHONUTF8": "1"}
_SCRIPTS = (
    'focus:"mail/Compose" type:"to bob@example.org é hunter2 ok" key:Enter',
    'focus:"firefox/Pay" type:"card 4111 1111 1111 1111" key:Enter field:password type:"zx9Qw!pl" key:Enter',
)
_SECRETS = (b"example", b"4111", b"hunter2", b"zx9Qw")


class Chunks:
    """A source that gives the pieces as they were cut."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)

    def read(self, size: int = -1, /) -> bytes:
        return next(self._chunks, b"")


def recording(script: str) -> bytes:
    """Key events as JSON lines."""
    events = expand(script).events
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events).encode()


def by_library(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What ``filter_file`` makes of a stream."""
    target = io.BytesIO()
    filter_file(Chunks(chunks), target, enrolled=["hunter2"])
    yield target.getvalue()


def by_command(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What ``reticent filter`` writes while its input comes in."""
    command = [sys.executable, "-m", "reticent", "filter"]
    with subprocess.Popen(
        command, env=_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for chunk in chunks:
            process.stdin.write(chunk)
            process.stdin.flush()
        process.stdin.close()
        yield process.stdout.read()


def cuts(data: bytes, count: int) -> list[list[bytes]]:
    """The whole, and ``count`` cuts in two that fall at every kind of place."""
    places = range(1, len(data), max(1, len(data) // count) | 1)
    return [[data], *([data[:at], data[at:]] for at in places)]


@pytest.mark.parametrize("script", _SCRIPTS)
def test_the_library(script: str) -> None:
    """Sixty cuts in two, and the input byte by byte."""
    data = recording(script)
    splits = [*cuts(data, 60), [data[at : at + 1] for at in range(len(data))]]
    assert assert_chunk_invariant(by_library, lambda whole: next(by_library([whole])), data, splits=splits) > 60
    assert not any(secret in typed(next(by_library([data]))) for secret in _SECRETS)


def test_the_command() -> None:
    """A few cuts, each with a process of its own."""
    data = recording(_SCRIPTS[1])
    assert assert_chunk_invariant(by_command, lambda whole: next(by_command([whole])), data, splits=cuts(data, 3)) >= 4
    assert next(by_command([data])) == next(by_library([data]))


def test_the_check_can_fail() -> None:
    """A filter that examines each piece alone is found out."""
    data = recording(_SCRIPTS[1])

    def each_alone(chunks: Iterable[bytes]) -> Iterator[bytes]:
        return (next(by_library([chunk])) for chunk in chunks)

    at = data.index(b"\n", len(data) // 2) + 1
    with pytest.raises(ChunkInvarianceError):
        assert_chunk_invariant(
            each_alone, lambda whole: next(by_library([whole])), data, splits=[[data], [data[:at], data[at:]]]
        )


def typed(output: bytes) -> bytes:
    """Characters of keys that go down."""
    rows = map(json.loads, output.splitlines())
    return "".join(row.get("key") or "" for row in rows if row["type"] == "keydown").encode()
