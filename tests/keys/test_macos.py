"""Key codes of macOS tell the physical key, the named keys, and the flags of its modifiers."""

from __future__ import annotations

import pytest

from reticent.keys.macos import CODES, FLAGS, KEYS, MODIFIERS
from reticent.keys.table import CODES as KNOWN
from reticent.keys.table import NAMED_KEYS


@pytest.mark.parametrize(
    ("number", "code", "key"),
    [
        (0x00, "KeyA", None), (0x12, "Digit1", None), (0x31, "Space", None), (0x24, "Enter", "Enter"),
        (0x4C, "NumpadEnter", "Enter"), (0x33, "Backspace", "Backspace"), (0x75, "Delete", "Delete"),
        (0x47, "NumLock", "Clear"), (0x53, "Numpad1", None), (0x37, "MetaLeft", "Meta"), (0x3D, "AltRight", "Alt"),
        (0x7B, "ArrowLeft", "ArrowLeft"), (0x0A, "IntlBackslash", None), (0x3F, "Fn", "Fn"),
    ],
)  # fmt: skip
def test_key_codes(number: int, code: str, key: str | None) -> None:
    """A key that makes text has no named key."""
    assert (CODES[number], KEYS.get(number)) == (code, key)


def test_all_are_of_the_standard() -> None:
    """No other names may come out."""
    assert set(CODES.values()) <= KNOWN
    assert set(KEYS.values()) <= NAMED_KEYS


def test_modifiers_have_a_flag_and_a_side() -> None:
    """Left and right share the first and differ in the second."""
    for left, right in ((0x38, 0x3C), (0x3B, 0x3E), (0x3A, 0x3D), (0x37, 0x36)):
        assert MODIFIERS[left].flag == MODIFIERS[right].flag
        assert FLAGS[MODIFIERS[left].flag] == KEYS[left] == KEYS[right]
        assert MODIFIERS[left].side & MODIFIERS[right].side == 0
    sides = [mask.side for mask in MODIFIERS.values() if mask.side]
    assert len(sides) == len(set(sides)) == 8
