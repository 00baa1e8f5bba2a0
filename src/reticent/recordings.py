"""Which format a stream is in, told by its first lines, and its events.

Every module of ``reticent.formats`` is a format, under the name of the module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from reticent import formats
from reticent.compression import decompressed
from reticent.errors import FormatError
from reticent.events import Event
from reticent.formats import native
from reticent.reading.head import HEAD_BYTES, HEAD_LINES, Head, heads
from reticent.reading.lines import ByteSource, Replay, read_available
from reticent.reading.notes import Notes

__all__ = ["Format", "detect_format", "format_names", "open_format"]

_READ_BYTES = 1 << 12
_FIRST = "native"

_NOT_LINES = {
    b"\xff\xfe": "it is UTF-16; save it as UTF-8",
    b"\xfe\xff": "it is UTF-16; save it as UTF-8",
    b"[": "it is one JSON array; write one object a line",
}


class Format(Protocol):
    """What a format module offers."""

    def read(self, stream: ByteSource, notes: Notes | None = None) -> Iterator[list[Event]]:
        """Events of a stream, a list at a time."""

    def recognises(self, head: Head) -> bool:
        """Whether a line near the beginning shows this format."""


@cache
def format_names() -> tuple[str, ...]:
    """The names that ``--from`` takes.

    >>> {"native", "ducktrack"} <= set(format_names())
    True
    """
    return tuple(sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(formats.__path__)))


def open_format(
    stream: ByteSource, name: str | None = None, notes: Notes | None = None
) -> tuple[str, Iterator[list[Event]]]:
    """The name of the format of a stream, and its events.

    Without a ``name`` the first lines tell it; nothing of them is lost. An empty stream is an empty native one. What
    is compressed with gzip or Zstandard is decompressed as it is read.

    Raises:
        FormatError: no format of this name; or the lines fit no format, or several; or it cannot be decompressed.

    >>> import io
    >>> name, batches = open_format(io.BytesIO(b'{"time_stamp": 1.5, "action": "pause"}'))
    >>> name, list(batches)
    ('ducktrack', [[State(time_us=1500000, ...)]])
    """
    notes = Notes() if notes is None else notes
    stream = decompressed(stream, notes)
    if name is None:
        name, stream = detect_format(stream, notes)
    elif name not in format_names():
        raise FormatError(f"unknown format; --from takes one of {', '.join(format_names())}")
    return name, _load(name).read(stream, notes)


def detect_format(stream: ByteSource, notes: Notes | None = None) -> tuple[str, ByteSource]:
    """The format, and a stream that gives again what was read to find it; reads no further than it must.

    Raises:
        FormatError: the first lines fit no format, or several.
    """
    head = b""
    names: list[str] = []
    ended = False
    while not (names or ended or len(head) >= HEAD_BYTES or head.count(b"\n") >= HEAD_LINES):
        chunk = read_available(stream, _READ_BYTES)
        head += chunk
        ended = not chunk
        names = _recognised_by(head if ended else head[: head.rfind(b"\n") + 1])
    names = names or _recognised_by(head)
    if not names and head.strip():
        if notes is not None and notes.broken:
            raise FormatError(f"{notes.broken}, and too little is left to tell the format; {_advice()}")
        raise FormatError(f"cannot tell the format of the input{_hint(head)}; {_advice()}")
    if len(names) > 1:
        raise FormatError(f"the input may be {' or '.join(names)}; {_advice()}")
    return (names or [_FIRST])[0], Replay(head, stream)


def _recognised_by(data: bytes) -> list[str]:
    """Formats that know the first line which any of them knows. Others than the native one are imported at need."""
    for head in heads(data):
        if native.is_unmixed(head):
            return [_FIRST]
        names = [name for name in format_names() if _load(name).recognises(head)]
        if names:
            return names
    return []


def _hint(head: bytes) -> str:
    too_long = f"its first line is longer than {HEAD_BYTES >> 20} MiB; write one object a line"
    faults = [fault for start, fault in _NOT_LINES.items() if head.startswith(start)]
    faults += [too_long] if len(head) >= HEAD_BYTES and b"\n" not in head else []
    return f": {faults[0]}" if faults else ""


def _advice() -> str:
    return f"name it: --from NAME, one of {', '.join(format_names())}"


def _load(name: str) -> Format:
    return cast("Format", importlib.import_module(f"{formats.__name__}.{name.replace('-', '_')}"))
