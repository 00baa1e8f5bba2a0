"""Names that openadapt-capture gives to keys: pynput's, its own for the numpad of macOS, and keysyms on X11.

Source: openadapt-capture 1.3.0, ``input_observer/darwin.py``, ``linux.py``, ``windows.py``; X11 ``keysymdef.h``.
"""

from __future__ import annotations

from reticent.keys import pynput
from reticent.keys.table import NUMPAD_NAVIGATION

__all__ = ["NAMES", "key_fields"]

_NAVIGATION = {
    "Home": 7, "Left": 4, "Up": 8, "Right": 6, "Down": 2, "Prior": 9, "Page_Up": 9, "Next": 3, "Page_Down": 3,
    "End": 1, "Begin": 5, "Insert": 0,
}  # fmt: skip
_OPERATORS = {
    "add": ("+", "NumpadAdd"), "subtract": ("-", "NumpadSubtract"), "multiply": ("*", "NumpadMultiply"),
    "divide": ("/", "NumpadDivide"), "decimal": (None, "NumpadDecimal"),
}  # fmt: skip
_KEYSYMS = {
    "Insert": "insert", "Menu": "menu", "Num_Lock": "num_lock", "Pause": "pause", "Print": "print_screen",
    "Scroll_Lock": "scroll_lock", "ISO_Level3_Shift": "alt_gr", "Mode_switch": "alt_gr",
    **{f"F{n}": f"f{n}" for n in range(1, 25)},
}  # fmt: skip

NAMES: dict[str, tuple[str | None, str]] = {
    **pynput.KEYS,
    **{keysym: pynput.KEYS[name] for keysym, name in _KEYSYMS.items()},
    **{f"num{n}": (str(n), f"Numpad{n}") for n in range(10)},
    **{f"KP_{n}": (str(n), f"Numpad{n}") for n in range(10)},
    **{f"KP_{name}": (NUMPAD_NAVIGATION[f"Numpad{n}"], f"Numpad{n}") for name, n in _NAVIGATION.items()},
    **_OPERATORS,
    **{f"KP_{name.capitalize()}": key for name, key in _OPERATORS.items()},
    "equals": ("=", "NumpadEqual"), "KP_Equal": ("=", "NumpadEqual"), "KP_Delete": ("Delete", "NumpadDecimal"),
    "KP_Enter": ("Enter", "NumpadEnter"), "clear": ("Clear", "NumLock"), "fn": ("Fn", "Fn"),
    "ISO_Left_Tab": ("Tab", "Tab"),
}  # fmt: skip
"""W3C key and code by name. ``None``: by the layout."""


def key_fields(name: str | None, char: str | None) -> pynput.KeyFields:
    """Fields of a key event; a name that is not known may be what was typed, and is left out.

    >>> key_fields("alt_r", None), key_fields(None, "A"), key_fields("eacute", None)
    ({'key': 'Alt', 'code': 'AltRight'}, {'key': 'A'}, {})
    """
    if name in NAMES:
        key, code = NAMES[name]
        return {"key": key, "code": code}
    if not char:
        return {}
    return {"key": char} if len(char) == 1 else {"text": char}
