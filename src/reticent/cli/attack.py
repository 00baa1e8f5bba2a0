"""``reticent attack``: what attackers still tell after a policy, and what the policy costs."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reticent.cli.common import COULD_NOT_RUN, DONE, NOT_EXAMINED, end, loaded

if TYPE_CHECKING:
    from reticent.attack.bench import Bench
    from reticent.attack.report import AttackReport, Row

__all__ = ["command"]


@click.command("attack", short_help="Attack policies with the attackers that ship.")
@click.option("--preset", "--policy", "policies", multiple=True, metavar="NAME_OR_FILE",
              help="A preset or a policy file; as often as wanted. Raw data is always attacked too.")  # fmt: skip
@click.option("--only", multiple=True, metavar="BENCH", help="Run this bench only; as often as wanted.")
@click.option("--quick", is_flag=True, help="Samples of few people, for a build server.")
@click.option("--seeds", type=click.IntRange(1), default=1, show_default=True, help="Repetitions.")
@click.option("--recordings", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="FOLDER",
              help="Attack recordings of yours instead: a folder a person, a file a session.")  # fmt: skip
@click.option("--json", "json_file", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures here.")
@click.option("--html", "html_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with plots.")
def command(
    *, policies: tuple[str, ...], only: tuple[str, ...], quick: bool, seeds: int, recordings: Path | None,
    json_file: Path | None, html_file: Path | None,
) -> None:  # fmt: skip
    """Attack what policies let out, and say what they cost.

    Attackers know the policy and learn from defended data of public corpora in the folder that RETICENT_DATA names. Of
    a policy only the transforms after redaction matter, but for attacks on secrets, which meet all of it. Raw data must
    reach what it is known to reach: otherwise the attack is broken, and nothing is said.

    Needs pip install 'reticent[attack]'.

    \b
    Examples:
      reticent attack --preset minimal --quick
      reticent attack --preset minimal --policy acme.toml --html report.html
      reticent attack --only mouse --only pin --json figures.json
      reticent attack --recordings people/ --policy acme.toml

    \b
    Exit codes:
      0  every attack ran
      1  some did not: a corpus or a library is missing
      2  could not run, or an attack is broken
    """
    from reticent.attack.defence import Defence
    from reticent.attack.page import html_page
    from reticent.attack.report import attack_report
    from reticent.errors import ReticentError

    chosen = [loaded(name) for name in policies]
    benches = _benches(only, recordings, quick=quick)
    try:
        report = attack_report(
            benches, [Defence.of_policy(policy) for policy in chosen],
            policies={"raw": "", **{policy.name: policy.sha256 for policy in chosen}}, seeds=seeds, quick=quick,
            command=_called(), on_bench=lambda name: click.echo(f"reticent: attacking: {name}", err=True),
        )  # fmt: skip
    except ReticentError as error:
        end(error)
    _print(report)
    for path, text in ((json_file, report.to_json().decode()), (html_file, html_page(report))):
        if path is not None:
            _write(path, text)
    sys.exit((COULD_NOT_RUN if len(report.not_run) == len(benches) else NOT_EXAMINED) if report.not_run else DONE)


def _benches(only: tuple[str, ...], recordings: Path | None, *, quick: bool) -> list[Bench]:
    from reticent.attack.catalogue import BENCHES, ON_REQUEST, QUICK
    from reticent.attack.own import own_benches

    if recordings is not None:
        if only or quick:
            end("--recordings: takes neither --only nor --quick: all of your recordings are attacked")
        return [*own_benches(recordings)]
    names = [bench.name for bench in BENCHES]
    for name in only:
        if name not in names:
            end(f"--only: no bench {name!r}; there are {', '.join(names)}")
    wanted = only or (QUICK if quick else [name for name in names if name not in ON_REQUEST])
    return [bench for bench in BENCHES if bench.name in wanted]


def _called() -> str:
    return shlex.join(["reticent", *sys.argv[1:]])


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        end(f"{path}: cannot be written: {error.strerror}")


def _print(report: AttackReport) -> None:
    from rich.console import Console

    from reticent.attack.findings import RISKS
    from reticent.attack.report import cost_rows, rows_of

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    for risk, meaning in RISKS.items():
        rows = rows_of(report, risk)
        if rows:
            console.print(f"\n[bold]{risk.capitalize()}[/bold]. {meaning}")
            console.print(_table(report, rows, guess=True))
    costs = cost_rows(report)
    if costs:
        console.print("\n[bold]What it costs[/bold]")
        console.print(_table(report, costs, guess=False))
    for name, why in report.not_run.items():
        console.print(f"[bold]not run[/bold]: {name}: {why}", soft_wrap=True)
    facts = ", ".join(f"{name} {value}" for name, value in report.machine.items())
    sample = "samples" if report.quick else "full corpora"
    console.print(f"\n{sample}; seeds {report.seeds}; {facts}\n{report.command}", soft_wrap=True)


def _table(report: AttackReport, rows: list[Row], *, guess: bool) -> object:
    from rich.table import Table

    from reticent.attack.report import figure_text

    table = Table(box=None, pad_edge=False)
    for title in ("", "data", "people", "figure", *(("guessing",) if guess else ()), *report.defences):
        table.add_column(title, justify="left" if title in {"", "data", "figure"} else "right")
    for row in rows:
        people = next((str(cell.people) for cell in row.cells if cell is not None), "")
        chance = () if row.chance is None else (figure_text(row.measure, row.chance),)
        table.add_row(
            row.name, row.data, people, row.measure, *chance, *(_cell(row.measure, cell) for cell in row.cells)
        )
    return table


def _cell(measure: str, cell: object) -> str:
    from reticent.attack.findings import Finding, Utility
    from reticent.attack.report import figure_text

    if not isinstance(cell, Finding | Utility):
        return "-"
    low, high = (figure_text(measure, each).removesuffix(" %") for each in (cell.low, cell.high))
    return f"{figure_text(measure, cell.value)} ({low}..{high})"
