"""Tokens that only their looks give away: drawn by lot, in groups, or long rows of hexadecimal digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reticent.detect.financial import is_iban
from reticent.detect.gate import Gate
from reticent.detect.shape import is_mixed, is_random, well_formed
from reticent.text.span import Span

__all__ = ["OpaqueTokens", "names_a_thing", "value_at"]

_LEAST = 16
_SHAPES = (
    "[0-9][A-Za-z]", "[A-Za-z][_+/=~-]?[0-9]", "[0-9A-Za-z][!#$%^&*@][0-9A-Za-z]",
    "[0-9A-Z]-[0-9A-Z]", "[0-9A-Za-z+/]=(?:[=\"'\\s]|$)",
)  # fmt: skip
_RUN = re.compile(rf"[A-Za-z0-9+/_=~-]{{{_LEAST},}}(?:\.[A-Za-z0-9_-]{{6,}})*")
_HEX = re.compile(r"^(?:0x)?(?:[0-9a-f]{32,}|[0-9A-F]{32,})$")
_PADDED = re.compile(r"^[A-Za-z0-9+/]{14,}={1,2}$")
_UUID = re.compile(r"(?i)^[/=]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$")
_GROUPS = re.compile(r"\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,5}\b")
_NAMED = re.compile(r"-{0,2}(?:(?:(?:(?:[A-Z]{2,}+|[A-Z]?[a-z]{2,}+)[0-9]{0,2}|[A-Z][0-9]_)[_-]?)++=)++(?=[^=])")
_SYMBOLS = re.compile(r"(?<![^\s\"'`])([A-Za-z0-9!#$%^&*@=+_~?-]{12,40})(?![^\s\"'`])")
_NAMES_A_THING = re.compile(
    r"(?i)(?:commit|show|checkout|revert|cherry-pick|rebase|reset|merge|fixup|sha-?\d*|md5|digest|etag|checksum|trace|"
    r"span|request|correlation|build|revision|rev|blob|tree|index|parent|hash|u?uid|guid|(?:^|[^a-z])id|ssh-rsa|"
    r"ssh-ed25519|nistp\d+|integrity|version)[\w-]{0,6}[\"']?[\s:=/@-]{0,3}[\"']?$"
)
_REACH = 32
_DIGEST_TOOL = re.compile(r"(?:md5|sha\d{1,3}|b2)sum\b")
_LINE_LEAST = 48
_QUOTING = re.compile(r"(?:[ \t\"'`+*#;,]|\\[nrt\\]?)*")


class OpaqueTokens:
    """Finds tokens without a head: ``token`` if they seem drawn by lot, ``hash`` for bare hexadecimal digests.

    A digest behind a word that says what it names (``commit``, ``sha256:``, ``trace_id=``) is left alone, as is an
    IBAN. The name in front of a value that is assigned to it stays.

    >>> OpaqueTokens().find("use 93Glz084Gmj1RoXbmUVwHMXj now")
    [Span(kind='token', start=4, stop=28)]
    >>> OpaqueTokens().find("git show 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567")
    []
    """

    name = "opaque"
    whole_segments = True
    """Keys in the order they were hit run words together: every other line would hold an opaque token."""

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        self._need = self._gate.add(*_SHAPES)

    def may_find(self, text: str) -> bool:
        """Whether a digit stands next to a letter in a long enough run."""
        if self._need not in self._gate(text):
            return False
        text = well_formed(text)
        return any(rule.search(text) is not None for rule in (_RUN, _SYMBOLS, _GROUPS))

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        if self._need not in self._gate(text):
            return []
        text = well_formed(text)
        found = list(_runs(text))
        found += (Span("token", *match.span()) for match in _GROUPS.finditer(text) if _is_key(match.group()))
        found += _strong(text)
        return found


def _runs(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        start = match.start() + value_at(match.group())
        word = text[start : match.end()]
        last = word[max(word.rfind("/"), word.rfind("=", 0, -2)) + 1 :]  # of a path or an assignment
        if _UUID.search(last) or is_iban(word):
            continue
        if _HEX.search(last):
            start = match.end() - len(last)
            if text[start - 1 : start] not in ("/", "@") and not names_a_thing(text, start) and _has_both(last):
                yield Span("hash", start, match.end())
        elif (is_random(word, _LEAST) or _is_padded(word)) and not names_a_thing(text, start):
            long = len(word) >= _LINE_LEAST
            yield _with_quoting(text, start, match.end()) if long else Span("token", start, match.end())


def _strong(text: str) -> Iterator[Span]:
    for match in _SYMBOLS.finditer(text):
        at = value_at(match.group(1))
        if _is_strong(match.group(1)[at:]):
            yield Span("token", match.start(1) + at, match.end(1))


def value_at(word: str) -> int:
    """Where what is assigned begins in a word: behind the last name in words and its ``=``, else at 0.

    >>> value_at("OPENAI_API_KEY=93Glz084Gm"), value_at("q7Z=93Glz084Gm"), value_at("QUJDRA==")
    (15, 0, 0)
    """
    named = _NAMED.match(word)
    return named.end() if named else 0


def _with_quoting(text: str, start: int, stop: int) -> Span:
    """The whole line, where it holds a long token and its quoting alone, as keys in the code of a program do."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", stop) if "\n" in text[stop:] else len(text)
    if _QUOTING.fullmatch(text, first, start) and _QUOTING.fullmatch(text, stop, last):
        return Span("token", first, last)
    return Span("token", start, stop)


def names_a_thing(text: str, start: int) -> bool:
    """Whether the word before ``start`` says what the digest or number there names.

    >>> names_a_thing("git commit 0a1b2c", 11), names_a_thing("my token 0a1b2c", 9)
    (True, False)
    """
    if _NAMES_A_THING.search(text[max(0, start - _REACH) : start]) is not None:
        return True
    return "sum" in text and _DIGEST_TOOL.search(text, text.rfind("\n", 0, start) + 1, start) is not None


def _has_both(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def _is_key(groups: str) -> bool:
    """Whether groups of five are a product key: five of them, or fewer with digits and letters."""
    return groups.count("-") >= 4 or _has_both(groups)


def _is_padded(word: str) -> bool:
    """Whether a word is base64 with its padding, in letters of both cases."""
    return len(word) % 4 == 0 and _PADDED.search(word) is not None and is_mixed(word)


def _is_strong(word: str) -> bool:
    """Whether a word has all four classes of characters, mixed as a generator of passwords does."""
    symbols = sum(char in "!#$%^&*@=+?~" for char in word)
    classes = (any(map(str.isupper, word)), any(map(str.islower, word)), any(map(str.isdigit, word)), symbols > 0)
    if not all(classes) or "://" in word or word.startswith(("--", "$")):
        return False
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else "l" if c.islower() else "s" for c in word]
    return sum(a != b for a, b in pairwise(kinds)) >= len(word) * 0.5
