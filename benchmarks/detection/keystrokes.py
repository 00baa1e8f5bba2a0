"""Texts as key events: typed straight on, or as people do, with slips taken back at once, late and word by word."""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from reticent.testing.dsl import expand

__all__ = ["PLACE", "Stroke", "chords", "edited", "events", "script", "straight"]

PLACE = 'focus:"notes/n"'
_WORDS = re.compile(r"\S+|\s+")
_EDIT_SHARE = 0.3
_SHORTEST = 3
_SEEN_MAX = 4
"""So many more characters are typed before a slip is noticed."""


class Stroke(NamedTuple):
    """One key: a character, or the W3C name of a key with its modifiers, and ``size`` characters of the text for it.

    ``at`` is -1 where a key types nothing of the text: a slip, or what takes it back.
    """

    key: str
    at: int = -1
    size: int = 1


def straight(text: str) -> list[Stroke]:
    """One stroke a character. Carriage returns and other control characters have no key and are left out.

    >>> [stroke.key for stroke in straight("a\\r\\nb")]
    ['a', '\\n', 'b']
    """
    return [Stroke(char, at) for at, char in enumerate(text) if char.isprintable() or char in "\n\t\u200b\xa0"]


def chords(text: str) -> list[Stroke]:
    """Shortcuts written as in a manual.

    >>> chords("Ctrl+K Ctrl+C")
    [Stroke(key='Ctrl+K', at=0, size=7), Stroke(key='Ctrl+C', at=7, size=6)]
    """
    return [Stroke(chord.group().strip(), chord.start(), len(chord.group())) for chord in re.finditer(r"\S+\s*", text)]


def edited(text: str, rng: random.Random) -> list[Stroke]:
    """About every third word with a slip that is taken back; what stands in the end is the text.

    >>> edited("hunter", random.Random(3)) != straight("hunter")
    True
    """
    strokes: list[Stroke] = []
    for word in _WORDS.finditer(text):
        typed = [stroke._replace(at=word.start() + stroke.at) for stroke in straight(word.group())]
        long_enough = len(typed) >= _SHORTEST and not word.group().isspace()
        if long_enough and rng.random() < _EDIT_SHARE:
            typed = rng.choice(_EDITS)(typed, rng)
        strokes += typed
    return strokes


def _slip(rng: random.Random) -> Stroke:
    return Stroke(rng.choice(string.ascii_lowercase))


def _at_once(word: list[Stroke], rng: random.Random) -> list[Stroke]:
    """A wrong key and Backspace."""
    place = rng.randrange(len(word))
    return [*word[:place], _slip(rng), Stroke("Backspace"), *word[place:]]


def _noticed_late(word: list[Stroke], rng: random.Random) -> list[Stroke]:
    """A wrong key, some more characters, Backspace to the slip, and on from there."""
    place = rng.randrange(len(word))
    seen = word[place + 1 : place + 1 + rng.randint(1, _SEEN_MAX)]
    back = [Stroke("Backspace")] * (len(seen) + 1)
    return [*word[:place], _slip(rng), *seen, *back, *word[place:]]


def _inserted(word: list[Stroke], rng: random.Random) -> list[Stroke]:
    """A character is missing, and put in with the arrow keys."""
    place = rng.randrange(len(word))
    after = word[place + 1 : place + 1 + rng.randint(1, _SEEN_MAX)]
    left, right = [Stroke("ArrowLeft")] * len(after), [Stroke("ArrowRight")] * len(after)
    return [*word[:place], *after, *left, word[place], *right, *word[place + 1 + len(after) :]]


def _retyped(word: list[Stroke], _: random.Random) -> list[Stroke]:
    """The whole word is taken back and typed again."""
    return [*word, *[Stroke("Backspace")] * len(word), *word]


_EDITS = (_at_once, _noticed_late, _inserted, _retyped)


def script(strokes: Sequence[Stroke]) -> str:
    """Strokes in the language of ``reticent.testing.dsl``.

    >>> script([Stroke("h", 0), Stroke("i", 1), Stroke("Backspace")])
    'type:"hi" key:Backspace*1'
    """
    return " ".join(_statements(strokes))


def _statements(strokes: Sequence[Stroke]) -> Iterator[str]:
    for name, run in groupby(strokes, lambda stroke: "" if len(stroke.key) == 1 else stroke.key):
        keys = [stroke.key for stroke in run]
        yield f"key:{name}*{len(keys)}" if name else f"type:{json.dumps(''.join(keys))}"


def events(strokes: Sequence[Stroke]) -> list[dict[str, Any]]:
    """Native events of strokes in a text field of an application that nothing is known of."""
    return expand(f"{PLACE} {script(strokes)}").events
