"""Words that say what a number beside them is, also with a slip of the finger in them."""

from __future__ import annotations

import re

__all__ = ["ContextWords"]

_WORD = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"(.)\1+")
_TYPO_MIN = 5
_BEFORE_CHARS, _AFTER_CHARS = 56, 32


def _squeezed(word: str) -> str:
    return _REPEATED.sub(r"\1", word)


def _shortened(word: str) -> set[str]:
    """The word less one letter, in every way: two words that share one of these are a slip apart."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


class ContextWords:
    """A set of words; a doubled letter never counts, one slip does not in words of five letters or more.

    >>> ContextWords("social ssn").stand_near("my soical is 390584860", 13, 22)
    True
    """

    def __init__(self, words: str) -> None:
        self._words = frozenset(map(_squeezed, words.split()))
        self._slips = frozenset(
            form for word in self._words if len(word) >= _TYPO_MIN for form in (word, *_shortened(word))
        )

    def __contains__(self, word: str) -> bool:
        word = _squeezed(word.casefold())
        if word in self._words:
            return True
        return len(word) >= _TYPO_MIN - 1 and (word in self._slips or not self._slips.isdisjoint(_shortened(word)))

    def stand_near(self, text: str, start: int, stop: int, before: int = 5, after: int = 3) -> bool:
        """Whether one stands within so many words before or after ``text[start:stop]``."""
        left = _WORD.findall(text[max(0, start - _BEFORE_CHARS) : start])[-before:] if before else []
        right = _WORD.findall(text[stop : stop + _AFTER_CHARS])[:after] if after else []
        return any(word in self for word in (*left, *right))
