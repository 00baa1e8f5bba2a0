"""What an attacker still reads of secrets and personal data, and what is lost by mistake.

RETICENT_DATA=folder python -m benchmarks.detection              # everything on a sample; under 5 minutes
python -m benchmarks.detection --text --sample 0                 # detectors on plain text, all rows; a minute
python -m benchmarks.detection --text --corpus secrets-human --missed 20   # and what they miss, for work on them
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks.detection.corpora import CORPORA, Row, sampled
from benchmarks.detection.ours import Found
from benchmarks.detection.scoring import Mask, Tally, is_found, score
from benchmarks.detection.table import heading, print_corpus, print_demands


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", action="append", metavar="NAME", help=f"only these: {', '.join(CORPORA)}")
    parser.add_argument("--sample", type=int, default=100, help="rows of each group; 0: all (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--text", action="store_true", help="only the detectors, on the plain text")
    parser.add_argument("--missed", type=int, default=0, metavar="N", help="show N rows of each kind that went wrong")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts there too")
    return parser.parse_args()


def shown(limit: int, reasons: Callable[[Row], list[str]]) -> Callable[[Row, Mask], None]:
    """Prints the rows of which an item is missed or that are touched without reason."""
    counts: dict[str, int] = {}

    def show(row: Row, mask: Mask) -> None:
        wrong = [(item.kind, item) for item in row.items if not is_found(mask, item.start, item.stop)]
        if not row.items and any(mask):
            wrong.append((row.group, None))
        for kind, item in wrong:
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= limit:
                seen = "".join("█" if hidden else char for char, hidden in zip(row.text, mask, strict=True))
                what = f"missed {row.text[item.start : item.stop]!r}" if item else f"touched by {reasons(row)}"
                print(f"{kind}: {what} in {row.text!r} -> {seen!r}")

    return show


def main() -> int:
    asked = arguments()
    root = os.environ.get("RETICENT_DATA")
    if not root:
        print("RETICENT_DATA is not set: NO corpus was examined", file=sys.stderr)
        return 2
    readers = [Found()]
    print(heading(asked.seed, asked.sample))
    scores: dict[str, dict[str, dict[str, Tally]]] = {}
    for name in asked.corpus or CORPORA:
        try:
            rows = sampled(CORPORA[name], Path(root), asked.sample, asked.seed)
        except FileNotFoundError:
            print(f"\n{name}: its file is not in RETICENT_DATA, NOT examined", file=sys.stderr)
            continue
        started = time.process_time()
        show = shown(asked.missed, readers[0].reasons) if asked.missed else None
        scores[name] = {reader.name: score(rows, reader, show) for reader in readers}
        print_corpus(name, scores[name])
        print(f"\n{len(rows)} rows, {time.process_time() - started:.1f} CPU s")
    print_demands(scores, [reader.name for reader in readers])
    if asked.json:
        counts = {
            corpus: {reader: {kind: asdict(tally) for kind, tally in kinds.items()} for reader, kinds in by.items()}
            for corpus, by in scores.items()
        }
        asked.json.write_text(json.dumps(counts, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
