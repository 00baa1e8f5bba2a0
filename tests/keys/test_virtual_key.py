"""Names of virtual keys tell keys and codes of the W3C vocabulary, and only where no layout moves them."""

from __future__ import annotations

from reticent.keys.table import CODES, MODIFIER_KEY, NAMED_KEY, NAMED_KEYS, is_printable_key
from reticent.keys.virtual_key import VK_NAMES


def test_only_known_words_come_out() -> None:
    """And only names of virtual keys go in."""
    for name, (key, code) in VK_NAMES.items():
        assert name.startswith("VK_") and name == name.upper()
        assert key in NAMED_KEYS or is_printable_key(key)
        assert code is None or code in CODES


def test_key_and_code_agree() -> None:
    """Where both are told."""
    for key, code in VK_NAMES.values():
        if code in NAMED_KEY:
            assert NAMED_KEY[code] == key
    assert {code for _, code in VK_NAMES.values() if code in MODIFIER_KEY} >= {"ShiftLeft", "ShiftRight", "AltRight"}


def test_letters_digits_and_punctuation_are_not_here() -> None:
    """They move with the layout."""
    assert not {"VK_A", "VK_1", "VK_OEM_1", "VK_OEM_PERIOD"} & VK_NAMES.keys()
    assert VK_NAMES["VK_NUMPAD1"] == ("1", "Numpad1")
