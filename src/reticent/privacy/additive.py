"""Added noise: whole numbers, counts and points on the screen, with discrete Laplace or Gaussian noise on each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from reticent.privacy.checks import LARGEST, MOST_VALUES, check_between, rows, whole_numbers
from reticent.privacy.mechanism import Currency, Mechanism, Unit

if TYPE_CHECKING:
    from opendp.mod import Measurement

__all__ = ["Gaussian", "Histogram", "Laplace", "PlanarLaplace"]


class _Additive(Mechanism, frozen=True, kw_only=True):
    """A vector of 64-bit integers, to each of which noise of the same scale is added."""

    def measurement(self, parameter: float) -> Measurement:
        """Discrete Laplace noise of this scale on each number; distance is L1."""
        from opendp.domains import atom_domain, vector_domain
        from opendp.measurements import make_laplace
        from opendp.metrics import l1_distance

        return make_laplace(vector_domain(atom_domain(T="i64")), l1_distance(T="i64"), scale=parameter)

    def encoded(self, clipped: Sequence[int]) -> Any:
        """As an array of 64-bit integers: of a list OpenDP would make 32-bit ones."""
        import numpy as np

        return np.array(clipped, dtype=np.int64)

    def decoded(self, drawn: Any) -> Any:
        """A list of whole numbers, some of them outside the bounds: estimates need them as they are."""
        return [int(number) for number in drawn]


class _Vector(_Additive, frozen=True, kw_only=True):
    """Whole numbers between ``lower`` and ``upper``, exactly ``size`` of them."""

    lower: int
    upper: int
    size: int = 1

    def _check_form(self) -> None:
        check_between(self.lower, -LARGEST, LARGEST, "lower")
        check_between(self.upper, self.lower + 1, LARGEST, "upper")
        check_between(self.size, 1, MOST_VALUES, "size")

    def clipped(self, value: Any) -> list[int]:
        """Each number clamped into the bounds."""
        lower, upper = self.lower, self.upper
        numbers = whole_numbers(value, self.size)
        return [lower if number < lower else min(number, upper) for number in numbers]


class Laplace(_Vector, frozen=True, kw_only=True, tag="laplace"):
    """Whole numbers with discrete Laplace noise; ``epsilon`` is the total for all ``size`` of them.

    With ``within``, neighbours are inputs of which each number differs by at most that much: the unit is the value.

    >>> Laplace(lower=0, upper=2000, epsilon=1).distance, Laplace(lower=0, upper=2000, within=50, epsilon=1).distance
    (2000, 50)
    """

    epsilon: float
    within: int | None = None

    def _check_form(self) -> None:
        super()._check_form()
        if self.within is not None:
            check_between(self.within, 1, self.upper - self.lower, "within")

    @property
    def unit(self) -> Unit:
        """The epoch, or the value where there is a ``within``."""
        return "epoch" if self.within is None else "value"

    @property
    def neighbours(self) -> str:
        """In words: which inputs cannot be told apart."""
        return super().neighbours if self.within is None else f"each number, moved by at most {self.within}"

    @property
    def distance(self) -> int:
        """L1."""
        return self.size * (self.upper - self.lower if self.within is None else self.within)


class Gaussian(_Vector, frozen=True, kw_only=True, tag="gaussian"):
    """Whole numbers with discrete Gaussian noise; ``rho`` is the total for all ``size`` of them.

    >>> Gaussian(lower=0, upper=10, size=4, rho=0.1).distance
    20.0
    """

    rho: float
    currency: ClassVar[Currency] = "rho"

    @property
    def distance(self) -> float:
        """L2, rounded up."""
        rounded = math.sqrt(self.size) * (self.upper - self.lower)
        while Fraction(rounded) ** 2 < self.size * (self.upper - self.lower) ** 2:
            rounded = math.nextafter(rounded, math.inf)
        return rounded

    def measurement(self, parameter: float) -> Measurement:
        """Discrete Gaussian noise of this scale on each number; distance is L2."""
        from opendp.domains import atom_domain, vector_domain
        from opendp.measurements import make_gaussian
        from opendp.metrics import l2_distance

        return make_gaussian(vector_domain(atom_domain(T="i64")), l2_distance(T="f64"), scale=parameter)


class Histogram(_Additive, frozen=True, kw_only=True, tag="histogram"):
    """Counts over ``bins`` public bins, at most ``items`` of them in all, with discrete Laplace noise on each.

    A fuller histogram is thinned to exactly ``items``, in proportion. Two such histograms differ by ``2 * items``
    at most, whatever they count.

    >>> Histogram(bins=3, items=10, epsilon=1).clipped([100, 50, 50])
    [5, 2, 3]
    """

    bins: int
    items: int
    epsilon: float

    def _check_form(self) -> None:
        check_between(self.bins, 1, MOST_VALUES, "bins")
        check_between(self.items, 1, LARGEST, "items")

    @property
    def distance(self) -> int:
        """L1: all items in one bin, or all in another."""
        return 2 * self.items

    def clipped(self, value: Any) -> list[int]:
        """Counts of which none is negative, and which are ``items`` together at most."""
        counts = [max(count, 0) for count in whole_numbers(value, self.bins)]
        total = sum(counts)
        if total <= self.items:
            return counts
        ends = [self.items * end // total for end in accumulate(counts, initial=0)]
        return [stop - start for start, stop in pairwise(ends)]


class PlanarLaplace(_Additive, frozen=True, kw_only=True, tag="planar-laplace"):
    """Exactly ``points`` points of the screen, blurred; neighbours are paths of which each point moved within a radius.

    Discrete Laplace noise on each axis, by L1 distance: two points ``r`` apart are at most ``ceil(sqrt(2) * r)`` apart
    in that. ``epsilon`` is the total for all points. Afterwards points are moved back onto the screen.

    >>> PlanarLaplace(width_px=1920, height_px=1080, within_px=100, epsilon=2).distance
    142
    """

    width_px: int
    height_px: int
    within_px: int
    epsilon: float
    points: int = 1

    def _check_form(self) -> None:
        check_between(self.width_px, 1, LARGEST, "width_px")
        check_between(self.height_px, 1, LARGEST, "height_px")
        check_between(self.within_px, 1, self.width_px + self.height_px, "within_px")
        check_between(self.points, 1, MOST_VALUES // 2, "points")

    @property
    def unit(self) -> Unit:
        """The value: a point."""
        return "value"

    @property
    def neighbours(self) -> str:
        """In words: which inputs cannot be told apart."""
        return f"each point, moved by at most {self.within_px} px"

    @property
    def distance(self) -> int:
        """L1 of two paths of which each point moved within the radius."""
        return self.points * (math.isqrt(2 * self.within_px**2 - 1) + 1)

    def clipped(self, value: Any) -> list[int]:
        """Both coordinates of each point in turn, x first, on the screen."""
        return [number for row in rows(value, self.points) for number in self._on_screen(*whole_numbers(row, 2))]

    def decoded(self, drawn: Any) -> list[tuple[int, int]]:
        """Points on the screen."""
        return [self._on_screen(int(x), int(y)) for x, y in zip(drawn[::2], drawn[1::2], strict=True)]

    def _on_screen(self, x: int, y: int) -> tuple[int, int]:
        return min(max(x, 0), self.width_px - 1), min(max(y, 0), self.height_px - 1)
