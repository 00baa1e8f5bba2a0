"""What may be told about a run: a function of its output, and of how well it could look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from reticent.events import EVENT_TYPES, Event, Gap, KeyDown, Redacted

__all__ = ["Report", "Tally"]

_SMALL = 5
_FLAG = "refused_by_gate."
_QUALITY = ("detector_error.", "unknown_field.", "unknown_type.", "refused_", "frames_dropped", "wall_time_unreadable")
_UNKNOWN = ("unknown_field", "unknown_type")
_COLLECTOR_NAMES = frozenset(
    """
    action application button_name char character click deltaX deltaY delta_mode device_id drag duration duration_ms
    dx dy event event_id event_idx event_type frame_id height hwnd id index is_repeat key_code key_name keyboard
    keycode keypress level message mouse mousedown mousemove mouseup name participant pid pressed process
    process_id process_name ppid scan_code scancode screen screenshot scroll seq sequence sequence_number session
    session_id source target thread_id time timestamp timestamp_ms timestamp_ns timestamp_us time_ms time_ns
    time_stamp title type user user_id username version virtual_key vk width window_class window_id window_title
    """.split()
)
_TOLD_NAMES = _COLLECTOR_NAMES.union(
    EVENT_TYPES, *((field.name for field in fields(kind)) for kind in EVENT_TYPES.values()), ("role", "label")
)
"""Names that collectors give to fields and types. Any other name in an input may be something that was typed."""


class Report(Struct, frozen=True, kw_only=True):
    """Counts of a run. What of them may leave the device with the output is ``told()``, or the text of it, ``str``.

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

    def told(self) -> dict[str, Any]:
        """What may leave, ready for JSON: counts of 1 to 4 as ``"<5"``, names of the input only where they are common.

        >>> Report(strokes=120, gaps=2, quality={"unknown_field.pid": 9, "unknown_field.hunter2": 7}).told()["quality"]
        {'unknown_field.other': 7, 'unknown_field.pid': 9}
        """
        quality: Counter[str] = Counter()
        for name, count in self.quality.items():
            quality[_told_name(name)] += count
        return {
            "strokes": self.strokes, "marks": _all_told(self.marks.items()), "gaps": _told(self.gaps),
            "late": _told(self.late), "quality": _all_told(quality.items()), "failed": self.failed,
        }  # fmt: skip

    def __str__(self) -> str:
        return "\n".join(_lines(self.told()))


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"strokes kept: {told['strokes']}"
    yield from (f"redacted, {category}: {count}" for category, count in told["marks"].items())
    yield f"gaps: {told['gaps']}"
    if told["late"]:
        yield f"left in part before it was known to be sensitive: {told['late']}"
    yield from (f"not examined, {name}: {count}" for name, count in told["quality"].items())
    if told["failed"]:
        yield "a failure closed the run: the output is incomplete"


def _all_told(counts: Iterable[tuple[str, int]]) -> dict[str, int | str]:
    # Whether a gate ever opened is no count.
    return {name: count if name.startswith(_FLAG) else _told(count) for name, count in sorted(counts)}


def _told(count: int) -> int | str:
    """Small counts are not told exactly.

    >>> _told(0), _told(3), _told(17)
    (0, '<5', 17)
    """
    return count if count == 0 or count >= _SMALL else f"<{_SMALL}"


def _told_name(name: str) -> str:
    kind, _, rest = name.partition(".")
    return f"{kind}.other" if kind in _UNKNOWN and rest not in _TOLD_NAMES else name


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
