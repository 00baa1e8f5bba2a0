"""Text of Android's ``getevent -lt``: what the kernel's input devices send, with labels.

``[   15858.899741] /dev/input/event2: EV_KEY KEY_F4 DOWN``, values in hexadecimal; without ``-l`` all three are
numbers. Times (``-t``) are seconds since the device started; without them a recording is refused. Several devices may
be mixed: each is a ``device``, named by its number. Labels are cut off at 20 characters, and of two names for one
number the older is printed: the left mouse button is BTN_MOUSE. A key with another label has no ``code``.

Physical keys only; see ``reticent.reading.evdev`` for what becomes of them, of pointers and of wheels. The text does
not say whether a finger is on a screen or on a touchpad; here it is on the screen, as on phones and tablets.

Source: toolbox/getevent.c of Android.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.errors import FormatError
from reticent.events import Event
from reticent.keys.evdev import KEY_NAMES
from reticent.reading.evdev import EV_ABS, EV_KEY, EV_REL, EV_SYN, KEY_UNKNOWN, Device
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes

__all__ = ["read", "recognises"]

_NO_TIMES = "getevent printed no times; record with getevent -lt"
_EVENT = re.compile(
    rb"(?:\[ *(\d{1,11})\.(\d{6})\] )?(?:/dev/input/event(\d{1,4}): )?"
    rb"(EV_[A-Z_]{2,9}|[0-9a-f]{4}) +([A-Z]{2,6}_[0-9A-Z_]{1,17}|[0-9a-f]{4}) +"
    rb"(UP|DOWN|REPEAT|MT_TOOL_[A-Z]{1,12}|[0-9a-f]{8})"
    rb"(?: +rate \d+)?\s*"
)
_OTHER = re.compile(rb"\s*$|(?:add|remove) device \d|could not |Can't enable |  ")
_HEAD = re.compile(rb"add device \d{1,4}: /dev/input/event\d{1,4}\s*")

_TYPES = {"EV_SYN": EV_SYN, "EV_KEY": EV_KEY, "EV_REL": EV_REL, "EV_ABS": EV_ABS}
_PRESSES = {"UP": 0, "DOWN": 1, "REPEAT": 2}
_CODES = {
    "SYN_REPORT": 0, "SYN_MT_REPORT": 2, "SYN_DROPPED": 3,
    "REL_X": 0, "REL_Y": 1, "REL_HWHEEL": 6, "REL_WHEEL": 8, "REL_WHEEL_HI_RES": 11, "REL_HWHEEL_HI_RES": 12,
    "ABS_X": 0, "ABS_Y": 1, "ABS_MT_SLOT": 47, "ABS_MT_POSITION_X": 53, "ABS_MT_POSITION_Y": 54,
    "ABS_MT_TRACKING_ID": 57,
    "BTN_MOUSE": 0x110, "BTN_LEFT": 0x110, "BTN_RIGHT": 0x111, "BTN_MIDDLE": 0x112, "BTN_SIDE": 0x113,
    "BTN_EXTRA": 0x114, "BTN_FORWARD": 0x115, "BTN_BACK": 0x116, "BTN_TOOL_FINGER": 0x145, "BTN_TOUCH": 0x14A,
    "BTN_JOYSTICK": 0x120, "BTN_TRIGGER": 0x120, "BTN_GAMEPAD": 0x130, "BTN_A": 0x130, "BTN_SOUTH": 0x130,
    **KEY_NAMES,
}  # fmt: skip
_IGNORED = -1


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of what getevent printed, a list at a time.

    Raises:
        FormatError: it printed no times, or the stream gives text instead of bytes.

    >>> import io
    >>> [[event]] = read(io.BytesIO(b"[   15858.899741] EV_KEY       KEY_F4               DOWN"))
    >>> event.code, event.time_us
    ('F4', 15858899741)
    """
    return read_text(stream, _Reader(), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format, with times or without.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b"add device 1: /dev/input/event5")))
    True
    """
    found = _EVENT.fullmatch(head.line)
    if found is None:
        return _HEAD.fullmatch(head.line) is not None
    return found[1] is not None or found[3] is not None or found[4].startswith(b"EV_")


class _Reader:
    def __init__(self) -> None:
        self.devices: dict[bytes | None, Device] = {}

    def line(self, line: bytes) -> list[Event]:
        found = _EVENT.fullmatch(line)
        if found is None:
            if not _OTHER.match(line):
                raise FieldError("not a line of getevent; give its output unchanged")
            return []
        sec, usec, name, *labels = found.groups()
        if sec is None:
            # Only a recording that has them elsewhere can have lost the time of a line.
            raise FieldError(_NO_TIMES) if self.devices else FormatError(_NO_TIMES)
        if name not in self.devices:
            self.devices[name] = Device((name or b"0").decode(), direct=True)
        return self.devices[name].feed(int(sec), int(usec), *_numbers(*(label.decode() for label in labels)))

    def end(self) -> list[Event]:
        return [event for device in self.devices.values() for event in device.flush()]


def _numbers(kind: str, code: str, value: str) -> tuple[int, int, int]:
    """What the labels stand for; labels that are none are numbers."""
    kind_number = _TYPES.get(kind, _IGNORED) if kind.startswith("EV_") else int(kind, 16)
    if "_" in code:
        code_number = _CODES.get(code, KEY_UNKNOWN if code.startswith("KEY_") else _IGNORED)
    else:
        code_number = int(code, 16)
    if value in _PRESSES:
        return kind_number, code_number, _PRESSES[value]
    number = 0 if "_" in value else int(value, 16)
    return kind_number, code_number, number - (1 << 32) if number >> 31 else number
