"""The gate that the detectors of personal data share: one pass over a text says which of them need to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import ClassVar, NamedTuple

import re2

from reticent.text.span import Span

__all__ = ["Gated", "Glance", "Seen"]

_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)


_NONE: frozenset[str] = frozenset()


class Seen(NamedTuple):
    """What one text shows.

    Attributes:
        digits: the number of ASCII digits.
        shapes: the patterns, of those asked for, that match somewhere.
    """

    digits: int
    shapes: frozenset[str]


@cache
def _compiled(shapes: tuple[str, ...]) -> re2.Set:
    gate = re2.Set.SearchSet()
    for shape in shapes:
        gate.Add(shape)
    gate.Compile()
    return gate


class Glance:
    """Looks at a text once for several detectors: keeps the last answer and the hash, never the text.

    Args:
        shapes: RE2 patterns, each a necessary condition of some detector.

    >>> glance = Glance("[0-9]{3}-[0-9]{4}", "@")
    >>> glance("call 555-0134 at home")
    Seen(digits=7, shapes=frozenset({'[0-9]{3}-[0-9]{4}'}))
    """

    def __init__(self, *shapes: str) -> None:
        self._shapes = tuple(dict.fromkeys(shapes))
        self._gate: re2.Set | None = None
        self._last = (hash(""), 0, Seen(0, frozenset()))

    def __call__(self, text: str) -> Seen:
        """How many digits ``text`` has, and which of the shapes."""
        known, size, seen = self._last
        if known == hash(text) and size == len(text):
            return seen
        if self._gate is None:
            self._gate = _compiled(self._shapes)
        data = text.encode("utf-8", "replace")
        found = self._gate.Match(data)
        shapes = frozenset([self._shapes[index] for index in found]) if found else _NONE
        seen = Seen(len(data.translate(None, _NOT_DIGITS)), shapes)
        self._last = (hash(text), len(text), seen)
        return seen


class Gated:
    """A detector behind a gate: a subclass names the shapes of which one is necessary, and finds spans.

    Args:
        glance: shared with the other detectors of a set, whose shapes it must include; default one of its own.
    """

    name: ClassVar[str]
    shapes: ClassVar[tuple[str, ...]]
    digits_min: ClassVar[int] = 0

    def __init__(self, glance: Glance | None = None) -> None:
        self._glance = glance or Glance(*self.shapes)
        self._necessary = frozenset(self.shapes)

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        digits, shapes = self._glance(text)
        return bool(shapes) and digits >= self.digits_min and not self._necessary.isdisjoint(shapes)

    def find(self, text: str) -> list[Span]:
        """All spans; offsets are code points."""
        digits, shapes = self._glance(text)
        if not shapes or digits < self.digits_min or self._necessary.isdisjoint(shapes):
            return []
        return list(self._spans(text, shapes))

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        raise NotImplementedError
