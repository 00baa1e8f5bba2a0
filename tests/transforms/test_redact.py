"""What was typed leaves only when it was decided to be harmless, and limits cannot be set so that this is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from reticent.detect.vault import Vault
from reticent.errors import PolicyError
from reticent.events import EVENT_TYPES, Event, Focus, KeyDown, KeyUp, Redacted, Tick
from reticent.pipeline import Pipeline
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand
from reticent.testing.laws import check_transform
from reticent.testing.wellformed import problems
from reticent.transform import Context
from reticent.transforms.redact import Redact

SECRET = "hunter2"


def events_of(script: str) -> list[Event]:
    """The events of a script."""
    return msgspec.convert(expand(script).events, list[Event])


def through(events: Sequence[Event], **spec: Any) -> list[Event]:
    """What leaves of a stream whose owner enrolled a secret."""
    with Pipeline((Redact(**spec),)).start(Context(Vault([SECRET]))) as run:
        out = run.feed(events)
    return out + run.flushed


def text_of(events: Sequence[Event]) -> str:
    """The characters pressed."""
    return "".join(event.key for event in events if isinstance(event, KeyDown) and event.key and len(event.key) == 1)


def marks(events: Sequence[Event]) -> list[str]:
    """Categories of what was redacted."""
    return [event.category for event in events if isinstance(event, Redacted)]


# -- the description -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cut", "size"), [(159, 400), (400, 400), (500, 400), (1, 2)])
def test_cut_must_hold_the_longest_span(cut: int, size: int) -> None:
    """And lie below the size; the message names the keys."""
    with pytest.raises(PolicyError, match=r"text\.cut .*text\.size"):
        Redact(cut=cut, size=size).start(Context())
    Redact(cut=160, size=161).start(Context())


@pytest.mark.parametrize("name", ["idle_us", "hold_us", "size", "cut", "rows", "pointers", "targets"])
def test_limits_are_positive(name: str) -> None:
    """A policy with another is refused."""
    for value in (0, -1, 1.5, "1"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({name: value}, Redact)


def test_unknown_layout_is_refused_at_the_start() -> None:
    """Not when the first key comes."""
    with pytest.raises(PolicyError):
        Redact(layouts=("martian",)).start(Context())


def test_unknown_platform_is_refused() -> None:
    """A misspelt one would silently read keys as if it were another."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"platform": "macos"}, Redact)


def test_starts_with_a_vault_of_its_own() -> None:
    """When the context has none; what was typed into a password field is then known to all stages."""
    context = Context()
    stage = Redact().start(context)
    stage.feed(events_of('field:password#p type:"Qz81LLmm" key:Enter'))
    assert context.vault is not None
    assert context.vault.find("qz81llmm")


# -- the stage -------------------------------------------------------------------------------------------------------


def test_text_waits_and_leaves() -> None:
    """A line leaves at its commit, on a clock that starts at 0."""
    stage = Redact().start(Context())
    events = events_of('pause:5s type:"hello there"')
    assert stage.feed(events) == []
    out = stage.feed(events_of("pause:7s key:Enter"))
    assert text_of(out) == "hello there"
    assert out[0].time_us == 0
    assert stage.flush() == []


@pytest.mark.parametrize(
    ("script", "category", "kept"),
    [
        ('type:"say hunter2 now" key:Enter', "credential", "say  now"),
        ('type:"mail karl@example.com now" key:Enter', "contact", "mail  now"),
        ('type:"pay 4111 1111 1111 1111 now" key:Enter', "financial", "pay  now"),
        ('field:password#p type:"anything" key:Enter', "credential", ""),
        ('field:card#c type:"anything" key:Enter', "financial", ""),
    ],
)
def test_what_is_secret_is_one_mark(script: str, category: str, kept: str) -> None:
    """Of its category; what surrounds it leaves."""
    out = through(events_of(f'focus:"notes/n" {script}'))
    assert marks(out) == [category]
    assert text_of(out) == kept
    assert problems([msgspec.to_builtins(event) for event in out]) == []


def test_idle_decides_all_but_the_last_token() -> None:
    """Which may be the head of something; age decides that, too."""
    spec = Redact(idle_us=1_000_000, hold_us=5_000_000)
    run = Pipeline((spec,)).start(Context())
    run.feed(events_of('type:"two words"'))
    last = run.decided_until_us
    assert run.due_us is not None
    assert text_of(run.tick(run.due_us + 1)) == "two "
    assert run.decided_until_us > last
    assert run.due_us is not None
    assert text_of(run.tick(run.due_us + 1)) == "words"
    assert run.due_us is None


@pytest.mark.parametrize(
    "spec",
    [{"size": 161, "cut": 160}, {"rows": 20}, {"pointers": 3}, {"targets": 1}, {"idle_us": 1}],
)
def test_overflow_never_releases_a_secret(spec: dict[str, int]) -> None:
    """Whichever limit is hit in the middle of it, what leaves is well formed and keeps the laws."""
    filler = "lorem ipsum dolor sit amet " * (1 if "idle_us" in spec else 8)
    events = events_of(
        f'focus:"notes/n" type:"{filler}" type:"hun" move:1,1 move:2,2 move:3,3 move:4,4 focus:"chat/c" type:"ok"'
        f' focus:"notes/n" type:"ter2 {filler}" key:Enter'
    )
    out = [msgspec.to_builtins(event) for event in through(events, **spec)]
    assert find_leaks(out, [SECRET]) == []
    assert problems(out) == []
    check_transform(Redact(**spec), events, context=lambda: Context(Vault([SECRET])))


def test_a_text_without_a_blank_is_redacted_when_it_grows_too_long() -> None:
    """It cannot be cut, and it cannot be held."""
    out = through(events_of('type:"' + "ab" * 300 + '"'), size=200)
    assert "unspecified" in marks(out)
    assert len(text_of(out)) < 200


@pytest.mark.parametrize("kind", ["header", "redacted"])
def test_an_output_can_be_filtered_again(kind: str) -> None:
    """A header is left out, a mark stays without its target, and neither ends the run."""
    fields = {"version": "1", "policy": "p", "policy_sha256": "s"} if kind == "header" else {"category": "contact"}
    run = Pipeline((Redact(),)).start(Context())
    out = run.feed([KeyDown(time_us=0, key="a"), EVENT_TYPES[kind](time_us=2, **fields)]) + run.flush()
    assert [type(event).__name__ for event in out] == ["KeyDown"] + ["Redacted"] * (kind == "redacted")


def test_ticks_never_leave() -> None:
    """They are not part of an output."""
    assert through([Tick(time_us=0), Tick(time_us=5)]) == []


FREE_TEXT = [
    {"type": "keydown", "code": SECRET}, {"type": "keydown", "key": SECRET},
    {"type": "keydown", "key": "a", "text": SECRET},
    {"type": "keydown", "key": "a", "dead": SECRET}, {"type": "keydown", "key": "a", "device": SECRET},
    {"type": "keyup", "key": "a", "text": SECRET}, {"type": "keyup", "key": "a", "dead": SECRET},
    *(
        {"type": "input", "input_type": kind, field: SECRET}
        for field in ("data", "replaced")
        for kind in (
            "insertText", "insertFromPaste", "insertFromYank", "insertReplacementText", "insertLineBreak", "insertLink",
            "deleteContentBackward", "deleteByCut", "historyUndo", "formatFontName", "autofill",
        )
    ),
    {"type": "input", "input_type": SECRET}, {"type": "compositionstart", "data": SECRET},
    {"type": "compositionend", "data": SECRET}, {"type": "clipboard", "operation": "paste", "data": SECRET},
    {"type": "pointermove", "x": 1, "y": 1, "device": SECRET}, {"type": "state", "layout": SECRET},
    {"type": "state", "wall_time": SECRET}, {"type": "frame", "id": SECRET}, {"type": "focus", "element": SECRET},
]  # fmt: skip


@pytest.mark.parametrize("record", FREE_TEXT, ids=lambda record: "-".join(map(str, record.values())))
def test_a_secret_in_any_field_does_not_leave(record: dict[str, Any]) -> None:
    """Wherever a recorder puts text, it is examined or it stays behind."""
    press = {"type": "keydown", "time_us": 1, "key": "a"}
    up = [press] if record["type"] == "keyup" else []
    events = msgspec.convert([*up, {"time_us": 5, **record}, {"type": "tick", "time_us": 9}], list[Event])
    out = through([Focus(time_us=0, app="notes", window="n", element="e", field="text"), *events])
    assert SECRET not in msgspec.json.encode(out).decode()


def test_released_keys_are_not_read_from_their_releases() -> None:
    """A release that names another key than its press tells nothing more than the press."""
    events: list[Event] = []
    for at, char in enumerate(SECRET):
        events.append(KeyDown(time_us=at * 90_000, code=f"Key{'ABCDEFG'[at]}", key="x"))
        events.append(KeyUp(time_us=at * 90_000 + 40_000, code=f"Key{'ABCDEFG'[at]}", key=char))
    out = through(events)
    assert find_leaks([msgspec.to_builtins(event) for event in out], [SECRET]) == []
