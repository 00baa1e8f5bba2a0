"""Native events as NAPsack writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.testing.formats._fields import KEY, POINTERS, Fields, has_room, is_named
from reticent.testing.formats._pynput import BUTTON_NAMES, KEY_NAMES, notches

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {**dict.fromkeys((KeyDown, KeyUp), KEY), **POINTERS}
"""What the format can express: named keys with their code, other keys by what they give, without a ``code``. No
``repeat``, ``modifiers``, ``device``, ``injected``, ``composing``, ``text``, ``dead``, ``hit``."""

_MONITOR = {"left": 0, "top": 0, "width": 1920, "height": 1080}


def can_write(events: Sequence[Event]) -> bool:
    """Whether records tell what these events say.

    >>> can_write([KeyDown(time_us=5, key="a")]), can_write([KeyDown(time_us=5, key="Dead")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    return is_named(event, KEY_NAMES) if isinstance(event, (KeyDown, KeyUp)) else True


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event that the format can express; others are left out.

    >>> b'"details":{"key":"Key.enter"}' in write([KeyDown(time_us=5, key="Enter", code="Enter")])
    True
    """
    return msgspec.json.Encoder().encode_lines([_record(event) for event in events if type(event) in EXPRESSES])


def _record(event: Event) -> dict[str, Any]:
    kind, details = _details(event)
    return {
        "timestamp": event.time_us / 1_000_000,
        "monitor_index": 0,
        "monitor": _MONITOR,
        "event_type": kind,
        "details": details,
        "cursor_position": [0, 0],
    }


def _details(event: Event) -> tuple[str, dict[str, Any]]:
    if isinstance(event, (KeyDown, KeyUp)):
        name = KEY_NAMES.get((event.key or "", event.code or ""))
        kind = "key_press" if isinstance(event, KeyDown) else "key_release"
        char = event.key if event.key is not None and len(event.key) == 1 else None
        return kind, {"key": char if name is None else f"Key.{name}"}
    assert isinstance(event, (PointerMove, PointerDown, PointerUp, Wheel))
    at = {"x": event.x, "y": event.y}
    if isinstance(event, Wheel):
        return "mouse_scroll", {**at, **notches(event)}
    if isinstance(event, PointerMove):
        return "mouse_move", at
    kind = "mouse_down" if isinstance(event, PointerDown) else "mouse_up"
    return kind, {**at, "button": f"Button.{BUTTON_NAMES[event.button]}"}
