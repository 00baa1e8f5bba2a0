"""DuckTrack and OpenCUA/AgentNet ``events.jsonl``: computer-use recordings made with pynput.

Times are seconds of a monotonic clock. Keys come by pynput's names and tell no physical key, except those that
have only one place. ``scroll`` counts notches with ``dy`` positive upwards; W3C's ``deltaY`` is positive downwards,
so ``delta_y`` is -120 a notch of ``dy``, and ``delta_x`` 120 a notch of ``dx`` (positive to the right in both).

AgentNet adds ``event_idx`` and ``pynput_key``, which say nothing more and are left out. It resolves names from the
physical key on some systems, so that a shifted character may arrive unshifted, after its Shift key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, State, Wheel
from reticent.keys.pynput import BUTTONS, KEYS
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, LineFormat
from reticent.reading.notes import FieldError, Notes
from reticent.reading.schema import Schema
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_NOTCH = 120


class _Record(msgspec.Struct, kw_only=True, gc=False, forbid_unknown_fields=True, tag_field="action"):
    time_stamp: int | float
    event_idx: Any = None
    pynput_key: Any = None

    def time_us(self) -> int:
        """The nearest microsecond."""
        return microseconds(self.time_stamp, "seconds", "time_stamp")


class _Press(_Record, tag="press"):
    name: str | None = None

    def event(self) -> Event:
        key, code = _key(self.name)
        return KeyDown(time_us=self.time_us(), key=key, code=code)


class _Release(_Record, tag="release"):
    name: str | None = None

    def event(self) -> Event:
        key, code = _key(self.name)
        return KeyUp(time_us=self.time_us(), key=key, code=code)


class _Move(_Record, tag="move"):
    x: int | float
    y: int | float

    def event(self) -> Event:
        return PointerMove(time_us=self.time_us(), x=self.x, y=self.y)


class _Click(_Record, tag="click"):
    x: int | float
    y: int | float
    button: str
    pressed: bool

    def event(self) -> Event:
        button = BUTTONS.get(self.button)
        if button is None:
            raise FieldError(f"button: must be one of {', '.join(BUTTONS)}")
        kind = PointerDown if self.pressed else PointerUp
        return kind(time_us=self.time_us(), x=self.x, y=self.y, button=button)


class _Scroll(_Record, tag="scroll"):
    x: int | float
    y: int | float
    dx: int | float = 0
    dy: int | float = 0

    def event(self) -> Event:
        return Wheel(
            time_us=self.time_us(), x=self.x, y=self.y, delta_x=_NOTCH * self.dx, delta_y=-_NOTCH * self.dy
        )  # fmt: skip


class _Pause(_Record, tag="pause"):
    def event(self) -> Event:
        return State(time_us=self.time_us(), recording=False)


class _Resume(_Record, tag="resume"):
    def event(self) -> Event:
        return State(time_us=self.time_us(), recording=True)


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a DuckTrack or AgentNet recording, a list at a time.

    Lines that are no event and unknown fields are treated as in ``reticent.formats.native.read``. A key that
    pynput could not name becomes a key event without ``key`` and ``code``: something was typed, unknown what.

    Raises:
        FormatError: the stream gives text instead of bytes.

    >>> import io
    >>> list(read(io.BytesIO(b'{"time_stamp": 0.0000126, "action": "press", "name": "enter"}')))
    [[KeyDown(time_us=13, ...)]]
    """
    return _LINES.read(stream, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether a line looks like this format.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"time_stamp": 150160.965, "action": "move", "x": 1, "y": 2}')))
    True
    """
    record = head.record
    return isinstance(record, dict) and isinstance(record.get("action"), str) and "time_stamp" in record


def _key(name: str | None) -> tuple[str | None, str | None]:
    """W3C key and code. A longer name that is not known may be a key's number: kept, it would tell what was typed."""
    if name in KEYS:
        return KEYS[name]
    return (name, None) if name is not None and len(name) == 1 else (None, None)


_LINES = LineFormat(
    Schema(
        "action",
        {str(kind.__struct_config__.tag): kind for kind in (_Press, _Release, _Move, _Click, _Scroll, _Pause, _Resume)},
    ),
    lambda records: [record.event() for record in records],
)
