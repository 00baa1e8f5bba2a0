"""Positions on elements and monitors, and none where a secret is entered."""

from __future__ import annotations

import pytest
from pointers import drained

from reticent.errors import PolicyError
from reticent.events import Blur, Event, Focus, Hit, PointerDown, PointerMove, PointerUp, Wheel
from reticent.transforms.pointer_places import Box, DropInSensitive, NormaliseScreens, RecentreClicks

KEYPAD = Box(x=100, y=100, width=180, height=240)
TWO = (Box(x=0, y=0, width=1920, height=1080), Box(x=1920, y=-200, width=3840, height=2160))


def click(time_us: int, x: float, y: float, label: str | None = None) -> list[Event]:
    """A press and a release."""
    hit = None if label is None else Hit(role="button", label=label)
    down = PointerDown(time_us=time_us, x=x, y=y, hit=hit)
    return [down, PointerUp(time_us=time_us + 1, x=x, y=y, hit=hit)]


def places(events: list[Event]) -> list[tuple[float, float]]:
    """Where the pointer was."""
    return [(event.x, event.y) for event in events if isinstance(event, PointerDown | PointerMove | PointerUp | Wheel)]


@pytest.mark.parametrize("entries", [1, 16])
def test_the_keys_of_a_keypad_cannot_be_told_apart(entries: int) -> None:
    """Every PIN gives the same output, once and 16 times."""
    seen = set()
    for pin in ("0000", "1379", "8642"):
        spots = [(130 + int(digit) % 3 * 60, 120 + int(digit) // 3 * 60) for digit in pin * entries]
        events = [event for at, (x, y) in enumerate(spots) for event in click(at * 10, x, y)]
        seen.add(tuple(places(drained(RecentreClicks(elements=(KEYPAD,)), events))))
    assert len(seen) == 1


def test_without_the_box_they_can() -> None:
    """The same check finds a grid."""
    spots = [places(drained(RecentreClicks(step_px=64), click(0, x, 120))) for x in (130, 250)]
    assert spots[0] != spots[1]


def test_elsewhere_positions_are_on_the_grid_or_stay() -> None:
    """Also those of moves, which would tell where the click was."""
    events = [PointerMove(time_us=0, x=70.4, y=2), PointerMove(time_us=1, x=101, y=101)]
    assert places(drained(RecentreClicks(elements=(KEYPAD,), step_px=64), events)) == [(96, 32), (190, 220)]
    assert places(drained(RecentreClicks(elements=(KEYPAD,), step_px=0), events)) == [(70, 2), (190, 220)]


def test_monitors_look_alike() -> None:
    """Of one size and place, whatever they are; a point outside is taken to the nearest edge."""
    screens = NormaliseScreens(screens=TWO, width=1000, height=500)
    spots = [(960, 540), (1920 + 1920, -200 + 1080), (-5, 2000)]
    events: list[Event] = [PointerMove(time_us=0, x=x, y=y) for x, y in spots]
    assert places(drained(screens, events)) == [(500, 250), (500, 250), (0, 499)]
    assert places(drained(NormaliseScreens(screens=TWO), events))[1] == (1920, 1080)


@pytest.mark.parametrize("wrong", [{"screens": ()}, {"screens": TWO, "width": 5}])
def test_monitors_must_be_stated(wrong: dict[str, object]) -> None:
    """At least one, and both of width and height."""
    with pytest.raises(PolicyError):
        NormaliseScreens(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["password", "otp", "card"])
def test_nothing_of_the_pointer_leaves_in_sensitive_fields(field: str) -> None:
    """From the focus to the next one; losing the focus alone does not open it."""
    inside: list[Event] = [*click(10, 5, 5), PointerMove(time_us=20, x=6, y=6), Wheel(time_us=21, x=6, y=6)]
    events = [
        Focus(time_us=0, field=field), *inside, Blur(time_us=30), PointerMove(time_us=31, x=6, y=6),  # type: ignore[arg-type]
        Focus(time_us=40, field="text"), PointerMove(time_us=41, x=7, y=7),
    ]  # fmt: skip
    assert places(drained(DropInSensitive(), events)) == [(7, 7)]
    assert places(drained(DropInSensitive(fields=()), events))[0] == (5, 5)


def test_nothing_of_the_pointer_leaves_on_keypads() -> None:
    """From a click on a label of one character to the next click elsewhere; and on on-screen keyboards."""
    keypad = [*click(0, 1, 1, "7"), PointerMove(time_us=5, x=2, y=2), *click(10, 3, 3, " 8 "), *click(20, 4, 4, "OK")]
    assert places(drained(DropInSensitive(), keypad)) == [(4, 4), (4, 4)]
    onscreen = [Focus(time_us=0, app="Onboard"), *click(10, 5, 5)]
    assert places(drained(DropInSensitive(), onscreen)) == []


def test_buttons_that_went_down_go_up() -> None:
    """In the place where they went down; what went down unseen goes up unseen."""
    enter = [PointerDown(time_us=0, x=1, y=1), Focus(time_us=1, field="otp"), PointerUp(time_us=2, x=9, y=9)]
    assert places(drained(DropInSensitive(), enter)) == [(1, 1), (1, 1)]
    leave = [Focus(time_us=0, field="otp"), PointerDown(time_us=1, x=1, y=1), Focus(time_us=2, field="text")]
    assert places(drained(DropInSensitive(), [*leave, PointerUp(time_us=3, x=1, y=1)])) == []
