"""Pointer transforms keep every law, order and clicks; how a hand got somewhere leaves no trace in what is drawn."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pointers import MS, drained, streams

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Redacted, Wheel
from reticent.pipeline import Pipeline
from reticent.policy_file import parse_policy
from reticent.testing.laws import check_transform
from reticent.testing.wellformed import problems
from reticent.transform import Transform
from reticent.transforms.payload import Payload
from reticent.transforms.pointer import (
    Box,
    BucketWheel,
    CanonicalPath,
    ClicksOnly,
    DropInSensitive,
    Grid,
    NormaliseScreens,
    RecentreClicks,
    Resample,
    Simplify,
)  # fmt: skip
from reticent.transforms.redact import Redact
from reticent.transforms.timing import BurstCadence

pytest.importorskip("simplification")

BOXES = (Box(x=0, y=0, width=300, height=300), Box(x=300, y=0, width=400, height=600))
PATHS = [
    CanonicalPath(),
    CanonicalPath(grid_px=64, pauses="log"),
    CanonicalPath(span_us=500 * MS, still_px=30, rest_us=100 * MS),
]
STEPS: list[Transform] = [
    *PATHS, Grid(), Grid(step_px=7), RecentreClicks(elements=BOXES), NormaliseScreens(screens=BOXES),
    NormaliseScreens(screens=BOXES, width=100, height=90), BucketWheel(), DropInSensitive(), Resample(),
    Resample(rate_hz=3), ClicksOnly(), ClicksOnly(ends=False), Simplify(), Simplify(points=3),
]  # fmt: skip
TOGETHER = [
    Pipeline((Resample(), CanonicalPath(), BurstCadence())),
    Pipeline((Redact(), Payload(), BucketWheel(), CanonicalPath(grid_px=32), BurstCadence(levels=5))),
]
NAMES = [type(step).__name__ for step in STEPS]


@pytest.mark.parametrize("transform", [*STEPS, *TOGETHER], ids=[*NAMES, "thin path burst", "policy"])
@settings(max_examples=6, deadline=None)
@given(events=streams())
def test_laws(transform: Transform, events: list[Event]) -> None:
    """Any split gives the same; times never go back; what is held has an end; nothing leaves after a failure."""
    check_transform(transform, events)


@pytest.mark.parametrize("transform", STEPS, ids=NAMES)
@settings(max_examples=20, deadline=None)
@given(events=streams())
def test_the_output_is_well_formed_and_others_keep_their_order(transform: Transform, events: list[Event]) -> None:
    """What is not of the pointer stays, in order, whole, on a clock that starts at 0."""
    out = drained(transform, events)
    ours = (PointerMove, PointerDown, PointerUp, Wheel)
    kept = [msgspec.structs.replace(event, time_us=0) for event in out if not isinstance(event, ours)]
    given_ = [msgspec.structs.replace(event, time_us=0) for event in events if not isinstance(event, ours)]
    assert kept == [event for event in given_ if type(event).__name__ != "Tick"]
    assert problems([msgspec.to_builtins(event) for event in out]) == []


@pytest.mark.parametrize("transform", PATHS, ids=repr)
@settings(max_examples=30, deadline=None)
@given(events=streams())
def test_every_click_and_turn_stays(transform: CanonicalPath, events: list[Event]) -> None:
    """In order, with button and delta, where it was or in the middle of its cell."""

    def done(stream: Sequence[Event]) -> list[tuple[object, ...]]:
        actions = [event for event in stream if isinstance(event, PointerDown | PointerUp | Wheel)]
        return [(type(event), getattr(event, "button", None), getattr(event, "delta_y", None)) for event in actions]

    assert done(drained(transform, events)) == done(events)


# -- what a drawn movement tells -------------------------------------------------------------------------------------


def movement(
    rng: random.Random, start_us: int, stop_us: int, start: tuple[int, int], stop: tuple[int, int]
) -> list[Event]:
    """A path from place to place, in a time: how it gets there is anybody's."""
    times_us = sorted({start_us, stop_us, *range(start_us, stop_us, 250 * MS)})
    times_us = sorted({*times_us, *(rng.randrange(start_us, stop_us) for _ in range(rng.randint(0, 40)))})
    inside = [PointerMove(time_us=us, x=rng.randrange(1900), y=rng.randrange(1000)) for us in times_us[1:-1]]
    ends = [PointerMove(time_us=us, x=at[0], y=at[1]) for us, at in ((start_us, start), (stop_us, stop))]
    return [ends[0], *inside, ends[1]]


def session(seed: int) -> list[Event]:
    """Two movements, a click, a key during the second; ``seed`` is how the hand got there."""
    rng = random.Random(seed)
    second = movement(rng, 4_000_000, 4_700_000, (700, 300), (80, 900))
    control = [KeyDown(time_us=4_350_000, code="ControlLeft"), KeyUp(time_us=6_900_000, code="ControlLeft")]
    click = [PointerDown(time_us=1_100_000, x=700, y=300), PointerUp(time_us=1_190_000, x=700, y=300)]
    done = [*movement(rng, 0, 900_000, (5, 5), (700, 300)), *click, *second, *control]
    return sorted(done, key=lambda event: event.time_us)


def interferes(transform: Transform) -> bool:
    """Whether anything of how the hand got there leaves."""
    seen = {msgspec.json.encode(drained(transform, session(seed))) for seed in range(20)}
    return len(seen) > 1


@pytest.mark.parametrize("transform", PATHS[:2], ids=repr)
def test_nothing_of_a_path_leaves(transform: CanonicalPath) -> None:
    """Streams that differ only inside movements, in path and rhythm, give the same output."""
    assert not interferes(transform)


@pytest.mark.parametrize("twin", [Resample(), ClicksOnly(), Simplify(), Grid()], ids=repr)
def test_the_check_finds_what_leaves(twin: Transform) -> None:
    """Transforms that leave points of the path are found by the same check."""
    assert interferes(twin)


@settings(max_examples=30, deadline=None)
@given(
    holds_ms=st.lists(st.integers(1, 499), min_size=2, max_size=6),
    pauses_ms=st.lists(st.integers(500, 9000), min_size=2, max_size=6),
)
def test_rhythm_of_clicks_is_constant(holds_ms: list[int], pauses_ms: list[int]) -> None:
    """Every button is down for 80 ms; pauses are whole seconds."""
    time_us, events = 0, list[Event]()
    for hold_ms, pause_ms in zip(holds_ms, pauses_ms, strict=False):
        events.append(PointerDown(time_us=time_us, x=1, y=1))
        events.append(PointerUp(time_us=time_us + hold_ms * MS, x=1, y=1))
        time_us += (hold_ms + pause_ms) * MS
    times_us = [event.time_us for event in drained(CanonicalPath(), events)]
    steps_us = [after - before for before, after in pairwise(times_us)]
    assert set(steps_us[::2]) == {80 * MS}
    assert all(step_us % 1_000_000 == 0 for step_us in steps_us[1::2])


def test_typing_keeps_its_speed() -> None:
    """Between keys without a pointer between them, the clock is the true one."""
    keys = [KeyDown(time_us=2_000_000 + at * 123_456, code="KeyA", repeat=at > 0) for at in range(9)]
    out = drained(CanonicalPath(), [PointerMove(time_us=0, x=0, y=0), PointerMove(time_us=9, x=90, y=0), *keys])
    times_us = [event.time_us for event in out if isinstance(event, KeyDown)]
    assert {after - before for before, after in pairwise(times_us)} == {123_456}


# -- in a policy -----------------------------------------------------------------------------------------------------


def test_a_policy_names_them() -> None:
    """Each is found by its place, and a document survives its round trip."""
    policy = parse_policy(
        """
        [[transform]]
        kind = "pointer.NormaliseScreens"
        screens = [{ x = 0, y = 0, width = 1920, height = 1080 }]
        [[transform]]
        kind = "pointer.CanonicalPath"
        grid_px = 32
        """
    )
    assert [type(step.transform) for step in policy.steps] == [NormaliseScreens, CanonicalPath]
    assert parse_policy(policy.to_toml()) == policy


def test_a_mark_stays_where_it_was() -> None:
    """What is redacted tells no time of its own, and the pointer is not drawn through it."""
    events = [
        PointerMove(time_us=0, x=0, y=0),
        Redacted(time_us=0, category="contact"),
        KeyDown(time_us=9 * MS, key="a"),
    ]
    out = drained(CanonicalPath(), events)
    assert [type(event).__name__ for event in out] == ["Redacted", "KeyDown", "PointerMove"]
    assert out[0].time_us == 0
