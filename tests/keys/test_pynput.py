"""Every key and button that pynput names has its W3C name, and the numpad of X11 its keys."""

from __future__ import annotations

from typing import get_args

import pytest

from reticent.events import Button
from reticent.keys.pynput import BUTTONS, KEYS, X11_NUMPAD
from reticent.keys.table import CODES, NAMED_KEYS


def test_every_key_of_pynput_is_known() -> None:
    """All members of ``Key`` on all systems."""
    names = (
        "alt alt_gr alt_l alt_r backspace caps_lock cmd cmd_l cmd_r ctrl ctrl_l ctrl_r delete down end enter esc "
        "home left page_down page_up right shift shift_l shift_r space tab up media_play_pause media_stop "
        "media_volume_mute media_volume_down media_volume_up media_previous media_next media_eject insert menu "
        "num_lock pause print_screen scroll_lock"
    )
    assert set(names.split()) | {f"f{n}" for n in range(1, 25)} == KEYS.keys()


def test_keys_and_codes_are_of_the_standard() -> None:
    """The blank is the one key with text."""
    assert {code for _, code in KEYS.values()} <= CODES
    assert {key for key, _ in KEYS.values()} - NAMED_KEYS == {" "}


@pytest.mark.parametrize(
    ("keysym", "key", "code"),
    [
        (0xFFB0, "0", "Numpad0"), (0xFFB9, "9", "Numpad9"), (0xFF95, "Home", "Numpad7"), (0xFF9C, "End", "Numpad1"),
        (0xFF9D, "Clear", "Numpad5"), (0xFF96, "ArrowLeft", "Numpad4"), (0xFF99, "ArrowDown", "Numpad2"),
        (0xFF9E, "Insert", "Numpad0"), (0xFF9F, "Delete", "NumpadDecimal"), (0xFFAE, None, "NumpadDecimal"),
        (0xFF8D, "Enter", "NumpadEnter"), (0xFFAF, "/", "NumpadDivide"),
    ],
)  # fmt: skip
def test_the_numpad_of_x11(keysym: int, key: str | None, code: str) -> None:
    """With and without NumLock; what the decimal key makes depends on the layout."""
    assert X11_NUMPAD[keysym] == (key, code)


def test_buttons_are_of_the_native_format() -> None:
    """All five can be told."""
    assert set(BUTTONS.values()) == set(get_args(Button))
