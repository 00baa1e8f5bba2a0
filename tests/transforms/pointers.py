"""Streams of pointer events among others, as tests of pointer and identity transforms need them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from reticent.events import (
    Event,
    Focus,
    Gap,
    Hit,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
    Redacted,
    Tick,
    Wheel,
)  # fmt: skip
from reticent.pipeline import Pipeline
from reticent.transform import Context, Transform

MS = 1000
STEPS_MS = (0, 1, 8, 8, 8, 16, 100, 299, 300, 301, 499, 500, 700, 2500, 11_000)

Action = Callable[[int, random.Random], list[Event]]


def _at(rng: random.Random) -> dict[str, float]:
    return {"x": rng.randint(-50, 900), "y": rng.choice((rng.randint(0, 700), rng.randint(0, 700) + 0.5))}


def _move(time_us: int, rng: random.Random) -> list[Event]:
    return [PointerMove(time_us=time_us, device=rng.choice("00001"), **_at(rng))]


def _click(time_us: int, rng: random.Random) -> list[Event]:
    up_us = time_us + rng.choice((10, 90, 600)) * MS
    hit = rng.choice((None, Hit(role="button"), Hit(role="button", label="7")))
    down = PointerDown(time_us=time_us, hit=hit, **_at(rng))
    drag = [PointerMove(time_us=up_us, **_at(rng))] * rng.randint(0, 1)
    return [down, *drag, PointerUp(time_us=up_us, x=down.x, y=down.y)]


def _wheel(time_us: int, rng: random.Random) -> list[Event]:
    return [Wheel(time_us=time_us, delta_y=rng.choice((120, -120, 40, -30.5)), delta_x=rng.choice((0, 7)), **_at(rng))]


def _key(time_us: int, rng: random.Random) -> list[Event]:
    code = rng.choice(("KeyA", "KeyB"))
    return [KeyDown(time_us=time_us, code=code), KeyUp(time_us=time_us + 80 * MS, code=code)]


def _focus(time_us: int, rng: random.Random) -> list[Event]:
    field = rng.choice(("text", "otp", "password"))
    return [
        Focus(time_us=time_us, app=rng.choice(("excel", "odd")), url=rng.choice((None, "https://a.b")), field=field)
    ]


def _rare(time_us: int, rng: random.Random) -> list[Event]:
    return [rng.choice((Tick(time_us=time_us), Redacted(time_us=time_us, category="contact"), Gap(time_us=time_us)))]


_ACTIONS: Sequence[Action] = (*[_move] * 12, _click, _wheel, _key, _focus, _rare)


@st.composite
def streams(draw: st.DrawFn) -> list[Event]:
    """What one person does, from time 0."""
    rng = draw(st.randoms(use_true_random=False))
    time_us, out = 0, _move(0, rng) if rng.random() < 0.5 else _wheel(0, rng)
    for _ in range(draw(st.integers(1, 60))):
        done = rng.choice(_ACTIONS)(time_us, rng)
        out += done
        time_us = max(done[-1].time_us, time_us) + rng.choice(STEPS_MS) * MS
    return out


def drained(transform: Transform, events: Sequence[Event], **context: object) -> list[Event]:
    """All that leaves."""
    with Pipeline((transform,)).start(Context(**context)) as run:  # type: ignore[arg-type]
        out = run.feed(events)
    return out + run.flushed
