"""A caret goes over live cells only, and never over a place where other text may stand."""

from __future__ import annotations

import pytest

from reticent.text.buffer import Buffer, Place
from reticent.text.caret import left_of, line_boundary, right_of, word_boundary
from reticent.text.cells import Cell, Unit


def cells_of(text: str, *, dead: str = "", jump: int | None = None) -> list[Cell]:
    """A cell for each character; those in ``dead`` are tombstones, other text may stand before number ``jump``."""
    unit = Unit(Buffer(Place(None, None, None), "text"), Unit.TEXT, 0, 0)
    cells = [Cell(character, unit) for character in text]
    for at, cell in enumerate(cells):
        cell.live = cell.text not in dead
        cell.jump = at == jump
    return cells


@pytest.mark.parametrize(("caret", "left", "right"), [(0, None, 0), (1, 0, 3), (2, 0, 3), (3, 0, 3), (4, 3, None)])
def test_tombstones_are_crossed(caret: int, left: int | None, right: int | None) -> None:
    """To the next live cell on each side."""
    cells = cells_of("axxb", dead="x")
    assert (left_of(cells, caret), right_of(cells, caret)) == (left, right)


def test_what_nobody_knows() -> None:
    """Neither from an unknown caret nor over a jump."""
    cells = cells_of("abc", jump=1)
    assert left_of(cells, None) is right_of(cells, None) is None
    assert left_of(cells, 1) is right_of(cells, 1) is None
    assert (left_of(cells, 2), right_of(cells, 2)) == (1, 2)
    cells = cells_of("axb", dead="x", jump=1)
    assert left_of(cells, 2) is None


def test_a_line_ends_at_live_breaks() -> None:
    """One that was deleted joins the lines."""
    cells = cells_of("ab\ncd\nef")
    assert [line_boundary(cells, 4, backward=backward) for backward in (True, False)] == [3, 5]
    cells[2].live = False
    assert [line_boundary(cells, 4, backward=backward) for backward in (True, False)] == [0, 5]


@pytest.mark.parametrize(
    ("caret", "blank_only", "start", "end"),
    [(7, False, 6, 8), (7, True, 2, 8), (6, False, 5, 8), (2, False, 0, 5), (2, True, 0, 8), (8, False, 6, 8)],
)
def test_a_word_is_of_one_class(caret: int, start: int, end: int, *, blank_only: bool) -> None:
    """Letters, digits and underscores, or marks; or whatever stands between blanks, which are crossed first."""
    cells = cells_of("a one-tw")
    found = [word_boundary(cells, caret, backward=backward, blank_only=blank_only) for backward in (True, False)]
    assert found == [start, end]
