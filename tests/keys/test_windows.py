"""Scan codes tell the physical key, virtual keys only what no layout changes."""

from __future__ import annotations

import pytest

from reticent.keys.table import CODES, NAMED_KEYS
from reticent.keys.windows import SCAN_CODES, VK_CODES, VK_KEYS


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (0x1E, "KeyA"), (0x02, "Digit1"), (0x1C, "Enter"), (0xE01C, "NumpadEnter"), (0x4F, "Numpad1"), (0xE04F, "End"),
        (0x36, "ShiftRight"), (0xE036, "ShiftRight"), (0x38, "AltLeft"), (0xE038, "AltRight"), (0x45, "Pause"),
        (0xE045, "NumLock"), (0xE046, "Pause"), (0x54, "PrintScreen"), (0xE037, "PrintScreen"), (0x56, "IntlBackslash"),
    ],
)  # fmt: skip
def test_scan_codes(scan: int, code: str) -> None:
    """Also where a low-level hook flags a key as extended that is not, or a key changes with Control or Alt."""
    assert SCAN_CODES[scan] == code


@pytest.mark.parametrize(
    ("vk", "key"),
    [
        (0x0D, "Enter"), (0x23, "End"), (0xA1, "Shift"), (0x10, "Shift"), (0xA5, "Alt"), (0x5B, "Meta"), (0x20, " "),
        (0x60, "0"), (0x69, "9"), (0x6B, "+"), (0x0C, "Clear"), (0x87, "F24"), (0xE5, "Process"),
    ],
)  # fmt: skip
def test_virtual_keys(vk: int, key: str) -> None:
    """Named keys, the blank, and the numpad while NumLock is on."""
    assert VK_KEYS[vk] == key


@pytest.mark.parametrize("vk", [0x41, 0x31, 0xBA, 0xDE, 0xE2, 0x15, 0x19])
def test_virtual_keys_that_a_layout_or_language_changes_tell_nothing(vk: int) -> None:
    """Letters, digits, punctuation, and keys of input methods that share a number."""
    assert vk not in VK_KEYS
    assert vk not in VK_CODES


def test_what_the_decimal_key_makes_is_left_to_the_layout() -> None:
    """The key itself is known."""
    assert VK_CODES[0x6E] == "NumpadDecimal"
    assert 0x6E not in VK_KEYS


def test_all_are_of_the_standard() -> None:
    """No other names may come out."""
    assert {*SCAN_CODES.values(), *VK_CODES.values()} <= CODES
    assert {key for key in VK_KEYS.values() if len(key) > 1} <= NAMED_KEYS
