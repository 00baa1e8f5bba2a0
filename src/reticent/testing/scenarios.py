"""Scenarios: scripts with what must not leak and what must stay, and the check of a redactor against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from reticent.errors import FormatError
from reticent.keys.table import NAMED_KEY
from reticent.testing.attacker import find_leaks, find_missing, views
from reticent.testing.dsl import Expansion, expand
from reticent.testing.wellformed import problems

__all__ = ["Records", "Run", "Scenario", "check", "is_vacuous", "load_scenarios"]

Records = list[dict[str, Any]]

_CHUNKS = (1, 7)
_KEPT_POINTER_X = 400
_EXPECTATIONS = frozenset({
    "declared_limit", "end", "keep_if_scrub", "max_type", "monotonic", "no_key_inside", "no_mouse_inside",
    "no_type_inside", "redacted", "released_before_flush", "wellformed",
})  # fmt: skip
"""``monotonic`` and ``wellformed`` are asked of every output, expected or not."""


class Run(Protocol):
    """The redactor under test: native records in, native records out.

    ``config`` is the scenario's own, over the default that scenarios are written for. ``chunk`` is how many records
    to push at a time (``None``: all at once); from record ``fault_at`` on a detector raises; ``end`` is what to do
    after the last record: ``flush``, ``abort`` or ``none``.
    """

    def __call__(
        self, records: Records, config: dict[str, Any], *, chunk: int | None, fault_at: int | None, end: str
    ) -> Records:
        """The output for these records."""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scenario; ``script`` and ``variants`` are in the language of ``reticent.testing.dsl``.

    >>> Scenario(id="X1", title="", script='type:"hi"', must_not_leak=[], must_keep=["hi"]).note
    ''
    """

    id: str
    title: str
    script: str
    must_not_leak: list[str]
    must_keep: list[str]
    note: str = ""
    tags: list[str] = []
    config: dict[str, Any] = {}
    variants: list[str] = []
    expect: dict[str, Any] = {}


def load_scenarios(path: str | Path) -> list[Scenario]:
    """Read scenarios from a file of JSON lines.

    Raises:
        FormatError: a line is not a scenario; names the line.
        OSError: the file cannot be read.
    """
    scenarios = []
    for number, line in enumerate(Path(path).read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            scenarios.append(msgspec.json.decode(line, type=Scenario))
        except msgspec.DecodeError:
            raise FormatError(f"line {number}: not a scenario; compare its fields with Scenario") from None
    return scenarios


def is_vacuous(scenario: Scenario) -> bool:
    """Whether the scenario proves nothing: it names secrets, and none can be read out of its own input.

    >>> is_vacuous(Scenario(id="X1", title="", script='type:"hi"', must_not_leak=["secret"], must_keep=[]))
    True
    """
    if not scenario.must_not_leak:
        return False
    return not find_leaks(expand(scenario.script, scenario.config).events, scenario.must_not_leak)


def check(scenario: Scenario, run: Run) -> list[str]:
    """What ``run`` gets wrong in ``scenario``, one line each; empty when it passes.

    Lines quote strings of the scenario, which are invented.
    """
    end = str(scenario.expect.get("end", "flush"))
    expansions = [expand(script, scenario.config) for script in (scenario.script, *scenario.variants)]
    outputs = [_output(run, scenario, expansion, None, end) for expansion in expansions]
    found = [*_content_problems(scenario, outputs[0]), *_expectation_problems(scenario, outputs[0])]
    found += [f"variant {n}: {text}" for n, output in enumerate(outputs[1:], 1) for text in _leaks(scenario, output)]
    found += _difference_problems(scenario, run, expansions[0], outputs)
    return [f"{scenario.id}: {text}" for text in found]


def _output(run: Run, scenario: Scenario, expansion: Expansion, chunk: int | None, end: str) -> Records:
    records = [dict(record) for record in expansion.events]
    output = run(records, dict(scenario.config), chunk=chunk, fault_at=expansion.fault_at, end=end)
    return output[1:] if output and output[0]["type"] == "header" else output


def _difference_problems(
    scenario: Scenario, run: Run, expansion: Expansion, outputs: Sequence[Records]
) -> Iterator[str]:
    """Outputs that must be the same, byte for byte: variants, chunk sizes, and before and after flush."""
    end, whole = str(scenario.expect.get("end", "flush")), outputs[0]
    for number, output in enumerate(outputs[1:], 1):
        yield from _first_difference(f"variant {number}", whole, output)
    for chunk in _CHUNKS:
        yield from _first_difference(f"chunk {chunk}", whole, _output(run, scenario, expansion, chunk, end))
    if scenario.expect.get("released_before_flush"):
        early, flushed = (_output(run, scenario, expansion, None, end) for end in ("none", "flush"))
        yield from _first_difference("released_before_flush", flushed, early)


def _first_difference(name: str, expected: Records, got: Records) -> Iterator[str]:
    pairs = zip(map(msgspec.json.encode, expected), map(msgspec.json.encode, got), strict=False)
    index = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(expected), len(got)))
    if index < max(len(expected), len(got)):
        yield f"{name}: output differs from event {index} on ({len(expected)} events, {len(got)} events)"


def _leaks(scenario: Scenario, output: Records) -> Iterator[str]:
    allowed = set(scenario.expect.get("declared_limit", ()))
    places: dict[str, list[str]] = {}
    for secret, view in find_leaks(output, [secret for secret in scenario.must_not_leak if secret not in allowed]):
        places.setdefault(secret, []).append(view)
    for secret, names in places.items():
        more = f" and {len(names) - 1} more views" if len(names) > 1 else ""
        yield f"leak: {secret!r} in {names[0]}{more}"


def _content_problems(scenario: Scenario, output: Records) -> Iterator[str]:
    yield from _leaks(scenario, output)
    for text in find_missing(output, scenario.must_keep):
        yield f"must_keep: {text!r} is gone"
    for problem in problems(output):
        yield f"wellformed: {problem}"


def _expectation_problems(scenario: Scenario, output: Records) -> Iterator[str]:
    expect, types = scenario.expect, Counter(record["type"] for record in output)
    for name in sorted(expect.keys() - _EXPECTATIONS):
        yield f"expect: {name} is not an expectation"
    low, high = expect.get("redacted", (0, len(output)))
    if not low <= (count := types["redacted"] + types["gap"]) <= high:
        yield f"redacted: {count} markers, not {low} to {high}"
    for key in expect.get("no_key_inside", ()):
        if any(key in (record.get("key"), NAMED_KEY.get(record.get("code", ""))) for record in output):
            yield f"no_key_inside: {key} is there"
    if expect.get("no_mouse_inside") and any(
        record["type"].startswith("pointer") and record.get("x") != _KEPT_POINTER_X for record in output
    ):
        yield "no_mouse_inside: a pointer event is there"
    for type_ in expect.get("no_type_inside", ()):
        if types[type_]:
            yield f"no_type_inside: {type_} is there"
    for type_, most in expect.get("max_type", {}).items():
        if types[type_] > most:
            yield f"max_type: {types[type_]} of {type_}, not at most {most}"
    if scenario.config.get("clipboard") == "scrub":
        texts = views(output).values()
        for text in expect.get("keep_if_scrub", ()):
            if not any(text in seen for seen in texts):
                yield f"keep_if_scrub: {text!r} is gone"
