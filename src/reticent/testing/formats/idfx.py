"""Native events as an IDFX log of Inputlog."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from reticent.events import Event, Focus, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp
from reticent.keys.keycode import KEYCODES
from reticent.keys.table import is_printable_key
from reticent.keys.virtual_key import VK_NAMES
from reticent.testing.formats._fields import BUTTON, KEY, MOVE, Fields, has_room, in_order

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    **dict.fromkeys((KeyDown, KeyUp), KEY), **dict.fromkeys((PointerDown, PointerUp), BUTTON), PointerMove: MOVE,
    Focus: ("window",),
}  # fmt: skip
"""What the format can express, on a grid of milliseconds: strokes with the character they made (named keys with key and
code), clicks, moves, and window titles. What is still down goes down only."""

_NAMES = {pair: name for name, pair in VK_NAMES.items()}
_BY_KEY = {key: name for name, (key, _) in reversed(VK_NAMES.items())}
_BY_CODE = {code: chr(number) for number, (key, code) in KEYCODES.items() if key is None and 48 <= number <= 57}
_BUTTONS = {"left": "LEFT", "middle": "MIDDLE", "right": "RIGHT", "back": "XBUTTON1", "forward": "XBUTTON2"}


def can_write(events: Sequence[Event]) -> bool:
    """Whether a log tells what these events say.

    >>> can_write([KeyDown(time_us=0, key="h")]), can_write([KeyDown(time_us=0, key="Dead")])
    (True, False)
    """
    return in_order(events) and all(
        has_room(event, EXPRESSES) and event.time_us % 1000 == 0 and _is_told(event) for event in events
    )


def _is_told(event: Event) -> bool:
    if not isinstance(event, (KeyDown, KeyUp)):
        return True
    return event.code in _BY_CODE if event.key is None else is_printable_key(event.key) or event.key in _BY_KEY


def write(events: Iterable[Event]) -> bytes:
    """A log in UTF-8.

    >>> b"<key>VK_H</key><value>h</value>" in write([KeyDown(time_us=0, key="h"), KeyUp(time_us=9_000, key="h")])
    True
    """
    rows: list[tuple[str, Event, int]] = []
    down: dict[object, int] = {}
    for event in events:
        if isinstance(event, (KeyUp, PointerUp)):
            at = down.pop(_name(event), None)
            if at is not None:
                rows[at] = (*rows[at][:2], event.time_us)
        elif isinstance(event, (KeyDown, PointerDown)):
            down.setdefault(_name(event), len(rows))
            rows.append(("keyboard" if isinstance(event, KeyDown) else "mouse", event, 0))
        elif isinstance(event, (PointerMove, Focus)):
            rows.append(("mouse" if isinstance(event, PointerMove) else "focus", event, event.time_us))
    body = "".join(_row(number, *row) for number, row in enumerate(rows))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<log>\n{body}</log>\n'.encode()


def _name(event: KeyDown | KeyUp | PointerDown | PointerUp) -> object:
    if isinstance(event, (KeyDown, KeyUp)):
        return event.device, event.code or event.key
    return event.device, event.button, "pointer"


def _row(number: int, kind: str, event: Event, end_us: int) -> str:
    fields = {"startTime": event.time_us // 1000, "endTime": end_us // 1000, **_fields(event)}
    inner = "".join(f"<{name}>{escape(str(value), quote=False)}</{name}>" for name, value in fields.items())
    return f'<event type="{kind}" id="{number}"><part type="winlog">{inner}</part></event>\n'


def _fields(event: Event) -> dict[str, object]:
    if isinstance(event, KeyDown):
        return _key(event)
    if isinstance(event, PointerDown):
        return {"x": event.x, "y": event.y, "type": "click", "button": _BUTTONS[event.button]}
    if isinstance(event, PointerMove):
        return {"x": event.x, "y": event.y, "type": "movement", "button": ""}
    return {"title": event.window} if isinstance(event, Focus) and event.window is not None else {}


def _key(event: KeyDown) -> dict[str, object]:
    key = event.key or ""
    named = _NAMES.get((key, event.code)) or (None if is_printable_key(key) else _BY_KEY.get(key))
    name = named or f"VK_{key.upper() or _BY_CODE.get(event.code or '', 'PACKET')}"
    return {"key": name, "value": key if is_printable_key(key) else ""}
