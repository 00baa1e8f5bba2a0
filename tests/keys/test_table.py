"""The key table is the W3C vocabulary, unambiguous in every number system, and sorts every key into text or named."""

from __future__ import annotations

import pytest

from reticent.events import EVENT_TYPES
from reticent.keys.table import (
    CODES,
    KEYS,
    MODIFIER_KEY,
    NAMED_KEY,
    NAMED_KEYS,
    NUMPAD_NAVIGATION,
    NUMPAD_TEXT,
    codes_by,
    is_printable_key,
)

_WRITING = """
Backquote Backslash BracketLeft BracketRight Comma Equal IntlBackslash IntlRo IntlYen Minus Period Quote Semicolon Slash
Space
"""
_FUNCTIONAL = """
AltLeft AltRight Backspace CapsLock ContextMenu ControlLeft ControlRight Enter MetaLeft MetaRight ShiftLeft ShiftRight
Tab Convert KanaMode NonConvert Delete End Help Home Insert PageDown PageUp ArrowDown ArrowLeft ArrowRight ArrowUp
NumLock NumpadAdd NumpadComma NumpadDecimal NumpadDivide NumpadEnter NumpadMultiply NumpadSubtract
Escape PrintScreen ScrollLock Pause
"""
_WITHOUT_KEY_VALUE = """
Turbo Suspend Resume Unidentified SelectTask ShowAllWindows KeyboardLayoutSelect
NumpadMemoryStore NumpadMemoryRecall NumpadMemoryClear NumpadMemoryAdd NumpadMemorySubtract
"""
LETTERS = {f"Key{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
WRITING_KEYS = LETTERS | {f"Digit{digit}" for digit in range(10)} | set(_WRITING.split())
FUNCTION_KEYS = {f"F{number}" for number in range(1, 13)} | {f"Numpad{digit}" for digit in range(10)}
STANDARD_KEYS = WRITING_KEYS | FUNCTION_KEYS | set(_FUNCTIONAL.split())
WITHOUT_KEY_VALUE = set(_WITHOUT_KEY_VALUE.split())


def test_holds_all_required_codes_once() -> None:
    """The 112 codes that the standard requires are there, and no code has two rows."""
    assert len(STANDARD_KEYS) == 112
    assert STANDARD_KEYS <= CODES
    assert len(KEYS) == len(CODES)


def test_every_code_is_text_or_named() -> None:
    """Each code is a writing key, a numpad key with text, a named key, or one of the few without any key value."""
    groups = [WRITING_KEYS, set(NUMPAD_TEXT), set(NAMED_KEY), WITHOUT_KEY_VALUE]
    assert set.union(*groups) == CODES
    assert sum(map(len, groups)) == len(CODES)


@pytest.mark.parametrize("column", ["usb", "evdev", "xkb", "windows", "macos"])
def test_native_numbers_are_unique(column: str) -> None:
    """One native number means one key."""
    numbers = [getattr(row, column) for row in KEYS if getattr(row, column) is not None]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("column", "number", "code"),
    [
        ("usb", 0x070004, "KeyA"),
        ("evdev", 100, "AltRight"),
        ("xkb", 24, "KeyQ"),
        ("windows", 0xE01D, "ControlRight"),
        ("windows", 0x56, "IntlBackslash"),
        ("vk", 0x0D, "Enter"),
        ("vk", 0x60, "Numpad0"),
        ("macos", 0x00, "KeyA"),
        ("macos", 0x33, "Backspace"),
    ],
)
def test_codes_by_native_number(column: str, number: int, code: str) -> None:
    """Well-known native numbers give their code; zero is a number like any other."""
    assert codes_by(column)[number] == code  # type: ignore[arg-type]


def test_derived_maps_speak_the_vocabulary() -> None:
    """Derived maps go from known codes to known named keys."""
    assert set(MODIFIER_KEY) | set(NAMED_KEY) | set(NUMPAD_TEXT) | set(NUMPAD_NAVIGATION) <= CODES
    assert set(MODIFIER_KEY.values()) | set(NAMED_KEY.values()) | set(NUMPAD_NAVIGATION.values()) <= NAMED_KEYS
    assert all(NAMED_KEY[code] == key for code, key in MODIFIER_KEY.items())


def test_named_key_of_keys_that_share_a_meaning() -> None:
    """Left and right, main block and numpad give the same key value."""
    assert {NAMED_KEY["Enter"], NAMED_KEY["NumpadEnter"]} == {"Enter"}
    assert {NAMED_KEY["ShiftLeft"], NAMED_KEY["ShiftRight"]} == {"Shift"}
    assert (NUMPAD_TEXT["Numpad7"], NUMPAD_NAVIGATION["Numpad7"]) == ("7", "Home")


@pytest.mark.parametrize(
    "key", ["a", "É", "ß", " ", "ё", "あ", "e\u0301", "\u00a0", "👍🏽", "👨‍👩‍👧", "🇫🇷", "\u1112\u1161\u11ab", "1️⃣"]
)
def test_printable(key: str) -> None:
    """One grapheme is text, however many code points it takes."""
    assert is_printable_key(key)


@pytest.mark.parametrize("key", [None, "", "\x03", "\t", "\r\n", "\x7f", "ab", "🇫🇷🇩🇪", "Unheard", *sorted(NAMED_KEYS)])
def test_not_printable(key: str | None) -> None:
    """Control characters, several graphemes and named keys, known or not, are no text."""
    assert not is_printable_key(key)


def test_event_types_are_not_keys() -> None:
    """Names of events on the wire are not taken for named keys."""
    assert NAMED_KEYS.isdisjoint(EVENT_TYPES)
