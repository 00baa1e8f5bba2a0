"""The attacks that ship: on which corpus, how it is dealt out, and what raw data must reach.

Floors are the healthy levels of the study that the design rests on; the second figure of a floor is that of the sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reticent.attack import corpora
from reticent.attack.bench import (
    Bench,
    CorpusBench,
    PublishedError,
    Recognition,
    Round,
    Trial,
    Views,
    WordInference,
)
from reticent.attack.findings import Floor, Risk
from reticent.attack.fixed_text import FixedText
from reticent.attack.free_text import ContentCounters, FreeText, RolloverOrder
from reticent.attack.linkage import Names, Typing, with_names
from reticent.attack.model import Attacker, Population, Session, Subject
from reticent.attack.mouse import DeviceFingerprint, Mouse
from reticent.attack.simulated import PinBench, SecretLengthBench

__all__ = ["BENCHES", "ON_REQUEST", "QUICK", "shaped_a_defence"]

_NOBODY = Population([], [])
_PROMPTED = 10
_POOLED = 5


def _entries(pooled: int) -> Any:
    def rounds(views: Views, seed: int, quick: bool) -> list[Round]:
        """First half against second half of the entries of one text."""
        rows = {user: [view for _, view in sessions] for user, sessions in views.items()}
        probes = [
            Subject(user, mine[start : start + pooled])
            for user, mine in rows.items()
            for start in range(len(mine) // 2, len(mine) - pooled + 1, pooled)
        ]
        return [
            Round(_NOBODY, Population([Subject(user, mine[: len(mine) // 2]) for user, mine in rows.items()], probes))
        ]

    return rounds


def _strangers(test: int, enrol: int) -> Any:
    def rounds(views: Views, seed: int, quick: bool) -> list[Round]:
        """So many people under attack, all others in the background; first sessions enrol, the rest are one probe."""
        order = _attackable_first(views, seed)
        count = min(test, len(order) // 2 if not quick else 100)
        return [Round(_occasions(views, order[count:], enrol), _occasions(views, order[:count], enrol))]

    return rounds


def _halves(views: Views, seed: int, quick: bool) -> tuple[list[Subject], list[Subject]]:
    order = _attackable_first(views, seed)
    count = min(300, len(order) // 4)
    whole = [Subject(user, [view for _, view in views[user]]) for user in order]
    return whole[count:], whole[:count]


def _random_splits(views: Views, seed: int, quick: bool) -> list[Round]:
    """Six random halves of the people: 4 sessions of 500 keys enrol, 2 are the probe."""
    found = []
    for at in range(6):
        order = _shuffled(views, 100 * seed + at)
        half = len(order) // 2
        found.append(Round(_occasions(views, order[half:], 4), _occasions(views, order[:half], 4)))
    return found


def _by_name(views: Views, seed: int, quick: bool) -> list[Round]:
    """Sessions whose names begin with ``enrol`` against those that begin with ``probe``, one by one."""
    enrolled, probes = [], []
    for user, sessions in views.items():
        known = [view for name, view in sessions if name.startswith("enrol")]
        asked = [view for name, view in sessions if name.startswith("probe")]
        if known and asked:
            enrolled.append(Subject(user, known))
            probes += [Subject(user, [view]) for view in asked]
    return [Round(_NOBODY, Population(enrolled, probes))]


def shaped_a_defence(user: str) -> bool:
    """Whether speed levels were made from this person of Aalto, who may then be background, and never under attack.

    See ``LEVELS_US`` of ``reticent.transforms.timing_clock``.

    >>> shaped_a_defence("7"), shaped_a_defence("8")
    (True, False)
    """
    return int(user) % 4 == 3


def _attackable_first(views: Views, seed: int) -> list[str]:
    """People in random order, those last who may only be background."""
    return sorted(_shuffled(views, seed), key=shaped_a_defence)


def _shuffled(views: Views, seed: int) -> list[str]:
    import numpy as np

    order: list[str] = np.random.default_rng(seed).permutation(sorted(views)).tolist()
    return order


def _occasions(views: Views, users: list[str], enrol: int) -> Population:
    parts = [(user, [view for _, view in views[user]]) for user in users]
    return Population(
        [Subject(user, mine[:enrol]) for user, mine in parts], [Subject(user, mine[enrol:]) for user, mine in parts]
    )


def _plain(attacker: type[FreeText]) -> Any:
    def make(seed: int) -> Attacker:
        return attacker()

    return make


def _strangers_trial(name: str, attacker: type[FreeText], *floors: Floor, risk: Risk = "singling out") -> Trial:
    return Recognition(
        name=name, risk=risk, attacker=_plain(attacker), rounds=_strangers(1000, _PROMPTED), floors=floors
    )


def _aalto(quick: bool) -> Iterator[Session]:
    return corpora.aalto(400 if quick else None)


def _aalto_rhythms(quick: bool) -> Iterator[Session]:
    """Those who may only be background first: the second half are victims."""
    sessions = list(corpora.aalto(200 if quick else 800))
    yield from sorted(sessions, key=lambda session: not shaped_a_defence(session.user))


BENCHES: tuple[Bench, ...] = (
    CorpusBench(
        name="fixed-text", data="Monaco keypad", sessions=lambda quick: corpora.monaco("keypad"),
        trials=(
            Recognition(name="fixed text", risk="singling out", attacker=FixedText, rounds=_entries(1), verify=False,
                        floors=(Floor("rank-1", 0.78),)),
            Recognition(name="fixed text, 5 entries", risk="singling out", attacker=FixedText, rounds=_entries(_POOLED),
                        verify=False, floors=(Floor("rank-1", 0.97),)),
            PublishedError(name="fixed text, scaled Manhattan", floors=(Floor("EER", 0.15),)),
        ),
    ),
    CorpusBench(
        name="free-text", data="Aalto", sessions=_aalto,
        trials=(
            _strangers_trial("free text", FreeText, Floor("rank-1", 0.70, 0.85), Floor("EER", 0.06, 0.08)),
            _strangers_trial("rollover order", RolloverOrder, Floor("rank-1", 0.35, 0.40)),
            _strangers_trial("content counters", ContentCounters, Floor("EER", 0.36, 0.42), risk="linkability"),
            Recognition(name="typing across epochs", risk="linkability", attacker=Typing,
                        rounds=_strangers(1000, _PROMPTED), floors=(Floor("EER", 0.06, 0.08),)),
            WordInference(name="timing to word", halves=_halves, floors=(Floor("median rank", 0.22),)),
        ),
    ),
    CorpusBench(
        name="long-text", data="Monaco free text", sessions=lambda quick: corpora.monaco("free_text"),
        trials=(
            Recognition(name="long text", risk="singling out", attacker=_plain(FreeText), rounds=_random_splits,
                        floors=(Floor("rank-1", 0.90),)),
            Recognition(name="rollover order, long text", risk="singling out", attacker=_plain(RolloverOrder),
                        rounds=_random_splits, floors=(Floor("rank-1", 0.70),)),
        ),
    ),
    CorpusBench(
        name="mouse", data="SapiMouse", sessions=lambda quick: corpora.sapimouse(),
        trials=(
            Recognition(name="mouse", risk="singling out", attacker=Mouse, rounds=_by_name,
                        floors=(Floor("rank-1", 0.65), Floor("EER", 0.11))),
            Recognition(name="device fingerprint", risk="linkability", attacker=DeviceFingerprint, rounds=_by_name,
                        floors=(Floor("rank-1", 0.25), Floor("EER", 0.20))),
        ),
    ),
    CorpusBench(
        name="mouse-work", data="Balabit", sessions=lambda quick: corpora.balabit(),
        trials=(
            Recognition(name="mouse at work", risk="singling out", attacker=Mouse, rounds=_by_name,
                        floors=(Floor("rank-1", 0.75),)),
        ),
    ),
    CorpusBench(
        name="names", data="Monaco keypad with invented names", whole=True,
        sessions=lambda quick: map(with_names, corpora.monaco("keypad")),
        trials=(
            Recognition(name="names across epochs", risk="linkability", attacker=Names, rounds=_entries(1),
                        floors=(Floor("rank-1", 0.99), Floor("EER", 0.01))),
        ),
    ),
    CorpusBench(
        name="cmu", data="CMU passwords", sessions=lambda quick: corpora.cmu(),
        trials=(PublishedError(name="fixed text, scaled Manhattan", floors=(Floor("EER", 0.0962, within=0.002),)),),
    ),
    SecretLengthBench(name="secret-length", data="simulated logins, Aalto rhythm", sessions=_aalto_rhythms),
    PinBench(name="pin", data="simulated, password field", field="password"),
    PinBench(name="pin-unmarked", data="simulated, nothing said of the keypad", field="text"),
)  # fmt: skip
"""All benches, in the order in which they run."""

ON_REQUEST = ("cmu",)
"""Names of the benches that run only when they are named: their corpus has to be asked for."""

QUICK = ("fixed-text", "free-text", "names", "secret-length", "pin")
"""Names of the benches of a quick run, on samples."""
