"""Seed phrases of wallets: twelve to twenty-four words of the BIP39 list, confirmed by their checksum."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources

from reticent.text.span import Span

__all__ = ["SeedPhrases", "is_seed", "seed_tail"]

_LENGTHS = (24, 21, 18, 15, 12)
_LEAST = min(_LENGTHS)
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s,;]*(?:\d{1,2}[.):]?\s*)?$")
_ROW = bytes([True] * _LEAST)
_LETTERS = bytes(byte if 97 <= byte <= 122 else 32 for byte in range(256))
_TAIL_WORD = re.compile(r"\S+")
_TAIL_REACH = 240
_TAIL_LEAST = 5


@cache
def _numbers() -> dict[str, int]:
    """The number of each word; the list is bitcoin/bips' (MIT), see ``bip39_english.license``."""
    text = resources.files("reticent.detect").joinpath("bip39_english.txt").read_text("ascii")
    return {word: number for number, word in enumerate(text.split())}


@cache
def _known() -> frozenset[bytes]:
    return frozenset(word.encode() for word in _numbers())


def is_seed(words: list[str]) -> bool:
    """Whether 12, 15, 18, 21 or 24 words of the list end with the checksum of the others (BIP39).

    >>> is_seed(["abandon"] * 11 + ["about"]), is_seed(["abandon"] * 12)
    (True, False)
    """
    numbers = _numbers()
    if len(words) not in _LENGTHS or any(word not in numbers for word in words):
        return False
    bits = 0
    for word in words:
        bits = bits << 11 | numbers[word]
    check = len(words) // 3
    entropy = (bits >> check).to_bytes(len(words) * 4 // 3, "big")
    return hashlib.sha256(entropy).digest()[0] >> (8 - check) == bits & ((1 << check) - 1)


class SeedPhrases:
    """Finds rows of twelve and more words of the BIP39 list (``seed``), also numbered or on lines of their own.

    The checksum tells where a phrase begins in a longer row; a row without it is found all the same, because a
    mistyped word breaks the checksum and ordinary talk does not do without ``the``, ``and``, ``to`` and ``of``.

    >>> SeedPhrases().find("words: " + "abandon " * 11 + "about")
    [Span(kind='seed', start=7, stop=100)]
    """

    name = "seed"

    def may_find(self, text: str) -> bool:
        """Whether twelve words of the list stand in a row, whatever numbers and marks are between them."""
        words = text.lower().encode("utf-8", "replace").translate(_LETTERS).split()
        return len(words) >= _LEAST and _ROW in bytes(map(_known().__contains__, words))

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        return [Span("seed", row[0][1], row[-1][2]) for row in _rows(text) if len(row) >= _LEAST]


def _rows(text: str) -> list[list[tuple[str, int, int]]]:
    """Rows of words of the list with nothing but blanks, commas and numbers between them."""
    numbers = _numbers()
    rows: list[list[tuple[str, int, int]]] = []
    row: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in numbers:
            row = []
            continue
        if not row or not _BETWEEN.match(text[row[-1][2] : match.start()]):
            row = []
            rows.append(row)
        row.append((word, *match.span()))
    return rows


def seed_tail(text: str) -> int:
    """Where a row of five or more words of the list begins that reaches to the end; ``len(text)`` if none does.

    The last word may be half typed.

    >>> seed_tail("see: abandon ability able about above abo"), seed_tail("see you")
    (5, 7)
    """
    numbers = _numbers()
    start, count = len(text), 0
    for match in reversed(list(_TAIL_WORD.finditer(text, max(0, len(text) - _TAIL_REACH)))):
        word = match.group().lower().strip(",;.")
        if word in numbers:
            count += 1
        elif not word.isdigit() and match.end() != len(text):
            break
        start = match.start()
    return start if count >= _TAIL_LEAST else len(text)
