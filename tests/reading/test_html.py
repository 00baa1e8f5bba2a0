"""A field's kind is what HTML says of it, and secret kinds win over all others."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from reticent.events import FieldKind
from reticent.reading.html import field_kind, is_text_field


@pytest.mark.parametrize(
    ("tag", "attributes", "kind"),
    [
        ("input", {"type": "password"}, "password"),
        ("input", {"type": "password", "autocomplete": "cc-csc"}, "password"),
        ("input", {"type": "text", "data-rr-is-password": "true"}, "password"),
        ("input", {"type": "text", "autocomplete": "new-password"}, "password"),
        ("input", {"type": "tel", "autocomplete": "billing CC-NUMBER"}, "card"),
        ("input", {"inputmode": "numeric", "autocomplete": "one-time-code"}, "otp"),
        ("input", {"type": "search"}, "search"), ("input", {"type": "url"}, "url"), ("input", {}, "text"),
        ("input", {"type": "made-up"}, "text"), ("INPUT", {"type": "EMAIL"}, "text"), ("textarea", {}, "text"),
        ("input", {"type": "checkbox"}, "unknown"), ("select", {}, "unknown"), (None, {}, "unknown"),
        (None, {"type": "password"}, "password"),
        ("div", {"contenteditable": ""}, "editor"), ("div", {"contenteditable": "true"}, "editor"),
        ("div", {"contenteditable": True}, "editor"), ("div", {"contenteditable": "false"}, "unknown"),
        ("input", {"type": 7, "autocomplete": None}, "text"),
    ],
)  # fmt: skip
def test_element_and_attributes_tell_the_kind(tag: str | None, attributes: dict[str, Any], kind: str) -> None:
    """Whatever their case; what is no word tells nothing."""
    assert field_kind(tag, attributes) == kind
    assert kind in get_args(FieldKind)


@pytest.mark.parametrize(
    ("tag", "attributes", "text"),
    [
        ("input", {"type": "radio"}, False), ("select", {}, False), ("input", {"type": "password"}, True),
        ("textarea", {}, True), (None, {}, True), ("button", {}, True),
    ],
)  # fmt: skip
def test_tick_boxes_and_lists_hold_no_text(tag: str | None, attributes: dict[str, Any], *, text: bool) -> None:
    """What is not known may hold text."""
    assert is_text_field(tag, attributes) is text
