"""Benches of attacks on secrets: victims are simulated, and the whole policy, redaction included, stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from reticent.attack.bench import Results
from reticent.attack.defence import RAW, Defence, defend
from reticent.attack.findings import Finding, Floor, check_healthy
from reticent.attack.metrics import Estimate, estimate
from reticent.attack.model import AttackBroken, DataMissing, Session
from reticent.attack.pin_pad import PinRanks, pin_ranks
from reticent.attack.secret_length import LengthLeak, length_leak, marked
from reticent.attack.strokes import Strokes, strokes_of
from reticent.events import Event, FieldKind

__all__ = ["PinBench", "SecretLengthBench"]

_CONTEXT, _FEWEST = 40, 40


class PinBench(Struct, frozen=True, kw_only=True):
    """A PIN clicked on a keypad, once and many times.

    Attributes:
        name: what ``--only`` takes.
        data: what reports call it.
        field: what the recorder says of the element.
        entries: how often the PIN is entered.
    """

    name: str
    data: str
    field: FieldKind
    entries: tuple[int, ...] = (1, 16)

    def run(self, defences: Sequence[Defence], *, seeds: int, quick: bool) -> Results:
        """See ``Bench``."""
        findings: list[Finding] = []
        background, victims = (150, 30) if quick else (200, 100)
        for entries in self.entries:
            found: list[Finding] = []
            for defence in (RAW, *defences):
                ranks = [
                    pin_ranks(
                        _through(defence), entries=entries, background=background, victims=victims, field=self.field,
                        seed=seed,
                    )
                    for seed in range(seeds)
                ]  # fmt: skip
                found += self._findings(defence.name, entries, ranks)
            check_healthy(found, (Floor("top-1", 0.99, 0.95),), quick=quick)
            findings += found
        return Results(findings, [])

    def _findings(self, defence: str, entries: int, ranks: list[PinRanks]) -> Iterator[Finding]:
        import numpy as np

        name = "PIN pad, once" if entries == 1 else f"PIN pad, {entries} entries"
        for measure, place, chance in (("top-1", 0, 1e-4), ("top-10", 1, 1e-3)):
            values = np.concatenate([each[place] for each in ranks])
            figure = estimate(values, range(len(values)))
            yield _finding(
                name, self.data, defence, measure, figure=figure, chance=chance, victims=len(values), seeds=len(ranks)
            )


class SecretLengthBench(Struct, frozen=True, kw_only=True):
    """The length of a password, typed with the rhythm of people of a corpus.

    Attributes:
        name: what ``--only`` takes.
        data: what reports call it.
        sessions: recordings of typing; of each person the longest one is used.
    """

    name: str
    data: str
    sessions: Callable[[bool], Iterator[Session]]

    def run(self, defences: Sequence[Defence], *, seeds: int, quick: bool) -> Results:
        """See ``Bench``."""
        longest: dict[str, Strokes] = {}
        for session in self.sessions(quick):
            found = strokes_of(session.events)
            if len(found.keys) >= max(_CONTEXT, len(longest[session.user].keys) if session.user in longest else 0):
                longest[session.user] = found
        rhythms = list(longest.values())
        if len(rhythms) < _FEWEST:
            raise DataMissing(f"{self.name}: {len(rhythms)} recordings of {_CONTEXT} strokes; it takes {_FEWEST}")
        findings = [
            finding
            for defence in (RAW, *defences)
            for finding in self._findings(
                defence.name, [length_leak(rhythms, _through(defence), seed=seed) for seed in range(seeds)]
            )
        ]
        check_healthy(findings, (Floor("exact", 0.99, 0.95),), quick=quick)
        _check_gaps(rhythms, 0.1 if quick else 0.2)
        return Results(findings, [])

    def _findings(self, defence: str, leaks: list[LengthLeak]) -> Iterator[Finding]:
        import numpy as np

        for measure, columns, chance in (
            ("bits", [leak.bits for leak in leaks], 0.0), ("exact", [leak.exact for leak in leaks], leaks[0].prior)
        ):  # fmt: skip
            values = np.concatenate(columns)
            figure = estimate(values, range(len(values)))
            yield _finding(
                "secret length",
                self.data,
                defence,
                measure,
                figure=figure,
                chance=chance,
                victims=len(values),
                seeds=len(leaks),
            )


def _check_gaps(rhythms: Sequence[Strokes], least_bits: float) -> None:
    """See that the gap which a bare mark leaves tells what it is known to tell: counting alone proves little.

    Raises:
        AttackBroken: it does not.
    """
    bits = float(length_leak(rhythms, lambda events, whose: marked(events)).bits.mean())
    if not bits >= least_bits:
        raise AttackBroken(
            f"attack is broken: secret length: a gap tells {bits:.2f} bits; it must tell at least {least_bits}"
        )


def _through(defence: Defence) -> Callable[[Sequence[Event], str], Sequence[Event]]:
    return lambda events, whose: defend(events, defence.redacting, seed=whose)


def _finding(
    attack: str, data: str, defence: str, measure: str, *, figure: Estimate, chance: float, victims: int, seeds: int
) -> Finding:
    value, low, high = figure
    return Finding(
        attack=attack, data=data, defence=defence, risk="inference", measure=measure, value=value, low=low, high=high,
        chance=chance, people=victims, probes=victims, seeds=seeds,
    )  # fmt: skip
