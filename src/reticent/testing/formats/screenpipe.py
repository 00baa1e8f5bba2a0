"""Native events as screenpipe writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import msgspec

from reticent.events import Clipboard, Event, Focus, Input, PointerMove

__all__ = ["EXPRESSES", "write"]

EXPRESSES: frozenset[type] = frozenset({Input, Focus, Clipboard, PointerMove})
"""What the format can express: an ``input`` that inserts text, a ``focus`` by app, window and url, the clipboard,
movements on whole pixels. Keys and clicks come back less exactly than they were, and are left out."""

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_OPERATIONS = {"copy": "c", "cut": "x", "paste": "v"}


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each event that the format can express; others are left out.

    >>> write([Input(time_us=0, input_type="insertText", data="hi")])
    b'{"timestamp":"1970-01-01T00:00:00+00:00","relative_ms":0,"event_type":"text","content":"hi","char_count":2}\\n'
    """
    records = [_record(event) for event in events if type(event) in EXPRESSES and _is_expressible(event)]
    return msgspec.json.Encoder().encode_lines(records)


def _is_expressible(event: Event) -> bool:
    return not isinstance(event, Input) or (event.input_type == "insertText" and event.data is not None)


def _record(event: Event) -> dict[str, Any]:
    moment = _EPOCH + datetime.timedelta(microseconds=event.time_us)
    head = {"timestamp": moment.isoformat(), "relative_ms": event.time_us // 1000}
    if isinstance(event, Input):
        return {**head, "event_type": "text", "content": event.data, "char_count": len(event.data or "")}
    if isinstance(event, Focus):
        url = {} if event.url is None else {"browser_url": event.url}
        return {**head, "event_type": "window_focus", "app": event.app or "", "title": event.window, **url}
    if isinstance(event, Clipboard):
        operation = _OPERATIONS[event.operation]
        return {**head, "event_type": "clipboard", "operation": operation, "content": event.data}
    assert isinstance(event, PointerMove)
    return {**head, "event_type": "move", "x": round(event.x), "y": round(event.y)}
