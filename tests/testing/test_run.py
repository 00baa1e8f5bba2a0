"""A scenario's ``config`` says through which pipeline its events go."""

from __future__ import annotations

from typing import Any

import pytest

from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.run import DEFAULT_CONFIG, filter_events, scenario_pipeline
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact


def test_the_default() -> None:
    """Denied applications, layouts and known secrets; nothing is scrubbed."""
    gates, redact, payload = scenario_pipeline({}).steps
    assert gates == Gates(deny_apps=tuple(DEFAULT_CONFIG["deny_apps"]))
    assert redact == Redact(layouts=("us", "fr", "de"))
    assert payload == Payload()


def test_config_is_laid_over_the_default() -> None:
    """Each key where it acts; what acts on the script is ignored."""
    config = {
        "schedule": ["09:00", "18:00"],
        "layouts": ["us"],
        "platform": "mac",
        "clipboard": "scrub",
        "strip_key": True,
    }
    gates, redact, payload = scenario_pipeline(config).steps
    assert gates == Gates(deny_apps=tuple(DEFAULT_CONFIG["deny_apps"]), schedule=Schedule(start="09:00", stop="18:00"))
    assert redact == Redact(layouts=("us",), platform="mac", scrubbed=True)
    assert payload == Payload(clipboard="scrub")


def test_known_secrets_of_the_config() -> None:
    """Replace those of the default."""
    events = expand('type:"say zebra9x and hunter2" key:Enter').events
    assert find_leaks(filter_events(events), ["hunter2"]) == []
    assert find_leaks(filter_events(events, {"known_secrets": ["zebra9x"]}), ["zebra9x"]) == []
    assert find_missing(filter_events(events, {"known_secrets": ["zebra9x"]}), ["hunter2"]) == []


@pytest.mark.parametrize("chunk", [1, 3, None])
@pytest.mark.parametrize(
    ("end", "text"), [("flush", ["one line", "left"]), ("abort", ["one line"]), ("none", ["one line"])]
)
def test_ends(end: str, text: list[str], chunk: Any) -> None:
    """Only a flush decides what is held, whatever the chunks."""
    out = filter_events(expand('type:"one line" key:Enter type:"left"').events, chunk=chunk, end=end)
    assert find_missing(out, text) == []
    assert bool(find_missing(out, ["left"])) == (end != "flush")


def test_no_records() -> None:
    """Give none."""
    assert filter_events([]) == []
