"""What a Linux input device sends becomes events: keys at once, pointers by the frame, nothing twice or made up."""

from __future__ import annotations

import pytest

from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.reading.evdev import EV_ABS, EV_KEY, EV_REL, KEY_UNKNOWN, Device
from reticent.reading.notes import FieldError

SYN = (0, 0, 0)
DROPPED = (0, 3, 0)
FINGER, DOUBLE, TOUCH = (EV_KEY, 0x145), (EV_KEY, 0x14D), (EV_KEY, 0x14A)
X, Y = (EV_ABS, 0), (EV_ABS, 1)
SLOT, MT_X, MT_Y, ID = (EV_ABS, 47), (EV_ABS, 53), (EV_ABS, 54), (EV_ABS, 57)


def sent(*rows: tuple[int, int, int], device: Device | None = None) -> list[Event]:
    """Events of rows, all at 1.5 s."""
    device = Device() if device is None else device
    return [event for row in rows for event in device.feed(1, 500_000, *row)]


def move(x: int, y: int) -> PointerMove:
    """The pointer is here."""
    return PointerMove(time_us=1_500_000, x=x, y=y)


def test_keys_go_down_up_and_repeat_without_a_meaning() -> None:
    """At once, without waiting for the end of the frame."""
    assert sent((EV_KEY, 30, 1), (EV_KEY, 30, 2), (EV_KEY, 30, 0)) == [
        KeyDown(time_us=1_500_000, code="KeyA"),
        KeyDown(time_us=1_500_000, code="KeyA", repeat=True),
        KeyUp(time_us=1_500_000, code="KeyA"),
    ]


def test_a_key_that_w3c_does_not_name_stays_a_key() -> None:
    """Something was pressed; the number would tell what."""
    assert sent((EV_KEY, KEY_UNKNOWN, 1), (EV_KEY, 248, 1)) == [KeyDown(time_us=1_500_000)] * 2


def test_device_and_stream_are_passed_on() -> None:
    """To all events."""
    device = Device("7", stream="s")
    events = sent((EV_KEY, 30, 1), (EV_REL, 0, 1), (EV_REL, 8, 1), (EV_KEY, 0x110, 1), SYN, DROPPED, device=device)
    assert len(events) == 5
    assert {event.stream for event in events} == {"s"}
    assert {event.device for event in events if not isinstance(event, Discontinuity)} == {"7"}


@pytest.mark.parametrize(("sec", "usec", "time_us"), [(1_700_000_000, 123_457, 1_700_000_000_123_457), (0, 1, 1)])
def test_times_are_exact(sec: int, usec: int, time_us: int) -> None:
    """To the microsecond, and of the row itself."""
    assert Device().feed(sec, usec, EV_KEY, 30, 1) == [KeyDown(time_us=time_us, code="KeyA")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [((1, 1_000_000, EV_KEY, 30, 1), "time: "), ((9_007_199_255, 0, EV_KEY, 30, 1), "time: "),
     ((1, 0, EV_KEY, 30, 3), "value: ")],
)  # fmt: skip
def test_what_is_impossible_is_refused(row: tuple[int, int, int, int, int], reason: str) -> None:
    """By the name of the field."""
    with pytest.raises(FieldError, match=reason):
        Device().feed(*row)


def test_relative_motion_adds_up_from_the_origin() -> None:
    """Once a frame; a frame without motion says nothing."""
    rows = ((EV_REL, 0, 5), (EV_REL, 1, -3), SYN, (EV_REL, 0, -1), SYN, SYN)
    assert sent(*rows) == [move(5, -3), move(4, -3)]


@pytest.mark.parametrize(
    ("number", "button"),
    [(0x110, "left"), (0x111, "right"), (0x112, "middle"), (0x113, "back"), (0x114, "forward"), (0x116, "back")],
)
def test_buttons_are_where_the_frame_leads(number: int, button: str) -> None:
    """Though hardware reports buttons before motion; a held button that repeats is not pressed again."""
    rows = ((EV_KEY, number, 1), (EV_REL, 0, 2), SYN, (EV_KEY, number, 2), SYN, (EV_KEY, number, 0), SYN)
    down, up = (kind(time_us=1_500_000, x=2, y=0, button=button) for kind in (PointerDown, PointerUp))
    assert sent(*rows) == [move(2, 0), down, up]


def test_pointer_events_have_the_time_of_the_end_of_their_frame() -> None:
    """Old kernels give each row a time of its own; times never go back."""
    device = Device()
    assert device.feed(1, 1, EV_REL, 0, 1) == []
    assert device.feed(1, 2, EV_KEY, 30, 1) == [KeyDown(time_us=1_000_002, code="KeyA")]
    assert device.feed(1, 3, *SYN) == [PointerMove(time_us=1_000_003, x=1, y=0)]


@pytest.mark.parametrize(
    ("rows", "right", "down"),
    [
        ([(8, 1)], 0, -120), ([(8, -2)], 0, 240), ([(6, 1)], 120, 0),
        ([(11, 120), (8, 1)], 0, -120), ([(8, 1), (11, 120)], 0, -120), ([(11, -30)], 0, 30),
        ([(12, 120), (6, 1)], 120, 0), ([(8, 1), (12, 15)], 15, -120),
    ],
)  # fmt: skip
def test_wheels_count_120_a_notch_once(rows: list[tuple[int, int]], right: int, down: int) -> None:
    """Upwards is negative; a fine wheel's whole notches are said twice and count once."""
    assert sent(*((EV_REL, code, value) for code, value in rows), SYN) == [
        Wheel(time_us=1_500_000, x=0, y=0, delta_x=right, delta_y=down)
    ]


def test_a_fine_wheel_stays_fine() -> None:
    """A whole notch in a frame of its own has been counted in fine steps already."""
    assert len(sent((EV_REL, 11, 60), SYN, (EV_REL, 11, 60), SYN, (EV_REL, 8, 1), SYN)) == 2


def test_an_absolute_pointer_is_where_its_axes_say() -> None:
    """As a virtual machine's mouse, or a pen; nothing before both axes are known."""
    rows = ((*X, 100), SYN, (*Y, 50), SYN, (*X, 120), SYN, (EV_KEY, 0x110, 1), SYN)
    down = PointerDown(time_us=1_500_000, x=120, y=50)
    assert sent(*rows) == [move(100, 50), move(120, 50), down]


def test_a_touch_on_a_screen_is_a_left_button() -> None:
    """With the axes of one finger, or of slots alone."""
    touch = ((*SLOT, 0), (*ID, 7), (*MT_X, 9), (*MT_Y, 8))
    down, up = (kind(time_us=1_500_000, x=9, y=8) for kind in (PointerDown, PointerUp))
    assert sent(*touch, SYN, (*ID, -1), SYN) == [move(9, 8), down, up]
    assert sent((*TOUCH, 1), (*X, 9), (*Y, 8), SYN, (*TOUCH, 0), SYN) == [move(9, 8), down, up]


def test_the_finger_that_was_first_is_followed() -> None:
    """Others come and go; when it is lifted, the next oldest takes over."""
    rows = (
        (*SLOT, 0), (*ID, 1), (*MT_X, 1), (*MT_Y, 1), SYN, (*SLOT, 1), (*ID, 2), (*MT_X, 50), (*MT_Y, 60), SYN,
        (*SLOT, 0), (*MT_X, 2), SYN, (*ID, -1), SYN, (*SLOT, 1), (*ID, -1), SYN,
    )  # fmt: skip
    events = sent(*rows)
    assert [(type(event).__name__, event.x, event.y) for event in events if not isinstance(event, Discontinuity)] == [
        ("PointerMove", 1, 1), ("PointerDown", 1, 1), ("PointerMove", 2, 1), ("PointerMove", 50, 60),
        ("PointerUp", 50, 60),
    ]  # fmt: skip


def test_a_slot_keeps_its_place_for_the_next_finger() -> None:
    """The kernel sends what has changed only."""
    rows = ((*ID, 1), (*MT_X, 5), (*MT_Y, 6), SYN, (*ID, -1), SYN, (*ID, 2), (*MT_X, 9), SYN)
    assert sent(*rows)[-2:] == [move(9, 6), PointerDown(time_us=1_500_000, x=9, y=6)]


def test_devices_without_slots_send_all_fingers_in_a_row() -> None:
    """The first of a frame is followed."""
    fingers = ((*MT_X, 1), (*MT_Y, 2), (0, 2, 0), (*MT_X, 30), (*MT_Y, 40), (0, 2, 0), SYN)
    assert sent(*fingers) == [move(1, 2)]


def test_one_finger_on_a_touchpad_moves_the_pointer_by_as_much() -> None:
    """Where it is put down does not matter; two fingers and touches say nothing."""
    touchpad = Device()
    touchpad.has(*FINGER)
    rows = (
        (*TOUCH, 1), (*FINGER, 1), (*X, 700), (*Y, 300), SYN, (*X, 710), (*Y, 290), SYN,
        (*FINGER, 0), (*DOUBLE, 1), (*X, 900), SYN, (*Y, 100), SYN, (*DOUBLE, 0), (*FINGER, 1), SYN, (*X, 905), SYN,
        (*FINGER, 0), (*TOUCH, 0), SYN, (EV_KEY, 0x110, 1), SYN,
    )  # fmt: skip
    assert sent(*rows, device=touchpad) == [
        move(10, -10), move(15, -10), PointerDown(time_us=1_500_000, x=15, y=-10),
    ]  # fmt: skip


def test_a_touchpad_shows_itself_by_its_events() -> None:
    """Without a description."""
    assert sent((*X, 700), (*Y, 300), (*FINGER, 1), SYN, (*X, 710), SYN) == [move(10, 0)]


def test_a_screen_that_counts_fingers_is_a_screen_still() -> None:
    """Where it is said to be one."""
    assert sent((*X, 700), (*Y, 300), (*FINGER, 1), SYN, device=Device(direct=True)) == [move(700, 300)]


@pytest.mark.parametrize("what", [(EV_REL, 0), (EV_KEY, 0x120), (EV_KEY, 0x130)])
def test_axes_of_mice_and_game_controllers_are_no_place(what: tuple[int, int]) -> None:
    """Of fingers on a mouse, and of sticks."""
    device = Device()
    device.has(*what)
    assert sent((*X, 5), (*Y, 6), (*MT_X, 5), (*MT_Y, 6), (*TOUCH, 1), SYN, device=device) == []


def test_axes_of_gravity_are_no_place() -> None:
    """INPUT_PROP_ACCELEROMETER."""
    device = Device()
    device.has_property(6)
    assert sent((*X, 5), (*Y, 6), SYN, device=device) == []


def test_dropped_events_are_a_discontinuity() -> None:
    """What comes up to the next report belongs to what was dropped."""
    rows = ((EV_REL, 0, 1), (EV_KEY, 0x110, 1), DROPPED, (EV_KEY, 30, 1), (EV_REL, 0, 9), SYN, (EV_KEY, 31, 1), SYN)
    gap = Discontinuity(time_us=1_500_000)
    assert sent(*rows) == [gap, KeyDown(time_us=1_500_000, code="KeyS"), move(1, 0)]


def test_other_types_say_nothing() -> None:
    """Scan codes, lights, switches, and buttons that are none of a mouse."""
    rows = ((4, 4, 458_756), (0x11, 1, 1), (5, 0, 1), (EV_KEY, 0x100, 1), (EV_REL, 9, 1), (EV_ABS, 24, 30), (0, 15, 0))
    assert sent(*rows, SYN) == []


def test_a_frame_without_an_end_is_not_lost() -> None:
    """At the end of a recording."""
    device = Device()
    assert sent((EV_REL, 0, 3), device=device) == []
    assert device.flush() == [move(3, 0)]
    assert device.flush() == []


def test_slots_beyond_reason_are_ignored() -> None:
    """Memory does not grow with what a recording says."""
    device = Device()
    for slot in range(-5, 10_000):
        sent((*SLOT, slot), (*ID, slot + 9), (*MT_X, 1), (*MT_Y, 1), device=device)
    assert len(device._axes._slots) == 2 * 64
