"""Events as Android's ``getevent -lt`` would print them."""

from __future__ import annotations

from collections.abc import Iterable

from reticent.events import Event
from reticent.reading.evdev import EV_KEY
from reticent.testing.formats._evdev import EXPRESSES, LABELS, TYPES, Row, can_write, rows

__all__ = ["EXPRESSES", "can_write", "write"]

_HEADER = """\
add device 1: /dev/input/event0
  name:     "Combined"
"""
_PRESSES = ("UP", "DOWN", "REPEAT")


def write(events: Iterable[Event]) -> bytes:
    """Keys and pointers; devices are called by numbers, other events are left out. No time may be negative.

    >>> from reticent.events import KeyDown
    >>> write([KeyDown(time_us=1_000_005, code="KeyA")]).splitlines()[-2].rstrip()
    b'[       1.000005] /dev/input/event0: EV_KEY       KEY_A                DOWN'
    """
    return (_HEADER + "".join(map(_line, rows(events)))).encode()


def _line(row: Row) -> str:
    label = LABELS.get((row.kind, row.code), f"{row.code:04x}")
    value = _PRESSES[row.value] if row.kind == EV_KEY else f"{row.value & 0xFFFFFFFF:08x}"
    time = f"[{row.sec:8}.{row.usec:06}]"
    return f"{time} /dev/input/event{row.device}: {TYPES[row.kind]:12} {label[:20]:20} {value:20}\n"
