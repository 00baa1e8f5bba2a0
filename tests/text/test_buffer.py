"""A typing buffer knows what stands in a field, what stood there, and when it does not know where the caret is."""

from __future__ import annotations

import pytest

from reticent.events import FieldKind
from reticent.text.buffer import Buffer, Place
from reticent.text.cells import OPAQUE, Cell, Unit


class Field(Buffer):
    """A buffer that makes its own units: each call is one stroke."""

    def __init__(self, text: str = "", kind: FieldKind = "text") -> None:
        super().__init__(Place("notes", "n", "1"), kind)
        self.strokes = 0
        self.write(text)

    def unit(self, kind: int = Unit.TEXT) -> Unit:
        """The next stroke."""
        self.strokes += 1
        return Unit(self, kind, self.strokes, self.strokes * 1000)

    def write(self, text: str) -> None:
        """Type, character by character; a newline ends the line."""
        for character in text:
            if character == "\n":
                self.end_line(character, self.unit())
            else:
                self.type(character, self.unit())

    def rub(self, times: int = 1) -> list[Unit]:
        """Backspace."""
        units = [self.unit(Unit.DELETE) for _ in range(times)]
        for each in units:
            self.delete_backward(each)
        return units

    def go(self, steps: int, *, selecting: bool = False) -> None:
        """The caret crosses characters; to the left when negative."""
        for _ in range(abs(steps)):
            self.step(self.unit(Unit.STEP), left=steps < 0, selecting=selecting)

    @property
    def now(self) -> str:
        """What stands there."""
        return spelled(self.cells)

    @property
    def then(self) -> list[str]:
        """What stood there before each deletion."""
        return ["".join(cell.text for cell in epoch) for epoch in self.epochs]

    @property
    def all(self) -> str:
        """Everything that was ever typed, in document order."""
        return "".join(cell.text for cell in self.cells)


def spelled(cells: list[Cell]) -> str:
    """The text of the live cells."""
    return "".join(cell.text for cell in cells if cell.live)


# -- taking away -----------------------------------------------------------------------------------------------------


def test_deleted_cells_stay_and_new_ones_go_behind_them() -> None:
    """What is typed again stands after the attempt that was deleted."""
    field = Field("abc")
    field.rub(2)
    field.write("xy")
    assert (field.now, field.all) == ("axy", "abcxy")


def test_delete_forward_keeps_the_order() -> None:
    """Also when what was deleted stood right of the caret."""
    field = Field("abcd")
    field.go(-2)
    field.delete_forward(field.unit(Unit.DELETE))
    field.write("x")
    assert (field.now, field.all) == ("abxd", "abcxd")


def test_a_unit_delete_is_evidence_against_the_cell_it_killed() -> None:
    """Each stroke for its own cell."""
    field = Field("abc")
    units = field.rub(2)
    assert [cell.dels for cell in field.cells] == [None, [units[1]], [units[0]]]


@pytest.mark.parametrize(
    "how",
    [
        lambda field: field.delete_word(field.unit(), backward=True),
        lambda field: field.delete_line(field.unit(), backward=True),
        lambda field: (field.select_all(), field.delete_backward(field.unit())),
        lambda field: (field.go(-3, selecting=True), field.delete_forward(field.unit())),
        lambda field: (field.select_all(), field.write("x")),
    ],
)
def test_a_delete_of_several_cells_is_no_evidence(how) -> None:
    """One stroke that removed a word must not draw the whole word into a hull."""
    field = Field("abc")
    how(field)
    assert field.now in ("", "x")
    assert all(cell.dels is None for cell in field.cells)
    assert "abc" in field.then


def test_a_selection_of_one_cell_is_deleted_as_by_a_unit_delete() -> None:
    """The stroke says no less than a Backspace."""
    field = Field("abc")
    field.go(-1, selecting=True)
    stroke = field.unit(Unit.DELETE)
    field.delete_backward(stroke)
    assert field.cells[2].dels == [stroke]


def test_a_snapshot_before_each_change_from_typing_to_deleting() -> None:
    """One for a run of deletions, and none when text is only added."""
    field = Field("abc")
    assert field.then == []
    field.rub(2)
    field.write("de")
    field.rub()
    assert field.then == ["abc", "ade"]


def test_a_snapshot_before_a_selection_is_overwritten() -> None:
    """The text that was replaced had been there."""
    field = Field("abc")
    field.go(-2, selecting=True)
    field.write("x")
    assert field.now == "ax"
    assert "abc" in field.then


def test_snapshots_are_bounded() -> None:
    """When they are full someone must read them."""
    field = Field()
    for _ in range(100):
        assert field.epochs_full == (len(field.epochs) >= 64)
        field.write("ab")
        field.rub()
    assert field.epochs_full
    assert len(field.epochs) == 64


def test_what_was_killed_and_yanked_has_a_source() -> None:
    """What betrays the copy betrays the original."""
    field = Field("ab secret")
    field.killed = field.delete_word(field.unit(), backward=True)
    field.write("x ")
    copies = field.insert_copies(field.killed, field.unit())
    assert field.now == "ab x secret"
    assert [copy.source for copy in copies] == field.cells[3:9]


# -- moving ----------------------------------------------------------------------------------------------------------


def test_steps_cross_cells_and_are_remembered_by_them() -> None:
    """Text goes where the caret is."""
    field = Field("ac")
    field.go(-1)
    field.write("b")
    field.go(1)
    field.write("d")
    assert field.now == "abcd"
    assert [len(cell.touch or ()) for cell in field.cells] == [0, 0, 2, 0]


def test_an_arrow_drops_the_selection_at_its_edge() -> None:
    """Left at its start, Right at its end, crossing nothing."""
    for steps, expected in ((-1, "aXbc"), (1, "abcX")):
        field = Field("abc")
        field.go(-2, selecting=True)
        field.go(steps)
        field.write("X")
        assert field.now == expected
        assert field.selected() is None


def test_the_selection_is_what_lies_between() -> None:
    """Deleted cells are no part of it."""
    field = Field("abcd")
    field.rub()
    field.go(-2, selecting=True)
    assert spelled(field.selected() or []) == "bc"
    field.select_all()
    assert spelled(field.selected() or []) == "abc"


def test_typing_over_in_overtype_mode() -> None:
    """Both readings stay open: that Insert was heeded, and that it was not."""
    field = Field("axc")
    field.go(-2)
    field.toggle_overtype()
    field.write("b")
    assert field.now == "abc"
    assert [spelled(join.segment) for join in field.joins] == ["b"]
    assert "x" in "".join(cell.text for cell in field.joins[0].base)


# -- not knowing -----------------------------------------------------------------------------------------------------


def test_a_lost_caret_starts_a_segment() -> None:
    """Which may belong anywhere into what stood there."""
    field = Field("hter2")
    field.lose_caret()
    assert field.caret is None
    field.write("un")
    assert field.now == "hter2un"
    assert [(spelled(join.base), spelled(join.segment)) for join in field.joins] == [("hter2", "un")]
    assert field.cells[5].jump
    assert field.then == ["hter2"]


def test_deletes_do_not_reach_over_an_unknown_place() -> None:
    """What stands left of it is not known."""
    field = Field("abc")
    field.lose_caret()
    field.write("x")
    field.rub(3)
    assert field.now == "abc"


def test_deletes_at_an_unknown_place_kill_nothing() -> None:
    """They may hit any cell, so none is taken for gone."""
    field = Field("abc")
    field.lose_caret()
    field.rub(2)
    assert field.now == "abc"
    assert all(cell.dels is None for cell in field.cells)


def test_hypotheses_are_bounded() -> None:
    """The newest eight are kept."""
    field = Field("base")
    for at in range(20):
        field.lose_caret()
        field.write(chr(ord("a") + at))
    assert "".join(spelled(join.segment) for join in field.joins) == "mnopqrst"


def test_word_jumps_and_select_all_are_uncertain() -> None:
    """Applications do not agree on where a word ends, nor on what ^A means."""
    for how in (lambda field: field.jump_word(left=True, selecting=False), lambda field: field.select_all()):
        field = Field("abc def")
        how(field)
        field.write("x")
        assert [spelled(join.segment) for join in field.joins] == ["x"]


def test_a_report_restores_the_caret() -> None:
    """The application knows where it is."""
    field = Field("ad")
    field.lose_caret()
    field.report(1, 1)
    field.write("bc")
    assert field.now == "abcd"


def test_a_report_that_says_what_is_known_changes_nothing() -> None:
    """Nor does it part what was typed before and after it."""
    field = Field()
    for at, character in enumerate("abc", 1):
        field.write(character)
        field.report(at, at)
    assert field.now == "abc"
    assert not field.edited
    assert not any(cell.broken for cell in field.cells)


def test_a_report_in_a_prefilled_field_is_taken_with_its_offset() -> None:
    """Ten characters were there before; later reports count from them."""
    field = Field("a")
    field.report(11, 11)
    field.write("cd")
    field.report(13, 13)
    field.lose_caret()
    field.report(11, 11)
    field.write("b")
    assert field.now == "abcd"


@pytest.mark.parametrize("report", [(9, 9), (0, 9)])
def test_a_report_out_of_what_is_known_loses_the_caret(report: tuple[int, int]) -> None:
    """There is text that nobody saw."""
    field = Field("abc")
    field.rub()
    field.report(*report)
    assert field.caret is None


# -- other ways of writing -------------------------------------------------------------------------------------------


def test_a_long_payload_keeps_its_ends() -> None:
    """They alone can join with what is typed beside it."""
    field = Field("a")
    field.insert_payload("b" * 500 + "c" * 500, field.unit())
    assert field.now == "a" + "b" * 150 + OPAQUE + "c" * 150
    short = Field()
    short.insert_payload("d" * 300, short.unit())
    assert short.now == "d" * 300


def test_nobody_knows_how_much_an_unseen_paste_is() -> None:
    """Once the caret crosses or deletes it, the caret is lost."""
    for act in (lambda field: field.rub(), lambda field: field.go(-1)):
        field = Field("ab")
        field.insert(OPAQUE, field.unit())
        assert field.caret is not None
        act(field)
        assert field.caret is None


def test_a_replacement_copies_what_it_replaces() -> None:
    """The caret stays behind what was typed since."""
    field = Field("teh cat")
    new = field.replace("teh", "the", field.unit())
    field.write("s")
    assert field.now == "the cats"
    assert [cell.source for cell in new] == field.cells[:3]
    assert "teh cat" in field.then


def test_a_replacement_of_what_is_not_there_is_an_insertion() -> None:
    """As a completion, which replaces nothing that is known."""
    for old in (None, "", "dog"):
        field = Field("see c")
        field.replace(old, "at", field.unit())
        assert field.now == "see cat"


def test_autofill_sets_the_whole_value() -> None:
    """What was typed is gone, but was there."""
    field = Field("ab")
    field.set_value("xyz", field.unit())
    assert field.now == "xyz"
    assert "ab" in field.then


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [("", "a cat", "a cat"), ("a cat", "a cart", "r"), ("a cat", "a cat", ""), ("aaa", "aaaa", "a"), ("aaa", "a", ""),
     ("a cat sat", "a dog sat", "dog"), ("cat", "a cat", "a "), ("a cat", "", "")],
)  # fmt: skip
def test_a_new_value_changes_only_what_differs(before: str, after: str, new: str) -> None:
    """Whatever stands before and after the change is the same text as ever."""
    field = Field(before)
    assert "".join(cell.text for cell in field.set_value(after, field.unit())) == new
    assert field.now == after


def test_characters_are_read_normalized() -> None:
    """However they got there."""
    field = Field("\uff14\u200b\ufb01")
    field.insert("\uff15", field.unit())
    field.insert_payload("\uff16", field.unit())
    field.replace("", "\uff17", field.unit())
    assert field.now == "4fi567"


def test_the_end_of_a_line_in_a_field_and_in_an_editor() -> None:
    """In an editor Enter splits the line where the caret is; elsewhere it sends all of it."""
    expected: list[tuple[FieldKind, str]] = [("editor", "ab\nXcd"), ("text", "abcd\nX")]
    for kind, text in expected:
        field = Field("abcd", kind)
        field.go(-2)
        field.write("\nX")
        assert field.now == text
        assert spelled(field.line()).startswith("X")


# -- bounds ----------------------------------------------------------------------------------------------------------


def test_the_oldest_decided_cells_are_forgotten() -> None:
    """Those alone; and the caret stays where it is."""
    field = Field("x" * 3100)
    field.trim()
    assert len(field.cells) == 3100
    field.settle()
    field.trim()
    assert len(field.cells) == 2000
    field.go(-1)
    field.write("y")
    assert field.now.endswith("xyx")
    field.report(3100, 3100)
    field.rub()
    assert field.now.endswith("xx")


def test_a_decision_ends_hypotheses_and_snapshots() -> None:
    """They have done their work."""
    field = Field("ab")
    field.rub()
    field.lose_caret()
    field.write("c")
    field.settle()
    assert (field.epochs, field.joins, field.preedits) == ([], [], [])
    assert (field.edited, field.uncertain) == (False, False)
