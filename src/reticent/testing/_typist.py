"""A typist with a fixed rhythm: turns characters, keys and clicks into native events on a clock of its own."""

from __future__ import annotations

from typing import Any

from reticent.keys.layout import Layout, load
from reticent.keys.table import NAMED_KEY
from reticent.testing._reading import MODIFIER_OF_CODE

__all__ = ["Typist", "jitter_ms"]

_MODIFIER_CODES = {
    "Alt": "AltLeft", "AltGraph": "AltRight", "Control": "ControlLeft", "Meta": "MetaLeft", "Shift": "ShiftLeft",
}  # fmt: skip
_START_MS = 1_000_000
_RATE_MS = 120


def jitter_ms(text: str) -> int:
    """0 to 40 ms that depend on the text alone: hands are uneven, scenarios are not."""
    return sum(map(ord, text)) * 37 % 41


class Typist:
    """The state of an expansion (clock, held modifiers, layout, device, place) and what a hand can do with it."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.fault_at: int | None = None
        self.now_ms = _START_MS
        self.rate_ms = _RATE_MS
        self.device = "kbd1"
        self.layout: Layout = load("us")
        self.held: dict[str, str] = {}
        self.caps_lock = False
        self.injected = False
        self.options: dict[str, str] = {}
        self.place = ("", "")

    def emit(self, type_: str, **fields: Any) -> None:
        """An event of this type, now."""
        self.events.append({"type": type_, "time_us": self.now_ms * 1000, **fields})

    def half(self, type_: str, code: str | None, key: str, **extra: Any) -> None:
        """Half a stroke: ``keydown`` or ``keyup`` of a key, with the modifiers that are held."""
        if code in MODIFIER_OF_CODE:
            self.held.pop(code, None)
            if type_ == "keydown":
                self.held[code] = key
        fields: dict[str, Any] = {"repeat": True} if extra.pop("repeat", False) else {}
        if code is not None:
            fields["code"] = code
        fields |= {"key": key, "device": self.device}
        if self.held:
            fields["modifiers"] = sorted(set(self.held.values()))
        if self.injected and code not in MODIFIER_OF_CODE:
            fields["injected"] = True
        self.emit(type_, **fields, **extra)

    def stroke(self, code: str | None, key: str) -> None:
        """Press a key and let it go."""
        self.half("keydown", code, key)
        self.now_ms += 55 + jitter_ms(key)
        self.half("keyup", code, key)
        self.now_ms += max(1, self.rate_ms - 60 + jitter_ms(key))
        if code == "CapsLock":
            self.caps_lock = not self.caps_lock

    def modifier(self, type_: str, name: str, after_ms: int = 0) -> None:
        """Half a stroke of a modifier by its name, and so many milliseconds after it."""
        self.half(type_, _MODIFIER_CODES[name], name)
        self.now_ms += after_ms

    def find(self, char: str) -> tuple[str | None, bool, bool]:
        """Code, Shift and AltGr that type ``char`` now."""
        found = self.layout.stroke(char)
        if found is None:
            return None, False, False
        code, shift, altgr = found
        return code, shift != (self.caps_lock and char.isalpha()), altgr

    def key_of(self, code: str) -> str:
        """The W3C key value that a code gives now."""
        if code in MODIFIER_OF_CODE:
            return MODIFIER_OF_CODE[code]
        names = self.held.values()
        char = self.layout.char(code, shift="Shift" in names, altgr="AltGraph" in names, caps_lock=self.caps_lock)
        return char or NAMED_KEY.get(code, code)

    def type_char(self, char: str) -> None:
        """Type one character with the Shift or AltGr that it takes."""
        if char in "\n\t":
            name = "Enter" if char == "\n" else "Tab"
            self.stroke(name, name)
            return
        code, shift, altgr = self.find(char)
        if altgr:
            self.type_altgr(code, char)
            return
        shift = shift and "Shift" not in self.held.values()
        if shift:
            self.modifier("keydown", "Shift", 30)
        self.stroke(code, char)
        if shift:
            self.modifier("keyup", "Shift", 20)

    def type_altgr(self, code: str | None, char: str) -> None:
        """Type one character of the third level, as the platform tells AltGr."""
        names = ["Control", "Alt"] if self.options.get("altgr") == "ctrlalt" else ["AltGraph"]
        for name in names:
            self.modifier("keydown", name)
        self.now_ms += 20
        self.stroke(code, char)
        for name in reversed(names):
            self.modifier("keyup", name)

    def click_at(self, x: float, y: float, button: str = "left", **extra: Any) -> None:
        """Press and let go of a button at a place, in pixels."""
        self.emit("pointerdown", x=x, y=y, button=button, **extra)
        self.emit("pointerup", x=x, y=y, button=button, **extra)

    def focus(self, element: str, field: str) -> None:
        """An element of the window takes the focus."""
        self.now_ms += 40
        app, window = self.place
        self.emit("focus", app=app, window=window, element=element, field=field)

    def shortcut(self, code: str, key: str) -> None:
        """Ctrl and a key."""
        self.modifier("keydown", "Control", 20)
        self.stroke(code, key)
        self.modifier("keyup", "Control")

    def clipboard(self, operation: str, data: str) -> None:
        """A clipboard operation; ``?`` for content that is not told."""
        self.emit("clipboard", operation=operation, **({} if data == "?" else {"data": data}))
