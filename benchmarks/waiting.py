"""Secrets in the rhythm of real people: how many leak, and how long what is kept waits.

    RETICENT_DATA=DATA python benchmarks/waiting.py --samples 1000

``DATA`` is the folder that has ``keystroke/aalto136m_subset.parquet``: times of the Aalto 136M keystrokes corpus.
Times are event time, so the machine makes no difference. Waiting times are upper bounds (tests/statistical/waits.py).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "statistical"))

from lines import sample_of
from rhythm import Rhythms, corpus_path, load_rhythms
from waits import chat, essay, percentile_s, waiting_times_us

from reticent.testing.run import filter_events
from reticent.testing.wellformed import problems


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=1000, help="typed lines with a secret")
    parser.add_argument("--people", type=int, default=100, help="who write 20 messages, and 450 words, each")
    options = parser.parse_args()
    path = corpus_path()
    if path is None:
        sys.exit("set RETICENT_DATA to the folder that has keystroke/aalto136m_subset.parquet")
    rhythms = load_rhythms(path)
    show_leaks(rhythms, options.samples)
    for name, make in (("chat, Enter after each message", chat), ("essay, no Enter", essay)):
        waits_us = [
            wait
            for number in range(options.people)
            for wait in waiting_times_us(make(rhythms, random.Random(f"{name} {number}")))
        ]
        half_s, most_s = percentile_s(waits_us, 0.5), percentile_s(waits_us, 0.95)
        times = f"p50 {half_s:5.1f} s  p95 {most_s:5.1f} s  max {max(waits_us) / 1e6:5.1f} s"
        print(f"{name:32} {len(waits_us):8} key events  {times}")


def show_leaks(rhythms: Rhythms, count: int) -> None:
    seen: Counter[str] = Counter()
    leaking: Counter[str] = Counter()
    malformed = 0
    for number in range(count):
        one = sample_of(rhythms, number)
        out: list[dict[str, Any]] = filter_events(one.events, {"known_secrets": one.enrolled})
        seen[one.kind] += 1
        leaking[one.kind] += bool(one.leaks(out))
        malformed += bool(problems(out))
    for kind in seen:
        print(f"{kind:32} {seen[kind]:8} lines  {leaking[kind]} leak")
    print(f"{'all':32} {count:8} lines  {leaking.total()} leak, {malformed} malformed")


if __name__ == "__main__":
    main()
