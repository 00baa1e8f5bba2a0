"""What may be told about a run: a function of its output, and of how well it could look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from reticent.events import Event, Gap, KeyDown, Redacted

__all__ = ["Report", "Tally"]

_SMALL = 5
_QUALITY = ("detector_error.", "unknown_field.", "unknown_type.", "refused_", "frames_dropped", "wall_time_unreadable")


class Report(Struct, frozen=True, kw_only=True):
    """Counts that may leave the device with the output.

    Attributes:
        strokes: key presses in the output, repeats included.
        marks: ``redacted`` events in the output, by category.
        gaps: ``gap`` events in the output.
        late: texts of which a part had left before anything made them sensitive (limit L1).
        quality: refused lines, detector errors, unknown fields and types: what was *not examined*.
        failed: whether a failure closed the run.

    >>> print(Report(strokes=120, marks={"credential": 2}, gaps=0))
    strokes kept: 120
    redacted, credential: <5
    gaps: 0
    """

    strokes: int = 0
    marks: dict[str, int] = {}
    gaps: int = 0
    late: int = 0
    quality: dict[str, int] = {}
    failed: bool = False

    def __str__(self) -> str:
        lines = [f"strokes kept: {self.strokes}"]
        lines += [f"redacted, {category}: {_told(count)}" for category, count in sorted(self.marks.items())]
        lines.append(f"gaps: {_told(self.gaps)}")
        if self.late:
            lines.append(f"left in part before it was known to be sensitive: {_told(self.late)}")
        lines += [f"not examined, {name}: {count}" for name, count in sorted(self.quality.items())]
        if self.failed:
            lines.append("a failure closed the run: the output is incomplete")
        return "\n".join(lines)


def _told(count: int) -> str:
    """Small counts of marks are not told exactly.

    >>> _told(0), _told(3), _told(17)
    ('0', '<5', '17')
    """
    return str(count) if count == 0 or count >= _SMALL else f"<{_SMALL}"


class Tally:
    """Counts an output as it goes by."""

    def __init__(self, counters: Counter[str] | None = None) -> None:
        self._counters: Counter[str] = Counter() if counters is None else counters
        self._types: Counter[type] = Counter({Redacted: 0})
        self._marks: Counter[str] = Counter()
        self.failed = False

    def count(self, events: Sequence[Event]) -> None:
        """These events left."""
        types = self._types
        marks = types[Redacted]
        if len(events) == 1:
            types[type(events[0])] += 1
        else:
            types.update(map(type, events))
        if types[Redacted] != marks:
            self._marks.update(event.category for event in events if type(event) is Redacted)

    def __iadd__(self, report: Report) -> Tally:
        self._types += Counter({KeyDown: report.strokes, Gap: report.gaps})
        self._marks += Counter(report.marks)
        self._counters += Counter(report.quality)
        self._counters["late_knowledge"] += report.late
        self.failed = self.failed or report.failed
        return self

    def report(self) -> Report:
        """The counts so far."""
        quality = {name: count for name, count in self._counters.items() if name.startswith(_QUALITY)}
        return Report(
            strokes=self._types[KeyDown], marks=dict(self._marks), gaps=self._types[Gap],
            late=self._counters["late_knowledge"], quality=quality, failed=self.failed,
        )  # fmt: skip
