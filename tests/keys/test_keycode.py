"""Legacy key numbers tell keys and codes of the W3C vocabulary, and no more than they know."""

from __future__ import annotations

from reticent.keys.keycode import KEYCODES
from reticent.keys.table import CODES, NAMED_KEYS, codes_by, is_printable_key


def test_only_known_words_come_out() -> None:
    """Every number tells something."""
    for key, code in KEYCODES.values():
        assert key is not None or code is not None
        assert code is None or code in CODES
        assert key is None or key in NAMED_KEYS or is_printable_key(key)


def test_letters_have_no_place_and_digits_no_character() -> None:
    """The number follows the layout in one case, and Shift in neither."""
    assert KEYCODES[65] == ("a", None)
    assert KEYCODES[49] == (None, "Digit1")
    assert KEYCODES[97] == ("1", "Numpad1")
    assert KEYCODES[222] == (None, "Quote")
    assert KEYCODES[16] == ("Shift", None)


def test_where_windows_has_the_number_it_is_the_same_key() -> None:
    """Browsers took the numbers from there."""
    windows = codes_by("vk")
    own = {59, 61, 173}  # Firefox has its own for punctuation
    for number, (_, code) in KEYCODES.items():
        if code is not None and number in windows and number not in own:
            assert windows[number] == code
