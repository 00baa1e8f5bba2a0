"""Where a movement ends, what becomes of the time beside it, and what waits for what."""

from __future__ import annotations

from pointers import MS, drained

from reticent.events import Event, Focus, Gap, KeyDown, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.pipeline import Pipeline
from reticent.transform import Context
from reticent.transforms.pointer import CanonicalPath


def moves(*ms_x: tuple[int, int], device: str = "0") -> list[Event]:
    """Moves along y 0."""
    return [PointerMove(time_us=ms * MS, x=x, y=0, device=device) for ms, x in ms_x]


def told(events: list[Event]) -> list[tuple[str, int, float]]:
    """Type, time in ms and x."""
    return [(type(event).__name__[:7], event.time_us // MS, getattr(event, "x", -1)) for event in events]


def test_a_movement_waits_until_it_ends() -> None:
    """Until a rest is longer than it may be, which a tick can tell; nothing is drawn before."""
    run = Pipeline((CanonicalPath(),)).start(Context())
    assert run.feed(moves((0, 0), (100, 40))) == []
    assert (run.due_us, run.decided_until_us) == (400 * MS, 0)
    assert run.tick(400 * MS) == []
    drawn = told(run.tick(400 * MS + 1))
    assert drawn[0] == ("Pointer", 0, 0)
    assert drawn[-1] == ("Pointer", 300, 40)


def test_a_movement_cannot_wait_for_ever() -> None:
    """After ``span_us`` it ends, and the next goes on from there."""
    run = Pipeline((CanonicalPath(span_us=1_000_000),)).start(Context())
    out = run.feed(moves(*((ms, ms) for ms in range(0, 5000, 100))))
    assert out[-1].x == 4300  # type: ignore[union-attr]
    assert run.due_us == 5200 * MS


def test_another_device_begins_another_movement() -> None:
    """Each drawn path is of one device."""
    out = drained(CanonicalPath(), [*moves((0, 0), (8, 50)), *moves((16, 90), (24, 120), device="1")])
    devices = [event.device for event in out]  # type: ignore[union-attr]
    assert devices == sorted(devices)
    assert [event.x for event in out if event.device == "1"][-1] == 120  # type: ignore[union-attr]


def test_what_is_not_of_the_pointer_goes_before_the_movement() -> None:
    """Where the pointer was then is a point of its path; after a rest the movement is over."""
    during = [*moves((0, 0), (100, 40)), KeyDown(time_us=200 * MS, key="a"), *moves((300, 90))]
    assert told(drained(CanonicalPath(), during))[0] == ("KeyDown", 0, -1)
    after = [*moves((0, 0), (100, 40)), KeyDown(time_us=401 * MS, key="a")]
    assert told(drained(CanonicalPath(), after))[-1] == ("KeyDown", 350, -1)


def test_a_trembling_pointer_is_none() -> None:
    """A movement that gets nowhere costs no time, so that a table that is bumped does not change typing."""
    keys = [KeyDown(time_us=ms * MS, key="a", repeat=ms > 1000) for ms in (1000, 1500)]
    still = [*moves((0, 0)), keys[0], *moves((1200, 1), (1210, 2)), keys[1]]
    out = [event.time_us for event in drained(CanonicalPath(), still) if isinstance(event, KeyDown)]
    assert out[1] - out[0] == 500 * MS


def test_touch_jumps() -> None:
    """A press without a move before it comes from nowhere: no movement is invented."""
    taps: list[Event] = []
    for at, x in enumerate((10, 900)):
        taps.append(PointerDown(time_us=at * 1_000_000, x=x, y=5))
        taps.append(PointerUp(time_us=at * 1_000_000 + 90 * MS, x=x, y=5))
    out = told(drained(CanonicalPath(), taps))
    assert out == [("Pointer", 0, 10), ("Pointer", 80, 10), ("Pointer", 1080, 900), ("Pointer", 1160, 900)]


def test_long_presses_and_drags_stay_what_they_are() -> None:
    """A press of more than half a second is one in whole seconds; a drag is a press, a movement, a release."""
    long = [PointerDown(time_us=0, x=1, y=0), PointerUp(time_us=700 * MS, x=1, y=0)]
    assert told(drained(CanonicalPath(), long)) == [("Pointer", 0, 1), ("Pointer", 1000, 1)]
    drag = [PointerDown(time_us=0, x=1, y=0), *moves((50, 20), (90, 300)), PointerUp(time_us=95 * MS, x=301, y=0)]
    out = drained(CanonicalPath(), drag)
    assert [type(event) for event in out] == [PointerDown, *[PointerMove] * 6, PointerUp]
    assert out[-2].x == out[-1].x == 301  # type: ignore[union-attr]


def test_a_window_that_opens_between_press_and_release_changes_no_hold() -> None:
    """The release comes 80 ms after the press as long as that is still ahead."""
    events = [PointerDown(time_us=0, x=1, y=0), Focus(time_us=30 * MS, app="a"), PointerUp(time_us=99 * MS, x=1, y=0)]
    assert told(drained(CanonicalPath(), events)) == [("Pointer", 0, 1), ("Focus", 50, -1), ("Pointer", 80, 1)]


def test_pauses_are_logarithmic_if_asked() -> None:
    """1, 2, 4, 8 seconds and so on."""
    turns = [Wheel(time_us=s * 1_000_000, x=0, y=0, delta_y=120) for s in (0, 3, 8, 30)]
    times_us = [event.time_us // 1_000_000 for event in drained(CanonicalPath(pauses="log"), turns)]
    assert times_us == [0, 4, 12, 44]


def test_nothing_is_drawn_through_a_gap() -> None:
    """Where the pointer went while a gate was closed is not known."""
    out = told(drained(CanonicalPath(), [*moves((0, 0), (50, 60)), Gap(time_us=50 * MS), *moves((9000, 800))]))
    assert [kind for kind, _, _ in out].index("Gap") == len(out) - 2
    assert out[-1][2] == 800


def test_ticks_go_on_once_time_is_certain() -> None:
    """A pause may turn out to be short for half a second; then who comes next hears the time, on the output clock."""
    stage = CanonicalPath().start(Context())
    stage.feed(moves((0, 0), (100, 40)))
    stage.feed([Tick(time_us=401 * MS)])
    assert (stage.due_us, stage.passes_ticks) == (600 * MS - 1, False)
    [tick] = stage.feed([Tick(time_us=600 * MS)])
    assert (tick.time_us, stage.ahead_us, stage.due_us) == (800 * MS, -200 * MS, None)
