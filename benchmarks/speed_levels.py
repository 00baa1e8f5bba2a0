"""Computes ``LEVELS_US`` of ``reticent.transforms.timing_clock``: typing speeds that stand for a population.

    RETICENT_DATA=... python benchmarks/speed_levels.py

Only people whose number leaves 3 when divided by 4 are looked at (``is_for_design``): whoever measures an attack on
what these levels defend leaves them out of the people attacked. They may serve as the attacker's background.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from statistics import quantiles

PAUSE_MS = 2000
PRESSES_MIN = 5
COUNTS = (2, 3, 5, 8)
STEP_US = 1000

Press = tuple[int, int, int]
"""Participant, sentence, time in milliseconds."""


def is_for_design(participant: int) -> bool:
    """Whether this person's typing may shape a defence, and so may not be attacked to judge it."""
    return participant % 4 == 3


def presses(path: Path) -> list[Press]:
    """The key presses of those whom the levels are made from, in order."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["participant", "section", "press_ms"])
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return sorted((person, section, int(ms)) for person, section, ms in rows if is_for_design(person))


def burst_means_us(rows: list[Press]) -> Iterator[int]:
    """The mean interval of every burst that is long enough."""
    for _, sentence in groupby(rows, itemgetter(0, 1)):
        burst: list[int] = []
        for _, _, time_ms in [*sentence, (0, 0, 1 << 60)]:
            if burst and time_ms - burst[-1] > PAUSE_MS:
                if len(burst) >= PRESSES_MIN:
                    yield (burst[-1] - burst[0]) * 1000 // (len(burst) - 1)
                burst = []
            burst.append(time_ms)


def levels_us(means_us: list[int], count: int) -> tuple[int, ...]:
    """The median of each of ``count`` equal shares, to a millisecond."""
    cuts = quantiles(means_us, n=2 * count)
    return tuple(round(cuts[at] / STEP_US) * STEP_US for at in range(0, 2 * count - 1, 2))


def main() -> None:
    """Print the table."""
    rows = presses(Path(os.environ["RETICENT_DATA"]) / "keystroke" / "aalto136m_subset.parquet")
    means_us = list(burst_means_us(rows))
    print(f"{len({row[0] for row in rows})} people, {len(rows)} presses, {len(means_us)} bursts")
    for count in COUNTS:
        print(f"    {count}: {levels_us(means_us, count)},")


if __name__ == "__main__":
    main()
