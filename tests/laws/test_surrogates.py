"""With surrogates every law holds, and G4 but for the characters of the surrogate: of the value they tell nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import convert, to_builtins
from msgspec.structs import replace

from reticent.detect.vault import Vault
from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.laws import check_transform
from reticent.testing.run import DEFAULT_CONFIG, scenario_pipeline
from reticent.testing.scenarios import Scenario, load_scenarios
from reticent.testing.strategies import (
    EDIT_MODES,
    Typed,
    cards,
    chunkings,
    emails,
    enrolled,
    ibans,
    prose,
    stream_of,
    streams,
    tokens,
)
from reticent.testing.wellformed import problems
from reticent.text.surrogates import SurrogateMaker, Surrogates
from reticent.transform import Context
from reticent.transforms.redact import Redact

_relaxed = settings(suppress_health_check=list(HealthCheck), derandomize=True, max_examples=100)
_TOKENS = Surrogates(email="token", card="token", iban="token")
_PLAUSIBLE = Surrogates(email="plausible", card="plausible", iban="plausible")
_ALL = Surrogates(**dict.fromkeys(Surrogates.__struct_fields__, "token"))
_SCENARIOS = load_scenarios(Path(__file__).parents[1] / "scenarios" / "scenarios.jsonl")
_STAYS = sorted({*EDIT_MODES} - {"long_pause", "window_switch", "deleted", "overwritten", "retype_word"})
"""Ways of typing after which a value stands whole in a text whose caret is known: then it has a surrogate."""

Row = dict[str, Any]


def redacting(surrogates: Surrogates) -> Redact:
    """A description without a model of names."""
    return Redact(names="off", surrogates=surrogates)


def through(
    script: str, surrogates: Surrogates, known: str = "hunter2", source: Callable[[int], bytes] = bytes
) -> list[Row]:
    """What leaves of a script."""
    run = Pipeline((redacting(surrogates),)).start(Context(Vault([known]), random_bytes=source))
    out = run.feed(convert(expand(script).events, list[Event])) + run.flush()
    return [to_builtins(event) for event in out]


def typed_back(rows: list[Row]) -> str:
    """The surrogates, one after the other."""
    return "".join(row["key"] for row in rows if row["type"] == "keydown" and row.get("injected"))


def blind(rows: list[Row]) -> list[Row]:
    """The output without the characters of surrogates."""
    return [{**row, "key": "?"} if row.get("injected") else row for row in rows]


def categories(rows: list[Row]) -> list[str]:
    """Of the marks."""
    return [row["category"] for row in rows if row["type"] == "redacted"]


@_relaxed
@given(
    pair=st.one_of(*(st.tuples(kind, kind) for kind in (emails(), cards(), ibans()))),
    modes=st.tuples(st.sampled_from(_STAYS), st.sampled_from(_STAYS)),
    surrogates=st.sampled_from((_TOKENS, _PLAUSIBLE)),
    around=st.tuples(prose(), prose()),
    seed=st.integers(0, 2**32 - 1),
)
def test_swap(
    pair: tuple[str, str], modes: tuple[str, str], surrogates: Surrogates, around: tuple[str, str], seed: int
) -> None:
    """Two values of one kind, of any length and typed by any path, give as many events at the same times."""
    rng = random.Random(seed)
    before, after = around
    # Fast enough that what is hidden takes the shortest step of the ladder.
    scripts = [
        "rate:60ms " + stream_of(before, value, mode, after, rng) for value, mode in zip(pair, modes, strict=True)
    ]
    plain = [through(script, Surrogates()) for script in scripts]
    # Some account numbers look like tokens of a program too: then they are credentials.
    assume(plain[0] == plain[1] and "credential" not in categories(plain[0]))
    outputs = [through(script, surrogates) for script in scripts]
    assert blind(outputs[0]) == blind(outputs[1])
    assert all(map(typed_back, outputs))


def test_the_swap_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted twin: a surrogate as long as the value tells its length."""
    monkeypatch.setattr(SurrogateMaker, "of", lambda self, kind, value: "x" * len(value))
    outputs = [through(f'focus:"n/n" type:"to {name}@example.org ok" key:Enter', _TOKENS) for name in ("kurt", "maria")]
    assert blind(outputs[0]) != blind(outputs[1])


@_relaxed
@given(typed=streams(st.one_of(emails(), cards(), ibans())), surrogates=st.sampled_from((_TOKENS, _PLAUSIBLE)))
def test_the_value_does_not_leave(typed: Typed, surrogates: Surrogates) -> None:
    """Whatever way it was typed; what is around it stays, and the output is well formed."""
    rows = through(typed.script, surrogates)
    assume(typed.mode != "long_pause")
    assert find_leaks(rows, [typed.secret]) == []
    assert find_missing(rows, [typed.before.split()[0], typed.after.split()[-1]]) == []
    assert problems(rows) == []


@_relaxed
@given(typed=streams(st.one_of(enrolled(), tokens())))
def test_credentials_have_none(typed: Typed) -> None:
    """The output is that of a policy without surrogates."""
    assert through(typed.script, _TOKENS, typed.secret) == through(typed.script, Surrogates(), typed.secret)


@_relaxed
@given(typed=streams(st.one_of(emails(), cards())), data=st.data())
def test_chunk_invariance_and_append_only(typed: Typed, data: st.DataObject) -> None:
    """Any cutting into batches gives the same, and what leaves of a beginning is the beginning of what leaves."""
    events = convert(expand(typed.script).events, list[Event])
    run = Pipeline((redacting(_TOKENS),)).start(Context(Vault(["hunter2"]), random_bytes=bytes))
    whole = through(typed.script, _TOKENS)
    out: list[Event] = []
    for size in data.draw(chunkings(len(events))):
        batch, events = events[:size], events[size:]
        out += run.feed(batch)
        assert [to_builtins(event) for event in out] == whole[: len(out)]
    assert [to_builtins(event) for event in out + run.flush()] == whole


@pytest.mark.parametrize("scenario", _SCENARIOS, ids=lambda scenario: scenario.id)
def test_scenario(scenario: Scenario) -> None:
    """The adversarial set: no surrogate shows what must not leak, and all else leaves as without surrogates."""
    expansion = expand(scenario.script, scenario.config)
    config = {**DEFAULT_CONFIG, **scenario.config}
    gates, redact, payload = scenario_pipeline(scenario.config).steps
    outputs = []
    for surrogates in (Surrogates(), _ALL):
        pipeline = Pipeline((gates, replace(redact, surrogates=surrogates), payload))
        vault = Vault(config["known_secrets"], config.get("profile_terms", ()))
        run = pipeline.start(Context(vault, random_bytes=bytes))
        out = run.feed(convert(expansion.events, list[Event])) + run.flush()
        outputs.append([to_builtins(event) for event in out])
    plain, rows = outputs
    injected = [row for row in plain if row.get("injected")]
    assert problems(rows) == []
    assert find_leaks(rows, scenario.must_not_leak) == find_leaks(plain, scenario.must_not_leak)
    if not injected:
        # Keyboards are numbered as they come, and that of surrogates is one of them.
        kept = [{**row, "device": None} for row in rows if not row.get("injected")]
        assert kept == [{**row, "device": None} for row in plain]


@_relaxed
@given(typed=streams(st.one_of(emails(), cards(), ibans())))
def test_only_the_surrogates_are_added(typed: Typed) -> None:
    """Without them the output is that of a policy without surrogates: not even a time differs."""
    rows = through(typed.script, _TOKENS)
    assert [row for row in rows if not row.get("injected")] == through(typed.script, Surrogates())


def test_every_law() -> None:
    """Of every transform, with a source of chance that repeats itself."""
    script = (
        'focus:"notes/n" move:5,5 type:"to maria.weber@example.org ok" key:Enter pause:3s focus:"chat/c" '
        'type:"and 4111 1111 1111 1111, hunter2" key:Enter click:3,3 type:"Dear Ada Weber, hi" pause:20s type:"there"'
    )
    surrogates = Surrogates(email="plausible", card="token", name="replace")
    events = convert(expand(script).events, list[Event])
    check_transform(redacting(surrogates), events, context=lambda: Context(Vault(["hunter2"]), random_bytes=bytes))


def test_consistent_within_a_stream_and_not_beyond() -> None:
    """The same address has the same token however it is written; a stream with another key has another."""
    script = 'focus:"n/n" type:"to Ada@Example.org ok" key:Enter type:"cc ada@example.org ok" key:Enter'
    first, other = (typed_back(through(script, _TOKENS, source=bytes)) for _ in range(2))
    renewed = typed_back(through(script, _TOKENS, source=random.Random(1).randbytes))
    half = len(first) // 2
    assert first == other
    assert first[:half] == first[half:]
    assert renewed[:half] == renewed[half:]
    assert renewed != first


def test_filtering_again_keeps_tokens() -> None:
    """They look like nothing that a detector knows; the bursts of password managers are faster."""
    script = 'focus:"n/n" type:"to ada.weber@example.org ok" key:Enter type:"card 4111111111111111 ok" key:Enter'
    once = through(script, _TOKENS)
    run = Pipeline((redacting(Surrogates()),)).start(Context())
    twice = [to_builtins(event) for event in run.feed(convert(once, list[Event])) + run.flush()]
    assert typed_back(twice) == typed_back(once) != ""
    assert categories(twice) == categories(once)
