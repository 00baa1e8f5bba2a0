"""What kind of text a field of a web page takes, told by its element and attributes.

Sources: HTML Living Standard, the ``input`` types and the ``autocomplete`` field names.
"""

from __future__ import annotations

from collections.abc import Mapping

from reticent.events import FieldKind

__all__ = ["field_kind", "is_text_field"]

_TYPES: dict[str, FieldKind] = {
    "password": "password", "search": "search", "url": "url", "text": "text", "email": "text", "tel": "text",
    "number": "text", "date": "text", "time": "text", "datetime-local": "text", "month": "text", "week": "text",
}  # fmt: skip
_NO_TEXT = frozenset("button checkbox color file hidden image radio range reset submit".split())
_COMPLETIONS: dict[str, FieldKind] = {
    "current-password": "password", "new-password": "password", "one-time-code": "otp",
    "cc-number": "card", "cc-csc": "card", "cc-exp": "card", "cc-exp-month": "card", "cc-exp-year": "card",
}  # fmt: skip
_WAS_PASSWORD = "data-rr-is-password"  # noqa: S105 - rrweb's mark of a field that was one before it was shown


def field_kind(tag: str | None, attributes: Mapping[str, object]) -> FieldKind:
    """The kind of a field; ``unknown`` for what takes no text, or is not said to.

    Attribute names are in small letters, as HTML has them.

    >>> field_kind("INPUT", {"type": "Password"}), field_kind("input", {"autocomplete": "section-a one-time-code"})
    ('password', 'otp')
    >>> field_kind("textarea", {}), field_kind("div", {"contenteditable": ""}), field_kind("div", {})
    ('text', 'editor', 'unknown')
    """
    kind = _word(attributes.get("type"))
    if kind == "password" or _WAS_PASSWORD in attributes:
        return "password"
    for word in _word(attributes.get("autocomplete")).split():
        if word in _COMPLETIONS:
            return _COMPLETIONS[word]
    tag = _word(tag)
    if tag == "input":
        return "unknown" if kind in _NO_TEXT else _TYPES.get(kind, "text")
    if tag == "textarea":
        return "text"
    editable = attributes.get("contenteditable")
    is_editor = editable is True or (isinstance(editable, str) and _word(editable) in ("", "true", "plaintext-only"))
    return "editor" if is_editor else "unknown"


def is_text_field(tag: str | None, attributes: Mapping[str, object]) -> bool:
    """Whether what a field holds is text; a tick box, a list or a button has a value that nobody typed.

    >>> is_text_field("input", {"type": "checkbox"}), is_text_field("select", {}), is_text_field("input", {})
    (False, False, True)
    """
    return _word(tag) != "select" and not (_word(tag) == "input" and _word(attributes.get("type")) in _NO_TEXT)


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) else ""
