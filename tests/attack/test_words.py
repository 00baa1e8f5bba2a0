"""Words are told by time, and all candidates are equal where time tells nothing."""

from __future__ import annotations

import numpy as np
import pytest

from reticent.attack.model import Subject, subjects
from reticent.attack.strokes import strokes_of
from reticent.attack.words import Words
from reticent.events import KeyDown, KeyUp

PACE = np.random.default_rng(1).uniform(60, 400, (10, 10))
VOCABULARY = [np.random.default_rng([2, at]).integers(0, 9, 5).tolist() for at in range(20)]


def stream(person: int, *, even: bool = False, faster: float = 1.0):
    """Twelve words: pairs of letters take as long for everybody, or all as long as each other."""
    noise = np.random.default_rng(person)
    events, time_us, last = [], 0, 9
    for at in noise.integers(0, len(VOCABULARY), 12):
        for letter in [*VOCABULARY[at], 9]:
            time_us += int(100_000 if even else faster * 1000 * PACE[last, letter] * noise.lognormal(0, 0.1))
            code, last = ("Space" if letter == 9 else f"Key{'ETAOINSHR'[letter]}"), letter
            events += [KeyDown(time_us=time_us, code=code), KeyUp(time_us=time_us + 30_000, code=code)]
    return strokes_of(events)


def ranked(background, people):
    """Ranks of the words of people, by an attacker who knows a background."""
    attacker = Words()
    attacker.fit(background)
    return attacker.ranks(people)


def crowd(people, **options):
    """Subjects."""
    return subjects((f"p{person}", stream(person, **options)) for person in people)


def test_words_are_told_by_time_and_not_without_it():
    """Where every interval is the same, all candidates are equal."""
    told = ranked(crowd(range(25)), crowd(range(25, 40)))
    assert np.median(told.fraction) <= 0.1
    assert told.top_10.mean() > told.chance_10.mean()
    assert set(ranked(crowd(range(25), even=True), crowd(range(25, 40), even=True)).fraction.tolist()) == {0.5}


def test_a_faster_typist_is_told_as_well():
    """Times count in units of the typist's own median."""
    assert np.median(ranked(crowd(range(25)), crowd(range(25, 40), faster=3)).fraction) <= 0.1


@pytest.mark.parametrize("background", [[], [Subject("a", [strokes_of([])])]])
def test_without_words_there_is_nothing_to_rank(background):
    """Neither to learn, nor to tell."""
    assert not len(ranked(background, crowd([1])).fraction)
    assert not len(ranked(crowd(range(5)), background).fraction)


def test_corrected_words_are_left_out():
    """What was typed is then not what is read."""
    events = [KeyDown(time_us=at * 90_000, code=code) for at, code in enumerate(
        ["KeyA", "KeyB", "Backspace", "KeyC", "KeyD", "KeyE", "Space"])]  # fmt: skip
    assert not len(ranked(crowd(range(5)), [Subject("a", [strokes_of(events)])]).fraction)
