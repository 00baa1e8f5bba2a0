"""Notes say how much was read and what was not examined, and never quote the input."""

from __future__ import annotations

import pytest

from reticent.reading.notes import FieldError, Notes


def test_fresh_notes_are_empty() -> None:
    """And shared with nobody."""
    Notes().refuse(1, "time_us: missing")
    notes = Notes()
    assert (notes.lines, notes.refused, notes.refused_lines) == (0, 0, [])
    assert (notes.unknown_fields, notes.unknown_types) == ({}, {})


def test_all_refusals_are_counted_and_the_first_shown() -> None:
    """Ten are enough to find the fault."""
    notes = Notes()
    for line in range(1, 1001):
        notes.refuse(line, "time_us: missing")
    assert notes.refused == 1000
    assert [line for line, _ in notes.refused_lines] == list(range(1, 11))
    assert {reason for _, reason in notes.refused_lines} == {"time_us: missing"}


@pytest.mark.parametrize("count", [Notes.unknown_field, Notes.unknown_type])
def test_names_are_counted(count) -> None:
    """Each for itself."""
    notes = Notes()
    for name in ("weather", "weather", "mood"):
        count(notes, name)
    assert notes.unknown_fields + notes.unknown_types == {"weather": 2, "mood": 1}


@pytest.mark.parametrize("name", ["my password is hunter2", "hunter-2", "", "2hunter", "x" * 41, "karl@example.com"])
def test_what_may_be_content_is_no_name(name: str) -> None:
    """A recording that is broken may have text where names belong."""
    notes = Notes()
    notes.unknown_field(name)
    notes.unknown_type(name)
    assert (notes.unknown_fields, notes.unknown_types) == ({"other": 1}, {"other": 1})


def test_names_are_bounded() -> None:
    """Beyond the first hundred they are counted together; those that were seen go on."""
    notes = Notes()
    for at in range(500):
        notes.unknown_field(f"name{at}")
    notes.unknown_field("name7")
    assert len(notes.unknown_fields) == 101
    assert notes.unknown_fields["other"] == 400
    assert notes.unknown_fields["name7"] == 2
    assert notes.unknown_types == {}


def test_a_field_error_is_a_value_error() -> None:
    """Readers catch both alike."""
    assert issubclass(FieldError, ValueError)
