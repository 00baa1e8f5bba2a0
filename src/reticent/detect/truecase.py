"""Ordinary words, and the capitals that a text would have if it were written with care.

Models of names are trained on newspapers: in text without capitals they miss two names of three. Giving every word a
capital makes them see names everywhere; giving one to the words that no dictionary has does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from reticent.detect.words import COMMON_WORDS

__all__ = ["WORD", "has_rare_word", "is_cased", "is_ordinary", "is_slip", "true_cased"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
"""Letters, with one apostrophe inside at most."""
_WHOLE_WORD = re.compile(r"(?<![\w@#$%&*+=/\\])[^\W\d_]{2,}(?![\w@#$%&*+=/\\])")


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    text = (files("reticent.detect") / "ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_ordinary(word: str) -> bool:
    """Whether a word, in any case, is in the dictionary and no common name; a single letter is ordinary.

    >>> is_ordinary("Helicopters"), is_ordinary("lindqvist"), is_ordinary("don't"), is_ordinary("maria's")
    (True, False, True, False)
    """
    word = word.lower()
    if len(word) == 1 or word in _ordinary():
        return True
    stem = word.replace("’", "'").partition("'")[0]
    return stem != word and (len(stem) == 1 or stem in _ordinary())


def has_rare_word(text: str, longest: int) -> bool:
    """Whether a word of at most ``longest`` letters is not ordinary, all asked at once.

    >>> has_rare_word("the helicopter is late", 40), has_rare_word("lindqvist is late", 40)
    (False, True)
    """
    rare = {*WORD.findall(text.lower())} - _ordinary()
    return any(len(word) <= longest and not is_ordinary(word) for word in rare)


_SLIP_FROM = 4


def _shortened(word: str) -> Iterator[str]:
    """The word less one letter behind its first, in every way."""
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


@lru_cache(maxsize=1)
def _letter_missing() -> frozenset[str]:
    return frozenset(form for word in COMMON_WORDS if len(word) >= _SLIP_FROM for form in _shortened(word))


def is_slip(word: str) -> bool:
    """Whether a lower-case word is a common one with a letter too many, one too few, or two that changed places.

    >>> is_slip("repoort"), is_slip("soical"), is_slip("cll"), is_slip("leeds")
    (True, True, True, False)
    """
    if len(word) > _SLIP_FROM and any(form in COMMON_WORDS for form in _shortened(word)):
        return True
    if word in _letter_missing():
        return True
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
    return len(word) >= _SLIP_FROM and any(form in COMMON_WORDS for form in swapped)


def is_cased(text: str) -> bool:
    """Whether capitals say anything in this text: a word begins with one and goes on without, and is no code.

    >>> is_cased("call Maria"), is_cased("I call maria at IKEA, R2d2"), is_cased("CALL MARIA")
    (True, False, False)
    """
    return text != text.lower() and any(
        match.group()[0].isupper() and match.group()[1:2].islower() for match in _WHOLE_WORD.finditer(text)
    )


def true_cased(text: str) -> str:
    """``text``, of the same length, where just the words that are not ordinary begin with a capital.

    >>> true_cased("call karl lindqvist about the helicopter")
    'call Karl Lindqvist about the helicopter'
    """
    return WORD.sub(_cased, text)


def _cased(match: re.Match[str]) -> str:
    word = match.group()
    lower = word.lower()
    if len(lower) != len(word):
        return word
    if is_ordinary(lower):
        return lower
    first = lower[0].upper()
    return first + lower[1:] if len(first) == 1 else lower
