"""Aalto 136M keystrokes: the tab-separated logs of a study in which people copied sentences on a web page.

One row a stroke, in the order of release: ``KEYSTROKE_ID`` is no order of typing, so a sentence (``TEST_SECTION_ID``)
is read whole and put in order by time. Each sentence is a stream of its own. Times are milliseconds since 1970.
``LETTER`` is what the key gave, or a name of the study (``SHIFT``, ``BKSP``); ``KEYCODE`` is the browser's ``keyCode``,
which is used where the browser gave no letter: then letters are capital while Shift is held, as far as that is told,
and punctuation is taken for that of the US layout. ``SENTENCE`` and ``USER_INPUT`` hold the text again and are dropped.

Source: Dhakal, Feit, Kristensson, Oulasvirta, "Observations on Typing from 136 Million Keystrokes", CHI 2018, and the
readme of its data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reticent.events import Discontinuity, Event, KeyDown, KeyUp
from reticent.keys.keycode import KEYCODES
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes
from reticent.reading.times import microseconds

__all__ = ["COLUMNS", "LETTERS", "read", "recognises"]

COLUMNS = (
    b"PARTICIPANT_ID\tTEST_SECTION_ID\tSENTENCE\tUSER_INPUT\tKEYSTROKE_ID\tPRESS_TIME\tRELEASE_TIME\tLETTER\tKEYCODE"
)
"""The header line."""

_NAMED = {
    "BKSP": "Backspace", "CAPS_LOCK": "CapsLock", "ARW_LEFT": "ArrowLeft", "ARW_RIGHT": "ArrowRight",
    "ARW_UP": "ArrowUp", "ARW_DOWN": "ArrowDown", "INSERT": "Insert", "DELETE": "Delete", "HOME": "Home", "END": "End",
    "PG_UP": "PageUp", "PG_DOWN": "PageDown", "NUM_LK": "NumLock", "SCR_LK": "ScrollLock", "PAUSE": "Pause",
    "TAB": "Tab", "ENTER": "Enter", "ESC": "Escape", "MENU": "ContextMenu",
    **{f"F{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip
_NUMPAD = {"ADD": ("+", "NumpadAdd"), "SUB": ("-", "NumpadSubtract"), "MUL": ("*", "NumpadMultiply"),
           "DIV": ("/", "NumpadDivide"), "DEC": (".", "NumpadDecimal")}  # fmt: skip

LETTERS: dict[str, tuple[str, str | None]] = {
    **{name: (key, key) for name, key in _NAMED.items()},
    **{f"NUM_{digit}": (str(digit), f"Numpad{digit}") for digit in range(10)},
    **{f"NUM_{name}": pair for name, pair in _NUMPAD.items()},
    "SHIFT": ("Shift", None), "CTRL": ("Control", None), "ALT": ("Alt", None), "WIN": ("Meta", None),
    " ": (" ", "Space"),
}  # fmt: skip
"""W3C key and code by the names of the study, in capitals."""

_NUMBER = re.compile(r"-?\d{1,16}")
_ROWS_MAX = 100_000
_SHIFT = "Shift"


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of the sentences of a log, a list at a time; holds one sentence.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> row = b"1\\t7\\tHi\\tHi\\t90\\t1471948645498\\t1471948645658\\tSHIFT\\t16"
    >>> [events] = read(io.BytesIO(COLUMNS + b"\\n" + row))
    >>> events[0].key, events[0].time_us, events[0].stream
    ('Shift', 1471948645498000, '7')
    """
    notes = Notes() if notes is None else notes
    return read_text(stream, _Log(), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line is the header of such a log.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(COLUMNS)))
    True
    """
    return head.line == COLUMNS


class _Stroke(NamedTuple):
    """One row."""

    press_us: int
    release_us: int | None
    letter: str
    number: int | None


class _Log:
    """Reads the rows of one log."""

    def __init__(self) -> None:
        self._section: str | None = None
        self._strokes: list[_Stroke] = []
        self._lost_us: list[int] = []

    def line(self, line: bytes) -> list[Event]:
        """See ``LineReader``."""
        if not line.strip() or line == COLUMNS:
            return []
        try:
            section, stroke = _row(line)
        except FieldError:
            if self._strokes:
                self._lost_us.append(self._strokes[-1].press_us)
            raise
        done = self.end() if section != self._section or len(self._strokes) >= _ROWS_MAX else []
        self._section = section
        self._strokes.append(stroke)
        return done

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        strokes, self._strokes = self._strokes, []
        lost_us, self._lost_us = self._lost_us, []
        lost = [Discontinuity(time_us=time_us, stream=self._section) for time_us in lost_us]
        return _in_order(strokes, lost, self._section)


def _row(line: bytes) -> tuple[str, _Stroke]:
    try:
        fields = line.decode().split("\t")
    except UnicodeDecodeError:
        raise FieldError("not UTF-8; save the log as UTF-8") from None
    if len(fields) != 9:
        raise FieldError("not 9 columns; the first line of the log names them")
    _, section, _, _, _, press, release, letter, number = fields
    if not section:
        raise FieldError("TEST_SECTION_ID: empty; each row needs one")
    press_us = _time_us(press, "PRESS_TIME")
    release_us = _time_us(release, "RELEASE_TIME") if release else None
    if release_us is not None and release_us < press_us:
        release_us = None
    return section, _Stroke(press_us, release_us, letter, int(number) if number.isdecimal() else None)


def _time_us(text: str, column: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise FieldError(f"{column}: must be a whole number of milliseconds")
    return microseconds(int(text), "milliseconds", column)


def _in_order(strokes: list[_Stroke], lost: list[Discontinuity], stream: str | None) -> list[Event]:
    """Downs and ups by time. At one time what was held before goes up first, then keys go down."""
    strokes.sort(key=lambda stroke: stroke.press_us)
    events: list[tuple[int, int, Event]] = []
    held: dict[tuple[str | None, str | None], int] = {}
    shift_us = -1
    for press_us, release_us, letter, number in strokes:
        key, code = _key(letter, number, shifted=press_us < shift_us)
        repeat = press_us < held.get((key, code), press_us)
        events.append((press_us, 1, KeyDown(time_us=press_us, stream=stream, key=key, code=code, repeat=repeat)))
        if release_us is None:
            continue
        held[key, code] = max(release_us, held.get((key, code), release_us))
        if key == _SHIFT:
            shift_us = max(shift_us, release_us)
        up = KeyUp(time_us=release_us, stream=stream, key=key, code=code)
        events.append((release_us, 0 if release_us > press_us else 2, up))
    events += [(event.time_us, 3, event) for event in lost]
    events.sort(key=lambda entry: entry[:2])
    return [event for _, _, event in events]


def _key(letter: str, number: int | None, *, shifted: bool) -> tuple[str | None, str | None]:
    """W3C key and code. A longer name that is not known is no letter; what it would tell is not guessed."""
    if letter.upper() in LETTERS:
        return LETTERS[letter.upper()]
    if len(letter) == 1 and letter != "\ufffd":
        return letter, None
    key, code = KEYCODES.get(number or 0, (None, None))
    return (key.upper() if key is not None and shifted and len(key) == 1 and code is None else key), code
