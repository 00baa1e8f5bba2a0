"""The grammar of an output, asked of events that are at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reticent.events import EVENT_TYPES
from reticent.grammar import Grammar

__all__ = ["problems"]


def problems(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with an output by ``reticent.grammar.Grammar``, one line each; empty when it is well-formed.

    >>> problems([{"type": "keydown", "time_us": 0, "code": "KeyA"}, {"type": "keyup", "time_us": 9, "code": "KeyA"}])
    []
    >>> problems([{"type": "keyup", "time_us": 7, "code": "KeyA"}])
    ['event 0 (keyup): the first time is 7 us, not 0', 'event 0 (keyup): key goes up that is not down']
    """
    grammar = Grammar()
    found = [(index, text) for index, event in enumerate(events) for text in grammar.check(event)]
    found = sorted(found + grammar.end(), key=lambda pair: pair[0])
    return [f"event {index} ({_type(events[index])}): {text}" for index, text in found]


def _type(event: Mapping[str, Any]) -> str:
    return str(event.get("type")) if event.get("type") in EVENT_TYPES else "unknown type"
