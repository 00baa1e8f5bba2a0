"""W3C events as a page would write them: UI, Pointer, Input, Composition, Clipboard and Focus Events as JSON lines.

One event a line with ``type`` and ``timeStamp`` (milliseconds since the page began, or since 1970) and the attributes
that the standards name. Three attributes cannot be written as they are: ``target`` is the name of an element or an
object with any of ``id``, ``name``, ``tagName``, ``type``, ``autocomplete``, ``isContentEditable``, ``role``,
``style``, ``label``; ``modifiers`` lists what ``getModifierState`` says; ``clipboardData`` is text. ``url`` and
``title`` of the page may stand in any event.

* What is said twice is read once: ``mouse`` events are left out once there are ``pointer`` events, ``input`` of a
  composition once there are composition events, ``input`` of a paste after its ``paste``; ``keypress``,
  ``beforeinput``, ``click`` and ``change`` always. An ``input`` without ``inputType`` is a whole ``value``: autofill.
* The target of a key or an input is where the focus is, also without a ``focus`` event.
* Of ``wheel``, 100 pixels, 3 lines or 1 page are a notch, which is 120. Coordinates are CSS pixels of the page.

Sources: W3C UI Events, Pointer Events, Input Events, Clipboard API; MDN for the names that older browsers give to keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from reticent.events import (
    Button,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Input,
    KeyDown,
    KeyUp,
    Modifier,
    PointerDown,
    PointerMove,
    PointerUp,
    SelectionChange,
    Wheel,
)
from reticent.keys.table import CODES
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import Notes
from reticent.reading.page import Page, hit_by
from reticent.reading.schema import Schema, decode_object
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_WITHOUT_MEANING = frozenset(
    """
    keypress beforeinput change click dblclick auxclick contextmenu mousewheel select
    pointerover pointerenter pointerleave pointerout pointercancel pointerrawupdate gotpointercapture
    lostpointercapture mouseover mouseenter mouseleave mouseout touchstart touchmove touchend touchcancel
    dragstart drag dragenter dragover dragleave dragend drop scroll scrollend resize visibilitychange
    pageshow pagehide load beforeunload DOMContentLoaded submit reset invalid hashchange popstate
    """.split()
)
_LEFT_OUT = frozenset(
    """
    bubbles cancelable composed defaultPrevented eventPhase returnValue cancelBubble detail view which keyCode charCode
    keyIdentifier char locale sourceCapabilities currentTarget srcElement path relatedTarget screenX screenY pageX
    pageY layerX layerY offsetX offsetY movementX movementY fromElement toElement pressure tangentialPressure tiltX
    tiltY twist width height altitudeAngle azimuthAngle isPrimary persistentDeviceId deltaZ wheelDelta wheelDeltaX
    wheelDeltaY targetRanges
    """.split()
)
_OLD_KEYS = {
    "Esc": "Escape", "Left": "ArrowLeft", "Right": "ArrowRight", "Up": "ArrowUp", "Down": "ArrowDown",
    "Del": "Delete", "Spacebar": " ", "Apps": "ContextMenu", "Win": "Meta", "OS": "Meta", "Scroll": "ScrollLock",
    "Add": "+", "Subtract": "-", "Multiply": "*", "Divide": "/", "Decimal": ".",
}  # fmt: skip
_OLD_CODES = {"OSLeft": "MetaLeft", "OSRight": "MetaRight"}
_SIDES = {1: "Left", 2: "Right"}
_TWICE = frozenset(("Shift", "Control", "Alt", "Meta"))
_MODIFIERS: tuple[Modifier, ...] = ("Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock")
_BUTTONS: tuple[tuple[Button, int], ...] = (("left", 1), ("middle", 4), ("right", 2), ("back", 8), ("forward", 16))
_NOTCH = 120
_A_NOTCH = (100, 3, 1)
_OF_COMPOSITION = frozenset(
    ("insertCompositionText", "insertFromComposition", "deleteCompositionText", "deleteByComposition")
)


class _Seen:
    """What an event may say again."""

    def __init__(self) -> None:
        self.page = Page()
        self.pointer = False
        self.composition = False
        self.pasted: Clipboard | None = None


class _Record(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, rename="camel", tag_field="type"):
    time_stamp: int | float
    is_trusted: bool | None = None
    target: Any = None
    url: str | None = None
    title: str | None = None

    @property
    def tag(self) -> str:
        return str(self.__struct_config__.tag)

    def events(self, seen: _Seen) -> list[Event]:
        """Where it happens, and what."""
        time_us = microseconds(self.time_stamp, "milliseconds", "timeStamp")
        seen.page.on(self.url, self.title)
        return [*self.place(seen.page, time_us), *self.happened(seen, time_us)]

    def place(self, page: Page, time_us: int) -> list[Event]:
        return page.again(time_us) if self.target is None else page.focus(time_us, self.target)

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        raise NotImplementedError


class _Modified(_Record):
    ctrl_key: bool = False
    shift_key: bool = False
    alt_key: bool = False
    meta_key: bool = False
    modifiers: list[str] = []

    def held(self) -> tuple[Modifier, ...]:
        flags = {"Shift": self.shift_key, "Control": self.ctrl_key, "Alt": self.alt_key, "Meta": self.meta_key}
        return tuple(name for name in _MODIFIERS if flags.get(name) or name in self.modifiers)


class _Key(_Modified):
    key: str | None = None
    code: str | None = None
    location: int = 0
    repeat: bool = False
    is_composing: bool = False

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        key = _OLD_KEYS.get(self.key or "", self.key) or None
        code = _OLD_CODES.get(self.code or "", self.code)
        if code not in CODES:
            code = f"{key}{_SIDES[self.location]}" if key in _TWICE and self.location in _SIDES else None
        kind = KeyDown if self.tag == "keydown" else KeyUp
        event = kind(
            time_us=time_us, key=key, code=code, repeat=self.repeat, modifiers=self.held(),
            composing=self.is_composing, injected=True if self.is_trusted is False else None,
        )  # fmt: skip
        return [event]


class _Input(_Record):
    input_type: str = ""
    data: str | None = None
    data_transfer: str | None = None
    value: str | None = None
    is_composing: bool = False

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        pasted, seen.pasted = seen.pasted, None
        if not self.input_type:
            return [] if self.value is None else [Input(time_us=time_us, input_type="autofill", data=self.value)]
        data = self.data if self.data is not None else self.data_transfer
        again = self.input_type in _OF_COMPOSITION and seen.composition
        if self.input_type == "insertFromPaste" and pasted is not None:
            again = data is None or pasted.data is not None
        return [] if again else [Input(time_us=time_us, input_type=self.input_type, data=data)]


class _Composition(_Record):
    data: str | None = None

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        seen.composition = True
        return [_COMPOSITIONS[self.tag](time_us=time_us, data=self.data or "")]


class _Clipboard(_Record):
    clipboard_data: str | None = None
    data: str | None = None

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        operation: Literal["copy", "cut", "paste"] = self.tag  # type: ignore[assignment]
        data = self.clipboard_data if self.clipboard_data is not None else self.data
        event = Clipboard(time_us=time_us, operation=operation, data=data)
        seen.pasted = event if operation == "paste" else None
        return [event]


class _Pointing(_Modified, kw_only=True):
    client_x: int | float
    client_y: int | float
    button: Literal[-1, 0, 1, 2, 3, 4] | None = None
    buttons: int = 0
    pointer_id: int = 0
    pointer_type: str = "mouse"

    def place(self, page: Page, time_us: int) -> list[Event]:
        """The target of a pointer need not have the focus."""
        return page.again(time_us)


class _Mouse(_Pointing):
    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        is_pointer = self.tag.startswith("pointer")
        if seen.pointer and not is_pointer:
            return []
        seen.pointer = seen.pointer or is_pointer
        act = self.tag.removeprefix("pointer").removeprefix("mouse")
        device = "0" if self.pointer_type == "mouse" else str(self.pointer_id)
        where: dict[str, Any] = {"time_us": time_us, "x": self.client_x, "y": self.client_y, "device": device}
        if act == "move" and (not is_pointer or self.button in (None, -1)):
            return [PointerMove(**where)]
        button, bit = _BUTTONS[max(0, self.button or 0)]
        # A further button, pressed or released while one is held, comes as a move.
        kind = PointerDown if act == "down" or (act == "move" and self.buttons & bit) else PointerUp
        return [kind(**where, button=button, hit=hit_by(self.target))]


class _Wheel(_Pointing):
    delta_x: int | float = 0
    delta_y: int | float = 0
    delta_mode: Literal[0, 1, 2] = 0

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        delta_x, delta_y = (_notches(delta, self.delta_mode) for delta in (self.delta_x, self.delta_y))
        return [Wheel(time_us=time_us, x=self.client_x, y=self.client_y, delta_x=delta_x, delta_y=delta_y)]


class _Focus(_Record):
    def place(self, page: Page, time_us: int) -> list[Event]:
        return []

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        gone = self.tag in ("blur", "focusout")
        return seen.page.blur(time_us) if gone else seen.page.focus(time_us, self.target)


class _Selection(_Record):
    selection_start: int | None = None
    selection_end: int | None = None

    def happened(self, seen: _Seen, time_us: int) -> list[Event]:
        start, end = self.selection_start, self.selection_end
        return [] if start is None or end is None else [SelectionChange(time_us=time_us, start=start, end=end)]


_COMPOSITIONS: dict[str, type[CompositionStart | CompositionUpdate | CompositionEnd]] = {
    "compositionstart": CompositionStart, "compositionupdate": CompositionUpdate, "compositionend": CompositionEnd,
}  # fmt: skip
_TYPES: dict[type[_Record], str] = {
    _Key: "keydown keyup", _Input: "input", _Composition: " ".join(_COMPOSITIONS), _Clipboard: "copy cut paste",
    _Mouse: "pointerdown pointerup pointermove mousedown mouseup mousemove", _Wheel: "wheel",
    _Focus: "focus focusin blur focusout", _Selection: "selectionchange",
}  # fmt: skip
_SCHEMA = Schema(
    "type",
    {tag: msgspec.defstruct(tag, [], bases=(base,), tag=tag) for base, tags in _TYPES.items() for tag in tags.split()},
)


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a page, a list at a time; memory does not grow with the recording.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> line = b'{"type":"keydown","timeStamp":1234.5,"key":"A","code":"KeyA","shiftKey":true}'
    >>> [[event]] = read(io.BytesIO(line))
    >>> event.key, event.modifiers, event.time_us
    ('A', ('Shift',), 1234500)
    """
    notes = Notes() if notes is None else notes
    return read_text(stream, _Lines(notes), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"type":"pointermove","timeStamp":1.5,"clientX":3,"clientY":4}')))
    True
    """
    record = head.record
    if not isinstance(record, dict) or "timeStamp" not in record or "time_us" in record:
        return False
    tag = record.get("type")
    return isinstance(tag, str) and (tag in _SCHEMA.types or tag in _WITHOUT_MEANING)


class _Lines:
    """Reads the lines of one page."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._seen = _Seen()

    def line(self, line: bytes) -> list[Event]:
        """See ``LineReader``."""
        if not line.strip():
            return []
        record = decode_object(line)
        if str(record.get("type")) in _WITHOUT_MEANING:
            return []
        told = {name: value for name, value in record.items() if name not in _LEFT_OUT}
        found: _Record = _SCHEMA.build(*_SCHEMA.select(told, self._notes))
        return found.events(self._seen)

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        return []


def _notches(delta: float, mode: int) -> int | float:
    turned = delta * _NOTCH / _A_NOTCH[mode]
    return int(turned) if turned.is_integer() else turned
