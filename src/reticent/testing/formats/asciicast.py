"""Native events as asciinema would have recorded them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from reticent.events import Event, Focus, Input, KeyDown, KeyUp, Label

__all__ = ["EXPRESSES", "write"]

EXPRESSES: frozenset[type] = frozenset({Focus, KeyDown, KeyUp, Input, Label})
"""What the format can express: one terminal (the first ``Focus``), strokes without codes of which the key goes up at
once, pastes, and marks (labels of kind ``title``). A release is not written, nor is a modifier on its own.
"""

_SENT = {
    "Enter": "\r", "Tab": "\t", "Backspace": "\x7f", "Escape": "\x1b", "Delete": "\x1b[3~", "Insert": "\x1b[2~",
    "PageUp": "\x1b[5~", "PageDown": "\x1b[6~",
}  # fmt: skip
_LETTERS = {"ArrowUp": "A", "ArrowDown": "B", "ArrowRight": "C", "ArrowLeft": "D", "End": "F", "Home": "H"}
_BITS = {"Shift": 1, "Alt": 2, "Control": 4, "Meta": 8}


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
