"""What pynput hands to callbacks becomes W3C events, from its objects and from JSON lines alike; nothing is guessed."""

from __future__ import annotations

import io
import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.formats.native import from_records
from reticent.formats.pynput import on_click, on_move, on_press, on_release, on_scroll, read
from reticent.reading.notes import FieldError, Notes
from reticent.recordings import open_format
from reticent.testing.attacker import typed_text
from reticent.testing.dsl import expand
from reticent.testing.formats.pynput import write


def key_code(char: str | None = None, vk: int | None = None, *, is_dead: bool = False) -> Any:
    """As pynput's ``KeyCode``, which has no name."""
    return SimpleNamespace(char=char, vk=vk, is_dead=is_dead)


def key(name: str) -> Any:
    """As a member of pynput's ``Key``, whose value is a ``KeyCode``."""
    return SimpleNamespace(name=name, value=key_code(vk=0))


def events_of(*records: dict[str, Any]) -> list[Event]:
    """Events of records, each at 7 us unless it says otherwise."""
    lines = "".join(json.dumps({"time_us": 7, **record}) + "\n" for record in records)
    return [event for batch in read(io.BytesIO(lines.encode())) for event in batch]


KEYS: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
    (key("enter"), {"name": "enter"}, {"key": "Enter", "code": "Enter"}),
    (key("space"), {"name": "space"}, {"key": " ", "code": "Space"}),
    (key("shift_r"), {"name": "shift_r"}, {"key": "Shift", "code": "ShiftRight"}),
    (key("alt_gr"), {"name": "alt_gr"}, {"key": "AltGraph", "code": "AltRight"}),
    (key("f25"), {"name": "f25"}, {}),
    (key_code("a", 65), {"char": "a", "vk": 65}, {"key": "a"}),
    (key_code("\x01"), {"char": "\x01"}, {"key": "\x01"}),
    (key_code("ç"), {"char": "ç"}, {"key": "ç"}),
    (key_code("´", is_dead=True), {"char": "´", "dead": True}, {"key": "Dead", "dead": "´"}),
    (key_code("e\u0301"), {"char": "e\u0301"}, {"text": "e\u0301"}),
    (key_code(None, 97), {"vk": 97}, {}),
    (key_code(""), {"char": ""}, {}),
    (None, {}, {}),
]
"""pynput's key, its JSON fields, and the fields of the event."""


@pytest.mark.parametrize(("given", "fields", "found"), KEYS)
def test_keys(given: Any, fields: dict[str, Any], found: dict[str, Any]) -> None:
    """Named keys, characters, chords, dead keys, and numbers, which alone tell nothing."""
    down, up = KeyDown(time_us=7, **found), KeyUp(time_us=7, **found)
    assert on_press(given, time_us=7) == down
    assert on_release(given, time_us=7) == up
    assert events_of({"pynput": "press", **fields}, {"pynput": "release", **fields}) == [down, up]


@pytest.mark.parametrize(
    ("char", "vk", "system", "found"),
    [
        (None, 97, "windows", {"key": "1", "code": "Numpad1"}),
        (None, 110, "windows", {"code": "NumpadDecimal"}),
        ("a", 65, "windows", {"key": "a"}),
        (None, 0xFFB1, "x11", {"key": "1", "code": "Numpad1"}),
        (None, 0xFF9C, "x11", {"key": "End", "code": "Numpad1"}),
        (None, 0xFE20, "x11", {}),
        ("1", 0x53, "macos", {"key": "1", "code": "Numpad1"}),
        ("ç", 0x08, "macos", {"key": "ç", "code": "KeyC"}),
        (None, 0x66, "macos", {"key": "HanjaMode", "code": "Lang2"}),
    ],
)
def test_a_number_tells_a_key_where_the_system_is_known(
    char: str | None, vk: int, system: Any, found: dict[str, Any]
) -> None:
    """On Windows and X11 that of the numpad, on macOS the physical one."""
    down = KeyDown(time_us=7, **found)
    assert on_press(key_code(char, vk), time_us=7, system=system) == down
    assert events_of({"pynput": "press", "char": char, "vk": vk, "system": system}) == [down]


@pytest.mark.parametrize("injected", [True, False, None])
def test_injected_keys(injected: bool | None) -> None:
    """As pynput 1.8 tells; older versions do not."""
    down = KeyDown(time_us=7, key="a", injected=injected)
    assert on_press(key_code("a"), injected, time_us=7) == down
    assert events_of({"pynput": "press", "char": "a", "injected": injected}) == [down]


def test_half_a_character_is_left_out() -> None:
    """Windows reports characters beyond 0xFFFF that a program types in halves, which cannot be written."""
    assert on_press(key_code("\ud83d"), time_us=7) == KeyDown(time_us=7)


def test_repeats_are_presses_and_releases_may_be_missing() -> None:
    """pynput tells neither."""
    presses = [{"pynput": "press", "char": "a", "time_us": time_us} for time_us in (1, 2, 3)]
    assert events_of(*presses) == [KeyDown(time_us=time_us, key="a") for time_us in (1, 2, 3)]


def test_pointers() -> None:
    """Scrolling counts notches upwards; the native wheel 120 a notch downwards."""
    button = SimpleNamespace(name="x1", value=4)
    found = [
        on_move(1, 2.5, time_us=7),
        on_click(1, 2, button, True, time_us=7),
        on_click(1, 2, "left", False, False, time_us=7),
        on_scroll(1, 2, 1, -2, time_us=7),
    ]
    assert found == [
        PointerMove(time_us=7, x=1, y=2.5),
        PointerDown(time_us=7, x=1, y=2, button="back"),
        PointerUp(time_us=7, x=1, y=2, button="left"),
        Wheel(time_us=7, x=1, y=2, delta_x=120, delta_y=240),
    ]
    assert found == events_of(
        {"pynput": "move", "x": 1, "y": 2.5},
        {"pynput": "click", "x": 1, "y": 2, "button": "x1", "pressed": True},
        {"pynput": "click", "x": 1, "y": 2, "button": "left", "pressed": False, "injected": False},
        {"pynput": "scroll", "x": 1, "y": 2, "dx": 1, "dy": -2},
    )


def test_an_unknown_button_is_refused() -> None:
    """With those that are known."""
    with pytest.raises(FieldError, match="button: must be one of left, middle"):
        on_click(1, 2, SimpleNamespace(name="unknown"), True, time_us=7)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"pynput":"press","char":"h"}', "time_us: missing"),
        ('{"pynput":"press","time_us":1.5,"char":"h"}', "time_us: must be int"),
        ('{"pynput":"press","time_us":1,"char":"h","system":"hunter2"}', "system: must be one of windows, macos, x11"),
        ('{"pynput":"press","time_us":99999999999999999}', "time_us: too large"),
        ('{"pynput":"click","time_us":1,"x":1,"y":1,"button":"hunter2","pressed":true}', "button: must be one of"),
        ('{"pynput":"hunter2","time_us":1}', "pynput: not a type"),
        ('{"pynput":"press"', "not JSON"),
    ],
)
def test_a_bad_line_costs_one_note(line: str, reason: str) -> None:
    """The lines around it stay; nothing is quoted."""
    notes = Notes()
    good = '{"pynput":"press","time_us":3,"char":"a"}'
    [events] = read(io.BytesIO(f"{good}\n{line}\n{good}\n".encode()), notes)
    assert events == [KeyDown(time_us=3, key="a"), Discontinuity(time_us=3), KeyDown(time_us=3, key="a")]
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in said


def test_an_unknown_field_is_counted() -> None:
    """Its event stays."""
    notes = Notes()
    line = b'{"pynput":"press","time_us":1,"char":"a","combining":"x"}'
    assert list(read(io.BytesIO(line), notes)) == [[KeyDown(time_us=1, key="a")]]
    assert notes == Notes(lines=1, unknown_fields=Counter(combining=1))


def typed() -> bytes:
    """A recording of ordinary words and a password."""
    script = 'type:"my password is hunter2!Q" key:Enter type:"Hello there"'
    return write(from_records(expand(script).events))


def test_any_chunking_gives_the_same_events() -> None:
    """A byte at a time, or all at once."""
    whole, single = (list(read(io.BytesIO(typed()), chunk_bytes=size)) for size in (1 << 20, 1))
    assert [event for batch in whole for event in batch] == [event for batch in single for event in batch]


def test_it_is_told_by_its_content() -> None:
    """And taken for no other."""
    assert open_format(io.BytesIO(typed()))[0] == "pynput"


def test_a_typed_password_does_not_leave() -> None:
    """The words around it do."""
    assert typed_text(list(filter_stream(io.BytesIO(typed())))) == "my password is \nHello there"
