"""Events as ``xinput test-xi2 --root | ts '%.s'`` would print them: raw, for a device, and for all devices joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.evdev import CODES
from reticent.testing.formats._evdev import numbered
from reticent.testing.formats._fields import BUTTON, KEY, MOVE, WHEEL, Fields, has_room, is_told_by_code

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    **dict.fromkeys((KeyDown, KeyUp), (*KEY, "device")), PointerMove: (*MOVE, "device"),
    **dict.fromkeys((PointerDown, PointerUp), (*BUTTON, "device")), Wheel: (*WHEEL, "device"),
}  # fmt: skip
"""Keys by ``code`` and ``repeat``; pointers at hundredths of a pixel; a wheel that turns by a notch along one axis."""

_HEADER = "⎡ Virtual core pointer                    \tid=2\t[master pointer  (3)]\n"
_KEYCODES = {code: number + 8 for number, code in CODES.items() if number < 248}
_UNKNOWN_KEY = 248
_BUTTONS = {"left": 1, "middle": 2, "right": 3, "back": 8, "forward": 9}
_NAMES = {
    2: "KeyPress", 3: "KeyRelease", 4: "ButtonPress", 5: "ButtonRelease", 6: "Motion",
    13: "RawKeyPress", 14: "RawKeyRelease", 15: "RawButtonPress", 16: "RawButtonRelease", 17: "RawMotion",
}  # fmt: skip


def can_write(events: Sequence[Event]) -> bool:
    """Whether lines tell what these events say. What a key gives is left to the layout.

    >>> can_write([KeyDown(time_us=5, code="KeyA", key="a")]), can_write([KeyDown(time_us=5, key="é")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and event.time_us >= 0 and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    return is_told_by_code(event, _KEYCODES) if isinstance(event, KeyDown | KeyUp) else True


def write(events: Iterable[Event]) -> bytes:
    """Keys and pointers; devices are called by numbers, other events are left out. No time may be negative.

    >>> write([KeyUp(time_us=1_000_005, code="KeyA")]).decode().splitlines()[1]
    '1.000005 EVENT type 14 (RawKeyRelease)'
    """
    lines = [_HEADER]
    for event in numbered(events):
        sec, usec = divmod(event.time_us, 1_000_000)
        lines += (f"{sec}.{usec:06} {line}\n" for block in _blocks(event) for line in block)
    return "".join(lines).encode()


def _blocks(event: Event) -> list[list[str]]:
    if isinstance(event, KeyDown | KeyUp):
        number = 3 if isinstance(event, KeyUp) else 2
        keycode = _KEYCODES.get(event.code or "", _UNKNOWN_KEY)
        flags = "repeat" if isinstance(event, KeyDown) and event.repeat else ""
        raw = [] if flags else [_raw(number + 11, event.device, keycode)]
        return [
            *raw,
            *(_device_event(number, name, event.device, keycode, flags=flags) for name in (event.device, "3")),
        ]
    if isinstance(event, PointerMove):
        return [_raw(17, event.device, 0), *_pointer(6, event, 0)]
    if isinstance(event, PointerDown | PointerUp):
        number = 4 if isinstance(event, PointerDown) else 5
        detail = _BUTTONS[event.button]
        return [_raw(number + 11, event.device, detail), *_pointer(number, event, detail)]
    if isinstance(event, Wheel):
        detail = (5 if event.delta_y > 0 else 4) if event.delta_y else (7 if event.delta_x > 0 else 6)
        return [
            block
            for number in (4, 5)
            for block in (_raw(number + 11, event.device, detail), *_pointer(number, event, detail))
        ]
    return []


def _pointer(number: int, event: PointerMove | PointerDown | PointerUp | Wheel, detail: int) -> list[list[str]]:
    return [
        _device_event(number, name, event.device, detail, root=f"{event.x:.2f}/{event.y:.2f}")
        for name in (event.device, "2")
    ]


def _raw(number: int, device: str, detail: int) -> list[str]:
    flags = ["    flags: "] if number > 14 else []
    master = 2 if number > 14 else 3
    head = [f"EVENT type {number} ({_NAMES[number]})", f"    device: {master} ({device})", f"    detail: {detail}"]
    return [*head, *flags, "    valuators:", ""]


def _device_event(
    number: int, name: str, device: str, detail: int, *, flags: str = "", root: str = "0.00/0.00"
) -> list[str]:
    return [
        f"EVENT type {number} ({_NAMES[number]})", f"    device: {name} ({device})", f"    detail: {detail}",
        f"    flags: {flags}", f"    root: {root}", f"    event: {root}", "    buttons:",
        "    modifiers: locked 0 latched 0 base 0 effective: 0", "    group: locked 0 latched 0 base 0 effective: 0",
        "    valuators:", "        0: 2.00", "    windows: root 0x1d5 event 0x1d5 child 0x0",
    ]  # fmt: skip
