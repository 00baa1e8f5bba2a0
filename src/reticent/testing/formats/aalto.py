"""Native key events as rows of the Aalto 136M logs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reticent.events import Event, KeyDown, KeyUp
from reticent.formats.aalto import COLUMNS, LETTERS
from reticent.keys.keycode import KEYCODES
from reticent.testing.formats._fields import KEY, Fields, has_room, in_order

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = dict.fromkeys((KeyDown, KeyUp), (*KEY, "stream"))
"""What the format can express: strokes on a grid of milliseconds, one stream a sentence, keys by what they gave. Codes
are written only where there is no key; a repeat is a row without a release."""

_NAMES = {key: name for name, (key, code) in reversed(LETTERS.items()) if len(key) > 1}
_NUMBERS = {code: number for number, (_, code) in reversed(KEYCODES.items()) if code is not None}


class _Row(NamedTuple):
    order_us: int
    stream: str
    press_us: int
    release_us: int | None
    event: KeyDown


def can_write(events: Sequence[Event]) -> bool:
    """Whether rows tell what these events say.

    >>> can_write([KeyDown(time_us=5_000, key="a")]), can_write([KeyDown(time_us=5_000, key="Dead")])
    (True, False)
    """
    return in_order(events) and all(
        isinstance(event, (KeyDown, KeyUp)) and has_room(event, EXPRESSES) and event.time_us % 1000 == 0
        and (event.code in _NUMBERS if event.key is None else event.key in _NAMES or len(event.key) == 1)
        for event in events
    )  # fmt: skip


def write(events: Iterable[Event]) -> bytes:
    """A log of these strokes, in order of release within each sentence.

    >>> write([KeyDown(time_us=5_000, key="a"), KeyUp(time_us=9_000, key="a")]).splitlines()[1]
    b'1\\t1\\t\\t\\t1\\t5\\t9\\ta\\t0'
    """
    rows = sorted(_rows(events), key=lambda row: (row.stream, row.order_us))
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    return b"\n".join([COLUMNS, *lines]) + b"\n"


def _rows(events: Iterable[Event]) -> list[_Row]:
    down: dict[tuple[str, str, str | None], KeyDown] = {}
    rows = []
    for event in events:
        if not isinstance(event, (KeyDown, KeyUp)):
            continue
        stream = event.stream or "1"
        name = stream, event.device, event.code or event.key
        if isinstance(event, KeyUp):
            press = down.pop(name, None)
            if press is not None:
                rows.append(_Row(event.time_us, stream, press.time_us, event.time_us, press))
        elif name in down:
            rows.append(_Row(event.time_us, stream, event.time_us, None, event))
        else:
            down[name] = event
    rows += [_Row(event.time_us, event.stream or "1", event.time_us, None, event) for event in down.values()]
    return rows


def _line(number: int, row: _Row) -> bytes:
    key, code = row.event.key, row.event.code
    letter = _NAMES.get(key or "", key or "")
    keycode = _NUMBERS.get(code or "", 0) if key is None else 0
    press, release = row.press_us // 1000, "" if row.release_us is None else row.release_us // 1000
    return f"1\t{row.stream}\t\t\t{number}\t{press}\t{release}\t{letter}\t{keycode}".encode()
