"""A script expands to exactly the events that the recorded expansion holds, on every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reticent.errors import FormatError
from reticent.events import Event
from reticent.testing.dsl import expand
from reticent.testing.scenarios import Scenario, load_scenarios

FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = {scenario.id: scenario for scenario in load_scenarios(FOLDER / "scenarios.jsonl")}
ROWS = [json.loads(line) for line in (FOLDER / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def script_of(scenario: Scenario, variant: int) -> str:
    """Script (variant 0) or variant of a scenario."""
    return [scenario.script, *scenario.variants][variant]


def kinds(script: str) -> list[str]:
    """Types of the events of a script."""
    return [event["type"] for event in expand(script).events]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']}-{row['variant']}")
def test_reproduces_the_recorded_events(row: dict[str, Any]) -> None:
    """Same events, same fields, same order of fields."""
    scenario = SCENARIOS[row["id"]]
    events = expand(script_of(scenario, row["variant"]), scenario.config).events
    assert json.dumps(events) == json.dumps(row["events"])


def test_every_script_and_variant_is_recorded() -> None:
    """The recorded expansion leaves none out."""
    expected = {(scenario.id, n) for scenario in SCENARIOS.values() for n in range(1 + len(scenario.variants))}
    assert {(row["id"], row["variant"]) for row in ROWS} == expected


@pytest.mark.parametrize(
    ("script", "types"),
    [
        ('dead:"´"', ["keydown", "keyup"]),
        ("altcode:0233", ["keydown", *["keydown", "keyup"] * 4, "keyup", "input"]),
        ('replace:"teh"->"the"', ["input"]),
        ("dblclick:4,5", ["pointerdown", "pointerup"] * 2),
        ("lock:on rate:90ms", ["state"]),
        ('copy:"x"', ["keydown", "keydown", "keyup", "keyup", "clipboard"]),
        ("pause:3s", []),
        ("tick*3", ["tick"] * 3),
        ("tick eof tick", ["tick"]),
    ],
)
def test_verbs_that_no_recorded_script_uses(script: str, types: list[str]) -> None:
    """They give the events of the language's description, in native form."""
    assert kinds(script) == types
    msgspec.convert(expand(script).events, list[Event])


def test_alt_code_gives_the_character_of_the_code_page() -> None:
    """0233 is é in Windows-1252."""
    assert expand("altcode:0233").events[-1]["data"] == "é"


def test_fault_marks_the_next_event() -> None:
    """The place is an index of events, not of statements."""
    expansion = expand('tick type:"a" fault:email tick')
    assert (expansion.fault_at, expansion.faults) == (3, ("email",))
    assert expand("tick").fault_at is None


def test_strip_key_leaves_codes_only_on_printable_keys() -> None:
    """Named keys keep their name."""
    events = expand('type:"A\\n"', {"strip_key": True}).events
    assert [event.get("key") for event in events] == ["Shift", None, None, "Shift", "Enter", "Enter"]


def test_control_characters_replace_ctrl_letters() -> None:
    """Ctrl+U is \\x15, plain u is u."""
    events = expand('key:Ctrl+U type:"u"', {"ctrl_chars": True}).events
    assert [event["key"] for event in events if event["type"] == "keydown"] == ["Control", "\x15", "u"]


@pytest.mark.parametrize(
    ("script", "where"),
    [
        ('tick jump:"hunter2"', "statement 2 (jump)"),
        ('tick type:"hunter2', "statement 2 (type)"),
        ('type:"a" hunter2"', "statement 2 (no verb)"),
        ("pause:hunter2", "statement 1 (pause)"),
        ("click:hunter2", "statement 1 (click)"),
        ('type:"a"->"hunter2"', "statement 1 (type)"),
        ("layout:hunter2", "statement 1 (layout)"),
        (r'type:"\x hunter2"', "statement 1 (type)"),
        ("opt:hunter2", "statement 1 (opt)"),
        ("altcode:999999999999", "statement 1 (altcode)"),
    ],
)
def test_malformed_script_names_the_statement_and_not_its_content(script: str, where: str) -> None:
    """The error says where, and quotes nothing."""
    with pytest.raises(FormatError) as error:
        expand(script)
    assert str(error.value).startswith(where)
    assert "hunter2" not in str(error.value)
