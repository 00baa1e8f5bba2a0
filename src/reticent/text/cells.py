"""The matter of the text engine: units of evidence, cells of text, matches and hulls.

A *unit* is what is kept or dropped as a whole: a key stroke (down, repeats, up), an input event with its key
strokes, a composition, a clipboard row. A *cell* is one character that existed, alive or deleted, and knows
the units that made it, crossed it and killed it. A *match* is a set of cells that a detector objects to; a
*hull* is a run of units that leave as one ``redacted`` event.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from reticent.events import Category

if TYPE_CHECKING:
    from reticent.text.buffer import Buffer

__all__ = ["OPAQUE", "Cell", "Hull", "Match", "Unit", "normalized"]

OPAQUE = "\ufffc"
"""Stands for content that nobody saw, such as an unseen paste."""

_IGNORABLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0") | {
    chr(code) for start, stop in ((0xFE00, 0xFE10), (0xE0100, 0xE01F0)) for code in range(start, stop)
}


class Hull:
    """A run of units that leaves as one ``redacted`` event.

    ``stop`` is the arrival index of its last press; ``rules`` say why it is one, where anybody asked; ``surrogate`` is
    what is typed back for it.
    """

    __slots__ = ("category", "rules", "stop", "surrogate")

    def __init__(self, category: Category, stop: int = -1) -> None:
        self.category = category
        self.stop = stop
        self.rules: tuple[str, ...] = ()
        self.surrogate: str | None = None


class Unit:
    """What is kept or dropped as a whole."""

    TEXT, DELETE, STEP, JUMP, MODIFIER, LOCK, COMMIT, OTHER = range(8)

    __slots__ = ("buffer", "first", "hull", "injected", "kind", "last", "scrubbed", "served", "time_us", "zone")

    def __init__(self, buffer: Buffer, kind: int, first: int, time_us: int) -> None:
        self.buffer = buffer
        self.kind = kind
        self.first = self.last = first
        self.time_us = time_us
        self.injected = self.scrubbed = False
        self.hull: Hull | None = None
        self.zone: Category | None = None
        self.served: list[Unit] | None = None

    @property
    def is_edge(self) -> bool:
        """Whether the unit goes with a hull it stands beside: navigation, locks, modifiers that serve nothing kept."""
        if self.kind == Unit.MODIFIER:
            return all(unit.hull is not None or unit.is_edge for unit in self.served or ())
        return self.kind in (Unit.STEP, Unit.JUMP, Unit.LOCK)


class Cell:
    """One character that existed."""

    __slots__ = (
        "alternatives", "broken", "dels", "jump", "live", "more", "preedits", "shadow", "source", "text", "touch",
        "unit",
    )  # fmt: skip

    def __init__(self, text: str, unit: Unit) -> None:
        self.text = text
        self.unit = unit
        self.live = True
        self.shadow = self.jump = self.broken = False
        self.dels: list[Unit] | None = None
        self.touch: list[Unit] | None = None
        self.more: list[Unit] | None = None
        self.source: Cell | None = None
        self.alternatives: dict[str, str] | None = None
        self.preedits: list[str] | None = None

    def units(self) -> list[Unit]:
        """All units that would betray this cell."""
        found = [self.unit]
        for part in (self.more, self.dels, self.touch):
            if part:
                found += part
        return found

    @property
    def redacted(self) -> Category | None:
        """The category under which this cell has been redacted, if it has."""
        hull = self.unit.hull
        return None if hull is None or self.unit.first >= self.unit.buffer.open_from else hull.category

    def is_open(self) -> bool:
        """Whether any unit of this cell is still undecided."""
        unit = self.unit
        if unit.first >= unit.buffer.open_from:
            return True
        if self.dels is None and self.touch is None and self.more is None:
            return False
        return any(unit.first >= unit.buffer.open_from for unit in self.units())


class Match(NamedTuple):
    """Cells that a detector objects to, in view order, and as what."""

    kind: str
    category: Category
    cells: tuple[Cell, ...]
    value: str


def normalized(character: str) -> str:
    """NFKC, without characters that show nothing. May be empty or longer than one.

    >>> normalized("\uff14"), normalized("\u200b"), normalized("\ufb01")
    ('4', '', 'fi')
    """
    if character.isascii():
        return character
    if character in _IGNORABLE:
        return ""
    category = unicodedata.category(character[0])
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cf" else unicodedata.normalize("NFKC", character)
