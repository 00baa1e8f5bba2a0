"""DuckTrack and AgentNet recordings become W3C events: exact times, known keys, nothing guessed."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reticent.events import (
    Discontinuity,
    Event,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    State,
    Wheel,
)
from reticent.formats.ducktrack import read
from reticent.reading.notes import Notes


def events_of(*records: dict[str, Any]) -> list[Event]:
    """Events of records, each at 1.5 s unless it says otherwise."""
    lines = "".join(json.dumps({"time_stamp": 1.5, **record}) + "\n" for record in records)
    return [event for batch in read(io.BytesIO(lines.encode())) for event in batch]


@pytest.mark.parametrize(
    ("seconds", "time_us"),
    [
        ("150160.965463208", 150_160_965_463),
        ("30679.8280302", 30_679_828_030),
        ("1700000000.123457", 1_700_000_000_123_457),
        ("0.00000051", 1),
        ("0.00000049", 0),
        ("-1.5", -1_500_000),
        ("7", 7_000_000),
    ],
)
def test_seconds_become_the_nearest_microsecond(seconds: str, time_us: int) -> None:
    """By exact arithmetic: a large epoch time loses nothing on the way."""
    line = f'{{"time_stamp": {seconds}, "action": "pause"}}'
    assert list(read(io.BytesIO(line.encode()))) == [[State(time_us=time_us, recording=False)]]


@pytest.mark.parametrize(
    ("name", "key", "code"),
    [
        ("w", "w", None), ("W", "W", None), ("é", "é", None), ("1", "1", None), ("\x01", "\x01", None),
        ("enter", "Enter", "Enter"), ("space", " ", "Space"), ("tab", "Tab", "Tab"),
        ("backspace", "Backspace", "Backspace"),
        ("shift", "Shift", "ShiftLeft"), ("shift_r", "Shift", "ShiftRight"), ("ctrl_l", "Control", "ControlLeft"),
        ("cmd", "Meta", "MetaLeft"), ("cmd_r", "Meta", "MetaRight"), ("alt", "Alt", "AltLeft"),
        ("alt_gr", "AltGraph", "AltRight"), ("caps_lock", "CapsLock", "CapsLock"), ("esc", "Escape", "Escape"),
        ("f12", "F12", "F12"), ("page_up", "PageUp", "PageUp"), ("left", "ArrowLeft", "ArrowLeft"),
        ("media_next", "MediaTrackNext", "MediaTrackNext"), ("menu", "ContextMenu", "ContextMenu"),
    ],
)  # fmt: skip
def test_keys_by_name(name: str, key: str, code: str | None) -> None:
    """A character tells no physical key; control characters of shortcuts are kept."""
    down, up = events_of({"action": "press", "name": name}, {"action": "release", "name": name})
    assert down == KeyDown(time_us=1_500_000, key=key, code=code)
    assert up == KeyUp(time_us=1_500_000, key=key, code=code)


@pytest.mark.parametrize("name", [None, "<97>", "vk_97", "numpad_1", ""])
def test_keys_without_a_known_name_tell_nothing(name: str | None) -> None:
    """They stay as keys, so that something is known to have been typed; the number would tell what."""
    assert events_of({"action": "press", "name": name}) == [KeyDown(time_us=1_500_000)]


def test_pointer_events_keep_their_numbers() -> None:
    """Integers stay integers, floats stay floats."""
    moves = events_of({"action": "move", "x": 961, "y": 606}, {"action": "move", "x": 1175.421875, "y": -3.5})
    assert moves == [
        PointerMove(time_us=1_500_000, x=961, y=606),
        PointerMove(time_us=1_500_000, x=1175.421875, y=-3.5),
    ]
    assert isinstance(moves[0], PointerMove) and type(moves[0].x) is int


@pytest.mark.parametrize(
    ("name", "button"),
    [("left", "left"), ("middle", "middle"), ("right", "right"), ("x1", "back"), ("button9", "forward")],
)
def test_clicks_are_buttons_going_down_and_up(name: str, button: Any) -> None:
    """``pressed`` tells which."""
    click = {"action": "click", "x": 1, "y": 2, "button": name}
    assert events_of({**click, "pressed": True}, {**click, "pressed": False}) == [
        PointerDown(time_us=1_500_000, x=1, y=2, button=button),
        PointerUp(time_us=1_500_000, x=1, y=2, button=button),
    ]


@pytest.mark.parametrize(("dx", "dy", "delta_x", "delta_y"), [(0, -1, 0, 120), (0, 2, 0, -240), (1, 0, 120, 0)])
def test_scrolling_is_120_a_notch_downwards(dx: int, dy: int, delta_x: int, delta_y: int) -> None:
    """pynput counts upwards, W3C downwards; both count to the right."""
    wheel = events_of({"action": "scroll", "x": 1, "y": 2, "dx": dx, "dy": dy})
    assert wheel == [Wheel(time_us=1_500_000, x=1, y=2, delta_x=delta_x, delta_y=delta_y)]


def test_pause_and_resume_are_states() -> None:
    """Nothing was recorded in between."""
    assert events_of({"action": "pause"}, {"action": "resume"}) == [
        State(time_us=1_500_000, recording=False),
        State(time_us=1_500_000, recording=True),
    ]


def test_what_agentnet_adds_is_left_out_without_a_note() -> None:
    """Other fields that are not known are counted."""
    notes = Notes()
    line = b'{"time_stamp":1,"action":"press","name":"T","pynput_key":"<84>","event_idx":3,"vk":84}'
    assert list(read(io.BytesIO(line), notes)) == [[KeyDown(time_us=1_000_000, key="T")]]
    assert notes == Notes(lines=1, unknown_fields=Counter(vk=1))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"time_stamp":2,"action":"teleport"}', "action: not a type"),
        ('{"time_stamp":2}', "action: missing"),
        ('{"action":"pause"}', "time_stamp: missing"),
        ('{"time_stamp":"2","action":"pause"}', "time_stamp: must be int | float, not str"),
        ('{"time_stamp":1e300,"action":"pause"}', "time_stamp: too large"),
        ('{"time_stamp":2,"action":"click","x":1,"y":1,"button":"hunter2","pressed":true}', "button: must be one of"),
        ("{", "not JSON"),
    ],
)  # fmt: skip
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay."""
    notes = Notes()
    good = '{"time_stamp":1,"action":"pause"}'
    [events] = read(io.BytesIO(f"{good}\n{line}\n{good}\n".encode()), notes)
    pause = State(time_us=1_000_000, recording=False)
    assert events == [pause, Discontinuity(time_us=1_000_000), pause]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes)


def recording(name: str) -> io.BytesIO:
    """A real recording from the folder that RETICENT_DATA names."""
    folder = os.environ.get("RETICENT_DATA")
    if not folder:
        pytest.skip("RETICENT_DATA is not set: real recordings are NOT tested")
    return io.BytesIO(gzip.decompress((Path(folder) / "streams" / name).read_bytes()))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (
            "ducktrack_example_events.jsonl.gz",
            {"PointerMove": 13_163, "Wheel": 140, "PointerDown": 22, "PointerUp": 22, "KeyDown": 27, "KeyUp": 27},
        ),
        (
            "opencua_example_events.jsonl.gz",
            {"PointerMove": 4_034, "Wheel": 19, "PointerDown": 21, "PointerUp": 21, "KeyDown": 3, "KeyUp": 1},
        ),
    ],
)
def test_real_recordings_are_read_whole(name: str, counts: dict[str, int]) -> None:
    """13,401 events of DuckTrack and 4,099 of OpenCUA: none is refused, no field is unknown, all keys have a key."""
    notes = Notes()
    events = [event for batch in read(recording(name), notes) for event in batch]
    assert Counter(type(event).__name__ for event in events) == counts
    assert notes == Notes(lines=sum(counts.values()))
    assert all(event.key for event in events if isinstance(event, (KeyDown, KeyUp)))
    times_us = [event.time_us for event in events]
    assert times_us == sorted(times_us)
