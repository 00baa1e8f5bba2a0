"""A view is a text that typing may have been, with the cell behind every character."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from reticent.text import views
from reticent.text.buffer import CONTEXT, Buffer, Place
from reticent.text.cells import Cell, Unit


def field(element: str = "1") -> Buffer:
    """An empty field, everything in which is undecided."""
    buffer = Buffer(Place("notes", "n", element), "text")
    buffer.open_from = 0
    return buffer


def typed(buffer: Buffer, text: str, first: int = 0) -> list[Cell]:
    """Type a text; its strokes arrive from ``first`` on."""
    return [buffer.type(character, Unit(buffer, Unit.TEXT, first + at, 0)) for at, character in enumerate(text)]


def rubbed(buffer: Buffer, times: int) -> None:
    """Backspace."""
    for _ in range(times):
        buffer.delete_backward(Unit(buffer, Unit.DELETE, 0, 0))


def texts(found: Iterable[list[Cell | None]]) -> list[str]:
    """How each view reads."""
    return [views.spell(cells).text for cells in found]


def test_each_character_has_its_cell() -> None:
    """A cell may hold no character, or several; a blank that marks a break has none."""
    buffer = field()
    one, nothing, two = typed(buffer, "a\u200b\ufb01")
    view = views.spell([one, nothing, None, two])
    assert (view.text, view.cells) == ("a fi", [one, None, two, two])


def test_the_final_view_is_what_stands_there() -> None:
    """Without what was deleted."""
    buffer = field()
    typed(buffer, "abx")
    rubbed(buffer, 1)
    typed(buffer, "c")
    assert views.spell(views.final(buffer)).text == "abc"


def test_the_final_view_is_parted_where_the_caret_was_lost() -> None:
    """Text behind it may stand anywhere."""
    buffer = field()
    typed(buffer, "ab")
    buffer.lose_caret()
    typed(buffer, "cd")
    assert views.spell(views.final(buffer)).text == "ab cd"


def test_the_final_view_begins_a_little_before_what_is_open() -> None:
    """One line above at most, and no further than cues reach."""
    buffer = field()
    typed(buffer, "a" * 500)
    typed(buffer, "open", 1000)
    buffer.open_from = 1000
    assert views.spell(views.final(buffer)).text == "a" * CONTEXT + "open"
    buffer = field()
    typed(buffer, "one\ntwo\n")
    typed(buffer, "open", 1000)
    buffer.open_from = 1000
    assert views.spell(views.final(buffer)).text == "two\nopen"


def test_epochs_are_what_stood_there_before_each_deletion() -> None:
    """Oldest first."""
    buffer = field()
    for _ in range(2):
        typed(buffer, "ab")
        rubbed(buffer, 2)
        typed(buffer, "c")
    assert texts(views.epochs(buffer)) == ["ab", "cab"]


def test_raw_is_everything_in_the_order_it_was_typed() -> None:
    """Glued, and parted where the caret moved."""
    buffer = field()
    serial = typed(buffer, "ter2")
    buffer.jump_line(left=True, selecting=False)
    serial += typed(buffer, "hun")
    assert views.spell(views.final(buffer)).text == "hunter2"
    assert texts(views.raw(serial)) == ["ter2hun", "ter2 hun"]


def test_raw_that_has_no_break_is_one_view() -> None:
    """Deleted characters are in it."""
    buffer = field()
    serial = typed(buffer, "abx")
    rubbed(buffer, 1)
    serial += typed(buffer, "c")
    assert texts(views.raw(serial)) == ["abxc"]


def test_global_raw_goes_over_all_targets() -> None:
    """Glued, and parted where the target changes; of one target alone there is none."""
    one, two = field("1"), field("2")
    serial = typed(one, "hun") + typed(two, "ter2") + typed(one, "x")
    assert texts(views.global_raw(serial)) == ["hunter2x", "hun ter2 x"]
    assert texts(views.global_raw(serial[:3])) == []


def test_letters_under_a_command_modifier_are_a_view_of_their_own() -> None:
    """They are no text, but a stuck modifier hides nothing."""
    buffer = field()
    serial = typed(buffer, "hunter2")
    serial[3].shadow = True
    assert texts(views.global_raw(serial)) == ["hunter2"]
    assert texts(views.raw(serial)) == ["huner2"]


def test_preedits_are_read_after_what_stood_before_them() -> None:
    """Every text that was shown, with the one carrier behind its characters."""
    buffer = field()
    typed(buffer, "ab")
    carrier = Cell("", Unit(buffer, Unit.TEXT, 2, 0))
    carrier.live, carrier.preedits = False, ["ni", "你"]
    buffer.insert_cells([carrier], carrier.unit)
    buffer.preedits.append(carrier)
    found = list(views.preedits(buffer))
    assert [view.text for view in found] == ["abni", "ab你"]
    assert all(view.cells[2:] == [carrier] * (len(view.text) - 2) for view in found)


def test_layout_variants_read_the_same_keys_otherwise() -> None:
    """A layout that makes nothing else of a key keeps its character."""
    buffer = field()
    cells: list[Cell | None] = []
    for at, (text, others) in enumerate([("q", {"fr": "a"}), ("b", None), ("y", {"de": "z", "fr": "y"})]):
        cells += buffer.insert(text, Unit(buffer, Unit.TEXT, at, 0), others)
    found = list(views.variants(cells, ("us", "de", "fr")))
    assert [view.text for view in found] == ["qby", "qbz", "aby"]
    assert list(views.variants([cells[1]], ("us", "de", "fr"))) == []


@pytest.mark.parametrize(
    ("stood", "then"),
    [
        ("hter2", "un"), ("ter2", "hun"), ("hunter", "2"), ("xxhter2xx", "un"), ("huxxer2", "nt"), ("HTER2", "un"),
        ("ter2", "xx hun"), ("hun", "ter2 xx"),
    ],
)  # fmt: skip
def test_a_segment_may_complete_a_literal(stood: str, then: str) -> None:
    """Between, before, behind, or over what stood there; the cells of both are behind it."""
    buffer = field()
    typed(buffer, stood)
    buffer.lose_caret()
    typed(buffer, then, 100)
    found = list(views.joins(buffer, ["hunter2"]))
    assert found
    assert all(view.text == "hunter2" for view in found)
    whole = "".join(cell.text.lower() for cell in found[0].cells if cell is not None)
    assert whole == "hunter2"


@pytest.mark.parametrize(("stood", "then"), [("hter2", "xn"), ("some words", "more"), ("retunh", "un"), ("2", "x")])
def test_a_segment_that_completes_nothing(stood: str, then: str) -> None:
    """Gives no view."""
    buffer = field()
    typed(buffer, stood)
    buffer.lose_caret()
    typed(buffer, then)
    assert list(views.joins(buffer, ["hunter2"])) == []


def test_a_segment_that_is_decided_completes_nothing_any_more() -> None:
    """It has left, or not."""
    buffer = field()
    typed(buffer, "hter2")
    buffer.lose_caret()
    typed(buffer, "un")
    buffer.open_from = 1000
    assert list(views.joins(buffer, ["hunter2"])) == []
