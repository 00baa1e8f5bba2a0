"""Linux event codes: which key, which pointer button.

Numbers and names are those of the kernel's ``linux/input-event-codes.h``. X11 servers on Linux number keys the same
way, plus 8. A key without a W3C code is in none of the tables.
"""

from __future__ import annotations

from reticent.events import Button
from reticent.keys.table import codes_by

__all__ = ["BUTTONS", "CODES", "KEY_NAMES", "is_key"]

CODES: dict[int, str] = {**codes_by("evdev"), 0x1D0: "Fn"}
"""W3C code by key number: ``KEY_A``, 30, is ``KeyA``."""

BUTTONS: dict[int, Button] = {
    0x110: "left", 0x111: "right", 0x112: "middle", 0x113: "back", 0x114: "forward", 0x115: "forward", 0x116: "back",
}  # fmt: skip
"""Pointer button by number: ``BTN_LEFT`` to ``BTN_BACK``; ``BTN_SIDE`` and ``BTN_EXTRA`` go back and forward."""

KEY_NAMES: dict[str, int] = {
    "KEY_" + name: code
    for name, code in {
        "ESC": 1, "1": 2, "2": 3, "3": 4, "4": 5, "5": 6, "6": 7, "7": 8, "8": 9, "9": 10, "0": 11, "MINUS": 12,
        "EQUAL": 13, "BACKSPACE": 14, "TAB": 15, "Q": 16, "W": 17, "E": 18, "R": 19, "T": 20, "Y": 21, "U": 22,
        "I": 23, "O": 24, "P": 25, "LEFTBRACE": 26, "RIGHTBRACE": 27, "ENTER": 28, "LEFTCTRL": 29, "A": 30, "S": 31,
        "D": 32, "F": 33, "G": 34, "H": 35, "J": 36, "K": 37, "L": 38, "SEMICOLON": 39, "APOSTROPHE": 40,
        "GRAVE": 41, "LEFTSHIFT": 42, "BACKSLASH": 43, "Z": 44, "X": 45, "C": 46, "V": 47, "B": 48, "N": 49,
        "M": 50, "COMMA": 51, "DOT": 52, "SLASH": 53, "RIGHTSHIFT": 54, "KPASTERISK": 55, "LEFTALT": 56,
        "SPACE": 57, "CAPSLOCK": 58, "F1": 59, "F2": 60, "F3": 61, "F4": 62, "F5": 63, "F6": 64, "F7": 65,
        "F8": 66, "F9": 67, "F10": 68, "NUMLOCK": 69, "SCROLLLOCK": 70, "KP7": 71, "KP8": 72, "KP9": 73,
        "KPMINUS": 74, "KP4": 75, "KP5": 76, "KP6": 77, "KPPLUS": 78, "KP1": 79, "KP2": 80, "KP3": 81, "KP0": 82,
        "KPDOT": 83, "ZENKAKUHANKAKU": 85, "102ND": 86, "F11": 87, "F12": 88, "RO": 89, "KATAKANA": 90,
        "HIRAGANA": 91, "HENKAN": 92, "KATAKANAHIRAGANA": 93, "MUHENKAN": 94, "KPENTER": 96, "RIGHTCTRL": 97,
        "KPSLASH": 98, "SYSRQ": 99, "RIGHTALT": 100, "HOME": 102, "UP": 103, "PAGEUP": 104, "LEFT": 105,
        "RIGHT": 106, "END": 107, "DOWN": 108, "PAGEDOWN": 109, "INSERT": 110, "DELETE": 111, "MUTE": 113,
        "MIN_INTERESTING": 113, "VOLUMEDOWN": 114, "VOLUMEUP": 115, "POWER": 116, "KPEQUAL": 117, "PAUSE": 119,
        "SCALE": 120, "KPCOMMA": 121, "HANGEUL": 122, "HANGUEL": 122, "HANJA": 123, "YEN": 124, "LEFTMETA": 125,
        "RIGHTMETA": 126, "COMPOSE": 127, "STOP": 128, "AGAIN": 129, "UNDO": 131, "FRONT": 132, "COPY": 133,
        "OPEN": 134, "PASTE": 135, "FIND": 136, "CUT": 137, "HELP": 138, "CALC": 140, "SLEEP": 142, "WAKEUP": 143,
        "FILE": 144, "MAIL": 155, "BOOKMARKS": 156, "BACK": 158, "FORWARD": 159, "EJECTCD": 161, "NEXTSONG": 163,
        "PLAYPAUSE": 164, "PREVIOUSSONG": 165, "STOPCD": 166, "RECORD": 167, "REWIND": 168, "CONFIG": 171,
        "HOMEPAGE": 172, "REFRESH": 173, "KPLEFTPAREN": 179, "KPRIGHTPAREN": 180, "F13": 183, "F14": 184,
        "F15": 185, "F16": 186, "F17": 187, "F18": 188, "F19": 189, "F20": 190, "F21": 191, "F22": 192, "F23": 193,
        "F24": 194, "PAUSECD": 201, "PLAY": 207, "FASTFORWARD": 208, "SEARCH": 217, "BRIGHTNESSDOWN": 224,
        "BRIGHTNESSUP": 225, "SWITCHVIDEOMODE": 227, "SEND": 231, "REPLY": 232, "FORWARDMAIL": 233, "ZOOM": 372,
        "FULL_SCREEN": 372, "FN": 464, "CONTROLPANEL": 579, "APPSELECT": 580, "SCREENSAVER": 581, "ASSISTANT": 583,
        "KBD_LAYOUT_NEXT": 584,
    }.items()
}  # fmt: skip
"""Number of each key in ``CODES``, by the kernel's names for it."""


def is_key(code: int) -> bool:
    """Whether an ``EV_KEY`` code is a key, and not a button of a mouse, a pen, a touch device or a game controller.

    >>> is_key(30), is_key(0x110), is_key(0x1D0)
    (True, False, True)
    """
    return 0 <= code < 0x100 or 0x160 <= code < 0x220 or 0x224 <= code < 0x2C0
