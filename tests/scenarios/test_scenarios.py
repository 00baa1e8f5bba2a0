"""Every scenario and variant passes at chunk sizes 1, 7 and all, and leaks when nothing is done about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reticent.testing.dsl import expand
from reticent.testing.run import filter_events
from reticent.testing.scenarios import Records, Scenario, check, is_vacuous, load_scenarios

_FOLDER = Path(__file__).parent
SCENARIOS = load_scenarios(_FOLDER / "scenarios.jsonl") + load_scenarios(_FOLDER / "more.jsonl")
_by_id = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


@_by_id
def test_scenario_passes(scenario: Scenario) -> None:
    """No attacker view of the output shows what must not leak, what must stay stays, and expectations hold."""
    assert check(scenario, filter_events) == []


@_by_id
def test_scenario_is_not_vacuous(scenario: Scenario) -> None:
    """Under the identity transform the attacker finds at least one of the strings that must not leak."""
    assert not is_vacuous(scenario)


def _without_modifiers(records: Records, config: dict[str, Any], **options: Any) -> Records:
    return filter_events(
        [{name: record[name] for name in record if name != "modifiers"} for record in records], config, **options
    )


@_by_id
def test_scenario_passes_where_the_recorder_reports_no_modifiers(scenario: Scenario) -> None:
    """What is held is then told by the keys that went down and up."""
    assert check(scenario, _without_modifiers) == []


@_by_id
def test_what_is_put_off_leaves_all_the_same(scenario: Scenario) -> None:
    """A run without any patience does one piece of work for each event, and its output is the same in the end."""
    records = expand(scenario.script, scenario.config).events
    whole, hasty = (filter_events(records, scenario.config, chunk=1, patience_us=patience) for patience in (None, 0))
    assert hasty == whole


def test_all_scenarios_are_there() -> None:
    """The adversarial set has 122 scenarios; ours come on top."""
    assert len(load_scenarios(_FOLDER / "scenarios.jsonl")) == 122
    assert len({scenario.id for scenario in SCENARIOS}) == len(SCENARIOS)
