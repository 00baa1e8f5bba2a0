"""Native events as calls of low-level hooks of Windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.table import NAMED_KEYS, codes_by
from reticent.keys.windows import ALTGR_CONTROL, SCAN_CODES, VK_KEYS, VK_PACKET
from reticent.testing.formats._fields import KEY, POINTERS, Fields, has_room, is_told_by_code

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {**dict.fromkeys((KeyDown, KeyUp), (*KEY, "injected")), **POINTERS}
"""What the format can express: keys by their code, at times of whole milliseconds; a ``key`` only where it is named, is
of the numpad, or has no code. ``injected`` is never None. A wheel turns on one axis by whole numbers."""

_SCANS = {code: scan for scan, code in reversed(SCAN_CODES.items())}
_VKS = {
    **{code: vk for vk, code in reversed(codes_by("vk").items())},
    "NumpadEnter": 0x0D,
}
_NAMED = {key: vk for vk, key in reversed(VK_KEYS.items()) if len(key) > 1}
_MESSAGES = {"left": "WM_LBUTTON", "middle": "WM_MBUTTON", "right": "WM_RBUTTON"}
_NO_VK = 0xFF
_SIDES = {"back": 1, "forward": 2}


def can_write(events: Sequence[Event]) -> bool:
    """Whether calls of hooks tell what these events say. What a key with a code gives is left to the layout.

    >>> can_write([KeyDown(time_us=5_000, key="é")]), can_write([KeyDown(time_us=5_000, key="Dead", code="KeyE")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and event.time_us % 1000 == 0 and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    if not isinstance(event, (KeyDown, KeyUp)):
        return True
    return is_told_by_code(event, _SCANS) if event.code else event.key is not None and event.key not in NAMED_KEYS


def write(events: Iterable[Event]) -> bytes:
    """A JSON line for each call that the events would have made; what the format cannot express is left out.

    >>> write([KeyDown(time_us=5_000, key="h", code="KeyH")])
    b'{"vkCode":72,"scanCode":35,"flags":0,"time":5,"dwExtraInfo":0}\\n'
    """
    written = [event for event in events if type(event) in EXPRESSES]
    return msgspec.json.Encoder().encode_lines([record for event in written for record in _records(event)])


def _records(event: Event) -> Iterator[dict[str, Any]]:
    time = event.time_us // 1000 % (1 << 32)
    if isinstance(event, (KeyDown, KeyUp)):
        flags = 0x80 * isinstance(event, KeyUp) | 0x10 * bool(event.injected)
        for vk, scan in _keys(event):
            extended = vk != VK_PACKET and scan >= 0xE000
            code = scan & 0xFFF if extended else scan
            yield {"vkCode": vk, "scanCode": code, "flags": flags | extended, "time": time, "dwExtraInfo": 0}
        return
    assert isinstance(event, (PointerMove, PointerDown, PointerUp, Wheel))
    message, high = _message(event)
    at = {"x": event.x, "y": event.y}
    yield {"message": message, "pt": at, "mouseData": (high & 0xFFFF) << 16, "flags": 0, "time": time}


def _keys(event: KeyDown | KeyUp) -> list[tuple[int, int]]:
    """Virtual key and scan code of each call."""
    if event.code is None:
        units = (event.key or event.text or "").encode("utf-16-le")
        return [(VK_PACKET, int.from_bytes(units[at : at + 2], "little")) for at in range(0, len(units), 2)]
    scan = _SCANS.get(event.code)
    if scan is None:
        return []
    if event.key == "AltGraph":
        return [(0xA2, ALTGR_CONTROL), (0xA5, scan)]
    vk = _VKS.get(event.code, _NO_VK)
    return [(vk if VK_KEYS.get(vk) == event.key else _NAMED.get(event.key or "", vk), scan)]


def _message(event: PointerMove | PointerDown | PointerUp | Wheel) -> tuple[str, int]:
    if isinstance(event, PointerMove):
        return "WM_MOUSEMOVE", 0
    if isinstance(event, Wheel):
        return ("WM_MOUSEHWHEEL", round(event.delta_x)) if event.delta_x else ("WM_MOUSEWHEEL", -round(event.delta_y))
    phase = "DOWN" if isinstance(event, PointerDown) else "UP"
    if event.button in _SIDES:
        return f"WM_XBUTTON{phase}", _SIDES[event.button]
    return f"{_MESSAGES[event.button]}{phase}", 0
