"""Run native records through the pipeline that a scenario's ``config`` describes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from reticent.detect.vault import Vault
from reticent.detect.working_set import working_set
from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.text.span import Detector
from reticent.transform import Context, Span
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact, RedactStage

__all__ = ["DEFAULT_CONFIG", "filter_events", "scenario_pipeline"]

DEFAULT_CONFIG: dict[str, Any] = {
    "known_secrets": ["hunter2", "Tr0ub4dor&3", "correct horse battery staple"],
    "layouts": ["us", "fr", "de"],
    "deny_apps": ["keepassxc", "mstsc", "osk", "1password", "bitwarden"],
}
"""What a scenario's ``config`` is laid over."""


class _Switch:
    def __init__(self) -> None:
        self.broken = False


class _Breakable:
    """A detector that raises once its switch is set."""

    def __init__(self, detector: Detector, switch: _Switch) -> None:
        self.name = detector.name
        self._detector = detector
        self._switch = switch

    def find(self, text: str, /) -> list[Span]:
        if self._switch.broken:
            raise RuntimeError("a fault injected by the scenario")
        return self._detector.find(text)


class _BreakableRedact(Redact, frozen=True, kw_only=True):
    """``Redact`` with detectors that a test can break while the stream runs."""

    switch: Any = None

    def start(self, context: Context, /) -> RedactStage:
        detectors = tuple(_Breakable(detector, self.switch) for detector in working_set(self.regions))
        return RedactStage(self, context, detectors)


def scenario_pipeline(config: Mapping[str, Any], switch: object = None) -> Pipeline:
    """The pipeline that a scenario's ``config`` describes; keys that act on the script's expansion are ignored."""
    full = {**DEFAULT_CONFIG, **config}
    clipboard = full.get("clipboard", "operation")
    schedule = full.get("schedule")
    gates = Gates(
        deny_apps=tuple(full["deny_apps"]),
        schedule=None if schedule is None else Schedule(start=schedule[0], stop=schedule[1]),
    )
    options: dict[str, Any] = {
        "layouts": tuple(full["layouts"]),
        "platform": full.get("platform", "other"),
        "scrubbed": clipboard == "scrub",
    }
    redact = Redact(**options) if switch is None else _BreakableRedact(switch=switch, **options)
    return Pipeline((gates, redact, Payload(clipboard=clipboard)))


def filter_events(
    records: Iterable[Mapping[str, Any]],
    config: Mapping[str, Any] | None = None,
    *,
    chunk: int | None = None,
    fault_at: int | None = None,
    end: str = "flush",
    patience_us: int | None = None,
) -> list[dict[str, Any]]:
    """Native records through the pipeline that a scenario's ``config`` describes.

    Args:
        records: dicts in the native wire format.
        config: as in the scenario DSL, laid over ``DEFAULT_CONFIG``.
        chunk: how many records are fed at a time; all at once by default.
        fault_at: from the record of this index on, every detector raises.
        end: ``flush``, ``abort`` or ``none``.
        patience_us: as in ``Policy.start``; where records are fed one at a time.

    >>> [row["type"] for row in filter_events([{"type": "pointermove", "time_us": 5, "x": 1, "y": 2}])]
    ['pointermove']
    """
    full = {**DEFAULT_CONFIG, **(config or {})}
    vault = Vault(full["known_secrets"], full.get("profile_terms", ()))
    events = msgspec.convert(list(records), list[Event])
    switch = None if fault_at is None else _Switch()
    run = scenario_pipeline(full, switch).start(Context(vault, patience_us=patience_us))
    out: list[Event] = []
    for part in (events[:fault_at], events[fault_at:] if fault_at is not None else []):
        for batch in _batches(part, chunk):
            out += run.feed(batch)
        if switch is not None:
            switch.broken = True
    if end == "flush":
        out += run.flush()
    else:
        run.abort()
    return [msgspec.to_builtins(event) for event in out]


def _batches(events: Sequence[Event], chunk: int | None) -> Iterable[Sequence[Event]]:
    size = chunk or max(1, len(events))
    return (events[start : start + size] for start in range(0, len(events), size))
