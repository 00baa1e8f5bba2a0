"""The cheap question that comes before every rule, asked once for all detectors that share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import ClassVar

import re2

from reticent.detect.shape import digit_count
from reticent.text.span import Span

__all__ = ["Gate", "Gated", "matching"]

_MEMORY_MAX = 48 << 20
_NONE: frozenset[str] = frozenset()
_NONE_MET: frozenset[int] = frozenset()


class Gate:
    """What some detectors need to see before they look, searched for once a text for all of them.

    A need is met by any of its words: RE2 patterns without ``*``, ``+`` and counts. It pays to share a gate among a few
    needs only: the search keeps a state for each set of needs met so far, so with many of them, or with words that
    repeat, fresh text costs ten to a hundred times as much. It keeps the last answer and the hash of the text, never
    the text.

    >>> gate = Gate()
    >>> first, second = gate.add("ab", "(?i)cd"), gate.add("[0-9]")
    >>> sorted(gate("xCD12")), first, second
    ([0, 1], 0, 1)
    """

    def __init__(self) -> None:
        self._needs: list[str] = []
        self._set: re2.Set | None = None
        self._seen = (hash(""), 0, _NONE_MET)
        self._counted = (hash(""), 0, 0)

    def add(self, *words: str) -> int:
        """Add a need, and learn its number."""
        self._set, self._seen = None, (hash(""), 0, _NONE_MET)
        self._needs.append("|".join(map(_scoped, words)))
        return len(self._needs) - 1

    def __call__(self, text: str) -> frozenset[int]:
        """The numbers of the needs that ``text`` meets; lone surrogates are taken as a question mark."""
        known, size, met = self._seen
        if known != hash(text) or size != len(text):
            self._set = self._set or _compiled(tuple(self._needs))
            met = frozenset(self._set.Match(text.encode("utf-8", "replace")) or ())
            self._seen = (hash(text), len(text), met)
        return met

    def digits(self, text: str) -> int:
        """The number of ASCII digits in ``text``."""
        known, size, count = self._counted
        if known != hash(text) or size != len(text):
            count = digit_count(text)
            self._counted = (hash(text), len(text), count)
        return count


class Gated:
    """A detector behind a gate: a subclass says what is necessary, and finds spans in what shows that.

    ``words`` are for the common gate: one must be there, if any is given, and so must ``digits_min`` digits. Only then
    the ``shapes`` are searched, RE2 patterns of any form, and only where one of them is there the spans.

    Args:
        gate: shared with the other detectors of a set; default one of its own.
    """

    name: ClassVar[str]
    words: ClassVar[tuple[str, ...]] = ()
    digits_min: ClassVar[int] = 0
    shapes: tuple[str, ...]

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        self._need = self._gate.add(*self.words) if self.words else None

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return bool(self._shapes_in(text))

    def find(self, text: str) -> list[Span]:
        """All spans; offsets are code points."""
        shapes = self._shapes_in(text)
        return list(self._spans(text, shapes)) if shapes else []

    def _shapes_in(self, text: str) -> frozenset[str]:
        if self._need is not None and self._need not in self._gate(text):
            return _NONE
        if self.digits_min and self._gate.digits(text) < self.digits_min:
            return _NONE
        return frozenset([self.shapes[number] for number in matching(self.shapes, text)])

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        raise NotImplementedError


def matching(shapes: tuple[str, ...], text: str) -> Sequence[int]:
    """The numbers of the RE2 patterns that match somewhere in ``text``, in any order.

    >>> sorted(matching(("[0-9]+", "b.d", "x"), "bad 1"))
    [0, 1]
    """
    return (_compiled(shapes).Match(text.encode("utf-8", "replace")) or ()) if shapes else ()


def _scoped(word: str) -> str:
    word = word.replace(r"\b", "")  # word boundaries double the cost of a set
    return f"(?i:{word[4:]})" if word.startswith("(?i)") else f"(?:{word})"


@cache
def _compiled(shapes: tuple[str, ...]) -> re2.Set:
    """The set of these shapes; runs come and go, and the same shapes are compiled once a process."""
    options = re2.Options()
    options.max_mem = _MEMORY_MAX
    compiled = re2.Set.SearchSet(options)
    for shape in shapes:
        compiled.Add(shape)
    compiled.Compile()
    return compiled
