"""Secrets typed in the rhythm of real people, errors included, do not leak; and what is kept does not wait long."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from lines import KINDS, Sample, sample_of
from rhythm import Rhythms, corpus_path, load_rhythms, rollover_share
from waits import chat, essay, percentile_s, waiting_times_us

from reticent.detect.vault import Vault
from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.testing.attacker import find_missing
from reticent.testing.run import filter_events
from reticent.testing.wellformed import problems
from reticent.transform import Context
from reticent.transforms.redact import Redact

_SAMPLES = float(os.environ.get("RETICENT_SAMPLES", "1"))
_LONGEST_PAUSE_US = 50e6
Note = Callable[[str, object], None]


@cache
def rhythms() -> Rhythms:
    """The corpus, once a process."""
    path = corpus_path()
    if path is None:
        pytest.skip("RETICENT_DATA is not set: nothing was typed in the rhythm of real people")
    return load_rhythms(path)


def sample(number: int) -> Sample:
    """A typed line; see ``sample_of``."""
    return sample_of(rhythms(), number)


def check_samples(count: int) -> Counter[str]:
    """Filter samples and count them; none may leak or be malformed, and clean texts have to stay."""
    seen: Counter[str] = Counter()
    for number in range(count):
        one = sample(number)
        out = filter_events(one.events, {"known_secrets": one.enrolled})
        assert one.leaks(out) == [], f"sample {number} ({one.kind}) leaks"
        assert problems(out) == [], f"sample {number} ({one.kind}) is malformed"
        readable = [text for text in one.clean if not find_missing(one.events, [text])]
        seen += Counter({one.kind: 1, "pausing": one.pausing, "clean texts": len(readable)})
        seen["clean texts kept"] += len(readable) - len(find_missing(out, readable))
    assert seen["clean texts kept"] >= 0.9 * seen["clean texts"]
    return seen


def test_the_typists_are_real() -> None:
    """Rollover and Backspace are in the samples as they are in the corpus, and every sample leaks unfiltered."""
    samples = [sample(number) for number in range(90)]
    events = [event for one in samples for event in one.events]
    presses = [event for event in events if event["type"] == "keydown" and event["key"] != "Shift"]
    backspaces = sum(event["key"] == "Backspace" for event in presses) / len(presses)
    assert 0.04 < backspaces < 0.08
    assert 0.1 < rollover_share(events) < 0.4
    assert sum(one.pausing for one in samples) > 10
    assert all(one.leaks(one.events) for one in samples)


def test_no_secret_leaks(record_property: Note) -> None:
    """Neither an enrolled nor a structured secret, nor a half of one, is in any view of the output."""
    record_property("real rhythm", dict(check_samples(int(150 * _SAMPLES))))


@pytest.mark.slow
def test_no_secret_leaks_in_many_samples(record_property: Note) -> None:
    """The same at a size where one leak in a thousand lines would show."""
    record_property("real rhythm", dict(check_samples(int(3000 * _SAMPLES))))


def test_letting_go_early_leaks() -> None:
    """With idle and hold at 300 ms the same samples show the heads of what is no secret before its end is typed."""
    hasty = Pipeline((Redact(idle_us=300_000, hold_us=300_000),))
    leaking: Counter[str] = Counter()
    for one in map(sample, range(60)):
        run = hasty.start(Context(Vault(one.enrolled)))
        events = run.feed(msgspec.convert(one.events, list[Event])) + run.flush()
        leaking[one.kind] += bool(one.leaks(msgspec.to_builtins(events)))
    assert leaking["email"] >= 3


def test_flushing_on_idle_leaks() -> None:
    """A recorder that redacts what was typed up to each silence of 300 ms on its own leaks secrets of every kind."""
    leaking: Counter[str] = Counter()
    for one in map(sample, range(60)):
        out: list[dict[str, Any]] = []
        for part in _parted(one.events[1:], 300_000):
            out += filter_events([one.events[0], *part], {"known_secrets": one.enrolled})
        leaking[one.kind] += bool(one.leaks(out))
    assert all(leaking[kind] >= 2 for kind in KINDS)


def _parted(events: list[dict[str, Any]], silence_us: int) -> Iterator[list[dict[str, Any]]]:
    start = 0
    for at, (before, event) in enumerate(pairwise(events), 1):
        if event["type"] == "keydown" and event["time_us"] - before["time_us"] > silence_us:
            yield events[start:at]
            start = at
    yield events[start:]


def test_messages_do_not_wait_long(record_property: Note) -> None:
    """With Enter after each line nearly all events wait less than a line takes."""
    waits_us = _waits_us(chat, people=12)
    half_s, most_s = percentile_s(waits_us, 0.5), percentile_s(waits_us, 0.95)
    record_property("chat: n, p50, p95", (len(waits_us), half_s, most_s))
    assert half_s < 10 and most_s < 40


def test_text_without_enter_leaves_while_it_is_typed(record_property: Note) -> None:
    """Idle, hold and size let an essay go; nothing waits longer than the hold and one pause."""
    waits_us = _waits_us(essay, people=6)
    half_s, most_s = percentile_s(waits_us, 0.5), percentile_s(waits_us, 0.95)
    record_property("essay: n, p50, p95", (len(waits_us), half_s, most_s))
    assert half_s < 90 and max(waits_us) < 120e6 + _LONGEST_PAUSE_US


def _waits_us(make: Callable[[Rhythms, random.Random], list[dict[str, Any]]], people: int) -> list[int]:
    corpus = rhythms()
    people = max(1, int(people * _SAMPLES))
    return [wait for number in range(people) for wait in waiting_times_us(make(corpus, random.Random(number)))]
