"""Benches: a corpus goes through defences stream by stream, and trials attack what comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from msgspec import Struct

from reticent.attack.defence import RAW, Defence, defend
from reticent.attack.findings import Finding, Floor, Risk, Utility, check_healthy
from reticent.attack.fixed_text import ScaledManhattan, published_errors
from reticent.attack.metrics import Estimate, averaged, estimate, hits, normalised, verification
from reticent.attack.model import AttackBroken, Attacker, Population, Session, Subject
from reticent.attack.utility import UTILITIES, Cost, cost_of, summary
from reticent.attack.words import Words
from reticent.events import Event

if TYPE_CHECKING:
    from typing import Literal

__all__ = [
    "Bench", "CorpusBench", "Figure", "PublishedError", "Recognition", "Results", "Round", "Trial", "Views",
    "WordInference",
]  # fmt: skip

Views = dict[str, list[tuple[str, Any]]]
"""Views of the defended sessions of each person, with the names of the sessions."""


class Round(NamedTuple):
    """One attack: whom to learn from, whom to look for."""

    background: Population
    people: Population


class Figure(NamedTuple):
    """One figure of a trial, before it is known of which defence."""

    measure: str
    estimate: Estimate
    chance: float
    worse: Literal["high", "low"]
    people: int
    probes: int


class Results(NamedTuple):
    """What a bench found."""

    findings: list[Finding]
    utilities: list[Utility]


class Bench(Protocol):
    """Something that attacks defences."""

    @property
    def name(self) -> str:
        """What ``--only`` takes."""

    def run(self, defences: Sequence[Defence], *, seeds: int, quick: bool) -> Results:
        """Attack raw data and each defence.

        Raises:
            AttackBroken: raw data is not attacked as well as it should be.
            DataMissing: the corpus, or a library, is not here.
        """


class Trial(Protocol):
    """One attack on a corpus."""

    @property
    def name(self) -> str:
        """What reports call it."""

    @property
    def risk(self) -> Risk:
        """What succeeding means."""

    @property
    def floors(self) -> tuple[Floor, ...]:
        """What it must reach on raw data."""

    @property
    def view(self) -> Callable[[Sequence[Event]], Any]:
        """What is kept of a defended stream."""

    def figures(self, views: Sequence[Views], *, quick: bool) -> list[Figure]:
        """Attack one defence; ``views`` has an entry for each seed."""


class Recognition(Struct, frozen=True, kw_only=True):
    """Who is it? Rank-1 in a closed set, and the equal error rate of scores normalised by the cohort.

    Attributes:
        attacker: makes one, from a seed.
        rounds: how people and sessions are dealt out, from views and a seed.
        verify: whether the equal error rate is wanted.
    """

    name: str
    risk: Risk
    attacker: Callable[[int], Attacker]
    rounds: Callable[[Views, int, bool], list[Round]]
    floors: tuple[Floor, ...] = ()
    verify: bool = True

    @property
    def view(self) -> Callable[[Sequence[Event]], Any]:
        """See ``Trial``."""
        return self.attacker(0).view

    def figures(self, views: Sequence[Views], *, quick: bool) -> list[Figure]:
        """See ``Trial``."""
        import numpy as np

        first, whose, errors, sizes = [], [], [], []
        for seed, found in enumerate(views):
            for background, people in self.rounds(found, seed, quick):
                attacker = self.attacker(seed)
                attacker.fit(background)
                scores, own = _finite(attacker.score(people), self.name), _owners(people)
                first.append(hits(scores, own))
                whose += [people.enrolled[at].user for at in own]
                sizes.append(len(people.enrolled))
                if self.verify:
                    errors.append(verification(normalised(scores), own).eer())
        ids = np.unique(whose, return_inverse=True)[1]
        people_count, probes = len(set(whose)), len(whose)
        rank = Figure(
            "rank-1", estimate(np.concatenate(first), ids.tolist()), 1 / sizes[0], "high", people_count, probes
        )
        return [rank, *([Figure("EER", averaged(errors), 0.5, "low", people_count, probes)] if errors else [])]


class PublishedError(Struct, frozen=True, kw_only=True):
    """Equal error rate of the scaled Manhattan detector by the protocol of Killourhy and Maxion (2009).

    The first half of the entries trains, the second half is genuine; the first five of everybody else are impostors.
    """

    name: str
    risk: Risk = "linkability"
    floors: tuple[Floor, ...] = ()

    @property
    def view(self) -> Callable[[Sequence[Event]], Any]:
        """See ``Trial``."""
        return ScaledManhattan().view

    def figures(self, views: Sequence[Views], *, quick: bool) -> list[Figure]:
        """See ``Trial``."""
        found = [self._errors(each) for each in views]
        people, probes = len(views[0]), sum(map(len, views[0].values()))
        return [Figure("EER", averaged(found), 0.5, "low", people, probes)]

    def _errors(self, views: Views) -> Estimate:
        rows = {user: [view for _, view in sessions] for user, sessions in views.items()}
        enrolled = [Subject(user, each[: len(each) // 2]) for user, each in rows.items()]
        genuine = [Subject(user, [row]) for user, each in rows.items() for row in each[len(each) // 2 :]]
        impostors = [Subject(user, [row]) for user, each in rows.items() for row in each[:5]]
        people = Population(enrolled, genuine + impostors)
        scores = _finite(ScaledManhattan().score(people), self.name)
        errors = published_errors(scores, _owners(people), len(genuine))
        return estimate(errors, range(len(errors)))


class WordInference(Struct, frozen=True, kw_only=True):
    """Which word was it? Where the true word stands among those of its length, by time alone.

    Words are told from the keys that are left. Where strokes are left and no words, nothing is measured: no figure, not
    a good one.

    Attributes:
        halves: deals people out to learn from and to attack.
    """

    name: str
    halves: Callable[[Views, int, bool], tuple[list[Subject], list[Subject]]]
    risk: Risk = "inference"
    floors: tuple[Floor, ...] = ()

    @property
    def view(self) -> Callable[[Sequence[Event]], Any]:
        """See ``Trial``."""
        return Words().view

    def figures(self, views: Sequence[Views], *, quick: bool) -> list[Figure]:
        """See ``Trial``."""
        import numpy as np

        fractions, top, chance, users = [], [], [], []
        left = False
        for seed, found in enumerate(views):
            background, people = self.halves(found, seed, quick)
            left = left or any(view.keys for subject in people for view in subject.views)
            attacker = Words()
            attacker.fit(background)
            ranked = attacker.ranks(people)
            fractions.append(ranked.fraction)
            top.append(ranked.top_10)
            chance.append(ranked.chance_10)
            users += ranked.user
        ids = np.unique(users, return_inverse=True)[1].tolist()
        rank, ten, guess = (np.concatenate(each) for each in (fractions, top, chance))
        if not len(rank) and left:
            return []
        if not len(rank):
            rank, ten, guess, ids = np.array([0.5]), np.array([0.0]), np.array([0.0]), [0]
        people_count = len(set(ids))
        return [
            Figure("median rank", _median(rank, ids), 0.5, "low", people_count, len(rank)),
            Figure("top-10", estimate(ten, ids), float(guess.mean()), "high", people_count, len(rank)),
        ]


class CorpusBench(Struct, frozen=True, kw_only=True):
    """Trials on one corpus, which is read once.

    Attributes:
        name: what ``--only`` takes.
        data: what reports call the corpus.
        sessions: reads it; a sample of it, when told so.
        trials: the attacks.
        whole: whether redaction stands in the way too.
    """

    name: str
    data: str
    sessions: Callable[[bool], Iterator[Session]]
    trials: tuple[Trial, ...]
    whole: bool = False

    def run(self, defences: Sequence[Defence], *, seeds: int, quick: bool) -> Results:
        """See ``Bench``."""
        every = (RAW, *defences)
        views, costs = self._defended(every, seeds, quick)
        results = Results([], [])
        for trial in self.trials:
            found: list[Finding] = []
            for defence in every:
                mine = [views[defence.name, seed, trial.view] for seed in range(seeds)]
                figures = trial.figures(mine, quick=quick)
                found += [self._finding(trial, defence.name, figure, seeds) for figure in figures]
                if defence.name == RAW.name:
                    check_healthy(found, trial.floors, quick=quick)
            results.findings.extend(found)
        for name, found_costs in costs.items():
            people = len({cost.user for cost in found_costs})
            results.utilities.extend(
                Utility.of(self.data, name, measure, unit=UTILITIES[measure][0], figure=figure, people=people)
                for measure, figure in summary(found_costs).items()
            )
        return results

    def _defended(
        self, defences: Sequence[Defence], seeds: int, quick: bool
    ) -> tuple[dict[tuple[str, int, Callable[..., Any]], Views], dict[str, list[Cost]]]:
        kinds = list(dict.fromkeys(trial.view for trial in self.trials))
        views: dict[tuple[str, int, Callable[..., Any]], Views] = defaultdict(dict)
        costs: dict[str, list[Cost]] = defaultdict(list)
        for session in self.sessions(quick):
            for defence in defences:
                steps = defence.redacting if self.whole else defence.steps
                for seed in range(seeds if steps else 1):
                    events = defend(session.events, steps, seed=(seed, session.user, session.name))
                    for view in kinds:
                        mine = views[defence.name, seed, view].setdefault(session.user, [])
                        mine.append((session.name, view(events)))
                    if not seed:
                        costs[defence.name].append(cost_of(session.user, session.events, events))
        for defence in defences:
            for seed in range(1, seeds):
                for view in kinds:
                    views.setdefault((defence.name, seed, view), views[defence.name, 0, view])
        return views, costs

    def _finding(self, trial: Trial, defence: str, figure: Figure, seeds: int) -> Finding:
        value, low, high = figure.estimate
        return Finding(
            attack=trial.name, data=self.data, defence=defence, risk=trial.risk, measure=figure.measure, value=value,
            low=low, high=high, chance=figure.chance, worse=figure.worse, people=figure.people, probes=figure.probes,
            seeds=seeds,
        )  # fmt: skip


def _finite(scores: Any, name: str) -> Any:
    """The scores themselves: one that is no number would rank nobody, and pass as privacy.

    Raises:
        AttackBroken: there is one.
    """
    import numpy as np

    if not np.isfinite(scores).all():
        raise AttackBroken(f"attack is broken: {name}: scores that are not numbers")
    return scores


def _owners(people: Population) -> list[int]:
    """Which enrolled person each probe is of."""
    column = {subject.user: at for at, subject in enumerate(people.enrolled)}
    return [column[probe.user] for probe in people.probes]


def _median(values: Any, people: Sequence[int]) -> Estimate:
    """Median over everything, and its interval by resampling people."""
    import numpy as np

    groups = [values[np.array(people) == person] for person in sorted(set(people))]
    noise = np.random.default_rng(0)
    draws = [
        np.median(np.concatenate([groups[at] for at in noise.integers(0, len(groups), len(groups))]))
        for _ in range(100)
    ]
    return Estimate(float(np.median(values)), *map(float, np.quantile(draws, (0.025, 0.975))))
