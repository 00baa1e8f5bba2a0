"""What a fresh line costs: CPU time of the rule pack, of all detectors and of the peers, on texts never seen before."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from benchmarks.detection.corpora import Row
from benchmarks.detection.scoring import Reader

from reticent.detect.ner import installed_model
from reticent.detect.working_set import working_set
from reticent.text.span import Detector

__all__ = ["BOUNDS_US", "FRESH_TEXTS", "NAMES_RATIO_MAX", "ROUNDS", "TEXTS", "names_ratio", "speed"]

_RULE_PACK = {"secrets", "cues", "sayings", "keyed", "commands"}
_NOT_FOR_NAMES = ("parser", "tagger", "attribute_ruler", "lemmatizer", "senter")
_BATCH = 64
NAMES_RATIO_MAX = 1.2
FRESH_TEXTS = 200
"""How many texts, none of them seen before, a round reads; a peer reads a tenth of them."""
ROUNDS = 5
_SLOW_SHARE = 10
_WORDS = """
    about after again all another around asked away because before began being better between big blue book both bring
    build called came carry change children city clear close cold come could country cut day different door down draw
    early earth eat end enough even every example eyes face family far father feet few field find fine fire first fish
    five follow food form found four friend from garden gave give good great green ground group grow half hand hard
    have head hear heard help here high hold home horse hour house hundred idea important inside island just keep kind
    knew land large last later learn leave left letter life light like line list little live long look made make many
    measure men might mile mind money month moon more morning mother mountain move much music must name near need never
    new next night north nothing notice numeral off often old once one only open order other our out over own page
    paper part people perhaps picture piece place plain plan plant play point pound power problem pull put question
    quick rain ran read ready real red remember rest right river road rock room round rule run said same saw say school
    sea second seem sentence set several shape she ship short should show side simple since sing sit six sleep slow
    small snow some song soon sound south space stand star start state stay step still stood stop story street strong
    such sun sure table take talk tell ten than their them then there these thing think those thought thousand three
    through time together told too took town travel tree true try turn two under until use very voice walk want warm
    watch water way week well went were west what wheel where which while white whole whose why wind with wood word
    work world would year young
""".split()


def _plain(size: int, rng: random.Random) -> str:
    text = ""
    while len(text) < size:
        text += rng.choice(_WORDS) + " "
    return text[:size].rstrip()


def _personal(size: int, rng: random.Random) -> str:
    """A plain text with an address, a number or the like in the middle."""
    digits = "".join(rng.choices("0123456789", k=20))
    value = rng.choice((
        f"{rng.choice(_WORDS)}.{rng.choice(_WORDS)}{digits[:2]}@example.org",
        f"4111 {digits[:4]} {digits[4:8]} {digits[8:12]}",
        f"+1 415 555 {digits[:4]}",
        f"ssn 536-{digits[:2]}-{digits[2:6]}",
        f"10.{int(digits[:2])}.{int(digits[2:4])}.{int(digits[4:6])}",
        f"DE89{digits[:18]}",
    ))  # fmt: skip
    before = _plain(size // 2, rng)
    return f"{before} {value} {_plain(max(1, size - len(before) - len(value) - 2), rng)}"


TEXTS: Mapping[str, Callable[[random.Random], str]] = {
    "plain line, 60 characters": lambda rng: _plain(60, rng),
    "plain segment, 200 characters": lambda rng: _plain(200, rng),
    "segment with one PII, 200 characters": lambda rng: _personal(200, rng),
}
BOUNDS_US = {
    ("rule pack", "plain line, 60 characters"): 5.0,
    ("all detectors", "plain segment, 200 characters"): 25.0,
    ("all detectors", "segment with one PII, 200 characters"): 350.0,
}
"""By what is measured and text: the demand."""


def speed(seed: int, peers: Sequence[Reader], rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Microseconds a text, by what is measured and kind of text: the median over rounds, in turns.

    ``all detectors`` asks each detector the cheap question first, as the engine does, and then the suspicious ones.
    """
    detectors = working_set()
    pack = [detector for detector in detectors if detector.name in _RULE_PACK]
    asked = [detector for detector in detectors if hasattr(detector, "may_find")]
    fast: dict[str, Callable[[str], object]] = {
        "JSON round trip, for comparison": lambda text: json.loads(json.dumps(text)),
        "rule pack": lambda text: _examine(pack, text),
        "gates of all detectors": lambda text: [detector.may_find(text) for detector in asked],
        "all detectors": lambda text: _examine(detectors, text),
        "all detectors, find alone": lambda text: [detector.find(text) for detector in detectors],
    }
    slow = {peer.name: _asked(peer) for peer in peers}
    costs: dict[str, dict[str, list[float]]] = {}
    rng = random.Random(seed)
    for number in range(rounds + 1):
        for kind, make in TEXTS.items():
            for name, examine in (fast | slow).items():
                count = FRESH_TEXTS // (_SLOW_SHARE if name in slow else 1)
                cost_us = _cost_us(examine, [make(rng) for _ in range(count)])
                if number:  # the first round loads what is loaded late
                    costs.setdefault(name, {}).setdefault(kind, []).append(cost_us)
    return {name: {kind: median(us) for kind, us in kinds.items()} for name, kinds in costs.items()}


def names_ratio(texts: Sequence[str], rounds: int = ROUNDS) -> float:
    """Everything with names on / the model's own ``pipe`` of what names need, on the same texts: median over rounds.

    Raises:
        OSError: spaCy does not know the model by its distribution's name.
    """
    import spacy

    nlp = spacy.load((installed_model() or "").replace("-", "_"), exclude=_NOT_FOR_NAMES)
    *others, names = working_set(names="demanded")
    ratios: list[float] = []
    for number in range(rounds + 1):
        started = time.process_time()
        with nlp.memory_zone():
            for _ in nlp.pipe(texts, batch_size=_BATCH):
                pass
        model_s = time.process_time() - started
        started = time.process_time()
        for text in texts:
            _examine(others, text)
        names.find_all(texts)  # type: ignore[attr-defined]
        if number:
            ratios.append((time.process_time() - started) / model_s)
    return median(ratios)


def _asked(peer: Reader) -> Callable[[str], object]:
    return lambda text: peer(Row(text, (), ""))


def _examine(detectors: Sequence[Detector], text: str) -> None:
    for detector in detectors:
        may_find: Callable[[str], bool] | None = getattr(detector, "may_find", None)
        if may_find is None or may_find(text):
            detector.find(text)


def _cost_us(examine: Callable[[str], object], texts: Sequence[str]) -> float:
    started = time.process_time()
    for text in texts:
        examine(text)
    return (time.process_time() - started) / len(texts) * 1e6
