"""Native events as screenpipe writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reticent.events import Clipboard, Event, FieldKind, Focus, Input, PointerMove
from reticent.testing.formats._fields import MOVE, Fields, has_room

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    Input: ("input_type", "data"), Focus: ("app", "window", "element", "field", "url"),
    Clipboard: ("operation", "data"), PointerMove: MOVE,
}  # fmt: skip
"""What the format can express: an ``input`` that inserts text, a ``focus`` by app, window and url, the clipboard,
movements on whole pixels. The element with the focus, and what kind of field it is, is told beside the next text. Keys
and clicks come back less exactly than they were, and are left out."""

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_OPERATIONS = {"copy": "c", "cut": "x", "paste": "v"}
_ROLES: dict[FieldKind, str] = {
    "unknown": "AXGroup", "text": "AXTextField", "password": "AXSecureTextField", "search": "AXSearchField",
}  # fmt: skip


def can_write(events: Sequence[Event]) -> bool:
    """Whether records tell what these events say.

    >>> can_write([Focus(time_us=0, app="Mail", field="search")]), can_write([Focus(time_us=0, field="card")])
    (True, False)
    """
    window, untold = None, False
    for event in events:
        if not has_room(event, EXPRESSES) or not _is_told(event, untold=untold):
            return False
        if isinstance(event, Focus):
            if window == (event.app, event.window, event.url) and event.element is None:
                return False  # nothing says that an element has lost the focus
            window, untold = (event.app, event.window, event.url), _element(event) is not None
        untold = untold and not isinstance(event, Input)
    return True


def _is_told(event: Event, *, untold: bool) -> bool:
    if isinstance(event, Input):
        return event.input_type == "insertText" and event.data is not None
    if isinstance(event, Focus):
        return event.app is not None and event.field in _ROLES
    return not (untold and isinstance(event, Clipboard))


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event that the format can express; others are left out.

    >>> write([Input(time_us=0, input_type="insertText", data="hi")])
    b'{"timestamp":"1970-01-01T00:00:00+00:00","relative_ms":0,"event_type":"text","content":"hi","char_count":2}\\n'
    """
    records, element = [], None
    for event in events:
        element = _element(event) if isinstance(event, Focus) else element
        if type(event) in EXPRESSES and (not isinstance(event, Input) or _is_told(event, untold=False)):
            records.append(_record(event, element))
    return msgspec.json.Encoder().encode_lines(records)


def _element(focus: Focus) -> dict[str, Any] | None:
    """The element that has the focus, as the accessibility tree has it."""
    if focus.element is None and focus.field == "unknown":
        return None
    name = {} if focus.element is None else {"automation_id": focus.element}
    return {"role": _ROLES.get(focus.field, "AXGroup"), **name}


def _record(event: Event, element: dict[str, Any] | None) -> dict[str, Any]:
    moment = _EPOCH + datetime.timedelta(microseconds=event.time_us)
    head = {"timestamp": moment.isoformat(), "relative_ms": event.time_us // 1000}
    if isinstance(event, Input):
        beside = {} if element is None else {"element": element}
        return {**head, "event_type": "text", "content": event.data, "char_count": len(event.data or ""), **beside}
    if isinstance(event, Focus):
        url = {} if event.url is None else {"browser_url": event.url}
        return {**head, "event_type": "window_focus", "app": event.app or "", "title": event.window, **url}
    if isinstance(event, Clipboard):
        operation = _OPERATIONS[event.operation]
        return {**head, "event_type": "clipboard", "operation": operation, "content": event.data}
    assert isinstance(event, PointerMove)
    return {**head, "event_type": "move", "x": round(event.x), "y": round(event.y)}
