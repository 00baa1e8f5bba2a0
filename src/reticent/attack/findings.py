"""What an attack found: figures with intervals, their place among the risks of WP216, and what raw data must reach."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from reticent.attack.metrics import Estimate
from reticent.attack.model import AttackBroken

__all__ = ["RISKS", "Finding", "Floor", "Risk", "Utility", "check_healthy"]

Risk = Literal["singling out", "linkability", "inference"]

RISKS: dict[Risk, str] = {
    "singling out": "Somebody who knows how people type or move picks out the one who made a stream.",
    "linkability": "Two streams of one person, or of one device, are told to belong together, whoever that is.",
    "inference": "What was hidden or never recorded (a word, the length of a secret, a PIN) is told by what is left.",
}
"""The three risks of the Article 29 Working Party's Opinion 05/2014 (WP216), in plain words."""


class Finding(Struct, frozen=True, kw_only=True):
    """One figure of one attack on one defence. Shares are from 0 to 1.

    Attributes:
        attack: its name.
        data: the corpus.
        defence: name of the policy, or raw.
        risk: which of the three risks.
        measure: what the figure is, such as ``rank-1``.
        value, low, high: the figure, and its 95 % interval over people.
        chance: what guessing reaches.
        worse: ``"high"`` where a higher figure means less privacy, else ``"low"``.
        people, probes, seeds: sample sizes.
    """

    attack: str
    data: str
    defence: str
    risk: Risk
    measure: str
    value: float
    low: float
    high: float
    chance: float
    worse: Literal["high", "low"] = "high"
    people: int
    probes: int
    seeds: int = 1


class Utility(Struct, frozen=True, kw_only=True):
    """One figure of what a defence costs on one corpus; see ``reticent.attack.utility.UTILITIES``."""

    data: str
    defence: str
    measure: str
    unit: str
    value: float
    low: float
    high: float
    people: int

    @classmethod
    def of(cls, data: str, defence: str, measure: str, *, unit: str, figure: Estimate, people: int) -> Utility:
        """From a figure."""
        value, low, high = figure
        return cls(
            data=data, defence=defence, measure=measure, unit=unit, value=value, low=low, high=high, people=people
        )


class Floor(Struct, frozen=True):
    """What an attack must reach on raw data to prove anything.

    Attributes:
        measure: which figure.
        figure: it must be at least this, or for errors and ranks at most.
        sample: the same where only a sample is attacked; None: the same figure.
        within: it must be this near to ``figure`` on both sides: a published figure is met, not beaten.
    """

    measure: str
    figure: float
    sample: float | None = None
    within: float | None = None

    def broken(self, finding: Finding, *, quick: bool) -> str | None:
        """Why it is not reached; None: it is.

        >>> finding = Finding(attack="a", data="d", defence="raw", risk="inference", measure="top-1", value=0.5, low=0,
        ...                   high=1, chance=0, people=1, probes=1)
        >>> Floor("top-1", 0.9).broken(finding, quick=False)
        'attack is broken: a (d): top-1 on raw is 0.500; it must reach at least 0.900'
        """
        goal = self.sample if quick and self.sample is not None else self.figure
        if self.within is not None:
            reached, must = abs(finding.value - goal) <= self.within, f"be within {self.within:.3f} of"
        elif finding.worse == "high":
            reached, must = finding.value >= goal, "reach at least"
        else:
            reached, must = finding.value <= goal, "reach at most"
        if reached:
            return None
        return (
            f"attack is broken: {finding.attack} ({finding.data}): {finding.measure} on raw is {finding.value:.3f};"
            f" it must {must} {goal:.3f}"
        )


def check_healthy(findings: list[Finding], floors: tuple[Floor, ...], *, quick: bool) -> None:
    """See that raw data is attacked as well as it is known to be attackable.

    Raises:
        AttackBroken: it is not, or a figure is missing.
    """
    raw = {finding.measure: finding for finding in findings if finding.defence == "raw"}
    for floor in floors:
        if floor.measure not in raw:
            raise AttackBroken(f"attack is broken: no {floor.measure} on raw")
        fault = floor.broken(raw[floor.measure], quick=quick)
        if fault:
            raise AttackBroken(fault)
