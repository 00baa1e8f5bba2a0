"""Which format a stream is in, told by its first lines, and its events."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

import msgspec

from reticent.errors import FormatError
from reticent.events import Event
from reticent.formats.lines import BYTE_ORDER_MARK, ByteSource, read_available
from reticent.formats.notes import Notes

__all__ = ["FORMATS", "Format", "detect_format", "open_format"]

FORMATS = {
    "ducktrack": "reticent.formats.ducktrack",
    "native": "reticent.formats.native",
}
"""Module of each format, by the name that ``--from`` takes."""

_PEEK_LINES = 10
_PEEK_BYTES = 1 << 20
_READ_BYTES = 1 << 12

_NOT_LINES = {
    b"\xff\xfe": "it is UTF-16; save it as UTF-8",
    b"\xfe\xff": "it is UTF-16; save it as UTF-8",
    b"\x1f\x8b": "it is compressed with gzip; decompress it first",
    b"[": "it is one JSON array; write one object a line",
}


class Format(Protocol):
    """What a format module offers."""

    def read(self, stream: ByteSource, notes: Notes | None = None) -> Iterator[list[Event]]:
        """Events of a stream, a list at a time."""

    def recognises(self, record: Mapping[str, object]) -> bool:
        """Whether one decoded line looks like this format."""


def open_format(
    stream: ByteSource, name: str | None = None, notes: Notes | None = None
) -> tuple[str, Iterator[list[Event]]]:
    """The name of the format of a stream, and its events.

    Without a ``name`` the first lines tell it; nothing of them is lost. An empty stream is an empty native one.

    Raises:
        FormatError: no format of this name; or the lines fit no format, or several.

    >>> import io
    >>> name, batches = open_format(io.BytesIO(b'{"time_stamp": 1.5, "action": "pause"}'))
    >>> name, list(batches)
    ('ducktrack', [[State(time_us=1500000, ...)]])
    """
    if name is None:
        name, stream = detect_format(stream)
    elif name not in FORMATS:
        raise FormatError(f"unknown format; --from takes one of {', '.join(FORMATS)}")
    return name, _load(name).read(stream, notes)


def detect_format(stream: ByteSource) -> tuple[str, ByteSource]:
    """The format, and a stream that gives again what was read to find it; reads no further than it must.

    Raises:
        FormatError: the first lines fit no format, or several.
    """
    head = b""
    names: list[str] = []
    ended = False
    while not (names or ended or len(head) >= _PEEK_BYTES or head.count(b"\n") >= _PEEK_LINES):
        chunk = read_available(stream, _READ_BYTES)
        head += chunk
        ended = not chunk
        names = _recognised_by(head if ended else head[: head.rfind(b"\n") + 1])
    if not names and head.strip():
        raise FormatError(f"cannot tell the format of the input{_hint(head)}; {_advice()}")
    if len(names) > 1:
        raise FormatError(f"the input may be {' or '.join(names)}; {_advice()}")
    return (names or ["native"])[0], _Replay(head, stream)


def _recognised_by(head: bytes) -> list[str]:
    """Formats that know the first line which any of them knows."""
    for line in head.removeprefix(BYTE_ORDER_MARK).split(b"\n")[:_PEEK_LINES]:
        try:
            record = msgspec.json.decode(line)
        except (ValueError, RecursionError):
            continue
        names = [name for name in FORMATS if isinstance(record, dict) and _load(name).recognises(record)]
        if names:
            return names
    return []


def _hint(head: bytes) -> str:
    too_long = f"its first line is longer than {_PEEK_BYTES >> 20} MiB; write one object a line"
    faults = [fault for start, fault in _NOT_LINES.items() if head.startswith(start)]
    faults += [too_long] if len(head) >= _PEEK_BYTES and b"\n" not in head else []
    return f": {faults[0]}" if faults else ""


def _advice() -> str:
    return f"name it with --from {' or --from '.join(FORMATS)}"


def _load(name: str) -> Format:
    return cast("Format", importlib.import_module(FORMATS[name]))


class _Replay:
    """A source that gives ``head`` first and then goes on with ``stream``."""

    def __init__(self, head: bytes, stream: ByteSource) -> None:
        self.head = head
        self.stream = stream

    def read(self, size: int = _READ_BYTES, /) -> bytes:
        if not self.head:
            return read_available(self.stream, size)
        part, self.head = self.head[:size], self.head[size:]
        return part
