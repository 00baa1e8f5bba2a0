"""Events are small frozen values that spell the wire format, and their ``repr`` never shows content."""

from __future__ import annotations

import pickle
from io import StringIO
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
from rich.console import Console
from rich.pretty import Pretty

from reticent.events import EVENT_TYPES, Event, Focus, Hit, KeyDown, Label, PointerDown, State

CANARY = "Zyxqo7Canary"
REQUIRED: dict[str, dict[str, Any]] = {
    "input": {"input_type": "insertText"},
    "selectionchange": {"start": 1, "end": 2},
    "clipboard": {"operation": "copy"},
    "pointermove": {"x": 1, "y": 2.5},
    "pointerdown": {"x": 1, "y": 2.5},
    "pointerup": {"x": 1, "y": 2.5},
    "wheel": {"x": 1, "y": 2.5},
    "label": {"kind": "title", "value": "v"},
    "header": {"version": "1", "policy": "p", "policy_sha256": "s"},
    "redacted": {"category": "credential"},
}
"""Fields that a type must have, beside ``time_us``; no other type has any."""

WIRE_NAMES = {
    "keydown", "keyup", "input", "compositionstart", "compositionupdate", "compositionend", "selectionchange",
    "clipboard", "pointermove", "pointerdown", "pointerup", "wheel", "focus", "blur", "label", "state", "frame", "tick",
    "header", "redacted", "gap", "discontinuity",
}  # fmt: skip

ALL = sorted(EVENT_TYPES)


def smallest(tag: str) -> dict[str, Any]:
    """The shortest record of a type."""
    return {"type": tag, "time_us": 7, **REQUIRED.get(tag, {})}


def choices(kind: Any) -> tuple[str, ...]:
    """The words that a type allows, if it allows only certain ones."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return tuple(word for part in get_args(kind) for word in choices(part))


def fullest(tag: str) -> Any:
    """An event with the canary in every field that takes free text."""
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(EVENT_TYPES[tag]):
        words = choices(field.type)
        if words:
            values[field.name] = (words[-1],) if get_origin(field.type) is tuple else words[-1]
        elif field.type in (str, str | None):
            values[field.name] = CANARY
        elif field.type == Hit | None:
            values[field.name] = Hit(role=CANARY, label=CANARY)
        elif field.type in (bool, bool | None):
            values[field.name] = True
        else:
            values[field.name] = 12_345_678
    return EVENT_TYPES[tag](**values)


def test_wire_names() -> None:
    """Types are named as in the wire format."""
    assert set(EVENT_TYPES) == WIRE_NAMES
    assert len(get_args(Event)) == len(WIRE_NAMES)


@pytest.mark.parametrize("tag", ALL)
def test_defaults_are_left_out(tag: str) -> None:
    """The smallest record makes an event, which makes that record again."""
    event = msgspec.convert(smallest(tag), Event)
    assert msgspec.to_builtins(event) == smallest(tag)
    assert type(event) is EVENT_TYPES[tag]


@pytest.mark.parametrize("tag", ALL)
def test_required_fields(tag: str) -> None:
    """Without any of them a record is no event."""
    for name in smallest(tag).keys() - {"type"}:
        record = {key: value for key, value in smallest(tag).items() if key != name}
        with pytest.raises(msgspec.ValidationError, match="missing required field"):
            msgspec.convert(record, Event)


@pytest.mark.parametrize("tag", ALL)
def test_round_trips(tag: str) -> None:
    """JSON, pickle and built-in values give an equal event with every field set."""
    event = fullest(tag)
    assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event
    assert msgspec.convert(msgspec.to_builtins(event), Event) == event
    assert pickle.loads(pickle.dumps(event)) == event
    assert hash(event) == hash(fullest(tag))


@pytest.mark.parametrize("tag", ALL)
def test_unknown_fields_are_refused(tag: str) -> None:
    """The decoder of a format decides what to do about them."""
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({**smallest(tag), "weather": "fine"}, Event)


def test_unknown_types_are_refused() -> None:
    """And so is a record without a type."""
    for record in ({"type": "keypress", "time_us": 1}, {"time_us": 1}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(record, Event)


@pytest.mark.parametrize("tag", ALL)
def test_no_repr_shows_content(tag: str) -> None:
    """Neither ``repr`` and ``str`` nor rich, whether alone or inside something."""
    event = fullest(tag)
    console = Console(file=StringIO(), width=200)
    console.print(event, Pretty([event], expand_all=True))
    shown = "\n".join((repr(event), str(event), f"{[event]}", console.file.getvalue()))  # type: ignore[attr-defined]
    assert CANARY not in shown
    assert type(event).__name__ in shown
    words = {word for field in msgspec.structs.fields(type(event)) for word in choices(field.type)}
    assert not any(repr(word) in shown for word in words)


def test_a_hit_shows_nothing() -> None:
    """Not even alone."""
    hit = Hit(role=CANARY, label=CANARY)
    console = Console(file=StringIO())
    console.print(hit)
    assert repr(hit) == "Hit(...)"
    assert CANARY not in console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (KeyDown, {"modifiers": ["Hyper"]}),
        (PointerDown, {"x": 1, "y": 1, "button": "sixth"}),
        (Focus, {"field": "secret"}),
        (Label, {"kind": "tooltip", "value": "v"}),
        (State, {"private": "yes"}),
        (KeyDown, {"repeat": 1}),
        (KeyDown, {"time_us": 1.5}),
    ],
)
def test_values_of_the_wrong_kind_are_refused(kind: type, fields: dict[str, Any]) -> None:
    """A field of certain words takes no other."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"type": kind.__struct_config__.tag, "time_us": 1, **fields}, Event)  # type: ignore[attr-defined]


@pytest.mark.parametrize("tag", ALL)
def test_every_word_of_a_field_is_accepted(tag: str) -> None:
    """Fields of certain words take each of them."""
    for field in msgspec.structs.fields(EVENT_TYPES[tag]):
        for word in choices(field.type):
            value = [word] if get_origin(field.type) is tuple else word
            event = msgspec.convert({**smallest(tag), field.name: value}, Event)
            assert getattr(event, field.name) in (word, (word,))


@pytest.mark.parametrize("tag", ALL)
def test_events_are_frozen(tag: str) -> None:
    """No field can be set."""
    with pytest.raises(AttributeError):
        fullest(tag).time_us = 8
