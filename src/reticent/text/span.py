"""What a detector says: a kind and where, never the text itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, Protocol

from reticent.events import Category
from reticent.transform import Span, Vault

__all__ = ["CATEGORY", "CREDENTIAL_KINDS", "Detector", "Knowledge", "Span"]


class Detector(Protocol):
    """Finds one family of secrets or personal data in plain text.

    A detector may also have ``may_find(text) -> bool``, a cheap necessary condition: it is asked once about all
    readings of what was typed, joined by blank lines, and False spares all calls of ``find``.

    One that costs milliseconds may set ``whole_segments = True``: it reads only what stood on the screen, not the keys
    in the order they were hit, nor what they would have been under other keyboard layouts.

    One that goes by what stands before or behind a value may set ``in_context = True``: what it finds counts only where
    both were one sentence.
    """

    @property
    def name(self) -> str:
        """A short name for reports and policies."""

    def find(self, text: str, /) -> list[Span]:
        """All spans in ``text``, in any order; they may overlap. Offsets are code points."""


def _no_prompt(_app: str | None) -> bool:
    return False


def _no_form(_window: str | None, _url: str | None) -> bool:
    return False


def _allows_nothing(_apps: Collection[str | None], _text: str, _span: Span) -> bool:
    return False


class Knowledge(NamedTuple):
    """All that the text engine knows about what is secret."""

    detectors: tuple[Detector, ...]
    vault: Vault
    hard_tail: Callable[[str], Span | None]
    idle_tail: Callable[[str], int]
    latches: Callable[[str], bool]
    pem_opens: Callable[[str], bool]
    pem_closes: Callable[[str], bool]
    is_prompt: Callable[[str | None], bool] = _no_prompt
    is_sign_in: Callable[[str | None, str | None], bool] = _no_form
    allows: Callable[[Collection[str | None], str, Span], bool] = _allows_nothing


CATEGORY: dict[str, Category] = {
    "password": "credential", "passphrase": "credential", "pin": "credential", "otp": "credential",
    "token": "credential", "private_key": "credential", "url_secret": "credential", "enrolled": "credential",
    "learned": "credential", "injected": "credential", "hash": "credential", "seed": "credential",
    "security_answer": "credential",
    "card": "financial", "iban": "financial", "crypto": "financial",
    "ssn": "identity", "tenant": "identity", "name": "identity", "place": "identity", "profile": "identity",
    "national_id": "identity", "birth_date": "identity", "document": "identity", "username": "identity",
    "email": "contact", "phone": "contact", "ip": "contact", "mac": "contact", "address": "contact", "url": "contact",
    "custom": "custom",
}  # fmt: skip
"""Category that a redaction of this kind shows; a kind that is missing here shows ``unspecified``."""

CREDENTIAL_KINDS = frozenset(kind for kind, category in CATEGORY.items() if category == "credential")
"""Kinds whose match is widened to the end of the token it starts in."""
