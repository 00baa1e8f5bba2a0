"""Clocks are coarsened in whole microseconds, and no error adds up."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reticent.transforms.timing_clock import LEVELS_US, Spacing, nearest_level_us, pause_rounding, rounded

PAUSE_US = 2_000_000


def test_columns_round_as_rows():
    """One function serves a number and an array."""
    import numpy as np

    times_us = np.arange(-500, 500, 7)
    for how in ("down", "up", "nearest"):
        assert rounded(times_us, 100, how).tolist() == [rounded(int(time_us), 100, how) for time_us in times_us]


@given(time_us=st.integers(-(1 << 53), 1 << 53), step_us=st.integers(1, 10_000_000))
def test_rounding_is_off_by_less_than_a_step(time_us, step_us):
    """Down, up, or to the nearest; what is a multiple already stays."""
    assert 0 <= time_us - rounded(time_us, step_us) < step_us
    assert 0 <= rounded(time_us, step_us, "up") - time_us < step_us
    assert 2 * abs(rounded(time_us, step_us, "nearest") - time_us) <= step_us
    assert rounded(time_us * step_us, step_us, "up") == time_us * step_us


@given(true_us=st.integers(0, 1 << 40), log=st.booleans())
def test_pauses_are_rounded_up_and_stay_on_their_side(true_us, log):
    """A pause is never shortened; longer than the threshold stays longer, and nothing else becomes so."""
    after_us = pause_rounding("log" if log else "seconds", PAUSE_US)(true_us)
    assert after_us >= true_us
    assert (after_us > PAUSE_US) == (true_us > PAUSE_US)


@given(duration_us=st.integers(0, 1 << 40), count=st.integers(1, 1000))
def test_spacing_ends_where_it_should(duration_us, count):
    """Exactly, with steps that differ by a microsecond at most."""
    times_us = [Spacing(duration_us, count).after_us(number) for number in range(count + 1)]
    assert times_us[-1] == duration_us
    assert max(b - a for a, b in pairwise(times_us)) - min(b - a for a, b in pairwise(times_us)) <= 1


def test_levels_are_in_order_and_below_a_pause():
    """Each stands for itself, and what is faster or slower than all of them for the nearest."""
    for count, levels_us in LEVELS_US.items():
        assert len(levels_us) == count
        assert list(levels_us) == sorted(set(levels_us))
        assert levels_us[-1] < PAUSE_US
        assert [nearest_level_us(level_us * 7, 7, levels_us) for level_us in levels_us] == list(levels_us)
        assert nearest_level_us(0, 1, levels_us) == levels_us[0]
        assert nearest_level_us(PAUSE_US, 1, levels_us) == levels_us[-1]
