"""4,000 streams, every kind of secret by every way of typing it: nothing leaks outside the declared limits.

Declared: a pause beyond the hold barrier inside an identifier that nothing made sensitive yet (L1). The pauses here
stay below that, so no leak at all is allowed.
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from msgspec import convert, to_builtins

from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.run import filter_events
from reticent.testing.strategies import EDIT_MODES, Typed, enrolled, streams, structured
from reticent.testing.wellformed import problems
from reticent.transform import Context
from reticent.transforms.redact import Redact

_STREAMS = int(4000 * float(os.environ.get("RETICENT_SAMPLES", "1")))
_EACH = max(1, _STREAMS // (2 * len(EDIT_MODES)))


def _parts(secret: str) -> list[str]:
    """The secret and its halves, where a half still says something."""
    half = len(secret) // 2
    return [secret] + [part for part in (secret[:half], secret[half:]) if len(part.strip()) >= 4]


@pytest.mark.parametrize("kind", ["enrolled", "structured"])
@pytest.mark.parametrize("mode", sorted(EDIT_MODES))
def test_no_leak(kind: str, mode: str) -> None:
    """Neither the secret nor a half of it can be read, the words around it can, and the stream is well formed."""
    secrets = enrolled() if kind == "enrolled" else structured()

    @seed(len(mode) + len(kind))
    @settings(max_examples=_EACH, suppress_health_check=list(HealthCheck), database=None)
    @given(typed=streams(secrets, st.just(mode)))
    def examine(typed: Typed) -> None:
        config = {"known_secrets": [typed.secret] if kind == "enrolled" else []}
        out = filter_events(expand(typed.script).events, config)
        assert find_leaks(out, _parts(typed.secret)) == []
        assert find_missing(out, [typed.before.split()[0], typed.after.split()[-1]]) == []
        assert problems(out) == []

    examine()


def test_the_fuzz_can_fail() -> None:
    """The planted twin: with a hold barrier of 300 ms, as some recorders have, secrets leak by the dozen."""
    rng = random.Random(7)
    leaks = 0
    for _ in range(20):
        script = f'focus:"n/n" type:"to maria.weber{rng.randint(10, 99)}@example.org ok" rate:500ms key:Enter'
        events = convert(expand("rate:400ms " + script).events, list[Event])
        run = Pipeline((Redact(idle_us=300_000, hold_us=300_000),)).start(Context())
        out = [to_builtins(event) for event in run.feed(events) + run.flush()]
        leaks += bool(find_leaks(out, ["maria.weber"]))
    assert leaks >= 10
