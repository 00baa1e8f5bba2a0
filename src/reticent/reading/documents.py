"""Recordings that are one JSON document: read whole, up to a bound, since JSON has no lines to stop at."""

from __future__ import annotations

import msgspec

from reticent.errors import FormatError
from reticent.reading.head import BYTE_ORDER_MARK
from reticent.reading.lines import CHUNK_BYTES, ByteSource, Replay, read_available

__all__ = ["MAX_DOCUMENT_BYTES", "first_line", "read_document"]

MAX_DOCUMENT_BYTES = 256 << 20
"""Longest document that is read."""

_FIRST_LINE_BYTES = 1 << 20


def read_document(stream: ByteSource, max_bytes: int = MAX_DOCUMENT_BYTES) -> object:
    """The JSON value that a stream holds.

    Raises:
        FormatError: it is longer than ``max_bytes``, not one JSON value, or the stream gives text.

    >>> import io
    >>> read_document(io.BytesIO(b'[{"a": 1},\\n {"a": 2}]\\n'))
    [{'a': 1}, {'a': 2}]
    """
    data = bytearray()
    while chunk := read_available(stream, CHUNK_BYTES):
        data += chunk
        if len(data) > max_bytes:
            size = f"{max_bytes >> 20} MiB" if max_bytes >= 1 << 20 else f"{max_bytes} bytes"
            raise FormatError(f"one JSON document of more than {size}, the limit; write one event a line (jq -c '.[]')")
    try:
        return msgspec.json.decode(data.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError):
        raise FormatError("not one whole JSON document in UTF-8; is the recording cut off?") from None


def first_line(stream: ByteSource) -> tuple[bytes, ByteSource]:
    """The first line that is not blank, as far as 1 MiB, without its end; and a stream that gives it again.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> line, stream = first_line(io.BytesIO(b'\\n[\\n1]'))
    >>> line, stream.read(9)
    (b'[', b'\\n[\\n1]')
    """
    head = bytearray()
    while b"\n" not in head.lstrip() and len(head) < _FIRST_LINE_BYTES:
        chunk = read_available(stream, CHUNK_BYTES)
        if not chunk:
            break
        head += chunk
    line = head[:_FIRST_LINE_BYTES].removeprefix(BYTE_ORDER_MARK).lstrip().partition(b"\n")[0]
    return bytes(line).rstrip(), Replay(bytes(head), stream)
