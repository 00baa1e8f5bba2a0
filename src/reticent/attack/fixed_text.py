"""Who typed this, when all type the same: a password, a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reticent.attack.model import Population, Subject
from reticent.attack.strokes import strokes_of
from reticent.attack.trees import pooled_scores
from reticent.events import Event

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reticent.attack.model import Scores

    Floats = NDArray[np.float64]

__all__ = ["FixedText", "ScaledManhattan", "published_errors", "timing_vector"]


def timing_vector(events: Sequence[Event]) -> Floats:
    """Hold, press to press and release to press, microseconds, of a whole stream as one row.

    >>> from reticent.events import KeyDown, KeyUp
    >>> events = [KeyDown(time_us=0, key="1"), KeyUp(time_us=80, key="1"), KeyDown(time_us=100, key="2")]
    >>> timing_vector(events).tolist()
    [[80.0, 100.0, 20.0, 0.0]]
    """
    import numpy as np

    found = strokes_of(events)
    row = np.zeros((len(found.keys), 3))
    row[:, 0] = found.release_us - found.press_us
    row[:-1, 1] = np.diff(found.press_us)
    row[:-1, 2] = found.press_us[1:] - found.release_us[:-1]
    return row.ravel()[None, : max(3 * len(row) - 2, 0)]


class FixedText:
    """Trees on hold, press to press and release to press of every key; all entries of a probe are pooled."""

    view = staticmethod(timing_vector)

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def fit(self, background: Population, /) -> None:
        """Nothing: it learns from the enrolled."""

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``: log probabilities."""
        return pooled_scores(people, seed=self._seed)


class ScaledManhattan:
    """The detector of Killourhy and Maxion (2009): distance to a person's mean in mean absolute deviations."""

    view = staticmethod(timing_vector)

    def fit(self, background: Population, /) -> None:
        """Nothing: it learns from the enrolled."""

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``: distances, negative; over the mean of the entries of a probe."""
        import numpy as np

        width = max((view.shape[1] for subject in people.enrolled for view in subject.views), default=0)
        asked = np.array([_stacked(subject, width).mean(0) for subject in people.probes])
        columns = []
        for subject in people.enrolled:
            rows = _stacked(subject, width)
            centre = rows.mean(0)
            spread = np.maximum(np.abs(rows - centre).mean(0), 1.0)
            columns.append(-(np.abs(asked - centre) / spread).sum(1))
        return np.array(columns).T


def _stacked(subject: Subject, width: int) -> Floats:
    import numpy as np

    rows = np.zeros((len(subject.views), width))
    for row, view in zip(rows, subject.views):
        row[: view.shape[1]] = view[0, :width]
    return rows


def published_errors(scores: Scores, own: Sequence[int], genuine: int) -> Floats:
    """Equal error rate of each enrolled person, as published.

    Genuine are the person's own probes among the first ``genuine`` rows, impostors other people's among the rest.
    """
    import numpy as np

    whose, rates = np.array(own), []
    for person in range(scores.shape[1]):
        mine = np.sort(scores[:genuine, person][whose[:genuine] == person])
        others = np.sort(scores[genuine:, person][whose[genuine:] != person])
        cuts = np.append(np.unique(np.concatenate([mine, others])), np.inf)
        missed, accepted = np.searchsorted(mine, cuts) / len(mine), 1 - np.searchsorted(others, cuts) / len(others)
        at = int((missed >= accepted).argmax())
        rates.append(_crossing(missed[max(at - 1, 0) : at + 1], accepted[max(at - 1, 0) : at + 1]))
    return np.array(rates)


def _crossing(missed: Floats, accepted: Floats) -> float:
    """Where two straight lines meet."""
    before, after = abs(missed[0] - accepted[0]), abs(missed[-1] - accepted[-1])
    share = before / (before + after) if before + after else 0.0
    return float(missed[0] + share * (missed[-1] - missed[0]))
