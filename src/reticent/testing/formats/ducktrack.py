"""Native events as DuckTrack writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, State, Wheel
from reticent.testing.formats._fields import KEY, POINTERS, Fields, has_room, is_named
from reticent.testing.formats._pynput import BUTTON_NAMES, KEY_NAMES, notches

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {**dict.fromkeys((KeyDown, KeyUp), KEY), **POINTERS, State: ("recording",)}
"""What the format can express: named keys with their code, other keys by what they give; pauses of the recorder."""


def can_write(events: Sequence[Event]) -> bool:
    """Whether records tell what these events say.

    >>> can_write([KeyDown(time_us=5, key="a")]), can_write([KeyDown(time_us=5, key="Dead")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    if isinstance(event, State):
        return event.recording is not None
    return is_named(event, KEY_NAMES) if isinstance(event, (KeyDown, KeyUp)) else True


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event that the format can express; others are left out.

    >>> write([KeyDown(time_us=500_000, key="Enter", code="Enter")])
    b'{"time_stamp":0.5,"action":"press","name":"enter"}\\n'
    """
    written = [event for event in events if type(event) in EXPRESSES]
    return msgspec.json.Encoder().encode_lines([_record(event) for event in written])


def _record(event: Event) -> dict[str, Any]:
    at = {"time_stamp": event.time_us / 1_000_000}
    if isinstance(event, (KeyDown, KeyUp)):
        name = KEY_NAMES.get((event.key or "", event.code or ""), event.key)
        return {**at, "action": "press" if isinstance(event, KeyDown) else "release", "name": name}
    if isinstance(event, State):
        return {**at, "action": "resume" if event.recording else "pause"}
    assert isinstance(event, (PointerMove, PointerDown, PointerUp, Wheel))
    place = {"x": event.x, "y": event.y}
    if isinstance(event, Wheel):
        return {**at, "action": "scroll", **place, **notches(event)}
    if isinstance(event, PointerMove):
        return {**at, "action": "move", **place}
    button = {"button": BUTTON_NAMES[event.button], "pressed": isinstance(event, PointerDown)}
    return {**at, "action": "click", **place, **button}
