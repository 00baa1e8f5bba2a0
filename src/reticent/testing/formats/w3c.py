"""Native events as a web page would have written them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reticent.events import (
    Blur,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    FieldKind,
    Focus,
    Input,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    SelectionChange,
    Wheel,
)
from reticent.testing.formats._fields import BUTTON, KEY, MOVE, WHEEL, Fields, has_room

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    **dict.fromkeys((KeyDown, KeyUp), (*KEY, "injected", "composing")), Input: ("input_type", "data"),
    **dict.fromkeys((CompositionStart, CompositionUpdate, CompositionEnd), ("data",)),
    SelectionChange: ("start", "end"), Clipboard: ("operation", "data"),
    **dict.fromkeys((PointerDown, PointerUp), (*BUTTON, "hit")), PointerMove: MOVE, Wheel: WHEEL,
    **dict.fromkeys((Focus, Blur), ("window", "element", "field", "url")),
}  # fmt: skip
"""What the format can express: everything that happens in one page on one keyboard and mouse. Not applications, accents
of dead keys, committed text of a key, and fields of kind terminal and grid."""

_BUTTONS = ("left", "middle", "right", "back", "forward")
_FIELDS: dict[FieldKind, dict[str, Any]] = {
    "password": {"tagName": "INPUT", "type": "password"}, "otp": {"tagName": "INPUT", "autocomplete": "one-time-code"},
    "card": {"tagName": "INPUT", "autocomplete": "cc-number"}, "search": {"tagName": "INPUT", "type": "search"},
    "url": {"tagName": "INPUT", "type": "url"}, "text": {"tagName": "INPUT", "type": "text"},
    "editor": {"tagName": "DIV", "isContentEditable": True},
}  # fmt: skip


def can_write(events: Sequence[Event]) -> bool:
    """Whether a page tells what these events say.

    >>> can_write([Focus(time_us=0, field="password")]), can_write([Focus(time_us=0, app="firefox")])
    (True, False)
    """
    return all(
        has_room(event, EXPRESSES) and (not isinstance(event, (Focus, Blur)) or event.field in ("unknown", *_FIELDS))
        for event in events
    )


def write(events: Iterable[Event]) -> bytes:
    """JSON lines.

    >>> write([CompositionEnd(time_us=1_500, data="你")])
    b'{"type": "compositionend", "timeStamp": 1.5, "data": "\\\\u4f60"}\\n'
    """
    return b"".join(
        json.dumps({"type": _tag(event), "timeStamp": event.time_us / 1000, **_WRITERS[type(event)](event)}).encode()
        + b"\n"
        for event in events
        if type(event) in _WRITERS
    )


def _tag(event: Event) -> str:
    return event.operation if isinstance(event, Clipboard) else str(event.__struct_config__.tag)


def _key(event: Any) -> dict[str, Any]:
    held = {f"{name}Key": name.capitalize() in event.modifiers for name in ("shift", "alt", "meta")}
    told = {"key": event.key or "", "code": event.code or "", "repeat": event.repeat, "isComposing": event.composing}
    modifiers = [name for name in event.modifiers if name in ("AltGraph", "CapsLock", "NumLock")]
    trusted = {"isTrusted": False} if event.injected else {}
    return {**told, **held, "ctrlKey": "Control" in event.modifiers, "modifiers": modifiers, **trusted}


def _place(event: Any) -> dict[str, Any]:
    target = {"id": event.element, **_FIELDS.get(event.field, {"tagName": "DIV"})}
    return {"target": target, "url": event.url, "title": event.window}


def _pointer(event: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"clientX": event.x, "clientY": event.y, "pointerType": "mouse"}
    if not isinstance(event, PointerMove):
        told["button"] = _BUTTONS.index(event.button)
        if event.hit is not None:
            told["target"] = {"role": event.hit.role, "label": event.hit.label}
    return told


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys((KeyDown, KeyUp), _key),
    **dict.fromkeys((Focus, Blur), _place),
    **dict.fromkeys((PointerDown, PointerUp, PointerMove), _pointer),
    **dict.fromkeys((CompositionStart, CompositionUpdate, CompositionEnd), lambda event: {"data": event.data}),
    Clipboard: lambda event: {} if event.data is None else {"clipboardData": event.data},
    SelectionChange: lambda event: {"selectionStart": event.start, "selectionEnd": event.end},
    Input: lambda event: (
        {"value": event.data}
        if event.input_type == "autofill"
        else {"inputType": event.input_type, "data": event.data}
    ),
    Wheel: lambda event: {
        "clientX": event.x, "clientY": event.y, "deltaMode": 0,
        "deltaX": event.delta_x * 100 / 120, "deltaY": event.delta_y * 100 / 120,
    },
}  # fmt: skip
