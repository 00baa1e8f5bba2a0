"""What shapes a text has, seen in one pass: the gate that all detectors of personal data share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import re2

from reticent.text.span import Span

__all__ = ["Gated", "Glance", "Seen"]

_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)

_NUMBER_WORDS = (
    r"passport|pasaporte|passeport|reisepass|passaporto|licen[cs]e|f[üu]hrerschein|permis|ausweis|"
    r"dni|nie|nif|curp|rfc|cpf|cnpj|pesel|bsn|insee|aadhaa?r|uidai|personnummer|cpr|hetu|nhs|nino|insurance|member|policy|"
    r"national id|id card|card id|identity|identit|identifica|tax|steuer|fiscal|itin|ein|vat|mrn|patient|medical|"
    r"medicare|medicaid|employee|student|staff|plate|kennzeichen|routing|sort code|account|acct|konto|cuenta|compte|"
    r"versicherung|s[eé]curit[eé] sociale|seguridad social"
)
_SHAPES = {
    "two groups": r"[@ ][0-9]{1,3}\.[0-9]{1,3}",
    "four groups": r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
    "colons": r"[0-9A-Fa-f]:[0-9A-Fa-f]{0,4}:|::[0-9A-Fa-f]",
    "hex pairs": r"[0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]",
    "five digits": r"[0-9]{3}[- .]?[0-9]{2}",
    "six digits": r"[0-9](?:[ ().\-/]{0,3}[0-9]){5}",
    "seven digits": r"[0-9](?:[ ().\-/]{0,3}[0-9]){6}",
    "nine digits": r"[0-9]{3}[- ./]{0,2}[0-9]{2}[- ./]{0,2}[0-9]{4}",
    "bank head": r"(?i)[a-z]{2}[0-9]{2}[ -]?[0-9a-z]{4}",
    "long token": r"[0-9A-Za-z]{25}",
    "date": r"[0-9]{4}|[0-9][-./][0-9]|[0-9] [0-9]{1,2} [0-9]|(?i:[0-9](?:st|nd|rd|th|\.)?[ -]?(?:of |de )?[a-zéûä]{3}|[a-zéûä]{3}\.? [0-9])",
    "user": r"(?i)user|login|log in|account|handle|\bsu |sudo|curl|ssh|benutzer|usuario|utilisateur|utente|customer|client|nick|sign|\t",
    "web": r"(?i)https?:|www\.",
    "number word": rf"(?i){_NUMBER_WORDS}",
    "house": r"[0-9]\pL?,? [\"']?[\pL0-9]|\pL\.? [0-9]",
    "unit": r"(?i)(?:box|apt|suite|unit)\.? ?#?[0-9]",
    "at sign": "@|＠| (?i:at|.at.) ",
    "mail host": r"(?i)(?:mail|yahoo|outlook|icloud|proton|gmx|yandex|aol|live|msn)[.,]",
}
"""Necessary conditions; each detector says which it needs. None looks further than a few characters."""


class Seen(NamedTuple):
    """The number of ASCII digits, and the names of the shapes."""

    digits: int
    shapes: frozenset[str]


@cache
def _gate() -> tuple[re2.Set, tuple[str, ...]]:
    gate = re2.Set.SearchSet()
    for shape in _SHAPES.values():
        gate.Add(shape)
    gate.Compile()
    return gate, tuple(_SHAPES)


class Glance:
    """What one text shows, for detectors that look at it in turn: keeps the last answer and the hash, never the text.

    >>> glance = Glance()
    >>> glance("call 555-0134 at home").digits, "seven digits" in glance("call 555-0134 at home").shapes
    (7, True)
    """

    def __init__(self) -> None:
        self._last = (hash(""), 0, Seen(0, frozenset()))

    def __call__(self, text: str) -> Seen:
        """How many digits ``text`` has, and which of the shapes."""
        known, size, seen = self._last
        if known != hash(text) or size != len(text):
            gate, names = _gate()
            data = text.encode("utf-8", "replace")
            shapes = frozenset([names[index] for index in gate.Match(data) or ()])
            seen = Seen(len(data.translate(None, _NOT_DIGITS)), shapes)
            self._last = (hash(text), len(text), seen)
        return seen


class Gated:
    """A detector behind a gate: a subclass says which shapes are necessary, and what it finds once one is there.

    Args:
        glance: shared with the other detectors of a set, so that each text is looked at once.
    """

    shapes: frozenset[str]
    digits_min = 0

    def __init__(self, glance: Glance | None = None) -> None:
        self._glance = glance or Glance()

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        seen = self._glance(text)
        return seen.digits >= self.digits_min and not self.shapes.isdisjoint(seen.shapes)

    def find(self, text: str) -> list[Span]:
        """All spans; offsets are code points."""
        return list(self._spans(text)) if self.may_find(text) else []

    def _spans(self, text: str) -> Iterator[Span]:
        raise NotImplementedError
