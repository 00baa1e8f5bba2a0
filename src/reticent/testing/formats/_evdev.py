"""Events as a Linux input device would send them: a keyboard with a mouse that has a fine wheel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.evdev import CODES, KEY_NAMES
from reticent.reading.evdev import EV_KEY, EV_REL, EV_SYN, KEY_UNKNOWN
from reticent.testing.formats._fields import BUTTON, KEY, MOVE, WHEEL, Fields, has_room, is_told_by_code

__all__ = ["EXPRESSES", "LABELS", "TYPES", "Row", "can_write", "numbered", "rows"]

EXPRESSES: Fields = {
    **dict.fromkeys((KeyDown, KeyUp), (*KEY, "device")), PointerMove: (*MOVE, "device"),
    **dict.fromkeys((PointerDown, PointerUp), (*BUTTON, "device")), Wheel: (*WHEEL, "device"),
}  # fmt: skip
"""Keys by ``code`` and ``repeat``; pointers at whole pixels, buttons and wheels where the last move led."""

TYPES = {EV_SYN: "EV_SYN", EV_KEY: "EV_KEY", EV_REL: "EV_REL"}
"""Names of the types of rows."""

LABELS: dict[tuple[int, int], str] = {
    (EV_SYN, 0): "SYN_REPORT",
    **{(EV_REL, code): f"REL_{name}" for code, name in (
        (0, "X"), (1, "Y"), (6, "HWHEEL"), (8, "WHEEL"), (11, "WHEEL_HI_RES"), (12, "HWHEEL_HI_RES"),
    )},
    **{(EV_KEY, code): f"BTN_{name}" for code, name in (
        (0x110, "LEFT"), (0x111, "RIGHT"), (0x112, "MIDDLE"), (0x113, "SIDE"), (0x114, "EXTRA"),
    )},
    **{(EV_KEY, code): name for name, code in reversed(KEY_NAMES.items())},
    (EV_KEY, KEY_UNKNOWN): "KEY_UNKNOWN",
}  # fmt: skip
"""Names of the codes of rows."""

_NUMBERS = {code: number for number, code in CODES.items()}
_BUTTONS = {"left": 0x110, "right": 0x111, "middle": 0x112, "back": 0x113, "forward": 0x114}


class Row(NamedTuple):
    """One ``input_event``."""

    sec: int
    usec: int
    kind: int
    code: int
    value: int
    device: str


def can_write(events: Sequence[Event]) -> bool:
    """Whether rows tell what these events say. What a key gives is left to the layout.

    >>> can_write([KeyDown(time_us=5, code="KeyA", key="a")]), can_write([KeyDown(time_us=5, key="é")])
    (True, False)
    """
    return all(has_room(event, EXPRESSES) and event.time_us >= 0 and _is_exact(event) for event in events)


def _is_exact(event: Event) -> bool:
    if isinstance(event, KeyDown | KeyUp):
        return is_told_by_code(event, _NUMBERS)
    assert isinstance(event, PointerMove | PointerDown | PointerUp | Wheel)
    turned = (event.delta_x, event.delta_y) if isinstance(event, Wheel) else ()
    return all(number == round(number) for number in (event.x, event.y, *turned))


def rows(events: Iterable[Event]) -> Iterator[Row]:
    """What devices send for keys and pointers; other events are left out.

    >>> [row[2:5] for row in rows([KeyDown(time_us=5, code="KeyA")])]
    [(1, 30, 1), (0, 0, 0)]
    """
    places: dict[str, tuple[int, int]] = {}
    for event in numbered(events):
        if isinstance(event, KeyDown | KeyUp):
            number = _NUMBERS.get(event.code or "", KEY_UNKNOWN)
            frame = [(EV_KEY, number, 0 if isinstance(event, KeyUp) else 2 if event.repeat else 1)]
        elif isinstance(event, PointerMove | PointerDown | PointerUp | Wheel):
            here = (round(event.x), round(event.y))
            before = places.get(event.device, (0, 0))
            places[event.device] = here
            frame = [(EV_REL, axis, here[axis] - before[axis]) for axis in (0, 1) if here[axis] != before[axis]]
            frame += _presses(event)
        else:
            continue
        sec, usec = divmod(event.time_us, 1_000_000)
        for kind, code, value in (*frame, (EV_SYN, 0, 0)):
            yield Row(sec, usec, kind, code, value, event.device)


def numbered(events: Iterable[Event]) -> Iterator[Event]:
    """Keys and pointers of devices that are called by numbers; a device with another name gets one.

    >>> [event.device for event in numbered([KeyUp(time_us=5, device="7"), KeyUp(time_us=6, device="kbd")])]
    ['7', '100']
    """
    numbers: dict[str, str] = {}
    for event in events:
        if isinstance(event, KeyDown | KeyUp | PointerMove | PointerDown | PointerUp | Wheel):
            device = event.device
            number = device if device.isdecimal() else numbers.setdefault(device, str(100 + len(numbers)))
            yield event if number == device else replace(event, device=number)


def _presses(event: PointerMove | PointerDown | PointerUp | Wheel) -> list[tuple[int, int, int]]:
    """Buttons, and wheels as the kernel sends them: in fine steps, and once more in whole notches."""
    if isinstance(event, Wheel):
        right, up = round(event.delta_x), -round(event.delta_y)
        steps = ((EV_REL, 11, up), (EV_REL, 8, up // 120), (EV_REL, 12, right), (EV_REL, 6, right // 120))
        return [(kind, code, value) for kind, code, value in steps if value]
    if isinstance(event, PointerMove):
        return []
    return [(EV_KEY, _BUTTONS[event.button], int(isinstance(event, PointerDown)))]
