"""Arithmetic of pointer positions: grids, straight paths and how long a population takes for them, all in integers.

Nothing here knows events. ``snapped`` serves a column of ``numpy`` integers as it serves one.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from functools import lru_cache
from math import floor, isqrt
from typing import Any, NamedTuple, TypeVar

__all__ = ["Point", "distance_px", "fitts_us", "grid_phase", "minimum_jerk", "snapped", "whole"]

_Integers = TypeVar("_Integers", bound=Any)

_WIDTH_PX = 32
_START_US, _BIT_US = 110_000, 138_000
"""Median duration of movements by index of difficulty, fitted to 15,523 movements of every second person of SapiMouse
(Antal, Fejer and Buza 2021): 110 ms and 138 ms a bit for targets of 32 px. The other half was not looked at."""


class Point(NamedTuple):
    """A position in whole pixels."""

    x: int
    y: int


def whole(px: float) -> int:
    """A coordinate as a whole number of pixels, a half rounded up. Fractions tell the scale of a screen.

    >>> whole(3), whole(2.5), whole(-2.5)
    (3, 3, -2)
    """
    return px if type(px) is int else floor(px + 0.5)


def snapped(px: _Integers, step_px: int, phase_px: int = 0) -> _Integers:
    """A coordinate, or a column of them, as the middle of its cell: the same for the same point, always.

    Args:
        px: one coordinate or an array of integers.
        step_px: width of a cell, above 0.
        phase_px: where a cell begins.

    >>> [snapped(px, 64) for px in (0, 63, 64, -1)], snapped(3, 64, 10)
    ([32, 32, 96, -32], -22)
    """
    middle: _Integers = px - (px - phase_px) % step_px + step_px // 2
    return middle


def grid_phase(key: bytes | None, step_px: int) -> Point:
    """Where cells begin under this key; at 0 without one, so that streams without a key agree too.

    >>> grid_phase(None, 64)
    Point(x=0, y=0)
    """
    if key is None:
        return Point(0, 0)
    digest = hmac.digest(key, b"reticent grid %d" % step_px, "sha256")
    return Point(int.from_bytes(digest[:16]) % step_px, int.from_bytes(digest[16:]) % step_px)


def distance_px(start: Point, end: Point) -> int:
    """How far it is, rounded down.

    >>> distance_px(Point(0, 0), Point(3, 4))
    5
    """
    return isqrt((end.x - start.x) ** 2 + (end.y - start.y) ** 2)


def fitts_us(distance: int) -> int:
    """How long a population takes to move so many pixels, by Fitts' law in MacKenzie's form (1992), to 1/16 bit.

    >>> [fitts_us(distance) // 1000 for distance in (0, 32, 500, 2000)]
    [110, 248, 662, 929]
    """
    sixteenths = ((distance + _WIDTH_PX) ** 16 // _WIDTH_PX**16).bit_length() - 1
    return _START_US + _BIT_US * sixteenths // 16


def minimum_jerk(start: Point, end: Point, steps: int) -> Iterator[Point]:
    """Positions after each of so many equal steps of time on a straight minimum-jerk path (Flash and Hogan 1985).

    >>> [point.x for point in minimum_jerk(Point(0, 0), Point(100, 0), 4)]
    [10, 50, 90, 100]
    """
    far_x, far_y = end.x - start.x, end.y - start.y
    half = steps**5
    for part in _parts(steps):
        yield Point(start.x + (far_x * part + half) // (2 * half), start.y + (far_y * part + half) // (2 * half))


@lru_cache(maxsize=64)
def _parts(steps: int) -> tuple[int, ...]:
    """How far along the path each step ends, in parts of ``2 * steps ** 5``."""
    return tuple(2 * step**3 * (10 * steps**2 - 15 * steps * step + 6 * step**2) for step in range(1, steps + 1))
