"""screenpipe ``UiEvent`` as JSON lines: what its accessibility recorder stores of keyboard, mouse and windows.

``timestamp`` is a moment (ISO 8601) and is read to the microsecond; ``relative_ms`` says the same, coarser, and starts
again with every session. ``text`` events carry typed text without keys, gathered until a pause: they are ``input``
events (insertText) at the time at which the recorder gave them out. ``app_switch``, ``window_focus`` and the context
beside any event (``app_name``, ``window_title``, ``browser_url``, role of ``element``) are ``focus`` events when
something changed. ``clipboard`` operations are ``c``, ``x`` and ``v``. A ``click`` is recorded once, when the button
goes down: it is read as down and up at once.

Two numbers mean something else on each system, which no event tells, and are left out: ``key_code`` (the key event
stays, with its modifiers, as something pressed) and ``delta_x``, ``delta_y`` of ``scroll`` (120ths on Windows, lines on
macOS, notches on Linux; the wheel event stays, without an amount). ``value`` and ``description`` of an element are
content.

Modifier bits: 1 Shift, 2 Control, 4 Alt, 8 Meta, 16 CapsLock; 32 (Fn) has no place in an event.

Source: screenpipe, ``events.rs`` of its accessibility crate, February 2026, and its recorders for each system.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import methodcaller
from typing import Any, Literal

import msgspec

from reticent.events import (
    Button,
    Clipboard,
    Event,
    Hit,
    Input,
    KeyDown,
    Modifier,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)
from reticent.reading.fields import role_kind
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource
from reticent.reading.notes import FieldError, Notes
from reticent.reading.places import Place
from reticent.reading.records import RecordFormat
from reticent.reading.schema import Schema
from reticent.reading.times import from_iso8601

__all__ = ["read", "recognises"]

_BUTTONS: tuple[Button, ...] = ("left", "right", "middle")
_MODIFIERS: tuple[Modifier, ...] = ("Shift", "Control", "Alt", "Meta", "CapsLock")
_OPERATIONS: dict[str, Literal["copy", "cut", "paste"]] = {"c": "copy", "x": "cut", "v": "paste"}


class _Element(msgspec.Struct, kw_only=True, gc=False):
    role: str
    name: str | None = None
    automation_id: str | None = None

    def hit(self) -> Hit:
        return Hit(role=self.role.removeprefix("AX").lower(), label=self.name)


class _Record(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="event_type"):
    timestamp: str
    relative_ms: Any = None
    id: Any = None
    app_name: str | None = None
    window_title: str | None = None
    browser_url: str | None = None
    element: _Element | None = None
    frame_id: Any = None

    def us(self) -> int:
        return from_iso8601(self.timestamp, "timestamp")

    def context(self, place: Place, *, typed: bool = False) -> list[Event]:
        """A change of place; the element is where the keyboard is only for what is typed."""
        known: dict[str, Any] = {}
        if typed and self.element is not None:
            known = {"element": self.element.automation_id, "field": role_kind(self.element.role)}
        return place.at(self.us(), app=self.app_name, window=self.window_title, url=self.browser_url, **known)


class _Click(_Record, kw_only=True, tag="click"):
    x: int | float
    y: int | float
    button: int
    click_count: Any = None
    modifiers: Any = None

    def events(self, place: Place) -> list[Event]:
        if not 0 <= self.button < len(_BUTTONS):
            raise FieldError("button: must be 0 (left), 1 (right) or 2 (middle)")
        time_us, button = self.us(), _BUTTONS[self.button]
        hit = None if self.element is None else self.element.hit()
        down = PointerDown(time_us=time_us, x=self.x, y=self.y, button=button, hit=hit)
        return [*self.context(place), down, PointerUp(time_us=time_us, x=self.x, y=self.y, button=button)]


class _Move(_Record, kw_only=True, tag="move"):
    x: int | float
    y: int | float

    def events(self, place: Place) -> list[Event]:
        return [*self.context(place), PointerMove(time_us=self.us(), x=self.x, y=self.y)]


class _Scroll(_Record, kw_only=True, tag="scroll"):
    x: int | float
    y: int | float
    delta_x: Any = None
    delta_y: Any = None

    def events(self, place: Place) -> list[Event]:
        return [*self.context(place), Wheel(time_us=self.us(), x=self.x, y=self.y)]


class _Key(_Record, kw_only=True, tag="key"):
    key_code: Any = None
    modifiers: int = 0

    def events(self, place: Place) -> list[Event]:
        held = tuple(name for bit, name in enumerate(_MODIFIERS) if self.modifiers >> bit & 1)
        return [*self.context(place, typed=True), KeyDown(time_us=self.us(), modifiers=held)]


class _Text(_Record, kw_only=True, tag="text"):
    content: str
    char_count: Any = None

    def events(self, place: Place) -> list[Event]:
        typed = Input(time_us=self.us(), input_type="insertText", data=self.content)
        return [*self.context(place, typed=True), typed]


class _AppSwitch(_Record, kw_only=True, tag="app_switch"):
    name: str
    pid: Any = None

    def events(self, place: Place) -> list[Event]:
        return place.at(self.us(), app=self.name, window=self.window_title, url=self.browser_url)


class _WindowFocus(_Record, kw_only=True, tag="window_focus"):
    app: str
    title: str | None = None

    def events(self, place: Place) -> list[Event]:
        return place.at(self.us(), app=self.app, window=self.title or self.window_title, url=self.browser_url)


class _Clipboard(_Record, kw_only=True, tag="clipboard"):
    operation: str
    content: str | None = None

    def events(self, place: Place) -> list[Event]:
        operation = _OPERATIONS.get(self.operation)
        if operation is None:
            raise FieldError("operation: must be c (copy), x (cut) or v (paste)")
        return [*self.context(place), Clipboard(time_us=self.us(), operation=operation, data=self.content)]


_KINDS = (_Click, _Move, _Scroll, _Key, _Text, _AppSwitch, _WindowFocus, _Clipboard)
_SCHEMA = Schema("event_type", {str(kind.__struct_config__.tag): kind for kind in _KINDS})


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of screenpipe, a list at a time; bad lines and unknown fields as in ``native.read``.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> line = b'{"timestamp":"1970-01-01T00:00:01.5Z","relative_ms":0,"event_type":"text","content":"hello"}'
    >>> list(read(io.BytesIO(line)))
    [[Input(time_us=1500000, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> line = b'{"timestamp":"1970-01-01T00:00:00Z","relative_ms":0,"event_type":"move","x":1,"y":2}'
    >>> recognises(next(heads(line)))
    True
    """
    record = head.record
    return (
        isinstance(record, dict)
        and isinstance(record.get("event_type"), str)
        and record["event_type"] in _SCHEMA.types
        and isinstance(record.get("timestamp"), str)
        and "relative_ms" in record
    )


_LINES = RecordFormat(_SCHEMA, lambda notes: methodcaller("events", Place()))
