"""Recordings of ``libinput record``: YAML, read line by line as that program writes it.

Events are ``- [sec, usec, type, code, value] # what that is``, with times since the recording began. Unless it was
told to show keycodes, the program writes most keys as KEY_A and marks them ``(obfuscated)``: such a key is a key event
without ``code``. See ``reticent.reading.evdev`` for what becomes of keys, pointers and wheels. What libinput made of
the events and raw HID reports, where they were recorded too, say the same once more and are left out, as is all that
describes system and device, except whether it is a touchpad or a touchscreen.

Several devices come one after the other, each from the beginning: each becomes a ``stream`` of its own, so that times
go back in none. What is typed on one keyboard and clicked with a mouse is thus not seen together.

Source: tools/libinput-record.c of libinput 1.8 to 1.29, file version 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.events import Event
from reticent.reading.evdev import EV_KEY, KEY_UNKNOWN, Device
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes

__all__ = ["read", "recognises"]

_EVENT = re.compile(rb" *- \[ *(\d{1,11}), *(\d{1,6}), *(\d{1,5}), *(\d{1,5}), *(-?\d{1,10})\](?: # (.*))?\s*")
_NODE = re.compile(rb"(?:# Closing after \d+s inactivity)? *- node: \S*?(\d{0,4})\s*")
_CODES = re.compile(rb" {6}(\d{1,5}): \[([\d, ]*)\]")
_PROPERTIES = re.compile(rb" {4}properties: \[([\d, ]*)\]")
_NUMBER = re.compile(rb"\d{1,5}")
_DEVICES = re.compile(rb"ndevices: (\d{1,5})\s*")
_OTHER = re.compile(rb"\s*(?:#.*)?|\s*- (?:evdev|libinput|hidraw):\s*|\s*- \{\w+: .*\}\s*|\s*(?:- )?hidraw\d+: \[.*")


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a libinput recording, a list at a time.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> lines = b"  events:\\n  - evdev:\\n    - [  1, 207892,   1,  30,       1] # EV_KEY / KEY_A 1 (obfuscated)\\n"
    >>> [[event]] = read(io.BytesIO(lines))
    >>> event.code, event.time_us
    (None, 1207892)
    """
    return read_text(stream, _Reader(), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b"# libinput record")))
    True
    """
    return head.line.rstrip() == b"# libinput record"


class _Reader:
    def __init__(self) -> None:
        self.device = Device()
        self.is_one_of_several = False
        self.is_description = True

    def line(self, line: bytes) -> list[Event]:
        node = _NODE.fullmatch(line)
        if node is not None:
            return self._next_device(node[1].decode())
        if self.is_description:
            self._describe(line)
            return []
        found = _EVENT.fullmatch(line)
        if found is not None:
            return self._event(found)
        if not _OTHER.fullmatch(line):
            raise FieldError("not a line of libinput record; give its output unchanged")
        return []

    def end(self) -> list[Event]:
        return self.device.flush()

    def _event(self, line: re.Match[bytes]) -> list[Event]:
        sec, usec, kind, code, value = map(int, line.groups()[:5])
        if kind == EV_KEY and b"(obfuscated)" in (line[6] or b""):
            code = KEY_UNKNOWN
        return self.device.feed(sec, usec, kind, code, value)

    def _next_device(self, number: str) -> list[Event]:
        rest = self.device.flush()
        name = number or "0"
        self.device = Device(name, stream=name if self.is_one_of_several else None)
        self.is_description = True
        return rest

    def _describe(self, line: bytes) -> None:
        """Notes what the device can send."""
        if line.rstrip() == b"  events:":
            self.is_description = False
        elif found := _CODES.match(line):
            for code in _NUMBER.findall(found[2]):
                self.device.has(int(found[1]), int(code))
        elif found := _PROPERTIES.match(line):
            for number in _NUMBER.findall(found[1]):
                self.device.has_property(int(number))
        elif found := _DEVICES.fullmatch(line):
            self.is_one_of_several = int(found[1]) > 1
