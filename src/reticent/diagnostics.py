"""What a run counted, exactly. It stays on the device: exact counts tell of what was hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import fields, force_setattr

from reticent.events import EVENT_TYPES, Blur, Event, Focus, KeyDown, Redacted
from reticent.transform import places_of

__all__ = ["KEEP", "Diagnostics", "Tally", "as_html", "as_json"]

KEEP = "keep on this device"
"""Heads all that is told of ``Diagnostics``."""

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


class Diagnostics(Struct, frozen=True, kw_only=True):
    """Exact counts of a run, for whoever tends the recorder. Not to leave the device; holds nothing that was typed.

    Attributes:
        events: events in the output, by type.
        marks: ``redacted`` events in the output, by category.
        strokes_of_unknown_kind: key presses in the output, repeats included, while the kind of field was unknown.
        counters: how often what happened, by name: ``late_knowledge`` (limit L1), ``time_went_back``,
            ``refused_lines``, ``detector_error.NAME``, ``unknown_field.NAME`` and so on. Names of the input stand
            there only where collectors commonly use them, the others together as ``other``.
        failed: whether a failure closed the run.

    >>> print(Diagnostics(events={"keydown": 3}, counters={"unknown_field.pid": 2, "unknown_field.hunter2": 1}))
    keep on this device
    output, keydown: 3
    unknown_field.other: 1
    unknown_field.pid: 2
    """

    events: dict[str, int] = {}
    marks: dict[str, int] = {}
    strokes_of_unknown_kind: int = 0
    counters: dict[str, int] = {}
    failed: bool = False

    def __post_init__(self) -> None:
        counters: Counter[str] = Counter()
        for name, count in self.counters.items():
            counters[_told_name(name)] += count
        for name, counts in (("events", self.events), ("marks", self.marks), ("counters", counters)):
            force_setattr(self, name, {key: count for key, count in sorted(counts.items()) if count})

    def __add__(self, other: Diagnostics) -> Diagnostics:
        """Of two streams together; one failure is a failure."""
        return Diagnostics(
            events=_sum(self.events, other.events), marks=_sum(self.marks, other.marks),
            strokes_of_unknown_kind=self.strokes_of_unknown_kind + other.strokes_of_unknown_kind,
            counters=_sum(self.counters, other.counters), failed=self.failed or other.failed,
        )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """The counts, ready for JSON, headed by what to do with them."""
        return {"notice": KEEP, **msgspec.to_builtins(self)}

    def to_json(self) -> bytes:
        """``told()`` as indented JSON."""
        return as_json(self.told())

    def __str__(self) -> str:
        return "\n".join([KEEP, *(f"{name}: {value}" for name, value in self._rows())])

    def _repr_html_(self) -> str:
        return as_html(f"Diagnostics: {KEEP}", self._rows())

    def _rows(self) -> list[tuple[str, str]]:
        counts = {
            **{f"output, {name}": count for name, count in self.events.items()},
            **{f"redacted, {name}": count for name, count in self.marks.items()},
            **({"strokes of unknown kind": self.strokes_of_unknown_kind} if self.strokes_of_unknown_kind else {}),
            **self.counters,
        }
        rows = [(name, str(count)) for name, count in counts.items()]
        return [*rows, ("a failure closed the run", "the output is incomplete")] if self.failed else rows


def as_json(told: Mapping[str, Any]) -> bytes:
    """A mapping as indented JSON, with a line end.

    >>> as_json({"gaps": 0})
    b'{\\n  "gaps": 0\\n}\\n'
    """
    return msgspec.json.format(msgspec.json.encode(told)) + b"\n"


def as_html(heading: str, rows: Iterable[tuple[str, str]]) -> str:
    """A table that needs nothing from elsewhere, for notebooks.

    >>> as_html("A <b>", [("gaps", "<5")])
    '<table><caption>A &lt;b&gt;</caption><tr><th>gaps</th><td>&lt;5</td></tr></table>'
    """
    cells = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table><caption>{escape(heading)}</caption>{cells}</table>"


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(one) + Counter(other))


def _told_name(name: str) -> str:
    kind, _, rest = name.partition(".")
    return f"{kind}.other" if kind in _UNKNOWN and rest not in _TOLD_NAMES else name


_TURNS = frozenset((Focus, Blur, Redacted))
_PLACES = _TURNS | {KeyDown}


class Tally:
    """Counts the output of one stream as it goes by."""

    def __init__(self, counters: Counter[str] | None = None) -> None:
        self._counters: Counter[str] = Counter() if counters is None else counters
        self._types: Counter[type] = Counter()
        self._marks: Counter[str] = Counter()
        self._blind = True
        self._blind_strokes = 0
        self.failed = False

    def count(self, events: Sequence[Event]) -> None:
        """These events left."""
        types = self._types
        if len(events) == 1:
            kind = type(events[0])
            types[kind] += 1
            if kind in _PLACES:
                self._note(events[0])
            return
        batch = Counter(map(type, events))
        types.update(batch)
        if _TURNS.isdisjoint(batch):
            self._blind_strokes += batch[KeyDown] * self._blind
            return
        for at in places_of(events, _PLACES):
            self._note(events[at])

    def _note(self, event: Event) -> None:
        kind = type(event)
        if kind is KeyDown:
            self._blind_strokes += self._blind
        elif isinstance(event, Focus | Blur):
            self._blind = kind is Blur or event.field == "unknown"
        elif isinstance(event, Redacted):
            self._marks[event.category] += 1

    @property
    def diagnostics(self) -> Diagnostics:
        """The counts so far."""
        return Diagnostics(
            events={str(kind.__struct_config__.tag): count for kind, count in self._types.items()},  # type: ignore[attr-defined]
            marks=dict(self._marks), strokes_of_unknown_kind=self._blind_strokes, counters=dict(self._counters),
            failed=self.failed,
        )  # fmt: skip
