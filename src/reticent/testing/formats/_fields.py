"""Which events a format has room for."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from itertools import pairwise

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel

__all__ = [
    "BUTTON",
    "KEY",
    "MOVE",
    "POINTERS",
    "WHEEL",
    "Fields",
    "has_room",
    "in_order",
    "is_named",
    "is_told_by_code",
]

Fields = Mapping[type, Collection[str]]
"""What a format can express: fields by type of event. ``time_us`` goes without saying.

Named are also fields that other fields or events tell: ``code`` of a key that has a ``key`` and ``key`` of one that has
a ``code``, ``modifiers`` by modifier keys that go down and up, ``repeat`` by a second down without an up.
"""

KEY = ("code", "key", "modifiers", "repeat")
MOVE = ("x", "y")
BUTTON = ("x", "y", "button")
_SAY_NOTHING = ("Dead", "Process", "Unidentified")
WHEEL = ("x", "y", "delta_x", "delta_y")
POINTERS: Fields = {PointerMove: MOVE, **dict.fromkeys((PointerDown, PointerUp), BUTTON), Wheel: WHEEL}


def has_room(event: Event, fields: Fields) -> bool:
    """Whether there is a place for each field of the event that is not at its default.

    >>> from reticent.events import KeyDown
    >>> [has_room(KeyDown(time_us=0, key="a", composing=is_it), {KeyDown: KEY}) for is_it in (False, True)]
    [True, False]
    """
    room = fields.get(type(event))
    return room is not None and {"type", "time_us", *room} >= msgspec.to_builtins(event).keys()


def is_told_by_code(event: KeyDown | KeyUp, codes: Container[str]) -> bool:
    """Whether a layout can tell what the key gives: one of ``codes``, or nothing is known of the key.

    >>> is_told_by_code(KeyDown(time_us=0, code="KeyE", key="Dead"), {"KeyE"})
    False
    """
    return event.key not in _SAY_NOTHING and (event.code in codes if event.code else event.key is None)


def is_named(event: KeyDown | KeyUp, names: Container[tuple[str | None, str]]) -> bool:
    """Whether the key is told by its name, one of ``names`` (key, code), or by the one character that it gives.

    >>> [is_named(KeyDown(time_us=0, key=key), ()) for key in ("a", "F1")]
    [True, False]
    """
    if event.key is None:
        return event.code is None or (None, event.code) in names
    return (event.key, event.code or "") in names or len(event.key) == 1


def in_order(events: Sequence[Event]) -> bool:
    """Whether time never goes back, as in a format that sorts by time.

    >>> in_order([KeyDown(time_us=5), KeyUp(time_us=4)])
    False
    """
    return all(event.time_us <= following.time_us for event, following in pairwise(events))
