"""Text of ``xinput test-xi2 --root``: what an X11 server sends, a block of lines an event.

Times: newer versions of xinput print ``time:``, milliseconds of the server's clock, which starts again after 49.7
days. Older ones print none; then a program that writes the time before each line has to, in seconds with a fraction:
``xinput test-xi2 --root | ts '%.s'`` (of moreutils; ``ts -s '%.s'`` too). Where lines have such times, those count. A
recording without any times is refused.

The server sends each key and button several times: raw, for its own device, and for the one all devices are joined in.
Raw events are sent whatever window asks for the key, so they count; the others give what is not in them: the place of
the pointer and repeats. Where there are no raw events, those of the device that came first count.

Physical keys only: a keycode is a Linux key number plus 8, as on every X11 server on Linux. ``modifiers`` and ``group``
are left out, since modifiers are keys too. Buttons 4 to 7 are a wheel of 120 a notch. Touches, which the server turns
into buttons as well, raw motion, which is in units of devices, and all that says nothing of input are left out.

Source: src/test_xi2.c of xinput 1.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from reticent.errors import FormatError
from reticent.events import Button, Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.evdev import CODES
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes

__all__ = ["read", "recognises"]

_Place: TypeAlias = tuple[int | float, int | float]

_NO_TIMES = "xinput printed no times; record with: xinput test-xi2 --root | ts '%.s'"
_LINE = re.compile(rb"(?:(\d{1,10})\.(\d{1,9})(?: |$))?(.*)", re.DOTALL)
_BEGIN = re.compile(rb"EVENT type (\d{1,2}) \([A-Za-z ]{1,40}\)\s*")
_LISTED = re.compile(rb"[^\t]*\tid=\d{1,5}\t\[(?:master|slave|floating) .*")
_FIELD = re.compile(rb"    (device|time|detail|flags|root):[ \t]*(\S?.*?)\s*")
_REST = re.compile(rb"\s*|    [a-z]+:.*|        +\d{1,3}: .*")
_DEVICE = re.compile(rb"(\d{1,3}) \((\d{1,3})\)")
_TIME = re.compile(rb"(\d{1,10})")
_DETAIL = re.compile(rb"(\d{1,3})")
_PLACE = re.compile(rb"(-?\d{1,9}\.\d\d)/(-?\d{1,9}\.\d\d)")

_KEY_PRESS, _KEY_RELEASE, _BUTTON_PRESS, _BUTTON_RELEASE, _MOTION = range(2, 7)
_RAW = {13: _KEY_PRESS, 14: _KEY_RELEASE, 15: _BUTTON_PRESS, 16: _BUTTON_RELEASE}
_KEY_EVENTS = (_KEY_PRESS, _KEY_RELEASE)
_WITHOUT_DETAIL = (1, 7, 8, 9, 10, 11, 12)
_LAST_TYPE = 32
_BUTTONS: dict[int, Button] = {1: "left", 2: "middle", 3: "right", 8: "back", 9: "forward"}
_WHEEL = {4: (0, -120), 5: (0, 120), 6: (-120, 0), 7: (120, 0)}
_FIRST_KEY = 8
_CLOCK_MS = 1 << 32


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of what xinput printed, a list at a time.

    Raises:
        FormatError: there are no times, or the stream gives text instead of bytes.

    >>> import io
    >>> lines = b"0.000123 EVENT type 13 (RawKeyPress)\\n0.000130     device: 3 (5)\\n0.000131     detail: 38\\n"
    >>> [[event]] = read(io.BytesIO(lines))
    >>> event.code, event.time_us
    ('KeyA', 123)
    """
    return read_text(stream, _Reader(), notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format: an event, or one of the devices that are listed first.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b"0.000123 EVENT type 13 (RawKeyPress)")))
    True
    """
    text = _bare(head.line)
    return _BEGIN.fullmatch(text) is not None or _LISTED.fullmatch(text) is not None


def _bare(line: bytes) -> bytes:
    """A line without the time before it."""
    found = _LINE.fullmatch(line)
    return found[3] if found else line


class _Block:
    """The lines of one event. ``time_us`` is that of its first line, ``server_ms`` the server's."""

    def __init__(self, number: int, time_us: int | None) -> None:
        self.is_raw = number in _RAW
        self.kind = _RAW.get(number, number)
        self.time_us = time_us
        self.server_ms: int | None = None
        self.device = self.source = self.detail = -1
        self.is_extra = False
        self.place: _Place | None = None

    @property
    def is_read(self) -> bool:
        """Whether anything becomes of it."""
        return _KEY_PRESS <= self.kind <= _MOTION

    def add(self, name: bytes, value: bytes) -> None:
        """One field."""
        if name == b"device":
            self.device, self.source = map(int, _groups(_DEVICE, name, value))
        elif name == b"time":
            self.server_ms = int(*_groups(_TIME, name, value))
        elif name == b"detail":
            self.detail = int(*_groups(_DETAIL, name, value))
        elif name == b"flags":
            # Repeats are the server's own, and so are buttons of touches: there may be no raw event of them.
            self.is_extra = value in (b"repeat", b"emulated")
        else:
            x, y = map(float, _groups(_PLACE, name, value))
            self.place = (int(x) if x.is_integer() else x, int(y) if y.is_integer() else y)

    def is_copy_of(self, other: _Block) -> bool:
        """Whether both tell of one and the same event."""
        return (self.kind, self.source, self.detail) == (other.kind, other.source, other.detail)


class _Reader:
    def __init__(self) -> None:
        self.block: _Block | None = None
        self.clock = _Clock()
        self.first: dict[tuple[bool, int], int] = {}
        self.has_raw: set[bool] = set()
        self.covered: set[tuple[int, int, int]] = set()
        self.place: _Place = (0, 0)
        self.waiting: tuple[_Block, int] | None = None

    def line(self, line: bytes) -> list[Event]:
        sec, fraction, text = _split(line)
        found = _BEGIN.fullmatch(text)
        if found is not None:
            if not 0 < int(found[1]) <= _LAST_TYPE:
                self.block = None
                raise FieldError("EVENT: not a type of X input events")
            block, self.block = self.block, _Block(int(found[1]), _time_us(sec, fraction))
            return self._finish(block)
        if self.block is None:
            if text.strip() and not _LISTED.fullmatch(text):
                raise FieldError("not a line of xinput test-xi2; give its output unchanged")
            return []
        return self._inside(self.block, text)

    def end(self) -> list[Event]:
        try:
            return self._finish(self.block) + self._click(None)
        except FieldError:
            return [*self._click(None), Discontinuity(time_us=self.clock.time_us)]

    def _inside(self, block: _Block, text: bytes) -> list[Event]:
        """A line of an event; the last one ends it."""
        if field := _FIELD.fullmatch(text):
            if field[1] == b"detail" and block.kind in _WITHOUT_DETAIL:
                raise FieldError("EVENT: missing before these lines; give the output of xinput unchanged")
            block.add(field[1], field[2])
        elif block.is_read and not _REST.fullmatch(text):
            raise FieldError("not a line of xinput test-xi2; give its output unchanged")
        is_last = not text.strip() if block.is_raw else text.startswith(b"    windows:")
        if not (block.is_read and is_last):
            return []
        self.block = None
        return self._finish(block)

    def _finish(self, block: _Block | None) -> list[Event]:
        if block is None:
            return []
        if not block.is_read:
            return self._click(block)
        if min(block.device, block.detail) < 0:
            raise FieldError("device, detail: missing; every event has them")
        time_us = self.clock.read(block)
        clicked = self._click(block)
        if block.kind == _MOTION:
            return clicked + self._move(block, time_us)
        if not self._counts(block):
            return clicked
        if block.kind in _KEY_EVENTS:
            return [*clicked, _key(block, time_us)]
        if not block.is_raw:
            return clicked + self._button(block, time_us)
        # The next event tells where.
        self.waiting = (block, time_us)
        return clicked

    def _counts(self, block: _Block) -> bool:
        """Whether this is the one of an event's copies that counts."""
        if self.first.setdefault((block.is_raw, block.source), block.device) != block.device:
            return False
        what = (block.kind, block.source, block.detail)
        is_key = block.kind in _KEY_EVENTS
        if block.is_raw:
            self.has_raw.add(is_key)
            self.covered.add(what)
            return True
        is_covered = what in self.covered
        self.covered.discard(what)
        return not is_covered if block.is_extra else is_key not in self.has_raw

    def _click(self, after: _Block | None) -> list[Event]:
        """The raw button that waited for its place."""
        if self.waiting is None:
            return []
        (block, time_us), self.waiting = self.waiting, None
        if after is not None and not after.is_raw and after.is_copy_of(block):
            block.place = after.place
        return self._button(block, time_us)

    def _button(self, block: _Block, time_us: int) -> list[Event]:
        x, y = self.place = block.place or self.place
        device = str(block.source)
        if block.detail in _WHEEL:
            if block.kind == _BUTTON_RELEASE:
                return []
            right, down = _WHEEL[block.detail]
            return [Wheel(time_us=time_us, x=x, y=y, delta_x=right, delta_y=down, device=device)]
        button = _BUTTONS.get(block.detail)
        if button is None:
            return []
        kind = PointerDown if block.kind == _BUTTON_PRESS else PointerUp
        return [kind(time_us=time_us, x=x, y=y, button=button, device=device)]

    def _move(self, block: _Block, time_us: int) -> list[Event]:
        """The copies of a motion are at one place."""
        if block.place is None or block.place == self.place:
            return []
        x, y = self.place = block.place
        return [PointerMove(time_us=time_us, x=x, y=y, device=str(block.source))]


class _Clock:
    """Times by lines, or by the server; by one of them throughout."""

    def __init__(self) -> None:
        self.time_us = 0
        self.is_of_lines: bool | None = None
        self.rounds_ms = 0
        self.last_ms = 0

    def read(self, block: _Block) -> int:
        """Time of an event.

        Raises:
            FormatError: it has none, and none before it had any.
        """
        if self.is_of_lines is None:
            if block.time_us is None and block.server_ms is None:
                raise FormatError(_NO_TIMES)
            self.is_of_lines = block.time_us is not None
        time_us = block.time_us if self.is_of_lines else self._server(block.server_ms)
        if time_us is None:
            raise FieldError("time: missing; the events before it had one")
        self.time_us = time_us
        return time_us

    def _server(self, ms: int | None) -> int | None:
        if ms is None:
            return None
        if ms < self.last_ms - _CLOCK_MS // 2:
            self.rounds_ms += _CLOCK_MS
        self.last_ms = ms
        return 1000 * (self.rounds_ms + ms)


def _key(block: _Block, time_us: int) -> Event:
    code = CODES.get(block.detail - _FIRST_KEY)
    if block.kind == _KEY_RELEASE:
        return KeyUp(time_us=time_us, code=code, device=str(block.source))
    return KeyDown(time_us=time_us, code=code, repeat=block.is_extra, device=str(block.source))


def _split(line: bytes) -> tuple[bytes | None, bytes | None, bytes]:
    found = _LINE.fullmatch(line)
    return (found[1], found[2], found[3]) if found else (None, None, line)


def _time_us(sec: bytes | None, fraction: bytes | None) -> int | None:
    """The nearest microsecond, halves up."""
    if sec is None or fraction is None:
        return None
    return int(sec) * 1_000_000 + (int(fraction.ljust(9, b"0")) + 500) // 1000


def _groups(pattern: re.Pattern[bytes], name: bytes, value: bytes) -> tuple[bytes, ...]:
    found = pattern.fullmatch(value)
    if found is None:
        raise FieldError(f"{name.decode()}: does not fit; give the output of xinput unchanged")
    return found.groups()
