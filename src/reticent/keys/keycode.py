"""``keyCode`` of browsers: the legacy number of a key, for recorders that kept it and nothing better.

It is the capital letter or the digit that a key has, or a number that Windows and browsers agree on. Letters follow the
layout and case is not told. Digits and named keys have their place. Punctuation is numbered by its place on the US
layout; Firefox numbers some of it by its character.

Sources: W3C UI Events, "Legacy Key & Mouse Event Attributes"; MDN, ``KeyboardEvent.keyCode``.
"""

from __future__ import annotations

from reticent.keys.table import NAMED_KEY, NUMPAD_TEXT

__all__ = ["KEYCODES"]

_NAMED = {
    8: "Backspace", 9: "Tab", 13: "Enter", 19: "Pause", 20: "CapsLock", 27: "Escape", 33: "PageUp", 34: "PageDown",
    35: "End", 36: "Home", 37: "ArrowLeft", 38: "ArrowUp", 39: "ArrowRight", 40: "ArrowDown", 44: "PrintScreen",
    45: "Insert", 46: "Delete", 91: "MetaLeft", 92: "MetaRight", 93: "ContextMenu", 144: "NumLock", 145: "ScrollLock",
    **{111 + number: f"F{number}" for number in range(1, 25)},
}  # fmt: skip
_NUMPAD = {
    **{96 + digit: f"Numpad{digit}" for digit in range(10)},
    106: "NumpadMultiply", 107: "NumpadAdd", 109: "NumpadSubtract", 110: "NumpadDecimal", 111: "NumpadDivide",
}  # fmt: skip
_PUNCTUATION = {
    186: "Semicolon", 187: "Equal", 188: "Comma", 189: "Minus", 190: "Period", 191: "Slash", 192: "Backquote",
    219: "BracketLeft", 220: "Backslash", 221: "BracketRight", 222: "Quote", 226: "IntlBackslash",
    59: "Semicolon", 61: "Equal", 173: "Minus",
}  # fmt: skip

KEYCODES: dict[int, tuple[str | None, str | None]] = {
    **{number: (NAMED_KEY[code], code) for number, code in _NAMED.items()},
    **{number: (NUMPAD_TEXT[code], code) for number, code in _NUMPAD.items()},
    **{number: (None, code) for number, code in _PUNCTUATION.items()},
    **{48 + digit: (None, f"Digit{digit}") for digit in range(10)},
    **{number: (chr(number).lower(), None) for number in range(65, 91)},
    16: ("Shift", None), 17: ("Control", None), 18: ("Alt", None), 32: (" ", "Space"), 224: ("Meta", None),
    225: ("AltGraph", None), 229: ("Process", None),
}  # fmt: skip
"""W3C key and code by number, as far as it tells them; letters in small."""
