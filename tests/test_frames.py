"""Each screenshot is told of once: kept when its row has left, destroyed otherwise, however the run ends."""

from __future__ import annotations

import pytest

import reticent
from reticent.errors import RunClosed
from reticent.events import Event, Focus, Frame, KeyDown, PointerMove
from reticent.pipeline import Pipeline, Run, Streams
from reticent.testing.laws import Faulty
from reticent.transform import Context, Receivers
from reticent.transforms.redact import Redact

Told = list[tuple[str | None, int | None]]


def frame(time_us: int, name: str, stream: str | None = None) -> Frame:
    """A screenshot."""
    return Frame(time_us=time_us, id=name, stream=stream)


def keeper(fails_at: str | None = None) -> tuple[Told, Receivers]:
    """Who is told, and what it heard."""
    told: Told = []

    def on_frame(name: str | None, index: int | None) -> None:
        told.append((name, index))
        if name == fails_at:
            raise OSError("disk full")

    return told, Receivers(on_frame=on_frame)


SCENE: list[Event] = [
    Focus(time_us=0, field="text"), frame(1, "A"), PointerMove(time_us=2, x=0, y=0), frame(3, "B"),
    PointerMove(time_us=4, x=0, y=0), frame(5, "C"),
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 6])
@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("before", [True, False])
def test_a_failure_beside_the_redactor(at: int, size: int, *, before: bool) -> None:
    """What left may stay; all others are destroyed, also those that never came in."""
    told, receivers = keeper()
    steps = (Faulty(at), Redact()) if before else (Redact(), Faulty(at))
    run, out, rest = Pipeline(steps).start(Context(receivers=receivers)), [], list(SCENE)
    try:
        while rest:
            batch, rest = rest[:size], rest[size:]
            out += run.feed(batch)
    except RunClosed as error:
        out += error.events
    came = [event.id for event in SCENE[: len(SCENE) - len(rest)] if isinstance(event, Frame)]
    kept = [event.index for event in out if isinstance(event, Frame)]
    assert sorted(told, key=str) == [(name, at if at in kept else None) for at, name in enumerate(came)]


@pytest.mark.parametrize("name", "ABC")
def test_a_keeper_that_fails_is_told_of_the_rest(name: str) -> None:
    """It closes the run; nothing is told twice."""
    told, receivers = keeper(fails_at=name)
    with pytest.raises(RunClosed, match="on_frame: OSError"):
        Pipeline((Redact(),)).start(Context(receivers=receivers)).feed(SCENE)
    number = "ABC".index(name)
    assert told == [(other, at if at <= number else None) for at, other in enumerate("ABC")]


@pytest.mark.parametrize("patience_us", [None, 0])
def test_an_abort_destroys_what_was_put_off(patience_us: int | None) -> None:
    """Also the one that was just being looked at."""
    told, receivers = keeper()
    run = reticent.load_policy("minimal").start(on_frame=receivers.on_frame, patience_us=patience_us)
    typed: list[Event] = [KeyDown(time_us=at * 100_000, key=key) for at, key in enumerate("hello there")]
    for event in [Focus(time_us=0, field="text"), *typed, frame(20_000_000, "A"), frame(20_000_001, "B")]:
        run.feed([event])
    run.abort()
    assert sorted(told) == [("A", None), ("B", None)]


def test_streams_that_a_failure_closes() -> None:
    """Those of which nothing was taken yet are forsaken, with their screenshots."""
    told, receivers = keeper()

    def start() -> Run:
        return Pipeline((Faulty(1), Redact())).start(Context(receivers=receivers))

    events = [frame(at, name, stream) for at, (name, stream) in enumerate(zip("ABCD", "xxyz", strict=True))]
    with pytest.raises(RunClosed):
        Streams(start).feed(events)
    assert sorted(told, key=str) == [("A", 0), ("B", None), ("C", None), ("D", None)]


def test_stretches_are_told_when_time_has_passed() -> None:
    """At the tick that is asked for, or with any later event; not only at the end."""
    told: list[tuple[int, int]] = []
    run = reticent.load_policy("minimal").start(on_mute=lambda start_us, end_us: told.append((start_us, end_us)))
    password = Focus(time_us=0, app="slack", element="p", field="password")
    run.feed([password, KeyDown(time_us=1_000_000, key="x"), Focus(time_us=3_000_000, app="slack", field="text")])
    assert run.due_us == 16_000_000
    assert run.decided_until_us == 1_000_000
    run.tick(run.due_us)
    assert told == []
    run.tick(run.due_us + 1)
    assert told == [(1_000_000, 16_000_000)]
    assert run.decided_until_us == 16_000_001
    run.feed([PointerMove(time_us=9_000_000, x=0, y=0)])
    assert run.decided_until_us == 16_000_001
