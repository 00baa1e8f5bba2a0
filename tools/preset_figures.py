"""Write what attackers tell, and what it costs, into the head of each preset: figures of ``reticent attack --json``.

    python tools/preset_figures.py --run FIGURES.json        # attack all presets first: needs RETICENT_DATA and time
    python tools/preset_figures.py FIGURES.json [MORE.json]  # write the comments
    python tools/preset_figures.py --check FIGURES.json      # exit 1, and say which preset says something else

``--run --only BENCH`` attacks bench by bench; of a figure that several files tell, the last one counts.
Figures belong to a preset while the hash of its meaning is the one that was attacked: those of another policy of the
same name are refused. Samples (``--quick``) are refused too, but for ``--sample``, which says so in the comment.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from reticent.attack.findings import RISKS, Finding
from reticent.attack.report import AttackReport, Row, cost_rows, figure_text, rows_of
from reticent.policy_file import load_policy

FOLDER = Path(__file__).resolve().parent.parent / "src" / "reticent" / "presets"
BEGIN = "# figures of `reticent attack`, written by tools/preset_figures.py"
END = "# end of figures"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path, metavar="FIGURES.json")
    options.add_argument("--presets", type=Path, default=FOLDER, metavar="FOLDER", help="where the presets lie")
    options.add_argument("--run", action="store_true", help="attack all presets, and write the first file")
    options.add_argument("--only", action="append", default=[], metavar="BENCH", help="with --run: this bench only")
    options.add_argument("--check", action="store_true", help="write nothing, exit 1 where a preset says otherwise")
    options.add_argument("--sample", action="store_true", help="take figures of samples, too")
    given = options.parse_args()
    presets = sorted(given.presets.glob("*.toml"))
    if given.run:
        attack(presets, given.only, given.files[0])
    try:
        reports = [read(path, sample=given.sample) for path in given.files]
        written = {path: with_figures(path, reports) for path in presets}
    except ValueError as error:
        print(error)
        return 1
    stale = [path for path, text in written.items() if text != path.read_text(encoding="utf-8")]
    for path in stale:
        print(f"{path.name}: " + ("does not say what was measured" if given.check else "written"))
        if not given.check:
            path.write_text(written[path], encoding="utf-8")
    return 1 if given.check and stale else 0


def attack(presets: Iterable[Path], benches: Iterable[str], to: Path) -> None:
    """Run all attacks, or those of some benches, on all presets."""
    chosen = [word for path in presets for word in ("--policy", str(path))]
    chosen += [word for name in benches for word in ("--only", name)]
    done = subprocess.run([sys.executable, "-m", "reticent", "attack", *chosen, "--json", str(to)], check=False)
    if done.returncode not in {0, 1}:  # 1: something was not examined; the report says what
        sys.exit(done.returncode)


def read(path: Path, *, sample: bool) -> AttackReport:
    """A report.

    Raises:
        ValueError: it is none, or one of samples.
    """
    try:
        report = msgspec.json.decode(path.read_bytes(), type=AttackReport)
    except (OSError, msgspec.DecodeError) as error:
        raise ValueError(f"{path.name}: not figures of `reticent attack --json`: {error}") from None
    if report.quick and not sample:
        raise ValueError(f"{path.name}: figures of samples; run without --quick")
    return report


def with_figures(path: Path, reports: Sequence[AttackReport]) -> str:
    """The document of a preset with its figures at the end of its head.

    Raises:
        ValueError: what was attacked is not what this preset means now, or nothing was.
    """
    policy = load_policy(path)
    measured = [report for report in reports if policy.name in report.policies]
    if not measured:
        raise ValueError(f"{path.name}: no figures of {policy.name}")
    if any(report.policies[policy.name] != policy.sha256 for report in measured):
        raise ValueError(f"{path.name}: changed since it was attacked; measure again")
    head, rest = parted(path.read_text(encoding="utf-8"))
    return "\n".join([*head, *block(policy.name, measured), *rest]) + "\n"


def parted(text: str) -> tuple[list[str], list[str]]:
    """Lines before and after the figures, or after the comment with which a document begins."""
    lines = text.splitlines()
    if BEGIN in lines and END in lines[lines.index(BEGIN) :]:
        return lines[: lines.index(BEGIN)], lines[lines.index(END) + 1 :]
    at = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:at] + ["#"] * bool(at), lines[at:]


def block(name: str, reports: Sequence[AttackReport]) -> list[str]:
    """Comment lines between the two marks."""
    attacks: dict[tuple[str, ...], str] = {}
    costs: dict[tuple[str, ...], str] = {}
    for report in reports:
        for risk in RISKS:
            attacks |= lines_of(name, report, rows_of(report, risk))
        costs |= lines_of(name, report, cost_rows(report))
    titles = line("attack (data; people)", "figure", "raw", "here", "guessing")
    measured = dict.fromkeys(about(report) for report in reports)
    return [BEGIN, titles, *attacks.values(), "#", line("cost (data; people)", "unit", "", "here"), *costs.values(),
            "#", *(f"# measured: {each}" for each in measured), END]  # fmt: skip


def lines_of(name: str, report: AttackReport, rows: Iterable[Row]) -> dict[tuple[str, ...], str]:
    """A line a row; nothing where there is no figure of this preset."""
    found: dict[tuple[str, ...], str] = {}
    for row in rows:
        raw, here = row.cells[0], row.cells[report.defences.index(name)]
        if raw is None or here is None:
            continue
        low, high = (figure_text(row.measure, each).removesuffix(" %") for each in (here.low, here.high))
        text = f"{figure_text(row.measure, here.value)} ({low}..{high})"
        what = f"{row.name} ({row.data}; {here.people:,})"
        attacked = isinstance(raw, Finding)
        found[row.name, row.data, row.measure] = line(
            what, row.measure, figure_text(row.measure, raw.value) if attacked else "", text,
            "" if row.chance is None else figure_text(row.measure, row.chance),
        )  # fmt: skip
    return found


def line(what: str, figure: str, raw: str, here: str, chance: str = "") -> str:
    return f"#   {what:<61} {figure:<11} {raw:>8} {here:>24} {chance:>8}".rstrip()


def about(report: AttackReport) -> str:
    """How it was measured, without paths of the machine."""
    sample = "samples, which say less" if report.quick else "full corpora"
    return f"reticent {report.version}, {sample}, seeds {report.seeds}; intervals: 95 % over people"


if __name__ == "__main__":
    sys.exit(main())
