"""A burst of typing is held until it ends, and leaves evenly spaced with all that stood in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from reticent.events import Event, Input, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Redacted
from reticent.pipeline import Pipeline
from reticent.transform import Context, Transform
from reticent.transforms.timing import BurstCadence

PAUSE_US = 2_000_000
MS = 1000


def drained(transform: Transform, events: Sequence[Event]) -> list[Event]:
    """All that leaves."""
    with Pipeline((transform,)).start(Context()) as run:
        out = run.feed(events)
    return out + run.flushed


def told(events: Sequence[Event]) -> list[tuple[str, int]]:
    """Keys that go down and up, and pointers, with their times in ms."""
    signs = {KeyDown: "+", KeyUp: "-"}
    return [
        (f"{signs[type(event)]}{event.key}" if isinstance(event, KeyDown | KeyUp) else type(event).__name__,
         event.time_us // MS)
        for event in events
    ]  # fmt: skip


def key(name: str, down_ms: int, up_ms: int, **fields: Any) -> list[Event]:
    """One stroke."""
    return [KeyDown(time_us=down_ms * MS, key=name, **fields), KeyUp(time_us=up_ms * MS, key=name, **fields)]


def in_order(*strokes: list[Event]) -> list[Event]:
    """Events of strokes and others by time."""
    return sorted((event for stroke in strokes for event in stroke), key=lambda event: event.time_us)


def test_what_stands_in_a_burst_is_spread():
    """Clicks evenly between the presses beside them; moves evenly over the burst, whatever presses lie among them."""
    move, click = PointerMove(time_us=3 * MS, x=0, y=0), PointerDown(time_us=390 * MS, x=0, y=0)
    up = PointerUp(time_us=395 * MS, x=0, y=0)
    events = in_order(key("a", 0, 10), [move], key("b", 20, 30), [click, up], key("c", 600, 610))
    assert told(drained(BurstCadence(), events)) == [
        ("+a", 0), ("-a", 80), ("PointerMove", 200), ("+b", 300), ("-b", 380), ("PointerDown", 400), ("PointerUp", 500),
        ("+c", 600), ("-c", 680),
    ]  # fmt: skip


def test_a_marker_takes_the_time_before_it_and_ends_a_burst():
    """A marker tells no time of its own; typing does not go on across it."""
    events = [*key("a", 0, 10), *key("b", 150, 170), Redacted(time_us=170 * MS, category="credential")]
    run = Pipeline((BurstCadence(),)).start(Context())
    assert told(run.feed(events)) == [("+a", 0), ("-a", 80), ("+b", 150), ("-b", 230), ("Redacted", 230)]


def test_typing_without_keys_is_a_burst_too():
    """Text that only its effect tells is spaced as presses are; beside keys it takes the time of its key."""
    typed = [Input(time_us=ms * MS, input_type="insertText", data="a") for ms in (0, 30, 300)]
    assert [event.time_us // MS for event in drained(BurstCadence(), typed)] == [0, 150, 300]
    both = in_order(key("a", 0, 50), [Input(time_us=3 * MS, input_type="insertText", data="a")], key("b", 300, 310))
    assert [ms for _, ms in told(drained(BurstCadence(), both))] == [0, 80, 80, 300, 380]


def test_a_held_key_that_repeats_becomes_strokes():
    """How a keyboard repeats says which it is."""
    events = [KeyDown(time_us=ms * MS, code="ArrowDown", repeat=ms > 0) for ms in (0, 500, 530)]
    out = drained(BurstCadence(), [*events, KeyUp(time_us=540 * MS, code="ArrowDown")])
    assert [(type(event), event.time_us // MS) for event in out] == [
        (KeyDown, 0), (KeyUp, 80), (KeyDown, 265), (KeyUp, 345), (KeyDown, 530), (KeyUp, 610)
    ]  # fmt: skip
    assert not any(event.repeat for event in out if isinstance(event, KeyDown))


@pytest.mark.parametrize(("bound", "held_max"), [({"keys": 10}, 11), ({"span_us": 1_000_000}, 12)])
def test_bursts_are_bounded(bound, held_max):
    """Endless typing leaves in parts, in keys and in time."""
    stage = BurstCadence(**bound).start(Context())
    presses = [KeyDown(time_us=at * 100 * MS, key="a") for at in range(1000)]
    left = 0
    for number, press in enumerate(presses, 1):
        left += sum(isinstance(event, KeyDown) for event in stage.feed([press]))
        assert number - left <= held_max


def test_a_burst_waits_until_time_has_passed():
    """A tick after ``due_us`` ends it; nothing before that, and not a tick at it."""
    run = Pipeline((BurstCadence(),)).start(Context())
    assert run.feed(key("a", 0, 10)) == []
    assert run.due_us == PAUSE_US
    assert run.decided_until_us == 0
    assert run.tick(PAUSE_US) == []
    assert told(run.tick(PAUSE_US + 1)) == [("+a", 0), ("-a", 80)]
    assert run.due_us is None
