"""What may be told about a run: a function of its output, and of how well it could look."""

from __future__ import annotations

import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr, replace

import reticent
from reticent.diagnostics import Diagnostics, Tally, as_html, as_json
from reticent.events import Event, Header

__all__ = ["Report", "versions"]

_SMALL = 5
_LEAST_STROKES = 20
_STREAM = attrgetter("stream")


class Report(Struct, frozen=True, kw_only=True):
    """What may leave the device with an output. It holds no count that tells of what was hidden.

    What it counts is a function of the output: reading that again gives the same. The rest says how well the run could
    look, without telling how often. No small count is kept: 1 to 4 become ``"<5"`` when a report is made.

    Attributes:
        strokes: key presses in the output, repeats included.
        marks: ``redacted`` events in the output, by category.
        gaps: ``gap`` events in the output.
        not_examined: what left without any detector having looked at it, by name.
        unknown_kind_percent: share of ``strokes`` for which the kind of field was unknown; None below 20 strokes.
        refused_lines: lines that gave no event, as the next of 5, 10, 100, 1,000 ... above: ``"<100"``.
        detector_errors: detectors that raised; where one did, its text left as ``redacted``.
        unknown_types, unknown_fields: what was dropped unread: the names that are common, else ``other``.
        never_opened: gates for which nothing at all left, as the recorder never said that it may look.
        gates_not_in_use: gates that the policy leaves open.
        weakened: paths of the policy that may be weaker than in its base, and ``text.surrogates`` if in use.
        failed: whether a failure closed the run.
        policy, policy_sha256: name and hash of the policy.
        versions: of what made the output, by name.

    >>> report = Report(strokes=120, marks={"credential": 2}, gaps=6, refused_lines=17)
    >>> report.marks, report.gaps, report.refused_lines
    ({'credential': '<5'}, 6, '<100')
    """

    strokes: int = 0
    marks: dict[str, int | str] = {}
    gaps: int | str = 0
    not_examined: tuple[str, ...] = ()
    unknown_kind_percent: int | None = None
    refused_lines: int | str = 0
    detector_errors: tuple[str, ...] = ()
    unknown_types: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    never_opened: tuple[str, ...] = ()
    gates_not_in_use: tuple[str, ...] = ()
    weakened: tuple[str, ...] = ()
    failed: bool = False
    policy: str = ""
    policy_sha256: str = ""
    versions: dict[str, str] = {}

    def __post_init__(self) -> None:
        force_setattr(self, "marks", {name: _told(count) for name, count in sorted(self.marks.items())})
        force_setattr(self, "gaps", _told(self.gaps))
        force_setattr(self, "refused_lines", _step(self.refused_lines))

    @classmethod
    def of_output(cls, events: Iterable[Event]) -> Report:
        """The part of a report that anybody can make from an output: its counts, and what its header says.

        >>> from reticent.events import KeyDown, Redacted
        >>> Report.of_output([KeyDown(time_us=0), Redacted(time_us=0, category="contact")]).marks
        {'contact': '<5'}
        """
        about = cls()
        tallies: defaultdict[str | None, Tally] = defaultdict(Tally)
        for stream, batch in groupby(events, _STREAM):
            for event in batch:
                tallies[stream].count((event,))
                if isinstance(event, Header):
                    made_by = {"reticent": event.version}
                    about = cls(policy=event.policy, policy_sha256=event.policy_sha256, versions=made_by)
        return cls.of_diagnostics(sum((tally.diagnostics for tally in tallies.values()), Diagnostics()), about)

    @classmethod
    def of_diagnostics(cls, diagnostics: Diagnostics, about: Report | None = None) -> Report:
        """What of exact counts may leave, added to what ``about`` says already, such as ``Policy.about()``.

        >>> Report.of_diagnostics(Diagnostics(events={"gap": 3, "frame": 9})).not_examined
        ('screen content',)
        """
        about = cls() if about is None else about
        events, counters = diagnostics.events, diagnostics.counters
        strokes = events.get("keydown", 0)
        unseen = {
            "screen content": events.get("frame", 0),
            "inputs that could not be read": counters.get("refused_inputs", 0),
            "ends of inputs that are cut or damaged": counters.get("refused_rest", 0),
            "times of day that could not be read": counters.get("wall_time_unreadable", 0),
        }
        return replace(
            about,
            strokes=strokes,
            marks=diagnostics.marks,
            gaps=events.get("gap", 0),
            not_examined=(*about.not_examined, *(name for name, count in unseen.items() if count)),
            unknown_kind_percent=_percent(diagnostics.strokes_of_unknown_kind, strokes),
            refused_lines=counters.get("refused_lines", 0),
            detector_errors=_names(counters, "detector_error."),
            unknown_types=_names(counters, "unknown_type."),
            unknown_fields=_names(counters, "unknown_field."),
            never_opened=_names(counters, "never_opened."),
            failed=diagnostics.failed,
        )

    @property
    def quality(self) -> dict[str, Any]:
        """What went wrong with looking; empty when every line was read, every detector ran and every gate opened."""
        names = ("refused_lines", "detector_errors", "unknown_types", "unknown_fields", "never_opened")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def told(self) -> dict[str, Any]:
        """All of it, ready for JSON."""
        told: dict[str, Any] = msgspec.to_builtins(self)
        return told

    def to_json(self) -> bytes:
        """``told()`` as indented JSON."""
        return as_json(self.told())

    def __str__(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self._rows())

    def _repr_html_(self) -> str:
        return as_html("Report", self._rows())

    def _rows(self) -> Iterator[tuple[str, str]]:
        yield "strokes kept", str(self.strokes)
        yield from ((f"redacted, {category}", str(count)) for category, count in self.marks.items())
        yield "gaps", str(self.gaps)
        yield from ((name, "not examined") for name in self.not_examined)
        if self.unknown_kind_percent is not None:
            yield "kind of field unknown", f"{self.unknown_kind_percent} % of strokes kept"
        yield "refused lines", str(self.refused_lines)
        lists = {
            "detectors that failed": self.detector_errors, "unknown types, dropped": self.unknown_types,
            "unknown fields, dropped": self.unknown_fields, "gates that never opened": self.never_opened,
            "gates not in use": self.gates_not_in_use, "weakened by the policy": self.weakened,
        }  # fmt: skip
        yield from ((name, ", ".join(names)) for name, names in lists.items() if names)
        if self.failed:
            yield "a failure closed the run", "the output is incomplete"
        if self.policy:
            yield "policy", f"{self.policy}, sha256 {self.policy_sha256}"
        if self.versions:
            yield "versions", ", ".join(f"{name} {number}" for name, number in self.versions.items())


def versions() -> dict[str, str]:
    """Of what decides: this library, Presidio and Python.

    >>> sorted(versions())
    ['presidio-analyzer', 'python', 'reticent']
    """
    return {
        "reticent": reticent.__version__, "presidio-analyzer": version("presidio-analyzer"),
        "python": platform.python_version(),
    }  # fmt: skip


def _names(counters: Mapping[str, int], prefix: str) -> tuple[str, ...]:
    """How often is not told: it may count strokes that were hidden."""
    return tuple(sorted(name.removeprefix(prefix) for name in counters if name.startswith(prefix)))


def _percent(part: int, whole: int) -> int | None:
    return None if whole < _LEAST_STROKES else round(100 * part / whole)


def _told(count: int | str) -> int | str:
    """Small counts are not told exactly.

    >>> _told(0), _told(3), _told(17), _told("<5")
    (0, '<5', 17, '<5')
    """
    return f"<{_SMALL}" if isinstance(count, int) and 0 < count < _SMALL else count


def _step(count: int | str) -> int | str:
    """Counts of the input, which could be compared with what is left of it, are told by their order of magnitude.

    >>> _step(0), _step(4), _step(9), _step(10), _step(4711), _step("<10")
    (0, '<5', '<10', '<100', '<10000', '<10')
    """
    if isinstance(count, str) or count == 0:
        return count
    return f"<{_SMALL}" if count < _SMALL else f"<{10 ** len(str(count))}"
