"""Native events as asciinema would have recorded them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from reticent.events import Event, Focus, Input, KeyDown, KeyUp, Label, Modifier
from reticent.testing.formats._fields import KEY, Fields, has_room

__all__ = ["EXPRESSES", "can_write", "write"]

EXPRESSES: Fields = {
    Focus: ("window", "field"), **dict.fromkeys((KeyDown, KeyUp), KEY), Input: ("input_type", "data"),
    Label: ("kind", "value"),
}  # fmt: skip
"""What the format can express: one terminal (the first ``Focus``), strokes without codes of which the key goes up at
once, pastes, and marks (labels of kind ``title``). A release is not written, nor is a modifier on its own.
"""

_SENT = {
    "Enter": "\r", "Tab": "\t", "Backspace": "\x7f", "Escape": "\x1b", "Delete": "\x1b[3~", "Insert": "\x1b[2~",
    "PageUp": "\x1b[5~", "PageDown": "\x1b[6~",
}  # fmt: skip
_LETTERS = {"ArrowUp": "A", "ArrowDown": "B", "ArrowRight": "C", "ArrowLeft": "D", "End": "F", "Home": "H"}
_MODIFIERS = ("Shift", "Control", "Alt", "AltGraph")
_BITS: dict[Modifier, int] = {"Shift": 1, "Alt": 2, "Control": 4, "Meta": 8}


def can_write(events: Sequence[Event]) -> bool:
    """Whether a recording tells what these events say: all happens in one terminal.

    >>> place = Focus(time_us=0, field="terminal")
    >>> [can_write([place, KeyDown(time_us=5, key=key)]) for key in ("a", "F1")]
    [True, False]
    """
    focused = [event for event in events if isinstance(event, Focus)]
    in_one = focused == events[:1] and all(event.field == "terminal" for event in focused)
    return in_one and all(has_room(event, EXPRESSES) and _is_told(event) for event in events)


def _is_told(event: Event) -> bool:
    if isinstance(event, (KeyDown, KeyUp)):
        return event.key in _MODIFIERS or _is_sent(event.key or "", set(event.modifiers))
    if isinstance(event, Input):
        return event.input_type == "insertFromPaste" and bool(event.data)
    return event.kind == "title" and bool(event.value) if isinstance(event, Label) else True


def _is_sent(key: str, held: set[Modifier]) -> bool:
    """Whether a program can tell this key, with these modifiers, from every other."""
    if key in _LETTERS:
        return held <= _BITS.keys()
    if key in _SENT:
        return not held or (key == "Tab" and held == {"Shift"})
    if len(key) != 1 or "Meta" in held or {"Control", "Alt"} <= held:
        return False
    return "Control" not in held or ("@" < key.upper() < "[" and key.lower() not in "him" and "Shift" not in held)


def write(events: Iterable[Event]) -> bytes:
    """A recording of version 2, in which times are absolute.

    >>> write([KeyDown(time_us=1_500_000, key="c", modifiers=("Control",))]).splitlines()[1]
    b'[1.5, "i", "\\\\u0003"]'
    """
    header: dict[str, object] = {"version": 2, "width": 80, "height": 24}
    lines: list[object] = [header]
    for event in events:
        seconds = event.time_us / 1_000_000
        if isinstance(event, Focus) and len(lines) == 1 and event.window is not None:
            header["title"] = event.window
        elif isinstance(event, KeyDown) and (sent := _sent(event)):
            lines.append([seconds, "i", sent])
        elif isinstance(event, Input) and event.data and event.input_type == "insertFromPaste":
            lines.append([seconds, "i", f"\x1b[200~{event.data}\x1b[201~"])
        elif isinstance(event, Label) and event.kind == "title":
            lines.append([seconds, "m", event.value])
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _sent(event: KeyDown) -> str:
    """What a terminal sends for a key; nothing for a modifier."""
    key, held = event.key or "", set(event.modifiers)
    bits = sum(_BITS.get(name, 0) for name in held)
    if key in _LETTERS:
        return f"\x1b[1;{bits + 1}{_LETTERS[key]}" if bits else f"\x1b[{_LETTERS[key]}"
    if key == "Tab" and held == {"Shift"}:
        return "\x1b[Z"
    sent = _SENT.get(key, key if len(key) == 1 else "")
    if "Control" in held and len(key) == 1 and "@" <= key.upper() <= "_":
        sent = chr(ord(key.upper()) & 0x1F)
    return f"\x1b{sent}" if sent and "Alt" in held else sent
