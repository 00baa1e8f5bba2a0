"""openadapt-capture events as JSON lines: ``model_dump_json`` of each event, as its Python interface gives them.

Times are seconds since 1970, places pixels. Scrolling counts notches with ``dy`` positive upwards: ``delta_y`` is -120
a notch of ``dy``, ``delta_x`` 120 a notch of ``dx``. Keys have a name, or the character that they made; ``key_vk`` is a
number of a system that the event does not tell, and the ``canonical_*`` fields say the same once more, without Shift.
Only where there is neither name nor character the canonical ones are read. The rest is left out: it carries the same
letter, or what the screen showed.

Events of which it made one (``key.type``, ``key.shortcut``, ``mouse.singleclick``, ``mouse.doubleclick``,
``mouse.drag``) are read as their ``children``; their own text and places only when they have none: ``text`` as an
``input``, a shortcut and a click as keys and buttons that go down and up at once. ``screen.frame`` is a ``frame``;
``audio.chunk`` has no place in a stream of events and is left out.

Source: openadapt-capture 1.3.0, ``events.py``, ``processing.py``, ``input_observer/``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from reticent.events import Button, Event, Frame, Input, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.openadapt import key_fields
from reticent.keys.pynput import BUTTONS, KeyFields
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource
from reticent.reading.notes import FieldError, Notes
from reticent.reading.records import RecordFormat
from reticent.reading.schema import Schema
from reticent.reading.times import microseconds

__all__ = ["from_record", "read", "recognises"]

_NOTCH = 120
_MODIFIERS = {"ctrl": "ctrl_l", "alt": "alt_l", "shift": "shift_l", "meta": "cmd_l"}


class _Record(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="type"):
    timestamp: int | float
    source_ordinal: Any = None

    def us(self) -> int:
        return microseconds(self.timestamp, "seconds", "timestamp")


class _Action(_Record, kw_only=True):
    structural_observation: Any = None
    screenshot_timestamp: Any = None
    screenshot_source_ordinal: Any = None
    after_screenshot_timestamp: Any = None
    after_screenshot_source_ordinal: Any = None
    window_event_timestamp: Any = None
    window_event_source_ordinal: Any = None
    after_window_event_timestamp: Any = None
    after_window_event_source_ordinal: Any = None
    window_geometry_generation: Any = None
    after_window_geometry_generation: Any = None


class _Key(_Action):
    key_name: str | None = None
    key_char: str | None = None
    key_vk: Any = None
    canonical_key_name: str | None = None
    canonical_key_char: str | None = None
    canonical_key_vk: Any = None

    def fields(self) -> KeyFields:
        fields = key_fields(self.key_name, self.key_char)
        return fields or key_fields(self.canonical_key_name, self.canonical_key_char)


class _KeyDown(_Key, tag="key.down"):
    def events(self) -> list[Event]:
        return [KeyDown(time_us=self.us(), **self.fields())]


class _KeyUp(_Key, tag="key.up"):
    def events(self) -> list[Event]:
        return [KeyUp(time_us=self.us(), **self.fields())]


class _Point(_Action, kw_only=True):
    x: int | float
    y: int | float

    def press(self, name: str) -> Event:
        return PointerDown(time_us=self.us(), x=self.x, y=self.y, button=_button(name))

    def lift(self, name: str, dx: float = 0, dy: float = 0) -> Event:
        return PointerUp(time_us=self.us(), x=self.x + dx, y=self.y + dy, button=_button(name))


class _Move(_Point, tag="mouse.move"):
    def events(self) -> list[Event]:
        return [PointerMove(time_us=self.us(), x=self.x, y=self.y)]


class _Down(_Point, kw_only=True, tag="mouse.down"):
    button: str

    def events(self) -> list[Event]:
        return [self.press(self.button)]


class _Up(_Point, kw_only=True, tag="mouse.up"):
    button: str

    def events(self) -> list[Event]:
        return [self.lift(self.button)]


class _Scroll(_Point, kw_only=True, tag="mouse.scroll"):
    dx: int | float
    dy: int | float

    def events(self) -> list[Event]:
        delta_x, delta_y = _NOTCH * self.dx, -_NOTCH * self.dy
        return [Wheel(time_us=self.us(), x=self.x, y=self.y, delta_x=delta_x, delta_y=delta_y)]


class _Click(_Point, kw_only=True, tag="mouse.singleclick"):
    button: str
    children: list[dict[str, Any]] = []

    def events(self) -> list[Event]:
        return [self.press(self.button), self.lift(self.button)]


class _DoubleClick(_Click, tag="mouse.doubleclick"):
    def events(self) -> list[Event]:
        return super().events() * 2


class _Drag(_Click, kw_only=True, tag="mouse.drag"):
    dx: int | float
    dy: int | float

    def events(self) -> list[Event]:
        return [self.press(self.button), self.lift(self.button, self.dx, self.dy)]


class _Type(_Action, kw_only=True, tag="key.type"):
    text: str
    children: list[dict[str, Any]] = []

    def events(self) -> list[Event]:
        return [Input(time_us=self.us(), input_type="insertText", data=self.text)]


class _Shortcut(_Action, kw_only=True, tag="key.shortcut"):
    modifiers: list[str]
    key: str
    children: list[dict[str, Any]] = []

    def events(self) -> list[Event]:
        if not _MODIFIERS.keys() >= set(self.modifiers):
            raise FieldError(f"modifiers: must be of {', '.join(_MODIFIERS)}")
        pressed = [key_fields(_MODIFIERS[name], None) for name in self.modifiers]
        pressed.append(key_fields(self.key, self.key if len(self.key) == 1 else None))
        downs: list[Event] = [KeyDown(time_us=self.us(), **key) for key in pressed]
        return [*downs, *(KeyUp(time_us=self.us(), **key) for key in reversed(pressed))]


class _Frame(_Record, tag="screen.frame"):
    image_path: str | None = None
    video_timestamp: Any = None
    width: Any = None
    height: Any = None

    def events(self) -> list[Event]:
        return [Frame(time_us=self.us(), id=self.image_path)]


class _Audio(_Record, tag="audio.chunk"):
    start_time: Any = None
    end_time: Any = None
    transcription: Any = None

    def events(self) -> list[Event]:
        return []


_RAW = (_KeyDown, _KeyUp, _Move, _Down, _Up, _Scroll)
_MADE = (_Click, _DoubleClick, _Drag, _Type, _Shortcut)
_SCHEMA = Schema("type", {str(kind.__struct_config__.tag): kind for kind in (*_RAW, *_MADE, _Frame, _Audio)})
_CHILDREN = Schema("type", {str(kind.__struct_config__.tag): kind for kind in _RAW})


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of openadapt-capture, a list at a time; bad lines and unknown fields as in ``native.read``.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> list(read(io.BytesIO(b'{"timestamp":1700000000.2,"type":"key.down","key_name":"backspace"}')))
    [[KeyDown(time_us=1700000000200000, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def from_record(record: dict[str, Any], notes: Notes) -> list[Event]:
    """Events of one event of openadapt-capture as a dict, as ``model_dump`` gives it.

    Raises:
        FieldError: it does not fit.

    >>> from_record({"timestamp": 1.5, "type": "mouse.move", "x": 1.0, "y": 2.0}, Notes())
    [PointerMove(time_us=1500000, ...)]
    """
    return _expanded(_SCHEMA.build(*_SCHEMA.select(record, notes)), notes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"timestamp":1.5,"type":"mouse.move","x":100.0,"y":200.0}')))
    True
    """
    record = head.record
    return (
        isinstance(record, dict)
        and isinstance(record.get("type"), str)
        and record["type"] in _SCHEMA.types
        and isinstance(record.get("timestamp"), int | float)
    )


def _expanded(record: Any, notes: Notes) -> list[Event]:
    """Events of the children of a record, or its own where it has none."""
    children = getattr(record, "children", ())
    records = [_CHILDREN.build(*_CHILDREN.select(child, notes)) for child in children] or [record]
    return [event for each in records for event in each.events()]


def _button(name: str) -> Button:
    button = BUTTONS.get(name)
    if button is None:
        raise FieldError(f"button: must be one of {', '.join(BUTTONS)}")
    return button


_LINES = RecordFormat(_SCHEMA, lambda notes: partial(_expanded, notes=notes))
