"""How far it has come, on standard error, when somebody looks at it there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from reticent.reading.lines import ByteSource, read_available

__all__ = ["progress"]


@contextmanager
def progress(source: BinaryIO, label: str, *, to_screen: bool) -> Iterator[ByteSource]:
    """The source, with a bar that grows as it is read, where there is a terminal and an end to be told.

    ``to_screen``: the output goes to standard output; on the same screen a bar would stand between its lines.

    >>> import io
    >>> with progress(io.BytesIO(b"hello"), "raw.jsonl", to_screen=False) as source:
    ...     source.read(9)
    b'hello'
    """
    size = _size(source)
    if not size or not sys.stderr.isatty() or (to_screen and sys.stdout.isatty()):
        yield source
        return
    with click.progressbar(length=size, label=label, file=sys.stderr, update_min_steps=max(1, size // 200)) as bar:
        yield _Counted(source, bar.update)


class _Counted:
    def __init__(self, source: ByteSource, count: object) -> None:
        self._source = source
        self._count = count

    def read(self, size: int = -1, /) -> bytes:
        chunk = read_available(self._source, size)
        self._count(len(chunk))  # type: ignore[operator]
        return chunk


def _size(source: BinaryIO) -> int:
    """How many bytes there will be; 0 where nobody knows."""
    try:
        found = os.fstat(source.fileno())
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
