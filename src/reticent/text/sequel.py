"""What comes next: after a password its one-time code, after a name in a sign-in form the password.

It is the next line or field of the same application; a code only if it is begun soon. What is entered first ends the
expectation, be it what was expected or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reticent.text.buffer import NOTHING_OPEN, Buffer, Expected
from reticent.text.cells import Cell, Match

__all__ = ["Sequel", "expected_matches"]

_CODE = re.compile(r"[0-9]{4,8}|[0-9]{3,4}[ -][0-9]{3,4}")
_CODE_US = 120_000_000
_ALWAYS = 1 << 62


class Sequel:
    """Remembers what was entered last at one seat, and so what comes next."""

    def __init__(self) -> None:
        self._next: Expected | None = None
        self._after: Buffer | None = None
        self._entered = -1

    def line_ended(self, buffer: Buffer, line: Sequence[Cell], *, hidden: bool, now_us: int) -> None:
        """A line was decided; ``hidden`` says that its end is hidden too, as it answered a prompt for a secret."""
        was = buffer.expected
        redacted = bool(line) and line[-1].redacted == "credential"
        is_code = buffer.field == "otp" or (redacted and was is not None and was.kind == "otp" and _is_code(line))
        self._note(buffer, line, is_password=(hidden or redacted) and not is_code, is_code=is_code, now_us=now_us)
        self.begin(buffer)

    def left(self, buffer: Buffer, now_us: int) -> None:
        """The focus leaves a target. A password field may have been filled in by a program, so it need not be typed."""
        line, was = buffer.line(), buffer.expected
        expected = "" if was is None or not line else was.kind
        is_password = buffer.sensitive == "credential" if buffer.field == "password" else expected == "password"
        is_code = buffer.field == "otp" or (expected == "otp" and _is_code(line))
        self._note(buffer, line, is_password=is_password, is_code=is_code, now_us=now_us)

    def unseen(self, buffer: Buffer, now_us: int) -> None:
        """Keys were not seen there: they may have been a password."""
        self._note(buffer, (), is_password=True, is_code=False, now_us=now_us)
        self.begin(buffer)

    def begin(self, buffer: Buffer) -> None:
        """What is typed next is typed here: note what it may be, unless a line is being typed already."""
        if buffer.open_from != NOTHING_OPEN and any(cell.is_open() for cell in buffer.line()):
            return
        buffer.expected = None
        last, after = self._next, self._after
        if last is None or after is None or buffer.sensitive is not None or after.place.app != buffer.place.app:
            return
        if last.kind == "otp" or (_is_form(buffer) and after.place.window == buffer.place.window):
            buffer.expected = last

    def _note(self, buffer: Buffer, line: Sequence[Cell], *, is_password: bool, is_code: bool, now_us: int) -> None:
        entered = line[-1].unit.first if line else -1
        is_new = entered > self._entered
        self._entered = max(self._entered, entered)
        if is_password:
            self._next, self._after = Expected("otp", now_us + _CODE_US), buffer
        elif is_new and not is_code and _is_form(buffer) and _is_name(line):
            self._next, self._after = Expected("password", _ALWAYS), buffer
        elif is_new and self._after is not None and (is_code or _are_together(buffer, self._after)):
            self._next = self._after = None


def expected_matches(buffer: Buffer) -> Iterator[Match]:
    """The line of a target, where it is what was expected there."""
    if buffer.expected is None:
        return
    kind, until_us = buffer.expected
    line = buffer.line()
    if not any(cell.is_open() for cell in line) or line[0].unit.time_us > until_us:
        return
    if kind == "password" or _is_code(line):
        yield Match(kind, "credential", tuple(line), _text(line) if kind == "password" else "")


def _is_form(buffer: Buffer) -> bool:
    """Whether a name and a password are asked for here, by fields of which nobody says which is which."""
    return buffer.signs_in and buffer.field == "unknown"


def _are_together(one: Buffer, other: Buffer) -> bool:
    """Whether two targets are known to be of one application; of one window, where the application is not known."""
    app, window, _ = one.place
    return app == other.place.app and (app is not None or window == other.place.window)


def _text(line: Sequence[Cell]) -> str:
    return "".join(cell.text for cell in line).strip()


def _is_name(line: Sequence[Cell]) -> bool:
    word = _text(line)
    return bool(word) and not any(map(str.isspace, word))


def _is_code(line: Sequence[Cell]) -> bool:
    return _CODE.fullmatch(_text(line)) is not None
