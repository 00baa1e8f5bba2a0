"""Native events as an event tap of macOS gets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.macos import CODES, FLAGS, KEYS, MODIFIERS
from reticent.keys.table import NAMED_KEYS
from reticent.testing.formats._fields import KEY, POINTERS, Fields, has_room

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {**dict.fromkeys((KeyDown, KeyUp), (*KEY, "injected", "text")), **POINTERS}
"""What the format can express: keys of which macOS has a number, with ``modifiers`` that agree with the modifier keys
that are down. CapsLock goes down and up at once. The wheel turns by lines. No ``device``, ``composing``, ``hit``."""

_NUMBERS = {code: number for number, code in CODES.items()}
_FLAG = {name: flag for flag, name in FLAGS.items()}
_CAPS_LOCK = _NUMBERS["CapsLock"]
_BUTTONS = {
    "left": ("left", 0),
    "right": ("right", 1),
    "middle": ("other", 2),
    "back": ("other", 3),
    "forward": ("other", 4),
}


def can_write(events: Sequence[Event]) -> bool:
    """Whether events of a tap tell what these say.

    >>> can_write([KeyDown(time_us=5, code="KeyA", key="a")]), can_write([KeyDown(time_us=5, key="a")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    return event.code in _NUMBERS if isinstance(event, (KeyDown, KeyUp)) else True


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event of the tap; what the format cannot express is left out.

    >>> write([PointerMove(time_us=5, x=1.0, y=2.0)])
    b'{"type":5,"timestamp":5000,"flags":256,"location":{"x":1.0,"y":2.0}}\\n'
    """
    held: set[int] = set()
    records = [_record(event, held) for event in events if type(event) in EXPRESSES]
    return msgspec.json.Encoder().encode_lines([record for record in records if record])


def _record(event: Event, held: set[int]) -> dict[str, Any]:
    if isinstance(event, (KeyDown, KeyUp)):
        number = _NUMBERS.get(event.code or "")
        return {} if number is None else _key(event, number, held)
    assert isinstance(event, (PointerMove, PointerDown, PointerUp, Wheel))
    rest = {"timestamp": 1000 * event.time_us, "flags": 0x100, "location": {"x": event.x, "y": event.y}}
    if isinstance(event, PointerMove):
        return {"type": 5, **rest}
    if isinstance(event, Wheel):
        axes = {"scrollWheelEventDeltaAxis1": -event.delta_y / 120, "scrollWheelEventDeltaAxis2": -event.delta_x / 120}
        return {"type": 22, **rest, **axes}
    side, number = _BUTTONS[event.button]
    phase = "Down" if isinstance(event, PointerDown) else "Up"
    return {"type": f"{side}Mouse{phase}", **rest, "mouseEventButtonNumber": number}


def _key(event: KeyDown | KeyUp, number: int, held: set[int]) -> dict[str, Any]:
    is_down = isinstance(event, KeyDown)
    if number in MODIFIERS and number != _CAPS_LOCK:
        (held.add if is_down else held.discard)(number)
    elif number == _CAPS_LOCK and not is_down:
        return {}
    flags = 0x100
    for name in event.modifiers:
        flags |= _FLAG.get(name, 0)
    for key in held:
        flags |= MODIFIERS[key].flag | MODIFIERS[key].side
    record = {"timestamp": 1000 * event.time_us, "flags": flags, "keyboardEventKeycode": number}
    if event.injected is not None:
        record["eventSourceUnixProcessID"] = int(event.injected)
    if number in MODIFIERS:
        return {"type": 12, **record}
    text = "" if event.key == "Dead" else event.text if event.key is None or event.key in NAMED_KEYS else event.key
    typed = {} if number in KEYS or text is None else {"unicodeString": text}
    return {"type": 10 if is_down else 11, **record, "keyboardEventAutorepeat": int(event.repeat), **typed}
