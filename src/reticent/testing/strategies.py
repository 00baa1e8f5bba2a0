"""Hypothesis strategies: clean prose, secrets that detectors or an enrolment know, and the ways to type them.

Only tests import this module: Hypothesis is needed.
"""

from __future__ import annotations

import json
import random
import string
import zlib
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import re2
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from reticent.detect.labels import LABEL, PHRASE_LABEL

__all__ = [
    "EDIT_MODES", "ENDS_WITH_SECRET", "Typed", "cards", "chunkings", "emails", "enrolled", "ibans", "prose",
    "stream_of", "streams", "structured", "tokens",
]  # fmt: skip

_TEXT = """
    the meeting moved to next week please bring two copies we walked along the river and then had lunch there was rain
    in the evening but nobody minded some people read books others cooked dinner for their friends this garden looks
    green again our train was late so we waited at the station with warm tea
"""
_WORDS = _TEXT.split()
_NAMES = ("maria", "kurt", "alice", "jonas", "priya", "wei", "lena", "omar")
_SURNAMES = ("gonzalez", "weber", "tanaka", "novak", "okafor", "lindqvist")
_DOMAINS = ("example.org", "example.com", "mail.example.net", "beispiel.de")
_CARDS = (
    # Brand prefixes and the length of the number.
    ("4", 16), ("4", 13), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16),
    ("65", 16), ("36", 14), ("3528", 16),
)  # fmt: skip
_IBANS = (("DE", "9" * 18), ("GB", "A" * 4 + "9" * 14), ("NL", "A" * 4 + "9" * 10), ("AT", "9" * 16), ("PL", "9" * 24))
"""Country and the shape of its account number: ``A`` a letter, ``9`` a digit."""
_ALPHANUMERIC = string.digits + string.ascii_uppercase + string.ascii_lowercase
_LABEL = re2.compile(f"(?i){LABEL}|{PHRASE_LABEL}")
_PASSWORD_CHARS = string.ascii_letters + string.digits + "!#$%&*+?@"
_PLACE, _OTHER_PLACE = "notes/n", "chat/bob"


class Typed(NamedTuple):
    """A script in which ``secret`` is typed by ``mode`` between clean texts."""

    script: str
    secret: str
    mode: str
    before: str
    after: str


def prose() -> SearchStrategy[str]:
    """Lines of plain lower-case English that no detector has a reason to touch."""
    return st.lists(st.sampled_from(_WORDS), min_size=2, max_size=8).map(" ".join)


def structured() -> SearchStrategy[str]:
    """Values that a detector must find by their form: e-mail addresses, cards, IBANs, tokens."""
    return st.one_of(emails(), cards(), ibans(), tokens())


@st.composite
def emails(draw: DrawFn) -> str:
    """Addresses such as ``maria.weber7@example.org``."""
    number = draw(st.sampled_from(("", "7", "1984")))
    names = draw(st.sampled_from(_NAMES)), draw(st.sampled_from(_SURNAMES))
    return f"{names[0]}{draw(st.sampled_from(('.', '_', '')))}{names[1]}{number}@{draw(st.sampled_from(_DOMAINS))}"


@st.composite
def cards(draw: DrawFn) -> str:
    """Card numbers of several brands and lengths that pass the Luhn test, in groups or not."""
    prefix, length = draw(st.sampled_from(_CARDS))
    size = length - len(prefix) - 1
    body = prefix + draw(st.text(string.digits, min_size=size, max_size=size))
    number = body + _luhn_digit(body)
    groups = (4, 6, 5) if length == 15 else (4, 6, 4) if length == 14 else (4, 4, 4, 4, 4)
    return _grouped(number, groups, draw(st.sampled_from(("", " ", "-"))))


@st.composite
def ibans(draw: DrawFn) -> str:
    """Account numbers of several countries with valid check digits, in groups of four or not."""
    country, shape = draw(st.sampled_from(_IBANS))
    chars = (st.sampled_from(string.ascii_uppercase if kind == "A" else string.digits) for kind in shape)
    account = "".join(draw(st.tuples(*chars)))
    check = 98 - int("".join(str(int(char, 36)) for char in f"{account}{country}00")) % 97
    return _grouped(f"{country}{check:02}{account}", (4,) * 9, draw(st.sampled_from(("", " "))))


@st.composite
def tokens(draw: DrawFn) -> str:
    """GitHub tokens with a valid checksum, and AWS access key ids."""
    if draw(st.booleans()):
        return "AKIA" + draw(st.text(string.ascii_uppercase + "234567", min_size=16, max_size=16))
    body = draw(st.text(_ALPHANUMERIC, min_size=30, max_size=30))
    return f"ghp_{body}{_base62(zlib.crc32(body.encode()), 6)}"


def enrolled() -> SearchStrategy[str]:
    """Random passwords of 6 to 14 characters that only an enrolment knows; none is a label of what follows it."""
    passwords = st.text(_PASSWORD_CHARS, min_size=6, max_size=14)
    return passwords.filter(lambda text: len(set(text)) >= 4 and not _LABEL.search(text))


def chunkings(length: int) -> SearchStrategy[list[int]]:
    """Ways to cut ``length`` events into batches: sizes that add up to it."""
    cuts = st.sets(st.integers(1, length - 1)) if length > 1 else st.just(set())
    return cuts.map(lambda inner: _sizes([0, *sorted(inner), length]))


@st.composite
def streams(draw: DrawFn, secrets: SearchStrategy[str], modes: SearchStrategy[str] | None = None) -> Typed:
    """Whole scripts: a secret of ``secrets`` typed by a mode of ``modes`` (default: any) between clean texts."""
    secret, mode = draw(secrets), draw(st.sampled_from(sorted(EDIT_MODES)) if modes is None else modes)
    before, after = draw(prose()), draw(prose())
    rng = random.Random(draw(st.integers(0, 2**32 - 1)))
    return Typed(stream_of(before, secret, mode, after, rng), secret, mode, before, after)


def stream_of(line_before: str, secret: str, mode: str, line_after: str, rng: random.Random | None = None) -> str:
    """A script: in a notes window ``line_before``, ``secret`` typed by ``mode``, ``line_after``, Enter; blanks between.

    >>> stream_of("use", "hunter2", "retype", "now")
    'focus:"notes/n" type:"use " type:"hunter2" key:Backspace*7 type:"hunter2" type:" now" key:Enter'
    """
    typed = EDIT_MODES[mode](secret, rng or random.Random(0))
    return f'focus:"{_PLACE}" {_type(line_before + " ")} {typed} {_type(" " + line_after)} key:Enter'


def _grouped(text: str, sizes: tuple[int, ...], separator: str) -> str:
    parts = []
    for size in sizes:
        parts.append(text[:size])
        text = text[size:]
    return separator.join(part for part in parts if part)


def _luhn_digit(body: str) -> str:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def _base62(value: int, size: int) -> str:
    digits = ""
    for _ in range(size):
        value, digit = divmod(value, 62)
        digits = _ALPHANUMERIC[digit] + digits
    return digits


def _sizes(cuts: list[int]) -> list[int]:
    return [end - start for start, end in pairwise(cuts) if end > start]


def _type(text: str) -> str:
    return f"type:{json.dumps(text)}" if text else ""


def _press(key: str, count: int) -> str:
    return f"key:{key}*{count}" if count else ""


def _script(*statements: str) -> str:
    return " ".join(statement for statement in statements if statement)


def _cut(secret: str, rng: random.Random) -> tuple[str, str]:
    """Two parts of ``secret``, neither empty."""
    place = rng.randint(1, len(secret) - 1)
    return secret[:place], secret[place:]


def _wrong(char: str, rng: random.Random) -> str:
    return rng.choice([letter for letter in string.ascii_lowercase if letter != char.lower()])


def _plain(secret: str, rng: random.Random) -> str:
    return _type(secret)


def _rollover(secret: str, rng: random.Random) -> str:
    return f"roll:{json.dumps(secret)}"


def _typo_fixed_at_once(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    return _script(_type(head + _wrong(tail[0], rng)), _press("Backspace", 1), _type(tail))


def _late_fix(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    seen = rng.randint(0, len(tail) - 1)
    typed = head + _wrong(tail[0], rng) + tail[1 : 1 + seen]
    fix = (_press("ArrowLeft", seen), _press("Backspace", 1), _type(tail[0]), _press("End", 1))
    return _script(_type(typed), *fix, _type(tail[1 + seen :]))


def _missing_inserted(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    fix = (_press("ArrowLeft", len(tail) - 1), _type(tail[0]), _press("End", 1))
    return _script(_type(head + tail[1:]), *fix)


def _retype(secret: str, rng: random.Random) -> str:
    return _script(_deleted(secret, rng), _type(secret))


def _retype_word(secret: str, rng: random.Random) -> str:
    return _script(_type(secret), _press("Ctrl+Backspace", len(secret.split())), _type(secret))


def _reverse_order(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    return _script(_type(tail), _press("ArrowLeft", len(tail)), _type(head), _press("End", 1))


def _short_pause(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    return _script(_type(head), f"pause:{rng.randint(2, 8)}s", _type(tail))


def _long_pause(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    return _script(_type(head), f"pause:{rng.randint(11, 100)}s", _type(tail))


def _window_switch(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    return _script(_type(head), f'focus:"{_OTHER_PLACE}"', f'focus:"{_PLACE}"', _type(tail))


def _selection_replace(secret: str, rng: random.Random) -> str:
    head, tail = _cut(secret, rng)
    wrong = "".join(_wrong(char, rng) for char in tail[:3])
    return _script(_type(head + wrong), _press("Shift+ArrowLeft", len(wrong)), _type(tail))


def _deleted(secret: str, rng: random.Random) -> str:
    return _script(_type(secret), _press("Backspace", len(secret)))


def _overwritten(secret: str, rng: random.Random) -> str:
    return _script(_type(secret), _press("Shift+ArrowLeft", len(secret)), _type(rng.choice(_WORDS)))


def _caps_lock(secret: str, rng: random.Random) -> str:
    return _script(_press("CapsLock", 1), _type(secret), _press("CapsLock", 1))


EDIT_MODES: dict[str, Callable[[str, random.Random], str]] = {
    "plain": _plain,
    "rollover": _rollover,
    "typo_fixed_at_once": _typo_fixed_at_once,
    "late_fix": _late_fix,
    "missing_inserted": _missing_inserted,
    "retype": _retype,
    "retype_word": _retype_word,
    "reverse_order": _reverse_order,
    "short_pause": _short_pause,
    "long_pause": _long_pause,
    "window_switch": _window_switch,
    "selection_replace": _selection_replace,
    "deleted": _deleted,
    "overwritten": _overwritten,
    "caps_lock": _caps_lock,
}
"""Ways to type a secret of at least two characters: from the secret and a source of chance to script text."""

ENDS_WITH_SECRET = frozenset(EDIT_MODES) - {"deleted", "overwritten"}
"""Modes that leave the secret standing at the end of the text."""
