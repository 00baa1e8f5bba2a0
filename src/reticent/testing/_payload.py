"""Texts that are in the fields of events: every string and number that is not plain vocabulary or an ordinal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from reticent.events import Button, Category, FieldKind, LabelKind, Modifier
from reticent.keys.table import CODES, NAMED_KEYS
from reticent.testing._reading import Event

__all__ = ["payload_views"]

_VOCABULARY: dict[str, frozenset[str]] = {
    "code": CODES,
    "key": NAMED_KEYS,
    "button": frozenset(get_args(Button)),
    "category": frozenset(get_args(Category)),
    "field": frozenset(get_args(FieldKind)),
    "kind": frozenset(get_args(LabelKind)),
    "modifiers": frozenset(get_args(Modifier)),
    "operation": frozenset({"copy", "cut", "paste"}),
}
_ORDINAL = frozenset({"app", "window", "element", "target", "stream", "device", "index", "id"})
_NOT_READ = frozenset({"type", "time_us", "input_type"})


def payload_views(events: Sequence[Event]) -> dict[str, str]:
    """Every string by itself, every number by itself, each field's values in a row, and clicked labels in order."""
    strings: dict[str, None] = {}
    numbers: dict[str, None] = {}
    rows: dict[str, list[str]] = {}
    for event in events:
        for name, value in _values(event):
            if isinstance(value, str):
                strings[value] = None
                rows.setdefault(name, []).append(value)
            else:
                numbers[str(value)] = None
    found = {"payload": "\n".join(strings), "numbers": "\n".join(numbers)}
    found |= {f"payload row {name}": "".join(values) for name, values in rows.items()}
    found["labels"] = "".join(_clicked(events))
    return found


def _clicked(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        hit = event.get("hit")
        if event["type"] == "pointerdown" and hit and hit.get("label"):
            yield str(hit["label"])


def _values(event: Event) -> Iterator[tuple[str, Any]]:
    for name, value in event.items():
        if name not in _NOT_READ:
            yield from _leaves(name, value)


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from _leaves(inner, part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _leaves(name, part)
    elif isinstance(value, bool) or value is None or _is_vocabulary(name, value):
        return
    else:
        yield name, value


def _is_vocabulary(name: str, value: Any) -> bool:
    text = str(value)
    if name in _ORDINAL:
        return re.fullmatch(r"\d{1,6}", text) is not None
    return text in _VOCABULARY.get(name, ())
