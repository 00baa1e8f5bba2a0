"""Linux numbers name the keys that the key table names, and buttons are not keys."""

from __future__ import annotations

import pytest

from reticent.keys.evdev import BUTTONS, CODES, KEY_NAMES, is_key
from reticent.keys.table import CODES as W3C
from reticent.keys.table import KEYS


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("KEY_A", 30, "KeyA"), ("KEY_ENTER", 28, "Enter"), ("KEY_LEFTCTRL", 29, "ControlLeft"),
        ("KEY_RIGHTALT", 100, "AltRight"), ("KEY_102ND", 86, "IntlBackslash"), ("KEY_KPENTER", 96, "NumpadEnter"),
        ("KEY_GRAVE", 41, "Backquote"), ("KEY_SYSRQ", 99, "PrintScreen"), ("KEY_F4", 62, "F4"), ("KEY_FN", 464, "Fn"),
        ("KEY_MIN_INTERESTING", 113, "AudioVolumeMute"), ("KEY_MUTE", 113, "AudioVolumeMute"),
    ],
)  # fmt: skip
def test_keys_by_name_and_number(name: str, number: int, code: str) -> None:
    """As in the kernel's header."""
    assert KEY_NAMES[name] == number
    assert CODES[number] == code


def test_all_codes_are_w3c_codes() -> None:
    """None is made up."""
    assert set(CODES.values()) <= W3C


def test_every_key_of_the_table_has_a_number_and_a_name() -> None:
    """A recorder that writes names loses none."""
    assert {row.evdev for row in KEYS if row.evdev is not None} <= CODES.keys()
    assert set(KEY_NAMES.values()) == CODES.keys()


def test_names_fit_where_they_are_cut_off() -> None:
    """getevent prints 20 characters of a name."""
    assert max(map(len, KEY_NAMES)) == 20


def test_buttons_are_no_keys() -> None:
    """Of mice, pens, touchpads and game controllers."""
    assert not any(map(is_key, [*BUTTONS, 0x100, 0x120, 0x130, 0x145, 0x14A, 0x220, 0x2C0]))
    assert all(map(is_key, CODES))
