"""Where a caret among cells can go: over the next live cell, to the end of a word or a line.

A caret is an index: it stands before the cell of that number. None: nobody knows where it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from reticent.text.cells import Cell

__all__ = ["left_of", "line_boundary", "right_of", "word_boundary"]


def left_of(cells: Sequence[Cell], caret: int | None) -> int | None:
    """The index of the live cell before the caret; None where there is none, or it may be another."""
    if caret is None or (caret < len(cells) and cells[caret].jump):
        return None
    for at in range(caret - 1, -1, -1):
        if cells[at].live:
            return at
        if cells[at].jump:
            return None
    return None


def right_of(cells: Sequence[Cell], caret: int | None) -> int | None:
    """The index of the live cell after the caret; None where there is none, or it may be another."""
    if caret is None:
        return None
    for at in range(caret, len(cells)):
        if cells[at].jump:
            return None
        if cells[at].live:
            return at
    return None


def line_boundary(cells: Sequence[Cell], caret: int, *, backward: bool) -> int:
    """Where the line of the caret starts (``backward``) or ends."""
    at = caret
    if backward:
        while at and not (cells[at - 1].live and cells[at - 1].text == "\n"):
            at -= 1
    else:
        while at < len(cells) and not (cells[at].live and cells[at].text == "\n"):
            at += 1
    return at


def word_boundary(cells: Sequence[Cell], caret: int, *, backward: bool, blank_only: bool = False) -> int:
    """Where the next word starts (``backward``) or ends; ``blank_only``: words are parted by blanks alone."""
    order = range(caret - 1, -1, -1) if backward else range(caret, len(cells))
    at, word = caret, ""
    for index in order:
        cell = cells[index]
        if cell.live:
            kind = _character_class(cell.text, blank_only=blank_only)
            if word and kind != word:
                break
            word = kind if kind != "blank" else word
        at = index if backward else index + 1
    return at


def _character_class(text: str, *, blank_only: bool) -> str:
    if text.isspace():
        return "blank"
    return "word" if blank_only or text.isalnum() or text == "_" else "mark"
