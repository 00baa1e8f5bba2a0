"""Scan codes and virtual keys of Windows.

A scan code says which key, whatever the layout; a virtual key says what it means. Virtual keys of letters and
punctuation depend on the layout and on no modifier, so that they tell neither a W3C ``code`` nor a ``key``: they are
not in these tables.

Source: Microsoft, "Keyboard Input Overview" (scan codes), "Virtual-Key Codes".
"""

from __future__ import annotations

from reticent.keys.table import NAMED_KEY, NUMPAD_NAVIGATION, NUMPAD_TEXT, codes_by

__all__ = ["ALTGR_CONTROL", "SCAN_CODES", "VK_CODES", "VK_KEYS", "VK_PACKET"]

SCAN_CODES: dict[int, str] = {
    **codes_by("windows"),
    0x54: "PrintScreen",  # with Alt
    0xE036: "ShiftRight",  # low-level hooks flag it as extended
    0xE046: "Pause",  # with Control
}
"""W3C code by set 1 scan code, ``0xE000 |`` when extended."""

ALTGR_CONTROL = 0x21D
"""Scan code of the left Control that Windows makes up before the AltGr of layouts that have one."""

VK_PACKET = 0xE7
"""Virtual key of a character that a program typed: the scan code is the UTF-16 unit."""

# Input method keys share their numbers between languages.
_BY_LANGUAGE = frozenset(range(0x15, 0x1B)) | frozenset(range(0x1C, 0x20))
_BY_LAYOUT = frozenset(("NumpadDecimal", "NumpadComma"))

VK_CODES: dict[int, str] = {
    vk: code
    for vk, code in codes_by("vk").items()
    if vk not in _BY_LANGUAGE and (code in NAMED_KEY or code in NUMPAD_TEXT or code == "Space")
}
"""W3C code by virtual key, for keys that no layout moves; of two keys with one number, the main one."""

VK_KEYS: dict[int, str] = {
    **{vk: NAMED_KEY[code] for vk, code in VK_CODES.items() if code in NAMED_KEY},
    **{vk: NUMPAD_TEXT[code] for vk, code in VK_CODES.items() if code in NUMPAD_TEXT and code not in _BY_LAYOUT},
    0x03: "Cancel", 0x0C: NUMPAD_NAVIGATION["Numpad5"], 0x10: "Shift", 0x11: "Control", 0x12: "Alt", 0x20: " ",
    0x2A: "Print", 0x2B: "Execute", 0xE5: "Process",
}  # fmt: skip
"""W3C key by virtual key, where it depends on no layout. AltGr is ``Alt`` here."""
