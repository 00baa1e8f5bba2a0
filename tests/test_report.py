"""A report is a function of the output, tells small counts of marks only roughly, and nothing that was typed."""

from __future__ import annotations

from collections import Counter

import msgspec

from reticent.events import Event, Gap, KeyDown, KeyUp, Redacted
from reticent.report import Report, Tally

OUTPUT: list[Event] = [
    KeyDown(time_us=0), KeyDown(time_us=0, repeat=True), KeyUp(time_us=1), Gap(time_us=1),
    Redacted(time_us=1, category="credential"), Redacted(time_us=1, category="credential"),
    Redacted(time_us=1, category="contact"),
]  # fmt: skip


def counted(*events: Event, **counters: int) -> Report:
    """The report on an output."""
    tally = Tally(Counter(counters))
    tally.count(events)
    return tally.report()


def test_counts_the_output() -> None:
    """Strokes with their repeats, marks by category, gaps."""
    report = counted(*OUTPUT)
    assert (report.strokes, report.marks, report.gaps) == (2, {"credential": 2, "contact": 1}, 1)
    assert not report.failed


def test_does_not_depend_on_batches() -> None:
    """Counting event by event comes to the same."""
    tally = Tally()
    for event in OUTPUT:
        tally.count([event])
    assert tally.report() == counted(*OUTPUT)


def test_only_quality_is_told() -> None:
    """Counters of what was hidden, such as how often a gate closed, stay on the device."""
    counters = {"refused_line": 1, "detector_error.email": 2, "gate.app": 3, "redacted.credential": 4, "condemned": 5}
    assert counted(**counters).quality == {"refused_line": 1, "detector_error.email": 2}


def test_a_report_does_not_change() -> None:
    """What is counted later is in later reports only."""
    tally = Tally()
    before = tally.report()
    tally.count(OUTPUT)
    assert before == Report()
    assert before.marks == {}


def test_sum() -> None:
    """Reports of several streams add up; one failure is a failure."""
    total = Tally()
    total += counted(*OUTPUT, refused_line=1)
    total += msgspec.structs.replace(counted(*OUTPUT, refused_line=2), failed=True)
    report = total.report()
    assert (report.strokes, report.gaps, report.marks) == (4, 2, {"credential": 4, "contact": 2})
    assert report.quality == {"refused_line": 3}
    assert report.failed


def test_text_tells_small_counts_roughly() -> None:
    """One to four marks or gaps are ``<5``, and so is of what was not examined."""
    report = Report(strokes=3, marks={"contact": 4, "credential": 5}, gaps=1, quality={"refused_line": 2}, failed=True)
    assert str(report).splitlines() == [
        "strokes kept: 3", "redacted, contact: <5", "redacted, credential: 5", "gaps: <5",
        "not examined, refused_line: <5", "a failure closed the run: the output is incomplete",
    ]  # fmt: skip


def test_goes_through_json() -> None:
    """It travels with the data."""
    report = counted(*OUTPUT, refused_line=1)
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


def test_what_is_told() -> None:
    """Small counts roughly, none as 0; names of the input only where collectors commonly use them."""
    quality = {
        "unknown_field.pid": 9, "unknown_field.hunter2": 3, "unknown_field.maria": 2, "unknown_type.hunter2": 1,
        "unknown_type.event_type": 5, "refused_lines": 4, "refused_by_gate.consent": 1,
    }  # fmt: skip
    report = Report(strokes=3, marks={"contact": 4, "credential": 5}, quality=quality)
    assert report.told() == {
        "strokes": 3, "marks": {"contact": "<5", "credential": 5}, "gaps": 0, "late": 0, "failed": False,
        "quality": {
            "refused_by_gate.consent": 1, "refused_lines": "<5", "unknown_field.other": 5, "unknown_field.pid": 9,
            "unknown_type.event_type": 5, "unknown_type.other": "<5",
        },
    }  # fmt: skip
    assert "hunter2" not in str(report)
