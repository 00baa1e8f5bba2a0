"""NAPsack ``input_events.jsonl``: keyboard and mouse recorded with pynput.

Times are seconds since 1970. Keys are pynput's: a bare character, ``"Key.name"``, or null where pynput gives no
character (the numpad on some systems): then something was typed, unknown what. Control characters of chords are kept;
a key that repeats is pressed again and again. Places are those of the whole desktop in pixels; ``monitor``,
``monitor_index`` and ``cursor_position`` say nothing more and are left out. ``scroll`` counts notches with ``dy``
positive upwards: ``delta_y`` is -120 a notch of ``dy``, ``delta_x`` 120 a notch of ``dx``.

With ``-a`` on macOS every press carries the accessibility attributes of the focused element, and every click those of
the element that was hit. Role and identifier become a ``Focus`` when they change, role and title of what was hit a
``hit``; ``AXValue`` and all other attributes are content and are left out. A field whose role description is that of a
secure one, or whose value shows as bullets, is a password field.

Source: napsack 0.1.3, ``record/models/event.py``, ``record/handlers/*.py``, ``record/workers/save.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import methodcaller
from typing import Any

import msgspec

from reticent.events import Event, FieldKind, Hit, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.pynput import BUTTONS, KEYS
from reticent.reading.fields import role_kind
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource
from reticent.reading.notes import FieldError, Notes
from reticent.reading.places import Place
from reticent.reading.records import RecordFormat
from reticent.reading.schema import Schema
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_NOTCH = 120
_KEY = "Key."
_BUTTON = "Button."


class _Element(msgspec.Struct, kw_only=True, gc=False):
    role: str | None = msgspec.field(name="AXRole", default=None)
    subrole: Any = msgspec.field(name="AXSubrole", default=None)
    description: str | None = msgspec.field(name="AXRoleDescription", default=None)
    identifier: Any = msgspec.field(name="AXIdentifier", default=None)
    dom_identifier: Any = msgspec.field(name="AXDOMIdentifier", default=None)
    title: Any = msgspec.field(name="AXTitle", default=None)
    value: Any = msgspec.field(name="AXValue", default=None)

    def field(self) -> FieldKind:
        """Kind of field; of the value only is asked whether it is hidden."""
        return role_kind(self.role, self.subrole, description=self.description, value=self.value)

    def name(self) -> str | None:
        """What tells the element from others; nothing that was typed."""
        identifier = self.identifier or self.dom_identifier
        parts = [part for part in (self.role, self.description, identifier) if isinstance(part, str)]
        return "/".join(parts) or None

    def hit(self) -> Hit:
        """Role without the prefix, and the title."""
        role = None if self.role is None else self.role.removeprefix("AX").lower()
        return Hit(role=role, label=self.title if isinstance(self.title, str) else None)


class _KeyDetails(msgspec.Struct, kw_only=True, gc=False):
    key: str | None
    focused_element: _Element | None = None


class _PointDetails(msgspec.Struct, kw_only=True, gc=False):
    x: int | float
    y: int | float
    accessibility: _Element | None = None


class _ButtonDetails(_PointDetails):
    button: str


class _ScrollDetails(_PointDetails):
    dx: int | float
    dy: int | float


class _Record(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="event_type"):
    timestamp: int | float
    monitor_index: Any = None
    monitor: Any = None
    cursor_position: Any = None

    def time_us(self) -> int:
        return microseconds(self.timestamp, "seconds", "timestamp")


class _KeyPress(_Record, tag="key_press"):
    details: _KeyDetails

    def events(self, place: Place) -> list[Event]:
        time_us, element = self.time_us(), self.details.focused_element
        key, code = _key(self.details.key)
        down = KeyDown(time_us=time_us, key=key, code=code)
        if element is None:
            return [down]
        return [*place.at(time_us, element=element.name(), field=element.field()), down]


class _KeyRelease(_Record, tag="key_release"):
    details: _KeyDetails

    def events(self, place: Place) -> list[Event]:
        key, code = _key(self.details.key)
        return [KeyUp(time_us=self.time_us(), key=key, code=code)]


class _MouseMove(_Record, tag="mouse_move"):
    details: _PointDetails

    def events(self, place: Place) -> list[Event]:
        return [PointerMove(time_us=self.time_us(), x=self.details.x, y=self.details.y)]


class _MouseDown(_Record, tag="mouse_down"):
    details: _ButtonDetails

    def events(self, place: Place) -> list[Event]:
        return [_button(PointerDown, self.time_us(), self.details)]


class _MouseUp(_Record, tag="mouse_up"):
    details: _ButtonDetails

    def events(self, place: Place) -> list[Event]:
        return [_button(PointerUp, self.time_us(), self.details)]


class _MouseScroll(_Record, tag="mouse_scroll"):
    details: _ScrollDetails

    def events(self, place: Place) -> list[Event]:
        at = self.details
        delta_x, delta_y = _NOTCH * at.dx, -_NOTCH * at.dy
        return [Wheel(time_us=self.time_us(), x=at.x, y=at.y, delta_x=delta_x, delta_y=delta_y)]


_KINDS = (_KeyPress, _KeyRelease, _MouseMove, _MouseDown, _MouseUp, _MouseScroll)
_SCHEMA = Schema("event_type", {str(kind.__struct_config__.tag): kind for kind in _KINDS})


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a NAPsack recording, a list at a time; bad lines and unknown fields as in ``native.read``.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> line = b'{"timestamp": 1762508790.129177, "event_type": "key_press", "details": {"key": "Key.shift"}}'
    >>> list(read(io.BytesIO(line)))
    [[KeyDown(time_us=1762508790129177, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"timestamp": 1.5, "event_type": "mouse_move", "details": {"x": 1, "y": 2}}')))
    True
    """
    record = head.record
    return (
        isinstance(record, dict)
        and isinstance(record.get("event_type"), str)
        and record["event_type"] in _SCHEMA.types
        and isinstance(record.get("details"), dict)
        and isinstance(record.get("timestamp"), int | float)
    )


def _key(key: str | None) -> tuple[str | None, str | None]:
    """W3C key and code; anything else than a character or a known name may be the number of a key."""
    if key is not None and len(key) == 1:
        return key, None
    if key is not None and key.startswith(_KEY):
        return KEYS.get(key.removeprefix(_KEY), (None, None))
    return None, None


def _button(kind: type[PointerDown | PointerUp], time_us: int, details: _ButtonDetails) -> Event:
    button = BUTTONS.get(details.button.removeprefix(_BUTTON))
    if button is None:
        raise FieldError(f"button: must be {_BUTTON} and one of {', '.join(BUTTONS)}")
    hit = None if details.accessibility is None else details.accessibility.hit()
    return kind(time_us=time_us, x=details.x, y=details.y, button=button, hit=hit)


_LINES = RecordFormat(_SCHEMA, lambda notes: methodcaller("events", Place()))
