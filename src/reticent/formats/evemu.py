"""Recordings of ``evemu-record``: a description of a Linux input device, then what it sent.

``E: sec.usec type code value``, type and code in hexadecimal. Times are seconds from the first event, or of the
kernel's clock in older recordings. Physical keys only; see ``reticent.reading.evdev`` for what becomes of them, of
pointers and of wheels. The description tells touchpads from touchscreens; the device's name is left out.

Source: the manual page of evemu-describe(1), and recordings of evemu 1.0 to 1.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.events import Event
from reticent.reading.evdev import Device
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes

__all__ = ["read", "recognises"]

_EVENT = re.compile(rb"E: (\d{1,11})\.(\d{6}) ([0-9a-f]{4}) ([0-9a-f]{4}) (-?\d{1,10})\s*(?:#.*)?")
_BITS = re.compile(rb"(?:P:|B: ([0-9a-f]{2}))((?: [0-9a-f]{2}){1,8})\s*")
_OTHER = re.compile(rb"\s*(?:#.*)?|N: .*|I:(?: [0-9a-f]{4}){4}\s*|A: [0-9a-f]{2}(?: -?\d+){4,5}\s*|[LS]: .*")
_HEAD = re.compile(rb"# EVEMU \d+\.\d+\s*|I:(?: [0-9a-f]{4}){4}\s*")


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of an evemu recording, a list at a time.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> [[event]] = read(io.BytesIO(b"E: 1.399994 0001 001e 0001"))
    >>> event.code, event.time_us
    ('KeyA', 1399994)
    """
    return read_text(stream, _Reader(), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b"# EVEMU 1.3")))
    True
    """
    return _EVENT.fullmatch(head.line) is not None or _HEAD.fullmatch(head.line) is not None


class _Reader:
    def __init__(self) -> None:
        self.device = Device()
        self.described = (b"", 0)

    def line(self, line: bytes) -> list[Event]:
        found = _EVENT.fullmatch(line)
        if found is not None:
            sec, usec, kind, code, value = found.groups()
            return self.device.feed(int(sec), int(usec), int(kind, 16), int(code, 16), int(value))
        found = _BITS.fullmatch(line)
        if found is not None:
            self._describe(*found.groups())
        elif not _OTHER.fullmatch(line):
            raise FieldError("not a line of evemu-record; give its output unchanged")
        return []

    def end(self) -> list[Event]:
        return self.device.flush()

    def _describe(self, kind: bytes | None, data: bytes) -> None:
        """Eight codes a byte, from the lowest bit on; a line goes on where the line before of its type ended."""
        described, first = self.described
        first = first if kind == described else 0
        octets = bytes.fromhex(data.decode())
        self.described = (kind or b"", first + 8 * len(octets))
        for code in (first + bit for bit in range(8 * len(octets)) if octets[bit >> 3] >> (bit & 7) & 1):
            if kind is not None:
                self.device.has(int(kind, 16), code)
            else:
                self.device.has_property(code)
