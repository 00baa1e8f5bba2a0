"""A value that seems drawn by lot is a secret behind the name of one, and so are bytes listed one by one."""

from __future__ import annotations

import pytest

from reticent.detect.keyed import KeyedValues

DETECTOR = KeyedValues()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sid: 9s8d7f6s8d7f6s8d7f", "9s8d7f6s8d7f6s8d7f"),
        ("apiKey('a81bfe29c01d77e0')", "a81bfe29c01d77e0"),
        ("é client-id -> 491827364501928", "491827364501928"),
        ("account key; AbCdEfGhiJkLmNoPqrStUvWx", "AbCdEfGhiJkLmNoPqrStUvWx"),
        ("key = [12, 255, 7, 81, 9, 44]", "12, 255, 7, 81, 9, 44"),
    ],
)
def test_values(text: str, value: str) -> None:
    """The value alone is the span."""
    assert DETECTOR.may_find(text)
    assert [text[span.start : span.stop] for span in DETECTOR.find(text)] == [value]


@pytest.mark.parametrize(
    "text",
    ["key = get_value(row)", "api https://example.org/v1/users22", "the key to a good breakfast", "9s8d7f6s8d7f6s8d7f",
     "login page_number_two_is_broken", "key: [1, 2, 3]"],
)  # fmt: skip
def test_ordinary_text(text: str) -> None:
    """Code, addresses, words and short lists are none, and neither is a value without a name."""
    assert DETECTOR.find(text) == []


def test_lone_surrogates_do_not_raise() -> None:
    """Malformed text is searched all the same, offsets unchanged."""
    assert DETECTOR.find("\ud800 sid: 9s8d7f6s8d7f6s8d7f") == [("password", 7, 25)]
