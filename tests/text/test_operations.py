"""Every operation does to the buffer what its name says, and its stroke is evidence of the right kind."""

from __future__ import annotations

import pytest

from reticent.text.buffer import Buffer, Place
from reticent.text.cells import Cell, Unit
from reticent.text.operations import INPUT_OPERATIONS, KINDS, perform


def field(text: str, caret: int | None) -> Buffer:
    """A field in which ``text`` was typed, and then the caret was set."""
    buffer = Buffer(Place("notes", "n", "1"), "text")
    buffer.insert_cells([Cell(character, stroke(buffer)) for character in text], stroke(buffer))
    buffer.caret = caret
    return buffer


def stroke(buffer: Buffer, op: str = "insert") -> Unit:
    """A stroke of the kind its operation has."""
    return Unit(buffer, KINDS.get(op, Unit.OTHER), 0, 0)


def after(buffer: Buffer, op: str, *, selecting: bool = False) -> str:
    """The text after an operation, with the caret shown as a bar."""
    perform(op, buffer, stroke(buffer, op), selecting=selecting)
    cells = [cell.text if cell.live else "" for cell in buffer.cells]
    if buffer.caret is None:
        return "".join(cells)
    return "".join([*cells[: buffer.caret], "|", *cells[buffer.caret :]])


@pytest.mark.parametrize(
    ("op", "text"),
    [
        ("deleteContentBackward", "one\ntw| three"),
        ("deleteContentForward", "one\ntwo|three"),
        ("deleteWordBackward", "one\n| three"),
        ("deleteWordForward", "one\ntwo|"),
        ("deleteBlankWordBackward", "one\n| three"),
        ("killLineBackward", "one\n| three"),
        ("killLineForward", "one\ntwo|"),
        ("charLeft", "one\ntw|o three"),
        ("charRight", "one\ntwo |three"),
        ("wordLeft", "one\n|two three"),
        ("wordRight", "one\ntwo three|"),
        ("lineStart", "one\n|two three"),
        ("lineEnd", "one\ntwo three|"),
        ("documentStart", "|one\ntwo three"),
        ("documentEnd", "one\ntwo three|"),
        ("overtype", "one\ntwo| three"),
    ],
)
def test_what_an_operation_does(op: str, text: str) -> None:
    """At a caret that is known."""
    assert after(field("one\ntwo three", 7), op) == text


@pytest.mark.parametrize(
    "op",
    ["lineUp", "lineDown", "unknownCaret", "unknownLine", "abortLine", "escape", "historyUndo", "historyRedo"],
)
def test_what_loses_the_caret(op: str) -> None:
    """And takes no text away: uncertainty only ever adds."""
    assert after(field("one two", 3), op) == "one two"


@pytest.mark.parametrize("op", ["charLeft", "wordLeft", "lineStart", "documentStart"])
def test_moving_while_selecting(op: str) -> None:
    """What the caret passes is then selected; a cut takes it."""
    buffer = field("ab", 2)
    assert after(buffer, op, selecting=True) == ("a|b" if op == "charLeft" else "|ab")
    assert buffer.selected()
    assert after(buffer, "cut").replace("|", "") == ("a" if op == "charLeft" else "")


def test_select_all_and_delete() -> None:
    """Nothing is left, and nothing in particular was killed."""
    buffer = field("abc", 1)
    after(buffer, "selectAll")
    assert after(buffer, "deleteContentBackward").replace("|", "") == ""
    assert all(cell.dels is None for cell in buffer.cells)


def test_transposition_at_the_end() -> None:
    """Readline's ^T swaps the last two, and is evidence against both; one alone stays as it is."""
    buffer = field("abdc", 4)
    assert after(buffer, "transpose") == "abcd|"
    assert [len(cell.more or ()) for cell in buffer.cells] == [0, 0, 1, 1]
    assert after(field("a", 1), "transpose") == "a|"


def test_words_and_marks_are_different_words() -> None:
    """But for the terminal's ^W, which goes to the blank."""
    assert after(field("git push --all", 14), "deleteWordBackward") == "git push --|"
    assert after(field("git push --all", 14), "deleteBlankWordBackward") == "git push |"
    assert after(field("git push --all", 14), "wordLeft") == "git push --|all"


def test_overtype_does_not_eat_the_end_of_the_line() -> None:
    """There it adds."""
    buffer = field("a\nb", 0)
    after(buffer, "overtype")
    for character in "xy":
        buffer.type(character, stroke(buffer))
    assert after(buffer, "none") == "xy|\nb"


@pytest.mark.parametrize("op", ["killLineBackward", "killLineForward", "deleteWordBackward", "deleteBlankWordBackward"])
def test_kills_fill_the_kill_ring(op: str) -> None:
    """And one that kills nothing does not empty it."""
    buffer = field("one two", 3)
    after(buffer, op)
    killed = "".join(cell.text for cell in buffer.killed)
    assert killed == (" two" if op == "killLineForward" else "one")
    after(buffer, op)
    assert "".join(cell.text for cell in buffer.killed) == killed


def test_unknown_operations_change_nothing() -> None:
    """Nor do those that only look at the text."""
    for op in ("copy", "other", "shortcut", "no such thing"):
        assert after(field("one two", 3), op) == "one| two"


@pytest.mark.parametrize("op", sorted({*INPUT_OPERATIONS.values(), *KINDS}))
def test_every_operation_has_the_kind_of_its_evidence(op: str) -> None:
    """What writes is text, what deletes one is a deletion, what crosses one is a step, what goes further a jump."""
    expected = Unit.OTHER
    if op in ("insert", "paste", "yank", "replace", "autofill"):
        expected = Unit.TEXT
    elif op in ("deleteContentBackward", "deleteContentForward"):
        expected = Unit.DELETE
    elif op in ("charLeft", "charRight"):
        expected = Unit.STEP
    elif op.startswith(("word", "line", "document", "unknownCaret", "overtype")):
        expected = Unit.JUMP
    elif op == "commit":
        expected = Unit.COMMIT
    assert KINDS.get(op, Unit.OTHER) == expected


# From the list of inputType values in W3C Input Events Level 2, section "Interface InputEvent".
STANDARD = """
    insertText insertReplacementText insertLineBreak insertParagraph insertOrderedList insertUnorderedList
    insertHorizontalRule insertFromYank insertFromDrop insertFromPaste insertFromPasteAsQuotation insertTranspose
    insertCompositionText insertLink deleteWordBackward deleteWordForward deleteSoftLineBackward deleteSoftLineForward
    deleteEntireSoftLine deleteHardLineBackward deleteHardLineForward deleteByDrag deleteByCut deleteContent
    deleteContentBackward deleteContentForward historyUndo historyRedo formatBold formatItalic formatUnderline
    formatStrikeThrough formatSuperscript formatSubscript formatJustifyFull formatJustifyCenter formatJustifyRight
    formatJustifyLeft formatIndent formatOutdent formatRemove formatSetBlockTextDirection
    formatSetInlineTextDirection formatBackColor formatFontColor formatFontName
""".split()


@pytest.mark.parametrize("input_type", STANDARD)
def test_every_standard_input_type_is_known(input_type: str) -> None:
    """One that is not would be redacted."""
    assert input_type in INPUT_OPERATIONS
