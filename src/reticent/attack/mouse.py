"""Whose hand moved the pointer: how segments of a track are shaped and timed, by a forest of trees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.attack.metrics import normalised
from reticent.attack.model import Population, Subject
from reticent.attack.tracks import DOWN, UP, WHEEL, Track, track_of
from reticent.attack.trees import pooled_scores
from reticent.events import Event

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reticent.attack.model import Scores

    Floats = NDArray[np.float64]

__all__ = ["DeviceFingerprint", "Mouse", "Movement", "device_figures", "kinematics", "movement"]

_DIRECTIONS = 8
_FAR_US, _FAR_WEIGHT = 30_000_000, 0.5
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_STEPS_MS = (0.5, 1.5, 2.5, 4.5, 6.5, 7.5, 8.5, 10.5, 14.5, 15.5, 16.5, 17.5, 22, 32, 34, 50, 64, 100, 200, 500, 1000)


class Movement(NamedTuple):
    """Rows of kinematic figures of one stream: segments of at most 100 points or 8 s, and segments of 30 s."""

    near: Floats
    far: Floats


def movement(events: Sequence[Event]) -> Movement:
    """What ``Mouse`` keeps of a stream."""
    track = track_of(events)
    near, far = track.segments(least=4), track.segments(len(events), _FAR_US, least=4)
    return Movement(_table([kinematics(part) for part in near]), _table([kinematics(part) for part in far]))


def device_figures(events: Sequence[Event]) -> Floats:
    """A row of figures of the device for each segment of at most 500 points."""
    track = track_of(events)
    return _table([_device(segment, track) for segment in track.segments(500, 60_000_000, least=4)])


class Mouse:
    """Speed, acceleration, jerk, curvature, steps in space and time, directions, clicks; never where on the screen.

    Two forests, one for what shows within seconds, one for what only shows in half a minute: where a defence leaves few
    points, the second sees more (of 121 people on a canonical path of 64 px 9 % instead of 7 %). Leaves of three
    segments, and people weighed alike however long they were recorded: of 10 people of Balabit 82 % instead of 72 %.
    """

    view = staticmethod(movement)

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def fit(self, background: Population, /) -> None:
        """Nothing: it learns from the enrolled."""

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``: log probabilities, summed over segments, each forest normalised by the cohort."""
        near = pooled_scores(_only(people, 0), seed=self._seed, min_samples_leaf=3, class_weight="balanced")
        far = pooled_scores(_only(people, 1), seed=self._seed, class_weight="balanced")
        total: Scores = normalised(near) + _FAR_WEIGHT * normalised(far)
        return total


class DeviceFingerprint:
    """Which device: how often it reports, in what steps, and how large the screen is. Links people across epochs."""

    view = staticmethod(device_figures)

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def fit(self, background: Population, /) -> None:
        """Nothing: it learns from the enrolled."""

    def score(self, people: Population, /) -> Scores:
        """See ``Attacker``: log probabilities, summed over segments."""
        return pooled_scores(people, seed=self._seed, min_samples_leaf=3, class_weight="balanced")


def _only(people: Population, scale: int) -> Population:
    """The same people by one of the two tables of each view."""
    enrolled, probes = (
        [Subject(each.user, [view[scale] for view in each.views]) for each in found]
        for found in (people.enrolled, people.probes)
    )
    return Population(enrolled, probes)


def kinematics(track: Track) -> Floats:
    """Figures of one segment; all times in milliseconds, lengths in pixels."""
    import numpy as np

    step_ms = np.maximum(np.diff(track.time_us) / 1000, 0.0)
    dx, dy = np.diff(track.x), np.diff(track.y)
    step = np.hypot(dx, dy)
    safe_ms = np.maximum(step_ms, 1.0)
    speed = step / safe_ms
    acceleration = np.diff(speed) / safe_ms[1:]
    jerk = np.diff(acceleration) / safe_ms[2:]
    moving = step > 0
    heading = np.arctan2(dy[moving], dx[moving])
    turn = (np.diff(heading) + np.pi) % (2 * np.pi) - np.pi
    curvature = np.abs(turn) / np.maximum(step[moving][1:], 1.0)
    shape = np.histogram(heading, _DIRECTIONS, (-np.pi, np.pi))[0] / max(len(heading), 1)
    length, ends = step.sum(), np.hypot(track.x[-1] - track.x[0], track.y[-1] - track.y[0])
    seconds = (track.time_us[-1] - track.time_us[0]) / 1e6
    totals = [len(step), seconds, length, ends / max(length, 1.0), moving.mean(), (np.abs(turn) > np.pi / 2).mean()
              if len(turn) else 0.0, (step_ms > 200).mean(), (step_ms > 1000).mean()]  # fmt: skip
    spreads = [_spread(each) for each in (step, step_ms, speed, acceleration, jerk, turn, curvature, step[moving])]
    return np.concatenate([*spreads, shape, totals, _clicks(track)])


def _clicks(track: Track) -> Floats:
    """Counts of clicks and wheel notches, how long buttons stay down, how long after the last movement."""
    import numpy as np

    down, up = np.flatnonzero(track.kind == DOWN), np.flatnonzero(track.kind == UP)
    after = np.searchsorted(up, down)
    held = [(track.time_us[up[b]] - track.time_us[a]) / 1000 for a, b in zip(down, after) if b < len(up)]
    before = [(track.time_us[at] - track.time_us[at - 1]) / 1000 for at in down if at]
    between = np.diff(track.time_us[down]) / 1000
    return np.array([
        len(down), (track.kind == WHEEL).sum(), np.mean(held) if held else -1.0, np.std(held) if held else -1.0,
        np.median(held) if held else -1.0, np.mean(before) if before else -1.0,
        np.median(before) if before else -1.0, between.mean() if len(between) else -1.0,
        between.min() if len(between) else -1.0,
    ])  # fmt: skip


def _spread(values: Floats) -> Floats:
    """Mean, deviation and quantiles."""
    import numpy as np

    if not len(values):
        return np.full(2 + len(_QUANTILES), -1.0)
    ranked = np.sort(values)
    return np.array([values.mean(), values.std(), *(ranked[int(share * (len(ranked) - 1))] for share in _QUANTILES)])


def _device(segment: Track, track: Track) -> Floats:
    import numpy as np

    step_ms = np.diff(segment.time_us) / 1000
    share = np.histogram(step_ms, (-1, *_STEPS_MS, 1e12))[0] / max(len(step_ms), 1)
    steps = np.concatenate([np.abs(np.diff(segment.x)), np.abs(np.diff(segment.y))])
    grain = [(steps == size).mean() for size in (0, 1, 2, 3)]
    screen = [track.x.max(), track.y.max(), track.x.min(), track.y.min(), (track.x % 1 != 0).mean()]
    return np.concatenate([share, grain, screen, [np.median(step_ms), (segment.time_us % 1000 != 0).mean()]])


def _table(rows: list[Floats]) -> Floats:
    import numpy as np

    return np.array(rows) if rows else np.zeros((0, 0))
