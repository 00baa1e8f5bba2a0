"""Strokes are read off events by device and key, in the order of press."""

from __future__ import annotations

from reticent.attack.strokes import strokes_of
from reticent.events import KeyDown, KeyUp, PointerMove


def test_presses_and_releases_are_paired():
    """Also when keys overlap."""
    found = strokes_of([KeyDown(time_us=0, code="KeyA"), KeyDown(time_us=50, code="KeyB"),
                        KeyUp(time_us=80, code="KeyA"), KeyUp(time_us=90, code="KeyB")])  # fmt: skip
    assert found.keys == ["KeyA", "KeyB"]
    assert found.release_us.tolist() == [80, 90]
    assert found.release_at.tolist() == [2, 3]


def test_two_devices_are_two_keyboards():
    """The same key of another one is another stroke."""
    found = strokes_of([KeyDown(time_us=0, code="KeyA"), KeyDown(time_us=10, code="KeyA", device="2"),
                        KeyUp(time_us=30, code="KeyA")])  # fmt: skip
    assert found.release_us.tolist() == [30, 10]


def test_repeats_and_strange_releases_are_no_strokes():
    """Nor is anything of the pointer."""
    found = strokes_of([KeyUp(time_us=0, code="KeyQ"), KeyDown(time_us=10, code="KeyA"),
                        KeyDown(time_us=20, code="KeyA", repeat=True), PointerMove(time_us=30, x=0, y=0)])  # fmt: skip
    assert found.press_us.tolist() == [10]


def test_without_releases_nothing_is_said_of_dwell():
    """A key goes up as it goes down."""
    found = strokes_of([KeyDown(time_us=0, key="A"), KeyDown(time_us=50, key="b")])
    assert found.keys == ["a", "b"]
    assert (found.release_us - found.press_us).tolist() == [0, 0]


def test_order_alone_keeps_no_time():
    """Streams that differ in time alone are the same."""

    def stream(step_us):
        return strokes_of([KeyDown(time_us=0, code="KeyA"), KeyDown(time_us=step_us, code="KeyB"),
                           KeyUp(time_us=2 * step_us, code="KeyA")]).in_order_only()  # fmt: skip

    assert [column if isinstance(column, list) else column.tolist() for column in stream(10)] == [
        column if isinstance(column, list) else column.tolist() for column in stream(99)
    ]


def test_an_empty_stream_has_no_strokes():
    """And no fault."""
    assert strokes_of([]).keys == []
