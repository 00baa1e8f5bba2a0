"""Counts: how many items are found, how much of them is hidden, how many ordinary rows and characters are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from itertools import pairwise

from benchmarks.detection.corpora import Row

__all__ = ["FOUND", "Mask", "Reader", "Tally", "is_found", "merged", "score"]

FOUND = 0.99
"""An item is found when this share of its characters no longer shows."""

Mask = bytearray
"""One byte for each character of a text: 1 where it does not show."""

Reader = Callable[[Row], Mask]
"""What hides: from a row to what does not show of its text. It sees the items only to look for them in its output."""

_MERGED: Mapping[str, Callable[[str], bool]] = {
    "= with context": lambda kind: not kind.startswith("bare-"),
    "= prose, chat, shell, code": lambda kind: kind in ("prose", "chat", "shell", "code"),
    "= all": lambda kind: True,
}


@dataclass
class Tally:
    """Counts of one line of the table.

    ``ordinary`` is what belongs to no item; of its hidden characters, ``parting`` are blanks and punctuation with
    nothing but two items on their sides: the blank between a first name and a surname that are items each.
    """

    items: int = 0
    found: int = 0
    item_chars: int = 0
    item_hidden: int = 0
    rows: int = 0
    touched: int = 0
    ordinary_chars: int = 0
    ordinary_hidden: int = 0
    parting_hidden: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def by_item(self) -> float | None:
        """Share of items that are found."""
        return self.found / self.items if self.items else None

    @property
    def by_character(self) -> float | None:
        """Share of the items' characters that are hidden."""
        return self.item_hidden / self.item_chars if self.item_chars else None

    @property
    def rows_touched(self) -> float | None:
        """Share of the rows without an item in which anything is hidden."""
        return self.touched / self.rows if self.rows else None

    @property
    def lost(self) -> float | None:
        """Share of ordinary characters that are hidden."""
        return self.ordinary_hidden / self.ordinary_chars if self.ordinary_chars else None

    @property
    def lost_apart(self) -> float | None:
        """``lost`` without the characters that only part two items."""
        return (self.ordinary_hidden - self.parting_hidden) / self.ordinary_chars if self.ordinary_chars else None


def is_found(mask: Mask, start: int, stop: int) -> bool:
    """Whether an item no longer shows.

    >>> is_found(bytearray(b"\\0\\1\\1"), 1, 3)
    True
    """
    return sum(mask[start:stop]) >= FOUND * (stop - start)


def score(rows: Iterable[Row], reader: Reader, show: Callable[[Row, Mask], object] | None = None) -> dict[str, Tally]:
    """Tallies of a corpus, by kind of item and group of row; ``show`` is called with every row and its mask."""
    tallies: dict[str, Tally] = {}
    for row in rows:
        mask = reader(row)
        _count(row, mask, tallies)
        if show is not None:
            show(row, mask)
    return tallies


def _count(row: Row, mask: Mask, tallies: dict[str, Tally]) -> None:
    ordinary = bytearray(b"\1") * len(row.text)
    for start, stop, kind in row.items:
        tally = tallies.setdefault(kind, Tally())
        tally.items += 1
        tally.found += is_found(mask, start, stop)
        tally.item_chars += stop - start
        tally.item_hidden += sum(mask[start:stop])
        ordinary[start:stop] = bytes(stop - start)
    tally = tallies.setdefault(row.group, Tally())
    tally.ordinary_chars += sum(ordinary)
    tally.ordinary_hidden += sum(map(int.__and__, ordinary, mask))
    tally.parting_hidden += sum(sum(mask[start:stop]) for start, stop in _partings(row))
    if not row.items:
        tally.rows += 1
        tally.touched += any(mask)


def _partings(row: Row) -> Iterator[tuple[int, int]]:
    """Where only blanks and punctuation stand between two items."""
    items = sorted(row.items)
    for one, other in pairwise(items):
        if one.stop < other.start and not any(map(str.isalnum, row.text[one.stop : other.start])):
            yield one.stop, other.start


def merged(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Sums over kinds that the demands speak of; such as say nothing new are left out."""
    sums: dict[str, Tally] = {}
    for name, belongs in _MERGED.items():
        kinds = [kind for kind in tallies if belongs(kind)]
        if len(kinds) > 1 and (name == "= all" or len(kinds) < len(tallies)):
            sums[name] = sum((tallies[kind] for kind in kinds), Tally())
    return sums
