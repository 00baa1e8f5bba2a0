"""The beginning of a stream, as far as it takes to tell its format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

__all__ = ["BYTE_ORDER_MARK", "HEAD_BYTES", "HEAD_LINES", "Head", "heads"]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

HEAD_BYTES = 1 << 20
"""Most bytes that are looked at."""

HEAD_LINES = 20
"""Most lines that are looked at."""


class Head(NamedTuple):
    """A line near the beginning of a stream, and all that came before it.

    Attributes:
        data: everything up to the end of this line.
        line: this line, without its end and without a byte order mark.
        record: this line decoded as JSON; None where it is none.
    """

    data: bytes
    line: bytes
    record: object


def heads(data: bytes) -> Iterator[Head]:
    """The lines of the beginning, one after the other; the last counts whether or not it has an end.

    >>> [(head.line, head.record) for head in heads(b'# nothing\\n{"a":1}')]
    [(b'# nothing', None), (b'{"a":1}', {'a': 1})]
    """
    stop = 0
    for _ in range(HEAD_LINES):
        if stop >= len(data):
            return
        start, stop = stop, (data.find(b"\n", stop) + 1) or len(data)
        line = data[start:stop].rstrip(b"\r\n")
        line = line.removeprefix(BYTE_ORDER_MARK) if start == 0 else line
        try:
            record = msgspec.json.decode(line)
        except (ValueError, RecursionError):
            record = None
        yield Head(data[:stop], line, record)
