"""On a grid a point that comes again tells nothing more, unless the grid moves."""

from __future__ import annotations

import random
from collections.abc import Callable
from statistics import mean

from pointers import drained

from reticent.events import Event, PointerDown, PointerMove, PointerUp, Wheel
from reticent.transforms.pointer_grid import Grid

STEP_PX = 128
KEYS = [(column * 60 + 30, row * 60 + 30) for row in range(4) for column in range(3)]
"""Middles of the keys of a keypad of 60 px keys."""


def shown(key: bytes | None, x: float, y: float) -> tuple[float, float]:
    """Where a click leaves."""
    [click] = drained(Grid(step_px=STEP_PX), [PointerDown(time_us=0, x=x, y=y)], epoch_key=key)
    assert isinstance(click, PointerDown)
    return click.x, click.y


def named(entries: int, phase_of: Callable[[int], bytes | None], jitter_px: float = 0) -> float:
    """Which share of keys an attacker names who averages so many entries and takes the nearest; the pad is known."""
    rng, hand, hits, tries = random.Random(1), random.Random(2), 0, 0
    for at, _ in enumerate(KEYS * 12):
        off = rng.randrange(1000), rng.randrange(800)
        pad = [(x + off[0], y + off[1]) for x, y in KEYS]
        truth = pad[at % len(pad)]
        spots = [(truth[0] + hand.gauss(0, jitter_px), truth[1] + hand.gauss(0, jitter_px)) for _ in range(entries)]
        seen = [shown(phase_of(tries * entries + number), x, y) for number, (x, y) in enumerate(spots)]
        x, y = mean(spot[0] for spot in seen), mean(spot[1] for spot in seen)
        guess = min(pad, key=lambda spot: (spot[0] - x) ** 2 + (spot[1] - y) ** 2)
        hits, tries = hits + (guess == truth), tries + 1
    return hits / tries


def fresh(number: int) -> bytes:
    """The planted bug: a key of its own for each entry."""
    return number.to_bytes(32)


def test_sixteen_entries_tell_no_more_than_one() -> None:
    """The same key of a keypad, clicked in 16 recordings, is named as often as from one."""
    for key in (None, b"k" * 32):
        once, often = (named(entries, lambda _, key=key: key) for entries in (1, 16))
        assert once == often < 0.5


def test_a_hand_that_does_not_hit_the_same_point_tells_little_more() -> None:
    """Hits scatter by a fifth of a key, and across the edge of a cell: cells do not move, so this is all."""
    once, often = (named(entries, lambda _: None, jitter_px=11) for entries in (1, 16))
    assert often < once + 0.25


def test_the_attacker_finds_a_grid_that_moves() -> None:
    """With a fresh phase for each entry the same attacker names nearly all."""
    assert named(16, fresh) > 0.8


def test_all_of_the_pointer_is_put_in_place() -> None:
    """Moves, buttons and the wheel; nothing else of them changes."""
    events: list[Event] = [
        PointerMove(time_us=0, x=1, y=2.5, device="3"), PointerDown(time_us=1, x=1, y=2, button="right"),
        PointerUp(time_us=2, x=70, y=2), Wheel(time_us=3, x=1, y=2, delta_y=120),
    ]  # fmt: skip
    move, down, up, wheel = drained(Grid(step_px=64), events)
    assert move == PointerMove(time_us=0, x=32, y=32, device="3")
    assert down == PointerDown(time_us=1, x=32, y=32, button="right")
    assert up == PointerUp(time_us=2, x=96, y=32)
    assert wheel == Wheel(time_us=3, x=32, y=32, delta_y=120)
