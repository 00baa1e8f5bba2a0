"""The ladder: the few steps to which every hidden duration is rounded up."""

from __future__ import annotations

from bisect import bisect_left

__all__ = ["LADDER_US", "ladder"]

LADDER_US: tuple[int, ...] = tuple(s * 1_000_000 for s in (15, 60, 300, 1800, 7200, 28800, 86400))
"""Steps of the cut clock: 15 s, 1 min, 5 min, 30 min, 2 h, 8 h, 24 h; beyond, whole days."""

_DAY_US = LADDER_US[-1]


def ladder(gap_us: int) -> int:
    """Round a hidden duration up to the next step.

    >>> ladder(1), ladder(15_000_001), ladder(90_000 * 1_000_000) // 86_400_000_000
    (15000000, 60000000, 2)
    """
    at = bisect_left(LADDER_US, gap_us)
    return LADDER_US[at] if at < len(LADDER_US) else -(-gap_us // _DAY_US) * _DAY_US
