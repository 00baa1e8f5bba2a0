"""Time per event of each coarsening transform, on redacted output of a synthetic recording.

    python benchmarks/transforms.py --events 100000

Best of three, in batches of 1,000 and one event at a time. The last lines are whole pipelines with encoding.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Sequence

import msgspec
from generate import Session

from reticent import load_policy
from reticent.events import Event
from reticent.formats.native import from_records
from reticent.pipeline import Pipeline
from reticent.transform import Context, Transform
from reticent.transforms.identity import HideDevice, Pseudonyms, RareApps
from reticent.transforms.pointer import (
    Box,
    BucketWheel,
    CanonicalPath,
    ClicksOnly,
    DropInSensitive,
    Grid,
    NormaliseScreens,
    RecentreClicks,
    Resample,
    Simplify,
)  # fmt: skip
from reticent.transforms.timing import BurstCadence

SCREEN = Box(x=0, y=0, width=1920, height=1080)
TRANSFORMS = (
    Grid(), RecentreClicks(elements=(SCREEN,)), NormaliseScreens(screens=(SCREEN,)), BucketWheel(), DropInSensitive(),
    Resample(), ClicksOnly(), Simplify(), CanonicalPath(), CanonicalPath(grid_px=32), HideDevice(), Pseudonyms(),
    RareApps(),
)  # fmt: skip


def measured(transform: Transform, events: Sequence[Event], batch: int, *, encode: bool = False) -> tuple[float, int]:
    """Microseconds of processor time an event, and how many rows are left."""
    encoder, best_s, rows = msgspec.json.Encoder(), float("inf"), 0
    for _ in range(3):
        stage, rows = transform.start(Context()), 0
        start_s = time.process_time()
        for at in range(0, len(events), batch):
            out = stage.feed(events[at : at + batch])
            rows += len(out)
            if encode:
                encoder.encode_lines(out)
        rows += len(stage.flush())
        best_s = min(best_s, time.process_time() - start_s)
    return best_s / len(events) * 1e6, rows


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description="Time per event of each coarsening transform.")
    parser.add_argument("--events", type=int, default=100_000, help="rows of the recording (default: %(default)s)")
    args = parser.parse_args()
    rows = itertools.islice(Session(7).rows(), args.events)
    events = list(from_records(json.loads(wire) for _, wire in rows))
    minimal = load_policy("minimal").pipeline()
    run = minimal.start(Context())
    redacted = run.feed(events) + run.flush()
    for transform in TRANSFORMS:
        batched_us, left = measured(transform, redacted, 1000)
        alone_us, _ = measured(transform, redacted, 1)
        kept = f"{left / len(redacted):4.0%} left"
        print(f"{type(transform).__name__:17} {batched_us:6.2f} us, alone {alone_us:5.2f}; {kept}")
    whole = Pipeline((*minimal.steps, BucketWheel(), CanonicalPath(grid_px=32), RareApps(), BurstCadence(levels=5)))
    pairs = [[measured(each, events, 1000, encode=True)[0] for each in (minimal, whole)] for _ in range(3)]
    plain_us, coarse_us = map(min, zip(*pairs, strict=True))
    print(f"with encoding: minimal {plain_us:.2f} us; and path, names, bursts {coarse_us:.2f} us")


if __name__ == "__main__":
    main()
