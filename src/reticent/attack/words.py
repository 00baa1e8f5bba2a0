"""Which word was typed, told by time alone: how long each pair of letters takes other people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.attack.model import Subject
from reticent.attack.strokes import Strokes, strokes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["WordRanks", "Words"]

_LENGTHS = range(4, 13)
_SEEN = 3
_PRIOR = 10.0
_AT_MOST = 1500
_OTHERS = 300
_LEAST_US = 1_000
_FLOOR = 1e-3


class WordRanks(NamedTuple):
    """One entry a word that was attacked.

    Attributes:
        user: whose word.
        fraction: rank of the true word among candidates of its length: 0 first, 1 last, 0.5 by chance.
        top_10: whether, or how likely, the true word is among the first ten.
        chance_10: how likely that is by chance.
    """

    user: list[str]
    fraction: Floats
    top_10: Floats
    chance_10: Floats


class _Word(NamedTuple):
    user: str
    letters: str
    figures: Floats


class Words:
    """Candidates of the same length by the normal densities of pair times, in units of the typist's own median.

    Per pair of letters: press to press, release to press and hold of the first; shrunk to all pairs. What a candidate
    scores on other words of its length is taken off, so that words that suit any timing are not preferred: where times
    tell nothing, all candidates are equal.
    """

    view = staticmethod(strokes_of)

    def __init__(self) -> None:
        self._pairs: dict[str, int] = {}
        self._candidates: dict[int, list[str]] = {}
        self._others: dict[int, Floats] = {}
        self._mean: Floats
        self._spread: Floats

    def fit(self, background: Sequence[Subject], /) -> None:
        """Learn words and pair times from other people; where no words are left there is nothing to learn."""
        import numpy as np

        found = [word for subject in background for word in _words(subject)]
        counts = Counter(word.letters for word in found)
        self._candidates = defaultdict(list)
        if not found:
            return
        for letters, count in counts.items():
            if count >= _SEEN:
                self._candidates[len(letters)].append(letters)
        self._others = {
            length: np.array([word.figures for word in found if len(word.letters) == length][:_OTHERS])
            for length in self._candidates
        }
        names = sorted({pair for word in found for pair in _pairs(word.letters)})
        self._pairs = {pair: at for at, pair in enumerate(names)}
        pair = np.array([self._pairs[pair] for word in found for pair in _pairs(word.letters)])
        figures = np.vstack([word.figures for word in found])
        self._mean, self._spread = _densities(pair, figures, len(names))

    def ranks(self, people: Sequence[Subject], /) -> WordRanks:
        """Rank the true word of everything typed that is a candidate."""
        import numpy as np

        by_length: dict[int, list[_Word]] = defaultdict(list)
        for subject in people:
            for word in _words(subject):
                if word.letters in self._candidates.get(len(word.letters), ()):
                    by_length[len(word.letters)].append(word)
        users: list[str] = []
        parts: list[tuple[Floats, Floats, Floats]] = []
        for length, words in sorted(by_length.items()):
            if len(self._candidates[length]) > 1:
                taken = words[:: -(-len(words) // _AT_MOST)]
                users += [word.user for word in taken]
                parts.append(self._ranked(self._candidates[length], taken))
        if not parts:
            return WordRanks([], *np.zeros((3, 0)))
        return WordRanks(users, *(np.concatenate(column) for column in zip(*parts)))

    def _ranked(self, candidates: list[str], words: list[_Word]) -> tuple[Floats, Floats, Floats]:
        import numpy as np

        code = np.array([[self._pairs[pair] for pair in _pairs(letters)] for letters in candidates])
        usual = self._scores(code, self._others[len(candidates[0])]).mean(0)
        scores = (self._scores(code, np.array([word.figures for word in words])) - usual).round(6)
        own = np.array([candidates.index(word.letters) for word in words])
        true = scores[np.arange(len(words)), own][:, None]
        above, level = (scores > true).sum(1), (scores == true).sum(1)
        rank = above + (level - 1) / 2
        chance = min(10, len(candidates)) / len(candidates)
        return rank / (len(candidates) - 1), np.clip((10 - above) / level, 0, 1), np.full(len(words), chance)

    def _scores(self, code: NDArray[np.int64], figures: Floats) -> Floats:
        """Log density of the figures of words (row) under each candidate (column), given as its pairs."""
        import numpy as np

        scores = np.zeros((len(figures), len(code)))
        for place in range(code.shape[1]):
            mean, spread = self._mean[code[:, place]], self._spread[code[:, place]]
            away = (figures[:, place, None, :] - mean[None]) / spread[None]
            scores -= (away**2 / 2 + np.log(spread)[None]).sum(2)
        return scores


def _words(subject: Subject) -> Iterator[_Word]:
    """Words typed without a correction, with three figures for each pair of letters."""
    import numpy as np

    medians = [np.maximum(np.median(each), _LEAST_US) for each in _intervals(subject.views)]
    for view in subject.views:
        for start, stop in _runs(view.keys):
            rows = slice(start, stop)
            step, hold = np.diff(view.press_us[rows]), (view.release_us - view.press_us)[rows]
            figures = np.array([
                np.log(np.maximum(step, _LEAST_US) / medians[0]), (step - hold[:-1]) / medians[0],
                np.log(np.maximum(hold[:-1], _LEAST_US) / medians[1]),
            ]).T  # fmt: skip
            yield _Word(subject.user, "".join(key[3] for key in view.keys[rows]), np.clip(figures, -3, 3))


def _intervals(views: Sequence[Strokes]) -> tuple[Floats, Floats]:
    import numpy as np

    steps = np.concatenate([np.diff(view.press_us).astype(float) for view in views] or [np.ones(1)])
    holds = np.concatenate([(view.release_us - view.press_us).astype(float) for view in views] or [np.ones(1)])
    return (steps if len(steps) else np.ones(1)), (holds if len(holds) else np.ones(1))


def _runs(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where letters alone stand between two spaces, or a beginning and a space."""
    start = 0
    for at, key in enumerate(keys):
        if key == "Space":
            if at - start in _LENGTHS and all(len(each) == 4 and each.startswith("Key") for each in keys[start:at]):
                yield start, at
            start = at + 1


def _pairs(letters: str) -> list[str]:
    return [letters[at : at + 2] for at in range(len(letters) - 1)]


def _densities(pair: NDArray[np.int64], figures: Floats, size: int) -> tuple[Floats, Floats]:
    """Mean and deviation of each figure (column) for each pair (row), both shrunk to those of all pairs."""
    import numpy as np

    centre, wide = figures.mean(0), figures.var(0)
    count = np.bincount(pair, minlength=size)[:, None]
    sums = np.column_stack([np.bincount(pair, column, size) for column in figures.T])
    mean = (sums + _PRIOR * centre) / (count + _PRIOR)
    away = (figures - mean[pair]) ** 2
    squares = np.column_stack([np.bincount(pair, column, size) for column in away.T])
    return mean, np.sqrt(np.maximum((squares + _PRIOR * wide) / (count + _PRIOR), _FLOOR))
