"""The laws pass on every shipped transform, and a transform that breaks one fails that one."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import force_setattr, replace

from reticent import testing
from reticent.detect.vault import Vault
from reticent.errors import RunClosed
from reticent.events import Event, KeyDown, Tick
from reticent.pipeline import Pipeline, Run
from reticent.testing import laws
from reticent.testing.dsl import expand
from reticent.testing.laws import check_transform
from reticent.testing.run import scenario_pipeline
from reticent.transform import Context, RowStage, Stage, Transform
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact

SCRIPT = """
    clock:2025-03-04T10:00:00 focus:"notes/n" title:"Payroll of Ann" type:"mail karlheinz@example.com today" key:Enter
    click:400,300 move:410,310 pause:20s type:"hello hunter2" key:Backspace*2 focus:"keepassxc/x" type:"secretword"
    focus:"notes/n" paste:"some words" type:"tea at noon" private:on type:"hidden" private:off consent:off consent:on
    type:"password: Qz81LLmm" key:Enter pause:130s tick type:"left open"
"""
EVENTS: list[Event] = msgspec.convert(expand(SCRIPT).events, list[Event])
FAULTS = (0, 1, 40, 10_000)
"""Where a neighbour fails; the last is beyond the end."""
TRANSFORMS = [
    Gates(deny_apps=("keepassxc", "category:banking")),
    Gates(consent="required", schedule=Schedule(start="09:00", stop="18:00", zone="Europe/Berlin")),
    Redact(),
    Redact(layouts=("us", "de"), scrubbed=True, rows=50, pointers=10, targets=2),
    Payload(),
    scenario_pipeline({}),
    scenario_pipeline({"clipboard": "scrub"}),
    Pipeline((scenario_pipeline({}), Gates())),
    Pipeline(),
]


def enrolled() -> Context:
    """A context with a known secret."""
    return Context(Vault(["hunter2"]))


@pytest.mark.parametrize("number", range(len(TRANSFORMS)))
def test_shipped_transforms_keep_the_laws(number: int) -> None:
    """All of them."""
    check_transform(TRANSFORMS[number], EVENTS, context=enrolled)


@pytest.mark.parametrize("fault", FAULTS)
def test_wherever_a_neighbour_fails(fault: int) -> None:
    """At the first event, at a later one, at none: the run is closed there, and the laws hold."""
    shipped = scenario_pipeline({})
    failing = replace(shipped, steps=(laws.Faulty(fault), *shipped.steps)).start(enrolled())
    with pytest.raises(RunClosed) if fault < len(EVENTS) else nullcontext():
        failing.feed(EVENTS)
    laws.law_fault(shipped, EVENTS, enrolled, fault)
    laws.law_fatal(shipped, EVENTS, enrolled, fault)


def test_no_events() -> None:
    """Laws hold of nothing, too; what is due for ever is found even there."""
    check_transform(scenario_pipeline({}), [])
    with pytest.raises(AssertionError, match=r"^law_hold: "):
        check_transform(Planted("Endless"), [])


def test_hypothesis_is_not_needed() -> None:
    """Importing ``reticent.testing`` and using its names does not load Hypothesis; its strategies do."""
    assert "hypothesis" not in modules_after("[getattr(t, name) for name in t.__all__]")
    assert "hypothesis" in modules_after("import reticent.testing.strategies")


def modules_after(statement: str) -> list[str]:
    """What a new process has loaded after importing ``reticent.testing`` as ``t`` and this."""
    source = str(Path(testing.__file__).parents[2])
    code = f"import sys; sys.path.insert(0, {source!r}); import reticent.testing as t; {statement}; print(*sys.modules)"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_names_are_there() -> None:
    """Every public name resolves; another is an ``AttributeError`` that says so."""
    assert all(callable(getattr(testing, name)) for name in testing.__all__)
    assert set(testing.__all__) <= set(dir(testing))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        testing.nonsense  # noqa: B018


# -- planted bugs ----------------------------------------------------------------------------------------------------


class Planted(msgspec.Struct, frozen=True):
    """A transform whose stages are made by a function of the context."""

    kind: str

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return STAGES[self.kind]()


class Overwrites(RowStage):
    """Changes its input."""

    def row(self, event: Event, /) -> None:
        force_setattr(event, "time_us", 0)
        self.out.append(event)


class Consumes(RowStage):
    """Empties the list it is given."""

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        out = list(events)
        events.clear()  # type: ignore[attr-defined]
        return out


class CountsBatches(RowStage):
    """Drops the last event of every batch."""

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        return list(events[:-1])


class GoesBack(RowStage):
    """Every second event is a second early."""

    def row(self, event: Event, /) -> None:
        self.out.append(replace(event, time_us=max(0, event.time_us - 1_000_000 * (event.time_us % 2))))


class TakesBack(RowStage):
    """Changes what it has released already."""

    last: Event | None = None

    def row(self, event: Event, /) -> None:
        if self.last is not None:
            force_setattr(self.last, "stream", "gone")
        self.last = replace(event)
        self.out.append(self.last)


class Forgets(RowStage):
    """Releases everything at once when the stream ends, in another order than it already did."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Event] = []

    def row(self, event: Event, /) -> None:
        self.seen.append(event)

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        super().feed(events)
        out, self.seen = sorted(self.seen, key=lambda event: -event.time_us), []
        return out


class Shows(RowStage):
    """Its ``repr`` tells what was typed."""

    typed = ""

    def row(self, event: Event, /) -> None:
        if isinstance(event, KeyDown):
            self.typed += event.key or ""
        self.out.append(event)

    def __repr__(self) -> str:
        return f"Shows({self.typed})"


class Logs(Shows):
    """Logs what was typed."""

    __repr__ = object.__repr__

    def row(self, event: Event, /) -> None:
        super().row(event)
        logging.getLogger("planted").debug("typed %s", self.typed)


class Endless(RowStage):
    """Is always due and never decides."""

    due_us = 5

    def row(self, event: Event, /) -> None:
        """Drops it."""


class Hasty(RowStage):
    """Decides at a tick that is not after ``due_us``."""

    due_us = 5

    def row(self, event: Event, /) -> None:
        if isinstance(event, Tick):
            self.out.append(event)


STAGES: dict[str, type[RowStage]] = {
    kind.__name__: kind
    for kind in (Overwrites, Consumes, CountsBatches, GoesBack, TakesBack, Forgets, Shows, Logs, Endless, Hasty)
}


@pytest.mark.parametrize(
    ("kind", "law"),
    [
        ("Overwrites", laws.law_input),
        ("Consumes", laws.law_input),
        ("CountsBatches", laws.law_splits),
        ("GoesBack", laws.law_times),
        ("TakesBack", laws.law_prefix),
        ("Forgets", laws.law_prefix),
        ("Shows", laws.law_silence),
        ("Logs", laws.law_silence),
        ("Endless", laws.law_hold),
        ("Hasty", laws.law_hold),
    ],
)
def test_planted_bug_breaks_its_law(kind: str, law: Callable[[Transform, Sequence[Event]], None]) -> None:
    """The message begins with the name of the law; ``check_transform`` fails, too."""
    events = [KeyDown(time_us=1_000_000 + 77_777 * at, key=key) for at, key in enumerate("plain words here")]
    with pytest.raises(AssertionError, match=f"^{law.__name__}: "):
        law(Planted(kind), [replace(event) for event in events])
    with pytest.raises(AssertionError, match=r"^law_"):
        check_transform(Planted(kind), events)


class Mutable(msgspec.Struct):
    """Not hashable."""

    size: int = 1

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return RowStage()


class Unequal:
    """Pickles, but compares by identity."""

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return RowStage()


class HoldsFunction(msgspec.Struct, frozen=True):
    """Cannot be pickled."""

    rule: Any

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return RowStage()


class HoldsComplex(HoldsFunction, frozen=True):
    """Can be pickled, but has no JSON form."""


class Forgetful(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is None is not None again: TOML has no null."""

    size: int | None = 3

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return RowStage()


def test_descriptions_that_are_none() -> None:
    """Not picklable, not equal, not hashable, without a JSON or a TOML form."""
    with pytest.raises(AssertionError, match=r"^law_spec: cannot be pickled"):
        laws.law_spec(HoldsFunction(lambda: None))
    with pytest.raises(AssertionError, match=r"^law_spec: differs from its pickle"):
        laws.law_spec(Unequal())
    with pytest.raises(AssertionError, match=r"^law_hash: is not hashable"):
        laws.law_hash(Mutable())
    with pytest.raises(AssertionError, match=r"^law_spec: HoldsComplex has no JSON"):
        laws.law_spec(HoldsComplex(1j))
    with pytest.raises(AssertionError, match=r"^law_spec: differs from its TOML"):
        laws.law_spec(Forgetful(None))


def test_steps_of_a_pipeline_are_checked() -> None:
    """A pipeline has no JSON form of its own; its steps must have one."""
    with pytest.raises(AssertionError, match="HoldsComplex has no JSON"):
        laws.law_spec(Pipeline((Gates(), HoldsComplex(1j))))


class Stubborn(Pipeline, frozen=True):
    """Its runs go on after a failure."""

    def start(self, context: Context, /) -> Run:
        """See ``Transform``."""
        return _StubbornRun([step.start(context) for step in self.steps], context)


class _StubbornRun(Run):
    def _enter(self) -> None:
        """Whoever comes is let in."""

    def _end(self, how: str) -> None:
        """Nothing is ever over."""


class Talkative(Pipeline, frozen=True):
    """Its runs repeat with every refusal what was decided before."""

    def start(self, context: Context, /) -> Run:
        """See ``Transform``."""
        return _TalkativeRun([step.start(context) for step in self.steps], context)


class _TalkativeRun(Run):
    def _enter(self) -> None:
        try:
            super()._enter()
        except RunClosed as error:
            raise RunClosed(str(error), [Tick(time_us=0)]) from None


@pytest.mark.parametrize("kind", [Stubborn, Talkative])
@pytest.mark.parametrize("fault", FAULTS)
def test_releasing_after_a_failure(kind: type[Pipeline], fault: int) -> None:
    """A run that goes on, or that releases with its refusal, breaks ``law_fatal``."""
    with pytest.raises(AssertionError, match=r"^law_fatal: "):
        laws.law_fatal(kind((Gates(),)), EVENTS, fault=fault)


class FlushesOnFault(Pipeline, frozen=True):
    """Its runs release what is held when a stage fails."""

    def start(self, context: Context, /) -> Run:
        """See ``Transform``."""
        return _FlushingRun([step.start(context) for step in self.steps], context)


class _FlushingRun(Run):
    def _end(self, how: str) -> None:
        self._closed = how  # and no stage is told to destroy what it holds

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        stages = [stage for stage, _ in self._stages]
        try:
            return super().feed(events)
        except RunClosed as error:
            raise RunClosed(str(error), [*error.events, *stages[-1].flush()]) from None


def test_releasing_at_a_failure() -> None:
    """What is held when a neighbour fails must be destroyed."""
    events = [KeyDown(time_us=at * 90_000, key=key) for at, key in enumerate("some words")]
    with pytest.raises(AssertionError, match=r"^law_fault: the failure before event 4"):
        laws.law_fault(FlushesOnFault((Redact(),)), events, fault=4)


def test_messages_tell_no_content() -> None:
    """The failure of a law can be shown to anyone."""
    for kind, law in (("CountsBatches", laws.law_splits), ("Shows", laws.law_silence)):
        with pytest.raises(AssertionError) as caught:
            law(Planted(kind), [KeyDown(time_us=at, key=key) for at, key in enumerate("Tr0ub4dor&3")])
        assert "Tr0ub4dor" not in str(caught.value)
        assert caught.value.__cause__ is None
