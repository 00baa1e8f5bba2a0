"""Native events as rrweb would have recorded them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reticent.events import Blur, Event, FieldKind, Focus, Input, PointerDown, PointerMove, PointerUp
from reticent.testing.formats._fields import MOVE, Fields, has_room

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    Focus: ("element", "field", "url"), Blur: ("element", "field", "url"), Input: ("input_type", "data"),
    **dict.fromkeys((PointerDown, PointerUp, PointerMove), MOVE),
}  # fmt: skip
"""What the format can express, on a grid of milliseconds: the focus and whole values (``autofill``) of elements whose
name is ``PAGE.NODE``, addresses (a ``Focus`` without an element), the left button, moves. No keys."""

_ELEMENT = re.compile(r"1\.\d+")
_ATTRIBUTES: dict[FieldKind, dict[str, str]] = {
    "password": {"type": "password"}, "otp": {"autocomplete": "one-time-code"}, "card": {"autocomplete": "cc-number"},
    "search": {"type": "search"}, "url": {"type": "url"}, "text": {"type": "text"},
}  # fmt: skip


def can_write(events: Sequence[Event]) -> bool:
    """Whether a replay tells what these events say: all happens in one page.

    >>> page, field = Focus(time_us=0, url="https://a.example"), Focus(time_us=0, element="1.7", url="https://a.example")
    >>> can_write([page, field]), can_write([field])
    (True, False)
    """
    pages = [event for event in events if isinstance(event, Focus) and event.element is None]
    return pages == events[:1] and all(
        has_room(event, EXPRESSES) and event.time_us % 1000 == 0 and _is_told(event, pages[0]) for event in events
    )


def _is_told(event: Event, page: Focus) -> bool:
    if isinstance(event, (Focus, Blur)):
        is_known = event.field in ("unknown", "editor", *_ATTRIBUTES)
        is_named = event is page or _ELEMENT.fullmatch(event.element or "") is not None
        return is_known and is_named and event.url == page.url
    return not isinstance(event, Input) or event.input_type == "autofill"


def write(events: Iterable[Event]) -> bytes:
    """JSON lines, each page with a snapshot of the fields that are used in it.

    >>> write([PointerDown(time_us=5_000, x=1, y=2)])
    b'{"type": 3, "data": {"source": 2, "type": 1, "id": 1, "x": 1, "y": 2}, "timestamp": 5}\\n'
    """
    events = list(events)
    nodes = [
        _node(event) for event in events if isinstance(event, Focus) and event.element and event.field != "unknown"
    ]
    root = {"type": 0, "id": 1, "childNodes": nodes}
    lines: list[dict[str, Any]] = []
    focused = 1
    for event in events:
        if isinstance(event, Focus) and event.element is None:
            lines.append(_line(4, {"href": event.url, "width": 800, "height": 600}, event))
            lines.append(_line(2, {"node": root, "initialOffset": {"left": 0, "top": 0}}, event))
        elif isinstance(event, (Focus, Blur)):
            focused = _number(event)
            lines.append(_line(3, {"source": 2, "type": 5 if isinstance(event, Focus) else 6, "id": focused}, event))
        elif isinstance(event, Input) and event.input_type == "autofill":
            lines.append(_line(3, {"source": 5, "text": event.data or "", "isChecked": False, "id": focused}, event))
        elif type(event) in _POINTERS:
            lines.append(_line(3, _POINTERS[type(event)](event), event))
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _line(kind: int, data: dict[str, Any], event: Event) -> dict[str, Any]:
    return {"type": kind, "data": data, "timestamp": event.time_us // 1000}


def _number(event: Focus | Blur) -> int:
    return int((event.element or "0.1").rpartition(".")[2])


def _node(event: Focus) -> dict[str, Any]:
    if event.field == "editor":
        tag, attributes = "div", {"contenteditable": "true"}
    else:
        tag, attributes = "input", _ATTRIBUTES.get(event.field, {})
    return {"type": 2, "id": _number(event), "tagName": tag, "attributes": attributes, "childNodes": []}


_POINTERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    PointerDown: lambda event: {"source": 2, "type": 1, "id": 1, "x": event.x, "y": event.y},
    PointerUp: lambda event: {"source": 2, "type": 0, "id": 1, "x": event.x, "y": event.y},
    PointerMove: lambda event: {"source": 1, "positions": [{"x": event.x, "y": event.y, "id": 1, "timeOffset": 0}]},
}  # fmt: skip
