"""What a reader says about its input: counts and places, never content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["FieldError", "Notes"]

_SHOWN_LINES = 10
_SHOWN_NAMES = 100
_NAME_LENGTH = 40


class FieldError(ValueError):
    """One record does not fit. Its message names the field and the fix, never the value."""


@dataclass(slots=True)
class Notes:
    """Counts of what was read and of what was not examined.

    Attributes:
        lines: lines or records that were not blank; each is one event, or one of ``refused``.
        refused: how many gave no event. A ``Discontinuity`` stands in the place of each.
        refused_lines: line number and reason of the first few.
        unknown_fields: names of fields that were dropped from events that stayed.
        unknown_types: types of events that were refused because no such type is known.
        remarks: what was taken, but not as it stands: how that reads, the first line of it and how many there were.
        broken: why the input could not be read to its end, if it could not.

    >>> notes = Notes()
    >>> notes.refuse(3, "time_us: missing")
    >>> notes.refused, notes.refused_lines
    (1, [(3, 'time_us: missing')])
    """

    lines: int = 0
    refused: int = 0
    refused_lines: list[tuple[int, str]] = field(default_factory=list)
    unknown_fields: Counter[str] = field(default_factory=Counter)
    unknown_types: Counter[str] = field(default_factory=Counter)
    remarks: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    broken: str | None = None

    def refuse(self, line: int, reason: str) -> None:
        """Counts a line that gave no event. ``reason`` must not quote the line."""
        self.refused += 1
        if len(self.refused_lines) < _SHOWN_LINES:
            self.refused_lines.append((line, reason))

    def remark(self, line: int, remark: str) -> None:
        """Counts a line that was taken, but not as it stands. ``remark`` must not quote it, and is one of a few."""
        first, count = self.remarks.get(remark, (line, 0))
        self.remarks[remark] = first, count + 1

    def unknown_field(self, name: str) -> None:
        """Counts a field that was dropped."""
        _count(self.unknown_fields, name)

    def unknown_type(self, name: str) -> None:
        """Counts an event type that is not known."""
        _count(self.unknown_types, name)


def _count(counter: Counter[str], name: str) -> None:
    """Counts under ``other`` what may be content rather than a name, and every name beyond the first hundred."""
    is_name = len(name) <= _NAME_LENGTH and name.isidentifier()
    counter[name if is_name and (name in counter or len(counter) < _SHOWN_NAMES) else "other"] += 1
