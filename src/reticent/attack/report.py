"""Run attacks and write down what they found: as a value, as JSON, as lines of a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

import msgspec
from msgspec import Struct

import reticent
from reticent.attack.bench import Bench
from reticent.attack.defence import RAW, Defence
from reticent.attack.findings import Finding, Risk, Utility
from reticent.attack.model import DataMissing
from reticent.errors import PolicyError

__all__ = ["AttackReport", "Row", "attack_report", "cost_rows", "figure_text", "rows_of"]

_LIBRARIES = ("numpy", "pyarrow", "scikit-learn")
_SHARES = {"rank-1", "EER", "top-1", "top-10", "exact"}


class AttackReport(Struct, frozen=True, kw_only=True):
    """What was attacked, how, on what, and what came out.

    Attributes:
        version: of this library.
        command: what was called.
        machine: system, processors and versions of libraries.
        quick: whether samples were used: figures of samples say less.
        seeds: how many repetitions.
        policies: hash of each policy, by name; nothing for ``raw``.
        findings, utilities: the figures.
        not_run: benches that did not run, and why.
    """

    version: str
    command: str
    machine: dict[str, str]
    quick: bool
    seeds: int
    policies: dict[str, str]
    findings: tuple[Finding, ...]
    utilities: tuple[Utility, ...]
    not_run: dict[str, str]

    @property
    def defences(self) -> tuple[str, ...]:
        """``raw`` first, then the policies."""
        return (RAW.name, *(name for name in self.policies if name != RAW.name))

    def to_json(self) -> bytes:
        """Indented, one document."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


class Row(Struct, frozen=True):
    """One line of a table: an attack, or a cost, and a cell for each defence; None where there is no figure."""

    name: str
    data: str
    measure: str
    chance: float | None
    cells: tuple[Finding | Utility | None, ...]


def attack_report(
    benches: Sequence[Bench],
    defences: Sequence[Defence],
    *,
    policies: dict[str, str],
    seeds: int = 1,
    quick: bool = False,
    command: str = "",
    on_bench: Callable[[str], object] | None = None,
) -> AttackReport:
    """Run benches on raw data and on each defence.

    Args:
        benches: which; see ``reticent.attack.catalogue``.
        defences: what stands in the way.
        policies: what the report says of them: a hash by name.
        seeds: repetitions, each with other random sources and other splits of people.
        quick: use samples.
        command: what the report says was called.
        on_bench: is told the name of each bench before it runs.

    Raises:
        AttackBroken: raw data is not attacked as well as it should be.
        PolicyError: two policies have one name, or one is called raw: figures could not be told apart.
    """
    names = [RAW.name, *(defence.name for defence in defences)]
    if len({*names}) < len(names):
        raise PolicyError("name: two policies have one name, or one is called raw; give each a name of its own")
    findings: list[Finding] = []
    utilities: list[Utility] = []
    not_run: dict[str, str] = {}
    for bench in benches:
        if on_bench is not None:
            on_bench(bench.name)
        try:
            found, costs = bench.run(defences, seeds=seeds, quick=quick)
        except DataMissing as error:
            not_run[bench.name] = str(error)
            continue
        findings += found
        utilities += costs
    return AttackReport(
        version=reticent.__version__, command=command, machine=_machine(), quick=quick, seeds=seeds, policies=policies,
        findings=tuple(findings), utilities=tuple(utilities), not_run=not_run,
    )  # fmt: skip


def rows_of(report: AttackReport, risk: Risk) -> list[Row]:
    """Attacks of one risk, in the order in which they ran."""
    cells: dict[tuple[str, str, str], dict[str, Finding]] = {}
    for finding in report.findings:
        if finding.risk == risk:
            cells.setdefault((finding.attack, finding.data, finding.measure), {})[finding.defence] = finding
    return [
        Row(*key, next(iter(mine.values())).chance, tuple(mine.get(name) for name in report.defences))
        for key, mine in cells.items()
    ]


def cost_rows(report: AttackReport) -> list[Row]:
    """Utilities, corpus by corpus."""
    cells: dict[tuple[str, str, str], dict[str, Utility]] = {}
    for utility in report.utilities:
        cells.setdefault((utility.measure, utility.data, utility.unit), {})[utility.defence] = utility
    return [Row(*key, None, tuple(mine.get(name) for name in report.defences)) for key, mine in cells.items()]


def figure_text(measure: str, value: float) -> str:
    """A figure as people read it.

    >>> figure_text("rank-1", 0.742), figure_text("median rank", 0.196), figure_text("ms", 33.4)
    ('74.2 %', '0.20', '33.4')
    """
    if measure in _SHARES:
        return f"{100 * value:.2f} %" if 0 < value < 0.001 else f"{100 * value:.1f} %"
    if measure == "%":
        return f"{value:.1f} %"
    return f"{value:.2f}" if measure in {"bits", "median rank", "F1", "x"} else f"{value:.1f}"


def _machine() -> dict[str, str]:
    facts = {
        "system": platform.platform(terse=True), "processors": str(os.cpu_count()), "python": platform.python_version()
    }  # fmt: skip
    for library in _LIBRARIES:
        try:
            facts[library] = version(library)
        except PackageNotFoundError:
            facts[library] = "not installed"
    return facts
