"""Native events as the JSON lines of pynput's callbacks, with the key codes of macOS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys import macos
from reticent.keys.table import NAMED_KEYS
from reticent.testing.formats._fields import KEY, POINTERS, Fields, has_room, is_named
from reticent.testing.formats._pynput import BUTTON_NAMES, KEY_NAMES, notches

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {**dict.fromkeys((KeyDown, KeyUp), (*KEY, "injected", "text", "dead")), **POINTERS}
"""What the format can express: keys with a ``key``, and a ``code`` that macOS has a number for; ``injected`` of keys.
No ``repeat``, ``modifiers``, ``device``, ``composing``, ``hit``; a wheel turns by whole notches."""

_NUMBERS = {code: number for number, code in macos.CODES.items()}


def can_write(events: Sequence[Event]) -> bool:
    """Whether records tell what these events say.

    >>> can_write([KeyDown(time_us=5, key="a")]), can_write([KeyDown(time_us=5, key="Process")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    if not isinstance(event, (KeyDown, KeyUp)) or (event.key == "Dead" and event.dead is not None):
        return True
    return event.dead is None and (is_named(event, KEY_NAMES) or (event.key is None and event.code in _NUMBERS))


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event that the format can express; others are left out.

    >>> write([KeyDown(time_us=5, key="Enter", code="Enter")])
    b'{"pynput":"press","time_us":5,"name":"enter"}\\n'
    """
    return msgspec.json.Encoder().encode_lines([_record(event) for event in events if type(event) in EXPRESSES])


def _record(event: Event) -> dict[str, Any]:
    if isinstance(event, (KeyDown, KeyUp)):
        kind = "press" if isinstance(event, KeyDown) else "release"
        injected = {} if event.injected is None else {"injected": event.injected}
        return {"pynput": kind, "time_us": event.time_us, **_key(event), **injected}
    assert isinstance(event, (PointerMove, PointerDown, PointerUp, Wheel))
    at = {"time_us": event.time_us, "x": event.x, "y": event.y}
    if isinstance(event, Wheel):
        return {"pynput": "scroll", **at, **notches(event)}
    if isinstance(event, PointerMove):
        return {"pynput": "move", **at}
    return {"pynput": "click", **at, "button": BUTTON_NAMES[event.button], "pressed": isinstance(event, PointerDown)}


def _key(event: KeyDown | KeyUp) -> dict[str, Any]:
    name = KEY_NAMES.get((event.key or "", event.code or ""))
    if name is not None:
        return {"name": name}
    number = _NUMBERS.get(event.code or "")
    numbered = {} if number is None else {"vk": number, "system": "macos"}
    if event.key == "Dead":
        return {"char": event.dead, "dead": True, **numbered}
    return {"char": event.text if event.key is None or event.key in NAMED_KEYS else event.key, **numbered}
