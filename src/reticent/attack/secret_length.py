"""How long a redacted secret was, told by what is left around it: counts of events, gaps, and how fast its owner types.

Victims type as people of a corpus do: their own intervals, 30 keys before the secret and 30 after it. Lengths are drawn
from a prior like that of leaked passwords.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.attack.strokes import Strokes
from reticent.events import Event, Focus, KeyDown, KeyUp, Redacted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["LengthLeak", "length_leak", "login_events", "marked"]

_PRIOR = {6: 0.13, 7: 0.12, 8: 0.26, 9: 0.15, 10: 0.13, 11: 0.08, 12: 0.07, 13: 0.03, 14: 0.03}
_CONTEXT = 30
_LETTERS = "abcdefghijkmnopqrstuvwxyz23456789"
_WORDS = "the weather in the valley was not as cold as they had said it would be that week "
_GAPS = 4
_TRAINING = 4
_FLOOR = 1e-3


class LengthLeak(NamedTuple):
    """One entry a victim.

    Attributes:
        bits: of information about the length, by the log loss of the attacker; the mean is a bound from below.
        exact: whether the likeliest length is right.
        prior: how likely the commonest length is: chance.
    """

    bits: Floats
    exact: Floats
    prior: float


def length_leak(
    rhythms: Sequence[Strokes], defend: Callable[[Sequence[Event], str], Sequence[Event]], *, seed: int = 0
) -> LengthLeak:
    """Half of the typists train the attacker, with four logins each; the other half are its victims.

    Args:
        rhythms: sessions of 40 strokes or more of different people.
        defend: what becomes of a stream; is also told whose stream it is.
        seed: of lengths and of the attacker.
    """
    import numpy as np

    from reticent.attack.trees import forest

    noise = np.random.default_rng(seed)
    known, victims = rhythms[: len(rhythms) // 2], rhythms[len(rhythms) // 2 :]
    rows, lengths = _logins([rhythm for rhythm in known for _ in range(_TRAINING)], defend, noise, f"{seed}/known")
    asked, truth = _logins(victims, defend, noise, f"{seed}/victims")
    grown = forest(100, seed, min_samples_leaf=6, max_features=None)
    grown.fit(rows, lengths)
    prior = np.array([_PRIOR[int(length)] for length in grown.classes_])
    given = grown.predict_proba(asked)
    weight = _trust(grown, rows, lengths, prior)
    given = np.maximum(weight * given + (1 - weight) * prior, _FLOOR * prior)
    column = {int(length): at for at, length in enumerate(grown.classes_)}
    own = np.array([column.get(int(length), 0) for length in truth])
    at = np.arange(len(own))
    bits = np.log2(given[at, own] / prior[own])
    return LengthLeak(bits, (given.argmax(1) == own).astype(float), max(_PRIOR.values()))


def _logins(
    rhythms: Sequence[Strokes], defend: Callable[[Sequence[Event], str], Sequence[Event]], noise: np.random.Generator,
    whose: str,
) -> tuple[Floats, NDArray[np.int64]]:  # fmt: skip
    """Figures of a defended login of each typist, and how long the secret was."""
    import numpy as np

    lengths = noise.choice(list(_PRIOR), len(rhythms), p=list(_PRIOR.values()))
    rows = [
        _figures(defend(login_events(rhythm, int(length), noise), f"{whose}/{at}"))
        for at, (rhythm, length) in enumerate(zip(rhythms, lengths))
    ]
    return np.array(rows), lengths


def login_events(rhythm: Strokes, length: int, noise: np.random.Generator) -> list[Event]:
    """A sentence, a password of this length in a password field, a sentence; intervals and holds are the typist's own.

    >>> import numpy as np
    >>> from reticent.attack.strokes import strokes_of
    >>> rhythm = strokes_of([KeyDown(time_us=at * 100_000, code="KeyA") for at in range(40)])
    >>> sum(isinstance(event, KeyDown) for event in login_events(rhythm, 8, np.random.default_rng(0)))
    68
    """
    import numpy as np

    steps, holds = np.diff(rhythm.press_us), np.maximum(rhythm.release_us - rhythm.press_us, 1000)
    secret = "".join(noise.choice(list(_LETTERS), length))
    events: list[Event] = []
    time_us = 0
    for field, text in (("text", _WORDS[:_CONTEXT]), ("password", secret), ("text", _WORDS[_CONTEXT : 2 * _CONTEXT])):
        time_us += int(noise.integers(400_000, 1_600_000))
        element = "login" if field == "password" else "editor"
        events.append(Focus(time_us=time_us, app="mail", element=element, field=field))  # type: ignore[arg-type]
        for sign in text:
            time_us += int(noise.choice(steps))
            code = "Space" if sign == " " else f"Digit{sign}" if sign.isdigit() else f"Key{sign.upper()}"
            events.append(KeyDown(time_us=time_us, code=code, key=sign))
            up_us = time_us + min(int(noise.choice(holds)), 90_000)
            events.append(KeyUp(time_us=up_us, code=code, key=sign))
            time_us = up_us
    return events


def marked(events: Sequence[Event]) -> list[Event]:
    """A login with one mark for the secret and every other time as it was: what counting cannot tell, a gap may.

    >>> [type(event).__name__ for event in marked([Focus(time_us=0, field="password"), KeyDown(time_us=1, key="a")])]
    ['Focus', 'Redacted']
    """
    out: list[Event] = []
    hidden = False
    for event in events:
        if isinstance(event, Focus):
            hidden = event.field == "password"
            out.append(event)
        elif not hidden:
            out.append(event)
        elif isinstance(out[-1], Focus):
            out.append(Redacted(time_us=event.time_us, category="credential"))
    return out


def _figures(events: Sequence[Event]) -> list[float]:
    """Counts of each kind of event, the length of the whole, the longest gaps, and the usual one."""
    import numpy as np

    counts = Counter(map(type, events))
    times = np.array([event.time_us for event in events], float)
    gaps = np.sort(np.diff(times))[::-1] if len(times) > 1 else np.zeros(1)
    longest = [*gaps[:_GAPS], *[0.0] * (_GAPS - len(gaps[:_GAPS]))]
    span = times[-1] - times[0] if len(times) else 0.0
    marks = counts[Redacted]
    return [counts[KeyDown], counts[KeyUp], marks, len(events), span, *longest, float(np.median(gaps)), gaps.sum()]


def _trust(grown: object, rows: Floats, lengths: NDArray[np.int64], prior: Floats) -> float:
    """How far the forest is to be believed against the prior: what loses least on folds of the training half."""
    import numpy as np
    from sklearn.base import clone
    from sklearn.model_selection import KFold

    given, truth = np.tile(prior, (len(rows), 1)), np.zeros(len(rows), int)
    columns = {int(length): at for at, length in enumerate(grown.classes_)}  # type: ignore[attr-defined]
    for train, test in KFold(4).split(rows):
        part = clone(grown).fit(rows[train], lengths[train])
        given[test] = 0
        given[np.ix_(test, [columns[int(length)] for length in part.classes_])] = part.predict_proba(rows[test])
    truth = np.array([columns[int(length)] for length in lengths])
    at = np.arange(len(rows))
    losses = {
        weight: -np.log(
            np.maximum(weight * given[at, truth] + (1 - weight) * prior[truth], _FLOOR * prior[truth])
        ).sum()
        for weight in np.linspace(0, 1, 21)
    }
    return float(min(losses, key=lambda weight: losses[weight]))
