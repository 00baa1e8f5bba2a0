"""What was not examined: the lines that say so, and the exit code that follows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reticent.cli.common import DONE, NOT_EXAMINED
from reticent.detect.working_set import looks_for_names

if TYPE_CHECKING:
    from reticent.api import Filtered
    from reticent.reading.notes import Notes

__all__ = ["remarks", "say_unread", "verdict"]

_NOT_LOOKED_AT = ("refused_", "never_opened.", "wall_time_unreadable")
_ERROR = "detector_error."
_SHOWN_LINES = 3
_WAITING = {
    "consent": "the policy requires consent, and no state event gave it",
    "schedule": "the policy has a schedule, and no state event told a wall_time inside it",
}


def verdict(filtered: Filtered, say: Callable[[str], object], *, strict: bool) -> int:
    """Say what was not examined, and return the exit code."""
    quality = filtered.diagnostics.counters
    say_unread(filtered.notes, say, strict=strict)
    for name in filtered.report.never_opened:
        say(f"nothing left: {_WAITING[name]}")
    failed = {name.removeprefix(_ERROR) for name in quality if name.startswith(_ERROR)}
    for name in sorted(failed):
        say(f"detector {name} failed; what it could not look at was redacted")
    reasons = list(_strict_reasons(filtered)) if strict else []
    for reason in reasons:
        say(f"{reason} (--strict)")
    demanded = failed if strict else failed.intersection(filtered.policy.text.require)
    not_examined = any(name.startswith(_NOT_LOOKED_AT) for name in quality)
    return NOT_EXAMINED if not_examined or demanded or reasons else DONE


def say_unread(notes: Notes, say: Callable[[str], object], *, strict: bool = False) -> None:
    """Say which lines were not examined, and what of the end was not."""
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
        say("there is no event in the input; is the recorder running?")


def _strict_reasons(filtered: Filtered) -> Iterator[str]:
    unknown = len(filtered.notes.unknown_fields)
    if unknown:
        several = "s" if unknown > 1 else ""
        yield f"unknown field{several} left out: the report counts {unknown} name{several}; record what is known"
    if filtered.diagnostics.strokes_of_unknown_kind:
        yield "text was typed where the kind of the field is unknown; let the recorder report field in focus events"
    names = filtered.policy.text.names
    if names == "if installed" and not looks_for_names(names):
        yield (
            "the extra names is not installed, so no model looked for names of people and places: "
            'pip install "reticent[names]", or a policy that says text.names = "off"'
        )
