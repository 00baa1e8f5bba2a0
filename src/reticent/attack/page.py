"""An attack report as one HTML page that needs nothing but itself: no script, no network, plots as inline SVG."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from itertools import chain

from reticent.attack.findings import RISKS, Finding, Risk, Utility
from reticent.attack.report import AttackReport, Row, cost_rows, figure_text, rows_of
from reticent.attack.svg import Point, intervals, scatter
from reticent.attack.utility import UTILITIES

__all__ = ["html_page"]

_PLOTTED = {"rank-1", "top-1"}
_COSTS = ("time error", "click error")


def html_page(report: AttackReport) -> str:
    """The page.

    >>> from reticent.attack.report import attack_report
    >>> page = html_page(attack_report((), (), policies={"raw": ""}))
    >>> page.startswith("<!doctype html>"), "http" in page
    (True, False)
    """
    sections = chain.from_iterable(_risk(report, risk) for risk in RISKS)
    style = (files("reticent.attack") / "page.css").read_text("utf-8")
    return "\n".join([
        "<!doctype html>", '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Attack report: {escape(', '.join(report.defences))}</title><style>{style}</style></head><body><main>",
        *_head(report), *sections, *_costs(report), *_foot(report), "</main></body></html>\n",
    ])  # fmt: skip


def _head(report: AttackReport) -> list[str]:
    sample = "a sample: figures of samples say less" if report.quick else "full corpora"
    return [
        "<h1>What attackers still tell</h1>",
        ("<p>Every attacker here knows the defence and learned from defended data. Nothing on this page says that"
        " output is safe against attackers who are better than these, or who know more: each figure is a bound from"
        f" below on the risk. Dots are figures, bars their 95&nbsp;% intervals over people. Sample: {sample};"
        f" repetitions: {report.seeds}.</p>"),
        *(f'<p class="missing"><strong>Not run:</strong> {escape(name)}: {escape(why)}</p>'
          for name, why in report.not_run.items()),
    ]  # fmt: skip


def _risk(report: AttackReport, risk: Risk) -> list[str]:
    rows = rows_of(report, risk)
    if not rows:
        return []
    plots = [plot for row in rows for plot in _plots(report, row)]
    return [f"<h2>{risk.capitalize()}</h2><p>{escape(RISKS[risk])}</p>", _table(report, rows, "Guessing"), *plots]


def _table(report: AttackReport, rows: list[Row], chance: str | None) -> str:
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in report.defences)
    guess = "" if chance is None else f'<th scope="col">{chance}</th>'
    lines = [
        f'<tr><th scope="row">{escape(row.name)}<small>{escape(_about(row))}</small></th><td>{escape(row.measure)}</td>'
        + ("" if row.chance is None else f"<td>{figure_text(row.measure, row.chance)}</td>")
        + "".join(f"<td>{_cell(row.measure, cell)}</td>" for cell in row.cells)
        + "</tr>"
        for row in rows
    ]
    head = f'<tr><th scope="col"></th><th scope="col">Figure</th>{guess}{names}</tr>'
    return f'<div class="wide"><table><thead>{head}</thead><tbody>{"".join(lines)}</tbody></table></div>'


def _about(row: Row) -> str:
    cell = next((cell for cell in row.cells if cell is not None), None)
    if isinstance(cell, Finding):
        return f"{row.data}; {cell.people:,} people, {cell.probes:,} probes"
    meaning = f"{UTILITIES[row.name][1]}; " if row.name in UTILITIES else ""
    return f"{meaning}{row.data}" + (f"; {cell.people:,} people" if cell else "")


def _cell(measure: str, cell: Finding | Utility | None) -> str:
    if cell is None:
        return "-"
    low, high = figure_text(measure, cell.low), figure_text(measure, cell.high)
    return f"{figure_text(measure, cell.value)}<small>{low} to {high}</small>"


def _plots(report: AttackReport, row: Row) -> list[str]:
    if row.measure not in _PLOTTED:
        return []
    costs = {(utility.defence, utility.measure): utility for utility in report.utilities if utility.data == row.data}
    axis = next((name for name in _COSTS if ("raw", name) in costs), None)
    points = [
        Point(cell.defence, cell.value, cell.low, cell.high, figure_text(row.measure, cell.value),
              _cost(costs, cell.defence, axis))
        for cell in row.cells if isinstance(cell, Finding)
    ]  # fmt: skip
    title = f"{row.name}: {row.measure}, {row.data}"
    chance = row.chance or 0.0
    found = [_figure(title, intervals(title, points, chance))]
    if axis is not None and len(points) > 1:
        title = f"{row.name}: what is told against what it costs"
        x_name = f"{axis}, {UTILITIES[axis][0]}"
        found.append(_figure(title, scatter(title, points, x_name, row.measure, chance)))
    return found


def _cost(costs: dict[tuple[str, str], Utility], defence: str, axis: str | None) -> float:
    return 0.0 if axis is None or (defence, axis) not in costs else costs[defence, axis].value


def _figure(title: str, plot: str) -> str:
    return f"<figure>{plot}<figcaption>{escape(title)}</figcaption></figure>"


def _costs(report: AttackReport) -> list[str]:
    rows = cost_rows(report)
    return ["<h2>What it costs</h2>", _table(report, rows, None)] if rows else []


def _foot(report: AttackReport) -> list[str]:
    facts = {
        "command": report.command, "reticent": report.version, **report.machine,
        **{f"policy {name}": f"sha256 {sha}" for name, sha in report.policies.items() if sha},
    }  # fmt: skip
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    return ["<h2>How this was measured</h2>", f"<dl>{items}</dl>"]
