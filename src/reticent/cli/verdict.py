"""What was not examined: the lines that say so, and the exit code that follows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from reticent.events import Event, Focus, KeyDown
from reticent.transform import places_of

if TYPE_CHECKING:
    from reticent.api import Filtered
    from reticent.reading.notes import Notes

__all__ = ["DONE", "NOT_EXAMINED", "Kinds", "missing_extras", "remarks", "verdict"]

DONE, NOT_EXAMINED = 0, 1
_NOT_LOOKED_AT = ("refused_", "never_opened.", "wall_time_unreadable")
_ERROR = "detector_error."
_SHOWN_LINES = 3
_LOOKING = frozenset(("names", "kingfisher"))
"""Extras that bring detectors, of those that a version offers."""
_WAITING = {
    "consent": "the policy requires consent, and no state event gave it",
    "schedule": "the policy has a schedule, and no state event told a wall_time inside it",
}


class Kinds:
    """Watches an output for text that was typed where the kind of the field is unknown.

    >>> kinds = Kinds()
    >>> kinds.watch([KeyDown(time_us=0, key="a"), Focus(time_us=1, field="text"), KeyDown(time_us=2, key="b")])
    >>> kinds.unknown
    1
    """

    def __init__(self) -> None:
        self.unknown = 0
        self._known: dict[str | None, bool] = {}

    def watch(self, events: Sequence[Event]) -> None:
        """These events leave."""
        for at in places_of(events, _PLACES_AND_KEYS):
            event = events[at]
            if isinstance(event, Focus):
                self._known[event.stream] = event.field != "unknown"
            elif not self._known.get(event.stream, False):
                self.unknown += 1


_PLACES_AND_KEYS = frozenset((Focus, KeyDown))


def verdict(filtered: Filtered, kinds: Kinds | None, say: Callable[[str], object]) -> int:
    """Say what was not examined, and return the exit code; with ``kinds``, strictly."""
    quality, strict = filtered.diagnostics.counters, kinds is not None
    _say_unread(filtered.notes, say, strict=strict)
    for name in filtered.report.never_opened:
        say(f"nothing left: {_WAITING[name]}")
    failed = {name.removeprefix(_ERROR) for name in quality if name.startswith(_ERROR)}
    for name in sorted(failed):
        say(f"detector {name} failed; what it could not look at was redacted")
    reasons = list(_strict_reasons(filtered, kinds)) if kinds is not None else []
    for reason in reasons:
        say(f"{reason} (--strict)")
    demanded = failed if strict else failed.intersection(filtered.policy.text.require)
    not_examined = any(name.startswith(_NOT_LOOKED_AT) for name in quality)
    return NOT_EXAMINED if not_examined or demanded or reasons else DONE


def _say_unread(notes: Notes, say: Callable[[str], object], *, strict: bool) -> None:
    for line, reason in notes.refused_lines[: 1 if strict else _SHOWN_LINES]:
        say(f"line {line} was not examined: {reason}")
    if strict and notes.refused:
        say("stopped there, as --strict asks; what came before it is written")
    elif notes.refused > _SHOWN_LINES:
        more = notes.refused - _SHOWN_LINES
        say(f"{more} more line{'s were' if more > 1 else ' was'} not examined")
    if notes.broken:
        say(f"the end of the input was not examined: {notes.broken}")


def remarks(filtered: Filtered, say: Callable[[str], object], *, strict: bool) -> None:
    """Say what was taken, but not as it stands; strictly nothing was taken behind the first line that was refused."""
    notes = filtered.notes
    stop = notes.refused_lines[0][0] if strict and notes.refused else sys.maxsize
    for remark, (line, count) in notes.remarks.items():
        if line > stop:
            continue
        say(f"line {line}: {remark}" + (f" ({count} such lines)" if count > 1 else ""))
    if not notes.lines and not notes.refused and not notes.broken:
        say("the input is empty; is the recorder running?")


def _strict_reasons(filtered: Filtered, kinds: Kinds) -> Iterator[str]:
    names = sorted(filtered.notes.unknown_fields)
    if names:
        several = "s" if len(names) > 1 else ""
        yield f"unknown field{several} left out: the report counts {len(names)} name{several}; record what is known"
    if kinds.unknown:
        yield "text was typed where the kind of the field is unknown; let the recorder report field in focus events"
    for extra in missing_extras():
        yield f'the extra {extra} is not installed, so its detectors did not run: pip install "reticent[{extra}]"'


def missing_extras() -> list[str]:
    """Extras of the installed version that bring detectors and are not there."""
    try:
        requirements = metadata.requires("reticent") or []
    except metadata.PackageNotFoundError:
        return []
    missing = set()
    for requirement in requirements:
        name, _, marker = requirement.partition(";")
        extras = [extra for extra in _LOOKING if f'extra == "{extra}"' in marker.replace("'", '"')]
        if extras and not _is_installed(name):
            missing.update(extras)
    return sorted(missing)


def _is_installed(requirement: str) -> bool:
    import re

    name = re.match(r"[\w.-]+", requirement.strip())
    try:
        metadata.version(name[0] if name else "")
    except (metadata.PackageNotFoundError, ValueError):
        return False
    return True
