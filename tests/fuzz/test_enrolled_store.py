"""Secrets that are known by tags only: every way of typing them, and nothing leaks outside the declared limit L1b.

L1b: a hold barrier (120 s) or a hard barrier (lock, end) inside the secret. The pauses here stay below that.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from msgspec import convert, to_builtins

from reticent.detect.tagged import Tagged, Tagger
from reticent.detect.vault import Vault
from reticent.events import Event
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.run import scenario_pipeline
from reticent.testing.strategies import EDIT_MODES, Typed, enrolled, stream_of, streams
from reticent.testing.wellformed import problems
from reticent.transform import Context

_EACH = max(1, int(20 * float(os.environ.get("RETICENT_SAMPLES", "1"))))
_TAGGER = Tagger(bytes(range(32)))
_PHRASES = st.lists(
    st.sampled_from(("Correct", "horse", "battery", "Staple", "qx7", "42", "lamp", "of")), min_size=3, max_size=6
).map(" ".join)


def filtered(script: str, *secrets: str) -> list[dict[str, object]]:
    """What leaves of a script where tags of these secrets are known, and nothing else."""
    vault = Vault(tagged=Tagged(_TAGGER, map(_TAGGER.tag, secrets)))
    run = scenario_pipeline({}).start(Context(vault))
    events = convert(expand(script).events, list[Event])
    return [to_builtins(event) for event in run.feed(events) + run.flush()]


def parts(secret: str) -> list[str]:
    """The secret and its halves."""
    half = len(secret) // 2
    return [secret] + [part for part in (secret[:half], secret[half:]) if len(part.strip()) >= 4]


@pytest.mark.parametrize("kind", ["password", "passphrase"])
@pytest.mark.parametrize("mode", sorted(EDIT_MODES))
def test_no_leak(kind: str, mode: str) -> None:
    """Neither the secret nor a half of it can be read, the words around it can, and the stream is well formed."""

    @seed(len(mode) + len(kind))
    @settings(max_examples=_EACH, suppress_health_check=list(HealthCheck), database=None)
    @given(typed=streams(enrolled() if kind == "password" else _PHRASES, st.just(mode)))
    def examine(typed: Typed) -> None:
        out = filtered(typed.script, typed.secret)
        assert find_leaks(out, parts(typed.secret)) == []
        assert find_missing(out, [typed.before.split()[0], typed.after.split()[-1]]) == []
        assert problems(out) == []

    examine()


def test_without_the_store_it_leaks() -> None:
    """The planted twin: nothing but the tags finds these."""
    for secret in ("qV7#mkTz", "Correct horse battery Staple"):
        script = stream_of("we walked", secret, "plain", "and had lunch")
        assert find_leaks(filtered(script), [secret]) and not find_leaks(filtered(script, secret), [secret])


def test_an_idle_barrier_waits_for_a_passphrase() -> None:
    """A pause of 30 s after a blank inside it: the words before it wait for the rest."""
    script = 'focus:"n/n" type:"use correct horse " pause:30s type:"battery staple now\\n"'
    assert find_leaks(filtered(script, "correct horse battery staple"), ["correct horse", "battery"]) == []
    assert find_leaks(filtered(script, "correcthorsebatterystaple"), ["correct horse"])


@pytest.mark.parametrize("barrier", ["pause:130s", "lock:on lock:off"])
def test_what_l1b_declares(barrier: str) -> None:
    """A hold or a hard barrier inside a secret of which only a tag is known splits it; a literal it does not split."""
    script = f'focus:"n/n" type:"use qV7#" {barrier} type:"mkTz now\\n" type:"use qV7#mkTz\\n"'
    assert find_leaks(filtered(script, "qV7#mkTz"), ["qV7#"])
    later = f'focus:"n/n" type:"use qV7#mkTz\\n" type:"use qV7#" {barrier} type:"mkTz now\\n"'
    assert find_leaks(filtered(later, "qV7#mkTz"), ["qV7#", "mkTz"]) == []


@pytest.mark.parametrize(
    ("script", "parts"),
    [
        ('type:"hter2" click:40,12 type:"un" key:Enter', ["hunter2", "hter2"]),
        ('type:"my hter2 end" click:40,12 type:"un" click:90,12 type:" bye" key:Enter', ["hunter2", "hter2"]),
        ('type:"ter2" key:Ctrl+A type:"hun" key:Enter', ["hunter2", "ter2"]),
    ],
)
def test_completed_at_an_unknown_place(script: str, parts: list[str]) -> None:
    """Inserted after a click, or after a shortcut whose meaning is not known."""
    script = f'focus:"mystery/n" {script} type:"rest" key:Enter'
    assert find_leaks(filtered(script, "hunter2"), parts) == []
    assert find_missing(filtered(script, "hunter2"), ["rest"]) == []
    assert find_leaks(filtered(script, "hunter3"), parts)
