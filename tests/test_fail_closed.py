"""G7: whatever fails, nothing leaves that had not been decided before, and no error tells what was typed."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import Any

import msgspec
import pytest

from reticent.detect.vault import Vault
from reticent.detect.working_set import working_set
from reticent.errors import RunClosed
from reticent.events import Event, Redacted
from reticent.pipeline import Pipeline, Run
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.text import closure, views
from reticent.text.buffer import Buffer
from reticent.text.emitter import Emitter
from reticent.text.engine import TextEngine
from reticent.text.holdback import HoldBack
from reticent.text.scan import Scanner
from reticent.transform import Context, RowStage, Span, Stage, Transform
from reticent.transforms.gates import Gates
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact, RedactStage

CANARY = "zyxqocanary"
ENROLLED = "Velvet-Orbit-42"
DETECTORS = tuple(detector.name for detector in working_set())
SECRETS = {
    "secrets": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "cues": "Blue-Kettle-42",
    "sayings": "crusader77",
    "keyed": "9s8d7f6s8d7f6s8d7f",
    "commands": "hunter2zip",
    "email": "maria.gonzalez84@example.org",
    "card": "4111 1111 1111 1111",
    "iban": "DE89 3704 0044 0532 0130 00",
    "ip": "203.0.113.77",
    "ssn": "536-22-8145",
    "phone": "+44 20 7946 0958",
    "crypto": "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "document": "K60473288",
    "birth_date": "15 march 1991",
    "mac": "00:1B:44:11:3a:B7",
    "url": "ann.lee",
    "address": "1825 Brittany Bypass, Judithbury",
    "username": "rivanov17",
    "national_id": "AB 12 34 56 C",
    "greetings": "dear Anneliese",
    "opaque": "93Glz084Gmj1RoXbmUVwHMXj",
    "seed": "legal winner thank year wave sausage worth useful legal winner thank yellow",
}
"""What each detector finds; the cue stands before its value."""
SCRIPT = " ".join((
    f'focus:"mail/{CANARY}" title:"{CANARY}" url:"https://{CANARY}.example.org/{CANARY}" move:400,300 click:400,310',
    f'type:"dear {CANARY}\\n" type:"mail {SECRETS["email"]}" key:Backspace*3 type:"org ok\\n" roll:"fine" pause:11s',
    f'type:" {ENROLLED[:9]}" click:400,320 ime:"ni"->"{CANARY}" paste:"{CANARY}" dead:"´" type:"e\\n"',
    f'focus:"chat/b" type:"my password is {CANARY}" focus:"keepassxc/db" type:"ab"',
    f'focus:"mail/c" type:"{CANARY} bye\\n"',
    f'pause:130s type:"last {CANARY}" button:"7" layout:fr key:Ctrl+z type:"x"',
))  # fmt: skip
STAGES = ("Gates", "Redact", "Payload")


class _Bomb(RowStage):
    """A stage that fails at its event number ``at`` (its flush comes after the last), with an error full of content."""

    def __init__(self, inner: Stage, at: int) -> None:
        super().__init__()
        self._inner, self._at, self._numbers = inner, at, count()

    def _tick(self, content: object) -> None:
        if next(self._numbers) == self._at:
            raise ValueError(f"{CANARY} {msgspec.json.encode(content)!r}")

    def row(self, event: Event, /) -> None:
        self._tick(event)
        self.out += self._inner.feed((event,))

    def close(self) -> None:
        self._tick(CANARY)
        self.out += self._inner.flush()


class _Bombed(msgspec.Struct, frozen=True):
    inner: Transform
    at: int

    def start(self, context: Context, /) -> Stage:
        return _Bomb(self.inner.start(context), self.at)


class _Breakable:
    """A detector that raises what it is given to read, while its name is among the broken ones."""

    def __init__(self, detector: Any, broken: set[str]) -> None:
        self.name, self._detector, self._broken = detector.name, detector, broken

    def find(self, text: str, /) -> list[Span]:
        if self.name in self._broken:
            raise RuntimeError(text)
        found: list[Span] = self._detector.find(text)
        return found


class _BreakableRedact(Redact, frozen=True, kw_only=True):
    broken: Any = None

    def start(self, context: Context, /) -> RedactStage:
        return RedactStage(self, context, tuple(_Breakable(detector, self.broken) for detector in working_set()))


def transforms() -> list[Transform]:
    """The pipeline of the policy ``minimal``, as a list."""
    return [Gates(deny_apps=("keepassxc",)), Redact(layouts=("us", "fr")), Payload(clipboard="scrub")]


def events_of(script: str) -> list[Event]:
    """A script as events."""
    return msgspec.convert(expand(script).events, list[Event])


def drained(steps: Sequence[Transform], *, size: int = 1) -> tuple[list[Event], RunClosed | None, Run]:
    """All that leaves of ``SCRIPT``, and the failure that ended it."""
    run = Pipeline(tuple(steps)).start(Context(Vault([ENROLLED])))
    events, out = events_of(SCRIPT), list[Event]()
    try:
        for start in range(0, len(events), size):
            out += run.feed(events[start : start + size])
        out += run.flush()
    except RunClosed as error:
        return out + error.events, error, run
    return out, None, run


@cache
def sound() -> list[Event]:
    """What leaves without a fault."""
    out, error, _ = drained(transforms())
    assert error is None
    return out


def check_closed(out: list[Event], error: RunClosed | None, run: Run) -> None:
    """The run is over, what left is how the sound output begins, and nothing that is told shows the canary."""
    assert error is not None
    assert out == sound()[: len(out)]
    assert run.report.failed
    assert error.__cause__ is None and error.__context__ is None
    with pytest.raises(RunClosed) as again:
        run.flush()
    assert again.value.events == []
    # The first frame is of the test, whose locals are its own.
    inner = error.with_traceback(error.__traceback__ and error.__traceback__.tb_next)
    told = traceback.TracebackException.from_exception(inner, capture_locals=True)
    spelled = "".join(
        [*told.format(), repr(error), str(error), repr(run), repr(run.report), repr(run.diagnostics), repr(out)]
    )
    assert [text for text in (CANARY, ENROLLED, *SECRETS.values()) if text in spelled] == []


@pytest.mark.parametrize("broken", [*([name] for name in DETECTORS), [*DETECTORS]], ids=[*DETECTORS, "all"])
def test_a_broken_detector_costs_its_line(broken: list[str]) -> None:
    """What was typed while it raised is redacted, and counted; lines before and after are as ever."""
    switch: set[str] = set()
    run = Pipeline((_BreakableRedact(broken=switch),)).start(Context(Vault([ENROLLED])))
    typed = " and ".join(("my password is " if name == "cues" else "") + SECRETS[name] for name in broken)
    out = run.feed(events_of('focus:"notes/n" type:"the first line\\n"'))
    switch.update(broken)
    hidden = run.feed(events_of(f'pause:9s type:{json.dumps(typed)} type:" fine words\\n"'))
    switch.clear()
    after = run.feed(events_of(f'pause:99s type:"the next line\\n" type:"{ENROLLED}\\n" type:"the last line\\n"'))
    after += run.flush()
    rows = msgspec.to_builtins(out + hidden + after)
    assert find_leaks(rows, [*(SECRETS[name] for name in broken), "fine words", ENROLLED]) == []
    assert find_missing(rows, ["the first line", "the next line", "the last line"]) == []
    marks = {event.category for event in hidden if isinstance(event, Redacted)}
    assert marks  # a sound detector may know another name for it
    assert marks <= {"unspecified", "credential"}
    assert [event.category for event in after if isinstance(event, Redacted)] == ["credential"]
    assert all(run.diagnostics.counters[f"detector_error.{name}"] >= 1 for name in broken)
    assert {*broken} <= {*run.report.detector_errors}
    assert not run.report.failed and typed not in f"{run.report!r}{run.report}{run.diagnostics!r}{run.diagnostics}"


@pytest.mark.parametrize("place", range(len(STAGES)), ids=STAGES)
@pytest.mark.parametrize(("size", "step"), [(10_000, 1), (1, 5)], ids=["at once", "one by one"])
def test_a_fault_in_a_stage_closes_the_run(place: int, size: int, step: int) -> None:
    """At any event, and at the end: what had been decided leaves, as the sound output begins, and nothing follows."""
    met = 0
    for at in count(0, step):
        steps = transforms()
        steps[place] = _Bombed(steps[place], at)
        out, error, run = drained(steps, size=size)
        if error is None:
            break
        check_closed(out, error, run)
        met += 1
    assert out == sound()
    assert met > len(sound()) // step // 2


@pytest.mark.parametrize("name", ["find", "find_near", "pending_prefix", "learn", "literals"])
def test_a_broken_vault_closes_the_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is let go that the vault could not be asked about."""
    check_every_call(Vault, name, monkeypatch, calls_max=20)


INSIDE = [
    (Scanner, "scanning"), (Scanner, "idle_tail"), (HoldBack, "decide"), (HoldBack, "release"), (HoldBack, "append"),
    (Emitter, "keep_down"), (Emitter, "keep_up"), (Emitter, "keep"), (Emitter, "drop"), (Emitter, "gap"),
    (Buffer, "insert"), (Buffer, "delete_backward"), (Buffer, "end_line"), (Buffer, "settle"), (closure, "close"),
    (closure, "widen"), (views, "final"), (views, "spell"), (TextEngine, "push_all"), (TextEngine, "close"),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "name"), INSIDE, ids=[f"{owner.__name__}.{name}" for owner, name in INSIDE])
def test_a_fault_inside_the_engine_closes_the_run(owner: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it was doing, also in the middle of a decision or of letting go, the same holds."""
    check_every_call(owner, name, monkeypatch, calls_max=12)


def check_every_call(owner: Any, name: str, monkeypatch: pytest.MonkeyPatch, *, calls_max: int) -> None:
    """Let ``owner.name`` fail at its first call, at its last, and at up to ``calls_max`` between, one run each."""
    sound()
    original = vars(owner)[name]
    calls = _failing(owner, name, original, -1, monkeypatch)
    drained(transforms())
    total = calls()
    assert total, "the script does not use it: this shows nothing"
    for at in range(0, total, max(1, total // calls_max)):
        _failing(owner, name, original, at, monkeypatch)
        out, error, run = drained(transforms())
        check_closed(out, error, run)


def _failing(owner: Any, name: str, original: Any, at: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Make call number ``at`` fail; tells how many calls there were."""
    seen = 0
    function = original.fget if isinstance(original, property) else original

    def call(*arguments: Any, **named: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen - 1 == at:
            raise ValueError(CANARY)
        return function(*arguments, **named)

    monkeypatch.setattr(owner, name, property(call) if isinstance(original, property) else call)
    return lambda: seen
