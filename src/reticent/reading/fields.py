"""What kind of text a field takes, told by what recorders report of it: HTML attributes, or accessibility roles.

This is the one place that decides. What is not known here is ``unknown``, never a guess; where two things are said, the
one that protects more counts.

Sources: HTML Living Standard, the ``input`` types and autofill detail tokens; WAI-ARIA 1.2 roles; UI Automation control
types and ``IsPassword``; MSAA ``STATE_SYSTEM_PROTECTED``; AT-SPI roles; macOS ``AXRole`` and ``AXSubrole``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from reticent.events import FieldKind

__all__ = ["completion_kind", "field_kind", "is_text_field", "role_kind"]

_TYPES: dict[str, FieldKind] = {
    "password": "password", "search": "search", "url": "url", "text": "text", "email": "text", "tel": "text",
    "number": "text", "date": "text", "time": "text", "datetime-local": "text", "month": "text", "week": "text",
}  # fmt: skip
_NO_TEXT = frozenset("button checkbox color file hidden image radio range reset submit".split())
_WAS_PASSWORD = "data-rr-is-password"  # noqa: S105 - rrweb's mark of a field that was one before it was shown
_HIDDEN_BY_STYLE = re.compile(r"text-security\s*:\s*(?!none)[a-z]")

_CONTACTS = """
    tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix tel-extension email impp
""".split()
_COMPLETIONS: dict[str, FieldKind] = {
    **dict.fromkeys(("current-password", "new-password"), "password"), "one-time-code": "otp",
    **dict.fromkeys(
        "cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc "
        "cc-type".split(), "card",
    ),
    **dict.fromkeys(
        "name honorific-prefix given-name additional-name family-name honorific-suffix nickname username "
        "organization-title organization street-address address-line1 address-line2 address-line3 address-level4 "
        "address-level3 address-level2 address-level1 country country-name postal-code transaction-currency "
        "transaction-amount language bday bday-day bday-month bday-year sex".split(), "text",
    ),
    **dict.fromkeys(("url", "photo"), "url"), **dict.fromkeys(_CONTACTS, "text"),
}  # fmt: skip
_SENSITIVE = frozenset(("password", "otp", "card"))
_WHERE = frozenset("home work mobile fax pager".split())
_ADDRESSES = frozenset(("shipping", "billing"))
_SECTION = "section-"

_ROLES: dict[str, FieldKind] = {
    **dict.fromkeys(("securetextfield", "passwordtext", "passwordedit"), "password"),
    **dict.fromkeys(("textfield", "textarea", "textbox", "text", "edit", "entry", "combobox", "spinbutton"), "text"),
    **dict.fromkeys(("searchfield", "searchbox"), "search"),
    "terminal": "terminal", "grid": "grid", "gridcell": "grid",
}  # fmt: skip
_DRESS = re.compile(r"^(?:ax|(?:atspi_?)?role_(?:system_?)?|uia_|controltype\.)|controltypeid$|[ _-]")
_BULLETS = frozenset("•●⦁")


def field_kind(tag: str | None, attributes: Mapping[str, object]) -> FieldKind:
    """The kind of an element of a web page; ``unknown`` for what takes no text, or is not said to.

    Attribute names are in small letters, as HTML has them.

    >>> field_kind("INPUT", {"type": "Password"}), field_kind("input", {"autocomplete": "section-a one-time-code"})
    ('password', 'otp')
    >>> field_kind("textarea", {}), field_kind("div", {"contenteditable": ""}), field_kind("div", {})
    ('text', 'editor', 'unknown')
    """
    kind = _word(attributes.get("type"))
    hidden = _HIDDEN_BY_STYLE.search(_word(attributes.get("style")))
    if kind == "password" or hidden or _WAS_PASSWORD in attributes:
        return "password"
    completion = completion_kind(attributes.get("autocomplete"))
    if completion in _SENSITIVE:
        return completion
    tag = _word(tag)
    if tag == "input":
        told = "unknown" if kind in _NO_TEXT else _TYPES.get(kind, "text")
        return completion if told == "text" and completion != "unknown" else told
    if tag == "textarea":
        return "text"
    editable = attributes.get("contenteditable")
    is_editor = editable is True or (isinstance(editable, str) and _word(editable) in ("", "true", "plaintext-only"))
    return "editor" if is_editor else role_kind(*_word(attributes.get("role")).split())


def completion_kind(autocomplete: object) -> FieldKind:
    """The kind of field by its autofill detail tokens.

    Their grammar is ``[section-*] [shipping|billing] [home|work|mobile|fax|pager] name [webauthn]``. A name of a secret
    counts wherever it stands; anything else only in a list that follows the grammar.

    >>> completion_kind("section-blue shipping work tel"), completion_kind("billing CC-number")
    ('text', 'card')
    >>> completion_kind("current-password webauthn"), completion_kind("off"), completion_kind("work postal-code")
    ('password', 'unknown', 'unknown')
    """
    words = _word(autocomplete).split()
    for word in words:
        if _COMPLETIONS.get(word) in _SENSITIVE:
            return _COMPLETIONS[word]
    if words[-1:] == ["webauthn"]:
        words.pop()
    name = words.pop() if words else ""
    if name in _CONTACTS and words and words[-1] in _WHERE:
        words.pop()
    if words and words[-1] in _ADDRESSES:
        words.pop()
    if words and words[-1].startswith(_SECTION):
        words.pop()
    return "unknown" if words else _COMPLETIONS.get(name, "unknown")


def role_kind(
    *roles: str | None, protected: object = None, description: str | None = None, value: Any = None
) -> FieldKind:
    """The kind of a field by what an accessibility interface says of it.

    Args:
        roles: role and subrole in any of the systems' spellings: ``AXSecureTextField``, ``password text``,
            ``ROLE_PASSWORD_TEXT``, ``UIA_EditControlTypeId``, ``ControlType.Edit``, ``searchbox``.
        protected: true where a property says so: UI Automation ``IsPassword``, MSAA ``STATE_SYSTEM_PROTECTED``.
        description: of the role, in words.
        value: what the field shows; all that is asked of it is whether it is hidden.

    >>> role_kind("AXTextField", "AXSecureTextField"), role_kind("Edit", protected=True), role_kind("ROLE_TERMINAL")
    ('password', 'password', 'terminal')
    >>> role_kind("AXTextField", value="•••"), role_kind("UIA_EditControlTypeId"), role_kind("AXGroup")
    ('password', 'text', 'unknown')
    """
    hidden = isinstance(value, str) and value != "" and _BULLETS.issuperset(value)
    if protected is True or hidden or "secure" in _word(description):
        return "password"
    kinds = [_ROLES.get(_DRESS.sub("", _word(role)), "unknown") for role in roles]
    if "password" in kinds:
        return "password"
    told = [kind for kind in kinds if kind != "unknown"]
    return next((kind for kind in told if kind != "text"), told[0] if told else "unknown")


def is_text_field(tag: str | None, attributes: Mapping[str, object]) -> bool:
    """Whether what a field holds is text; a tick box, a list or a button has a value that nobody typed.

    >>> is_text_field("input", {"type": "checkbox"}), is_text_field("select", {}), is_text_field("input", {})
    (False, False, True)
    """
    return _word(tag) != "select" and not (_word(tag) == "input" and _word(attributes.get("type")) in _NO_TEXT)


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""
