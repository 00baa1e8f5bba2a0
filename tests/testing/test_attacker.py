"""Whatever can be read out of a stream is found, whichever way it was hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reticent.testing.attacker import find_leaks, find_missing, typed_text, views
from reticent.testing.dsl import expand
from reticent.testing.scenarios import Scenario, load_scenarios

SCENARIOS = load_scenarios(Path(__file__).parents[1] / "scenarios" / "scenarios.jsonl")
SECRET = "hunter2"


def events_of(script: str, **config: Any) -> list[dict[str, Any]]:
    """Events of a script in one window."""
    return expand(f'focus:"notes/n" {script}', config).events


def leaking_views(events: list[dict[str, Any]], secret: str = SECRET) -> set[str]:
    """First words of the names of the views that show the secret."""
    return {name.split()[0] for _, name in find_leaks(events, [secret])}


@pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.must_not_leak], ids=lambda scenario: scenario.id)
def test_unredacted_input_leaks(scenario: Scenario) -> None:
    """No scenario is vacuous."""
    events = expand(scenario.script, scenario.config).events
    assert find_leaks(events, scenario.must_not_leak)


def test_unredacted_inputs_leak_nearly_every_string() -> None:
    """All strings but the one that two channels hide half each (obfuscated auto-type)."""
    hidden = set()
    for scenario in SCENARIOS:
        events = expand(scenario.script, scenario.config).events
        found = {secret for secret, _ in find_leaks(events, scenario.must_not_leak)}
        hidden |= {(scenario.id, secret) for secret in scenario.must_not_leak if secret not in found}
    assert hidden == {("B29", "hunter2")}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_unredacted_input_keeps_everything(scenario: Scenario) -> None:
    """What must be kept is readable before redaction."""
    assert find_missing(expand(scenario.script, scenario.config).events, scenario.must_keep) == []


@pytest.mark.parametrize(
    ("script", "view"),
    [
        ('type:"hunter2"', "raw"),
        ('type:"HUNTER2"', "raw"),
        ('input:"hun\\u200bter2"', "raw"),
        ('input:"ｈｕｎｔｅｒ２"', "raw"),
        ('type:"hun" focus:"b/2" type:"x" focus:"notes/n" type:"ter2"', "target"),
        ('down:ControlLeft type:"hunter2" up:ControlLeft', "keys"),
        ('type:"2retnuh"', "reversed"),
        ('type:"h-u n_t.e r 2"', "glued"),
        ('type:"ter2" key:Home type:"hun"', "final"),
        ('type:"hunXter2" key:ArrowLeft*4 key:Backspace', "final"),
        ('type:"hnter2" click:3,3 type:"u" key:Enter', "join"),
        ('type:"hunter" key:Backspace*6 type:"2"', "ghosts"),
        ('type:"hunt3" key:Backspace type:"er2" key:Backspace*7 type:"fine"', "epoch"),
        ('type:"hunt" ime:"er2"->""', "preedit"),
        ('title:"about hunter2"', "payload"),
        ('url:"https://e.example/?q=hunte%722"', "payload"),
        ('url:"https://e.example/?q=hunte%25722"', "payload"),
        ('paste:"hunter2"', "payload"),
        ('fill:"hunter2"', "payload"),
        ('focus:"notes/hunter2"', "payload"),
        ('title:"hun" title:"ter2"', "payload"),
        ("".join(f'button:"{char}" ' for char in SECRET), "labels"),
    ],
)
def test_finds_a_secret_that_is_hidden(script: str, view: str) -> None:
    """By the view that is made for it, and maybe by others."""
    assert view in leaking_views(events_of(script))


def test_finds_a_secret_in_key_ups_alone() -> None:
    """A redactor that forgot them."""
    ups = [event for event in events_of('type:"hunter2"') if event["type"] != "keydown"]
    assert "ups" in leaking_views(ups)


@pytest.mark.parametrize("layout", ["us", "fr", "de"])
def test_finds_a_secret_in_codes_alone(layout: str) -> None:
    """With no key, codes are read under every layout."""
    secret = "zaq4wx!y"
    events = events_of(f'layout:{layout} type:"{secret}"', strip_key=True)
    assert f"raw keys:{layout}" in {name for _, name in find_leaks(events, [secret])}


def test_finds_a_secret_in_codes_behind_masked_keys() -> None:
    """A redactor that stars the key and forgets the code."""
    starred = [
        {**event, "key": "*"} if event.get("key", "").isalnum() else event for event in events_of('type:"hunter2"')
    ]
    assert {name for _, name in find_leaks(starred, [SECRET]) if name.startswith("raw")} == {"raw codes:us"}


def test_finds_numbers_but_not_ordinals() -> None:
    """Coordinates are read as whole values; element numbers are not secrets."""
    events: list[dict[str, Any]] = [
        {"type": "focus", "time_us": 0, "element": "541", "app": "notes"},
        {"type": "pointermove", "time_us": 101, "x": 181, "y": 5410},
    ]
    assert find_leaks(events, ["181", "541", "101"]) == [("181", "numbers")]


def test_vocabulary_is_not_content() -> None:
    """Types, categories and names of keys are in every stream."""
    events = [*events_of('key:Backspace type:"a"'), {"type": "redacted", "time_us": 0, "category": "credential"}]
    assert find_leaks(events, ["credential", "keydown", "Backspace", "KeyA"]) == []


def test_short_secrets_count_only_where_text_was_typed() -> None:
    """Two letters are in every title."""
    assert not find_leaks(events_of('title:"a quiet day"'), ["qu"])
    assert find_leaks(events_of('type:"a quiet day"'), ["qu"])


@pytest.mark.parametrize(
    "script", ['type:"the meeting moved to Thursday"', 'type:"helo" key:ArrowLeft type:"l" key:End type:" world"']
)
def test_clean_text_is_clean(script: str) -> None:
    """No string of any scenario is found in it by chance."""
    secrets = [secret for scenario in SCENARIOS for secret in scenario.must_not_leak]
    assert find_leaks(events_of(script), secrets) == []


def test_dead_keys_are_composed() -> None:
    """As an attacker would read them."""
    assert "composed" in leaking_views(events_of('type:"caf" dead:"´" type:"e noir"'), "café noir")


def test_typed_text_is_what_was_typed_in_order() -> None:
    """Keys, input methods and paste; not shortcuts, not the digits of an Alt code."""
    script = 'type:"a B\\n" ime:"ni"->"你" input:"ж" paste:"p" altcode:0233 key:Ctrl+Z'
    assert typed_text(events_of(script)) == "a B\n你жpé"


def test_kept_text_is_found_as_it_was_typed() -> None:
    """Case counts, and so does the layout of code-only streams."""
    assert find_missing(events_of('type:"Hello"'), ["Hello", "hello"]) == ["hello"]
    assert find_missing(events_of('layout:fr type:"carte"', strip_key=True), ["carte"]) == []


def test_nothing_is_read_out_of_nothing() -> None:
    """An empty output has no view."""
    assert views([]) == {}
    assert find_missing([], ["a"]) == ["a"]
