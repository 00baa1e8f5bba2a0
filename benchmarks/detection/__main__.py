"""What an attacker still reads of secrets and personal data, and what is lost by mistake.

    RETICENT_DATA=folder python -m benchmarks.detection              # everything, on a sample; 10 minutes
    python -m benchmarks.detection --text --no-peers                 # detectors on plain text, all rows; a minute
    python -m benchmarks.detection --text --corpus pii --sample 0    # personal data beside the peers, all rows
    python -m benchmarks.detection --text --no-peers --corpus secrets-human --missed 20   # what they miss
    python -m benchmarks.detection enrolled speed --no-peers         # only these parts

Every row is typed as key events, straight on and with slips taken back, and filtered in a fresh run of the policy; a
character counts as hidden when no stroke that typed it leaves, and an item of which the attacker of
``reticent.testing`` reads the whole in any way counts as shown. Peers get the plain text. Run it in the root of the
repository; ``peers.py`` says how to install the peers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.detection import enrolled, table
from benchmarks.detection.corpora import CORPORA, read, sampled
from benchmarks.detection.hostile import slowest
from benchmarks.detection.ours import Found, Typed
from benchmarks.detection.peers import installed, versions
from benchmarks.detection.scoring import Reader, Tally, score
from benchmarks.detection.speed import NAMES_RATIO_MAX, names_ratio, speed

from reticent.detect.kingfisher import is_installed
from reticent.detect.ner import installed_model, model_version

PARTS = ("corpora", "enrolled", "speed")
ENROLLED = 20
NAMED_TEXTS = 400
GROUPS = ("secrets", "ordinary", "pii")
"""What the names of corpora begin with; each stands for all of these."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--corpus", action="append", choices=(*GROUPS, *CORPORA), metavar="NAME",
                        help=f"of {', '.join((*GROUPS, *CORPORA))}")  # fmt: skip
    parser.add_argument("--sample", type=int, default=150, help="rows of each corpus that are typed, and that peers "
                        "get; 0: all (default: %(default)s). The detectors get all rows as plain text")  # fmt: skip
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--text",
        action="store_true",
        help="nothing is typed: the detectors, and peers, on the plain text of the corpora",
    )
    parser.add_argument("--enter", action="store_true", help="Enter ends every text; otherwise the recording breaks "
                        "off there, and what seems unfinished is hidden")  # fmt: skip
    parser.add_argument("--policy", default="minimal", help="shipped name or file (default: %(default)s)")
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--missed", type=int, default=0, metavar="N", help="show N rows of each kind that went wrong")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts there too")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    asked.corpus = [name for name in CORPORA if not asked.corpus or {name, name.split("-")[0]} & {*asked.corpus}]
    asked.parts = asked.parts or (["corpora"] if asked.text or len(asked.corpus) < len(CORPORA) else list(PARTS))
    return asked


def data_folder() -> Path | None:
    """The folder of the corpora; says when there is none."""
    root = os.environ.get("RETICENT_DATA")
    if not root:
        print("RETICENT_DATA is not set: only our own lines are examined, NO corpus is", file=sys.stderr)
    return Path(root) if root else None


def corpora(
    asked: argparse.Namespace, root: Path | None, peers: list[Reader]
) -> dict[str, dict[str, dict[str, Tally]]]:
    """Tallies by corpus, reader and kind, printed as they come."""
    found = Found(enter=asked.enter)
    fast = [found, Found("demanded", enter=asked.enter)] if installed_model() else [found]
    with_kingfisher = Found(kingfisher="demanded", enter=asked.enter)
    slow: list[Reader] = list(peers)
    if not asked.text:
        ways: tuple[dict[str, Any], ...] = ({}, {"edits": True, "seed": asked.seed})
        slow = [*(Typed(policy=asked.policy, enter=asked.enter, **way) for way in ways), *peers]
    scores: dict[str, dict[str, dict[str, Tally]]] = {}
    for name in asked.corpus:
        try:
            rows = read(name, root)
        except FileNotFoundError:
            print(f"\n{name}: its file is not in RETICENT_DATA, NOT examined", file=sys.stderr)
            continue
        few = rows if CORPORA[name].whole else sampled(rows, asked.sample, asked.seed)
        scores[name] = {}
        for reader in fast:
            show = table.shown(asked.missed, reader.reasons) if asked.missed and reader is fast[-1] else None
            scores[name][reader.name] = score(rows, reader, show)
        personal = name.startswith("pii")
        scores[name] |= {
            reader.name: score(few, reader) for reader in slow if not (personal and _is_for_secrets(reader))
        }
        if not personal and is_installed():
            scores[name][with_kingfisher.name] = score(rows, with_kingfisher)
        table.print_corpus(name, scores[name])
    for reader in slow:
        if isinstance(reader, Typed):
            print(f"\n{reader.name}: {reader.read_by_attacker} items read by the attacker although their strokes are "
                  f"gone; {reader.uncertain} rows in which it is uncertain which strokes left")  # fmt: skip
    table.print_demands(scores)
    return scores


def _is_for_secrets(peer: Reader) -> bool:
    return peer.name == "kingfisher"


def enrolments(asked: argparse.Namespace, root: Path | None) -> dict[str, Any]:
    """Enrolled literals against frequent passwords and ways of typing."""
    result: dict[str, Any] = {}
    try:
        result["passwords"] = enrolled.passwords(root or Path(), asked.sample, asked.seed)
        table.print_counts("Frequent passwords taken for an enrolled literal", result["passwords"], demand=0)
    except FileNotFoundError:
        print(f"\n{enrolled.PASSWORDS} is not in RETICENT_DATA: false matches were NOT examined", file=sys.stderr)
    result["modes"] = enrolled.edit_modes(ENROLLED, asked.seed)
    if result["modes"] is None:
        print("\nHypothesis is not installed: ways of typing enrolled literals were NOT examined", file=sys.stderr)
    else:
        table.print_counts("Enrolled literals that the attacker does not read, by way of typing", result["modes"])
    return result


def cost_of_names(root: Path | None, seed: int) -> float | None:
    """Everything with names / the model alone, printed; None where it cannot be measured."""
    try:
        texts = [row.text for row in sampled(read("pii-research", root), NAMED_TEXTS, seed)]
        ratio = names_ratio(texts) if installed_model() else None
    except OSError:
        ratio = None
    print(f"\nnames on, {NAMED_TEXTS} texts of pii-research, total / the model's own pipe, CPU: "
          + ("NOT measured" if ratio is None else f"{ratio:.2f} (<= {NAMES_RATIO_MAX})"))  # fmt: skip
    return ratio


def main() -> int:
    asked = arguments()
    root = data_folder()
    result: dict[str, Any] = {}
    with nullcontext([]) if asked.no_peers else installed() as peers:
        print(table.heading(asked.seed, asked.sample))
        print(f"names: {model_version() or 'no model is installed, names are NOT examined'}")
        print(f"peers: {versions() if peers else 'none'}")
        if "corpora" in asked.parts:
            scores = corpora(asked, root, peers)
            result["corpora"] = {
                corpus: {reader: {kind: asdict(tally) for kind, tally in kinds.items()} for reader, kinds in by.items()}
                for corpus, by in scores.items()
            }
        if "enrolled" in asked.parts:
            result["enrolled"] = enrolments(asked, root)
        if "speed" in asked.parts:
            result["speed_us"] = speed(asked.seed, peers)
            table.print_speed(result["speed_us"])
            result["hostile"] = {kind: found._asdict() for kind, found in slowest().items()}
            table.print_hostile(result["hostile"])
            result["names_ratio"] = cost_of_names(root, asked.seed)
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
