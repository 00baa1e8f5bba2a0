"""People made up for tests: each has a rhythm, or a hand, of its own; a twin is the same person under another name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec.structs import replace

from reticent.attack.bench import CorpusBench, Recognition, Round, Views
from reticent.attack.defence import Defence
from reticent.attack.findings import Finding
from reticent.attack.model import Population, Session, Subject
from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp
from reticent.transform import Elementwise

LETTERS = "etaoinshr"


def typists(people: int, sessions: int = 4, *, alike: bool = False, keys: int = 60) -> Iterator[Session]:
    """Sessions of random letters and spaces; ``alike``: all have one rhythm, so that nobody can be told."""
    for person in range(people):
        own = np.random.default_rng(0 if alike else person)
        pace, hold = own.uniform(90, 300, len(LETTERS) + 1), own.uniform(40, 160, len(LETTERS) + 1)
        noise = np.random.default_rng([person, 1])
        for session in range(sessions):
            part = "enrol" if session < sessions - 1 else "probe"
            yield Session(f"p{person}", f"{part} {session}", typed(noise.integers(0, 10, keys), pace, hold, noise))


def typed(letters: np.ndarray, pace: np.ndarray, hold: np.ndarray, noise: np.random.Generator) -> list[Event]:
    """A stream of these letters."""
    timed: list[tuple[int, int, bool, str]] = []
    free: dict[str, int] = {}
    time_us = 0
    for place, letter in enumerate(letters.tolist()):
        time_us += int(1000 * pace[letter] * noise.lognormal(0, 0.2))
        code = "Space" if letter == len(LETTERS) else f"Key{LETTERS[letter].upper()}"
        time_us = max(time_us, free.get(code, 0) + 1)
        free[code] = time_us + int(1000 * hold[letter] * noise.lognormal(0, 0.2))
        timed += [(time_us, 2 * place, True, code), (free[code], 2 * place + 1, False, code)]
    return [(KeyDown if down else KeyUp)(time_us=us, code=code) for us, _, down, code in sorted(timed)]


def movers(people: int, sessions: int = 2) -> Iterator[Session]:
    """Sessions of movements with a speed and a click of each person's own."""
    for person in range(people):
        noise = np.random.default_rng([person, 2])
        for session in range(sessions):
            events: list[Event] = []
            time_us, x, y = 0, 0.0, 0.0
            for step in range(400):
                time_us += 8_000
                x, y = x + noise.normal(2 + 3 * person, 1), y + noise.normal(0, 1 + person)
                events.append(PointerMove(time_us=time_us, x=round(x), y=round(y)))
                if step % 40 == 39:
                    events.append(PointerDown(time_us=time_us, x=round(x), y=round(y)))
                    time_us += 40_000 + 20_000 * person
                    events.append(PointerUp(time_us=time_us, x=round(x), y=round(y)))
            yield Session(f"p{person}", "enrol" if session < sessions - 1 else "probe", events)


class Drop(Elementwise, frozen=True):
    """Lets no key through."""

    def rules(self, context):
        return dict.fromkeys((KeyDown, KeyUp), lambda event: None)


class Stop(Elementwise, frozen=True):
    """Lets every key through, all at one time."""

    def rules(self, context):
        return dict.fromkeys((KeyDown, KeyUp), lambda event: replace(event, time_us=0))


class Idle(Elementwise, frozen=True):
    """Does nothing."""

    def rules(self, context):
        return {KeyDown: lambda event: event}


def occasions(views: Views, users: list[str]) -> Population:
    """The last session is the probe."""
    return Population(
        [Subject(user, [view for _, view in views[user][:-1]]) for user in users],
        [Subject(user, [view for _, view in views[user][-1:]]) for user in users],
    )


def dealt(views: Views, seed: int, quick: bool) -> list[Round]:
    """Half of the people are the background."""
    order = sorted(views)
    return [Round(occasions(views, order[len(order) // 2 :]), occasions(views, order[: len(order) // 2]))]


def everybody(views: Views, seed: int, quick: bool) -> list[Round]:
    """All are enrolled."""
    return [Round(Population([], []), occasions(views, sorted(views)))]


def attacked(
    attacker, sessions, *defences: Defence, rounds=dealt, floors=(), seeds=1
) -> dict[tuple[str, str], Finding]:
    """Figures by defence and measure."""
    trial = Recognition(name="it", risk="singling out", attacker=attacker, rounds=rounds, floors=floors)
    bench = CorpusBench(name="b", data="planted", sessions=lambda quick: iter(sessions), trials=(trial,))
    results = bench.run(defences, seeds=seeds, quick=False)
    return {(finding.defence, finding.measure): finding for finding in results.findings}


def mixed(sessions: list[Session]) -> list[Session]:
    """The same sessions under names that tell nothing: what is left to find is chance."""
    return [Session(one.user, one.name, sessions[7 * at % len(sessions)].events) for at, one in enumerate(sessions)]
