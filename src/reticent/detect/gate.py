"""The cheap question that comes before every rule, asked once for several detectors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import re2

__all__ = ["Gate"]

_MEMORY_MAX = 24 << 20


class Gate:
    """One set of necessary shapes, searched once a text for all detectors that share it.

    A search costs about the same for two hundred shapes as for one, so detectors add theirs to a common set. It keeps
    the last answer and the hash of the text, never the text.

    >>> gate = Gate()
    >>> first, second = gate.add(["ab", "cd"]), gate.add(["[0-9]"])
    >>> sorted(gate("xcd1")), gate("none"), list(second)
    ([1, 2], (), [2])
    """

    def __init__(self) -> None:
        self._shapes: list[str] = []
        self._set: re2.Set | None = None
        self._last: tuple[int, int, tuple[int, ...]] = (hash(""), 0, ())

    def add(self, shapes: Iterable[str]) -> range:
        """Add shapes, before the first question, and learn their numbers."""
        first = len(self._shapes)
        self._shapes.extend(shapes)
        self._set, self._last = None, (hash(""), 0, ())
        return range(first, len(self._shapes))

    def __call__(self, text: str) -> tuple[int, ...]:
        """The numbers of all shapes in ``text``, in any order; lone surrogates are taken as a question mark."""
        known, size, answer = self._last
        if known != hash(text) or size != len(text):
            self._set = self._set or _compiled(tuple(self._shapes))
            answer = tuple(self._set.Match(text.encode("utf-8", "replace")) or ())
            self._last = (hash(text), len(text), answer)
        return answer


@cache
def _compiled(shapes: tuple[str, ...]) -> re2.Set:
    """The set of these shapes; runs come and go, and the same shapes are compiled once a process."""
    options = re2.Options()
    options.max_mem = _MEMORY_MAX
    compiled = re2.Set.SearchSet(options)
    for shape in shapes:
        compiled.Add(shape.replace(r"\b", ""))  # word boundaries double the cost of a set
    compiled.Compile()
    return compiled
