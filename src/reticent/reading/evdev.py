"""Events of a Linux input device, from the numbers that the kernel gives: keys, buttons, wheels, axes, fingers.

The recorders evtest, evemu-record, libinput record and getevent write these numbers down; python-evdev hands them out.
Source: the kernel's ``Documentation/input/event-codes.rst`` and ``multi-touch-protocol.rst``.

* A key has a place but no meaning: events have a ``code``, never a ``key``. Value 2 is a repeat.
* Pointer events are those of a frame, all at the time of the SYN_REPORT that ends it.
* A relative pointer starts at (0, 0) and adds up its counts. An absolute one (touchscreen, pen, tablet, virtual mouse)
  is where its axes say, in units of the device, not pixels; a touch is a left button.
* The finger on a touchpad is not where the pointer is: one finger moves it, as a relative pointer, by as much as the
  finger moves. More fingers, taps and edges do what the desktop makes of them, which is unknown here.
* A wheel's notch is 120: ``delta_y`` is -120 a step of REL_WHEEL, which counts upwards, ``delta_x`` is 120 a step of
  REL_HWHEEL. A wheel that has finer steps sends both, and only the finer ones count.
* After SYN_DROPPED events are missing: a ``Discontinuity``.
"""

from __future__ import annotations

from reticent.events import (
    LARGEST_TIME_US,
    Button,
    Discontinuity,
    Event,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)  # fmt: skip
from reticent.keys.evdev import BUTTONS, CODES, is_key
from reticent.reading.notes import FieldError

__all__ = ["EV_ABS", "EV_KEY", "EV_REL", "EV_SYN", "KEY_UNKNOWN", "Device"]

EV_SYN, EV_KEY, EV_REL, EV_ABS = range(4)
"""Event types that are read; all others say nothing of keys and pointers."""

KEY_UNKNOWN = 240
"""What to feed for a key that was pressed, unknown which."""

_SYN_REPORT, _SYN_MT_REPORT, _SYN_DROPPED = 0, 2, 3
_REL_X, _REL_Y, _REL_HWHEEL, _REL_WHEEL, _REL_WHEEL_HI_RES, _REL_HWHEEL_HI_RES = 0, 1, 6, 8, 11, 12
_ABS_X, _ABS_Y, _ABS_TOOL_WIDTH, _ABS_MT_SLOT, _ABS_MT_X, _ABS_MT_Y, _ABS_MT_TRACKING_ID = 0, 1, 28, 47, 53, 54, 57
_BTN_TOOL_FINGER, _BTN_TOUCH = 0x145, 0x14A
# One finger, five, two, three, four.
_TOUCHPAD_TOOLS = frozenset((_BTN_TOOL_FINGER, 0x148, 0x14D, 0x14E, 0x14F))
_GAME_BUTTONS = range(0x120, 0x140)
_PROP_DIRECT, _PROP_ACCELEROMETER = 1, 6
_MOST_SLOTS = 64
_NOTCH = 120

_SECOND_US = 1_000_000


class Device:
    """One input device: give it everything that it sends, in order, and it gives the events of that.

    Args:
        name: the ``device`` of the events.
        direct: whether fingers touch the screen itself (the property INPUT_PROP_DIRECT); a device that counts
            fingers (BTN_TOOL_FINGER and so on) is a touchpad otherwise.
        stream: the ``stream`` of the events.

    With python-evdev: ``for e in device.read_loop(): run.feed(reader.feed(e.sec, e.usec, e.type, e.code, e.value))``.

    >>> mouse = Device()
    >>> mouse.feed(1, 500, EV_REL, 0, 7)
    []
    >>> mouse.feed(1, 500, EV_SYN, 0, 0)
    [PointerMove(time_us=1000500, ...)]
    """

    def __init__(self, name: str = "0", *, direct: bool = False, stream: str | None = None) -> None:
        self.name = name
        self.direct = direct
        self.stream = stream
        self.time_us = 0
        self._x = self._y = 0
        self._told = (0, 0)
        self._wheel = [0, 0]
        self._fine = [False, False]
        self._presses: list[tuple[Button, bool]] = []
        self._axes = _Axes()
        self._touching = False
        self._finger: tuple[int, int] | None = None
        self._is_touchpad = self._is_no_place = self._missing = False

    def has(self, kind: int, code: int) -> None:
        """The device can send this: a recording's header says so. What it does send, it is known to have."""
        if (kind == EV_REL and code in (_REL_X, _REL_Y)) or (kind == EV_KEY and code in _GAME_BUTTONS):
            self._is_no_place = True
        elif (kind == EV_KEY and code in _TOUCHPAD_TOOLS) or (kind == EV_ABS and code == _ABS_TOOL_WIDTH):
            self._is_touchpad = True

    def has_property(self, number: int) -> None:
        """The device has this ``INPUT_PROP``: its surface is a screen, say, or its axes are those of gravity."""
        self.direct = self.direct or number == _PROP_DIRECT
        self._is_no_place = self._is_no_place or number == _PROP_ACCELEROMETER

    def feed(self, sec: int, usec: int, kind: int, code: int, value: int) -> list[Event]:
        """Events of one ``input_event``: keys at once, all else when SYN_REPORT ends the frame.

        Raises:
            FieldError: the time or the value of a key is impossible.
        """
        time_us = sec * _SECOND_US + usec
        if not 0 <= usec < _SECOND_US or abs(time_us) > LARGEST_TIME_US:
            raise FieldError("time: must be seconds and microseconds, not beyond 2**53 microseconds")
        self.time_us = time_us
        if kind == EV_SYN:
            return self._sync(code)
        if not self._missing:
            self.has(kind, code)
            if kind == EV_KEY:
                return self._key(code, value)
            if kind == EV_REL:
                self._relative(code, value)
            elif kind == EV_ABS:
                self._axes.move(code, value)
        return []

    def flush(self) -> list[Event]:
        """Events of a frame that was not ended; for the end of a recording."""
        return self._frame()

    def _sync(self, code: int) -> list[Event]:
        if code == _SYN_REPORT:
            if self._missing:
                self._missing = False
                return []
            return self._frame()
        if code == _SYN_MT_REPORT:
            self._axes.next_finger()
        elif code == _SYN_DROPPED:
            # Events up to the next report are ignored too, as the kernel asks for.
            self._missing = True
            self._presses.clear()
            self._wheel = [0, 0]
            self._finger = None
            self._axes.forget()
            return [Discontinuity(time_us=self.time_us, stream=self.stream)]
        return []

    def _key(self, code: int, value: int) -> list[Event]:
        if value not in (0, 1, 2):
            raise FieldError("value: must be 0 (up), 1 (down) or 2 (repeat)")
        if is_key(code):
            name, stream = self.name, self.stream
            w3c = CODES.get(code)
            if value == 0:
                return [KeyUp(time_us=self.time_us, code=w3c, device=name, stream=stream)]
            return [KeyDown(time_us=self.time_us, code=w3c, repeat=value == 2, device=name, stream=stream)]
        if code in BUTTONS and value != 2:
            self._presses.append((BUTTONS[code], value == 1))
        elif code == _BTN_TOUCH:
            self._axes.touch = value != 0
        elif code == _BTN_TOOL_FINGER:
            self._axes.one_finger = value != 0
            self._finger = None
        return []

    def _relative(self, code: int, value: int) -> None:
        if code == _REL_X:
            self._x += value
        elif code == _REL_Y:
            self._y += value
        elif code in (_REL_WHEEL_HI_RES, _REL_HWHEEL_HI_RES):
            axis = int(code == _REL_WHEEL_HI_RES)
            if not self._fine[axis]:
                self._fine[axis] = True
                self._wheel[axis] = 0  # its coarse step came first in this frame
            self._wheel[axis] += value
        elif code in (_REL_WHEEL, _REL_HWHEEL):
            axis = int(code == _REL_WHEEL)
            self._wheel[axis] += 0 if self._fine[axis] else _NOTCH * value

    def _frame(self) -> list[Event]:
        """Where the pointer is now, then what its wheel and buttons did there."""
        presses, self._presses = self._presses, []
        if not self._is_no_place:
            presses += self._follow()
        self._axes.end_frame()
        time_us, device, stream = self.time_us, self.name, self.stream
        found: list[Event] = []
        x, y = self._x, self._y
        if (x, y) != self._told:
            self._told = (x, y)
            found.append(PointerMove(time_us=time_us, x=x, y=y, device=device, stream=stream))
        if self._wheel != [0, 0]:
            right, up = self._wheel
            self._wheel = [0, 0]
            found.append(
                Wheel(time_us=time_us, x=x, y=y, delta_x=right, delta_y=-up, device=device, stream=stream)
            )  # fmt: skip
        for button, is_down in presses:
            kind = PointerDown if is_down else PointerUp
            found.append(kind(time_us=time_us, x=x, y=y, button=button, device=device, stream=stream))
        return found

    def _follow(self) -> list[tuple[Button, bool]]:
        """Moves the pointer by the absolute axes; the presses that a touch makes."""
        here = self._axes.place()
        if self._is_touchpad and not self.direct:
            here = here if self._axes.one_finger else None
            if here and self._finger:
                self._x += here[0] - self._finger[0]
                self._y += here[1] - self._finger[1]
            self._finger = here
            return []
        if here:
            self._x, self._y = here
        if self._axes.touches() == self._touching:
            return []
        self._touching = not self._touching
        return [("left", self._touching)]


class _Axes:
    """Absolute axes: where the pointer, the pen, or the finger is that has been down longest."""

    def __init__(self) -> None:
        self.touch: bool | None = None
        self.one_finger = False
        self._single: dict[int, int] = {}
        self._slot = self._leader = 0
        self._slots: dict[tuple[int, int], int] = {}
        self._down: dict[int, None] = {}
        self._has_finger = False

    def move(self, code: int, value: int) -> None:
        """An axis changed. The kernel sends changes only, so that what was said of a slot holds for its next finger."""
        if code in (_ABS_X, _ABS_Y):
            self._single[code] = value
        elif code == _ABS_MT_SLOT:
            self._slot = value
        elif not 0 <= self._slot < _MOST_SLOTS:
            return
        elif code in (_ABS_MT_X, _ABS_MT_Y):
            if not self._has_finger:
                self._slots[self._slot, code] = value
        elif code == _ABS_MT_TRACKING_ID:
            self._down.pop(self._slot, None)
            if value >= 0:
                self._down[self._slot] = None
            self._leader = next(iter(self._down), self._leader)

    def next_finger(self) -> None:
        """Devices without slots send all fingers in every frame, one after the other; the first is followed."""
        self._has_finger = True

    def end_frame(self) -> None:
        """The next frame begins."""
        self._has_finger = False

    def forget(self) -> None:
        """Fingers may have come and gone unseen."""
        self._down.clear()
        self.one_finger = False
        self.touch = None if self.touch is None else False

    def touches(self) -> bool:
        """Whether something touches the surface."""
        return bool(self._down) if self.touch is None else self.touch

    def place(self) -> tuple[int, int] | None:
        """Where, as far as known."""
        x, y = self._single.get(_ABS_X), self._single.get(_ABS_Y)
        if x is None or y is None:
            x, y = self._slots.get((self._leader, _ABS_MT_X)), self._slots.get((self._leader, _ABS_MT_Y))
        return None if x is None or y is None else (x, y)
