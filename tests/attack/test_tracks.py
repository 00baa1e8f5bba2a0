"""Pointer events become columns, and pieces of bounded length."""

from __future__ import annotations

from reticent.attack.tracks import DOWN, MOVE, UP, WHEEL, track_of
from reticent.events import KeyDown, PointerDown, PointerMove, PointerUp, Wheel


def line(points: int, step_us: int = 1000):
    """Moves at even times."""
    return track_of([PointerMove(time_us=at * step_us, x=at, y=0) for at in range(points)])


def test_kinds_are_told_apart():
    """And keys are left out."""
    found = track_of([KeyDown(time_us=0, key="a"), PointerMove(time_us=1, x=0, y=0), PointerDown(time_us=2, x=0, y=0),
                      PointerUp(time_us=3, x=0, y=0), Wheel(time_us=4, x=0, y=0, delta_y=1)])  # fmt: skip
    assert found.kind.tolist() == [MOVE, DOWN, UP, WHEEL]
    assert found.time_us.tolist() == [1, 2, 3, 4]


def test_pieces_are_bounded_by_points_and_by_time():
    """Whichever comes first; short ones are left out."""
    assert [len(piece.x) for piece in line(250).segments(100, least=1)] == [100, 100, 50]
    assert [len(piece.x) for piece in line(250).segments(100, least=51)] == [100, 100]
    assert [len(piece.x) for piece in line(6, 1_000_000).segments(100, 2_000_000, least=1)] == [3, 3]


def test_an_empty_stream_has_no_pieces():
    """And no fault."""
    assert list(track_of([]).segments()) == []
