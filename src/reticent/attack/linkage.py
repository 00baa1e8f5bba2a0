"""Do two streams belong together? All signals of typing at once, and names that recur from one epoch to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reticent.attack.free_text import ContentCounters, FreeText, RolloverOrder
from reticent.attack.metrics import normalised
from reticent.attack.model import Population, Session
from reticent.attack.strokes import strokes_of
from reticent.events import Event, Focus

if TYPE_CHECKING:
    from reticent.attack.model import Scores

__all__ = ["Names", "Typing", "names_of", "weights", "with_names"]

_FEWEST, _RIDGE = 20, 1e-3

_FIELDS = ("device", "stream", "app", "window", "element", "url")


def names_of(events: Sequence[Event]) -> frozenset[tuple[str, str]]:
    """Every name in a stream, by its field.

    >>> sorted(names_of([Focus(time_us=0, app="mail", element="7")]))
    [('app', 'mail'), ('element', '7')]
    """
    return frozenset(
        (field, value) for event in events for field in _FIELDS if (value := getattr(event, field, None)) is not None
    )


class Typing:
    """Free text, rollover order and content counters, each normalised by the cohort and weighed by what it tells.

    The weights are learned too: where a defence took all rhythm away, its noise must not drown what content tells.
    """

    view = staticmethod(strokes_of)

    def __init__(self, seed: int = 0) -> None:
        self._attackers = (FreeText(), RolloverOrder(), ContentCounters())
        self._weights = [1.0] * len(self._attackers)

    def fit(self, background: Population, /) -> None:
        """Learn from people of whom there are two occasions each: weights on people that nothing else was fitted on."""
        users = [subject.user for subject in background.enrolled]
        known, unknown = (_of_users(background, set(users[start::2])) for start in (0, 1))
        if len(unknown.enrolled) >= _FEWEST:
            self._weights = weights(self._parts(known, unknown), [subject.user for subject in unknown.enrolled],
                                    [subject.user for subject in unknown.probes])  # fmt: skip
        for attacker in self._attackers:
            attacker.fit(background)

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``."""
        import numpy as np

        parts = [normalised(attacker.score(people)) for attacker in self._attackers]
        total: Scores = np.tensordot(self._weights, parts, 1)
        return total

    def _parts(self, background: Population, people: Population) -> list[Scores]:
        parts = []
        for attacker in self._attackers:
            attacker.fit(background)
            parts.append(normalised(attacker.score(people)))
        return parts


def weights(parts: Sequence[Scores], enrolled: Sequence[str], probes: Sequence[str]) -> list[float]:
    """How much each kind of score counts: by Fisher's linear discriminant between own and other people's pairs.

    >>> import numpy as np
    >>> noise = np.random.default_rng(0).normal(size=(2, 50, 50))
    >>> found = weights([noise[0] + 3 * np.eye(50), noise[1]], range(50), range(50))
    >>> found[0] > 5 * found[1]
    True
    """
    import numpy as np

    own = np.array(probes)[:, None] == np.array(enrolled)[None, :]
    table = np.array([part.ravel() for part in parts])
    mine, others = table[:, own.ravel()], table[:, ~own.ravel()]
    spread = np.atleast_2d(np.cov(mine)) + np.atleast_2d(np.cov(others)) + _RIDGE * np.eye(len(parts))
    found = np.maximum(np.linalg.solve(spread, mine.mean(1) - others.mean(1)), 0)
    return found.tolist() if found.any() else [1.0] * len(parts)


def _of_users(people: Population, users: set[str]) -> Population:
    enrolled, probes = ([each for each in found if each.user in users] for found in (people.enrolled, people.probes))
    return Population(enrolled, probes)


class Names:
    """Names of devices, applications, windows and elements that two streams share; rare ones say more."""

    view = staticmethod(names_of)

    def __init__(self, seed: int = 0) -> None:
        """Needs no seed."""

    def fit(self, background: Population, /) -> None:
        """Nothing: rarity is that among the enrolled."""

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``."""
        import numpy as np

        known = [frozenset().union(*subject.views) for subject in people.enrolled]
        asked = [frozenset().union(*subject.views) for subject in people.probes]
        count = Counter(name for names in known for name in names)
        weight = {name: np.log(len(known) / many) for name, many in count.items()}
        return np.array([[sum(weight[name] for name in one & two) for two in known] for one in asked]).round(9)


def with_names(session: Session) -> Session:
    """A session of which the recorder also tells the device, an application and a window that only this person has."""
    own = {"app": "editor", "window": f"notes of {session.user}", "element": f"pad-{session.user}"}
    start = session.events[0].time_us if session.events else 0
    events: list[Event] = [Focus(time_us=start, field="text", **own)]
    events += [replace(event, device=f"usb-{session.user}") for event in session.events]
    return Session(session.user, session.name, events)
