"""What each operation does to a typing buffer, and what kind of evidence its stroke is.

Operations are named after the W3C Input Events ``inputType`` they cause, or plainly where there is none.
"""

from __future__ import annotations

from collections.abc import Callable

from reticent.text.buffer import Buffer
from reticent.text.cells import Unit

__all__ = ["INPUT_OPERATIONS", "KINDS", "perform"]

_STEPS = {"charLeft", "charRight"}
_JUMPS = {
    "wordLeft", "wordRight", "lineStart", "lineEnd", "documentStart", "documentEnd", "lineUp", "lineDown",
    "unknownCaret", "overtype",
}  # fmt: skip

KINDS: dict[str, int] = {
    "insert": Unit.TEXT, "paste": Unit.TEXT, "yank": Unit.TEXT, "replace": Unit.TEXT, "autofill": Unit.TEXT,
    "commit": Unit.COMMIT,
    "deleteContentBackward": Unit.DELETE, "deleteContentForward": Unit.DELETE,
    **dict.fromkeys(_STEPS, Unit.STEP), **dict.fromkeys(_JUMPS, Unit.JUMP),
}  # fmt: skip
"""Kind of unit by operation; the rest is ``Unit.OTHER``."""

INPUT_OPERATIONS: dict[str, str] = {
    "insertText": "insert", "insertCompositionText": "insert", "insertFromComposition": "insert",
    "insertFromPaste": "paste", "insertFromPasteAsQuotation": "paste", "insertFromDrop": "paste",
    "insertFromYank": "yank", "insertLink": "insert", "insertOrderedList": "other", "insertUnorderedList": "other",
    "insertHorizontalRule": "other", "deleteCompositionText": "other", "deleteByComposition": "other",
    **dict.fromkeys(
        ("formatBold", "formatItalic", "formatUnderline", "formatStrikeThrough", "formatSuperscript", "formatSubscript",
         "formatJustifyFull", "formatJustifyCenter", "formatJustifyRight", "formatJustifyLeft", "formatIndent",
         "formatOutdent", "formatRemove", "formatSetBlockTextDirection", "formatSetInlineTextDirection",
         "formatBackColor", "formatFontColor", "formatFontName"), "other"),
    "insertReplacementText": "replace", "autofill": "autofill", "insertTranspose": "transpose",
    "insertLineBreak": "commit", "insertParagraph": "commit", "deleteContentBackward": "deleteContentBackward",
    "deleteContentForward": "deleteContentForward", "deleteContent": "unknownLine", "deleteByCut": "cut",
    "deleteByDrag": "unknownLine", "deleteWordBackward": "deleteWordBackward", "deleteWordForward": "deleteWordForward",
    "deleteSoftLineBackward": "killLineBackward", "deleteSoftLineForward": "killLineForward",
    "deleteHardLineBackward": "killLineBackward", "deleteHardLineForward": "killLineForward",
    "deleteEntireSoftLine": "unknownLine", "historyUndo": "historyUndo", "historyRedo": "historyRedo",
}  # fmt: skip
"""Operation by W3C ``inputType``. What is missing here is not known, and so is redacted."""


def perform(op: str, buffer: Buffer, unit: Unit, *, selecting: bool) -> None:
    """Apply an operation to a buffer. One that is not known changes no text."""
    action = _ACTIONS.get(op)
    if action is not None:
        action(buffer, unit, selecting)


def _kill(*, backward: bool) -> Callable[[Buffer, Unit, bool], None]:
    def action(buffer: Buffer, unit: Unit, selecting: bool) -> None:
        buffer.killed = buffer.delete_line(unit, backward=backward) or buffer.killed

    return action


def _kill_word(*, backward: bool, blank_only: bool = False) -> Callable[[Buffer, Unit, bool], None]:
    def action(buffer: Buffer, unit: Unit, selecting: bool) -> None:
        buffer.killed = buffer.delete_word(unit, backward=backward, blank_only=blank_only) or buffer.killed

    return action


_ACTIONS: dict[str, Callable[[Buffer, Unit, bool], None]] = {
    "deleteContentBackward": lambda buffer, unit, _: buffer.delete_backward(unit),
    "deleteContentForward": lambda buffer, unit, _: buffer.delete_forward(unit),
    "deleteWordBackward": _kill_word(backward=True),
    "deleteWordForward": _kill_word(backward=False),
    "deleteBlankWordBackward": _kill_word(backward=True, blank_only=True),
    "killLineBackward": _kill(backward=True),
    "killLineForward": _kill(backward=False),
    "transpose": lambda buffer, unit, _: buffer.transpose(unit),
    "cut": lambda buffer, unit, _: buffer.delete_selection(unit),
    "charLeft": lambda buffer, unit, selecting: buffer.step(unit, left=True, selecting=selecting),
    "charRight": lambda buffer, unit, selecting: buffer.step(unit, left=False, selecting=selecting),
    "wordLeft": lambda buffer, _, selecting: buffer.jump_word(left=True, selecting=selecting),
    "wordRight": lambda buffer, _, selecting: buffer.jump_word(left=False, selecting=selecting),
    "lineStart": lambda buffer, _, selecting: buffer.jump_line(left=True, selecting=selecting),
    "lineEnd": lambda buffer, _, selecting: buffer.jump_line(left=False, selecting=selecting),
    "documentStart": lambda buffer, _, selecting: buffer.jump_document(left=True, selecting=selecting),
    "documentEnd": lambda buffer, _, selecting: buffer.jump_document(left=False, selecting=selecting),
    "selectAll": lambda buffer, _, __: buffer.select_all(),
    "overtype": lambda buffer, _, __: buffer.toggle_overtype(),
    "lineUp": lambda buffer, _, __: buffer.lose_caret(),
    "lineDown": lambda buffer, _, __: buffer.lose_caret(),
    "unknownCaret": lambda buffer, _, __: buffer.lose_caret(),
    "unknownLine": lambda buffer, _, __: buffer.lose_caret(),
    "abortLine": lambda buffer, _, __: buffer.lose_caret(),
    "escape": lambda buffer, _, __: buffer.lose_caret(),
    "historyUndo": lambda buffer, _, __: buffer.lose_caret(),
    "historyRedo": lambda buffer, _, __: buffer.lose_caret(),
}
