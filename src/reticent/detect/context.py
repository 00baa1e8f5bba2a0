"""Words that say what a number beside them is, also with a slip of the finger in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ContextWords", "overlapping"]

_WORD = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"(.)\1+")
_SQUEEZED_MIN = 4
_BEFORE_CHARS, _AFTER_CHARS = 56, 32


def _squeezed(word: str) -> str:
    return _REPEATED.sub(r"\1", word) if len(word) >= _SQUEEZED_MIN else word


def overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of a pattern, also those that begin inside an earlier one: its caller may have refused that."""
    match = pattern.search(text)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1)


def _shortened(word: str) -> set[str]:
    """The word less one letter behind its first, in every way: two words that share one of these are a slip apart."""
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


class ContextWords:
    """A set of words; a doubled letter never counts, nor does one slip behind the first letter of a longer word.

    Args:
        words: the words, between blanks.
        slips_from: so many letters make a word long enough to be known with a slip in it.

    >>> ContextWords("social ssn").stand_near("my soical is 390584860", 13, 22)
    True
    """

    def __init__(self, words: str, slips_from: int = 5) -> None:
        self._words = frozenset(map(_squeezed, words.split()))
        self._heads = frozenset(word[0] for word in self._words)
        self._slips_from = slips_from
        self._slips = frozenset(
            form for word in words.split() if len(word) >= slips_from for form in (word, *_shortened(word))
        )

    def __contains__(self, word: str) -> bool:
        word = word.casefold()
        if word[:1] not in self._heads:
            return False
        if word in self._words or _squeezed(word) in self._words:
            return True
        return len(word) >= self._slips_from - 1 and (
            word in self._slips or not self._slips.isdisjoint(_shortened(word))
        )

    def stand_in(self, text: str) -> bool:
        """Whether one stands anywhere: cheaper than to look beside each of many numbers."""
        return any(word in self for word in _WORD.findall(text))

    def stand_near(self, text: str, start: int, stop: int, before: int = 5, after: int = 3) -> bool:
        """Whether one stands within so many words before or after ``text[start:stop]``."""
        left = _WORD.findall(text[max(0, start - _BEFORE_CHARS) : start])[-before:] if before else []
        right = _WORD.findall(text[stop : stop + _AFTER_CHARS])[:after] if after else []
        return any(word in self for word in (*left, *right))
