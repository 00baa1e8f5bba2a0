"""Lines that people type: clean words around a secret that its enrolment or its form makes known."""

from __future__ import annotations

import random
import string
import zlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from rhythm import Rhythms, beats_from, keys_of, lay

from reticent.testing.attacker import find_leaks

__all__ = ["KINDS", "Sample", "sample_of", "words"]

_WORDS = """
    the meeting moved to next week please bring two copies we walked along the river and then had lunch there was rain
    in the evening but nobody minded some people read books others cooked dinner for their friends this garden looks
    green again our train was late so we waited at the station with warm tea
""".split()
_NAMES = ("maria", "kurt", "Alice", "jonas", "priya", "Wei", "lena", "omar")
_SURNAMES = ("gonzalez", "weber", "tanaka", "novak", "Okafor", "lindqvist")
_DOMAINS = ("example.org", "example.com", "mail.example.net", "beispiel.de")
_ALPHANUMERIC = string.digits + string.ascii_uppercase + string.ascii_lowercase
_HALF_MIN = 5
_PAUSING_SHARE = 0.25
_FOCUS = {"type": "focus", "time_us": 0, "app": "notes", "window": "n", "element": "0", "field": "text"}


def words(rng: random.Random, low: int, high: int) -> str:
    """Clean prose of ``low`` to ``high`` words."""
    return " ".join(rng.choice(_WORDS) for _ in range(rng.randint(low, high)))


def _password(rng: random.Random) -> str:
    return "".join(rng.choices(_ALPHANUMERIC + "!#$%&*+?@", k=rng.randint(6, 14)))


def _passphrase(rng: random.Random) -> str:
    return " ".join(rng.sample(("correct", "horse", "battery", "staple", "velvet", "orbit", "Candle", "quartz"), 4))


def _email(rng: random.Random) -> str:
    number = rng.choice(("", "7", "1984"))
    return f"{rng.choice(_NAMES)}{rng.choice('._')}{rng.choice(_SURNAMES)}{number}@{rng.choice(_DOMAINS)}"


def _card(rng: random.Random) -> str:
    body = rng.choice(("4", "51", "55", "6011")) + "".join(rng.choices(string.digits, k=15))
    digits = body[:15]
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    number = digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)
    return rng.choice(("", " ", "-")).join(number[at : at + 4] for at in range(0, 16, 4))


def _aws_key(rng: random.Random) -> str:
    return "AKIA" + "".join(rng.choices(string.ascii_uppercase + "234567", k=16))


def _github_token(rng: random.Random) -> str:
    body = "".join(rng.choices(_ALPHANUMERIC, k=30))
    check, value = "", zlib.crc32(body.encode())
    for _ in range(6):
        value, digit = divmod(value, 62)
        check = _ALPHANUMERIC[digit] + check
    return f"ghp_{body}{check}"


KINDS: dict[str, tuple[bool, Callable[[random.Random], str]]] = {
    "password": (True, _password),
    "passphrase": (True, _passphrase),
    "email": (False, _email),
    "card": (False, _card),
    "aws key": (False, _aws_key),
    "github token": (False, _github_token),
}
"""Kinds of secrets: whether their owner has to enrol them, and a maker."""


class Sample(NamedTuple):
    """One typed line: a focus and the keys, the secret in them, and what has to stay."""

    kind: str
    secret: str
    enrolled: tuple[str, ...]
    clean: tuple[str, str]
    events: list[dict[str, Any]]
    pausing: bool

    def leaks(self, out: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
        """The secret, and each half of it that has five characters or more, in any view of ``out``."""
        middle = len(self.secret) // 2
        parts = [part.strip() for part in (self.secret[:middle], self.secret[middle:])]
        return find_leaks(out, [self.secret, *(part for part in parts if len(part) >= _HALF_MIN)])


def sample_of(rhythms: Rhythms, number: int) -> Sample:
    """Clean words, a secret, clean words, Enter. A quarter has a silence of 10 s or more at the secret."""
    rng = random.Random(f"real rhythm {number}")
    kind = list(KINDS)[number % len(KINDS)]
    is_enrolled, make = KINDS[kind]
    secret, before, after = make(rng), words(rng, 1, 6), words(rng, 1, 6)
    text = f"{before} {secret} {after}\n"
    keys = keys_of(text, rhythms, rng)
    pausing = rng.random() < _PAUSING_SHARE
    inside = rng.randint(len(before), len(before) + len(secret) + 1) * len(keys) // len(text)
    at = int(rng.choice(rhythms.pauses)) if pausing else rng.randrange(len(rhythms.gaps_us))
    events = [_FOCUS, *lay(keys, beats_from(rhythms, at, len(keys), before=inside))]
    return Sample(kind, secret, (secret,) if is_enrolled else (), (before, after), events, pausing)
