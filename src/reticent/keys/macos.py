"""Key codes of macOS, and the flags of its modifiers.

A key code says which key, by its place on an ANSI keyboard. On ISO keyboards the codes of the key left of ``1`` and of
the key right of the left Shift are swapped; no event tells the kind of keyboard, so they are taken as they are.

Source: Apple, ``Carbon/HIToolbox/Events.h`` (key codes), ``CGEventTypes.h`` and ``IOLLEvent.h`` (flags).
"""

from __future__ import annotations

from typing import NamedTuple

from reticent.events import Modifier
from reticent.keys.table import NAMED_KEY, codes_by

__all__ = ["CODES", "FLAGS", "KEYS", "MODIFIERS", "Mask"]

CODES: dict[int, str] = codes_by("macos")
"""W3C code by key code."""

KEYS: dict[int, str] = {
    **{number: NAMED_KEY[code] for number, code in CODES.items() if code in NAMED_KEY},
    0x47: "Clear",  # where other keyboards have NumLock
}
"""W3C key by key code, for keys that make no text on any layout."""

FLAGS: dict[int, Modifier] = {
    0x10000: "CapsLock", 0x20000: "Shift", 0x40000: "Control", 0x80000: "Alt", 0x100000: "Meta",
}  # fmt: skip
"""Modifier by flag (``CGEventFlags``)."""


class Mask(NamedTuple):
    """The flag of a modifier key, and the one that tells left from right (0: there is none)."""

    flag: int
    side: int


MODIFIERS: dict[int, Mask] = {
    0x38: Mask(0x20000, 0x02), 0x3C: Mask(0x20000, 0x04), 0x3B: Mask(0x40000, 0x01), 0x3E: Mask(0x40000, 0x2000),
    0x3A: Mask(0x80000, 0x20), 0x3D: Mask(0x80000, 0x40), 0x37: Mask(0x100000, 0x08), 0x36: Mask(0x100000, 0x10),
    0x39: Mask(0x10000, 0), 0x3F: Mask(0x800000, 0),
}  # fmt: skip
"""Flags by key code of a modifier key."""
