"""What texts cost that are made to be slow: the CPU time of the slowest detector on each, and how it grows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reticent.detect.working_set import warm, working_set
from reticent.text.span import Detector

__all__ = ["BOUND_MS", "GROWTH_MAX", "Slowest", "slowest"]

BOUND_MS = 50.0
GROWTH_MAX = 30.0
"""Eight times the text at no more than this: what is quadratic takes 64 times as long."""
_CHARACTERS = "a0.-@:/ =\"'\n\t%_?&#A(+$1é\ufffc"
_REPEATS = (
    "pass ", "pass=", "password is ", "is my pass ", "curl -u ", "-a@", "1.1.1.", "4111 ", "a b is ", "eyJ", "?key=",
    "://", "-----BEGIN ",
)  # fmt: skip
_SHORT, _LONG = 500, 4000
_NOISE_MS = 5.0


class Slowest(NamedTuple):
    """The slowest detector on one of some texts. ``growth`` is its time against that on an eighth of the text."""

    detector: str
    text: str
    cost_ms: float
    growth: float | None = None


def slowest() -> dict[str, Slowest]:
    """By kind of text, over all detectors but the model."""
    warm()
    detectors = working_set(names="off")
    return {
        "20,000 equal characters": _of(detectors, {repr(one): one * 20_000 for one in _CHARACTERS}),
        "2,000 dots": _of(detectors, {"'.'": "." * 2_000}),
        "8,000 digits": _of(detectors, {"'7'": "7" * 8_000, "digits": "0123456789" * 800}),
        "repeats, 4,000 characters": max(map(_grown, detectors), key=lambda found: found.cost_ms),
    }


def _of(detectors: Iterable[Detector], texts: Mapping[str, str]) -> Slowest:
    costs = [Slowest(one.name, name, _cost_ms(one, text)) for one in detectors for name, text in texts.items()]
    return max(costs, key=lambda found: found.cost_ms)


def _grown(detector: Detector, repeats: Sequence[str] = _REPEATS) -> Slowest:
    """The repeat on which this detector's time grows most."""
    found = []
    for repeat in repeats:
        short_ms, long_ms = (_cost_ms(detector, repeat * (size // len(repeat))) for size in (_SHORT, _LONG))
        found.append(Slowest(detector.name, repr(repeat), long_ms, long_ms / max(short_ms, _NOISE_MS / GROWTH_MAX)))
    return max(found, key=lambda one: one.cost_ms)


def _cost_ms(detector: Detector, text: str) -> float:
    started = time.process_time()
    detector.find(text)
    return 1000 * (time.process_time() - started)
