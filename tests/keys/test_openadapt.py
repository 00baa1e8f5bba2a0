"""Names that openadapt-capture gives to keys are W3C keys; an unknown one is left out, as it may be what was typed."""

from __future__ import annotations

import pytest

from reticent.keys.openadapt import NAMES, key_fields
from reticent.keys.table import CODES, NAMED_KEYS


@pytest.mark.parametrize(
    ("name", "char", "fields"),
    [
        ("enter", None, {"key": "Enter", "code": "Enter"}),
        ("shift_l", None, {"key": "Shift", "code": "ShiftLeft"}),
        ("num5", None, {"key": "5", "code": "Numpad5"}),
        ("KP_5", None, {"key": "5", "code": "Numpad5"}),
        ("KP_Home", None, {"key": "Home", "code": "Numpad7"}),
        ("KP_Decimal", None, {"key": None, "code": "NumpadDecimal"}),
        ("clear", None, {"key": "Clear", "code": "NumLock"}),
        ("F5", None, {"key": "F5", "code": "F5"}),
        ("ISO_Level3_Shift", None, {"key": "AltGraph", "code": "AltRight"}),
        ("fn", None, {"key": "Fn", "code": "Fn"}),
        (None, "A", {"key": "A"}),
        (None, "\x01", {"key": "\x01"}),
        (None, "e\u0301", {"text": "e\u0301"}),
        ("eacute", "é", {"key": "é"}),
        ("eacute", None, {}),
        ("keycode_38", None, {}),
        (None, "", {}),
        (None, None, {}),
    ],
)
def test_key_fields(name: str | None, char: str | None, fields: dict[str, str | None]) -> None:
    """Names before characters, each used once."""
    assert key_fields(name, char) == fields


def test_all_are_of_the_standard() -> None:
    """No other names may come out."""
    assert {code for _, code in NAMES.values()} <= CODES
    assert {key for key, _ in NAMES.values() if key is not None and len(key) > 1} <= NAMED_KEYS
