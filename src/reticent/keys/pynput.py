"""Names and numbers that pynput gives to keys.

``KEYS`` are the members of ``pynput.keyboard.Key``; recorders built on pynput write their names. A key that is none of
them is a ``KeyCode``: a character, or where there is none the ``vk``, a number that means something else on each
system: a virtual key on Windows, a key code on macOS, a keysym on X11.

Source: pynput 1.8, ``keyboard/_base.py``, ``_win32.py``, ``_darwin.py``, ``_xorg.py``; keysyms: X11 ``keysymdef.h``.
"""

from __future__ import annotations

from typing import TypedDict

from reticent.events import Button
from reticent.keys.table import NUMPAD_NAVIGATION

__all__ = ["BUTTONS", "KEYS", "X11_NUMPAD", "KeyFields"]


class KeyFields(TypedDict, total=False):
    """What a key event says of its key: see ``reticent.events.KeyDown``."""

    key: str | None
    code: str | None
    text: str | None
    dead: str | None


# pynput calls the left one of a pair by the bare name too.
_PAIRS = {"alt": "Alt", "cmd": "Meta", "ctrl": "Control", "shift": "Shift"}
_NAMED = {
    "backspace": "Backspace", "caps_lock": "CapsLock", "delete": "Delete", "down": "ArrowDown", "end": "End",
    "enter": "Enter", "esc": "Escape", "home": "Home", "insert": "Insert", "left": "ArrowLeft",
    "menu": "ContextMenu", "num_lock": "NumLock", "page_down": "PageDown", "page_up": "PageUp", "pause": "Pause",
    "print_screen": "PrintScreen", "right": "ArrowRight", "scroll_lock": "ScrollLock", "tab": "Tab", "up": "ArrowUp",
    "media_play_pause": "MediaPlayPause", "media_stop": "MediaStop", "media_previous": "MediaTrackPrevious",
    "media_next": "MediaTrackNext", "media_eject": "Eject", "media_volume_mute": "AudioVolumeMute",
    "media_volume_down": "AudioVolumeDown", "media_volume_up": "AudioVolumeUp",
}  # fmt: skip

KEYS: dict[str, tuple[str, str]] = {
    **{name: (key, key) for name, key in _NAMED.items()},
    **{f"f{n}": (f"F{n}", f"F{n}") for n in range(1, 25)},
    **{name: (key, f"{key}Left") for name, key in _PAIRS.items()},
    **{f"{name}_l": (key, f"{key}Left") for name, key in _PAIRS.items()},
    **{f"{name}_r": (key, f"{key}Right") for name, key in _PAIRS.items()},
    "alt_gr": ("AltGraph", "AltRight"),
    "space": (" ", "Space"),
}
"""W3C key and code of each key that pynput names."""

# XK_KP_Home is 0xFF95; the others follow in this order.
_NAVIGATION = (7, 4, 8, 6, 2, 9, 3, 1, 5, 0)

X11_NUMPAD: dict[int, tuple[str | None, str]] = {
    0xFF8D: ("Enter", "NumpadEnter"),
    **{0xFF95 + at: (NUMPAD_NAVIGATION[f"Numpad{n}"], f"Numpad{n}") for at, n in enumerate(_NAVIGATION)},
    0xFF9F: ("Delete", "NumpadDecimal"),
    0xFFAA: ("*", "NumpadMultiply"), 0xFFAB: ("+", "NumpadAdd"), 0xFFAC: (None, "NumpadDecimal"),
    0xFFAD: ("-", "NumpadSubtract"), 0xFFAE: (None, "NumpadDecimal"), 0xFFAF: ("/", "NumpadDivide"),
    **{0xFFB0 + n: (str(n), f"Numpad{n}") for n in range(10)},
    0xFFBD: ("=", "NumpadEqual"),
}  # fmt: skip
"""W3C key and code by keysym: the keys of the numpad, for which pynput gives no character. ``None``: by the layout."""

BUTTONS: dict[str, Button] = {
    "left": "left", "middle": "middle", "right": "right",
    "x1": "back", "button8": "back", "x2": "forward", "button9": "forward",
}  # fmt: skip
"""W3C button by pynput's name; side buttons by the first name on Windows, by the second on X11."""
