"""Events as evtest would print them."""

from __future__ import annotations

from collections.abc import Iterable

from reticent.events import Event
from reticent.reading.evdev import EV_SYN
from reticent.testing.formats._evdev import EXPRESSES, LABELS, TYPES, Row, can_write, rows

__all__ = ["EXPRESSES", "can_write", "write"]

_HEADER = """\
Input driver version is 1.0.1
Input device ID: bus 0x3 vendor 0x1 product 0x1 version 0x110
Input device name: "Combined"
Supported events:
  Event type 0 (EV_SYN)
  Event type 1 (EV_KEY)
    Event code 30 (KEY_A)
    Event code 272 (BTN_LEFT)
  Event type 2 (EV_REL)
    Event code 0 (REL_X)
    Event code 11 (REL_WHEEL_HI_RES)
Key repeat handling:
  Repeat type 20 (EV_REP)
    Repeat code 0 (REP_DELAY)
      Value    250
Properties:
Testing ... (interrupt to exit)
"""


def write(events: Iterable[Event]) -> bytes:
    """Keys and pointers; other events are left out, and all is one device. Times must not be negative.

    >>> from reticent.events import KeyDown
    >>> write([KeyDown(time_us=1_000_005, code="KeyA")]).splitlines()[-2]
    b'Event: time 1.000005, type 1 (EV_KEY), code 30 (KEY_A), value 1'
    """
    return (_HEADER + "".join(map(_line, rows(events)))).encode()


def _line(row: Row) -> str:
    time = f"Event: time {row.sec}.{row.usec:06}, "
    if row.kind == EV_SYN:
        return f"{time}-------------- SYN_REPORT ------------\n"
    label = LABELS.get((row.kind, row.code), "?")
    return f"{time}type {row.kind} ({TYPES[row.kind]}), code {row.code} ({label}), value {row.value}\n"
