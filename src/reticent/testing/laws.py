"""The laws that every transform keeps, each a function that raises ``AssertionError`` naming itself.

``check_transform`` runs all of them on one transform and one list of events; each ``law_*`` can be run alone. Messages
name places and types, never what was typed.

That every held event comes out or is counted is asked only of time: what a stage holds has an end (``law_hold``).
Counting output against input would need the number of suppressed strokes, which a redactor must not tell.
"""

from __future__ import annotations

import pickle
import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import msgspec
import tomli_w

from reticent.errors import RunClosed
from reticent.events import Event
from reticent.pipeline import Pipeline, Run
from reticent.testing._silence import law_silence
from reticent.transform import Context, RowStage, Transform

__all__ = [
    "Faulty", "check_transform", "law_fatal", "law_fault", "law_hash", "law_hold", "law_input", "law_prefix",
    "law_same_source", "law_silence", "law_spec", "law_splits", "law_times",
]  # fmt: skip

MakeContext: TypeAlias = Callable[[], Context]
_Batches: TypeAlias = list[list[Event]]

_RANDOM_SPLITS = 3
_PREFIXES = 6
_TICKS_MAX = 1000


def check_transform(
    transform: Transform, events: Sequence[Event], *, context: MakeContext = Context, fault: int | None = None
) -> None:
    """Run every law on one transform.

    Args:
        transform: what is to be checked; a ``Pipeline`` is checked as a whole, its description step by step.
        events: one stream, in arrival order. The more kinds of events it holds, the more is checked.
        context: makes a fresh context for each run; sources of noise in it must repeat themselves.
        fault: index of the event at which a neighbouring stage fails; the middle of ``events`` by default.

    Raises:
        AssertionError: a law is broken; the message begins with its name.

    >>> from reticent.events import Label
    >>> from reticent.transforms.payload import Payload
    >>> check_transform(Payload(), [Label(time_us=0, kind="title", value="Payroll")])
    """
    events = list(events)
    at = len(events) // 2 if fault is None else fault
    law_spec(transform)
    law_hash(transform)
    for law in (law_input, law_same_source, law_splits, law_prefix, law_times, law_hold, law_silence):
        law(transform, events, context)
    law_fault(transform, events, context, at)
    law_fatal(transform, events, context, at)


class Faulty(msgspec.Struct, frozen=True):
    """A transform that lets events pass and fails at number ``at``, with an error that tells what it was fed.

    >>> from reticent.events import Tick
    >>> with Pipeline((Faulty(1),)).start(Context()) as run:
    ...     run.feed([Tick(time_us=0), Tick(time_us=1)])
    Traceback (most recent call last):
        ...
    reticent.errors.RunClosed: a stage failed (_FaultyStage: ValueError); what was held is destroyed
    """

    at: int

    def start(self, context: Context, /) -> _FaultyStage:
        """See ``Transform``."""
        return _FaultyStage(self.at)


class _FaultyStage(RowStage):
    def __init__(self, at: int) -> None:
        super().__init__()
        self._left = at

    def row(self, event: Event, /) -> None:
        if self._left == 0:
            raise ValueError(f"cannot take {msgspec.to_builtins(event)}")
        self._left -= 1
        self.out.append(event)


# -- what a description is -------------------------------------------------------------------------------------------


def law_spec(transform: Transform) -> None:
    """A description equals its pickle, JSON and TOML round trip; the last two where it is a ``msgspec.Struct``.

    >>> law_spec(Faulty(3))
    """
    _require("law_spec", "differs from its pickle round trip", kept=_unpickled(transform) == transform)
    if isinstance(transform, Pipeline):
        for step in transform.steps:
            law_spec(step)
    elif isinstance(transform, msgspec.Struct):
        kind = type(transform)
        try:
            from_json = msgspec.json.decode(msgspec.json.encode(transform), type=kind)
            toml = tomli_w.dumps(_without_none(msgspec.to_builtins(transform)))
            from_toml = msgspec.convert(tomllib.loads(toml), type=kind)
        except (TypeError, ValueError) as error:
            raise _broken("law_spec", f"{kind.__name__} has no JSON or TOML form: {type(error).__name__}") from None
        _require("law_spec", "differs from its JSON round trip", kept=from_json == transform)
        _require("law_spec", "differs from its TOML round trip", kept=from_toml == transform)


def law_hash(transform: Transform) -> None:
    """A description is hashable, and equal ones have equal hashes.

    >>> law_hash(Faulty(3))
    """
    try:
        equal = hash(transform) == hash(_unpickled(transform))
    except TypeError:
        raise _broken("law_hash", "is not hashable; use frozen values and tuples") from None
    _require("law_hash", "equal descriptions have different hashes", kept=equal)


def _unpickled(transform: Transform) -> Any:
    try:
        return pickle.loads(pickle.dumps(transform))  # noqa: S301  our own bytes, just made
    except (TypeError, AttributeError, pickle.PicklingError) as error:
        raise _broken("law_spec", f"cannot be pickled: {type(error).__name__}") from None


def _without_none(value: Any) -> Any:
    """TOML has no null: what is not set is left out."""
    if isinstance(value, dict):
        return {name: _without_none(part) for name, part in value.items() if part is not None}
    return [_without_none(part) for part in value] if isinstance(value, list) else value


# -- what a stage does -----------------------------------------------------------------------------------------------


def law_input(transform: Transform, events: Sequence[Event], context: MakeContext = Context) -> None:
    """Neither the events nor the list that holds them is changed."""
    batch = list(events)
    before = _encoded(batch)
    _drain(transform, [batch], context)
    _require("law_input", "the list of input events was changed", kept=len(batch) == len(before))
    _equal("law_input", "input events", before, _encoded(batch))


def law_same_source(transform: Transform, events: Sequence[Event], context: MakeContext = Context) -> None:
    """The same events through two runs give the same output."""
    first, second = (_encoded(_drain(transform, [list(events)], context)) for _ in range(2))
    _equal("law_same_source", "a second run", first, second)


def law_splits(transform: Transform, events: Sequence[Event], context: MakeContext = Context) -> None:
    """The output does not depend on how the events are cut into batches, empty ones among them."""
    whole = _encoded(_drain(transform, [list(events)], context))
    for name, batches in _splits(events):
        _equal("law_splits", name, whole, _encoded(_drain(transform, batches, context)))


def law_prefix(transform: Transform, events: Sequence[Event], context: MakeContext = Context) -> None:
    """What has left is never taken back: the output of a prefix is a prefix of the output of the whole."""
    whole = _encoded(_drain(transform, [list(events)], context))
    for stop in _cuts(len(events), _PREFIXES):
        early = _encoded(_unflushed(transform, events[:stop], context))
        _equal("law_prefix", f"the first {stop} events", whole[: len(early)], early)


def law_times(transform: Transform, events: Sequence[Event], context: MakeContext = Context) -> None:
    """Times never go back in the output, unless they do in the input."""
    times = [event.time_us for event in events]
    out = _drain(transform, [list(events)], context)
    for at, (before, after) in enumerate(pairwise(event.time_us for event in out), 1):
        if after < before and times == sorted(times):
            raise _broken("law_times", f"time goes back by {before - after} us at output event {at}")


def law_hold(transform: Transform, events: Sequence[Event], context: MakeContext = Context) -> None:
    """What is held has an end: a tick at ``due_us`` is too early, and ticks after it decide until nothing is due.

    Does not apply to stages without ``due_us``.
    """
    run = _start(transform, context)
    with suppress(RunClosed):
        run.feed(events)
    for _ in range(_TICKS_MAX):
        due_us = run.due_us
        if due_us is None:
            return
        _require("law_hold", "a tick that is not after due_us decides something", kept=not run.tick(due_us))
        run.tick(due_us + 1)
    raise _broken("law_hold", f"something is still due after {_TICKS_MAX} ticks that were each after due_us")


# -- failures --------------------------------------------------------------------------------------------------------


def law_fault(transform: Transform, events: Sequence[Event], context: MakeContext = Context, fault: int = 0) -> None:
    """A neighbour's failure at event ``fault`` gives the same output for every split.

    When the stage before fails, that is what the events before the failure gave, with nothing flushed.
    """
    early = _encoded(_unflushed(transform, events[:fault], context)) if fault < len(events) else None
    for before in (True, False):
        faulty = _with_fault(transform, fault, before=before)
        whole = _encoded(_drain(faulty, [list(events)], context))
        if before and early is not None:
            _equal("law_fault", f"the failure before event {fault}", early, whole)
        for name, batches in _splits(events):
            _equal("law_fault", name, whole, _encoded(_drain(faulty, batches, context)))


def law_fatal(transform: Transform, events: Sequence[Event], context: MakeContext = Context, fault: int = 0) -> None:
    """After a failure, and after ``abort``, nothing more is released, whatever is called."""
    for before in (True, False):
        run = _start(_with_fault(transform, fault, before=before), context)
        with suppress(RunClosed):
            run.feed(events)
            run.abort()
        for call in (partial(run.feed, events), partial(run.tick, 0), run.flush):
            _require_closed(call)


def _require_closed(call: Callable[[], list[Event]]) -> None:
    try:
        call()
    except RunClosed as error:
        _require("law_fatal", "a closed run released events with its error", kept=not error.events)
    else:
        raise _broken("law_fatal", "a closed run was entered and did not raise RunClosed")


def _with_fault(transform: Transform, at: int, *, before: bool) -> Transform:
    """The transform with a stage beside it that fails; a pipeline keeps its own kind of run."""
    if isinstance(transform, Pipeline):
        steps = (Faulty(at), *transform.steps) if before else (*transform.steps, Faulty(at))
        return msgspec.structs.replace(transform, steps=steps)
    return Pipeline((Faulty(at), transform) if before else (transform, Faulty(at)))


# -- running ---------------------------------------------------------------------------------------------------------


def _start(transform: Transform, context: MakeContext) -> Run:
    pipeline = transform if isinstance(transform, Pipeline) else Pipeline((transform,))
    return pipeline.start(context())


def _drain(transform: Transform, batches: _Batches, context: MakeContext) -> list[Event]:
    """All that leaves: what was decided before a failure, if there is one."""
    run = _start(transform, context)
    out: list[Event] = []
    try:
        for batch in batches:
            out += run.feed(batch)
        out += run.flush()
    except RunClosed as error:
        out += error.events
    return out


def _unflushed(transform: Transform, events: Sequence[Event], context: MakeContext) -> list[Event]:
    run = _start(transform, context)
    try:
        return run.feed(events)
    except RunClosed as error:
        return error.events


def _splits(events: Sequence[Event]) -> Iterator[tuple[str, _Batches]]:
    yield "one event at a time", [[event] for event in events]
    source = random.Random(0)
    for number in range(_RANDOM_SPLITS):
        cuts = sorted(source.choices(range(len(events) + 1), k=1 + len(events) // 5))
        yield f"random split {number}", [list(events[a:b]) for a, b in pairwise([0, *cuts, len(events)])]


def _cuts(length: int, count: int) -> list[int]:
    return sorted({length * part // count for part in range(count + 1)})


def _encoded(events: Sequence[Event]) -> list[bytes]:
    return [msgspec.json.encode(event) for event in events]


def _equal(law: str, what: str, expected: Sequence[bytes], got: Sequence[bytes]) -> None:
    if expected != got:
        at = next(
            (i for i, (a, b) in enumerate(zip(expected, got, strict=False)) if a != b), min(len(expected), len(got))
        )
        raise _broken(law, f"{what}: differs from event {at} on ({len(expected)} events, {len(got)} events)")


def _require(law: str, text: str, *, kept: bool) -> None:
    if not kept:
        raise _broken(law, text)


def _broken(law: str, text: str) -> AssertionError:
    return AssertionError(f"{law}: {text}")
