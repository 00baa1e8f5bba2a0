"""Events as evemu-record would write them."""

from __future__ import annotations

from collections.abc import Iterable

from reticent.events import Event
from reticent.testing.formats._evdev import EXPRESSES, can_write, rows

__all__ = ["EXPRESSES", "can_write", "write"]

_HEADER = """\
# EVEMU 1.3
# Input device name: "Combined"
N: Combined
I: 0003 0001 0001 0110
P: 00 00 00 00 00 00 00 00
B: 00 0b 00 00 00 00 00 00 00
B: 02 43 19 00 00 00 00 00 00
################################
#      Waiting for events      #
################################
"""


def write(events: Iterable[Event]) -> bytes:
    """Keys and pointers; other events are left out, and all is one device. Times must not be negative.

    >>> from reticent.events import KeyDown
    >>> write([KeyDown(time_us=1_000_005, code="KeyA")]).splitlines()[-2]
    b'E: 1.000005 0001 001e 0001'
    """
    lines = (f"E: {row.sec}.{row.usec:06} {row.kind:04x} {row.code:04x} {row.value:04}\n" for row in rows(events))
    return (_HEADER + "".join(lines)).encode()
