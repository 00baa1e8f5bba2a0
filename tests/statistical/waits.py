"""How long kept events wait: from their own input time to that of the event whose arrival let them go."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import msgspec
from lines import KINDS, words
from rhythm import Rhythms, beats_from, keys_of, lay

from reticent.events import Event
from reticent.policy_file import load_policy

__all__ = ["chat", "essay", "percentile_s", "waiting_times_us"]

_SECRET_SHARE = 0.1


def chat(rhythms: Rhythms, rng: random.Random, lines: int = 20) -> list[dict[str, Any]]:
    """One person's messages of 3 to 12 words, Enter after each; every tenth holds a structured secret."""
    text = "".join(f"{words(rng, 3, 12)}{_secret(rng)}\n" for _ in range(lines))
    return _typed(text, rhythms, rng)


def essay(rhythms: Rhythms, rng: random.Random, count: int = 450) -> list[dict[str, Any]]:
    """One person's text of ``count`` words in sentences, without Enter."""
    text = ""
    while text.count(" ") < count:
        text += words(rng, 6, 18).capitalize() + ". "
    return _typed(text, rhythms, rng)


def waiting_times_us(events: Sequence[dict[str, Any]]) -> list[int]:
    """One entry for each key event that leaves before the end of the stream (``flush`` lets go what is left).

    Output is matched to input in order, each to the first that looks the same: where something was redacted this may
    take an earlier event for the one that was kept, so times are upper bounds.
    """
    run = load_policy("minimal").start()
    waits, at = [], 0
    for event in msgspec.convert(list(events), list[Event]):
        for kept in msgspec.to_builtins(run.feed([event])):
            if kept["type"] in ("keydown", "keyup"):
                while _looks(events[at]) != _looks(kept):
                    at += 1
                waits.append(event.time_us - events[at]["time_us"])
                at += 1
    run.abort()
    return waits


def percentile_s(waits_us: Sequence[int], share: float) -> float:
    """The waiting time, in seconds, that ``share`` of the events do not exceed."""
    return sorted(waits_us)[min(len(waits_us) - 1, int(share * len(waits_us)))] / 1e6


def _secret(rng: random.Random) -> str:
    structured = [make for enrolled, make in KINDS.values() if not enrolled]
    return f" {rng.choice(structured)(rng)}" if rng.random() < _SECRET_SHARE else ""


def _typed(text: str, rhythms: Rhythms, rng: random.Random) -> list[dict[str, Any]]:
    keys = keys_of(text, rhythms, rng)
    return lay(keys, beats_from(rhythms, rng.randrange(len(rhythms.gaps_us)), len(keys)))


def _looks(event: dict[str, Any]) -> tuple[Any, ...]:
    return event["type"], event.get("code"), event.get("key")
