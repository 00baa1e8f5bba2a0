"""What one pushed event costs a collector over a whole day: a recording replayed event by event, with its ticks.

    python benchmarks/live.py                           # 2 M events, twice; about 3 minutes, 130 MB of disk
    python benchmarks/live.py --pace day --clock cpu    # one of the two, in CPU time of this thread

Two paces of the same typing. ``day``: 24 hours, the mouse at 1,000 Hz, pauses in between. ``even``: an event each
millisecond of event time, 1,000 a second without end: a stress, since nobody types 110 rows a second. When nothing
comes for a second of event time a tick is pushed, as a live collector does; ticks are counted on their own. The run
has little patience (``patience_us``). Each push is timed, and the interpreter's garbage collector runs as it likes;
``--freeze`` takes what is loaded by then out of its way, as a collector may.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from generate import Row, Session
from measuring import verdict
from msgspec.structs import replace

from reticent.detect.working_set import warm
from reticent.events import Event, Tick
from reticent.formats.native import read
from reticent.pipeline import Run
from reticent.policy_file import load_policy

P999_BOUND_US = 250.0
TICK_US = 1_000_000
DAY_US = 86_400_000_000
EVENTS_PER_LINE = 920  # of the generator's mix, pointer rows included
CLOCKS: dict[str, Callable[[], int]] = {"wall": time.perf_counter_ns, "cpu": time.thread_time_ns}


class Day(Session):
    """The generator's typing, spread over a day."""

    mouse_hz = (1000,)
    pause_us = 0

    def typed_line(self) -> list[Row]:
        """A line as typed, after a pause."""
        self.time_us += int(self.rng.expovariate(1) * self.pause_us)
        return super().typed_line()


def record(target: Path, events: int, seed: int) -> None:
    """Write a recording of a day; what it lasts without pauses is found by writing a part of it first."""
    sample = list(islice(Day(seed).rows(), 50_000))
    busy_us = (sample[-1][0] - sample[0][0]) * events // len(sample)
    session = Day(seed)
    session.pause_us = max(0, (DAY_US - busy_us) * EVENTS_PER_LINE // events)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(wire for _, wire in islice(session.rows(), events))


def replayed(source: Path, pace: str) -> Iterator[Event]:
    """Events of the recording, one at a time, and a tick for each second in which nothing comes."""
    last_us: int | None = None
    with source.open("rb") as stream:
        for number, event in enumerate(event for batch in read(stream) for event in batch):
            if pace == "even":
                event = replace(event, time_us=number * 1000)
            for time_us in range((event.time_us if last_us is None else last_us) + TICK_US, event.time_us, TICK_US):
                yield Tick(time_us=time_us)
            last_us = event.time_us
            yield event


def resident_mb() -> float:
    """What this process has in memory now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Pushes:
    """How long each push took, in nanoseconds: of events, and of ticks. Their memory is taken beforehand."""

    def __init__(self, events: int) -> None:
        self.events_ns = array("Q", bytes(8 * events))
        self.kinds: dict[str, list[int]] = {}
        self.ticks = self.ticks_ns = self.slowest_tick_ns = self.count = 0
        self.memory_mb: dict[str, float] = {}

    def measure(self, run: Run, events: Iterator[Event], clock: Callable[[], int]) -> None:
        """Push everything; what comes back is let go, as if it were sent."""
        total = len(self.events_ns)
        for event in events:
            started = clock()
            run.feed([event])
            took = clock() - started
            if type(event) is Tick:
                self.ticks += 1
                self.ticks_ns += took
                self.slowest_tick_ns = max(self.slowest_tick_ns, took)
                continue
            self.events_ns[self.count] = took
            self.count += 1
            if took > P999_BOUND_US * 1000:
                self.kinds.setdefault(_name(event), []).append(took)
            if self.count in (total // 10, total):
                self.memory_mb[f"{self.count * 100 // total} %"] = resident_mb()


def _name(event: Event) -> str:
    """Its type, and its key where that is no character."""
    key = getattr(event, "key", None) or ""
    return f"{type(event).__name__} {key if len(key) > 1 else ''}".strip()


def show(pushes: Pushes, pace: str, clock: str, hours: float) -> None:
    """Print what was measured."""
    times_us = sorted(ns / 1000 for ns in pushes.events_ns[: pushes.count])
    mean = sum(times_us) / len(times_us)
    at = {f"p{share * 100:g}": times_us[int(share * len(times_us))] for share in (0.5, 0.99, 0.999)}
    told = ", ".join(f"{name} {value:.1f}" for name, value in {"mean": mean, **at, "max": times_us[-1]}.items())
    print(f"{pace}: {pushes.count:,} events over {hours:.1f} h of event time, {clock} us a push: {told}")
    print(f"  p99.9: {verdict(at['p99.9'], P999_BOUND_US, P999_BOUND_US)}")
    slow = sorted(pushes.kinds.items(), key=lambda item: -len(item[1]))
    count = sum(len(times) for times in pushes.kinds.values())
    shares = ", ".join(f"{name} {len(times):,}" for name, times in slow[:6])
    print(f"  above {P999_BOUND_US:.0f} us: {count:,} pushes ({count / pushes.count:.3%}): {shares}")
    print(
        f"  ticks: {pushes.ticks:,}, mean {pushes.ticks_ns / max(pushes.ticks, 1) / 1000:.1f} us, "
        f"max {pushes.slowest_tick_ns / 1000:.1f} us"
    )
    print("  memory: " + ", ".join(f"{mb:.1f} MB at {place}" for place, mb in pushes.memory_mb.items()))


def replay(source: Path, events: int, pace: str, clock: str, *, freeze: bool, patience_us: int | None) -> None:
    """Replay a recording through ``minimal`` and print what its pushes took."""
    warm()
    if freeze:
        gc.freeze()
    pushes = Pushes(events)
    with load_policy("minimal").start(patience_us=patience_us) as run:
        pushes.measure(run, replayed(source, pace), CLOCKS[clock])
        hours = run.decided_until_us / 3.6e9
    show(pushes, pace, clock, hours)


def main() -> None:
    """Reads the command line and replays."""
    parser = argparse.ArgumentParser(description="Cost of single pushes over a day.")
    parser.add_argument("--events", type=int, default=2_000_000, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=7, help="of the recording (default: %(default)s)")
    parser.add_argument("--pace", choices=("day", "even"), help="default: both, each in a process of its own")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="default: %(default)s")
    parser.add_argument("--freeze", action="store_true", help="gc.freeze() before the first event")
    parser.add_argument(
        "--patience", type=int, default=50, metavar="US", help="patience_us of the run; 0: none (default: %(default)s)"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "raw.jsonl"
        record(source, args.events, args.seed)
        for pace in (args.pace,) if args.pace else ("day", "even"):
            # A process each, so that the memory of one is not that of the other.
            child = get_context("spawn").Process(
                target=replay,
                args=(source, args.events, pace, args.clock),
                kwargs={"freeze": args.freeze, "patience_us": args.patience or None},
            )
            child.start()
            child.join()
            if child.exitcode:
                raise SystemExit(child.exitcode)


if __name__ == "__main__":
    main()
