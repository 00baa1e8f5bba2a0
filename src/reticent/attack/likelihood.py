"""The two-level likelihood ratio: how likely two means are, if one person made both, against two strangers.

Per feature a person has a level (variance between people), a part of it drifts from one occasion to the next, and
single observations scatter. All three are estimated on defended data. Features are taken as independent: a bound from
below on what an attacker can do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Means", "TwoLevel", "means"]

_LEAST = 1e-6


class Means(NamedTuple):
    """Observations of each subject (row) and feature (column), summed up.

    Attributes:
        many: how many.
        mean: their mean; 0 where there are none.
        scatter: sum of squared distances from it.
    """

    many: Floats
    mean: Floats
    scatter: Floats


class TwoLevel(NamedTuple):
    """Variances of each feature, and its mean over people."""

    centre: Floats
    between: Floats
    drift: Floats
    within: Floats

    @classmethod
    def fitted(cls, enrolled: Means, probes: Means) -> TwoLevel:
        """From two occasions of the same people, row by row."""
        import numpy as np

        freedom = sum(np.maximum(each.many - 1, 0).sum(0) for each in (enrolled, probes))
        within = np.maximum((enrolled.scatter + probes.scatter).sum(0) / np.maximum(freedom, 1), _LEAST)
        both = (enrolled.many > 0) & (probes.many > 0)
        pairs = np.maximum(both.sum(0), 1)
        centre = ((enrolled.mean + probes.mean) * both).sum(0) / (2 * pairs)
        one, two = (enrolled.mean - centre) * both, (probes.mean - centre) * both
        between = (one * two).sum(0) / pairs
        noise = within * (_inverse(enrolled.many) + _inverse(probes.many)) * both
        drift = ((one - two) ** 2 - noise).sum(0) / (2 * pairs)
        return cls(centre, np.maximum(between, 0), np.maximum(drift, _LEAST), within)

    def ratios(self, enrolled: Means, probes: Means) -> Floats:
        """Sum over features of the log likelihood ratio, each probe (row) against each enrolled person (column)."""
        import numpy as np

        total = np.zeros((len(probes.mean), len(enrolled.mean)), np.float32)
        for at in np.flatnonzero(self.between > 0):
            known, asked = enrolled.many[:, at] > 0, probes.many[:, at] > 0
            if known.any() and asked.any():
                total[np.ix_(asked, known)] += self._of_feature(
                    int(at), _column(enrolled, int(at), known), _column(probes, int(at), asked)
                )
        return total.astype(np.float64)

    def _of_feature(self, at: int, enrolled: tuple[Floats, Floats], probes: tuple[Floats, Floats]) -> Floats:
        import numpy as np

        shared = np.float32(self.between[at])
        one, two = ((mean - self.centre[at]).astype(np.float32) for mean, _ in (enrolled, probes))
        wide, high = (
            (self.between[at] + self.drift[at] + self.within[at] / count).astype(np.float32)
            for _, count in (enrolled, probes)
        )
        x, y, a, b = one[None, :], two[:, None], wide[None, :], high[:, None]
        determinant = a * b - shared**2
        same = (b * x**2 - 2 * shared * x * y + a * y**2) / determinant + np.log(determinant)
        apart = (one**2 / wide + np.log(wide))[None, :] + (two**2 / high + np.log(high))[:, None]
        ratio: Floats = (apart - same) / 2
        return ratio


def means(subject: NDArray[np.int64], feature: NDArray[np.int64], value: Floats, shape: tuple[int, int]) -> Means:
    """Sum up observations, given as columns, over ``shape`` subjects and features.

    >>> import numpy as np
    >>> found = means(np.array([0, 0]), np.array([1, 1]), np.array([2.0, 4.0]), (1, 2))
    >>> found.many.tolist(), found.mean.tolist(), found.scatter.tolist()
    ([[0.0, 2.0]], [[0.0, 3.0]], [[0.0, 2.0]])
    """
    import numpy as np

    cell, size = subject * shape[1] + feature, shape[0] * shape[1]
    count = np.bincount(cell, minlength=size).astype(float)
    mean = np.bincount(cell, value, size) / np.maximum(count, 1)
    scatter = np.bincount(cell, (value - mean[cell]) ** 2, size)
    return Means(count.reshape(shape), mean.reshape(shape), scatter.astype(float).reshape(shape))


def _inverse(count: Floats) -> Floats:
    import numpy as np

    return np.divide(1.0, count, out=np.zeros_like(count), where=count > 0)


def _column(found: Means, at: int, rows: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    return found.mean[rows, at], found.many[rows, at]
