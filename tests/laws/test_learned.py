"""What was redacted as a secret is redacted wherever it is typed later in that stream (the rest is limit L3)."""

from __future__ import annotations

import pytest
from msgspec import convert, to_builtins

from reticent.events import Event
from reticent.policy_file import load_policy
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand


def left(script: str, *secrets: str) -> list[str]:
    """Which of these can be read in what leaves."""
    run = load_policy("minimal").start()
    out = run.feed(convert(expand(script).events, list[Event])) + run.flush()
    rows = [to_builtins(event) for event in out]
    return [secret for secret in secrets if find_leaks(rows, [secret])]


def field_then_prose(secret: str) -> str:
    """A script: typed in a password field, then among other words."""
    return (
        f'focus:"web/login" field:password type:"{secret}\\n" focus:"notes/n" field:text type:"we use {secret} ok\\n"'
    )


@pytest.mark.parametrize("secret", ["vqzkm", "lampvertigo", "of lamps and vertigo", "vq" * 32])
def test_learned(secret: str) -> None:
    """5 to 64 characters, blanks inside or not, whatever it looks like."""
    assert left(field_then_prose(secret), secret) == []


@pytest.mark.parametrize("secret", ["vqzk", "password", "vq" * 32 + "v"])
def test_not_learned(secret: str) -> None:
    """Shorter, longer, or a common word: the later ones stay."""
    assert left(field_then_prose(secret), secret) == [secret]


def test_for_the_stream_only() -> None:
    """Another stream knows nothing of it, nor does text that left before."""
    prose = 'focus:"notes/n" field:text type:"we use lampvertigo ok\\n" '
    assert left(prose, "lampvertigo") == ["lampvertigo"]
    assert left(field_then_prose("lampvertigo"), "lampvertigo") == []
    assert left(prose + field_then_prose("lampvertigo"), "lampvertigo") == ["lampvertigo"]


def test_the_last_256() -> None:
    """One that was typed before 256 others is forgotten."""
    others = " ".join(f'type:"kettle{number:04}\\n"' for number in range(256))
    script = f'focus:"web/login" field:password type:"lampvertigo\\n" {others} '
    script += 'focus:"notes/n" field:text type:"lampvertigo and kettle0255 ok\\n"'
    assert left(script, "lampvertigo", "kettle0255") == ["lampvertigo"]
