"""A small language for keystroke scripts: who types what, where and how, expanded to native events.

A script is a row of statements ``verb[:argument[->argument...]][*count]`` parted by white space; arguments with
blanks are JSON strings. Time is a fixed function of the script, so an expansion is the same on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from reticent.errors import FormatError, PolicyError
from reticent.testing._verbs import Verbs

__all__ = ["Expansion", "expand"]

_ARGUMENT = r'"(?:[^"\\]|\\.)*"|[^\s"]+?'
_STATEMENT = re.compile(rf"\s*([a-z]+)(?::({_ARGUMENT})((?:->(?:{_ARGUMENT}))*))?(?:\*(\d+))?(?=\s|$)")
_FURTHER = re.compile(rf"->({_ARGUMENT})(?=->|$)")


class Expansion(NamedTuple):
    """What a script says.

    Attributes:
        events: native wire-format dicts, in arrival order.
        fault_at: index of the first event after the first ``fault`` statement; ``None`` without one.
        faults: names given to ``fault`` statements, in order.
    """

    events: list[dict[str, Any]]
    fault_at: int | None = None
    faults: tuple[str, ...] = ()


def expand(script: str, config: Mapping[str, Any] = MappingProxyType({})) -> Expansion:
    """Expand ``script`` to native events.

    Of ``config`` two keys act here: ``strip_key`` leaves only codes on printable keys, as an evdev recorder does,
    and ``ctrl_chars`` writes Ctrl+letter as a control character, as some hooks do.

    Raises:
        FormatError: a statement cannot be read; names its number and verb, never its content.

    >>> [event["type"] for event in expand('focus:"notes/n" type:"a"').events]
    ['focus', 'keydown', 'keyup']
    >>> expand('type:"a" jump:3')
    Traceback (most recent call last):
        ...
    reticent.errors.FormatError: statement 2 (jump): no such verb; see the list of verbs
    """
    typist = Verbs()
    for number, verb, arguments, count in _statements(script):
        if verb == "eof":
            break
        action = getattr(typist, f"do_{verb}", None)
        if action is None:
            raise FormatError(f"statement {number} ({verb}): no such verb; see the list of verbs")
        try:
            for _ in range(count):
                action(verb, *arguments)
        except (TypeError, ValueError, KeyError, OverflowError, PolicyError):
            raise FormatError(f"statement {number} ({verb}): cannot read its argument; see the verb's form") from None
    events = [_as_recorded(event, config) for event in typist.events]
    return Expansion(events, typist.fault_at, tuple(typist.faults))


def _statements(script: str) -> Iterator[tuple[int, str, list[str], int]]:
    position, number, end = 0, 0, len(script.rstrip())
    while position < end:
        number += 1
        match = _STATEMENT.match(script, position)
        if match is None:
            head = re.match(r"\s*([a-z]*)", script[position:])
            name = head[1] if head and hasattr(Verbs, f"do_{head[1]}") else "no verb"
            raise FormatError(f"statement {number} ({name}): not of the form verb:argument*count; check its quotes")
        position = match.end()
        arguments = [] if match[2] is None else [match[2], *_FURTHER.findall(match[3])]
        try:
            values = [json.loads(text) if text.startswith('"') else text for text in arguments]
        except ValueError:
            raise FormatError(f"statement {number} ({match[1]}): argument is not a JSON string; check it") from None
        yield number, match[1], values, int(match[4] or 1)


def _as_recorded(event: dict[str, Any], config: Mapping[str, Any]) -> dict[str, Any]:
    """What a recorder of the configured kind would have written."""
    key, held = event.get("key"), event.get("modifiers", ())
    if key is None or len(key) != 1:
        return event
    if config.get("ctrl_chars") and "Control" in held and "Alt" not in held and key.isascii() and key.isalpha():
        event["key"] = chr(ord(key) & 0x1F)
    if config.get("strip_key"):
        del event["key"]
    return event
