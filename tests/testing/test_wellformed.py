"""Only streams that obey the grammar of outputs pass."""

from __future__ import annotations

from typing import Any

import pytest

from reticent.testing.dsl import expand
from reticent.testing.wellformed import problems


def from_zero(script: str) -> list[dict[str, Any]]:
    """Events of a script on a clock that starts at 0."""
    events = expand(script).events
    return [{**event, "time_us": event["time_us"] - events[0]["time_us"]} for event in events]


def key(kind: str, time_us: int = 0, **fields: Any) -> dict[str, Any]:
    """A key event of KeyA."""
    return {"type": kind, "time_us": time_us, "code": "KeyA", **fields}


@pytest.mark.parametrize(
    "script",
    [
        'type:"Hello there"',
        'roll:"Hunter2 now"',
        "hold:KeyA,900ms",
        'ime:"ni"->"你"',
        "down:KeyA",
        "device:k2 down:KeyA",
    ],
)
def test_what_a_keyboard_gives_is_well_formed(script: str) -> None:
    """Strokes, rollover, repeats, compositions and a key held at the end."""
    assert problems(from_zero(script)) == []


@pytest.mark.parametrize(
    ("events", "problem"),
    [
        ([key("keyup")], "goes up that is not down"),
        ([key("keydown"), key("keydown")], "down that is down"),
        ([key("keydown", repeat=True)], "repeats that is not down"),
        ([key("keydown"), key("keyup", device="k2")], "goes up that is not down"),
        ([key("keydown", 5)], "not 0"),
        ([key("keydown"), key("keyup", 9), {"type": "tick", "time_us": 8}], "goes back by 1 us"),
        ([{"type": "nonsense", "time_us": 0}], "unknown type"),
        ([key("keydown", extra=1)], "not an event"),
        ([{"type": "pointerdown", "time_us": 0, "x": 1, "y": 1, "hit": {"name": "OK"}}], "`hit`"),
        ([{"type": "compositionstart", "time_us": 0}], "does not end"),
        ([{"type": "compositionend", "time_us": 0}], "has not started"),
        ([{"type": "compositionstart", "time_us": 0}] * 2, "inside a composition"),
    ],
)
def test_what_breaks_the_grammar_is_reported(events: list[dict[str, Any]], problem: str) -> None:
    """Each rule by an output that breaks it."""
    assert any(problem in line for line in problems(events))


def test_a_key_pairs_by_code_or_else_by_key() -> None:
    """Shift let go first changes the key of the keyup, not the stroke."""
    assert problems([key("keydown", key="@"), key("keyup", key="2")]) == []
    assert problems([{"type": "keydown", "time_us": 0, "key": "a"}, {"type": "keyup", "time_us": 0, "key": "b"}])


def test_header_has_no_part_in_the_clock() -> None:
    """The first timed event is at 0 whatever the header says."""
    header = {"type": "header", "time_us": 7, "version": "1", "policy": "p", "policy_sha256": "0"}
    assert problems([header, key("keydown")]) == []


def test_messages_quote_nothing() -> None:
    """Not even a type that is not one."""
    lines = problems([{"type": "hunter2", "time_us": 0}, key("keydown", key="hunter2", hunter2=1), key("keyup", key=3)])
    assert lines
    assert "hunter2" not in "".join(lines)
