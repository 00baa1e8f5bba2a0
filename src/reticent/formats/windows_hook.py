"""Windows low-level hooks as JSON lines: ``KBDLLHOOKSTRUCT`` and ``MSLLHOOKSTRUCT``, field by field.

One object for each call of the hook, with the names that Microsoft documents. ``message`` is the ``wParam`` of the
call, as a number or by its name; for keys it may be left out, since ``flags`` tells whether the key went up::

    {"vkCode":72,"scanCode":35,"flags":0,"time":86400000,"dwExtraInfo":0}
    {"vkCode":72,"scanCode":35,"flags":128,"time":86400093}
    {"message":"WM_LBUTTONDOWN","pt":{"x":812,"y":440},"mouseData":0,"flags":0,"time":86400150}
    {"message":522,"pt":{"x":812,"y":440},"mouseData":4287102976,"flags":0,"time":86400200}

* ``time`` counts milliseconds since the system started in 32 bits, and begins again after 49.7 days: an event is taken
  to be less than half of that from the one before it.
* ``scanCode`` gives the physical key (with bit 0 of ``flags``, extended), ``vkCode`` the named ones; what a character
  key types is left to the layouts of the policy, for ``vkCode`` is the same with and without Shift.
* A key that is down goes down again while it repeats. Bit 4 of ``flags`` is ``injected``.
* AltGr comes as a left Control that nobody pressed, and the right Alt: the first is left out, the second ``AltGraph``.
* ``VK_PACKET`` carries a character that a program typed, one UTF-16 unit an event.
* The high word of ``mouseData`` is the wheel, 120 a notch, positive away from the user or to the right: ``delta_y`` is
  minus that; or the side button. Places are pixels of the desktop.

``RAWKEYBOARD`` and ``RAWMOUSE`` (raw input) carry no time and cannot be read.

Source: Microsoft, ``KBDLLHOOKSTRUCT``, ``MSLLHOOKSTRUCT``, ``LowLevelKeyboardProc``, ``LowLevelMouseProc``,
``RAWKEYBOARD`` (winuser.h).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reticent.errors import FormatError
from reticent.events import Button, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.pynput import KeyFields
from reticent.keys.windows import ALTGR_CONTROL, SCAN_CODES, VK_CODES, VK_KEYS, VK_PACKET
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource
from reticent.reading.notes import FieldError, Notes
from reticent.reading.records import RecordFormat
from reticent.reading.schema import Schema

__all__ = ["read", "recognises"]

_UP, _INJECTED, _EXTENDED = 0x80, 0x10, 0x01
_WRAP = 1 << 32
_DWORD = _WRAP - 1
_VK_RMENU = 0xA5

_BUTTONS: dict[str, tuple[type[PointerDown | PointerUp], Button]] = {
    "WM_LBUTTONDOWN": (PointerDown, "left"), "WM_LBUTTONUP": (PointerUp, "left"),
    "WM_RBUTTONDOWN": (PointerDown, "right"), "WM_RBUTTONUP": (PointerUp, "right"),
    "WM_MBUTTONDOWN": (PointerDown, "middle"), "WM_MBUTTONUP": (PointerUp, "middle"),
}  # fmt: skip
_SIDE_BUTTONS: dict[str, type[PointerDown | PointerUp]] = {"WM_XBUTTONDOWN": PointerDown, "WM_XBUTTONUP": PointerUp}
_SIDES: dict[int, Button] = {1: "back", 2: "forward"}
_MESSAGES = {
    0x0200: "WM_MOUSEMOVE", 0x0201: "WM_LBUTTONDOWN", 0x0202: "WM_LBUTTONUP", 0x0204: "WM_RBUTTONDOWN",
    0x0205: "WM_RBUTTONUP", 0x0207: "WM_MBUTTONDOWN", 0x0208: "WM_MBUTTONUP", 0x020A: "WM_MOUSEWHEEL",
    0x020B: "WM_XBUTTONDOWN", 0x020C: "WM_XBUTTONUP", 0x020E: "WM_MOUSEHWHEEL",
}  # fmt: skip
_RAW_INPUT = frozenset(("MakeCode", "VKey", "usButtonFlags", "lLastX"))


class _Key(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="struct", tag="keyboard"):
    vkCode: int  # noqa: N815 - Microsoft's names
    scanCode: int  # noqa: N815
    flags: int
    time: int
    dwExtraInfo: Any = None  # noqa: N815
    message: Any = None


class _Point(msgspec.Struct, kw_only=True, gc=False):
    x: int | float
    y: int | float


class _Mouse(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="struct", tag="mouse"):
    message: int | str
    pt: _Point
    time: int
    mouseData: int = 0  # noqa: N815
    flags: Any = None
    dwExtraInfo: Any = None  # noqa: N815


_SCHEMA = Schema("struct", {"keyboard": _Key, "mouse": _Mouse})


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of the calls of low-level hooks, a list at a time; bad lines and unknown fields as in ``native.read``.

    Raises:
        FormatError: the stream gives text instead of bytes, or holds raw input.

    >>> import io
    >>> list(read(io.BytesIO(b'{"vkCode":72,"scanCode":35,"flags":0,"time":86400000}')))
    [[KeyDown(time_us=86400000000, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format; also raw input, so that ``read`` can say what to do.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"vkCode":72,"scanCode":35,"flags":0,"time":86400000}')))
    True
    """
    record = head.record
    if not isinstance(record, dict):
        return False
    if "vkCode" in record:
        return "scanCode" in record and "flags" in record
    if "pt" in record:
        return "message" in record and isinstance(record["pt"], dict)
    return not _RAW_INPUT.isdisjoint(record)


def _classified(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the name of its structure."""
    if not _RAW_INPUT.isdisjoint(record):
        raise FormatError(
            "raw input (RAWKEYBOARD, RAWMOUSE) carries no time; record low-level hooks (WH_KEYBOARD_LL, WH_MOUSE_LL), "
            "or write events in the native format with a time of your own"
        )
    if "vkCode" not in record and "pt" not in record:
        raise FieldError("vkCode: missing, and pt too; every line is a KBDLLHOOKSTRUCT or an MSLLHOOKSTRUCT")
    return {**record, "struct": "keyboard" if "vkCode" in record else "mouse"}


class _Hook:
    """What one stream must remember: the time, the keys that are down, AltGr, half a character."""

    def __init__(self) -> None:
        self._time_ms: int | None = None
        self._down: set[tuple[int, int]] = set()
        self._altgr = False
        self._half: dict[bool, int] = {}

    def events(self, record: _Key | _Mouse) -> list[Event]:
        """Events of a record; none for what Windows made up."""
        if not 0 <= record.time <= _DWORD:
            raise FieldError("time: must be a DWORD, in milliseconds")
        if isinstance(record, _Mouse):
            return [_pointer(record, self._us(record.time))]
        return self._key(record, self._us(record.time))

    def _us(self, time: int) -> int:
        if self._time_ms is None:
            self._time_ms = time
        self._time_ms += (time - self._time_ms + _WRAP // 2) % _WRAP - _WRAP // 2
        return 1000 * self._time_ms

    def _key(self, record: _Key, time_us: int) -> list[Event]:
        if not 0 < record.vkCode < 0x100:
            raise FieldError("vkCode: must be 1 to 254")
        up, injected = bool(record.flags & _UP), bool(record.flags & _INJECTED)
        if record.scanCode == ALTGR_CONTROL:
            self._altgr = self._altgr or not up  # it goes up before the right Alt does
            return []
        if record.vkCode == VK_PACKET:
            fields = self._packet(record.scanCode, up=up)
            if fields is None:
                return []
        else:
            fields = self._fields(record)
        identity = record.vkCode, record.scanCode & 0xFFFF
        repeat = identity in self._down
        if up:
            self._down.discard(identity)
            return [KeyUp(time_us=time_us, injected=injected, **fields)]
        self._down.add(identity)
        return [KeyDown(time_us=time_us, injected=injected, repeat=repeat, **fields)]

    def _fields(self, record: _Key) -> KeyFields:
        extended = 0xE000 if record.flags & _EXTENDED else 0
        code = SCAN_CODES.get(extended | record.scanCode & 0xFF) or VK_CODES.get(record.vkCode)
        key = VK_KEYS.get(record.vkCode)
        if record.vkCode == _VK_RMENU and self._altgr:
            key = "AltGraph"
            self._altgr = not record.flags & _UP
        return {"key": key, "code": code}

    def _packet(self, unit: int, *, up: bool) -> KeyFields | None:
        """A character of its UTF-16 units; None for the first half of one."""
        half = self._half.pop(up, None)
        if 0xD800 <= unit < 0xDC00:
            self._half[up] = unit
            return None
        if half is not None and 0xDC00 <= unit < 0xE000:
            return {"key": chr(0x10000 + (half - 0xD800 << 10) + (unit - 0xDC00))}
        return {"key": None if 0xD800 <= unit < 0xE000 or not 0 < unit < 0x10000 else chr(unit)}


def _pointer(record: _Mouse, time_us: int) -> Event:
    message = record.message if isinstance(record.message, str) else _MESSAGES.get(record.message)
    x, y = record.pt.x, record.pt.y
    high = (record.mouseData & _DWORD) >> 16
    turned = high - 0x10000 if high & 0x8000 else high
    if message == "WM_MOUSEMOVE":
        return PointerMove(time_us=time_us, x=x, y=y)
    if message == "WM_MOUSEWHEEL":
        return Wheel(time_us=time_us, x=x, y=y, delta_y=-turned)
    if message == "WM_MOUSEHWHEEL":
        return Wheel(time_us=time_us, x=x, y=y, delta_x=turned)
    if message in _BUTTONS:
        kind, button = _BUTTONS[message]
        return kind(time_us=time_us, x=x, y=y, button=button)
    if message in _SIDE_BUTTONS and high in _SIDES:
        return _SIDE_BUTTONS[message](time_us=time_us, x=x, y=y, button=_SIDES[high])
    raise FieldError(
        "message: must be a mouse message of a low-level hook, such as WM_MOUSEMOVE; X buttons are 1 and 2"
    )


_LINES = RecordFormat(_SCHEMA, lambda notes: _Hook().events, _classified)
