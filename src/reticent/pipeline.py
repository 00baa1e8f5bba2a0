"""``Pipeline``: a transform made of transforms. ``Run``: one stream going through it. ``Streams``: many of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from types import TracebackType

from msgspec import Struct
from msgspec.structs import replace

from reticent.diagnostics import Diagnostics, Tally
from reticent.errors import OwnerError, RunClosed
from reticent.events import Discontinuity, Event, Tick
from reticent.frames import Frames
from reticent.report import Report
from reticent.transform import Context, Interrupted, RowStage, Stage, Transform

__all__ = ["MAX_OPEN_STREAMS", "Pipeline", "Run", "Streams"]

MAX_OPEN_STREAMS = 1000
"""How many streams are open at once, unless it is said."""

_STREAM = attrgetter("stream")
_TIME = attrgetter("time_us")


class Pipeline(Struct, frozen=True):
    """Transforms in the order in which an event meets them. Itself a transform.

    >>> from reticent.events import PointerMove
    >>> from reticent.transforms.redact import Redact
    >>> with Pipeline((Redact(),)).start(Context()) as run:
    ...     run.feed([PointerMove(time_us=7_000_000, x=1, y=2)])
    [PointerMove(time_us=0, ...)]
    """

    steps: tuple[Transform, ...] = ()

    def start(self, context: Context, /) -> Run:
        """A run over one stream."""
        frames = None
        if context.receivers.on_frame is not None:
            frames = Frames(context.receivers.on_frame)
            context.receivers = context.receivers._replace(on_frame=frames.decide)
        return Run([step.start(context) for step in self.steps], context, frames)


class Run:
    """One stream. Feed it, tick it when nothing happens, and flush it; any failure closes it for good.

    As a context manager it flushes at the end of the block and aborts when the block raises. A run belongs to the
    thread that made it; what ``flush`` returns at the end of a ``with`` block is in ``flushed``.

    Attributes:
        about: makes the report that counts are added to; a policy says there what is known of it beforehand.
    """

    def __init__(self, stages: Sequence[Stage], context: Context, frames: Frames | None = None) -> None:
        # Whether a stage takes a batch as it would take its rows one at a time, also when one of them makes it fail.
        self._stages = [(stage, isinstance(stage, RowStage | Run)) for stage in stages]
        self._tally = Tally(context.counters)
        self._frames = frames
        self._owner = threading.get_ident()
        self._closed: str | None = None
        self._timed = any(getattr(stage, "decided_until_us", None) is not None for stage in stages)
        self._time_us = 0
        self.about: Callable[[], Report] = Report
        self.flushed: list[Event] = []

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.abort()
        elif self._closed is None:
            self.flushed = self.flush()

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """Take events, in order; return those that may leave now.

        Raises:
            RunClosed: the run has ended, or a stage failed now; ``events`` of the error holds what was decided before.
            OwnerError: entered from another thread; nothing was taken.
        """
        self._enter()
        return self._advance(events, flush=False)

    def tick(self, time_us: int) -> list[Event]:
        """Time, on the clock of the events, has come this far. Going back is not an error; it decides nothing."""
        return self.feed([Tick(time_us=time_us)])

    def flush(self) -> list[Event]:
        """End of the stream: decide what is held by the hard rules and return it."""
        self._enter()
        out = self._advance((), flush=True)
        self._end("flushed")
        return out

    def abort(self) -> None:
        """Destroy everything that is held. Nothing more leaves. Aborting twice, or after a flush, does nothing."""
        if self._closed is None:
            self._end("aborted")

    def forsake(self, events: Sequence[Event]) -> None:
        """Abort instead of taking these events: screenshots among them are destroyed too."""
        if self._closed is None and self._frames is not None:
            self._frames.arrive(events)
        self.abort()

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick would decide something; None when nothing waits."""
        ahead_us, dues_us = 0, []
        for stage, _ in self._stages:
            due_us = getattr(stage, "due_us", None)
            if due_us is not None:
                dues_us.append(due_us + ahead_us)
            if not getattr(stage, "passes_ticks", True):
                break
            ahead_us += getattr(stage, "ahead_us", 0)
        return min(dues_us, default=None)

    @property
    def decided_until_us(self) -> int:
        """Event time before which everything is final."""
        ahead_us, times_us = 0, []
        for stage, _ in self._stages:
            time_us = getattr(stage, "decided_until_us", None)
            if time_us is not None:
                times_us.append(time_us + ahead_us)
            ahead_us += getattr(stage, "ahead_us", 0)
        return min(times_us, default=self._time_us)

    @property
    def report(self) -> Report:
        """What this run did so far, as far as it may leave the device."""
        return Report.of_diagnostics(self.diagnostics, self.about())

    @property
    def diagnostics(self) -> Diagnostics:
        """Exact counts of what this run did so far; they stay on the device."""
        return self._tally.diagnostics

    def _enter(self) -> None:
        if threading.get_ident() != self._owner:
            raise OwnerError("a run belongs to the thread that made it: queue events to that thread")
        if self._closed is not None:
            raise RunClosed(f"this run was {self._closed}: start a new one")

    def _end(self, how: str) -> None:
        """Close for good. Unless everything was flushed, stages that hold something are told to destroy it."""
        self._closed = how
        stages, self._stages = self._stages, []
        for stage, _ in stages:
            if how != "flushed" and hasattr(stage, "abort"):
                stage.abort()
        if self._frames is not None:
            self._frames.close()

    def _advance(self, events: Sequence[Event], *, flush: bool) -> list[Event]:
        failure: str | None = None
        if self._frames is not None:
            self._frames.arrive(events)
        if events and not self._timed:
            time_us = max(map(_TIME, events))
            if time_us > self._time_us:
                self._time_us = time_us
        for stage, by_batch in self._stages:
            if not (events or flush):
                break
            try:
                if by_batch and not flush:
                    events = stage.feed(events)
                else:
                    events = _step(stage, events, by_batch=by_batch, flush=flush and failure is None)
            except (Interrupted, RunClosed) as error:
                events = error.events
                cause = error if isinstance(error, Interrupted) else "RunClosed"
                failure = failure or f"{type(stage).__name__}: {cause}"
            except Exception as error:
                events = []
                failure = failure or f"{type(stage).__name__}: {type(error).__name__}"
        decided = [event for event in events if type(event) is not Tick]
        self._tally.count(decided)
        if self._frames is not None:
            try:
                self._frames.leave(decided)
            except Exception as error:
                failure = failure or f"on_frame: {type(error).__name__}"
        if failure is not None:
            self._tally.failed = True
            self._end("closed by a failure")
            raise RunClosed(f"a stage failed ({failure}); what was held is destroyed", decided) from None
        return decided


def _step(stage: Stage, events: Sequence[Event], *, by_batch: bool, flush: bool) -> list[Event]:
    """Feed one stage, and flush it if told to. What it decided before a failure comes with the failure."""
    out: list[Event] = []
    for batch in (events,) if by_batch and events else zip(events):
        _extend(out, stage.feed, batch)
    if flush:
        _extend(out, stage.flush)
    return out


def _extend(out: list[Event], call: Callable[..., list[Event]], *arguments: Sequence[Event]) -> None:
    try:
        out += call(*arguments)
    except (Interrupted, RunClosed) as error:
        cause = str(error) if isinstance(error, Interrupted) else "RunClosed"
        raise Interrupted([*out, *error.events], cause) from None
    except Exception as error:
        raise Interrupted(out, type(error).__name__) from None


class Streams:
    """Events of several streams, told apart by their ``stream`` field, each through a run of its own.

    Output rows carry ordinal pseudonyms of their streams where the input names any. Order is kept inside a stream only.
    At most ``limit`` streams are open; the one that was silent longest is flushed to make room, and when it is heard of
    again it is a new stream. A failure in one stream closes all of them. ``about`` is that of ``Run``.
    """

    def __init__(
        self, start: Callable[[], Run], *, limit: int = MAX_OPEN_STREAMS, about: Callable[[], Report] = Report
    ) -> None:
        self.about = about
        self._start = start
        self._limit = limit
        self._runs: OrderedDict[str | None, tuple[Run, str | None]] = OrderedDict()
        self._count = 0
        self._ended = Diagnostics()
        self._failed = False

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Run.feed``; a ``RunClosed`` holds what was decided in any stream."""
        if self._failed:
            raise RunClosed("these streams were closed by a failure: start anew")
        out: list[Event] = []
        taken = 0
        try:
            if not [event for event in events if event.stream is not None] and self._runs.keys() <= {None}:
                taken = len(events)
                fed = self._feed(None, events, out) if events else []
                return out + fed if out else fed
            for name, batch in groupby(events, _STREAM):
                part = list(batch)
                taken += len(part)
                for whose, shared in self._shared(name, part):
                    out += self._feed(whose, shared, out)
        except RunClosed as error:
            self._start().forsake(events[taken:])
            raise self._fail(error, out) from None
        return out

    def flush(self) -> list[Event]:
        """Flush every open stream, oldest first."""
        out: list[Event] = []
        try:
            while self._runs:
                self._evict(out)
        except RunClosed as error:
            raise self._fail(error, out) from None
        return out

    def tick(self, time_us: int) -> list[Event]:
        """Time has come this far in every open stream; see ``Run.tick``."""
        out: list[Event] = []
        try:
            for run, ordinal in list(self._runs.values()):
                out += _tagged(partial(run.tick, time_us), ordinal)
        except RunClosed as error:
            raise self._fail(error, out) from None
        return out

    @property
    def due_us(self) -> int | None:
        """Event time after which the next tick would decide something in some stream; None when nothing waits."""
        return min((run.due_us for run, _ in self._runs.values() if run.due_us is not None), default=None)

    def abort(self) -> None:
        """Destroy everything that is held in any stream."""
        for run, _ in self._runs.values():
            run.abort()
            self._ended += run.diagnostics
        self._runs.clear()

    @property
    def report(self) -> Report:
        """What all streams did so far, summed, as far as it may leave the device."""
        return Report.of_diagnostics(self.diagnostics, self.about())

    @property
    def diagnostics(self) -> Diagnostics:
        """Exact counts of what all streams did so far, summed; they stay on the device."""
        return sum((run.diagnostics for run, _ in self._runs.values()), self._ended)

    def _shared(self, name: str | None, events: list[Event]) -> Iterator[tuple[str | None, list[Event]]]:
        """Events with the stream that takes them. What was lost and has no stream may be of any: all take note."""
        if name is not None or not self._runs:
            yield name, events
            return
        for lost, batch in groupby(events, _is_lost):
            part = list(batch)
            for whose in list(self._runs) if lost else [None]:
                yield whose, part

    def _feed(self, name: str | None, events: Sequence[Event], out: list[Event]) -> list[Event]:
        """What one stream lets out; ``out`` takes what another one does that must make room for it."""
        entry = self._runs.get(name)
        if entry is None:
            while len(self._runs) >= self._limit:
                self._evict(out)
            ordinal = None
            if name is not None:
                self._count += 1
                ordinal = str(self._count)
            entry = self._runs[name] = (self._start(), ordinal)
        else:
            self._runs.move_to_end(name)
        run, ordinal = entry
        return _tagged(partial(run.feed, events), ordinal)

    def _evict(self, out: list[Event]) -> None:
        name, (run, ordinal) = next(iter(self._runs.items()))
        out += _tagged(run.flush, ordinal)
        self._ended += run.diagnostics
        del self._runs[name]

    def _fail(self, error: RunClosed, out: list[Event]) -> RunClosed:
        self._failed = True
        self.abort()
        return RunClosed(str(error), [*out, *error.events])


def _is_lost(event: Event) -> bool:
    return type(event) is Discontinuity


def _tagged(call: Callable[[], list[Event]], ordinal: str | None) -> list[Event]:
    """What a run gives, or decided before it failed, under the pseudonym of its stream."""
    try:
        events = call()
    except RunClosed as error:
        raise RunClosed(str(error), [replace(event, stream=ordinal) for event in error.events]) from None
    return events if ordinal is None else [replace(event, stream=ordinal) for event in events]
