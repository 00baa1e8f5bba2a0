"""Guesses are answered ten at once, then one a minute."""

from __future__ import annotations

import pytest

from reticent.enrolment.guesses import GuessLimit
from reticent.errors import TooManyGuesses


def test_ten_at_once_then_one_a_minute() -> None:
    """A refused guess costs nothing, and rest earns no more than ten."""
    now = [1000.0]
    limit = GuessLimit(lambda: now[0])

    def answered(tries: int) -> int:
        count = 0
        for _ in range(tries):
            try:
                limit.take()
            except TooManyGuesses:
                continue
            count += 1
        return count

    assert answered(50) == 10
    now[0] += 59
    assert answered(50) == 0
    now[0] += 1
    assert answered(50) == 1
    now[0] += 100_000
    assert answered(50) == 10


def test_the_refusal_says_when() -> None:
    """In seconds."""
    limit = GuessLimit(lambda: 5.0)
    for _ in range(10):
        limit.take()
    with pytest.raises(TooManyGuesses, match="in 60 s") as refused:
        limit.take()
    assert refused.value.wait_s == 60
