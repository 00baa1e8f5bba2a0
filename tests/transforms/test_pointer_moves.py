"""Fewer moves: the kept ones are true, in order, and at the rate that was asked for."""

from __future__ import annotations

import builtins
from itertools import pairwise
from typing import Any

import pytest
from pointers import MS, drained

from reticent.errors import PolicyError
from reticent.events import Event, KeyDown, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.pipeline import Pipeline
from reticent.transform import Context
from reticent.transforms.pointer_moves import BucketWheel, ClicksOnly, Resample, Simplify


def path(step_ms: int, stop_ms: int) -> list[Event]:
    """To the right, a pixel a millisecond."""
    return [PointerMove(time_us=ms * MS, x=ms, y=0) for ms in range(0, stop_ms, step_ms)]


def told(events: list[Event]) -> list[tuple[str, int, float]]:
    """Type, time in ms and x."""
    return [(type(event).__name__, event.time_us // MS, getattr(event, "x", -1)) for event in events]


@pytest.mark.parametrize("step_ms", [1, 2, 8, 16])
def test_every_mouse_has_the_same_rate(step_ms: int) -> None:
    """However often it was asked where it is."""
    times_us = [event.time_us for event in drained(Resample(rate_hz=10), path(step_ms, 2000))]
    assert {after - before for before, after in pairwise(times_us)} == {100 * MS}


def test_a_resting_place_is_told_and_a_click_tells_itself() -> None:
    """The last position leaves when its period ends; one before a click in the same period does not."""
    click = [PointerDown(time_us=1530 * MS, x=9, y=9), PointerUp(time_us=1540 * MS, x=9, y=9)]
    out = drained(Resample(rate_hz=10), [*path(10, 250), PointerMove(time_us=1510 * MS, x=7, y=7), *click])
    assert told(out)[-4:] == [
        ("PointerMove", 200, 190), ("PointerMove", 300, 240), ("PointerDown", 1530, 9), ("PointerUp", 1540, 9),
    ]  # fmt: skip


def test_a_tick_lets_the_last_position_go() -> None:
    """At the end of its period, not before."""
    run = Pipeline((Resample(rate_hz=10),)).start(Context())
    run.feed(path(10, 150))
    assert run.due_us == 200 * MS - 1
    assert run.tick(200 * MS - 1) == []
    assert told(run.tick(200 * MS)) == [("PointerMove", 200, 140)]
    assert run.due_us is None


def test_ends_of_moves_stay() -> None:
    """Before anything else, and before a rest; the first of all starts the clock."""
    rest = PointerMove(time_us=600 * MS, x=5, y=5)
    out = drained(ClicksOnly(), [*path(10, 100), KeyDown(time_us=100 * MS, key="a"), *[rest], Tick(time_us=900 * MS)])
    assert told(out) == [("PointerMove", 0, 0), ("PointerMove", 90, 90), ("KeyDown", 100, -1), ("PointerMove", 600, 5)]
    assert told(drained(ClicksOnly(ends=False), path(10, 100))) == [("PointerMove", 0, 0)]


def test_corners_stay() -> None:
    """Points on a line between others go; a path is cut by a rest, another event or its length."""
    pytest.importorskip("simplification")
    down = [PointerMove(time_us=(200 + at) * MS, x=100, y=at) for at in range(1, 100)]
    assert [(e.x, e.y) for e in drained(Simplify(), [*path(1, 101), *down])] == [(0, 0), (100, 0), (100, 99)]  # type: ignore[union-attr]
    assert len(drained(Simplify(points=10), path(1, 100))) == 20


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name.startswith("simplification"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PolicyError, match=r"reticent\[simplify\]"):
        Simplify().start(Context())


def test_the_wheel_turns_in_buckets() -> None:
    """The sum is off by less than one, in both directions; other wheels look the same."""
    fine = [Wheel(time_us=at, x=0, y=0, delta_y=-15, delta_x=2.5) for at in range(1, 97)]
    turns = drained(BucketWheel(), [PointerMove(time_us=0, x=0, y=0), *fine])[1:]
    assert sum(turn.delta_y for turn in turns) == -15 * 96  # type: ignore[union-attr]
    assert {turn.delta_y for turn in turns} <= {0, -120}  # type: ignore[union-attr]
    assert sum(turn.delta_x for turn in turns) == 240  # type: ignore[union-attr]
