"""Run native records through the pipeline that a scenario's ``config`` describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from reticent.detect.vault import Vault
from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.transform import Context
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact

__all__ = ["DEFAULT_CONFIG", "filter_events", "scenario_pipeline"]

DEFAULT_CONFIG: dict[str, Any] = {
    "known_secrets": ["hunter2", "Tr0ub4dor&3", "correct horse battery staple"],
    "layouts": ["us", "fr", "de"],
    "deny_apps": ["keepassxc", "mstsc", "osk", "1password", "bitwarden"],
}
"""What a scenario's ``config`` is laid over."""


def scenario_pipeline(config: Mapping[str, Any]) -> Pipeline:
    """The pipeline that a scenario's ``config`` describes; keys that act on the script's expansion are ignored."""
    full = {**DEFAULT_CONFIG, **config}
    clipboard = full.get("clipboard", "operation")
    schedule = full.get("schedule")
    return Pipeline(
        (
            Gates(
                deny_apps=tuple(full["deny_apps"]),
                schedule=None if schedule is None else Schedule(start=schedule[0], stop=schedule[1]),
            ),
            Redact(
                layouts=tuple(full["layouts"]),
                platform=full.get("platform", "other"),
                scrubbed=clipboard == "scrub",
            ),
            Payload(clipboard=clipboard),
        )
    )


def filter_events(
    records: Iterable[Mapping[str, Any]],
    config: Mapping[str, Any] | None = None,
    *,
    chunk: int | None = None,
    end: str = "flush",
) -> list[dict[str, Any]]:
    """Native records through the pipeline that a scenario's ``config`` describes.

    Args:
        records: dicts in the native wire format.
        config: as in the scenario DSL, laid over ``DEFAULT_CONFIG``.
        chunk: how many records are fed at a time; all at once by default.
        end: ``flush``, ``abort`` or ``none``.

    >>> [row["type"] for row in filter_events([{"type": "pointermove", "time_us": 5, "x": 1, "y": 2}])]
    ['pointermove']
    """
    config = {**DEFAULT_CONFIG, **(config or {})}
    vault = Vault(config["known_secrets"], config.get("profile_terms", ()))
    events = msgspec.convert(list(records), list[Event])
    run = scenario_pipeline(config).start(Context(vault))
    size = chunk or max(1, len(events))
    out: list[Event] = []
    for start in range(0, len(events), size):
        out += run.feed(events[start : start + size])
    if end == "flush":
        out += run.flush()
    else:
        run.abort()
    return [msgspec.to_builtins(event) for event in out]
