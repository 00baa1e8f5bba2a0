"""A report is a function of the output, tells small counts only roughly, and neither what was hidden nor typed."""

from __future__ import annotations

import io
import json
from typing import Any

import msgspec
import pytest

import reticent
from reticent.detect.ner import model_version
from reticent.diagnostics import Diagnostics
from reticent.events import Event, Focus, Frame, Gap, Header, KeyDown, Redacted
from reticent.formats.native import read
from reticent.policy_file import parse_policy
from reticent.report import Report
from reticent.testing.dsl import expand

SCRIPT = """
    focus:"slack/#ops" type:"it is a fine day for a walk" key:Enter type:"ask maria.lopez@example.com"
    key:Enter focus:"notes/a" field:unknown type:"some words without a kind of field" key:Enter
    focus:"keepassxc/db" type:"x" focus:"code/b" type:"the db password is Qz81LLmm" key:Enter
"""


def read_again(rows: list[dict[str, Any]]) -> Report:
    """The report on an output that was written and is read from its bytes."""
    data = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    return Report.of_output(event for batch in read(io.BytesIO(data)) for event in batch)


@pytest.mark.parametrize("streams", [1, 3])
def test_reading_the_output_again_gives_the_same(streams: int) -> None:
    """All that it counts, for one stream or several that take turns; the header tells the policy."""
    records = expand(SCRIPT).events
    if streams > 1:
        records = [{**row, "stream": str(at % streams)} for row in records for at in range(streams)]
    rows = reticent.filter(records)
    again = read_again(list(rows))
    report = rows.report
    assert report.strokes > 20 and report.marks and report.gaps and report.unknown_kind_percent
    for name in ("strokes", "marks", "gaps", "unknown_kind_percent", "policy", "policy_sha256"):
        assert getattr(again, name) == getattr(report, name), name
    assert set(again.not_examined) <= set(report.not_examined)
    assert again.versions["reticent"] == report.versions["reticent"]


def test_live_and_filtered_reports_agree() -> None:
    """A run says the same as ``filter`` does of the same events."""
    records = expand(SCRIPT).events
    rows = reticent.filter(records)
    list(rows)
    with reticent.load_policy("minimal").start() as run:
        run.feed(msgspec.convert(records, list[Event]))
    assert run.report == rows.report
    assert run.diagnostics == rows.diagnostics


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5), (17, 17)])
def test_small_counts_are_nowhere(count: int, told: int | str) -> None:
    """Marks and gaps of 1 to 4 are ``<5`` in attributes, text, JSON, HTML and ``repr``; 0 is 0."""
    report = Report(marks={"contact": count}, gaps=count)
    assert (report.marks, report.gaps) == ({"contact": told}, told)
    assert f"redacted, contact: {told}\ngaps: {told}\n" in str(report)
    assert json.loads(report.to_json())["marks"] == {"contact": told}
    assert f"<td>{str(told).replace('<', '&lt;')}</td>" in report._repr_html_()
    assert f"gaps={told!r}" in repr(report)
    assert Report.of_diagnostics(Diagnostics(events={"gap": count})).gaps == told


def test_how_often_something_failed_is_not_told() -> None:
    """That would count hidden strokes; refused lines are told by their order of magnitude."""
    few, many = (
        Report.of_diagnostics(
            Diagnostics(
                counters={"detector_error.email": n, "unknown_field.pid": n, "condemned": n, "refused_lines": n}
            )
        )
        for n in (11, 99)
    )
    assert few == many
    assert few.quality == {"refused_lines": "<100", "detector_errors": ("email",), "unknown_fields": ("pid",)}


def test_what_was_not_examined_is_named() -> None:
    """Kept frames, names, what the policy lets through and times that could not be read."""
    about = parse_policy('[text]\nnames = "off"').about()
    exact = Diagnostics(events={"frame": 1}, counters={"wall_time_unreadable": 2})
    assert Report.of_diagnostics(exact, about).not_examined == (
        "names of people and places", "domains of addresses", "screen content", "times of day that could not be read",
    )  # fmt: skip
    assert "screen content: not examined" in str(Report.of_output([Frame(time_us=0, index=0)]))
    policy = parse_policy('text.names = "off"\n[payload]\nurl = "drop"')
    assert policy.about().not_examined == ("names of people and places",)


@pytest.mark.parametrize(("known", "unknown", "percent"), [(19, 0, None), (20, 0, 0), (13, 7, 35), (0, 20, 100)])
def test_share_of_strokes_of_unknown_kind(known: int, unknown: int, percent: int | None) -> None:
    """In whole percent, from 20 strokes on."""
    strokes = [KeyDown(time_us=0)]
    report = Report.of_output([*strokes * unknown, Focus(time_us=0, field="text"), *strokes * known])
    assert report.unknown_kind_percent == percent
    assert ("kind of field unknown" in str(report)) == (percent is not None)


def test_says_what_the_policy_leaves_open() -> None:
    """Gates that are not in use, and what it weakened; a live run says it too."""
    policy = parse_policy(
        'name = "loose"\nextends = "minimal"\nweaken = ["payload.title"]\n[payload]\ntitle = "scrub"\n'
        '[gates]\nconsent = "required"'
    )
    for report in (policy.about(), policy.start().report):
        assert report.gates_not_in_use == ("schedule",)
        assert report.weakened == ("payload.title",)
        assert (report.policy, report.policy_sha256) == ("loose", policy.sha256)
        assert report.versions.keys() == {"reticent", "presidio-analyzer", "python", *model_version()}


def test_text() -> None:
    """What it tells, a line each."""
    header = Header(time_us=0, version="9.9", policy="acme", policy_sha256="abc")
    made = Report.of_output([header, KeyDown(time_us=0), Gap(time_us=0), Redacted(time_us=0, category="contact")])
    report = msgspec.structs.replace(
        made, failed=True, refused_lines=7, detector_errors=("email", "iban"), never_opened=("consent",)
    )
    assert str(report).splitlines() == [
        "strokes kept: 1", "redacted, contact: <5", "gaps: <5", "refused lines: <10",
        "detectors that failed: email, iban", "gates that never opened: consent",
        "a failure closed the run: the output is incomplete", "policy: acme, sha256 abc", "versions: reticent 9.9",
    ]  # fmt: skip


def test_goes_through_json() -> None:
    """It travels with the data."""
    rows = reticent.filter(expand(SCRIPT).events)
    list(rows)
    assert msgspec.json.decode(rows.report.to_json(), type=Report) == rows.report


def test_html_is_escaped_and_whole() -> None:
    """A table that loads nothing, whatever a policy is called."""
    html = Report(policy="<script>alert(1)</script>")._repr_html_()
    assert html.startswith("<table>") and html.endswith("</table>")
    assert "<script" not in html and "src=" not in html and "href=" not in html
