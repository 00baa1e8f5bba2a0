"""A field's kind is what HTML or an accessibility interface says of it, and secret kinds win over all others."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from reticent.events import FieldKind
from reticent.reading.fields import completion_kind, field_kind, is_text_field, role_kind


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
        ("input", {"style": "color: red; -webkit-text-security: disc"}, "password"),
        ("input", {"style": "-webkit-text-security:none"}, "text"), ("input", {"autocomplete": "home url"}, "text"),
        ("input", {"autocomplete": "url"}, "url"), ("div", {"role": "textbox"}, "text"),
        ("div", {"role": "fancy searchbox"}, "search"), ("div", {"role": "button"}, "unknown"),
        ("td", {"role": "gridcell"}, "grid"), (None, {"autocomplete": "cc-csc"}, "card"),
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


@pytest.mark.parametrize(
    ("autocomplete", "kind"),
    [
        ("username", "text"), ("username webauthn", "text"), ("current-password webauthn", "password"),
        ("section-red shipping street-address", "text"), ("section-red billing mobile tel-national", "text"),
        ("section-x billing cc-exp-month", "card"), ("billing cc-family-name", "card"), ("ONE-TIME-CODE", "otp"),
        ("\tnew-password\n", "password"), ("impp", "text"), ("photo", "url"),
        ("on", "unknown"), ("off", "unknown"), ("", "unknown"), (None, "unknown"), ("nope", "unknown"),
        ("webauthn", "unknown"), ("shipping", "unknown"), ("section-red", "unknown"),
        ("work postal-code", "unknown"), ("tel home", "unknown"), ("shipping section-red tel", "unknown"),
        ("home work tel", "unknown"), ("new-password whatever", "password"), ("whatever cc-csc", "card"),
    ],
)  # fmt: skip
def test_autofill_tokens_follow_the_grammar(autocomplete: object, kind: str) -> None:
    """A list that breaks it tells nothing, unless it names a secret."""
    assert completion_kind(autocomplete) == kind


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        (("AXTextField",), "text"), (("AXTextField", "AXSecureTextField"), "password"),
        (("AXTextField", "AXSearchField"), "search"), (("AXTextField", None), "text"), (("AXTextArea",), "text"),
        (("password text",), "password"), (("ATSPI_ROLE_PASSWORD_TEXT",), "password"),
        (("ROLE_PASSWORD_TEXT",), "password"), (("PASSWORD_TEXT",), "password"), (("terminal",), "terminal"),
        (("entry",), "text"), (("spin button",), "text"), (("ROLE_SYSTEM_TEXT",), "text"),
        (("UIA_EditControlTypeId",), "text"), (("ControlType.ComboBox",), "text"), (("Edit",), "text"),
        (("textbox",), "text"), (("searchbox",), "search"), (("AXGroup",), "unknown"), (("Document",), "unknown"),
        (("",), "unknown"), ((None,), "unknown"), ((), "unknown"),
    ],
)  # fmt: skip
def test_roles_in_every_spelling(roles: tuple[str | None, ...], kind: str) -> None:
    """Of macOS, UI Automation, MSAA, AT-SPI and ARIA; a role that is not known tells nothing."""
    assert role_kind(*roles) == kind


def test_a_field_that_hides_what_it_shows_is_a_password_field() -> None:
    """By a property, by its description, or by bullets in the place of its value."""
    assert role_kind("Edit", protected=True) == "password"
    assert role_kind("AXTextField", description="secure text field") == "password"
    assert role_kind("AXTextField", value="••••") == "password"
    assert role_kind("AXTextField", value="• a list") == "text"
    assert role_kind("AXTextField", protected=False, value="") == "text"
