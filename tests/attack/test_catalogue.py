"""The attacks that ship can fail, learn from nobody they attack, and leave those alone who shaped a defence."""

from __future__ import annotations

import pytest

from reticent.attack.bench import CorpusBench
from reticent.attack.catalogue import BENCHES, ON_REQUEST, QUICK, shaped_a_defence

TRIALS = {(bench.name, trial.name): trial for bench in BENCHES if isinstance(bench, CorpusBench)
          for trial in bench.trials}  # fmt: skip
VIEWS = {str(user): [(f"{part} {at}", (user, at)) for at, part in enumerate(["enrol"] * 12 + ["probe"] * 3)]
         for user in range(60)}  # fmt: skip


def test_names_are_told_apart():
    """And those of a choice are among them."""
    names = [bench.name for bench in BENCHES]
    assert len({*names}) == len(names)
    assert {*QUICK, *ON_REQUEST} <= {*names}
    assert not {*QUICK} & {*ON_REQUEST}


@pytest.mark.parametrize("trial", TRIALS.values(), ids=map(" ".join, TRIALS))
def test_every_attack_has_a_level_that_raw_data_must_reach(trial):
    """Without one a broken attack would pass as privacy."""
    assert trial.floors


@pytest.mark.parametrize("name", [name for name, trial in TRIALS.items() if hasattr(trial, "rounds")], ids=" ".join)
def test_what_is_learned_and_what_is_probed_are_apart(name):
    """Nobody of the background is under attack, and no view is both enrolled and probed."""
    for background, people in TRIALS[name].rounds(VIEWS, 0, False):
        attacked = {subject.user for subject in people.probes}
        assert attacked
        assert attacked <= {subject.user for subject in people.enrolled}
        assert not attacked & {subject.user for subject in (*background.enrolled, *background.probes)}
        known = {view for subject in people.enrolled for view in subject.views}
        assert not known & {view for subject in people.probes for view in subject.views}


@pytest.mark.parametrize("seed", range(3))
def test_who_shaped_a_defence_is_not_attacked(seed):
    """Speed levels were made from a quarter of the people of Aalto."""
    [(_, people)] = TRIALS["free-text", "free text"].rounds(VIEWS, seed, False)
    _, victims = TRIALS["free-text", "timing to word"].halves(VIEWS, seed, False)
    for subject in (*people.enrolled, *people.probes, *victims):
        assert not shaped_a_defence(subject.user)


def test_the_same_people_are_attacked_raw_and_defended():
    """By the seed alone; another seed deals anew."""
    rounds = TRIALS["free-text", "free text"].rounds
    one, same, other = ([each.user for each in rounds(VIEWS, seed, False)[0].people.probes] for seed in (0, 0, 1))
    assert one == same != other
