"""A cell is one character as detectors read it, and knows every unit that would betray it."""

from __future__ import annotations

import pytest

from reticent.text.buffer import Buffer, Place
from reticent.text.cells import OPAQUE, Cell, Hull, Unit, normalized


def buffer() -> Buffer:
    """An empty text field."""
    return Buffer(Place("notes", "n", "1"), "text")


def unit(kind: int = Unit.TEXT, first: int = 0, of: Buffer | None = None) -> Unit:
    """A unit that arrived at ``first``."""
    return Unit(of or buffer(), kind, first, first * 1000)


@pytest.mark.parametrize(
    ("character", "text"),
    [
        ("a", "a"), ("A", "A"), ("\uff14", "4"), ("\uff21", "A"), ("\uff20", "@"), ("\ufb01", "fi"), ("\u00b2", "2"),
        ("\u3000", " "), ("\u00a0", " "), ("é", "é"), ("\U0001d7d8", "0"), (OPAQUE, OPAQUE),
    ],
)  # fmt: skip
def test_compatible_forms_are_read_alike(character: str, text: str) -> None:
    """Fullwidth digits, ligatures, superscripts and odd blanks cannot hide a secret (NFKC)."""
    assert normalized(character) == text


@pytest.mark.parametrize("character", ["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\ufe0f", "\u034f", "\u3164"])
def test_what_shows_nothing_is_nothing(character: str) -> None:
    """An invisible character between two others does not part them."""
    assert normalized(character) == ""


def test_half_a_surrogate_pair_is_replaced() -> None:
    """It cannot be written, and no detector must stumble over it."""
    assert normalized("\ud83d") == "\ufffd"


def test_every_unit_of_a_cell_is_named() -> None:
    """Who typed it, who composed it, who killed it, who crossed it."""
    cell = Cell("a", unit())
    cell.more, cell.dels, cell.touch = [unit(first=1)], [unit(Unit.DELETE, 2)], [unit(Unit.STEP, 3)]
    assert [each.first for each in cell.units()] == [0, 1, 2, 3]


def test_a_cell_is_open_while_any_of_its_units_is() -> None:
    """A late deletion opens the question again."""
    field = buffer()
    field.open_from = 5
    cell = Cell("a", unit(first=1, of=field))
    assert not cell.is_open()
    cell.dels = [unit(Unit.DELETE, 6, field)]
    assert cell.is_open()


def test_a_cell_is_redacted_once_that_is_decided() -> None:
    """While its unit is open, a hull is only a proposal."""
    field = buffer()
    cell = Cell("a", unit(first=3, of=field))
    assert cell.redacted is None
    cell.unit.hull = Hull("contact")
    assert cell.redacted == "contact"
    field.open_from = 3
    assert cell.redacted is None


@pytest.mark.parametrize(
    ("kind", "edge"),
    [
        (Unit.TEXT, False), (Unit.DELETE, False), (Unit.OTHER, False), (Unit.STEP, True), (Unit.JUMP, True),
        (Unit.LOCK, True), (Unit.MODIFIER, True),
    ],
)  # fmt: skip
def test_navigation_locks_and_lone_modifiers_are_edges(kind: int, edge: bool) -> None:
    """They go with a hull beside them; text and deletions do not."""
    assert unit(kind).is_edge is edge


def test_a_modifier_that_serves_kept_text_is_no_edge() -> None:
    """One that only served what is hidden, or navigation, is."""
    shift, text, step = unit(Unit.MODIFIER), unit(first=1), unit(Unit.STEP, 2)
    shift.served = [text, step]
    assert not shift.is_edge
    text.hull = Hull("credential")
    assert shift.is_edge
