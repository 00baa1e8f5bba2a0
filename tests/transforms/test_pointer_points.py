"""Arithmetic of positions is of integers, the same for one and for a column."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.transforms.pointer_points import Point, distance_px, fitts_us, grid_phase, minimum_jerk, snapped, whole

PX = st.integers(-10_000, 10_000)


@given(px=PX, step=st.integers(1, 400), phase=st.integers(0, 399))
def test_a_cell_is_one_place(px: int, step: int, phase: int) -> None:
    """The middle is at most half a cell off and lies in its own cell."""
    middle = snapped(px, step, phase)
    assert abs(middle - px) <= (step + 1) // 2
    assert snapped(middle, step, phase) == middle


@given(column=st.lists(PX, min_size=1), step=st.integers(1, 400), phase=st.integers(0, 399))
def test_columns_equal_rows(column: list[int], step: int, phase: int) -> None:
    """One function serves both."""
    assert snapped(np.array(column), step, phase).tolist() == [snapped(px, step, phase) for px in column]


def test_a_phase_lasts_as_long_as_its_key() -> None:
    """The same key and step give the same phase, another key another; none gives 0."""
    keys = [bytes([number]) * 32 for number in range(40)]
    phases = [grid_phase(key, 200) for key in keys]
    assert phases == [grid_phase(key, 200) for key in keys]
    assert len(set(phases)) > 30
    assert all(0 <= phase.x < 200 and 0 <= phase.y < 200 for phase in phases)
    assert grid_phase(None, 200) == Point(0, 0)


@given(start=st.builds(Point, PX, PX), end=st.builds(Point, PX, PX), steps=st.integers(1, 40))
def test_a_path_is_straight_and_arrives(start: Point, end: Point, steps: int) -> None:
    """It ends at its end and never turns back; each point is within a pixel of the line."""
    path = [start, *minimum_jerk(start, end, steps)]
    assert path[-1] == end
    assert len(path) == steps + 1
    for before, after in pairwise(path):
        assert (after.x - before.x) * (end.x - start.x) >= 0
        assert (after.y - before.y) * (end.y - start.y) >= 0
    for point in path:
        across = (point.x - start.x) * (end.y - start.y) - (point.y - start.y) * (end.x - start.x)
        assert abs(across) <= distance_px(start, end) + 1


def test_farther_takes_longer() -> None:
    """Never less, and for twice the distance about one bit more."""
    times_us = [fitts_us(distance) for distance in range(4000)]
    assert times_us == sorted(times_us)
    assert fitts_us(4000) - fitts_us(2000) == pytest.approx(138_000, rel=0.1)


def test_fractions_are_rounded() -> None:
    """A half goes up, also below 0."""
    assert [whole(px) for px in (1.49, 1.5, -0.5, -0.51)] == [1, 2, 0, -1]
