"""A forest of extremely randomised trees over rows of figures; the rows of one probe are pooled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reticent.attack.model import DataMissing, Population, Subject

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reticent.attack.model import Scores

    Floats = NDArray[np.float64]

__all__ = ["forest", "pooled_scores"]

_FLOOR = 1e-3


def pooled_scores(people: Population, *, trees: int = 300, seed: int = 0, **options: Any) -> Scores:
    """Sum of log probabilities over the rows of each probe, for each enrolled person, whose rows are learned from.

    Views are matrices of figures, a row an observation. A probe without rows scores nobody above anybody. ``options``
    are those of the classifier of scikit-learn.

    Raises:
        DataMissing: scikit-learn is not installed.
    """
    import numpy as np

    width = max((view.shape[1] for subject in people.enrolled for view in subject.views), default=0)
    known = [_rows(subject, width) for subject in people.enrolled]
    asked = [_rows(subject, width) for subject in people.probes]
    scores = np.zeros((len(asked), len(known)))
    seen = [at for at, rows in enumerate(known) if len(rows)]
    if len(seen) < 2 or not width or not sum(map(len, asked)):
        return scores
    grown = forest(trees, seed, **options)
    grown.fit(np.vstack([known[at] for at in seen]), np.repeat(seen, [len(known[at]) for at in seen]))
    logs = np.full((sum(map(len, asked)), len(known)), np.log(_FLOOR))
    logs[:, grown.classes_] = np.log(grown.predict_proba(np.vstack(asked)) + _FLOOR)
    owner = np.repeat(np.arange(len(asked)), [len(rows) for rows in asked])
    np.add.at(scores, owner, logs)
    return scores


def _rows(subject: Subject, width: int) -> Floats:
    """All rows, of one width and finite."""
    import numpy as np

    views: Sequence[Any] = [view for view in subject.views if len(view)]
    rows = np.zeros((sum(map(len, views)), width))
    start = 0
    for view in views:
        rows[start : start + len(view), : view.shape[1]] = view[:, :width]
        start += len(view)
    return np.nan_to_num(rows, posinf=1e9, neginf=-1e9)


def forest(trees: int, seed: int, **options: Any) -> Any:
    """A classifier of scikit-learn, not yet fitted.

    Raises:
        DataMissing: scikit-learn is not installed.
    """
    try:
        from sklearn.ensemble import ExtraTreesClassifier
    except ModuleNotFoundError:
        raise DataMissing("scikit-learn is not installed: pip install 'reticent[attack]'") from None
    return ExtraTreesClassifier(trees, random_state=seed, **options)
