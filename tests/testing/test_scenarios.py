"""The check of a scenario says what a redactor gets wrong, and nothing about one that gets it right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reticent.errors import FormatError
from reticent.testing.scenarios import Records, Scenario, check, is_vacuous, load_scenarios

SCENARIOS = load_scenarios(Path(__file__).parents[1] / "scenarios" / "scenarios.jsonl")


def identity(records: Records, config: dict[str, Any], *, chunk: int | None, fault_at: int | None, end: str) -> Records:
    """Keeps everything, on a clock that starts at 0."""
    start = records[0]["time_us"] if records else 0
    return [{**record, "time_us": max(0, record["time_us"] - start)} for record in records]


def drop_all(records: Records, config: dict[str, Any], *, chunk: int | None, fault_at: int | None, end: str) -> Records:
    """Keeps nothing."""
    return []


def scenario(script: str = 'type:"say hunter2"', **fields: Any) -> Scenario:
    """A scenario about one secret."""
    return Scenario(**{"id": "X1", "title": "", "script": script, "must_not_leak": [], "must_keep": [], **fields})


@pytest.mark.parametrize("case", [s for s in SCENARIOS if s.must_not_leak], ids=lambda case: case.id)
def test_identity_leaks(case: Scenario) -> None:
    """In every scenario that names secrets; none is vacuous."""
    assert not is_vacuous(case)
    assert any("leak:" in line for line in check(case, identity))


@pytest.mark.parametrize("case", [s for s in SCENARIOS if s.must_keep], ids=lambda case: case.id)
def test_dropping_everything_keeps_nothing(case: Scenario) -> None:
    """Every string that must be kept is reported."""
    lines = check(case, drop_all)
    assert [line for line in lines if "must_keep" in line] == [
        f"{case.id}: must_keep: {t!r} is gone" for t in case.must_keep
    ]


def test_a_right_answer_has_no_problems() -> None:
    """Nothing to redact, nothing redacted."""
    case = scenario('type:"hello"', must_keep=["hello"], expect={"redacted": [0, 0], "monotonic": True})
    assert check(case, identity) == []


@pytest.mark.parametrize(
    ("expect", "problem"),
    [
        ({"redacted": [1, 1]}, "redacted: 0 markers"),
        ({"no_key_inside": ["Backspace"]}, "no_key_inside"),
        ({"no_mouse_inside": True}, "no_mouse_inside"),
        ({"no_type_inside": ["pointerup"]}, "no_type_inside"),
        ({"max_type": {"keydown": 2}}, "max_type"),
        ({"redactd": [1, 1]}, "not an expectation"),
    ],
)
def test_each_expectation_is_checked(expect: dict[str, Any], problem: str) -> None:
    """Against an output that does not meet it."""
    case = scenario('type:"hello" key:Backspace click:3,4', expect=expect)
    assert any(problem in line for line in check(case, identity))


def test_pointers_at_the_kept_place_may_stay() -> None:
    """x = 400 is outside by agreement."""
    assert check(scenario("move:400,400", expect={"no_mouse_inside": True}), identity) == []


def test_modifier_without_a_key_is_seen_by_its_code() -> None:
    """Code-only streams hide no Shift."""

    def codes_only(records: Records, config: dict[str, Any], **options: Any) -> Records:
        return [{k: v for k, v in record.items() if k != "key"} for record in identity(records, config, **options)]

    assert check(scenario('type:"A"', expect={"no_key_inside": ["Shift"]}), codes_only)


def test_variants_must_give_one_output() -> None:
    """Another length shows."""
    case = scenario('type:"ab"', variants=['type:"abc"'])
    assert check(case, identity) == ["X1: variant 1: output differs from event 4 on (4 events, 6 events)"]


def test_chunks_must_not_show() -> None:
    """A filter that drops the last record of each batch."""

    def lossy(records: Records, config: dict[str, Any], *, chunk: int | None, **options: Any) -> Records:
        kept = identity(records, config, chunk=chunk, **options)
        return kept if chunk is None else kept[:-1]

    lines = check(scenario('type:"ab"'), lossy)
    assert [line.split(":")[1] for line in lines] == [" chunk 1", " chunk 7"]


def test_release_before_flush_is_checked() -> None:
    """A filter that holds everything to the end."""

    def late(records: Records, config: dict[str, Any], *, end: str, **options: Any) -> Records:
        return identity(records, config, end=end, **options) if end == "flush" else []

    assert check(scenario('type:"ab"'), late) == []
    assert any(
        "released_before_flush" in line
        for line in check(scenario('type:"ab"', expect={"released_before_flush": True}), late)
    )


def test_the_run_is_told_what_the_script_says() -> None:
    """End, fault and configuration reach the filter; its output may begin with a header."""
    seen = []

    def recorder(
        records: Records, config: dict[str, Any], *, chunk: int | None, fault_at: int | None, end: str
    ) -> Records:
        seen.append((config, chunk, fault_at, end))
        return [{"type": "header", "time_us": 0, "version": "1", "policy": "p", "policy_sha256": "0"}]

    assert check(scenario("tick fault:email tick", config={"layouts": ["us"]}, expect={"end": "abort"}), recorder) == []
    assert seen == [({"layouts": ["us"]}, chunk, 1, "abort") for chunk in (None, 1, 7)]


def test_declared_limits_may_leak() -> None:
    """But only those strings."""
    case = scenario(must_not_leak=["hunter2", "unter"], expect={"declared_limit": ["hunter2"]})
    assert ["unter" in line for line in check(case, identity)] == [True]


@pytest.mark.parametrize(("clipboard", "expected"), [("scrub", 1), ("drop", 0)])
def test_clipboard_text_is_kept_when_scrubbed(clipboard: str, expected: int) -> None:
    """And not asked for when the policy drops it."""
    case = scenario('paste:"host"', config={"clipboard": clipboard}, expect={"keep_if_scrub": ["host"]})
    assert len(check(case, drop_all)) == expected
    assert check(case, identity) == []


def test_malformed_output_is_reported() -> None:
    """Key-ups alone are no stream."""

    def ups(records: Records, config: dict[str, Any], **options: Any) -> Records:
        return [record for record in identity(records, config, **options) if record["type"] == "keyup"]

    assert any("wellformed: event 0 (keyup)" in line for line in check(scenario('type:"ab"'), ups))


def test_a_secret_that_is_not_typed_is_vacuous() -> None:
    """A scenario has to contain what it forbids."""
    assert is_vacuous(scenario(must_not_leak=["other"]))
    assert not is_vacuous(scenario())


def test_a_line_that_is_no_scenario_is_named(tmp_path: Path) -> None:
    """By number, not by content."""
    path = tmp_path / "scenarios.jsonl"
    path.write_text('\n{"id": "hunter2"}\n', encoding="utf-8")
    with pytest.raises(FormatError, match="^line 2: not a scenario") as error:
        load_scenarios(path)
    assert "hunter2" not in str(error.value)
