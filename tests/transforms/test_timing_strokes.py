"""Strokes apart from their rhythm: presses and releases as events, and keys that hold others."""

from __future__ import annotations

import pytest

from reticent.events import Gap, KeyDown, KeyUp, PointerMove, Redacted, Tick
from reticent.transforms.timing_strokes import DwellStage, PairsStage, at_time, holds_others, press_at, release_of


@pytest.mark.parametrize("stream", [None, "7"])
def test_another_time_is_all_that_changes(stream):
    """The event itself stays as it was, and its stream goes with it."""
    for event in (
        PointerMove(time_us=5, x=1, y=2, device="3", stream=stream),
        KeyDown(time_us=5, key="a", stream=stream),
    ):
        moved = at_time(event, 9)
        assert (event.time_us, moved.time_us) == (5, 9)
        assert at_time(moved, 5) == event
        assert at_time(event, 5) is event


def test_a_release_is_written_from_its_press():
    """What it says of modifiers is what its press said."""
    press = KeyDown(time_us=5, code="KeyA", key="A", modifiers=("Shift",), device="2", text="A")
    assert release_of(press, 9) == KeyUp(time_us=9, code="KeyA", key="A", modifiers=("Shift",), device="2")


def test_a_repeat_becomes_a_press():
    """Of its own."""
    assert press_at(KeyDown(time_us=5, key="a", repeat=True), 9) == KeyDown(time_us=9, key="a")


def test_keys_that_hold_others():
    """By code or by key: left and right, AltGr, and the locks."""
    for code in ("ShiftLeft", "ControlRight", "AltRight", "MetaLeft", "CapsLock", "NumLock"):
        assert holds_others(KeyDown(time_us=0, code=code))
    for key in ("Shift", "Control", "AltGraph", "Meta"):
        assert holds_others(KeyUp(time_us=0, key=key))
    assert not holds_others(KeyDown(time_us=0, code="Enter", key="Enter"))


def test_repeats_stay_in_their_stroke_where_only_order_matters():
    """A held key stays down while it repeats; after another key it is a press of its own."""
    stage = PairsStage(at_press=False)
    held = [KeyDown(time_us=0, key="a"), KeyDown(time_us=5, key="a", repeat=True), KeyDown(time_us=6, key="b")]
    out = stage.feed([*held, KeyDown(time_us=7, key="a", repeat=True)])
    assert [(type(event), event.key) for event in out] == [
        (KeyDown, "a"), (KeyDown, "a"), (KeyUp, "a"), (KeyDown, "b"), (KeyUp, "b"), (KeyDown, "a")
    ]  # fmt: skip
    assert not out[-1].repeat


def test_nothing_stays_down_across_a_mark():
    """A mark may hide another press: the release does not wait behind it."""
    stage = DwellStage(80)
    assert [type(event) for event in stage.feed([KeyDown(time_us=0, key="a"), Gap(time_us=0)])] == [KeyDown, KeyUp, Gap]
    assert stage.due_us is None


def test_a_mark_behind_a_release_that_time_brought():
    """The mark bears the time of the press, which is over by then: time does not go back."""
    stage = DwellStage(80_000)
    rows = stage.feed([KeyDown(time_us=0, key="a"), Tick(time_us=500_000), Redacted(time_us=0, category="contact")])
    assert [(type(row), row.time_us) for row in rows] == [(KeyDown, 0), (KeyUp, 80_000), (Redacted, 80_000)]
