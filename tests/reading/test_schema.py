"""A record becomes a typed value, or a reason that names the field and the fix and quotes nothing."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import pytest

from reticent.reading.notes import FieldError, Notes
from reticent.reading.schema import Schema

CANARY = "hunter2"


class Spot(msgspec.Struct):
    """Part of a record."""

    label: str


class Click(msgspec.Struct, tag_field="kind", tag="click", rename={"at_ms": "at"}):
    """A record type."""

    at_ms: int
    button: Literal["left", "right"] | None = None
    tags: tuple[Literal["a", "b"], ...] = ()
    spot: Spot | None = None


class Note(msgspec.Struct, tag_field="kind", tag="note"):
    """Another."""

    text: str = ""


SCHEMA = Schema("kind", {"click": Click, "note": Note})


def built(record: dict[str, object], notes: Notes | None = None) -> Any:
    """The value of a record."""
    return SCHEMA.build(*SCHEMA.select(record, notes or Notes()))


def reason(record: dict[str, object]) -> str:
    """Why a record does not fit; never with anything of it."""
    with pytest.raises(FieldError) as refusal:
        built(record)
    assert CANARY not in str(refusal.value)
    assert refusal.value.__cause__ is None
    return str(refusal.value)


def test_a_record_that_fits() -> None:
    """By the names it has on the wire; what is absent is left to its default."""
    value = built({"kind": "click", "at": 5, "button": "left", "tags": ["a"], "spot": {"label": "x"}})
    assert value == Click(5, "left", ("a",), Spot("x"))
    assert built({"kind": "click", "at": 5, "button": None, "tags": None}) == Click(5)
    assert built({"kind": "note"}) == Note()


def test_unknown_fields_are_dropped_and_counted() -> None:
    """By name; null is absent, whatever it is called."""
    notes = Notes()
    assert built({"kind": "click", "at": 5, "weather": CANARY, "mood": None}, notes) == Click(5)
    assert notes.unknown_fields == {"weather": 1}
    assert built({"kind": "click", "at": 5, "at_ms": 6}, notes) == Click(5)
    assert notes.unknown_fields["at_ms"] == 1


def test_the_type_must_be_known() -> None:
    """One that is not is counted by its name."""
    for record in ({}, {"kind": None}, {"kind": 5}, {"kind": [CANARY]}):
        assert reason(dict(record)) == "kind: missing or not a string; every record needs one"
    notes = Notes()
    with pytest.raises(FieldError, match="kind: not a type this version knows"):
        SCHEMA.select({"kind": "drag", "text": CANARY}, notes)
    assert notes.unknown_types == {"drag": 1}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "at: missing; it is required"),
        ({"at": None}, "at: missing; it is required"),
        ({"at": CANARY}, "at: must be int, not str"),
        ({"at": 1.5}, "at: must be int, not float"),
        ({"at": 1, "button": CANARY}, "button: must be one of left, right"),
        ({"at": 1, "tags": ["a", CANARY]}, "tags[1]: must be one of a, b"),
        ({"at": 1, "spot": {"label": 7, "x": CANARY}}, "spot.label: must be str, not int"),
        ({"at": 1, "spot": CANARY}, "spot: must be object | null, not str"),
        ({"at": 1, "spot": {CANARY: 1}}, "spot"),
    ],
)
def test_reasons_name_the_field_and_the_fix(fields: dict[str, object], message: str) -> None:
    """And quote nothing of the value."""
    assert reason({"kind": "click", **fields}).startswith(message)


def test_numbers_beyond_all_bounds_do_not_fit() -> None:
    """They are no crash."""
    assert built({"kind": "click", "at": 2**62}).at_ms == 2**62
    assert reason({"kind": "click", "at": float("inf")}).startswith("at: must be int")


def test_types_are_those_of_the_caller() -> None:
    """Adding to the mapping later changes nothing."""
    types: dict[str, type[msgspec.Struct]] = {"note": Note}
    schema = Schema("kind", types)
    types["click"] = Click
    assert set(schema.types) == {"note"}
