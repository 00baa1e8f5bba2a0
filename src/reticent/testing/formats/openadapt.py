"""Native events as public events of openadapt-capture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reticent.events import Event, Frame, Input, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.openadapt import NAMES
from reticent.keys.table import NAMED_KEYS
from reticent.testing.formats._fields import KEY, POINTERS, Fields, has_room, is_named
from reticent.testing.formats._pynput import BUTTON_NAMES, notches

__all__ = ["EXPRESSES", "can_write", "record_of", "write"]

EXPRESSES: Fields = {
    **dict.fromkeys((KeyDown, KeyUp), (*KEY, "text")), **POINTERS,
    Input: ("input_type", "data"), Frame: ("id",),
}  # fmt: skip
"""What the format can express: named keys with their code, other keys by what they give, without a ``code``; an
``input`` that inserts text. No ``repeat``, ``modifiers``, ``device``, ``injected``, ``composing``, ``dead``.
No ``hit`` of a button."""

_NAMES = {pair: name for name, pair in reversed(NAMES.items())}


def can_write(events: Sequence[Event]) -> bool:
    """Whether records tell what these events say.

    >>> can_write([KeyDown(time_us=5, key="a")]), can_write([KeyDown(time_us=5, key="Dead")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    if isinstance(event, Input):
        return event.input_type == "insertText" and event.data is not None
    return is_named(event, _NAMES) if isinstance(event, (KeyDown, KeyUp)) else True


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event that the format can express; others are left out.

    >>> write([KeyDown(time_us=500_000, key="Enter", code="Enter")])
    b'{"timestamp":0.5,"type":"key.down","key_name":"enter","canonical_key_name":"enter"}\\n'
    """
    written = [event for event in events if type(event) in EXPRESSES and (type(event) is not Input or _is_told(event))]
    return msgspec.json.Encoder().encode_lines([record_of(event) for event in written])


def record_of(event: Event) -> dict[str, Any]:
    """One event as ``model_dump`` gives it.

    >>> record_of(PointerMove(time_us=500_000, x=1, y=2))
    {'timestamp': 0.5, 'type': 'mouse.move', 'x': 1, 'y': 2}
    """
    at: dict[str, Any] = {"timestamp": event.time_us / 1_000_000}
    if isinstance(event, (KeyDown, KeyUp)):
        return {**at, "type": "key.down" if isinstance(event, KeyDown) else "key.up", **_key(event)}
    if isinstance(event, Input):
        return {**at, "type": "key.type", "text": event.data, "children": []}
    if isinstance(event, Frame):
        return {**at, "type": "screen.frame", "image_path": event.id, "width": 1920, "height": 1080}
    assert isinstance(event, (PointerMove, PointerDown, PointerUp, Wheel))
    place = {"x": event.x, "y": event.y}
    if isinstance(event, Wheel):
        return {**at, "type": "mouse.scroll", **place, **notches(event)}
    if isinstance(event, PointerMove):
        return {**at, "type": "mouse.move", **place}
    kind = "mouse.down" if isinstance(event, PointerDown) else "mouse.up"
    return {**at, "type": kind, **place, "button": BUTTON_NAMES[event.button]}


def _key(event: KeyDown | KeyUp) -> dict[str, Any]:
    name = _NAMES.get((event.key, event.code or ""))
    if name is not None:
        return {"key_name": name, "canonical_key_name": name}
    char = event.text if event.key is None or event.key in NAMED_KEYS else event.key
    return {} if char is None else {"key_char": char, "canonical_key_char": char.lower()}
