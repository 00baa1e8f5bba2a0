"""macOS event taps as JSON lines: the fields of ``CGEvent``, by the names that Apple documents.

One object for each event of the tap. ``type`` is a ``CGEventType``, as a number or by its name in Swift; ``flags``,
``timestamp`` and ``location`` are properties of the event; the others are its ``CGEventField`` values, and
``unicodeString`` is what ``CGEventKeyboardGetUnicodeString`` gives::

    {"type":10,"timestamp":8640000000000,"flags":131330,"keyboardEventKeycode":4,"keyboardEventAutorepeat":0,
     "unicodeString":"H"}
    {"type":"flagsChanged","timestamp":8640000100000,"flags":256,"keyboardEventKeycode":56}
    {"type":"leftMouseDown","timestamp":8640000200000,"flags":256,"location":{"x":812.5,"y":440.0}}
    {"type":"scrollWheel","timestamp":8640000300000,"location":{"x":812.5,"y":440.0},"scrollWheelEventDeltaAxis1":-1}

* ``timestamp`` is in nanoseconds since the system started, as ``CGEventGetTimestamp`` is documented; a recorder that
  has ticks of another clock (``mach_absolute_time``) must convert them.
* Modifiers come only as ``flagsChanged``: whether such a key went down or up is read off the flags; CapsLock, which
  shows only that it changed, goes down and up at once. Key events also carry ``flags`` as ``modifiers``.
* ``keyboardEventKeycode`` gives the physical key and the named ones, ``unicodeString`` what the others type: a control
  character with Control, ``"ç"`` with Option; empty for a dead key, whose accent is not known.
* ``eventSourceUnixProcessID`` above 0 is ``injected``: a program posted the event.
* ``location`` is in points, and so are ``x`` and ``y``. Dragging is moving.
* The wheel counts lines, positive upwards and to the left: a line is 120. Where it is continuous
  (``scrollWheelEventIsContinuous``) points are counted, ten a line.
* While a tap was disabled events were missed: a discontinuity. While a password field has Secure Event Input on, the
  tap gets no keys and no notice: a gap in keys may be a password.

Source: Apple, Core Graphics: ``CGEventType``, ``CGEventField``, ``CGEventFlags``, ``CGEventTimestamp``; IOLLEvent.h.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import methodcaller
from typing import Any

import msgspec

from reticent.events import (
    Button,
    Discontinuity,
    Event,
    KeyDown,
    KeyUp,
    Modifier,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)
from reticent.keys.macos import CODES, FLAGS, KEYS, MODIFIERS
from reticent.keys.pynput import KeyFields
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource
from reticent.reading.notes import FieldError, Notes
from reticent.reading.records import RecordFormat
from reticent.reading.schema import Schema
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_LINE = 120
_POINT = 12
_CAPS_LOCK = 0x39

_TYPES = {
    1: "leftMouseDown", 2: "leftMouseUp", 3: "rightMouseDown", 4: "rightMouseUp", 5: "mouseMoved",
    6: "leftMouseDragged", 7: "rightMouseDragged", 10: "keyDown", 11: "keyUp", 12: "flagsChanged", 22: "scrollWheel",
    25: "otherMouseDown", 26: "otherMouseUp", 27: "otherMouseDragged",
    0xFFFFFFFE: "tapDisabledByTimeout", 0xFFFFFFFF: "tapDisabledByUserInput",
}  # fmt: skip
_BUTTONS: tuple[Button, ...] = ("left", "right", "middle", "back", "forward")


class _Location(msgspec.Struct, kw_only=True, gc=False):
    x: int | float
    y: int | float


class _Record(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, rename="camel", tag_field="type"):
    timestamp: int | float
    flags: int = 0
    location: _Location | None = None
    event_source_unix_process_id: int | None = msgspec.field(name="eventSourceUnixProcessID", default=None)

    def us(self) -> int:
        return microseconds(self.timestamp, "nanoseconds", "timestamp")

    def injected(self) -> bool | None:
        process = self.event_source_unix_process_id
        return None if process is None else process > 0

    def modifiers(self) -> tuple[Modifier, ...]:
        return tuple(name for flag, name in FLAGS.items() if self.flags & flag)

    def xy(self) -> tuple[int | float, int | float]:
        if self.location is None:
            raise FieldError("location: missing; it is required")
        return self.location.x, self.location.y


class _Key(_Record, kw_only=True):
    flags: int
    keyboard_event_keycode: int
    keyboard_event_autorepeat: int | bool = 0
    keyboard_event_keyboard_type: Any = None
    unicode_string: str | None = None

    def fields(self) -> KeyFields:
        code, key = CODES.get(self.keyboard_event_keycode), KEYS.get(self.keyboard_event_keycode)
        text = self.unicode_string
        if key is not None or text is None:
            return {"key": key, "code": code}
        if len(text) > 1:
            return {"text": text, "code": code}
        return {"key": text or "Dead", "code": code}


class _KeyDown(_Key, tag="keyDown"):
    def events(self, held: set[int]) -> list[Event]:
        repeat = bool(self.keyboard_event_autorepeat)
        modifiers, injected = self.modifiers(), self.injected()
        return [KeyDown(time_us=self.us(), repeat=repeat, modifiers=modifiers, injected=injected, **self.fields())]


class _KeyUp(_Key, tag="keyUp"):
    def events(self, held: set[int]) -> list[Event]:
        return [KeyUp(time_us=self.us(), modifiers=self.modifiers(), injected=self.injected(), **self.fields())]


class _FlagsChanged(_Key, tag="flagsChanged"):
    def events(self, held: set[int]) -> list[Event]:
        number = self.keyboard_event_keycode
        if number not in MODIFIERS:
            return []  # the system does not know which key it was; the flags of the next key tell
        key, code = KEYS.get(number), CODES.get(number)
        more: Any = {"modifiers": self.modifiers(), "injected": self.injected()}
        down = KeyDown(time_us=self.us(), key=key, code=code, **more)
        up = KeyUp(time_us=self.us(), key=key, code=code, **more)
        if number == _CAPS_LOCK:
            return [down, up]
        if self._is_down(number, held):
            held.add(number)
            return [down]
        held.discard(number)
        return [up]

    def _is_down(self, number: int, held: set[int]) -> bool:
        flag, side = MODIFIERS[number]
        if not self.flags & flag:
            return False
        sides = [other.side for other in MODIFIERS.values() if other.flag == flag]
        # Events that a program made may tell no side: then a key that was down has gone up.
        return bool(self.flags & side) if any(self.flags & each for each in sides) else number not in held


class _Pointer(_Record, kw_only=True):
    mouse_event_button_number: int | None = None
    mouse_event_click_state: Any = None
    mouse_event_delta_x: Any = None
    mouse_event_delta_y: Any = None
    mouse_event_pressure: Any = None
    mouse_event_subtype: Any = None

    def events(self, held: set[int]) -> list[Event]:
        kind = str(self.__struct_config__.tag)
        x, y = self.xy()
        if kind.endswith(("Moved", "Dragged")):
            return [PointerMove(time_us=self.us(), x=x, y=y)]
        number = {"l": 0, "r": 1}.get(kind[0], self.mouse_event_button_number)
        if number is None or not 0 <= number < len(_BUTTONS):
            raise FieldError("mouseEventButtonNumber: must be 2 (middle), 3 (back) or 4 (forward)")
        event = PointerDown if kind.endswith("Down") else PointerUp
        return [event(time_us=self.us(), x=x, y=y, button=_BUTTONS[number])]


class _Scroll(_Record, kw_only=True, tag="scrollWheel"):
    scroll_wheel_event_delta_axis1: int | float = 0
    scroll_wheel_event_delta_axis2: int | float = 0
    scroll_wheel_event_point_delta_axis1: int | float = 0
    scroll_wheel_event_point_delta_axis2: int | float = 0
    scroll_wheel_event_is_continuous: int | bool = 0
    scroll_wheel_event_fixed_pt_delta_axis1: Any = None
    scroll_wheel_event_fixed_pt_delta_axis2: Any = None
    scroll_wheel_event_scroll_phase: Any = None
    scroll_wheel_event_momentum_phase: Any = None

    def events(self, held: set[int]) -> list[Event]:
        x, y = self.xy()
        up = _LINE * self.scroll_wheel_event_delta_axis1
        left = _LINE * self.scroll_wheel_event_delta_axis2
        if self.scroll_wheel_event_is_continuous:
            up = _POINT * self.scroll_wheel_event_point_delta_axis1
            left = _POINT * self.scroll_wheel_event_point_delta_axis2
        return [Wheel(time_us=self.us(), x=x, y=y, delta_x=-left, delta_y=-up)]


class _Disabled(_Record):
    def events(self, held: set[int]) -> list[Event]:
        held.clear()
        return [Discontinuity(time_us=self.us())]


def _kinds() -> dict[str, type[msgspec.Struct]]:
    """Record types by name; those of buttons and of disabled taps differ in nothing else."""
    kinds: dict[str, type[msgspec.Struct]] = {
        "keyDown": _KeyDown, "keyUp": _KeyUp, "flagsChanged": _FlagsChanged, "scrollWheel": _Scroll,
    }  # fmt: skip
    for name in _TYPES.values():
        base = _Disabled if name.startswith("tap") else _Pointer
        if name not in kinds:
            kinds[name] = msgspec.defstruct(f"_{name}", [], bases=(base,), kw_only=True, tag=name)
    return kinds


_SCHEMA = Schema("type", _kinds())


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of an event tap, a list at a time; bad lines and unknown fields as in ``native.read``.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> line = b'{"type":10,"timestamp":1500,"flags":256,"keyboardEventKeycode":4,"unicodeString":"h"}'
    >>> list(read(io.BytesIO(line)))
    [[KeyDown(time_us=2, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"type":5,"timestamp":1500,"location":{"x":1.0,"y":2.0}}')))
    True
    """
    record = head.record
    if not isinstance(record, dict) or not isinstance(record.get("timestamp"), int | float):
        return False
    has_more = isinstance(record.get("flags"), int) or isinstance(record.get("location"), dict)
    kind = record.get("type")
    return has_more and (
        (isinstance(kind, int) and kind in _TYPES) or (isinstance(kind, str) and kind in _SCHEMA.types)
    )


def _named(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the name of its type."""
    kind = record.get("type")
    return {**record, "type": _TYPES.get(kind, f"type{kind}")} if isinstance(kind, int) else record


_LINES = RecordFormat(_SCHEMA, lambda notes: methodcaller("events", set()), _named)
