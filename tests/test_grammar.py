"""What an output may hold is judged an event at a time, and what points to content is named, not quoted."""

from __future__ import annotations

from typing import Any

import pytest

import reticent
from reticent.grammar import Grammar, what_may_not_leave
from reticent.testing.dsl import expand


def test_streams_have_clocks_and_keys_of_their_own() -> None:
    """Each begins at 0; a key that is down in one may go down in another."""
    grammar = Grammar()
    for stream in ("1", "2"):
        assert grammar.check({"type": "keydown", "time_us": 0, "code": "KeyA", "stream": stream}) == []
    assert grammar.check({"type": "keyup", "time_us": 5, "code": "KeyA", "stream": "1"}) == []
    assert grammar.check({"type": "wheel", "time_us": 1, "x": 0, "y": 0, "stream": "2"}) == []
    assert grammar.check({"type": "wheel", "time_us": 4, "x": 0, "y": 0, "stream": "1"}) == ["time goes back by 1 us"]


def test_what_is_no_event_is_judged_no_further() -> None:
    """Values of any kind where texts and numbers belong."""
    grammar = Grammar()
    for event in ({}, {"type": "keydown", "time_us": [], "stream": {}}, {"type": "keyup", "time_us": 0, "device": []}):
        [fault] = grammar.check(event)
        assert fault.startswith("not an event")


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ({"type": "tick"}, "type: never part of an output"),
        ({"type": "selectionchange", "start": 0, "end": 1}, "type: never part of an output"),
        ({"type": "redacted", "category": "credential", "target": "login"}, "target: not an ordinal"),
        ({"type": "focus", "element": "q7"}, "element: not an ordinal"),
        ({"type": "focus", "url": "https://a.example/hunter2"}, "url: more than a scheme and a domain"),
        ({"type": "wheel", "stream": "maria"}, "stream: not an ordinal"),
        ({"type": "wheel", "device": "01"}, "device: not an ordinal"),
        ({"type": "keydown", "key": "hunter2"}, "key: neither a character nor a W3C key value"),
        ({"type": "keydown", "code": "hunter2"}, "code: not a W3C code"),
        ({"type": "state", "wall_time": "hunter2"}, "wall_time: stays on the device"),
        ({"type": "frame", "id": "hunter2", "index": 1}, "id: stays on the device"),
        ({"type": "frame"}, "index: missing"),
        ({"type": "label", "kind": "path", "value": "/home/hunter2"}, "value: more than depth and extension of a path"),
        ({"type": "label", "kind": "url", "value": "https://x@a.b"}, "value: more than a scheme and a domain"),
        ({"type": "pointerdown", "hit": {"label": "hunter2"}}, "hit.label: stays on the device"),
    ],
)
def test_what_points_to_content_is_named(event: dict[str, Any], fault: str) -> None:
    """By its field, and never with its value."""
    assert what_may_not_leave({"time_us": 0, **event}) == [fault]


def test_outputs_hold_none_of_it() -> None:
    """Of a recording with a bit of everything."""
    script = (
        'focus:"firefox/Inbox" url:"https://bob:pw@www.shop.co.uk/a?b=c" path:"/home/a/b.docx" title:"Inbox"'
        ' field:text type:"Hello there\\n" paste:"text" ime:"ni"->"你" move:3,4 click:40,80 field:password'
        ' type:"xyz\\n"'
    )
    grammar = Grammar()
    rows = list(reticent.filter(expand(script).events))
    assert [fault for row in rows for fault in grammar.check(row) + what_may_not_leave(row)] == []
    assert grammar.end() == []
