"""Each redaction is listed with the input times of what it hides and the rules that asked for it, and nothing typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import reticent
from reticent.cli import main
from reticent.events import Event
from reticent.policy_file import load_policy
from reticent.testing.dsl import expand
from reticent.testing.scenarios import load_scenarios
from reticent.transform import Explain

SCRIPT = (
    'focus:"mail/a" field:text type:"write to maria.lopez@example.org\\n" focus:"bank/b" field:password'
    ' type:"Blue-Kettle-42\\n" focus:"term/c" field:terminal type:"sudo ls\\n" type:"Sh-Pebble-77\\n"'
    ' focus:"notes/d" field:text type:"the card is 4111 1111 1111 1111 ok\\n" pause:20s type:"bye now\\n"'
)


SCENARIOS = load_scenarios(Path(__file__).parents[1] / "scenarios" / "scenarios.jsonl")[::4]


def explained(events: list[dict[str, Any]], *args: str) -> list[list[str]]:
    """The rows of the table, without its head."""
    data = "".join(json.dumps(event) + "\n" for event in events)
    result = CliRunner().invoke(main, ["explain", *args], input=data)
    assert result.exit_code == 0, result.stderr
    head, names, *rows = result.stdout.splitlines()
    assert (head, names) == ("# keep on this device", "# stream\tfrom_us\tto_us\tcategory\trule")
    return [row.split("\t") for row in rows]


def test_each_redaction_is_listed() -> None:
    """In the order of the output, with its category; and why."""
    events = expand(SCRIPT).events
    rows = explained(events)
    assert [row[3:] for row in rows] == [
        ["contact", "email"], ["credential", "field"], ["credential", "prompt"], ["financial", "card"],
    ]  # fmt: skip
    marks = [row["category"] for row in reticent.filter(events) if row["type"] == "redacted"]
    assert [row[3] for row in rows] == marks


def test_times_are_those_of_the_input() -> None:
    """From the first press that is hidden to the last."""
    events = expand('focus:"mail/a" field:text type:"to maria.lopez@example.org now\\n"').events
    [row] = explained(events)
    downs = [(event["key"], event["time_us"]) for event in events if event["type"] == "keydown"]
    first, last = downs[3], next(down for down in downs if down[0] == "g")
    assert (first[0], row[:3]) == ("m", ["", str(first[1]), str(last[1])])


def test_streams_are_numbered_as_in_the_output() -> None:
    """By the field that tells them apart."""
    one, two = (
        [{**event, "user": user} for event in expand(f'focus:"mail/a" field:password type:"{user}x\\n"').events]
        for user in ("maria", "omar")
    )
    assert [(row[0], row[4]) for row in explained(one + two, "--by", "user")] == [("1", "field"), ("2", "field")]


def test_nothing_typed_is_shown() -> None:
    """Not a word of it, kept or not."""
    said = str(explained(expand(SCRIPT).events)).lower()
    for text in ("maria", "kettle", "pebble", "4111", "bye", "bank", "sudo"):
        assert text not in said


def test_what_cannot_run() -> None:
    """Code 2 and one line."""
    for args in (["nowhere.jsonl"], ["--policy", "nowhere"], ["--from", "punchcards"]):
        result = CliRunner().invoke(main, ["explain", *args], input="")
        assert result.exit_code == 2
        assert result.stderr.startswith("reticent: ")


@pytest.mark.parametrize(("batch", "every"), [(1, 10), (1000, 2)])
def test_to_be_asked_changes_nothing(batch: int, every: int) -> None:
    """Of every fourth scenario the output is the same with somebody listening; he hears of every mark."""
    policy = load_policy("minimal")
    for scenario in SCENARIOS[::every]:
        events = _events(expand(scenario.script).events)
        heard: list[tuple[int, int, str, str]] = []
        outputs = []
        for explain in (None, _appending(heard)):
            run = policy.start(enrolled=["hunter2"], explain=explain)
            out: list[Event] = []
            for at in range(0, len(events), batch):
                out += run.feed(events[at : at + batch])
            outputs.append(reticent.encode(out + run.flush()))
        assert outputs[0] == outputs[1]
        rows = [json.loads(line) for line in outputs[1].splitlines()]
        assert [row[2] for row in heard] == [row["category"] for row in rows if row["type"] == "redacted"]
        assert all(start <= stop and rule for start, stop, _, rule in heard)


def _appending(heard: list[tuple[int, int, str, str]]) -> Explain:
    return lambda *row: heard.append(row)


def _events(records: list[dict[str, Any]]) -> list[Event]:
    import msgspec

    return msgspec.convert(records, list[Event])
