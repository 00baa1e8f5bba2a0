"""Cheap questions about a piece of text that several detectors ask."""

from __future__ import annotations

import re

__all__ = ["digit_count", "is_code", "is_mixed", "is_random", "looks_secret", "well_formed"]

_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_SYMBOLS = frozenset("!@#$%^&*+=~?€£§")
_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)


def digit_count(text: str) -> int:
    """The number of ASCII digits in ``text``.

    >>> digit_count("call 555-0134")
    7
    """
    return len(text.encode("utf-8", "replace").translate(None, _NOT_DIGITS))


def well_formed(text: str) -> str:
    """``text`` with every lone surrogate replaced one for one, because RE2 refuses them.

    >>> well_formed("a" + chr(0xD800)) == "a" + chr(0xFFFD)
    True
    """
    if text.isascii():
        return text
    return text.translate(_SURROGATES)


def is_mixed(text: str) -> bool:
    """Whether ``text`` holds a digit, or both large and small letters inside, as no plain word does.

    >>> is_mixed("abc1"), is_mixed("aBc"), is_mixed("Abc"), is_mixed("abc_def")
    (True, True, False, False)
    """
    return any(map(str.isdigit, text)) or (not text.islower() and not text.isupper() and not text.istitle())


_CODE = re.compile(
    r"(?i)^(?:[a-z_][\w.]*[(\[{].*|(?:self|os|this|process|env|config|settings|args|request|std|cls)\..*|none|"
    r"null|true|"
    r"false|undefined|nil|str|string|int|bytes|bool|optional|any|\$[\w{(].*|<.*|\{.*|\[.*|\(.*|%[\w(].*|[*x.\-_=#•]+|"
    r".*\.(?:password|passwd|pass|token|secret|key)|https?://.*|.*\$\(.*|.*`.+`.*|stdin|file:.*|env:.*|&.*|//.*|=.*)$"
)


def is_code(value: str) -> bool:
    """Whether what stands behind a label is code, an address or a placeholder, not a value.

    >>> is_code("os.environ"), is_code("<password>"), is_code("hunter2")
    (True, True, False)
    """
    return _CODE.search(value) is not None


_CLASSES = bytes(
    0 if 48 <= byte <= 57 else 1 if 65 <= byte <= 90 else 2 if 97 <= byte <= 122 else 3 for byte in range(256)
)


def is_random(word: str, least: int = 16) -> bool:
    """Whether the letters and digits of ``word`` change so often that they seem drawn by lot.

    At least ``least`` of them count; names of things (``utf8_to_utf16``, ``HTTPServer2``) do not pass.

    >>> is_random("93Glz084Gmj1RoXb"), is_random("hv4ta4kcqxlo0k2l"), is_random("test_utf8_to_utf16_v2")
    (True, True, False)
    """
    classes = word.encode("utf-8", "replace").translate(_CLASSES)
    size = len(classes) - classes.count(3)
    if size < least:
        return False
    if classes.count(3) > size // 8:
        return any(len(part) >= least and is_random(part, least) for part in _PARTS.findall(word))
    plain = classes.count(3) == 0
    classes = classes.replace(b"\3", b"")
    digits, upper, lower = classes.count(0), classes.count(1), classes.count(2)
    if not digits or not (upper or lower):
        return upper > 4 and lower > 4 and size >= 24 and _changes(classes, 1) + _changes(classes, 2) > size * 0.4
    digit_runs = _changes(classes, 0)
    if not lower and plain:
        return digit_runs >= 2
    if upper >= 2 and lower >= 2:
        return (
            digit_runs >= (2 if least >= 16 else 1)
            and digit_runs + _changes(classes, 1) + _changes(classes, 2) >= size * 0.4
        )
    return digit_runs >= 3 and digits >= 4 and digits + digit_runs >= size // 4


_PARTS = re.compile("[A-Za-z0-9]+")


_ONLY = tuple(bytes(120 if byte == kind else 32 for byte in range(256)) for kind in range(3))


def _changes(classes: bytes, kind: int) -> int:
    """How many runs of one class there are."""
    return len(classes.translate(_ONLY[kind]).split())


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
