"""Everything a person could read out of a stream of events, and whether a secret is among it.

This is the referee of the library: it uses no part of the redactor, reads each stream in every way it knows, and a
secret found by any of them is a leak.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import unquote_plus

from reticent.keys.layout import compose
from reticent.testing._editing import PROFILES, edit
from reticent.testing._payload import payload_views
from reticent.testing._reading import Event, Reading, Transcript, readings, transcribe

__all__ = ["find_leaks", "find_missing", "typed_text", "views"]

LAYOUTS = ("us", "fr", "de")
_SEPARATORS = re.compile(r"[\s\-_.]+")
_IGNORABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_GROUPINGS = {"element": (0, 1, 2, 3), "window": (0, 1, 2), "field": (0, 1, 3)}
_PREEDIT_CONTEXT = 40
_MIN_LENGTH = {"payload": 3, "numbers": 3, "reversed": 4, "glued": 4, "ghosts": 4, "join": 5}
"""A shorter secret counts only in typed text: elsewhere chance finds it."""


def views(events: Sequence[Event], layouts: Sequence[str] = LAYOUTS) -> dict[str, str]:
    """Every text that can be read out of ``events`` (native dicts), by the name of the way it was read.

    >>> views([{"type": "keyup", "time_us": 0, "code": "KeyH", "key": "h"}])["ups keys:us"]
    'h'
    """
    found: dict[str, str] = {}
    for reading in readings(events, layouts):
        transcript = transcribe(events, reading)
        found |= _typed_views(transcript)
        for profile in PROFILES:
            found |= _edited_views(transcript, profile)
    found |= {name: text for name, text in payload_views(events).items() if text}
    for name, text in list(found.items()):
        if not name.startswith(("payload", "numbers", "join")):
            found[f"reversed {name}"] = text[::-1]
            found[f"glued {name}"] = _SEPARATORS.sub("", text)
        if "%" in text or "+" in text:
            found[f"payload url-decoded {name}"] = unquote_plus(unquote_plus(text))
    return found


def find_leaks(
    events: Sequence[Event], secrets: Iterable[str], layouts: Sequence[str] = LAYOUTS
) -> list[tuple[str, str]]:
    """Which of ``secrets`` can be read out of ``events``: pairs of secret and view, in the order of ``secrets``.

    Case, compatibility forms and invisible characters make no difference. A secret of one or two characters counts
    only where text was typed.

    >>> find_leaks([{"type": "label", "time_us": 0, "kind": "title", "value": "q=Hunter%32"}], ["hunter2"])
    [('hunter2', 'payload url-decoded payload')]
    """
    texts: dict[tuple[str, str], str] = {}
    for name, text in views(events, layouts).items():
        texts.setdefault((_normal(text), _kind(name)), name)
    leaks = []
    for secret in secrets:
        wanted = _normal(secret)
        if not wanted:
            continue
        glued = _SEPARATORS.sub("", wanted)
        for (text, kind), name in texts.items():
            needle = glued if kind == "glued" else wanted
            seen = text.split("\n") if kind == "numbers" else text
            if len(needle) >= _MIN_LENGTH.get(kind, 1) and needle in seen:
                leaks.append((secret, name))
    return leaks


def _kind(name: str) -> str:
    """How a view was made: the first word of its name, or ``typed`` where a person put the text in that order."""
    first = name.split(maxsplit=1)[0]
    return first if first in _MIN_LENGTH else "typed"


def typed_text(events: Sequence[Event], layout: str = "us") -> str:
    """What a reader of ``events`` sees typed, in arrival order; keys without a ``key`` are read under ``layout``.

    >>> typed_text([{"type": "keydown", "time_us": 0, "key": "a"}, {"type": "keydown", "time_us": 1, "key": "Enter"}])
    'a\\n'
    """
    return "".join(text for _, text in _pieces(transcribe(events, Reading(layout))))


def find_missing(events: Sequence[Event], wanted: Iterable[str], layouts: Sequence[str] = LAYOUTS) -> list[str]:
    """Which of ``wanted`` cannot be read in the text typed in ``events``, in arrival order or per target.

    >>> find_missing([{"type": "keydown", "time_us": 0, "key": "a"}], ["a", "b"])
    ['b']
    """
    texts = {
        _compatible(text)
        for reading in readings(events, layouts)
        for name, text in _typed_views(transcribe(events, reading)).items()
        if name.startswith(("raw", "target"))
    }
    return [text for text in wanted if not any(_compatible(text) in seen for seen in texts)]


def _typed_views(transcript: Transcript) -> dict[str, str]:
    events, reading, pieces = transcript.events, transcript.reading, _pieces(transcript)
    inputs = (str(event.get("data") or "") for event in events if event["type"] == "input")
    found = {
        f"raw {reading}": "".join(text for _, text in pieces),
        f"keys {reading}": _key_text(transcript, "keydown"),
        f"ups {reading}": _key_text(transcript, "keyup"),
        f"inputs {reading}": "".join(inputs),
        f"preedit {reading}": _preedit(events, pieces),
        f"composed {reading}": _composed(transcript, pieces),
    }
    for grouping, parts in _GROUPINGS.items():
        texts: dict[tuple[str | None, ...], list[str]] = {}
        for index, text in pieces:
            texts.setdefault(tuple(transcript.targets[index][part] for part in parts), []).append(text)
        for number, group in enumerate(texts.values()):
            found[f"target {grouping} {number} {reading}"] = "".join(group)
    return {name: text for name, text in found.items() if text}


def _edited_views(transcript: Transcript, profile: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, field in enumerate(edit(transcript, profile).values()):
        place = f"{profile} {number} {transcript.reading}"
        found[f"final {place}"] = field.final
        found[f"ghosts {place}"] = field.ghosts
        found[f"epoch {place}"] = "\n".join(dict.fromkeys(field.epochs))
        found[f"join {place}"] = "\n".join(field.joined())
    return {name: text for name, text in found.items() if text}


def _pieces(transcript: Transcript) -> list[tuple[int, str]]:
    """Text by arrival order: keys, and what input, composition and clipboard events say that keys have not said."""
    pieces, last = [], ""
    for index, (event, stroke) in enumerate(zip(transcript.events, transcript.strokes, strict=True)):
        kind, text = event["type"], ""
        if stroke:
            text = stroke.text if kind == "keydown" else ""
            last = text or last
        elif kind in ("input", "compositionend", "clipboard"):
            data = str(event.get("data") or "")
            said = data == last or event.get("input_type") == "insertCompositionText"
            text = "" if said else data
            last = data if kind != "input" else ""
        if text:
            pieces.append((index, text))
    return pieces


def _key_text(transcript: Transcript, kind: str) -> str:
    """The characters of every keydown or keyup, shortcuts included, so that a held Ctrl hides nothing."""
    strokes = zip(transcript.events, transcript.strokes, strict=True)
    return "".join(stroke.char for event, stroke in strokes if stroke and event["type"] == kind)


def _composed(transcript: Transcript, pieces: Sequence[tuple[int, str]]) -> str:
    """Typed text with dead keys applied to the character after them; empty without dead keys."""
    typed, accent, out, dead = dict(pieces), "", [], False
    for index, (event, stroke) in enumerate(zip(transcript.events, transcript.strokes, strict=True)):
        text = typed.get(index, "")
        if stroke and stroke.accent and event["type"] == "keydown":
            accent, dead = stroke.accent, True
        elif text:
            out.append(compose(accent, text[0]) + text[1:] if accent else text)
            accent = ""
    return "".join(out) if dead else ""


def _preedit(events: Sequence[Event], pieces: Sequence[tuple[int, str]]) -> str:
    """Every state of a composition behind the text before it."""
    typed, lines = dict(pieces), []
    before = ""
    for index, event in enumerate(events):
        if event["type"].startswith("composition") and event.get("data"):
            lines.append(before[-_PREEDIT_CONTEXT:] + str(event["data"]))
        before = before[-_PREEDIT_CONTEXT:] + typed.get(index, "")
    return "\n".join(lines)


def _compatible(text: str) -> str:
    visible = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _IGNORABLE.sub("", visible) if not visible.isascii() else visible


def _normal(text: str) -> str:
    return text.casefold() if text.isascii() else _compatible(text).casefold()
