"""People's own rhythm: press gaps, dwell and corrections of the Aalto corpus, laid on texts of our choice.

Texts of the corpus are not used, only its times and how often, and how far, people went back with Backspace.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reticent.keys.layout import load

__all__ = ["Beat", "Rhythms", "beats_from", "corpus_path", "keys_of", "lay", "load_rhythms", "rollover_share"]

_MODIFIER_CODES = (16, 17, 18, 20, 91, 92, 93, 225)
_BACKSPACE_CODE = 8
_SHIFT_LEAD_US = 60_000
_US = load("us")
_NEIGHBOURS = "qwertyuiopasdfghjklzxcvbnm"


class Beat(NamedTuple):
    """One stroke: how long after the stroke before it was pressed, and how long it stayed down (microseconds)."""

    gap_us: int
    dwell_us: int


class Rhythms(NamedTuple):
    """The strokes of all participants, one after the other, in the order in which they typed.

    Attributes:
        gaps_us, dwells_us: one entry a stroke. A sentence begins with the participant's median gap.
        starts: where each participant begins, and the end.
        pauses: strokes that came after a silence of 10 s or more.
        backspace_share: of all strokes.
        backspace_runs: how many Backspaces in a row, one entry a run.
    """

    gaps_us: Any
    dwells_us: Any
    starts: Any
    pauses: Any
    backspace_share: float
    backspace_runs: Any


def corpus_path() -> Path | None:
    """Where the corpus is, by the environment variable RETICENT_DATA; None when it is not set."""
    root = os.environ.get("RETICENT_DATA")
    return Path(root) / "keystroke" / "aalto136m_subset.parquet" if root else None


def load_rhythms(path: Path) -> Rhythms:
    """The rhythms of all participants; modifier and lock keys left out."""
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["participant", "section", "press_ms", "release_ms", "keycode"])
    person, section, press_ms, release_ms, code = (column.to_numpy() for column in table.columns)
    strokes = ~np.isin(code, _MODIFIER_CODES)
    person, section, code = person[strokes], section[strokes], code[strokes]
    press_us, release_us = press_ms[strokes].astype("i8") * 1000, release_ms[strokes].astype("i8") * 1000
    gaps_us = np.diff(press_us, prepend=0)
    same_person = np.diff(person, prepend=-1) == 0
    begins = ~same_person | (np.diff(section, prepend=-1) != 0)
    starts = np.append(np.flatnonzero(~same_person), len(person))
    for first, stop in pairwise(starts.tolist()):
        inner = gaps_us[first:stop][~begins[first:stop]]
        gaps_us[first:stop][begins[first:stop]] = np.median(inner) if len(inner) else 200_000
    back = code == _BACKSPACE_CODE
    edges = np.diff(np.concatenate(([False], back, [False])).astype("i1"))
    runs = np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)
    dwells_us = np.maximum(release_us - press_us, 1000)
    return Rhythms(gaps_us, dwells_us, starts, np.flatnonzero(gaps_us >= 10_000_000), float(back.mean()), runs)


def beats_from(rhythms: Rhythms, at: int, count: int, *, before: int = 0) -> list[Beat]:
    """``count`` consecutive strokes of who made stroke ``at``, which is the one after the first ``before``.

    A participant who has no more begins again.
    """
    person = int(np.searchsorted(rhythms.starts, at, side="right")) - 1
    start, stop = rhythms.starts[person], rhythms.starts[person + 1]
    at = start + (at - before - start + np.arange(count)) % (stop - start)
    gaps_us, dwells_us = rhythms.gaps_us[at].tolist(), rhythms.dwells_us[at].tolist()
    return [Beat(gap_us, dwell_us) for gap_us, dwell_us in zip(gaps_us, dwells_us, strict=True)]


def keys_of(text: str, rhythms: Rhythms, rng: random.Random) -> list[str]:
    """The keys that type ``text``: wrong keys in between, noticed late or soon, taken back and typed anew.

    Backspaces are as frequent, and go as far back, as in the corpus.
    """
    # n of the wrong keys and n Backspaces a correction: the share of Backspaces b is n e / (1 + 2 n e).
    share = rhythms.backspace_share
    rate = share / (1 - 2 * share) / float(rhythms.backspace_runs.mean())
    keys: list[str] = []
    at = 0
    while at < len(text):
        if rng.random() < rate:
            count = int(rng.choice(rhythms.backspace_runs))
            ahead = text[at + 1 : at + count]
            wrong = rng.choice([key for key in _NEIGHBOURS if key != text[at].lower()])
            if "\n" not in text[at : at + count]:
                keys += [wrong, *ahead, *["Backspace"] * (1 + len(ahead))]
        keys.append("Enter" if text[at] == "\n" else text[at])
        at += 1
    return keys


def lay(keys: Sequence[str], beats: Sequence[Beat], start_us: int = 1_000_000) -> list[dict[str, Any]]:
    """Native key events of ``keys`` on a US keyboard in the rhythm of ``beats``, rollover included, by time."""
    timed = sorted(_halves(keys, beats, start_us), key=lambda half: half[:2])
    events, shift = [], False
    for time_us, _, event in timed:
        if event["code"] == "ShiftLeft":
            shift = event["type"] == "keydown"
        held: dict[str, Any] = {"modifiers": ["Shift"]} if shift else {}
        events.append({**event, "time_us": time_us, **held})
    return events


def _halves(keys: Sequence[str], beats: Sequence[Beat], start_us: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Time, rank among equals, and the event."""
    strokes = [_stroke(key) for key in keys]
    presses_us = [int(time_us) for time_us in start_us + np.cumsum([beat.gap_us for beat in beats[: len(keys)]])]
    next_of: dict[str, int] = {}
    for at in reversed(range(len(keys))):
        (code, shift), press_us = strokes[at], presses_us[at]
        release_us = press_us + beats[at].dwell_us
        # A key has to come up before it goes down again.
        release_us = max(press_us, min(release_us, next_of.get(code, release_us + 1) - 1))
        next_of[code] = press_us
        event = {"code": code, "key": keys[at]}
        yield press_us, 4 * at + 1, {"type": "keydown", **event}
        yield release_us, 4 * at + 3, {"type": "keyup", **event}
        shift_event = {"code": "ShiftLeft", "key": "Shift"}
        if shift and not (at and strokes[at - 1][1]):
            before_us = presses_us[at - 1] if at else start_us
            shift_us = max(press_us - _SHIFT_LEAD_US, (press_us + before_us) // 2)
            yield shift_us, 4 * at, {"type": "keydown", **shift_event}
        if shift and not (at + 1 < len(keys) and strokes[at + 1][1]):
            after_us = presses_us[at + 1] if at + 1 < len(keys) else release_us
            shift_us = min(release_us, (press_us + after_us) // 2)
            yield shift_us, 4 * at + 2, {"type": "keyup", **shift_event}


def _stroke(key: str) -> tuple[str, bool]:
    """Code, and whether Shift types it."""
    if len(key) > 1:
        return key, False
    found = _US.stroke(key)
    assert found is not None, "the text has a character that a US keyboard does not type"
    return found[0], found[1]


def rollover_share(events: Iterable[dict[str, Any]]) -> float:
    """Of all presses of a key that types, those that came while another such key was down."""
    down: set[str] = set()
    presses = overlapping = 0
    for event in events:
        if event["type"] not in ("keydown", "keyup") or event["key"] == "Shift":
            continue
        if event["type"] == "keydown":
            presses += 1
            overlapping += bool(down)
            down.add(event["code"])
        else:
            down.discard(event["code"])
    return overlapping / presses if presses else 0.0
