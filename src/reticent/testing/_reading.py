"""Reading key events as text, by logical key or by physical code, the way an attacker would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reticent.keys.layout import load
from reticent.keys.table import MODIFIER_KEY, NAMED_KEY, NAMED_KEYS

__all__ = ["MODIFIER_OF_CODE", "Event", "Reading", "Stroke", "Target", "Transcript", "readings", "transcribe"]

Event = Mapping[str, Any]
Target = tuple[str | None, str | None, str | None, str | None]
"""Stream, app, window and element that have the focus."""

MODIFIER_OF_CODE = {
    code: "AltGraph" if code == "AltRight" else key for code, key in MODIFIER_KEY.items() if "Lock" not in key
}
"""Modifier that a code holds; the right Alt is AltGraph, as on most layouts."""

_TYPED_NAMES = {"Enter": "\n", "NumpadEnter": "\n", "Tab": "\t"}


class Reading(NamedTuple):
    """A way to read keys: the layout for codes, and whether a code counts even when the key is there."""

    layout: str
    by_code: bool = False

    def __str__(self) -> str:
        return f"{'codes' if self.by_code else 'keys'}:{self.layout}"


class Stroke(NamedTuple):
    """What a key event means: the text it types (or would without its shortcut), its name, what is held."""

    char: str
    name: str
    held: frozenset[str]
    silent: bool
    accent: str = ""

    @property
    def text(self) -> str:
        """What reaches the document: nothing for a shortcut or a digit of an Alt code."""
        return "" if self.silent else self.char


class _KeyReader:
    """Reads the keys of one stream in arrival order; keeps CapsLock and, if the recorder does not, modifiers."""

    def __init__(self, reading: Reading, events: Sequence[Event]) -> None:
        self._layout = load(reading.layout)
        self._by_code = reading.by_code
        self._declared = any("modifiers" in event for event in events)
        self._held: dict[str, str] = {}
        self._caps_lock = False

    def read(self, event: Event) -> Stroke:
        """What ``event``, a keydown or keyup, means."""
        code, key = str(event.get("code") or ""), str(event.get("key") or "")
        name = key if key and not self._by_code else NAMED_KEY.get(code, code)
        self._follow(event, code)
        held = frozenset(event.get("modifiers", ()) if self._declared else self._held.values())
        char = self._char(event, code, key, held)
        if len(key) == 1 and ord(key) < 32 and key not in "\n\t\r":
            char, held = chr(ord(key) + 0x60), held | {"Control"}
        shortcut = bool(held & {"Control", "Meta"}) and not held & {"Alt", "AltGraph"}
        alt_digit = "Alt" in held and code.startswith("Numpad") and char.isdigit() and not self._by_code
        return Stroke(char, name, held, shortcut or alt_digit, self._accent(event, code, key, held))

    def _follow(self, event: Event, code: str) -> None:
        down = event["type"] == "keydown"
        if code in MODIFIER_OF_CODE:
            self._held.pop(code, None)
            if down:
                self._held[code] = MODIFIER_OF_CODE[code]
        if down and not event.get("repeat") and "CapsLock" in (code, event.get("key")):
            self._caps_lock = not self._caps_lock

    def _char(self, event: Event, code: str, key: str, held: frozenset[str]) -> str:
        if not self._by_code:
            if event.get("text"):
                return str(event["text"])
            if key:
                return _TYPED_NAMES.get(key, "" if key in NAMED_KEYS else key)
        if code in _TYPED_NAMES:
            return _TYPED_NAMES[code]
        altgr = "AltGraph" in held or {"Control", "Alt"} <= held
        char = self._layout.char(code, shift="Shift" in held, altgr=altgr, caps_lock=self._caps_lock)
        return char or self._layout.char(code) or ""

    def _accent(self, event: Event, code: str, key: str, held: frozenset[str]) -> str:
        """The accent that a dead key puts on the next character."""
        if event.get("dead"):
            return str(event["dead"])
        if key and not self._by_code and key != "Dead":
            return ""
        return self._layout.dead(code, shift="Shift" in held, altgr=bool(held & {"AltGraph", "Alt"})) or ""


class Transcript(NamedTuple):
    """``events``, read in one way: for each event its stroke, if it is a key event, and its target."""

    events: Sequence[Event]
    reading: Reading
    strokes: list[Stroke | None]
    targets: list[Target]


def transcribe(events: Sequence[Event], reading: Reading) -> Transcript:
    """Read ``events`` in one way."""
    reader = _KeyReader(reading, events)
    strokes = [reader.read(event) if event["type"] in ("keydown", "keyup") else None for event in events]
    return Transcript(events, reading, strokes, _targets(events))


def readings(events: Sequence[Event], layouts: Sequence[str]) -> Iterator[Reading]:
    """The ways in which ``events`` can be read: by key, codes filling in under each layout; and by code alone."""
    keys = [event for event in events if event["type"] in ("keydown", "keyup")]
    lacks_key = any(not event.get("key") for event in keys)
    yield from map(Reading, layouts if lacks_key else layouts[:1])
    if any(event.get("code") for event in keys):
        yield from (Reading(layout, by_code=True) for layout in layouts)


def _targets(events: Sequence[Event]) -> list[Target]:
    now: dict[str | None, Target] = {}
    found = []
    for event in events:
        stream = event.get("stream")
        if event["type"] == "focus":
            now[stream] = (stream, event.get("app"), event.get("window"), event.get("element"))
        found.append(now.get(stream, (stream, None, None, None)))
    return found
