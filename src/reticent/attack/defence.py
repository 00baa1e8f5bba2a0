"""Defences: what a policy does after redaction, and streams that went through it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.transform import Context, Transform

if TYPE_CHECKING:
    from reticent.policy import Policy

__all__ = ["RAW", "Defence", "defend", "seeded_bytes"]


class Defence(Struct, frozen=True):
    """A pipeline under test.

    Attributes:
        name: what reports call it.
        steps: transforms after redaction. Rhythm and pointer attacks meet these alone: their corpora are prompted text
            and games, in which nothing is to be redacted.
        whole: all transforms, redaction included, for attacks on redaction itself; None: ``steps`` are all.
    """

    name: str
    steps: tuple[Transform, ...] = ()
    whole: tuple[Transform, ...] | None = None

    @classmethod
    def of_policy(cls, policy: Policy) -> Defence:
        """What a policy does."""
        return cls(policy.name, tuple(step.transform for step in policy.steps), policy.pipeline().steps)

    @property
    def redacting(self) -> tuple[Transform, ...]:
        """All transforms in order."""
        return self.steps if self.whole is None else self.whole


RAW = Defence("raw")
"""No defence at all."""


def defend(events: Sequence[Event], steps: Sequence[Transform], *, seed: object = 0) -> Sequence[Event]:
    """What leaves when a whole stream goes through transforms.

    Args:
        events: one stream.
        steps: transforms, in order.
        seed: stands for the random source of the stream: another seed is another secret epoch.

    >>> from reticent.events import Tick
    >>> defend([Tick(time_us=5)], ())
    [Tick(time_us=5, ...)]
    """
    if not steps:
        return events
    run = Pipeline(tuple(steps)).start(Context(random_bytes=seeded_bytes(seed)))
    return run.feed(events) + run.flush()


def seeded_bytes(seed: object) -> Callable[[int], bytes]:
    """A random source that an experiment can repeat. Not for production.

    >>> seeded_bytes(1)(4) == seeded_bytes(1)(4) != seeded_bytes(2)(4)
    True
    """
    count = 0

    def draw(size: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(f"{seed}/{count}".encode()).digest(size)

    return draw
