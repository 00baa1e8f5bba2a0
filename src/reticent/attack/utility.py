"""What a defence costs: how far times, speeds, pauses, clicks and paths are from those of the undefended stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.attack.metrics import Estimate, estimate
from reticent.attack.strokes import Strokes, strokes_of
from reticent.attack.tracks import DOWN, MOVE, Track, track_of
from reticent.events import Event, KeyDown, PointerDown, Wheel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["UTILITIES", "Cost", "cost_of", "summary"]

UTILITIES = {
    "time error": ("ms", "mean distance of intervals between presses"),
    "speed error": ("%", "relative error of the typing speed of a session, pauses over 2 s left out"),
    "pauses": ("F1", "intervals over 2 s that are still over 2 s"),
    "click error": ("px", "mean distance of clicks"),
    "path length": ("x", "length of the pointer's path, of the true one"),
    "points kept": ("%", "pointer moves that are left"),
    "actions kept": ("%", "presses of keys and buttons and wheel notches that are left"),
}
"""What is measured: its unit and its meaning."""

_PAUSE_US = 2_000_000
_ACTIONS = (KeyDown, PointerDown, Wheel)


class Cost(NamedTuple):
    """Sums over one session, so that sessions can be pooled by person. Pairs are (sum, how many)."""

    user: str
    sums: dict[str, tuple[float, float]]


def cost_of(user: str, raw: Sequence[Event], defended: Sequence[Event]) -> Cost:
    """Compare one stream with what came out of a defence.

    >>> events = [KeyDown(time_us=0, code="KeyA"), KeyDown(time_us=500_000, code="KeyB")]
    >>> cost_of("a", events, events[:1]).sums["actions kept"]
    (1.0, 2.0)
    """
    sums = {"actions kept": _actions(raw, defended)}
    before, after = strokes_of(raw), strokes_of(defended)
    if len(before.keys) > 1:
        sums |= _typing(before, after)
    track, redrawn = track_of(raw), track_of(defended)
    if len(track.time_us) > 1:
        sums |= _pointing(track, redrawn)
    return Cost(user, sums)


def summary(costs: Iterable[Cost]) -> dict[str, Estimate]:
    """Each utility over all sessions, with an interval over people; percentages as percentages.

    F1 is pooled over everything; the others are means over people.
    """
    import numpy as np

    by_user: dict[str, dict[str, tuple[float, float]]] = {}
    for user, sums in costs:
        mine = by_user.setdefault(user, {})
        for name, (total, count) in sums.items():
            had = mine.get(name, (0.0, 0.0))
            mine[name] = had[0] + total, had[1] + count
    found: dict[str, Estimate] = {}
    for name, (unit, _) in UTILITIES.items():
        pairs = np.array([mine[name] for mine in by_user.values() if name in mine and mine[name][1] > 0])
        if len(pairs):
            found[name] = _pooled(pairs) if name == "pauses" else _averaged(pairs, 100 if unit == "%" else 1)
    return found


def _averaged(pairs: NDArray[np.float64], scale: float) -> Estimate:
    mean = estimate(pairs[:, 0] / pairs[:, 1], range(len(pairs)))
    return Estimate(*(scale * figure for figure in mean))


def _pooled(pairs: NDArray[np.float64]) -> Estimate:
    import numpy as np

    draws = np.random.default_rng(0).multinomial(len(pairs), np.full(len(pairs), 1 / len(pairs)), 400) @ pairs
    ratios = draws[:, 0] / np.maximum(draws[:, 1], 1)
    total = pairs.sum(0)
    return Estimate(float(total[0] / total[1]), *map(float, np.quantile(ratios, (0.025, 0.975))))


def _actions(raw: Sequence[Event], defended: Sequence[Event]) -> tuple[float, float]:
    before, after = (Counter(type(event) for event in events) for events in (raw, defended))
    return float(sum(min(before[kind], after[kind]) for kind in _ACTIONS)), float(
        sum(before[kind] for kind in _ACTIONS)
    )


def _typing(before: Strokes, after: Strokes) -> dict[str, tuple[float, float]]:
    import numpy as np

    kept = _matched(before.keys, after.keys)
    if len(kept) < 2:
        return {"pauses": (0.0, float((np.diff(before.press_us) > _PAUSE_US).sum()))}
    true, given = np.diff(before.press_us[kept]), np.diff(after.press_us[: len(kept)])
    pause, still = true > _PAUSE_US, given > _PAUSE_US
    sums = {
        "time error": (float(np.abs(true - given).sum()) / 1000, float(len(true))),
        "pauses": (2.0 * float((pause & still).sum()), float(pause.sum() + still.sum())),
    }
    if (~pause).any():
        speed = 1 / max(float(true[~pause].mean()), 1.0)
        shown = 1 / max(float(given[~still].mean()), 1.0) if (~still).any() else 0.0
        sums["speed error"] = (abs(shown / speed - 1), 1.0)
    return sums


def _pointing(before: Track, after: Track) -> dict[str, tuple[float, float]]:
    import numpy as np

    sums = {"points kept": (float((after.kind == MOVE).sum()), float((before.kind == MOVE).sum()))}
    length = _length(before)
    if length > 0:
        sums["path length"] = (_length(after), length)
    true, given = before.kind == DOWN, after.kind == DOWN
    if true.any() and true.sum() == given.sum():
        away = np.hypot(before.x[true] - after.x[given], before.y[true] - after.y[given])
        sums["click error"] = (float(away.sum()), float(len(away)))
    return sums


def _length(track: Track) -> float:
    import numpy as np

    return float(np.hypot(np.diff(track.x), np.diff(track.y)).sum())


def _matched(before: Sequence[str], after: Sequence[str]) -> list[int]:
    """Which stroke of before each stroke of after is; as many as follow in the same order."""
    if list(before) == list(after):
        return list(range(len(before)))
    kept, at = [], 0
    for key in after:
        while at < len(before) and before[at] != key:
            at += 1
        if at == len(before):
            break
        kept.append(at)
        at += 1
    return kept
