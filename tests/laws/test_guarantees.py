"""The guarantees G1 to G8 hold on any stream of the strategies."""

from __future__ import annotations

import functools
import itertools
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec import convert, to_builtins

from reticent.api import filter as filter_records
from reticent.detect.vault import Vault
from reticent.detect.working_set import working_set
from reticent.events import Event
from reticent.policy import Policy
from reticent.policy_file import load_policy
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.run import filter_events, scenario_pipeline
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
)  # fmt: skip
from reticent.testing.wellformed import problems
from reticent.transform import Context

_relaxed = settings(suppress_health_check=list(HealthCheck), derandomize=True)
_secrets = st.one_of(enrolled(), emails(), cards(), ibans(), tokens())
_CHANGES_WHAT_IS_KEPT = frozenset(("long_pause", "window_switch"))
"""Ways of typing that leave other kept events or cross a declared limit, so no two of them are the same stream."""
_SWAP_MODES = sorted(set(EDIT_MODES) - _CHANGES_WHAT_IS_KEPT)
_LADDER_US = 15_000_000


@functools.cache
def _minimal() -> Policy:
    return load_policy("minimal")


def _config(typed: Typed) -> dict[str, Any]:
    return {"known_secrets": [typed.secret]}


@_relaxed
@given(typed=streams(_secrets), cut=st.floats(0, 1))
def test_g1_append_only(typed: Typed, cut: float) -> None:
    """The output after any prefix is a prefix of the output after any extension."""
    records = expand(typed.script).events
    before = filter_events(records[: int(cut * len(records))], _config(typed), end="none")
    assert filter_events(records, _config(typed))[: len(before)] == before


@_relaxed
@given(typed=streams(_secrets), data=st.data())
def test_g2_chunk_invariance(typed: Typed, data: st.DataObject) -> None:
    """Any cutting into batches gives the same output."""
    records = expand(typed.script).events
    run = scenario_pipeline(_config(typed)).start(Context(Vault([typed.secret])))
    events = convert(records, list[Event])
    out: list[Event] = []
    for size in data.draw(chunkings(len(events))):
        batch, events = events[:size], events[size:]
        out += run.feed(batch)
    out += run.flush()
    assert [to_builtins(event) for event in out] == filter_events(records, _config(typed))


@_relaxed
@given(typed=streams(_secrets, st.just("plain")), data=st.data())
def test_g3_nothing_leaves_before_it_is_decided(typed: Typed, data: st.DataObject) -> None:
    """At no point of typing a secret does the output hold more than what no continuation could redact."""
    records = expand(typed.script).events
    stop = data.draw(st.integers(0, len(records)))
    early = filter_events(records[:stop], _config(typed), end="none")
    final = filter_events(records, _config(typed))
    assert early == final[: len(early)]
    assert find_leaks(early, [typed.secret[: len(typed.secret) // 2 + 1]]) == []


def _hidden_us(script: str, before: str, after: str) -> int:
    """How long the secret took, from the last event before it to the first behind it."""
    rows = [row for row in expand(script).events if row["type"] != "focus"]
    head = 2 * len(before) + 2
    tail = 2 * len(after) + 4
    return int(rows[-tail]["time_us"] - rows[head - 1]["time_us"])


@settings(_relaxed, max_examples=1000)
@given(
    pair=st.one_of(*(st.tuples(kind, kind) for kind in (enrolled(), emails(), cards(), ibans(), tokens()))),
    modes=st.tuples(st.sampled_from(_SWAP_MODES), st.sampled_from(_SWAP_MODES)),
    before=prose(),
    after=prose(),
    seed=st.integers(0, 2**32 - 1),
)
def test_g4_swap(pair: tuple[str, str], modes: tuple[str, str], before: str, after: str, seed: int) -> None:
    """Two secrets of different length, typed by different edit paths, give byte-identical output."""
    rng = random.Random(seed)
    plain = [mode for mode in modes if mode not in ("deleted", "overwritten")]
    assume(len(plain) == 2)
    outputs = []
    for secret, mode in zip(pair, modes, strict=True):
        script = stream_of(before, secret, mode, after, rng)
        assume(_hidden_us(script, before, after) <= _LADDER_US)
        outputs.append(filter_events(expand(script).events, {"known_secrets": [secret]}))
    assert outputs[0] == outputs[1]


@settings(_relaxed, max_examples=200)
@given(
    pair=st.one_of(*(st.tuples(kind, kind) for kind in (enrolled(), emails(), cards(), ibans(), tokens()))),
    modes=st.tuples(*[st.sampled_from([mode for mode in _SWAP_MODES if mode not in ("deleted", "overwritten")])] * 2),
    before=prose(),
    after=prose(),
    seed=st.integers(0, 2**32 - 1),
)
def test_g4_swap_of_reports(pair: tuple[str, str], modes: tuple[str, str], before: str, after: str, seed: int) -> None:
    """The report of such a pair is byte-identical too, though a field of every key event is not known."""
    rng = random.Random(seed)
    policy = _minimal()
    reports = []
    for secret, mode in zip(pair, modes, strict=True):
        script = stream_of(before, secret, mode, after, rng)
        assume(_hidden_us(script, before, after) <= _LADDER_US)
        rows = filter_records([{**row, "pid": 4711} for row in expand(script).events], policy, enrolled=[secret])
        list(rows)
        reports.append(rows.report.to_json())
    assert reports[0] == reports[1]


@_relaxed
@given(typed=streams(_secrets))
def test_g5_no_residue(typed: Typed) -> None:
    """Filtering an output again finds nothing more in it."""
    assume(typed.mode != "long_pause")
    once = filter_events(expand(typed.script).events, _config(typed))
    twice = filter_events(once, _config(typed))
    marks = [sum(row["type"] == "redacted" for row in rows) for rows in (once, twice)]
    assert marks[0] == marks[1]
    assert find_leaks(once, [typed.secret]) == []


@_relaxed
@given(typed=streams(_secrets))
def test_g6_well_formed(typed: Typed) -> None:
    """Strokes are paired, compositions balanced, times start at 0 and never go back."""
    assert problems(filter_events(expand(typed.script).events, _config(typed))) == []


@_relaxed
@given(typed=streams(_secrets), place=st.floats(0, 1))
def test_g7_fails_closed(typed: Typed, place: float) -> None:
    """From the event on at which every detector breaks, no typed text leaves that was not decided before."""
    records = expand(typed.script).events
    fault_at = int(place * (len(records) - 1))
    sound = filter_events(records[:fault_at], _config(typed), end="none")
    broken = filter_events(records, _config(typed), fault_at=fault_at)
    assert broken[: len(sound)] == sound
    assert not [row for row in broken[len(sound) :] if row["type"] == "keydown" and len(row.get("key", "")) == 1]


@_relaxed
@given(lines=st.lists(prose(), min_size=1, max_size=6))
def test_g8_clean_input_is_unchanged(lines: list[str]) -> None:
    """Without anything to hide the input comes back, but for its clock origin and pseudonyms."""
    script = 'focus:"notes/n" move:5,5 ' + " ".join(f'type:"{line}" key:Enter' for line in lines)
    records = expand(script).events
    origin = records[0]["time_us"]
    wanted = [{**row, "time_us": row["time_us"] - origin} for row in records]
    for row in wanted:
        row.pop("device", None)
        row.pop("window", None)
    wanted[0]["element"] = "1"
    assert filter_events(records) == wanted


@pytest.mark.parametrize("name", [detector.name for detector in working_set()])
def test_g7_each_detector_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One detector that raises is enough for its segment to be redacted; the next line is examined again."""
    broken = next(detector for detector in working_set() if detector.name == name)
    calls = itertools.count()
    sound = type(broken).find

    def find(self: Any, text: str) -> Any:
        if next(calls) == 0:
            raise RuntimeError("planted")
        return sound(self, text)

    monkeypatch.setattr(type(broken), "find", find)
    monkeypatch.setattr(type(broken), "may_find", lambda self, text: True)
    out = filter_events(expand('focus:"n/n" type:"first line" key:Enter type:"second line" key:Enter').events)
    assert [row["category"] for row in out if row["type"] == "redacted"] == ["unspecified"]
    assert find_leaks(out, ["first line"]) == []
    assert find_missing(out, ["second line"]) == []
