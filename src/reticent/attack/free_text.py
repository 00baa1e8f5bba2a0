"""Who typed this, whatever it says: times of single keys and of pairs of keys, by the two-level likelihood ratio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.attack.likelihood import Means, TwoLevel, means
from reticent.attack.model import Population, Subject
from reticent.attack.strokes import Strokes, strokes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reticent.attack.model import Scores

    Floats = NDArray[np.float64]
    Observations = tuple[NDArray[np.int64], NDArray[np.int64], Floats]

__all__ = ["ContentCounters", "FreeText", "RolloverOrder"]

_KEYS, _PAIRS, _GLOBALS = 30, 150, 5
_SCALE_US = 60_000
_COUNTED = ("Backspace", "Shift", "CapsLock", "Arrow", "Delete")
_PAUSE_US = 2_000_000


class _Vocabulary(NamedTuple):
    keys: dict[str, int]
    pairs: dict[tuple[str, str], int]
    figures: int = _GLOBALS

    @property
    def size(self) -> int:
        return len(self.keys) + 2 * len(self.pairs) + self.figures


class FreeText:
    """Hold of the commonest keys, press to press and release to press of the commonest pairs, figures of a session.

    After ``fit`` it knows which keys are common, and how much each time varies between people, occasions and strokes.
    """

    view = staticmethod(strokes_of)

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary({}, {})
        self._model: TwoLevel | None = None

    def fit(self, background: Population, /) -> None:
        """Learn from people of whom there are two occasions each."""
        self._fit(background, _common(background.enrolled))

    def _fit(self, background: Population, vocabulary: _Vocabulary) -> None:
        self._vocabulary = vocabulary
        order = {subject.user: at for at, subject in enumerate(background.probes)}
        probes = [background.probes[order[subject.user]] for subject in background.enrolled]
        self._model = TwoLevel.fitted(self._means(background.enrolled), self._means(probes))

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``: log likelihood ratios."""
        if self._model is None:
            raise ValueError("fit on a background first")
        return self._model.ratios(self._means(people.enrolled), self._means(people.probes))

    def _means(self, found: Sequence[Subject]) -> Means:
        import numpy as np

        parts = [self._observed(at, view) for at, subject in enumerate(found) for view in subject.views]
        subject, feature, value = (np.concatenate(column) for column in zip(*parts))
        return means(subject, feature, value, (len(found), self._vocabulary.size))

    def _observed(self, at: int, view: Strokes) -> Observations:
        """Observations of one session: subject, feature, value."""
        import numpy as np

        words = self._vocabulary
        key = np.array([words.keys.get(key, -1) for key in view.keys], np.int64)
        pair = np.array([words.pairs.get(both, -1) for both in zip(view.keys, view.keys[1:])], np.int64)
        hold, step = view.release_us - view.press_us, np.diff(view.press_us)
        gap = view.press_us[1:] - view.release_us[:-1]
        first, second = len(words.keys), len(words.keys) + len(words.pairs)
        figures = _figures(hold, step, gap)
        last = np.arange(second + len(words.pairs), words.size)[: len(figures)]
        feature = np.concatenate([key[key >= 0], first + pair[pair >= 0], second + pair[pair >= 0], last])
        value = np.concatenate([_log(hold[key >= 0]), _log(step[pair >= 0]), _log(gap[pair >= 0]), figures])
        return np.full(len(feature), at), feature, value


class RolloverOrder(FreeText):
    """The same on what is left when every interval is gone: the order of presses and releases."""

    def _observed(self, at: int, view: Strokes) -> Observations:
        return super()._observed(at, view.in_order_only())


class ContentCounters(FreeText):
    """What is left when rhythm and order are gone: how often people correct themselves, and how they make capitals."""

    def fit(self, background: Population, /) -> None:
        """See ``FreeText``."""
        self._fit(background, _Vocabulary({}, {}, len(_COUNTED)))

    def _observed(self, at: int, view: Strokes) -> Observations:
        import numpy as np

        total = max(len(view.keys), 1)
        shares = [sum(key.startswith(names) for key in view.keys) / total for names in _COUNTED]
        return np.full(len(shares), at), np.arange(len(shares)), np.sqrt(shares)


def _common(found: Sequence[Subject]) -> _Vocabulary:
    keys: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for subject in found:
        for view in subject.views:
            keys.update(view.keys)
            pairs.update(zip(view.keys, view.keys[1:]))
    return _Vocabulary(
        {key: at for at, (key, _) in enumerate(keys.most_common(_KEYS))},
        {pair: at for at, (pair, _) in enumerate(pairs.most_common(_PAIRS))},
    )


def _figures(hold: NDArray[np.int64], step: NDArray[np.int64], gap: NDArray[np.int64]) -> Floats:
    """Of one session: how fast, how even, how long held, how often overlapping, how often pausing."""
    import numpy as np

    if not len(step):
        return np.zeros(0)
    pace = _log(step[step <= _PAUSE_US]) if (step <= _PAUSE_US).any() else _log(step)
    return np.array([pace.mean(), pace.std(), _log(hold).mean(), (gap < 0).mean(), (step > _PAUSE_US).mean()])


def _log(us: NDArray[np.int64]) -> Floats:
    """Logarithm of a time that may be negative."""
    import numpy as np

    logs: Floats = np.arcsinh(us / _SCALE_US)
    return logs
