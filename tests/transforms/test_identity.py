"""Names leave as pseudonyms that end with their key, devices alike, and rare places not at all."""

from __future__ import annotations

import gc
import random
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from pointers import MS, drained, streams

from reticent.errors import PolicyError, RunClosed
from reticent.events import Blur, Event, Focus, Label, PointerMove, State, Tick
from reticent.grammar import what_may_not_leave
from reticent.pipeline import Pipeline
from reticent.policy_file import parse_policy
from reticent.testing.laws import check_transform
from reticent.transform import Context, Transform
from reticent.transforms.identity import HideDevice, PseudonymKey, Pseudonyms, RareApps
from reticent.transforms.pointer import Grid

KEY = b"k" * 32
fixed = partial(Context, random_bytes=bytes)


@pytest.mark.parametrize(
    "transform", [Pseudonyms(), Pseudonyms(epoch="week"), HideDevice(), RareApps(), RareApps(seen=2)]
)
@settings(max_examples=8, deadline=None)
@given(events=streams())
def test_laws(transform: Transform, events: list[Event]) -> None:
    """Any split gives the same; times never go back; nothing leaves after a failure."""
    check_transform(transform, [State(time_us=0, wall_time="2026-01-05T09:00:00"), *events], context=fixed)


# -- pseudonyms ------------------------------------------------------------------------------------------------------


def name_in(seed: int, app: str = "excel", key: bytes | None = None) -> str | None:
    """What an application is called in a stream."""
    source = random.Random(seed)
    [focus] = drained(Pseudonyms(), [Focus(time_us=0, app=app)], random_bytes=source.randbytes, epoch_key=key)
    assert isinstance(focus, Focus)
    return focus.app


def links(key: bytes | None) -> bool:
    """Whether some application is called the same in two streams."""
    return any(name_in(1, app, key) == name_in(2, app, key) for app in map(str, range(50)))


def test_a_name_is_the_same_in_its_stream_and_no_other() -> None:
    """Unless the caller keeps the key."""
    events: list[Event] = [Focus(time_us=0, app="excel"), Focus(time_us=1, app="word"), Blur(time_us=2, app="excel")]
    first, second, third = (event.app for event in drained(Pseudonyms(), events))  # type: ignore[union-attr]
    assert first == third != second
    assert not links(None)


def test_the_check_finds_a_key_that_is_kept() -> None:
    """With the same key streams agree: an epoch lasts as long as its key."""
    assert links(KEY)
    assert name_in(1, key=KEY) != name_in(1, key=b"l" * 32)


def test_kinds_of_names_do_not_agree() -> None:
    """The same word as application and as window has two pseudonyms; what is absent stays so."""
    [focus] = drained(Pseudonyms(), [Focus(time_us=0, app="notes", window="notes")])
    assert isinstance(focus, Focus)
    assert focus.app != focus.window
    assert (focus.url, focus.element) == (None, None)


def test_an_address_keeps_its_scheme_only() -> None:
    """User, port, path and query go; the host is its pseudonym in a domain that never exists."""
    urls = ["https://bob:pw@acme.example:8443/merger?x=1#y", "http://ACME.example/other"]
    events: list[Event] = [Focus(time_us=0, url=urls[0]), Label(time_us=1, kind="url", value=urls[1])]
    focus, label = drained(Pseudonyms(names=("url",)), events)
    assert isinstance(focus, Focus)
    assert isinstance(label, Label)
    assert focus.url is not None
    assert focus.url.startswith("https://")
    assert focus.url.endswith(".invalid")
    assert label.value == focus.url.replace("https", "http")
    assert what_may_not_leave({"type": "focus", "url": focus.url}) == []


@pytest.mark.parametrize(("epoch", "same"), [("stream", [1, 1, 1]), ("day", [1, 2, 3]), ("week", [1, 1, 2])])
def test_an_epoch_ends_with_its_day_or_week(epoch: str, same: list[int]) -> None:
    """From the first wall time of the next one."""
    days = ("2026-01-05T23:00:00", "2026-01-06T01:00:00+01:00", "2026-01-12")
    events: list[Event] = []
    for at, day in enumerate(days):
        events += [State(time_us=at, wall_time=day), Focus(time_us=at, app="excel")]
    out = drained(Pseudonyms(epoch=epoch), events)  # type: ignore[arg-type]
    names = [event.app for event in out if isinstance(event, Focus)]
    assert [sorted(set(names), key=names.index).index(name) + 1 for name in names] == same


def test_the_key_is_destroyed() -> None:
    """At the end of a stream, and when it is aborted: nobody can make its pseudonyms again."""
    for end in ("flush", "abort"):
        run = Pipeline((Pseudonyms(),)).start(Context())
        run.feed([Focus(time_us=0, app="excel")])
        stage = run._stages[0][0]
        getattr(run, end)()
        assert bytes(stage._key._key) == b""  # type: ignore[attr-defined]
        with pytest.raises(RunClosed):
            run.feed([Focus(time_us=0, app="excel")])
        gc.collect()
    assert "k" * 3 not in repr(PseudonymKey(KEY))


def test_something_must_be_named() -> None:
    """A step that does nothing is a mistake."""
    with pytest.raises(PolicyError):
        Pseudonyms(names=())


# -- devices ---------------------------------------------------------------------------------------------------------


def rate(transform: Transform, step_us: int) -> set[int]:
    """What the times of moves tell of the polling rate."""
    events: list[Event] = [PointerMove(time_us=at * step_us, x=at / 2, y=at) for at in range(2_000_000 // step_us)]
    times_us = [event.time_us for event in drained(transform, events)]
    return {after - before for before, after in pairwise(times_us)}


def test_mice_are_alike() -> None:
    """At 125 and at 1,000 Hz; the same check finds a transform that leaves the rate."""
    assert rate(HideDevice(), 8000) == rate(HideDevice(), 1000)
    assert rate(Grid(), 8000) != rate(Grid(), 1000)


def test_scales_of_screens_are_alike() -> None:
    """No fraction of a pixel leaves."""
    events: list[Event] = [PointerMove(time_us=at * 300 * MS, x=at * 0.8, y=at * 1.25) for at in range(9)]
    assert all(type(event.x) is type(event.y) is int for event in drained(HideDevice(), events))  # type: ignore[union-attr]


# -- rare names ------------------------------------------------------------------------------------------------------


def visits(transform: RareApps, *places: tuple[str | None, str | None]) -> list[tuple[str | None, str | None]]:
    """What applications and addresses are called."""
    events: list[Event] = [Focus(time_us=at, app=app, url=url) for at, (app, url) in enumerate(places)]
    return [(event.app, event.url) for event in drained(transform, events)]  # type: ignore[union-attr]


def test_what_is_not_common_is_other() -> None:
    """By name and by domain; a common name inside another counts for nothing."""
    assert visits(RareApps(), ("Excel.exe", "https://docs.google.com/d/1"), ("odd", "https://google.com.evil.example"),
                  (None, None), ("firefox", "google.com")) == [
        ("excel", "https://google.com"), ("other", "other"), (None, None), ("firefox", "google.com"),
    ]  # fmt: skip
    [label] = drained(RareApps(), [Label(time_us=0, kind="url", value="https://clinic.example")])
    assert isinstance(label, Label)
    assert label.value == "other"


def test_what_was_seen_too_seldom_is_other() -> None:
    """Until it was seen so often; what left before is not taken back, and nothing looks ahead."""
    thrice = [("excel", "https://github.com/x")] * 3
    assert visits(RareApps(seen=3), *thrice) == [("other", "other")] * 2 + [("excel", "https://github.com")]
    assert visits(RareApps(seen=2), ("odd", None), ("odd", None)) == [("other", None)] * 2


def test_losing_the_focus_is_no_visit() -> None:
    """It has the name that its focus had."""
    events: list[Event] = [Focus(time_us=0, app="excel"), Blur(time_us=1, app="excel"), Tick(time_us=2)]
    out = drained(RareApps(seen=2), events)
    assert [event.app for event in out] == ["other", "other"]  # type: ignore[union-attr]


def test_a_policy_names_them() -> None:
    """Each is found by its place."""
    kinds = ("Pseudonyms", "HideDevice", "RareApps")
    policy = parse_policy("".join(f'[[transform]]\nkind = "identity.{kind}"\n' for kind in kinds))
    assert [type(step.transform).__name__ for step in policy.steps] == list(kinds)
