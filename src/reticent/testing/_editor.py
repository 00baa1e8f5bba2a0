"""A simulated text field: what stands in it, what stood in it, and what would stand in it with the caret elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["Editor"]

_JOIN_BASE = 200
_JOIN_SIDE = 40
_EPOCH_SIDE = 200


class Editor:
    """One field. Deleted characters stay as ghosts, so that ``ghosts`` shows them where they were.

    >>> editor = Editor()
    >>> for char in "cart":
    ...     editor.insert(char)
    >>> editor.delete(-1)
    >>> editor.insert("d")
    >>> editor.final, editor.ghosts
    ('card', 'cartd')
    """

    def __init__(self) -> None:
        self._chars: list[str] = []
        self._live: list[bool] = []
        self._caret = 0
        self._anchor: int | None = None
        self._deleting = False
        self._segment: list[str] = []
        self._base = ""
        self._killed: list[int] = []
        self.kept = ""
        self.epochs: list[str] = []
        self.joins: list[tuple[str, str]] = []

    @property
    def final(self) -> str:
        """The text that stands there now."""
        return "".join(char for char, live in zip(self._chars, self._live, strict=True) if live)

    @property
    def ghosts(self) -> str:
        """Deleted and live characters in document order."""
        return "".join(self._chars)

    def joined(self) -> Iterator[str]:
        """Every text that a segment makes at each place of the text before it, had the caret been there."""
        for base, segment in self.joins:
            for place in range(len(base) + 1):
                yield base[max(0, place - _JOIN_SIDE) : place] + segment + base[place : place + _JOIN_SIDE]

    def insert(self, text: str) -> None:
        """Text at the caret, over the selection if there is one."""
        if self._anchor is not None:
            self.delete_selection()
        if not self._segment:
            self._base = self.final[-_JOIN_BASE:]
        for char in text:
            while self._caret < len(self._chars) and not self._live[self._caret]:
                self._caret += 1
            self._chars.insert(self._caret, char)
            self._live.insert(self._caret, True)
            self._caret += 1
        self._segment.append(text)
        self._deleting = False
        self._killed = []

    def delete(self, step: int, word: bool = False) -> None:
        """Backspace (``step`` -1) or Delete (1), of the selection, a word or a character."""
        if self._anchor is not None and self._anchor != self._caret:
            self.delete_selection()
            return
        end = self._word(step) if word else self._beyond(self._caret, step)
        self._kill(*sorted((self._caret, end)))

    def delete_line(self, step: int) -> None:
        """From the caret to the start (-1) or end (1) of its line; the text is kept for ``yank``."""
        end = self._line(step)
        self._kill(*sorted((self._caret, end)))
        self.kept = "".join(self._chars[index] for index in self._killed)

    def delete_selection(self) -> None:
        """What is selected goes."""
        if self._anchor is not None:
            self._kill(*sorted((self._anchor, self._caret)))
        self._anchor = None

    def copy(self) -> None:
        """What is selected is kept for ``yank``."""
        if self._anchor is not None:
            start, end = sorted((self._anchor, self._caret))
            self.kept = "".join(self._chars[index] for index in range(start, end) if self._live[index])

    def undo(self) -> None:
        """The last deletion comes back."""
        self.snapshot()
        for index in self._killed:
            self._live[index] = True
        self._caret = max([self._caret, *(index + 1 for index in self._killed)])
        self._killed = []

    def transpose(self) -> None:
        """The two characters before the caret change places."""
        live = [index for index in range(self._caret) if self._live[index]][-2:]
        if len(live) == 2:
            first, second = live
            self._chars[first], self._chars[second] = self._chars[second], self._chars[first]

    def move(self, step: int, unit: str = "char", select: bool = False) -> None:
        """The caret goes back (-1) or on (1) by a ``char``, ``word``, ``line`` or the whole ``document``."""
        self.split()
        start = self._caret
        if unit == "char":
            self._caret = self._beyond(start, step)
        elif unit == "word":
            self._caret = self._word(step)
        elif unit == "line":
            self._caret = self._line(step)
        else:
            self._caret = 0 if step < 0 else len(self._chars)
        self._select(start, select)

    def select_all(self) -> None:
        """Everything is selected."""
        self.split()
        self._anchor, self._caret = 0, len(self._chars)

    def place(self, start: int, end: int) -> None:
        """The caret is reported: ``start`` to ``end``, in characters of the live text."""
        self.split()
        self._anchor = None if start == end else self._at(start)
        self._caret = self._at(end)

    def lose_caret(self) -> None:
        """The caret may be anywhere."""
        self.split()
        self._anchor = None
        self._caret = len(self._chars)

    def snapshot(self) -> None:
        """Remember the text round the caret as it is now."""
        live = sum(self._live[: self._caret])
        text = self.final[max(0, live - _EPOCH_SIDE) : live + _EPOCH_SIDE]
        if text and (not self.epochs or self.epochs[-1] != text):
            self.epochs.append(text)

    def split(self) -> None:
        """The run of typing ends: what was typed since the last split is a segment."""
        segment = "".join(self._segment)
        if segment:
            self.snapshot()
            self.joins += [(self._base, part) for part in {segment[:80], segment[-80:]}]
        self._segment = []

    def _select(self, start: int, select: bool) -> None:
        if not select:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = start

    def _kill(self, start: int, end: int) -> None:
        if not self._deleting:
            self.snapshot()
            self._killed = []
        self._killed = [*(index for index in range(start, end) if self._live[index]), *self._killed]
        for index in range(start, end):
            self._live[index] = False
        # Behind the ghosts, so that what is typed next comes after the attempt it replaces.
        self._caret = end
        self._deleting = True

    def _at(self, position: int) -> int:
        live = [index for index, alive in enumerate(self._live) if alive]
        return live[position] if 0 <= position < len(live) else len(self._chars)

    def _beyond(self, index: int, step: int) -> int:
        """The place after one live character from ``index`` on."""
        while 0 <= index + min(step, 0) < len(self._chars):
            index += step
            if self._live[index if step < 0 else index - 1]:
                break
        return index

    def _peek(self, index: int, step: int) -> str:
        """The live character next to ``index``, or nothing at the edge."""
        beyond = self._beyond(index, step)
        inner = beyond if step < 0 else beyond - 1
        return self._chars[inner] if beyond != index and self._live[inner] else ""

    def _word(self, step: int) -> int:
        index = self._caret
        while self._peek(index, step).isspace():
            index = self._beyond(index, step)
        while (char := self._peek(index, step)) and not char.isspace():
            index = self._beyond(index, step)
        return index

    def _line(self, step: int) -> int:
        index = self._caret
        while (char := self._peek(index, step)) and char != "\n":
            index = self._beyond(index, step)
        return index
