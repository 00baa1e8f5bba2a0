"""Values drawn by lot behind a name such as ``key`` or ``api``, and rows of bytes behind one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from reticent.detect.gate import Gate
from reticent.detect.shape import is_code, is_random, well_formed
from reticent.text.span import Span

__all__ = ["KeyedValues"]

_NAMES = (
    r"(?i)key|token|secret|passw|pwd|api[^a-z]|access[^i]|auth[^o]|private|credential|client|app[_ -]?id|"
    r"licen[cs]e|login|bearer|signature|[^a-z]pat[^a-z]|sid[^a-z]|[_-]id[^a-z]|account"
)
_KEYED = re2.compile(
    r"(?i)(?:key|token|secret|passw(?:or)?d|pwd|api|access|auth|authentication|private|credential|client|app|licen[cs]e|"
    r"login|bearer|signature|pat|sid|(?:client|app|account|tenant|org)[ _.-]?id)[a-z0-9_]*[^\pL\pN\n/]+"
    r"([A-Za-z0-9+=_~.!@#$%^&*?|-][A-Za-z0-9+/=_~.!@#$%^&*?|:-]{7})"
)
"""A name and the first characters of a value: with all of it, each name in a long word would cost a whole word."""
_VALUE = re.compile(rb"[A-Za-z0-9+/=_~.!@#$%^&*?|:-]*")
_RUN = re.compile(r"[A-Za-z0-9+=_~.!@#$%^&*?|/:-]{8,}")
_BYTES = re2.compile(
    r"(?i)(?:key|secret|token|passw(?:or)?d|salt|seed)[\w \[\]:=<>*,-]{0,24}[{(\[]\s*"
    r"((?:(?:0x[0-9a-f]{1,2}|[0-9]{1,3})\s*,\s*){5,}(?:0x[0-9a-f]{1,2}|[0-9]{1,3})?)"
)
_COMMAS_MIN = 5
_LONG = 24
_VALUE_MAX = 101
_TRAILING = b",;.:?)]}>\"'`"


class KeyedValues:
    """Finds what seems drawn by lot behind a name (``password``), and bytes listed one by one (``token``).

    Args:
        gate: shared with other detectors; default one of its own.

    >>> KeyedValues().find("sid: 9s8d7f6s8d7f6s8d7f")
    [Span(kind='password', start=5, stop=23)]
    """

    name = "keyed"
    in_context = True

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        self._need = self._gate.add(_NAMES)

    def may_find(self, text: str) -> bool:
        """Whether such a name stands before a long word or a list."""
        if self._need not in self._gate(text):
            return False
        text = well_formed(text)
        if _may_be_listed(text) and _BYTES.search(text) is not None:
            return True
        return _may_be_drawn(text) and _KEYED.search(text.encode()) is not None

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        if self._need not in self._gate(text):
            return []
        text = well_formed(text)
        found = list(_drawn(text.encode())) if _may_be_drawn(text) else []
        if _may_be_listed(text):
            found += (Span("token", *match.span(1)) for match in _BYTES.finditer(text))
        return found


def _may_be_listed(text: str) -> bool:
    return text.count(",") >= _COMMAS_MIN and any(map(text.__contains__, "([{"))


def _may_be_drawn(text: str) -> bool:
    """Whether a word is there that ``_is_drawn`` might take: cheaper than to look for its name."""
    return any(len(run) >= _LONG or not _DIGIT.isdisjoint(run) for run in _RUN.findall(text))


_DIGIT = frozenset("0123456789")


def _drawn(data: bytes) -> Iterator[Span]:
    position = 0
    while match := _KEYED.search(data, position):
        start = match.start(1)
        found = _VALUE.match(data, start, start + _VALUE_MAX)
        value = "" if found is None else (found.group().rstrip(_TRAILING) or found.group()).decode()
        if _is_drawn(value):
            first = len(data[:start].decode())
            yield Span("password", first, first + len(value))
            position = start + len(value)
        else:
            position = max(start - 1, match.start() + 1)  # what looked like a value may be the next name


def _is_drawn(value: str) -> bool:
    """Whether a value behind a name such as ``key`` seems drawn by lot: rich in digits, or mixed all through."""
    digits, letters = sum(map(str.isdigit, value)), sum(map(str.isalpha, value))
    if (not digits and len(value) < _LONG) or "://" in value or is_code(value):
        return False
    if not letters:
        return digits >= 12
    if digits and len(value) >= 20 and value.isalnum():
        return True
    return is_random(value, 8) or (digits >= 3 and digits + letters >= 12 and digits * 8 >= letters)
