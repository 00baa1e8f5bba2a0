"""What attackers share: recorded sessions, people as an attacker meets them, and the one interface of all attackers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from reticent.errors import ReticentError
from reticent.events import Event

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

__all__ = ["AttackBroken", "Attacker", "DataMissing", "Population", "Session", "Subject", "subjects"]


class AttackBroken(ReticentError):
    """An attack does not reach on raw data what it is known to reach: what it says of a defence proves nothing."""


class DataMissing(ReticentError):
    """A corpus, or a library that reads it, is not here: says which and what to do."""


class Session(Struct, frozen=True):
    """One recording of one person. Its events are a stream of their own.

    Attributes:
        user: who was recorded, by a pseudonym of the corpus.
        name: which of the person's recordings, in the order of time.
        events: in the order of time.
    """

    user: str
    name: str
    events: Sequence[Event]

    def __repr__(self) -> str:
        return f"Session({len(self.events)} events)"


class Subject(Struct, frozen=True):
    """Somebody as an attacker meets them: views of one or more defended sessions, taken to be of one person."""

    user: str
    views: Sequence[Any]

    def __repr__(self) -> str:
        return f"Subject({len(self.views)} views)"


class Population(Struct, frozen=True):
    """People whom an attacker knows (``enrolled``, one entry a person) and streams whose owner it looks for."""

    enrolled: Sequence[Subject]
    probes: Sequence[Subject]


class Attacker(Protocol):
    """Adaptive: whatever it learns, it learns from defended data. Higher scores mean: rather this person.

    An attacker keeps nothing of events but its ``view``, so that a corpus goes through a defence stream by stream.
    """

    @property
    def view(self) -> Callable[[Sequence[Event]], Any]:
        """What it keeps of one defended stream: a plain function, so that attackers can share what it gives."""

    def fit(self, background: Population, /) -> None:
        """Learn from people that are not under attack. Attackers that learn from the enrolled alone do nothing."""

    def score(self, people: Population, /) -> Scores:
        """Score each probe (row) against each enrolled person (column)."""


def subjects(views: Iterable[tuple[str, Any]]) -> list[Subject]:
    """One subject a person, in the order of first appearance, from pairs of person and view.

    >>> [(subject.user, subject.views) for subject in subjects([("a", 1), ("b", 2), ("a", 3)])]
    [('a', [1, 3]), ('b', [2])]
    """
    by_user: dict[str, list[Any]] = {}
    for user, view in views:
        by_user.setdefault(user, []).append(view)
    return [Subject(user, found) for user, found in by_user.items()]
