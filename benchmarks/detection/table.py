"""The table, the demands and where the figures come from."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from benchmarks.detection.scoring import Tally, merged

__all__ = ["DEMANDS", "heading", "print_corpus", "print_demands"]

Scores = Mapping[str, Mapping[str, Mapping[str, Tally]]]
"""By corpus, reader and kind."""


class Demand(NamedTuple):
    """``measure`` of a corpus and kind must be at least (``least``) or at most ``bound``."""

    corpus: str
    kind: str
    measure: str
    bound: float
    least: bool = True


DEMANDS = (
    Demand("secrets-vendor", "gitleaks", "by_item", 0.95),
    Demand("secrets-vendor", "betterleaks", "by_item", 0.95),
    Demand("secrets-vendor", "credsweeper", "by_item", 0.97),
    Demand("secrets-human", "= with context", "by_item", 0.95),
    Demand("secrets-cut-50", "= all", "by_item", 0.85),
    Demand("ordinary", "= prose, chat, shell, code", "rows_touched", 0.003, least=False),
    Demand("ordinary", "= prose, chat, shell, code", "lost", 0.005, least=False),
    Demand("ordinary-chat", "chat", "rows_touched", 0.003, least=False),
    Demand("pii-research", "= all", "by_character", 0.65),
    Demand("pii-research", "= all", "lost", 0.02, least=False),
    Demand("pii-research-lower", "= all", "by_character", 0.50),
    Demand("pii-kiji", "= all", "by_character", 0.82),
    Demand("pii-kiji", "= all", "lost", 0.02, least=False),
    Demand("pii-kiji-lower", "= all", "by_character", 0.72),
    Demand("pii-typed", "= all", "by_character", 0.95),
    Demand("pii-typed", "= all", "lost", 0.03, least=False),
)


def heading(seed: int, sample: int) -> str:
    """Command, seed, sample, machine and versions."""
    arguments = shlex.join(sys.argv[1:])
    size = f"at most {sample} rows of each group" if sample else "all rows"
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"python -m benchmarks.detection {arguments}\nseed {seed}, {size}; {os.cpu_count()} cores{load}, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}"


def _cell(tally: Tally) -> str:
    shares = (tally.by_item, tally.by_character, tally.rows_touched, tally.lost)
    return " | ".join(map(_percent, shares))


def print_corpus(name: str, scores: Mapping[str, Mapping[str, Tally]]) -> None:
    """One corpus: a line for each kind and reader."""
    print(
        f"\n### {name}\n\n| kind | items | rows | reader | items found % | characters hidden % | rows touched % | lost % |"
    )
    print("|---|---|---|---|---|---|---|---|")
    tallies = {reader: {**dict(sorted(kinds.items())), **merged(kinds)} for reader, kinds in scores.items()}
    for kind in next(iter(tallies.values())):
        for reader, of_reader in tallies.items():
            tally = of_reader[kind]
            print(f"| {kind} | {tally.items or ''} | {tally.rows or ''} | {reader} | {_cell(tally)} |")


def print_demands(scores: Scores, readers: Iterable[str]) -> None:
    """Every demand whose corpus was examined, for each of our own readers."""
    print("\n### Demands\n\n| corpus | kind | measure | must | reader | measured | |\n|---|---|---|---|---|---|---|")
    for corpus, kind, measure, bound, least in DEMANDS:
        for reader in readers:
            kinds = scores.get(corpus, {}).get(reader, {})
            tally = {**kinds, **merged(kinds)}.get(kind)
            value = None if tally is None else getattr(tally, measure)
            if value is not None:
                reached = value >= bound if least else value <= bound
                must = f"{'>=' if least else '<='} {bound * 100:g} %"
                verdict = "reached" if reached else "**MISSED**"
                print(f"| {corpus} | {kind} | {measure} | {must} | {reader} | {value * 100:.2f} % | {verdict} |")
