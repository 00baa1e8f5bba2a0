"""``Pipeline``: a transform made of transforms. ``Run``: one stream going through it. ``Streams``: many of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from types import TracebackType

from msgspec import Struct
from msgspec.structs import force_setattr

from reticent.errors import OwnerError, RunClosed
from reticent.events import Event, Tick
from reticent.report import Report, Tally
from reticent.transform import Context, Interrupted, RowStage, Stage, Transform

__all__ = ["Pipeline", "Run", "Streams"]


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
        return Run([step.start(context) for step in self.steps], context)


class Run:
    """One stream. Feed it, tick it when nothing happens, and flush it; any failure closes it for good.

    As a context manager it flushes at the end of the block and aborts when the block raises. A run belongs to the
    thread that made it; what ``flush`` returns at the end of a ``with`` block is in ``flushed``.
    """

    def __init__(self, stages: Sequence[Stage], context: Context) -> None:
        self._stages = list(stages)
        self._tally = Tally(context.counters)
        self._owner = threading.get_ident()
        self._closed: str | None = None
        self._time_us = 0
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

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick would decide something; None when nothing waits."""
        dues = [getattr(stage, "due_us", None) for stage in self._stages]
        return min((due for due in dues if due is not None), default=None)

    @property
    def decided_until_us(self) -> int:
        """Event time before which everything is final."""
        times = [getattr(stage, "decided_until_us", None) for stage in self._stages]
        return min((time for time in times if time is not None), default=self._time_us)

    @property
    def report(self) -> Report:
        """What this run did so far, as far as it may be told."""
        return self._tally.report()

    def _enter(self) -> None:
        if threading.get_ident() != self._owner:
            raise OwnerError("a run belongs to the thread that made it: queue events to that thread")
        if self._closed is not None:
            raise RunClosed(f"this run was {self._closed}: start a new one")

    def _end(self, how: str) -> None:
        self._closed = how
        self._stages.clear()

    def _advance(self, events: Sequence[Event], *, flush: bool) -> list[Event]:
        failure: str | None = None
        if events:
            self._time_us = max(self._time_us, events[-1].time_us)
        for stage in self._stages:
            try:
                out = _feed(stage, events) if events else []
                if flush and failure is None:
                    try:
                        out = [*out, *stage.flush()]
                    except Interrupted as error:
                        raise Interrupted([*out, *error.events], str(error)) from None
                    except Exception as error:
                        raise Interrupted(list(out), type(error).__name__) from None
                events = out
            except Interrupted as error:
                events = error.events
                failure = failure or f"{type(stage).__name__}: {error}"
        decided = list(events)
        self._tally.count(decided)
        if failure is not None:
            self._tally.failed = True
            self._end("closed by a failure")
            raise RunClosed(f"a stage failed ({failure}); what was held is destroyed", decided) from None
        return decided


def _feed(stage: Stage, events: Sequence[Event]) -> list[Event]:
    """A batch behaves like its rows one at a time, also when one of them makes the stage fail."""
    if isinstance(stage, RowStage):
        return stage.feed(events)
    out: list[Event] = []
    for event in events:
        try:
            out += stage.feed((event,))
        except Interrupted as error:
            raise Interrupted([*out, *error.events], str(error)) from None
        except Exception as error:
            raise Interrupted(out, type(error).__name__) from None
    return out


class Streams:
    """Events of several streams, told apart by their ``stream`` field, each through a run of its own.

    Output rows carry ordinal pseudonyms of their streams where the input names any. Order is kept inside a stream only. At most
    ``limit`` streams are open; the one that was silent longest is flushed to make room.
    """

    def __init__(self, start: Callable[[], Run], *, limit: int = 1000) -> None:
        self._start = start
        self._limit = limit
        self._runs: OrderedDict[str | None, tuple[Run, str | None]] = OrderedDict()
        self._count = 0
        self._tally = Tally()

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Run.feed``."""
        names = [event.stream for event in events]
        if len(set(names)) == 1:
            return self._feed(names[0], events)
        out: list[Event] = []
        start = 0
        for stop in range(1, len(events) + 1):
            if stop == len(events) or names[stop] != names[start]:
                out += self._feed(names[start], events[start:stop])
                start = stop
        return out

    def flush(self) -> list[Event]:
        """Flush every open stream, oldest first."""
        out: list[Event] = []
        while self._runs:
            out += self._evict()
        return out

    def abort(self) -> None:
        """Destroy everything that is held in any stream."""
        for run, _ in self._runs.values():
            run.abort()
            self._tally += run.report
        self._runs.clear()

    @property
    def report(self) -> Report:
        """What all streams did so far, summed."""
        total = Tally()
        total += self._tally.report()
        for run, _ in self._runs.values():
            total += run.report
        return total.report()

    def _feed(self, name: str | None, events: Sequence[Event]) -> list[Event]:
        out: list[Event] = []
        entry = self._runs.get(name)
        if entry is None:
            while len(self._runs) >= self._limit:
                out += self._evict()
            ordinal = None
            if name is not None:
                self._count += 1
                ordinal = str(self._count)
            entry = self._runs[name] = (self._start(), ordinal)
        else:
            self._runs.move_to_end(name)
        run, ordinal = entry
        return out + _tagged(run.feed(events), ordinal)

    def _evict(self) -> list[Event]:
        _, (run, ordinal) = self._runs.popitem(last=False)
        out = _tagged(run.flush(), ordinal)
        self._tally += run.report
        return out


def _tagged(events: list[Event], ordinal: str | None) -> list[Event]:
    if ordinal is None:
        return events
    tagged = []
    for event in events:
        copy = event.__copy__()
        force_setattr(copy, "stream", ordinal)
        tagged.append(copy)
    return tagged
