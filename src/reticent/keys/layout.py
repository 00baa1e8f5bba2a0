"""Keyboard layouts: which character a key makes, and which keys make a character.

The tables are data files, ``layouts/*.json``: for every code up to four levels (plain, Shift, AltGr, Shift+AltGr), each
a character, ``null``, or ``{"dead": accent}`` for a dead key; missing levels are ``null``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

import msgspec

from reticent.errors import PolicyError
from reticent.keys.table import CODES, KEYS, NUMPAD_TEXT

__all__ = ["LAYOUT_NAMES", "Layout", "compose", "key_levels", "load"]

LAYOUT_NAMES = ("us", "us-intl", "gb", "fr", "de", "es", "it", "pt-br", "jp", "ru")
"""Names that ``load`` knows."""

Levels: TypeAlias = tuple[str | None, ...]
Stroke: TypeAlias = tuple[str, bool, bool]


class _Dead(msgspec.Struct, frozen=True):
    dead: str


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What the keys of one layout make. Get one from ``load``.

    >>> fr = load("fr")
    >>> fr.char("Digit2"), fr.char("Digit2", shift=True), fr.char("Digit2", caps_lock=True)
    ('é', '2', 'É')
    >>> fr.dead("BracketLeft"), fr.stroke("€")
    ('^', ('KeyE', False, True))
    """

    name: str
    codes: frozenset[str]
    _chars: dict[str, Levels]
    _dead: dict[str, Levels]
    _strokes: dict[str, Stroke]

    def char(self, code: str, *, shift: bool = False, altgr: bool = False, caps_lock: bool = False) -> str | None:
        """The character that ``code`` makes, or ``None``: a dead key, or a key that makes no text.

        Numpad codes make text whatever is held: NumLock is taken to be on. ``NUMPAD_TEXT`` holds, but some layouts
        have a comma on ``NumpadDecimal``. A layout without AltGr (us, jp, ru) makes nothing with it on most keys.
        """
        levels = self._chars.get(code)
        return None if levels is None else levels[shift + 2 * altgr + 4 * caps_lock]

    def dead(self, code: str, *, shift: bool = False, altgr: bool = False) -> str | None:
        """The accent that ``code`` puts on the next character, or ``None``: no dead key."""
        levels = self._dead.get(code)
        return None if levels is None else levels[shift + 2 * altgr]

    def stroke(self, char: str) -> Stroke | None:
        """``(code, shift, altgr)`` that makes ``char`` with least effort, or ``None``: no single key does.

        Fewer modifiers win, Shift before AltGr, and the main block before the numpad.
        """
        return self._strokes.get(char)


@lru_cache(maxsize=len(LAYOUT_NAMES))
def load(name: str) -> Layout:
    """The layout called ``name``.

    Raises ``PolicyError`` when there is none.

    >>> load("de").char("KeyQ", altgr=True)
    '@'
    """
    if name not in LAYOUT_NAMES:
        raise PolicyError(f"unknown keyboard layout {name!r}: use one of {', '.join(LAYOUT_NAMES)}")
    data = files("reticent.keys").joinpath("layouts", f"{name}.json").read_bytes()
    table = msgspec.json.decode(data, type=dict[str, list[str | _Dead | None]])
    return _layout(name, {code: (levels + [None] * 4)[:4] for code, levels in table.items()})


def _layout(name: str, table: dict[str, list[str | _Dead | None]]) -> Layout:
    plain = {code: tuple(key if isinstance(key, str) else None for key in keys) for code, keys in table.items()}
    dead = {
        code: tuple(key.dead if isinstance(key, _Dead) else None for key in keys)
        for code, keys in table.items()
        if any(isinstance(key, _Dead) for key in keys)
    }
    chars: dict[str, Levels] = {code: levels + _with_caps_lock(levels) for code, levels in plain.items()}
    for code, char in NUMPAD_TEXT.items():
        chars[code] = plain.get(code, (char,))[:1] * 8
    return Layout(name, frozenset(chars), chars, dead, _strokes(chars))


def _with_caps_lock(levels: Levels) -> Levels:
    """The four levels while CapsLock is on: only letters change, each into its other case."""
    return tuple(char and _other_case(char) for char in levels)


def _other_case(char: str) -> str:
    """The other case where it is one character and leads back: ``ß`` to ``ẞ``, but ``µ`` and ``ı`` stay."""
    if char == "ß":
        return "ẞ"
    other = char.lower() if char.isupper() else char.upper()
    back = other.upper() if char.isupper() else other.lower()
    return other if len(other) == 1 and back == char else char


def _strokes(chars: dict[str, Levels]) -> dict[str, Stroke]:
    """The cheapest stroke of each character; of equals, the first in the order of the key table."""
    found: dict[str, tuple[int, Stroke]] = {}
    for cost, char, stroke in _candidates(chars):
        if char not in found or cost < found[char][0]:
            found[char] = (cost, stroke)
    return {char: stroke for char, (_, stroke) in found.items()}


def _candidates(chars: dict[str, Levels]) -> Iterator[tuple[int, str, Stroke]]:
    for code in (row.code for row in KEYS if row.code in chars):
        # ANSI keyboards lack IntlBackslash: on `us`, Shift+Comma is the usual way to `<`, though one key more makes it.
        detour = 8 if code in NUMPAD_TEXT else 1 if code == "IntlBackslash" else 0
        for level, char in enumerate(chars[code][:4]):
            if char is not None:
                shift, altgr = bool(level & 1), bool(level & 2)
                yield shift + 3 * altgr + detour, char, (code, shift, altgr)


_COMBINING: dict[str, str] = {
    "`": "\u0300", "´": "\u0301", "'": "\u0301", "^": "\u0302", "~": "\u0303", "¯": "\u0304", "˘": "\u0306",
    "˙": "\u0307", "¨": "\u0308", '"': "\u0308", "°": "\u030a", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c",
    "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip


def compose(accent: str, base: str) -> str:
    """What a dead key and the key after it make: one character where Unicode has it, else both.

    ``accent`` is spacing or combining; a blank after it, or the accent again, makes the accent itself.

    >>> compose("´", "e"), compose("^", " "), compose("~", "x")
    ('é', '^', '~x')
    """
    if base in {" ", accent}:
        return accent
    composed = unicodedata.normalize("NFC", base + _COMBINING.get(accent, accent))
    return composed if len(composed) == 1 else accent + base


@lru_cache(maxsize=512)
def key_levels(code: str) -> frozenset[str]:
    """All characters that a key makes on any level of any layout that is shipped.

    >>> sorted(key_levels("Digit2") & {"2", "@", "a"})
    ['2', '@']
    """
    levels = {
        load(name).char(code, shift=shift, altgr=altgr)
        for name in LAYOUT_NAMES for shift in (False, True) for altgr in (False, True)
    }  # fmt: skip
    return frozenset(character for character in levels if character is not None)


@lru_cache(maxsize=512)
def may_be_one_key(some: str, other: str) -> bool:
    """Whether two characters are levels of one key in some layout that is shipped, as "h" and "H", "2" and "@".

    >>> may_be_one_key("h", "H"), may_be_one_key("@", "2"), may_be_one_key("h", "j")
    (True, True, False)
    """
    if len(some) > 1 or len(other) > 1:
        return False
    return some.lower() == other.lower() or any({some, other} <= key_levels(code) for code in CODES)
