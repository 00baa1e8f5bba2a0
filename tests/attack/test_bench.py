"""A bench lets attackers see defended data alone, tells what they find, and fails where raw data is not attacked."""

from __future__ import annotations

import numpy as np
import pytest
from planted import Drop, Idle, Stop, attacked, dealt, everybody, mixed, typists

from reticent.attack.bench import CorpusBench, PublishedError, Recognition, WordInference
from reticent.attack.defence import Defence
from reticent.attack.findings import Floor
from reticent.attack.free_text import FreeText, RolloverOrder
from reticent.attack.model import AttackBroken, Session, Subject
from reticent.events import KeyDown

PEOPLE = 30


class Spy:
    """Notes what it is shown."""

    def __init__(self) -> None:
        self.seen: list[list[int]] = []

    @staticmethod
    def view(events):
        """Times."""
        return [event.time_us for event in events]

    def fit(self, background):
        """Background people."""
        self.seen += [view for subject in (*background.enrolled, *background.probes) for view in subject.views]

    def score(self, people):
        """People under attack."""
        self.fit(people)
        return np.zeros((len(people.probes), len(people.enrolled)))


class Nothing(Spy):
    """Scores that are no numbers."""

    def score(self, people):
        """See ``Spy``."""
        return super().score(people) * np.nan


def test_attackers_learn_from_defended_data_alone():
    """Background, enrolled and probes: not one time of the raw streams is shown behind a defence that takes them."""
    spies: list[Spy] = []

    def spy(seed):
        spies.append(Spy())
        return spies[-1]

    attacked(spy, list(typists(6)), Defence("stop", (Stop(),)))
    shown = [times for each in spies for times in each.seen]
    raw, stopped = shown[: len(shown) // 2], shown[len(shown) // 2 :]
    assert len(raw) == len(stopped) == 24
    assert all(max(times) > 0 for times in raw)
    assert {time for times in stopped for time in times} == {0}


def test_doing_nothing_scores_as_raw():
    """The same figures to the last digit, also with several seeds."""
    found = attacked(lambda seed: FreeText(), list(typists(16)), Defence("idle", (Idle(),)), seeds=2)
    for measure in ("rank-1", "EER"):
        raw, idle = found["raw", measure], found["idle", measure]
        assert (raw.value, raw.low, raw.high) == (idle.value, idle.low, idle.high)


def test_shuffled_names_are_at_chance():
    """Sessions dealt out to people at random tell nothing."""
    assert attacked(lambda seed: FreeText(), mixed(list(typists(PEOPLE))))["raw", "rank-1"].value <= 0.35


def test_dropping_everything_leaves_chance():
    """Nothing is left to score: everybody is as likely as everybody else."""
    found = attacked(lambda seed: RolloverOrder(), list(typists(PEOPLE)), Defence("drop", (Drop(),)))
    assert found["drop", "rank-1"].value == pytest.approx(1 / (PEOPLE // 2))
    assert found["drop", "EER"].value == pytest.approx(0.5)


def test_an_attack_that_fails_on_raw_data_is_broken():
    """It would pass as privacy."""
    with pytest.raises(AttackBroken, match="attack is broken: it .*rank-1 on raw"):
        attacked(lambda seed: FreeText(), list(typists(PEOPLE, alike=True)), floors=(Floor("rank-1", 0.9),))


def test_a_floor_without_a_figure_is_broken():
    """A figure that nobody measured reaches nothing."""
    with pytest.raises(AttackBroken, match="no speed"):
        attacked(lambda seed: FreeText(), list(typists(PEOPLE)), floors=(Floor("speed", 0.9),))


def test_scores_that_are_no_numbers_are_broken():
    """They rank nobody."""
    with pytest.raises(AttackBroken, match="not numbers"):
        attacked(lambda seed: Nothing(), list(typists(6)), rounds=everybody)


def test_intervals_hold_the_figure_and_chance_is_of_the_crowd():
    """One in as many as are enrolled."""
    finding = attacked(lambda seed: FreeText(), list(typists(PEOPLE)))["raw", "rank-1"]
    assert finding.low <= finding.value <= finding.high
    assert finding.chance == pytest.approx(1 / (PEOPLE // 2))
    assert (finding.people, finding.probes) == (PEOPLE // 2, PEOPLE // 2)


def published(sessions):
    """What the published protocol finds."""
    bench = CorpusBench(
        name="b", data="planted", sessions=lambda quick: iter(sessions), trials=(PublishedError(name="published"),)
    )
    [finding] = bench.run((), seeds=1, quick=False).findings
    return finding


def test_the_published_protocol_tells_people_of_one_text():
    """Not those who all send one stream; and those with a rhythm of their own."""
    people = list(typists(6, 10))
    one = people[0].events
    assert published([Session(each.user, each.name, one) for each in people]).value == pytest.approx(0.5)
    own = [Session(each.user, each.name, paced(int(each.user[1:]), at)) for at, each in enumerate(people)]
    assert published(own).value <= 0.05


def paced(person: int, at: int):
    """The same ten keys at a person's own pace."""
    noise = np.random.default_rng(at).integers(0, 5_000, 10)
    return [KeyDown(time_us=key * (100_000 + 30_000 * person) + int(noise[key]), code=f"Key{key}") for key in range(10)]


def words(sessions, *steps):
    """What is told of words, by defence and measure."""

    def halves(views, seed, quick):
        people = [Subject(user, [view for _, view in found]) for user, found in views.items()]
        return people[::2], people[1::2]

    trial = WordInference(name="words", halves=halves)
    bench = CorpusBench(name="b", data="planted", sessions=lambda quick: iter(sessions), trials=(trial,))
    found = bench.run([Defence("it", steps)], seeds=1, quick=False).findings
    return {(each.defence, each.measure): each.value for each in found}


class Unnamed(Idle, frozen=True):
    """Takes the names of keys away and leaves their times."""

    def rules(self, context):
        return {KeyDown: lambda event: KeyDown(time_us=event.time_us)}


def test_words_that_cannot_be_told_apart_are_not_measured_as_private():
    """Where times are left and names of keys are not, there is no figure; where nothing is left, chance."""
    sessions = list(typists(8, keys=400))
    assert ("it", "median rank") not in words(sessions, Unnamed())
    assert words(sessions, Drop())["it", "median rank"] == 0.5


def test_utility_stands_beside_privacy():
    """Of each defence, and raw data costs nothing."""
    trial = Recognition(name="it", risk="singling out", attacker=lambda seed: FreeText(), rounds=dealt)
    bench = CorpusBench(name="b", data="planted", sessions=lambda quick: typists(4), trials=(trial,))
    found = bench.run([Defence("drop", (Drop(),))], seeds=1, quick=False).utilities
    kept = {each.defence: each.value for each in found if each.measure == "actions kept"}
    assert kept == {"raw": 100, "drop": 0}
