"""A run releases what is decided, closes for good at a failure, and belongs to one thread; streams do not mix."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Sequence

import msgspec
import pytest

from reticent.errors import OwnerError, RunClosed
from reticent.events import Discontinuity, Event, Focus, Gap, KeyDown, PointerMove, Redacted, State, Tick
from reticent.pipeline import MAX_OPEN_STREAMS, Pipeline, Run, Streams
from reticent.testing.laws import Faulty, check_transform
from reticent.transform import Context, RowStage, Stage
from reticent.transforms.gates import Gates
from reticent.transforms.redact import Redact

CANARY = "Zyxqo7Canary"


class Holds(msgspec.Struct, frozen=True):
    """A transform that holds ``size`` events; at the end it releases them, or fails after the first."""

    size: int = 2
    fails: bool = False

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return _HoldsStage(self)


class _HoldsStage(RowStage):
    def __init__(self, spec: Holds) -> None:
        super().__init__()
        self.spec = spec
        self.held: list[Event] = []

    @property
    def due_us(self) -> int | None:
        """A second after the oldest event came."""
        return self.held[0].time_us + 1_000_000 if self.held else None

    @property
    def decided_until_us(self) -> int:
        """The time of the oldest event."""
        return self.held[0].time_us if self.held else 99

    def row(self, event: Event, /) -> None:
        self.held.append(event)
        if len(self.held) > self.spec.size:
            self.out.append(self.held.pop(0))

    def close(self) -> None:
        self.out += self.held[:1]
        if self.spec.fails:
            raise OSError(CANARY)
        self.out += self.held[1:]


class Foreign(msgspec.Struct, frozen=True):
    """A transform whose stage is no ``RowStage``, and would lose a batch when one of its rows fails."""

    fails_at_us: int = -1

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return _ForeignStage(self.fails_at_us)


class _ForeignStage:
    def __init__(self, fails_at_us: int) -> None:
        self.fails_at_us = fails_at_us
        self.sizes: list[int] = []

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        self.sizes.append(len(events))
        if any(event.time_us == self.fails_at_us for event in events):
            raise LookupError(CANARY)
        return list(events)

    def flush(self) -> list[Event]:
        return []


def run_of(*steps: object) -> Run:
    """A run through these transforms."""
    return Pipeline(steps).start(Context())  # type: ignore[arg-type]


def moves(*times_us: int, stream: str | None = None) -> list[Event]:
    """Pointer moves at these times."""
    return [PointerMove(time_us=time_us, x=1, y=1, stream=stream) for time_us in times_us]


def times(events: Sequence[Event]) -> list[int]:
    """When the events are."""
    return [event.time_us for event in events]


def closing(call: Callable[[], object]) -> RunClosed:
    """The error with which a call closes a run, or meets a closed one."""
    with pytest.raises(RunClosed) as caught:
        call()
    return caught.value


# -- a run -----------------------------------------------------------------------------------------------------------


def test_events_meet_transforms_in_order() -> None:
    """What one releases is fed to the next; flushing one feeds the next before that is flushed."""
    run = run_of(Holds(1), Holds(2))
    assert times(run.feed(moves(1, 2, 3))) == []
    assert times(run.feed(moves(4, 5))) == [1, 2]
    assert times(run.flush()) == [3, 4, 5]


def test_an_empty_pipeline_passes_everything() -> None:
    """And the list it returns is its own."""
    events = moves(1, 2)
    out = run_of().feed(events)
    assert out == events
    assert out is not events


@pytest.mark.parametrize("end", ["flush", "abort"])
def test_a_run_ends_once(end: str) -> None:
    """After the end nothing is taken and nothing leaves, and the error says how it ended."""
    run = run_of(Holds())
    run.feed(moves(1))
    getattr(run, end)()
    for call in (lambda: run.feed(moves(2)), lambda: run.tick(3), run.flush):
        error = closing(call)
        assert f"this run was {end}" in str(error)
        assert error.events == []
    run.abort()


def test_normal_exit_flushes() -> None:
    """What was held is in ``flushed``."""
    with run_of(Holds()) as run:
        assert run.feed(moves(1, 2)) == []
    assert times(run.flushed) == [1, 2]


def test_an_exception_aborts() -> None:
    """What was held is destroyed, and the exception goes on."""
    with pytest.raises(ZeroDivisionError), run_of(Holds()) as run:
        run.feed(moves(1, 2))
        raise ZeroDivisionError
    assert run.flushed == []
    assert "aborted" in str(closing(run.flush))


def test_leaving_after_a_flush_or_abort() -> None:
    """Is no error, and flushes nothing."""
    for end in ("flush", "abort"):
        with run_of(Holds()) as run:
            run.feed(moves(1))
            getattr(run, end)()
        assert run.flushed == []


# -- failures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 7])
def test_run_closed_carries_what_was_decided(size: int) -> None:
    """However the events are batched; what was held is destroyed, and the run stays closed."""
    run = run_of(Holds(1), Faulty(3), Holds(1))
    events, out = moves(*range(7)), []
    error = None
    for start in range(0, 7, size):
        try:
            out += run.feed(events[start : start + size])
        except RunClosed as caught:
            error = error or caught
            out += caught.events
    assert times(out) == [0, 1]
    assert error is not None
    assert "_FaultyStage: ValueError" in str(error)
    assert closing(run.flush).events == []
    assert run.report.failed


def test_failing_at_the_end() -> None:
    """What was decided before the failure comes out, through the stages after it; they are not flushed."""
    run = run_of(Holds(3, fails=True), Holds(0), Holds(0, fails=True))
    run.feed(moves(1, 2, 3))
    assert times(closing(run.flush).events) == [1]
    run = run_of(Holds(3, fails=True), Holds(1))
    run.feed(moves(1, 2, 3))
    assert closing(run.flush).events == []


def test_a_failure_tells_no_content() -> None:
    """Neither message, cause, context nor traceback shows what the stage's own exception said."""
    run = run_of(Foreign(fails_at_us=2))
    error = closing(lambda: run.feed([KeyDown(time_us=2, key="Q", text=CANARY)]))
    told = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    assert CANARY not in told + repr(error)
    assert error.__cause__ is None
    assert error.__context__ is None


def test_foreign_stages_are_fed_row_by_row() -> None:
    """A failure in the middle of a batch loses nothing that came before."""
    run = run_of(Foreign(fails_at_us=3))
    error = closing(lambda: run.feed(moves(1, 2, 3, 4)))
    assert times(error.events) == [1, 2]
    stage = _ForeignStage(-1)
    Run([stage], Context()).feed(moves(1, 2, 3))
    assert stage.sizes == [1, 1, 1]


def test_a_pipeline_is_a_transform() -> None:
    """One inside another gives the same as its steps, and loses nothing when it fails."""
    check_transform(Pipeline((Pipeline((Gates(), Redact())), Gates())), moves(1, 2, 3))
    run = run_of(Pipeline((Holds(1), Faulty(2))), Holds(0))
    assert times(closing(lambda: run.feed(moves(1, 2, 3, 4))).events) == [1, 2]
    run = run_of(Pipeline((Holds(2, fails=True),)), Holds(0))
    run.feed(moves(1, 2))
    assert times(closing(run.flush).events) == [1]


# -- threads and time ------------------------------------------------------------------------------------------------


def test_a_run_has_one_owner() -> None:
    """Entry from another thread raises and takes nothing; the owner goes on."""
    run = run_of(Holds(1))
    errors: list[Exception] = []

    def enter() -> None:
        for call in (lambda: run.feed(moves(1)), lambda: run.tick(1), run.flush):
            try:
                call()
            except OwnerError as error:
                errors.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert len(errors) == 3
    assert "queue events" in str(errors[0])
    assert times(run.feed(moves(2, 3))) == [2]


def test_a_tick_decides_after_silence() -> None:
    """Not at the time that ``due_us`` tells, but after it."""
    run = run_of(Redact(idle_us=1_000_000))
    run.feed([KeyDown(time_us=0, key="o"), KeyDown(time_us=10, key="k"), KeyDown(time_us=20, key=" ")])
    assert run.due_us == 1_000_020
    assert run.tick(1_000_020) == []
    assert len(run.tick(1_000_021)) == 3
    assert run.due_us is None


def test_an_older_tick_decides_nothing() -> None:
    """It is no error, and time does not go back for those that follow."""
    run = run_of(Redact(idle_us=1_000_000))
    run.feed([KeyDown(time_us=5_000_000, key="o"), KeyDown(time_us=5_500_000, key=" ")])
    assert run.tick(0) == []
    assert run.due_us == 6_500_000
    assert run.decided_until_us == 5_000_000
    assert times(run.tick(7_000_000)) == [0, 500_000]
    assert run.decided_until_us == 7_000_000


def test_due_and_decided_are_the_earliest_of_all_stages() -> None:
    """None of which need know either."""
    assert run_of().due_us is None
    assert run_of().decided_until_us == 0
    run = run_of(Gates(), Holds(1), Gates(), Holds(9))
    run.feed(moves(10, 20))
    assert run.due_us == 1_000_010
    assert run.decided_until_us == 10


@pytest.mark.parametrize("size", [1, 3])
def test_without_holding_everything_is_decided(size: int) -> None:
    """Up to the latest time seen, however the events are batched."""
    run = run_of(Gates())
    events = moves(5, 9, 7)
    for start in range(0, 3, size):
        run.feed(events[start : start + size])
    assert run.decided_until_us == 9


def test_report_counts_what_left() -> None:
    """Of a run that goes on, and of one that failed."""
    run = run_of(Holds(1), Faulty(2))
    run.feed([KeyDown(time_us=1, key="a"), KeyDown(time_us=2, key="b")])
    assert (run.report.strokes, run.report.failed) == (1, False)
    closing(lambda: run.feed([KeyDown(time_us=at, key="c") for at in (3, 4)]))
    assert (run.report.strokes, run.report.failed) == (2, True)


# -- streams ---------------------------------------------------------------------------------------------------------


def streams_of(*steps: object, limit: int = 1000) -> Streams:
    """Streams that each go through these transforms."""
    return Streams(lambda: run_of(*steps), limit=limit)


def named(events: Sequence[Event]) -> list[tuple[str | None, int]]:
    """Stream and time of each event."""
    return [(event.stream, event.time_us) for event in events]


def test_streams_get_ordinals() -> None:
    """In the order in which they appear; input that names none gets none."""
    streams = streams_of()
    events = [*moves(1, stream="carol"), *moves(2, stream="bob"), *moves(3, stream="carol"), *moves(4)]
    assert named(streams.feed(events)) == [("1", 1), ("2", 2), ("1", 3), (None, 4)]
    assert named(streams.feed(moves(5, stream="bob"))) == [("2", 5)]
    assert named(streams.feed(moves(6, stream="1"))) == [("3", 6)]


def test_the_input_of_streams_is_not_changed() -> None:
    """Output rows are copies."""
    events = moves(1, 2, stream="carol")
    streams_of().feed(events)
    assert [event.stream for event in events] == ["carol", "carol"]


def test_streams_do_not_mix() -> None:
    """Each has stages of its own, and keeps its order."""
    streams = streams_of(Holds(1))
    events = [*moves(1, 2, stream="a"), *moves(1, 2, 3, stream="b"), *moves(3, stream="a")]
    assert named(streams.feed(events)) == [("1", 1), ("2", 1), ("2", 2), ("1", 2)]
    assert named(streams.flush()) == [("2", 3), ("1", 3)]
    assert streams.flush() == []


def test_typed_text_is_joined_within_a_stream_only() -> None:
    """A secret typed in one is redacted though another types between its characters."""
    streams = streams_of(Redact())
    events: list[Event] = []
    for at, (mine, other) in enumerate(zip("password: Qz81LLmm", "it is a fine day..", strict=True)):
        events.append(KeyDown(time_us=at * 90_000, key=mine, stream="a"))
        events.append(KeyDown(time_us=at * 90_000, key=other, stream="b"))
    out = streams.feed(events) + streams.flush()
    assert [event.key for event in out if isinstance(event, KeyDown) and event.stream == "2"] == list(
        "it is a fine day.."
    )
    assert any(isinstance(event, Redacted) and event.stream == "1" for event in out)
    assert "Qz81" not in "".join(event.key or "" for event in out if isinstance(event, KeyDown) and event.stream == "1")


@pytest.mark.parametrize("size", [1, 2, 100])
def test_open_streams_are_bounded(size: int) -> None:
    """The one that was silent longest is flushed before the new one's events, however they are batched."""
    streams, out = streams_of(Holds(5), limit=2), []
    events = [*moves(1, stream="a"), *moves(2, stream="b"), *moves(3, stream="a"), *moves(4, stream="c")]
    for start in range(0, 4, size):
        out += streams.feed(events[start : start + size])
    assert named(out) == [("2", 2)]
    assert named(streams.flush()) == [("1", 1), ("1", 3), ("3", 4)]


def test_an_evicted_stream_starts_anew() -> None:
    """Under another pseudonym, with nothing known about before."""
    streams = streams_of(limit=1)
    events = [*moves(1, stream="a"), *moves(2, stream="b"), *moves(3, stream="a")]
    assert named(streams.feed(events)) == [("1", 1), ("2", 2), ("3", 3)]


def test_of_itself_a_thousand_streams_are_open() -> None:
    """One more ends the one that was silent longest: when it comes back it is a new one."""
    streams = Streams(run_of)
    for at in range(MAX_OPEN_STREAMS + 1):
        streams.feed(moves(1, stream=f"s{at}"))
    assert named(streams.feed(moves(2, stream="s1"))) == [("2", 2)]
    assert named(streams.feed(moves(2, stream="s0"))) == [(str(MAX_OPEN_STREAMS + 2), 2)]


@pytest.mark.parametrize("size", [1, 9])
def test_what_was_lost_without_a_name_may_be_of_any_stream(size: int) -> None:
    """All that are open take note; with a name it is of that one, and where nothing is open it opens one."""
    streams, out = streams_of(), []
    events: list[Event] = [
        *moves(1, stream="a"), *moves(2, stream="b"), Discontinuity(time_us=3), *moves(4),
        Discontinuity(time_us=5, stream="b"),
    ]  # fmt: skip
    for start in range(0, len(events), size):
        out += streams.feed(events[start : start + size])
    assert named(out) == [("1", 1), ("2", 2), ("1", 3), ("2", 3), (None, 4), ("2", 5)]
    assert named(streams_of().feed([Discontinuity(time_us=3)])) == [(None, 3)]


def test_streams_report_is_a_sum() -> None:
    """Of the open, the evicted and the aborted ones."""
    streams = streams_of(Holds(1), limit=1)
    keys = [KeyDown(time_us=at, key="a", stream=name) for name in "ab" for at in (1, 2)]
    streams.feed(keys)
    assert streams.report.strokes == 3
    streams.abort()
    assert streams.report.strokes == 3
    assert streams.flush() == []


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_failure_in_one_stream_closes_all(size: int) -> None:
    """The error carries what was decided in any, under their pseudonyms; the rest is destroyed."""
    streams = streams_of(Holds(1), Faulty(1))
    events = [*moves(1, 2, stream="a"), *moves(1, 2, 3, 4, stream="b"), *moves(3, stream="a")]
    out: list[Event] = []
    for start in range(0, len(events), size):
        try:
            out += streams.feed(events[start : start + size])
        except RunClosed as error:
            out += error.events
    assert named(out) == [("1", 1), ("2", 1)]
    assert closing(lambda: streams.feed(moves(9, stream="c"))).events == []
    assert streams.flush() == []
    assert streams.report.failed


def test_a_failure_while_flushing_streams() -> None:
    """What others had given, and what the failing one had decided, is not lost; at an eviction as at the end."""
    streams = streams_of(Holds(1, fails=True))
    streams.feed([*moves(1, stream="a"), *moves(2, stream="b")])
    assert named(closing(streams.flush).events) == [("1", 1)]
    assert streams.report.failed
    streams = streams_of(Holds(1, fails=True), limit=1)
    error = closing(lambda: streams.feed([*moves(1, 2, stream="a"), *moves(3, stream="b")]))
    assert named(error.events) == [("1", 1), ("1", 2)]


def test_gates_of_one_stream_do_not_close_another() -> None:
    """Each has its own focus and state."""
    streams = streams_of(Gates(deny_apps=("keepassxc",)))
    events = [
        Focus(time_us=1, app="keepassxc", stream="a"), Focus(time_us=1, app="notes", stream="b"),
        State(time_us=2, private=True, stream="c"), PointerMove(time_us=3, x=0, y=0, stream="b"),
    ]  # fmt: skip
    out = streams.feed(events)
    assert [(type(event), event.stream) for event in out] == [(Gap, "1"), (Focus, "2"), (Gap, "3"), (PointerMove, "2")]


def test_ticks_do_not_leave() -> None:
    """They tell the stages what time it is, and nobody else."""
    assert run_of(Gates()).feed([Tick(time_us=1)]) == []


def test_streams_tick_together() -> None:
    """Time passes in every open stream, and the next due time is the earliest of them."""
    streams = Streams(lambda: Pipeline((Redact(),)).start(Context()))
    for name in ("a", "b"):
        assert streams.feed([KeyDown(time_us=0, code="Space", key=" ", stream=name)]) == []
    due_us = streams.due_us
    assert due_us is not None
    assert [event.stream for event in streams.tick(due_us + 1)] == ["1", "2"]
    assert streams.due_us is None
