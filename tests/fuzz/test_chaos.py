"""Any sequence of valid events, however absurd, gives a well-formed output in which no enrolled secret stands.

Nothing here resembles typing: keys whose code and logical key disagree, releases without presses, compositions that
never start, times that jump, gates that flap.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from msgspec import convert, json, to_builtins

from reticent.detect.vault import Vault
from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.testing.wellformed import problems
from reticent.transform import Context
from reticent.transforms.gates import Gates
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact

_SECRET = "hunter2"
_BLOCKS = int(20 * float(os.environ.get("RETICENT_SAMPLES", "1")))
_BLOCK = 25
_CODES = (
    "KeyA", "KeyB", "KeyH", "Digit1", "Digit2", "Space", "Enter", "NumpadEnter", "Tab", "Backspace", "Delete",
    "ArrowLeft", "ArrowRight", "ArrowUp", "Home", "End", "ShiftLeft", "ControlLeft", "AltLeft", "AltRight", "MetaLeft",
    "CapsLock", "NumLock", "Insert", "Escape", "Numpad1", "Numpad4", "PageUp", "F5", None, "NoSuchCode",
)  # fmt: skip
_KEYS = (
    *_SECRET, "a", " ", ".", "@", "é", "\x01", "\x15", "\x7f", "Enter", "Tab", "Backspace", "Delete", "ArrowLeft",
    "ArrowRight", "ArrowUp", "Home", "End", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead",
    "Process", "Unidentified", "Insert", "Escape", _SECRET, None, None,
)  # fmt: skip
_INPUTS = (
    "insertText", "deleteContentBackward", "insertFromPaste", "historyUndo", "insertReplacementText", "autofill",
    "insertParagraph", "noSuchType",
)  # fmt: skip
_STEPS_US = (0, 1000, 50_000, 200_000, 3_000_000, 11_000_000, -400_000, 130_000_000)
_TEXTS = (None, "", "h", "un", "er2", _SECRET, "h\n", "sudo -s\nh", "\r\n")


def _key(rng: random.Random) -> dict[str, Any]:
    event: dict[str, Any] = {
        "type": rng.choice(("keydown", "keydown", "keyup")), "code": rng.choice(_CODES), "key": rng.choice(_KEYS),
    }  # fmt: skip
    extras: dict[str, Any] = {
        "modifiers": rng.sample(("Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"), 2), "repeat": True,
        "device": rng.choice(("0", "1", "kbd")), "composing": True, "injected": True,
        "text": rng.choice(("x", "é", _SECRET)), "dead": rng.choice(("´", None, _SECRET)),
    }  # fmt: skip
    return event | {name: value for name, value in extras.items() if rng.random() < 0.1}


def _other(rng: random.Random) -> dict[str, Any]:
    place = {"app": rng.choice(("notes", "chat", "keepassxc", "terminal")), "window": rng.choice("ab")}
    element = {"element": rng.choice(("0", "1", None))}
    text, old = rng.choice(_TEXTS), rng.choice((None, "", "h"))
    field = {"field": rng.choice(("text", "password", "terminal", "otp", "unknown", "grid", "editor"))}
    return rng.choice(
        (
            {"type": rng.choice(("pointermove", "pointerdown", "pointerup", "wheel")), "x": rng.randint(0, 9), "y": 1},
            {"type": "focus", **place, **element, **field},
            {"type": "blur", **place, **element},
            {"type": "input", "input_type": rng.choice(_INPUTS), "data": text, "replaced": old},
            {"type": f"composition{rng.choice(('start', 'update', 'end'))}", "data": rng.choice(("", "hunt", _SECRET))},
            {"type": "selectionchange", "start": rng.randint(0, 6), "end": rng.randint(0, 9)},
            {"type": "clipboard", "operation": rng.choice(("copy", "cut", "paste")), "data": text and text * 150},
            {"type": "state", rng.choice(("private", "locked", "consent", "echo", "recording")): rng.random() < 0.4},
            {"type": "label", "kind": rng.choice(("title", "url", "path")), "value": _SECRET},
            {"type": rng.choice(("tick", "frame"))},
        )
    )  # fmt: skip


def _stream(seed: int) -> list[dict[str, Any]]:
    rng = random.Random(seed)
    time_us = rng.choice((0, 1_000_000_000, -5_000_000))
    records = []
    for _ in range(rng.randint(5, 160)):
        time_us += rng.choice(_STEPS_US) if rng.random() < 0.15 else 110_000
        records.append({**(_key(rng) if rng.random() < 0.62 else _other(rng)), "time_us": time_us})
    return records


def _filter(records: list[dict[str, Any]], size: int, *, patience_us: int | None = None) -> list[dict[str, Any]]:
    pipeline = Pipeline((Gates(deny_apps=("keepassxc",)), Redact(layouts=("us", "de")), Payload()))
    run = pipeline.start(Context(Vault([_SECRET]), patience_us=patience_us))
    events = convert(records, list[Event])
    out: list[Event] = []
    for start in range(0, len(events), size):
        out += run.feed(events[start : start + size])
    return [to_builtins(event) for event in out + run.flush()]


@pytest.mark.parametrize("block", range(_BLOCKS))
def test_absurd_streams(block: int) -> None:
    """Well formed, the same in any batches and without patience, and without the secret in any field."""
    for seed in range(block * _BLOCK, (block + 1) * _BLOCK):
        records = _stream(seed)
        whole = _filter(records, len(records))
        assert problems(whole) == [], seed
        assert _filter(records, 1) == whole, seed
        assert _filter(records, 1, patience_us=0) == whole, seed
        assert _SECRET not in json.encode(whole).decode(), seed
