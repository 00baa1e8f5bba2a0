"""Cheap questions about a piece of text that several detectors ask."""

from __future__ import annotations

__all__ = ["LastDigitCount", "digit_count", "looks_secret", "well_formed"]

_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_SYMBOLS = frozenset("!@#$%^&*+=~?€£§")
_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)


def digit_count(text: str) -> int:
    """The number of ASCII digits in ``text``.

    >>> digit_count("call 555-0134")
    7
    """
    return len(text.encode("utf-8", "replace").translate(None, _NOT_DIGITS))


class LastDigitCount:
    """``digit_count`` for detectors that look at one text in turn: keeps the last answer and the hash, never the text.

    >>> count = LastDigitCount()
    >>> count("a1"), count("a1"), count("22")
    (1, 1, 2)
    """

    def __init__(self) -> None:
        self._last = (hash(""), 0, 0)

    def __call__(self, text: str) -> int:
        """How many digits ``text`` has."""
        known, size, count = self._last
        if known != hash(text) or size != len(text):
            count = digit_count(text)
            self._last = (hash(text), len(text), count)
        return count


def well_formed(text: str) -> str:
    """``text`` with every lone surrogate replaced one for one, because RE2 refuses them.

    >>> well_formed("a" + chr(0xD800)) == "a" + chr(0xFFFD)
    True
    """
    return text.translate(_SURROGATES)


def looks_secret(word: str) -> bool:
    """Whether a word has the shape of a chosen secret: letters with digits or symbols, and no path, file or number.

    >>> looks_secret("blueTiger77"), looks_secret("policy"), looks_secret("2nd"), looks_secret("src/app2.py")
    (True, False, False, False)
    """
    if len(word) < 4 or "/" in word or "\\" in word or "(" in word:
        return False
    letters = sum(map(str.isalpha, word))
    digits = sum(map(str.isdigit, word))
    if not letters or word[0] in "-$<{[*":
        return False
    return (digits > 0 and letters + digits >= 5) or any(char in _SYMBOLS for char in word[1:])
