"""A hidden duration is rounded up to one of few steps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reticent.text.ladder import LADDER_US, ladder

DAY_US = 86_400_000_000


@given(st.integers(1, 40 * DAY_US))
def test_up_to_a_step(gap_us: int) -> None:
    """Never down, and beyond a day to whole days."""
    step_us = ladder(gap_us)
    assert step_us >= gap_us
    assert step_us in LADDER_US or (step_us % DAY_US == 0 and step_us - gap_us < DAY_US)


def test_a_step_is_its_own() -> None:
    """Rounding twice changes nothing."""
    assert [ladder(step_us) for step_us in LADDER_US] == list(LADDER_US)
