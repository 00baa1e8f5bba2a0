"""What is printed: where the figures come from, the tables, the demands and what was missed."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from benchmarks.detection.corpora import Row
from benchmarks.detection.hostile import BOUND_MS, GROWTH_MAX
from benchmarks.detection.scoring import Mask, Tally, is_found, merged
from benchmarks.detection.speed import BOUNDS_US, TEXTS

__all__ = [
    "DEMANDS", "Scores", "heading", "print_corpus", "print_counts", "print_demands", "print_hostile", "print_speed",
    "shown",
]  # fmt: skip

Scores = Mapping[str, Mapping[str, Mapping[str, Tally]]]
"""By corpus, reader and kind."""


class Demand(NamedTuple):
    """``measure`` of a corpus and kind must be at least (``least``) or at most ``bound``; ``kingfisher``: with it."""

    corpus: str
    kind: str
    measure: str
    bound: float
    least: bool = True
    kingfisher: float | None = None


DEMANDS = (
    Demand("secrets-vendor", "gitleaks", "by_item", 0.95, kingfisher=0.98),
    Demand("secrets-vendor", "betterleaks", "by_item", 0.95, kingfisher=0.98),
    Demand("secrets-vendor", "credsweeper", "by_item", 0.97),
    Demand("secrets-human", "= with context", "by_item", 0.95),
    Demand("secrets-cut-50", "= all", "by_item", 0.85),
    Demand("ordinary", "= prose, chat, shell, code", "rows_touched", 0.003, least=False),
    Demand("ordinary", "= prose, chat, shell, code", "lost", 0.005, least=False),
    Demand("ordinary-chat", "chat", "rows_touched", 0.003, least=False),
    Demand("ordinary-chat", "chat", "lost", 0.005, least=False),
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
    size = f"at most {sample} rows of each corpus typed and for peers" if sample else "all rows"
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"python -m benchmarks.detection {arguments}\nseed {seed}, {size}; {os.cpu_count()} cores{load}, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}"


def print_corpus(name: str, scores: Mapping[str, Mapping[str, Tally]]) -> None:
    """One corpus: a line for each kind and reader, with its own number of items and rows."""
    heads = (
        "kind",
        "reader",
        "items",
        "rows",
        "found %",
        "hidden %",
        "rows touched %",
        "lost %",
        "parting items aside %",
    )
    print(f"\n### {name}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    tallies = {reader: {**dict(sorted(kinds.items())), **merged(kinds)} for reader, kinds in scores.items()}
    for kind in next(iter(tallies.values())):
        for reader, of_reader in tallies.items():
            if (tally := of_reader.get(kind)) is not None:  # a sample may hold none of a kind
                shares = (tally.by_item, tally.by_character, tally.rows_touched, tally.lost, tally.lost_apart)
                cells = " | ".join(map(_percent, shares))
                print(f"| {kind} | {reader} | {tally.items or ''} | {tally.rows or ''} | {cells} |")


def print_demands(scores: Scores) -> None:
    """Every demand whose corpus was examined, beside what every reader reaches.

    Of what is lost, the figure in brackets sets aside what only parts two items.
    """
    readers = list(dict.fromkeys(reader for by_reader in scores.values() for reader in by_reader))
    print(f"\n### Demands\n\n| corpus, kind, measure | must | {' | '.join(readers)} |\n|{'---|' * (2 + len(readers))}")
    for demand in DEMANDS:
        if demand.corpus in scores:
            cells = [_verdict(demand, reader, scores[demand.corpus].get(reader, {})) for reader in readers]
            further = f", with kingfisher {demand.kingfisher * 100:g}" if demand.kingfisher else ""
            must = f"{'>=' if demand.least else '<='} {demand.bound * 100:g} %{further}"
            print(f"| {demand.corpus}, {demand.kind}, {demand.measure} | {must} | {' | '.join(cells)} |")


def _verdict(demand: Demand, reader: str, kinds: Mapping[str, Tally]) -> str:
    tally = {**kinds, **merged(kinds)}.get(demand.kind)
    value = None if tally is None else getattr(tally, demand.measure)
    if value is None:
        return ""
    bound = (demand.kingfisher or demand.bound) if reader.endswith("+ kingfisher") else demand.bound
    reached = value >= bound if demand.least else value <= bound
    told = f"{value * 100:.2f}"
    if demand.measure == "lost" and tally is not None and tally.parting_hidden:
        told += f" ({(tally.lost_apart or 0) * 100:.2f})"
    return told if reached or not reader.startswith("reticent") else f"**{told} missed**"


def print_counts(title: str, counts: Mapping[str, tuple[int, int]], demand: int | None = None) -> None:
    """Hits of so many; what must be all of them, or ``demand``."""
    print(f"\n### {title}\n\n| | hits | of | |\n|---|---|---|---|")
    for name, (hits, total) in counts.items():
        reached = hits == (total if demand is None else demand)
        print(f"| {name} | {hits} | {total} | {'reached' if reached else '**missed**'} |")


def print_speed(costs_us: Mapping[str, Mapping[str, float]]) -> None:
    """Microseconds a text."""
    print(f"\n### Microseconds of CPU a fresh text\n\n| | {' | '.join(TEXTS)} |\n|---|{'---|' * len(TEXTS)}")
    for name, kinds in costs_us.items():
        cells = []
        for kind, cost_us in kinds.items():
            bound = BOUNDS_US.get((name, kind))
            judged = "" if bound is None else f" ({'reached' if cost_us <= bound else '**missed**'}: <= {bound:g})"
            cells.append(f"{cost_us:.1f}{judged}")
        print(f"| {name} | {' | '.join(cells)} |")


def print_hostile(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Milliseconds of the slowest detector, by kind of text."""
    print("\n### Texts that are made to be slow: milliseconds of CPU\n")
    print("| | slowest detector | on | ms | eight times the text |\n|---|---|---|---|---|")
    for kind, one in found.items():
        judged = "reached" if one["cost_ms"] <= BOUND_MS else "**missed**"
        growth = "" if one["growth"] is None else f"{one['growth']:.1f} times (<= {GROWTH_MAX:g})"
        cost = f"{one['cost_ms']:.1f} ({judged}: <= {BOUND_MS:g})"
        print(f"| {kind} | {one['detector']} | `{one['text']}` | {cost} | {growth} |")


def shown(limit: int, reasons: Callable[[Row], list[str]]) -> Callable[[Row, Mask], None]:
    """Prints rows of which an item is missed or that are touched without reason, ``limit`` of each kind."""
    counts: dict[str, int] = {}

    def show(row: Row, mask: Mask) -> None:
        wrong = [
            (kind, f"missed {row.text[start:stop]!r}")
            for start, stop, kind in row.items
            if not is_found(mask, start, stop)
        ]
        if not row.items and any(mask):
            wrong.append((row.group, f"touched by {', '.join(reasons(row))}"))
        for kind, what in wrong:
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= limit:
                seen = "".join("█" if hidden else char for char, hidden in zip(row.text, mask, strict=True))
                print(f"{kind}: {what} in {row.text!r} -> {seen!r}")

    return show
