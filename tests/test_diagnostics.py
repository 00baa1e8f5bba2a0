"""Diagnostics hold exact counts of an output and a run, headed by where they may be kept, and no content."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from reticent.diagnostics import KEEP, Diagnostics, Tally
from reticent.events import Blur, Event, Focus, Frame, Gap, KeyDown, KeyUp, Redacted

OUTPUT: list[Event] = [
    KeyDown(time_us=0), KeyDown(time_us=0, repeat=True), KeyUp(time_us=1), Focus(time_us=1, field="text"),
    KeyDown(time_us=1), Gap(time_us=1), KeyDown(time_us=1), Blur(time_us=1, field="text"), KeyDown(time_us=1),
    Focus(time_us=1), KeyDown(time_us=1), Redacted(time_us=1, category="credential"), Frame(time_us=1, index=0),
    Redacted(time_us=1, category="credential"), Redacted(time_us=1, category="contact"),
]  # fmt: skip


def counted(*events: Event, **counters: int) -> Diagnostics:
    """The diagnostics of an output."""
    tally = Tally(Counter(counters))
    tally.count(events)
    return tally.diagnostics


def test_counts_the_output_exactly() -> None:
    """Events by type, marks by category, and strokes outside of a field of known kind."""
    found = counted(*OUTPUT, late_knowledge=3)
    assert found.events == {"blur": 1, "focus": 2, "frame": 1, "gap": 1, "keydown": 6, "keyup": 1, "redacted": 3}
    assert found.marks == {"contact": 1, "credential": 2}
    assert found.strokes_of_unknown_kind == 4
    assert (found.counters, found.failed) == ({"late_knowledge": 3}, False)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_does_not_depend_on_batches(size: int) -> None:
    """Counting in pieces comes to the same."""
    tally = Tally()
    for start in range(0, len(OUTPUT), size):
        tally.count(OUTPUT[start : start + size])
    assert tally.diagnostics == counted(*OUTPUT)


def test_they_do_not_change() -> None:
    """What is counted later is in later ones only."""
    tally = Tally(Counter(condemned=1))
    before = tally.diagnostics
    tally.count(OUTPUT)
    assert before == Diagnostics(counters={"condemned": 1})


def test_sum() -> None:
    """Those of several streams add up; one failure is a failure."""
    total = counted(*OUTPUT, refused_lines=1) + counted(*OUTPUT, refused_lines=2) + Diagnostics(failed=True)
    assert total.events["keydown"] == 12
    assert total.marks == {"contact": 2, "credential": 4}
    assert (total.strokes_of_unknown_kind, total.counters, total.failed) == (8, {"refused_lines": 3}, True)


def test_names_of_the_input_only_where_they_are_common() -> None:
    """Any other may have been typed; not even an attribute has it."""
    names = {"unknown_field.pid": 9, "unknown_field.hunter2": 3, "unknown_field.maria": 2, "unknown_type.hunter2": 1}
    found = Diagnostics(counters=names)
    assert found.counters == {"unknown_field.other": 5, "unknown_field.pid": 9, "unknown_type.other": 1}
    assert "hunter2" not in f"{found!r}{found}{found.told()}{found._repr_html_()}"


def test_all_that_is_told_is_headed() -> None:
    """Text, JSON and the table of a notebook begin with where they may be kept."""
    found = counted(*OUTPUT)
    assert str(found).splitlines()[0] == KEEP
    assert next(iter(json.loads(found.to_json()).values())) == KEEP
    assert found._repr_html_().startswith(f"<table><caption>Diagnostics: {KEEP}</caption>")


def test_text_is_exact() -> None:
    """A line each, and what a failure means."""
    found = Diagnostics(events={"keydown": 3}, marks={"contact": 1}, strokes_of_unknown_kind=2, failed=True)
    assert str(found).splitlines() == [
        KEEP, "output, keydown: 3", "redacted, contact: 1", "strokes of unknown kind: 2",
        "a failure closed the run: the output is incomplete",
    ]  # fmt: skip
