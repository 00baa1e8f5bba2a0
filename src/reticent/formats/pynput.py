r"""pynput: what its listeners hand to their callbacks, as function arguments or as JSON lines.

pynput tells no time; the caller gives it in microseconds. Callbacks run in the listener's thread, a run belongs to the
thread that made it; so in a live collector a callback makes the event and leaves it on a queue::

    from reticent.formats import pynput as events
    listener = keyboard.Listener(
        on_press=lambda key, injected: seen.put(events.on_press(key, injected, time_us=clock_us())),
        on_release=lambda key, injected: seen.put(events.on_release(key, injected, time_us=clock_us())),
    )

The JSON lines are our own, one for each callback::

    {"pynput":"press","time_us":1,"char":"a","vk":97,"name":null,"dead":false,"injected":false,"system":"x11"}
    {"pynput":"release","time_us":2,"name":"shift_r"}
    {"pynput":"move","time_us":3,"x":1,"y":2}
    {"pynput":"click","time_us":4,"x":1,"y":2,"button":"left","pressed":true}
    {"pynput":"scroll","time_us":5,"x":1,"y":2,"dx":0,"dy":-1}

``name`` is that of a ``Key``; ``char``, ``vk`` and ``dead`` (``is_dead``) are those of a ``KeyCode``. Everything is
optional but ``time_us`` and the places. What pynput does, and what becomes of it:

* ``vk`` means something else on each system. Where ``system`` (windows, macos, x11) is given it names the physical
  key, above all of the numpad, which has no ``char``; without ``system`` it is left out.
* Control+A arrives as ``"\x01"`` and stays so; Option+C or Command+C on macOS may arrive as ``"ç"``.
* A dead key is ``Dead`` with its accent; the character after it comes without the accent, as pynput gives it.
* A key that repeats is pressed again and again; releases may be missing.
* ``scroll`` counts notches with ``dy`` positive upwards: ``delta_y`` is -120 a notch, ``delta_x`` 120 (to the right).

Source: pynput 1.8 documentation and source; issues 42, 118, 134, 202, 218, 578 of moses-palmer/pynput.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys import macos, windows
from reticent.keys.pynput import BUTTONS, KEYS, X11_NUMPAD, KeyFields
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, LineFormat
from reticent.reading.notes import FieldError, Notes
from reticent.reading.schema import Schema
from reticent.reading.times import microseconds

__all__ = ["System", "on_click", "on_move", "on_press", "on_release", "on_scroll", "read", "recognises"]

System: TypeAlias = Literal["windows", "macos", "x11"]
"""Where pynput ran; what the number of a key means."""

_HERE: System | None = {"linux": "x11", "darwin": "macos", "win32": "windows"}.get(sys.platform)  # type: ignore[assignment]
_NOTCH = 120


def on_press(key: object, injected: bool | None = None, *, time_us: int, system: System | None = _HERE) -> KeyDown:
    """The event of a ``Key`` or ``KeyCode`` that was pressed, or of None, which pynput passes for keys it cannot read.

    ``system`` is where pynput runs: here, unless it is named.

    >>> from types import SimpleNamespace
    >>> on_press(SimpleNamespace(vk=None, char="a", is_dead=False), time_us=5).key
    'a'
    """
    return KeyDown(time_us=time_us, injected=injected, **_of(key, system))


def on_release(key: object, injected: bool | None = None, *, time_us: int, system: System | None = _HERE) -> KeyUp:
    """The event of a ``Key`` or ``KeyCode`` that was released.

    >>> from types import SimpleNamespace
    >>> on_release(SimpleNamespace(name="enter"), time_us=5).key
    'Enter'
    """
    return KeyUp(time_us=time_us, injected=injected, **_of(key, system))


def on_move(x: float, y: float, injected: bool | None = None, *, time_us: int) -> PointerMove:
    """The event of a pointer that moved; ``injected`` has no place in it.

    >>> on_move(3, 4, time_us=5)
    PointerMove(time_us=5, ...)
    """
    return PointerMove(time_us=time_us, x=x, y=y)


def on_click(
    x: float, y: float, button: object, pressed: bool, injected: bool | None = None, *, time_us: int
) -> PointerDown | PointerUp:
    """The event of a button, a ``Button`` or its name, that went down or up.

    Raises:
        FieldError: no such button.

    >>> on_click(3, 4, "left", False, time_us=5)
    PointerUp(time_us=5, ...)
    """
    name = BUTTONS.get(str(getattr(button, "name", button)))
    if name is None:
        raise FieldError(f"button: must be one of {', '.join(BUTTONS)}")
    kind = PointerDown if pressed else PointerUp
    return kind(time_us=time_us, x=x, y=y, button=name)


def on_scroll(x: float, y: float, dx: float, dy: float, injected: bool | None = None, *, time_us: int) -> Wheel:
    """The event of a wheel that turned by ``dx`` and ``dy`` notches.

    >>> on_scroll(3, 4, 0, -1, time_us=5).delta_y
    120
    """
    return Wheel(time_us=time_us, x=x, y=y, delta_x=_NOTCH * dx, delta_y=-_NOTCH * dy)


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of JSON lines of callbacks, a list at a time; bad lines and unknown fields as in ``native.read``.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> list(read(io.BytesIO(b'{"pynput":"press","time_us":13,"name":"enter"}')))
    [[KeyDown(time_us=13, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"pynput":"move","time_us":3,"x":1,"y":2}')))
    True
    """
    record = head.record
    return isinstance(record, dict) and isinstance(record.get("pynput"), str)


def _of(key: object, system: System | None) -> KeyFields:
    """Fields of a ``Key`` or a ``KeyCode``, by what they have."""
    name = getattr(key, "name", None)
    if name is not None:
        named, code = KEYS.get(str(name), (None, None))
        return {"key": named, "code": code}
    return _of_code(getattr(key, "char", None), getattr(key, "vk", None), system, dead=getattr(key, "is_dead", False))


def _of_code(char: str | None, vk: int | None, system: System | None, *, dead: bool) -> KeyFields:
    named, code = _numbered(vk, system)
    # On Windows a program types characters beyond 0xFFFF as two halves, neither of which can be written.
    if named is not None or not char or any("\ud800" <= half <= "\udfff" for half in char):
        return {"key": named, "code": code}
    if dead:
        return {"key": "Dead", "code": code, "dead": char}
    return {"key": char, "code": code} if len(char) == 1 else {"text": char, "code": code}


def _numbered(vk: int | None, system: System | None) -> tuple[str | None, str | None]:
    """W3C key and code of a number, as far as its system tells them."""
    if vk is None or system is None:
        return None, None
    if system == "macos":
        return macos.KEYS.get(vk), macos.CODES.get(vk)
    if system == "windows":
        return windows.VK_KEYS.get(vk), windows.VK_CODES.get(vk)
    return X11_NUMPAD.get(vk, (None, None))


class _Record(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="pynput"):
    time_us: int
    injected: bool | None = None

    def us(self) -> int:
        return microseconds(self.time_us, "microseconds", "time_us")


class _KeyRecord(_Record):
    char: str | None = None
    vk: int | None = None
    name: str | None = None
    dead: bool = False
    system: System | None = None

    def fields(self) -> KeyFields:
        if self.name is not None:
            return _of(self, None)
        return _of_code(self.char, self.vk, self.system, dead=self.dead)


class _Press(_KeyRecord, tag="press"):
    def event(self) -> Event:
        return KeyDown(time_us=self.us(), injected=self.injected, **self.fields())


class _Release(_KeyRecord, tag="release"):
    def event(self) -> Event:
        return KeyUp(time_us=self.us(), injected=self.injected, **self.fields())


class _Move(_Record, tag="move"):
    x: int | float
    y: int | float

    def event(self) -> Event:
        return on_move(self.x, self.y, time_us=self.us())


class _Click(_Record, tag="click"):
    x: int | float
    y: int | float
    button: str
    pressed: bool

    def event(self) -> Event:
        return on_click(self.x, self.y, self.button, self.pressed, time_us=self.us())


class _Scroll(_Record, tag="scroll"):
    x: int | float
    y: int | float
    dx: int | float = 0
    dy: int | float = 0

    def event(self) -> Event:
        return on_scroll(self.x, self.y, self.dx, self.dy, time_us=self.us())


_LINES = LineFormat(
    Schema("pynput", {str(kind.__struct_config__.tag): kind for kind in (_Press, _Release, _Move, _Click, _Scroll)}),
    lambda records: [record.event() for record in records],
)
