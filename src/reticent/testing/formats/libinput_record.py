"""Events as ``libinput record --show-keycodes`` would write them."""

from __future__ import annotations

from collections.abc import Iterable

from reticent.events import Event
from reticent.testing.formats._evdev import EXPRESSES, LABELS, TYPES, Row, can_write, rows

__all__ = ["EXPRESSES", "can_write", "write"]

_HEADER = """\
# libinput record
version: 1
ndevices: 1
libinput:
  version: "1.25.0"
  git: "unknown"
system:
  os: "debian:13"
  kernel: "6.12.0"
  dmi: "dmi:unknown"
devices:
- node: /dev/input/event0
  evdev:
    # Name: Combined
    # ID: bus 0x0003 (usb) vendor 0x0001 product 0x0001 version 0x0110
    name: "Combined"
    id: [3, 1, 1, 272]
    codes:
      0: [] # EV_SYN
      1: [30, 272] # EV_KEY
      2: [0, 1, 8, 11] # EV_REL
    properties: []
  udev:
    properties:
    - ID_INPUT=1
    virtual: true
  quirks:
  events:
  # Current time is 12:13:14
"""


def write(events: Iterable[Event]) -> bytes:
    """Keys and pointers; other events are left out, and all is one device. Times must not be negative.

    >>> from reticent.events import KeyDown
    >>> write([KeyDown(time_us=1_000_005, code="KeyA")]).splitlines()[-2]
    b'    - [  1,      5,   1,  30,       1] # EV_KEY / KEY_A                     1'
    """
    lines = []
    begins = True
    for row in rows(events):
        lines += ["  - evdev:\n"] * begins + [_line(row)]
        begins = (row.kind, row.code) == (0, 0)
    return (_HEADER + "".join(lines)).encode()


def _line(row: Row) -> str:
    label = LABELS.get((row.kind, row.code), "(null)")
    says = f"{TYPES[row.kind]} / {label:20} {row.value:6}" if row.kind else f"------------ {label} (0) ---------- +0ms"
    return f"    - [{row.sec:3}, {row.usec:6}, {row.kind:3}, {row.code:3}, {row.value:7}] # {says}\n"
