"""How long, and with how much memory, ``reticent filter`` takes for a recording, beside two yardsticks.

    python benchmarks/throughput.py                     # 2,000,000 events, 3 rounds, about 3 minutes
    python benchmarks/throughput.py --events 300000
    python benchmarks/throughput.py --memory            # peak memory at 2 and at 10 million events

The yardsticks are a per-line orjson round trip in Python and ``jq -c .``; each is a process of its own, start-up
included, and they run in turns. Afterwards the output is searched for every secret that was planted.
Needs ``pip install orjson``, and ``jq`` from the system's packages.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generate import write
from leaks import find_leaks
from measuring import Usage, in_turns, medians, run_child, verdict

ORJSON_ROUND_TRIP = """
import sys
from orjson import dumps, loads
with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:
    for line in source:
        target.write(dumps(loads(line)) + b"\\n")
"""
BOUNDS = {"orjson": (2.0, 1.0), "jq": (1 / 3, 1 / 6)}
"""For each yardstick the ratio of CPU time that must, and that should, be reached."""


def filter_once(recording: Path, target: Path) -> Usage:
    """``reticent filter SOURCE -o TARGET`` as a process."""
    return run_child([sys.executable, "-m", "reticent", "filter", recording, "-o", target])


def measure_time(folder: Path, events: int, rounds: int, seed: int) -> bool:
    """Prints the table; whether the output is free of what was planted."""
    recording, filtered = folder / "raw.jsonl", folder / "safe.jsonl"
    planted = write(recording, events, seed)
    contestants = {
        "reticent": lambda: filter_once(recording, filtered),
        "orjson": lambda: run_child([sys.executable, "-c", ORJSON_ROUND_TRIP, recording, folder / "orjson.jsonl"]),
    }
    jq = shutil.which("jq")
    if jq is None:
        print("!!! jq IS NOT INSTALLED: its row is MISSING. Install it (apt-get install jq) and run again.")
    else:
        contestants["jq"] = lambda: run_child([jq, "-c", "."], stdin=recording, stdout=folder / "jq.jsonl")
    print(f"{events:,} events, {recording.stat().st_size / 1e6:.1f} MB, seed {seed}, {rounds} rounds, CPU s")
    usages: dict[str, list[Usage]] = in_turns(contestants, rounds, show_round)
    show_medians(usages, events)
    return show_leaks(filtered, planted)


def show_round(number: int, round_: dict[str, Usage]) -> None:
    """One line a round."""
    own = round_["reticent"].cpu_s
    parts = [f"{name} {usage.cpu_s:.2f}" for name, usage in round_.items()]
    parts += [f"reticent/{name} {own / usage.cpu_s:.3f}" for name, usage in round_.items() if name != "reticent"]
    print(f"round {number + 1}: {', '.join(parts)}", flush=True)


def show_medians(usages: dict[str, list[Usage]], events: int) -> None:
    """The table of medians, and the ratios with what they had to be."""
    print(f"{'median':<10}{'CPU s':>8}{'wall s':>8}{'us/event':>10}{'events/s':>12}{'peak MB':>9}")
    for name, given in usages.items():
        use = medians(given)
        each = f"{use.cpu_s / events * 1e6:>10.2f}{events / use.cpu_s:>12,.0f}"
        print(f"{name:<10}{use.cpu_s:>8.2f}{use.wall_s:>8.2f}{each}{use.peak_mb:>9.0f}")
    for name, (bound, aim) in BOUNDS.items():
        if name in usages:
            pairs = zip(usages["reticent"], usages[name], strict=True)
            ratio = median(own.cpu_s / other.cpu_s for own, other in pairs)
            told = verdict(ratio, bound, aim)
            print(f"reticent / {name}, median of {len(usages[name])} paired ratios: {ratio:.3f}: {told}")


def show_leaks(filtered: Path, planted: list[str]) -> bool:
    """Whether nothing planted is in the output."""
    leaks = find_leaks(filtered, planted)
    print(f"planted values: {len(planted)}; found in the output: {len(leaks)}")
    return not leaks


def measure_memory(folder: Path, sizes: list[int], seed: int) -> bool:
    """Peak memory at each size, and how far the last is above the first."""
    peaks: list[float] = []
    clean = True
    for events in sizes:
        recording, filtered = folder / "raw.jsonl", folder / "safe.jsonl"
        planted = write(recording, events, seed)
        size_mb = recording.stat().st_size / 1e6
        use = filter_once(recording, filtered)
        recording.unlink()
        peaks.append(use.peak_mb)
        print(f"{events:,} events, {size_mb:.0f} MB: peak {use.peak_mb:.1f} MB, CPU {use.cpu_s:.2f} s", flush=True)
        clean = show_leaks(filtered, planted) and clean
        filtered.unlink()
    growth = (peaks[-1] - peaks[0]) / peaks[0] * 100
    print(f"difference: {growth:+.1f} %: {verdict(abs(growth), 10, 10)}")
    return clean


def main() -> None:
    """Reads the command line; exit code 1 when something planted is in the output."""
    parser = argparse.ArgumentParser(description="Throughput and memory of `reticent filter`.")
    parser.add_argument("--events", type=int, default=2_000_000, help="rows of the recording (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=7, help="of the recording (default: %(default)s)")
    parser.add_argument("--memory", action="store_true", help="peak memory at --events and at five times as many")
    args = parser.parse_args()
    with TemporaryDirectory(prefix="reticent-benchmark-") as folder:
        if args.memory:
            clean = measure_memory(Path(folder), [args.events, 5 * args.events], args.seed)
        else:
            clean = measure_time(Path(folder), args.events, args.rounds, args.seed)
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
