"""What a key event costs: the text engine on plain and on edited typing, and the whole pipeline one event at a time.

    python benchmarks/engine.py                         # 7 rounds, about a minute

One process. A calibration loop, the orjson round trip of the same events as dicts, takes its turn between the
measurements, so that each figure is also a ratio. A key event is one row, press or release. Costs are CPU time; the
percentiles of single pushes are wall time. Needs ``pip install orjson``.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from itertools import islice
from statistics import median

import orjson
from generate import Row, Session
from measuring import in_turns, verdict

from reticent.events import Event, KeyDown, KeyUp
from reticent.formats.native import read
from reticent.policy_file import load_policy
from reticent.transform import Context
from reticent.transforms.redact import Redact

BATCH = 4096
ENGINE_BOUNDS_US = (10.0, 4.0)
PUSH_AIM_US = 2.5


class Prose(Session):
    """Lines of words and Enter: no slips, no edits, no secrets."""

    def typed_line(self) -> list[Row]:
        """A line as typed."""
        self.time_us += self.rng.randint(300_000, 1_500_000)
        words = " ".join(self.rng.choice(self.text.words) for _ in range(self.rng.randint(6, 14)))
        rows: list[Row] = []
        last = ""
        for sign in words.capitalize() + ".":
            rows += self.sign(sign, last)
            last = sign
        return sorted(rows, key=lambda row: row[0]) + self.stroke("Enter", "Enter")


def typed(session: Session, lines: int) -> list[bytes]:
    """Wire rows of typing and the places it went to, without the pointer."""
    rows = list(session.focus())
    for number in range(lines):
        rows += session.typed_line()
        if number % 4 == 3:
            rows += session.focus()
    return [wire.encode() for _, wire in rows]


def decoded(lines: list[bytes]) -> list[Event]:
    """Events of wire rows."""
    return [event for batch in read(io.BytesIO(b"".join(lines))) for event in batch]


def cpu_s(run: Callable[[], None]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    run()
    return time.process_time() - started


def engine(events: list[Event]) -> Callable[[], None]:
    """The text engine with its detectors over these events, in batches as a file is read."""

    def run() -> None:
        stage = Redact().start(Context())
        for at in range(0, len(events), BATCH):
            stage.feed(events[at : at + BATCH])
        stage.flush()

    return run


def pushes(events: list[Event]) -> Callable[[], None]:
    """The whole ``minimal`` pipeline, one event at a time."""
    policy = load_policy("minimal")

    def run() -> None:
        with policy.start() as stream:
            feed = stream.feed
            for event in events:
                feed([event])

    return run


def calibration(lines: list[bytes]) -> Callable[[], None]:
    """An orjson round trip of the same events."""
    loads, dumps = orjson.loads, orjson.dumps

    def run() -> None:
        for line in lines:
            dumps(loads(line))

    return run


def push_times_us(events: list[Event]) -> list[float]:
    """Wall time of each push, sorted."""
    times: list[float] = []
    clock = time.perf_counter_ns
    with load_policy("minimal").start() as stream:
        feed = stream.feed
        for event in events:
            started = clock()
            feed([event])
            times.append((clock() - started) / 1e3)
    return sorted(times)


def start_us() -> float:
    """CPU microseconds of a new run under a policy that is loaded."""
    policy = load_policy("minimal")
    return cpu_s(lambda: [policy.start() for _ in range(20)] and None) / 20 * 1e6


def report(name: str, own: list[float], base: list[float], count: int, told: str) -> float:
    """Prints one row; returns the median cost of an event in microseconds."""
    cost_us = median(own) / count * 1e6
    ratio = median(a / b for a, b in zip(own, base, strict=True))
    print(f"{name:<34}{count:>9,}{cost_us:>10.2f}{median(base) / count * 1e6:>10.2f}{ratio:>8.2f}  {told}".rstrip())
    return cost_us


def main() -> None:
    """Reads the command line and prints the tables."""
    parser = argparse.ArgumentParser(description="Cost of a key event and of a push.")
    parser.add_argument("--rounds", type=int, default=7, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=7, help="of the typing (default: %(default)s)")
    args = parser.parse_args()
    mix = [wire.encode() for _, wire in islice(Session(args.seed).rows(), 200_000)]
    loads = {
        "plain typing, per key event": (typed(Prose(args.seed), 400), engine),
        "typing with edits, per key event": (typed(Session(args.seed), 400), engine),
        "pushed event, generated mix": (
            [row.encode() for _, row in islice(Session(args.seed).rows(), 200_000)],
            pushes,
        ),
    }
    contestants: dict[str, Callable[[], float]] = {}
    for name, (lines, make) in loads.items():
        for key, run in ((name, make(decoded(lines))), (f"{name}: orjson", calibration(lines))):
            run()  # recognisers are imported, tables are built
            contestants[key] = lambda run=run: cpu_s(run)
    times: dict[str, list[float]] = in_turns(contestants, args.rounds)
    print(f"{'median of ' + str(args.rounds) + ', CPU':<34}{'events':>9}{'us':>10}{'orjson us':>10}{'ratio':>8}")
    for name, (lines, make) in loads.items():
        own, base = times[name], times[f"{name}: orjson"]
        cost_us = median(own) / len(lines) * 1e6
        told = verdict(cost_us, *ENGINE_BOUNDS_US) if make is engine else verdict(cost_us, PUSH_AIM_US, PUSH_AIM_US)
        report(name, own, base, len(lines), told)
    show_pushes(decoded(mix))
    print(f"start of a run, policy loaded: {median(start_us() for _ in range(args.rounds)):.0f} us CPU")


def show_pushes(events: list[Event]) -> None:
    """Percentiles of single pushes."""
    times_us = push_times_us(events)
    keys = sum(isinstance(event, KeyDown | KeyUp) for event in events)
    at = {f"p{share * 100:g}": times_us[int(share * len(times_us))] for share in (0.5, 0.9, 0.99, 0.999)}
    told = ", ".join(f"{name} {value:.1f}" for name, value in {**at, "max": times_us[-1]}.items())
    print(f"single pushes, wall us, {len(events):,} events of which {keys:,} of keys: {told}")


if __name__ == "__main__":
    main()
