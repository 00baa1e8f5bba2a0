"""Figures from scores: recognition rate, equal error rate, and intervals that resample people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Estimate", "Verification", "averaged", "estimate", "hits", "normalised", "verification"]

_RESAMPLES = 400
_THRESHOLDS = 1024


class Estimate(NamedTuple):
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


class Verification(NamedTuple):
    """Error rates at many thresholds, one row a person, so that people can be resampled.

    Attributes:
        missed: share of the person's own probes below each threshold.
        accepted: share of the person's probes against others at or above it.
    """

    missed: Floats
    accepted: Floats

    def eer(self) -> Estimate:
        """Equal error rate."""
        import numpy as np

        people = len(self.missed)
        picks = np.random.default_rng(0).multinomial(people, np.full(people, 1 / people), _RESAMPLES) / people
        weights = np.vstack([np.full((1, people), 1 / people), picks])
        gap = weights @ self.missed - weights @ self.accepted
        at = (gap >= 0).argmax(1)
        both = weights @ (self.missed + self.accepted) / 2
        rows = np.arange(len(weights))
        before, after = np.abs(gap[rows, np.maximum(at - 1, 0)]), np.abs(gap[rows, at])
        share = np.divide(before, before + after, out=np.zeros_like(before), where=before + after > 0)
        found = both[rows, np.maximum(at - 1, 0)] * (1 - share) + both[rows, at] * share
        return Estimate(float(found[0]), *map(float, np.quantile(found[1:], (0.025, 0.975))))


def hits(scores: Floats, own: Sequence[int], within: int = 1) -> Floats:
    """How likely the true person is among the first ``within``, equal scores in random order, for each probe.

    >>> import numpy as np
    >>> hits(np.array([[3.0, 1.0], [1.0, 1.0]]), [0, 0]).tolist()
    [1.0, 0.5]
    """
    import numpy as np

    true = scores[np.arange(len(scores)), list(own)][:, None]
    above, level = (scores > true).sum(1), (scores == true).sum(1)
    share: Floats = np.clip((within - above) / level, 0, 1)
    return share


def normalised(scores: Floats) -> Floats:
    """Each probe against the cohort of all people: mean 0 and deviation 1 in each row."""
    spread = scores.std(1, keepdims=True)
    spread[spread == 0] = 1
    result: Floats = (scores - scores.mean(1, keepdims=True)) / spread
    return result


def verification(scores: Floats, own: Sequence[int]) -> Verification:
    """Errors of "the same person or not", by the person whose probe it is."""
    import numpy as np

    genuine = np.zeros(scores.shape, bool)
    genuine[np.arange(len(scores)), list(own)] = True
    cuts = np.unique(np.quantile(scores[genuine], np.linspace(0, 1, _THRESHOLDS)))
    cuts = np.unique(np.concatenate([cuts, np.quantile(scores, np.linspace(0, 1, _THRESHOLDS)), [scores.max() + 1]]))
    people = sorted(set(own))
    missed, accepted = np.zeros((2, len(people), len(cuts)))
    for at, person in enumerate(people):
        rows = [row for row, whose in enumerate(own) if whose == person]
        mine, others = np.sort(scores[rows][genuine[rows]]), np.sort(scores[rows][~genuine[rows]])
        missed[at] = np.searchsorted(mine, cuts) / len(mine)
        accepted[at] = 1 - np.searchsorted(others, cuts) / len(others)
    return Verification(missed, accepted)


def estimate(values: Floats, people: Sequence[int]) -> Estimate:
    """Mean of one value a probe, and its interval by resampling the people whose probes they are.

    >>> import numpy as np
    >>> estimate(np.array([1.0, 1.0, 0.0]), [0, 0, 1]).value
    0.6666666666666666
    """
    import numpy as np

    _, who = np.unique(people, return_inverse=True)
    counts, sums = np.bincount(who), np.bincount(who, values)
    picks = np.random.default_rng(0).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), _RESAMPLES)
    drawn = (picks @ sums) / np.maximum(picks @ counts, 1)
    return Estimate(float(np.mean(values)), *map(float, np.quantile(drawn, (0.025, 0.975))))


def averaged(estimates: Sequence[Estimate]) -> Estimate:
    """Mean of figures over repetitions, and of their intervals: as if repetitions told nothing new.

    >>> averaged([Estimate(1, 0, 2), Estimate(3, 2, 4)])
    Estimate(value=2.0, low=1.0, high=3.0)
    """
    value, low, high = (sum(column) / len(estimates) for column in zip(*estimates))
    return Estimate(value, low, high)
