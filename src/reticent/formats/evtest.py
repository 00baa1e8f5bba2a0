"""Text of ``evtest``, which prints what a Linux input device sends.

Times are seconds of the kernel's clock: since 1970 as a rule. Physical keys only; see ``reticent.reading.evdev`` for
what becomes of them, of pointers and of wheels. One device a recording.

Source: evtest.c of evtest 1.35. Versions before 1.30 print ``Report Sync`` for ``SYN_REPORT``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.events import Event
from reticent.reading.evdev import EV_SYN, Device
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes

__all__ = ["read", "recognises"]

_EVENT = re.compile(
    rb"Event: time (\d{1,11})\.(\d{6}), "
    rb"(?:type (\d{1,5}) \([^)]*\), code (\d{1,5}) \([^)]*\), value (-?[0-9a-f]{1,10})|[-+>]+ ([^-+<>]+) [-+<]+)\s*"
)
_SYNCS = {b"SYN_REPORT": 0, b"Report Sync": 0, b"SYN_MT_REPORT": 2, b"SYN_DROPPED": 3}
_DESCRIPTION = re.compile(
    rb"\s*$|Input d(?:river version is|evice (?:ID|name):) |Supported events:|Properties:|Key repeat handling:"
    rb"|Testing \.\.\. |\*{9,}|  (?:Event|Property|Repeat) type \d|    (?:Event|Repeat) code \d|      [A-Z][a-z]+ +-?\d"
    rb"|  (?:This device is|No events are|other grab is|In most cases|try VT-|Run the following|an open fd)| +\"fuser"
    rb"|No device specified|Not running as root|Available devices:|/dev/input/event\d+:|Select the device event number"
)
_ABILITY = re.compile(rb"  (  )?(Event|Property) (?:type|code) (\d{1,5}) ")


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of what evtest printed, a list at a time.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> line = b"Event: time 1700000000.123456, type 1 (EV_KEY), code 30 (KEY_A), value 1"
    >>> [[event]] = read(io.BytesIO(line))
    >>> event.code, event.time_us
    ('KeyA', 1700000000123456)
    """
    return read_text(stream, _Reader(), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b"Event: time 1700000000.123456, -------------- SYN_REPORT ------------")))
    True
    """
    return _EVENT.fullmatch(head.line) is not None or re.match(rb"Input driver version is \d", head.line) is not None


class _Reader:
    def __init__(self) -> None:
        self.device = Device()
        self.described = 0

    def line(self, line: bytes) -> list[Event]:
        found = _EVENT.fullmatch(line)
        if found is None:
            self._describe(line)
            return []
        sec, usec, kind, code, value, sync = found.groups()
        if sync is not None:
            return self.device.feed(int(sec), int(usec), EV_SYN, _SYNCS.get(sync, -1), 0)
        # Only scan codes, which are not read, are printed in hexadecimal.
        return self.device.feed(int(sec), int(usec), int(kind), int(code), _decimal(value))

    def end(self) -> list[Event]:
        return self.device.flush()

    def _describe(self, line: bytes) -> None:
        """Notes what the device can send."""
        if not _DESCRIPTION.match(line):
            raise FieldError("not a line of evtest; give its output unchanged")
        found = _ABILITY.match(line)
        if found is None:
            return
        is_code, what, number = found.groups()
        if what == b"Property":
            self.device.has_property(int(number))
        elif is_code:
            self.device.has(self.described, int(number))
        else:
            self.described = int(number)


def _decimal(value: bytes) -> int:
    digits = value.removeprefix(b"-")
    return int(value) if digits.isdigit() else 0
