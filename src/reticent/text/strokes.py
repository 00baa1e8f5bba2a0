"""The stroke normaliser: what a key press means, whoever recorded it.

``Keyboard`` is the state of one seat: which modifiers are held (per seat, since Shift may be on another keyboard),
locks, layout, and presses that have no meaning of their own yet (dead keys, Alt codes, unidentified keys). ``read``
turns a ``keydown`` into an operation named after the W3C ``inputType`` it causes, so that the typing buffer
knows nothing of keys.

Sources: W3C UI Events (key and code values), GNU Bash manual "Commands For Moving" and "Commands For Killing" (terminal
keys), Apple "OS X key combinations" (Option as word, Command as line).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reticent.errors import PolicyError
from reticent.events import KeyDown
from reticent.keys.layout import compose, load
from reticent.keys.table import MODIFIER_KEY, NAMED_KEY, NAMED_KEYS, NUMPAD_TEXT, is_printable_key

__all__ = ["Keyboard", "Reading"]


class Reading(NamedTuple):
    """What a press does: an operation, its text if it makes some, and the text other layouts would read."""

    op: str
    text: str | None = None
    alternatives: dict[str, str] | None = None
    selecting: bool = False


_MODIFIER_KEYS = frozenset(("Shift", "Control", "Alt", "AltGraph", "Meta", "Fn", "Hyper", "Super", "Symbol", "OS"))
_LOCK_KEYS = frozenset(("CapsLock", "NumLock", "ScrollLock"))
_NO_COMMAND = frozenset(("Shift", "CapsLock", "NumLock", "AltGraph", "Alt"))
_PLAIN_MODIFIERS = frozenset((("Shift",), ("CapsLock",), ("NumLock",), ("AltGraph",), ("Shift", "CapsLock")))
_CONTROL_NAMES = {"\r": "Enter", "\n": "Enter", "\t": "Tab", "\b": "Backspace", "\x7f": "Backspace", "\x1b": "Escape"}

_GUI_SHORTCUTS = {"a": "selectAll", "c": "copy", "x": "cut", "v": "paste", "z": "historyUndo", "y": "historyRedo"}
_TERMINAL_CONTROL = {
    "a": "lineStart", "e": "lineEnd", "b": "charLeft", "f": "charRight", "h": "deleteContentBackward",
    "w": "deleteBlankWordBackward", "u": "killLineBackward", "k": "killLineForward", "y": "yank", "t": "transpose",
    "d": "deleteContentForward", "c": "abortLine", "j": "commit", "m": "commit", "r": "unknownLine",
    "p": "unknownLine", "n": "unknownLine", "i": "unknownLine", "_": "historyUndo",
}  # fmt: skip
_TERMINAL_ALT = {
    "b": "wordLeft", "f": "wordRight", "d": "deleteWordForward", "t": "unknownCaret", "y": "yank", ".": "unknownLine",
}  # fmt: skip
_COCOA_CONTROL = {
    "a": "lineStart", "e": "lineEnd", "b": "charLeft", "f": "charRight", "h": "deleteContentBackward",
    "d": "deleteContentForward", "k": "killLineForward", "y": "yank", "t": "transpose", "p": "lineUp", "n": "lineDown",
}  # fmt: skip

_PLAIN = {
    "Backspace": "deleteContentBackward", "Delete": "deleteContentForward", "ArrowLeft": "charLeft",
    "ArrowRight": "charRight", "ArrowUp": "lineUp", "ArrowDown": "lineDown", "Home": "lineStart", "End": "lineEnd",
    "PageUp": "unknownCaret", "PageDown": "unknownCaret", "Insert": "overtype", "Escape": "escape",
    "Undo": "historyUndo", "Redo": "historyRedo", "Cut": "cut", "Copy": "copy", "Paste": "paste",
    "Clear": "unknownLine",
}  # fmt: skip
_WORD = {
    "Backspace": "deleteWordBackward", "Delete": "deleteWordForward", "ArrowLeft": "wordLeft",
    "ArrowRight": "wordRight", "Home": "documentStart", "End": "documentEnd", "ArrowUp": "unknownCaret",
    "ArrowDown": "unknownCaret", "Insert": "copy",
}  # fmt: skip
_MAC_LINE = {
    "Backspace": "killLineBackward", "Delete": "killLineForward", "ArrowLeft": "lineStart", "ArrowRight": "lineEnd",
    "ArrowUp": "documentStart", "ArrowDown": "documentEnd",
}  # fmt: skip
_ARROWS = frozenset(("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"))


class Keyboard:
    """What one seat holds down. It never forgets a modifier's owner, and forgets all of them on ``release``."""

    __slots__ = ("_accents", "_caps_lock", "_held", "_layouts", "_reports", "_reports_caps", "layout", "mac")

    def __init__(self, layouts: Sequence[str], *, mac: bool = False) -> None:
        self._layouts = {name: load(name) for name in layouts}
        self.layout: str | None = None
        self.mac = mac
        self._held: dict[tuple[str, str], str] = {}
        self._accents: dict[str, str] = {}
        self._caps_lock = False
        self._reports = self._reports_caps = False

    def use_layout(self, name: str) -> None:
        """The recorder says which layout is active. A layout we have no table for is not an error."""
        self.layout = name
        if name not in self._layouts:
            try:
                self._layouts[name] = load(name)
            except PolicyError:
                self.layout = None

    def release(self) -> None:
        """Forget what is held: focus changed, the screen was locked, or something was not seen."""
        self._held.clear()
        self._accents.clear()

    def modifier(self, event: KeyDown) -> str | None:
        """The W3C key of a modifier or lock press, else None."""
        if event.text and event.text.isprintable():
            return None
        key = event.key if event.key is not None else NAMED_KEY.get(event.code or "")
        if key in _MODIFIER_KEYS or key in _LOCK_KEYS:
            return key
        return MODIFIER_KEY.get(event.code or "") if event.key is None else None

    def press(self, event: KeyDown, name: str) -> None:
        """A modifier or lock key went down."""
        if name in _LOCK_KEYS:
            if name == "CapsLock" and not event.repeat:
                self._caps_lock = not self._caps_lock
        else:
            self._held[(event.device, event.code or f"={event.key}")] = name

    def lift(self, identity: tuple[str, str]) -> None:
        """The key with this device and code went up; only modifiers matter here."""
        self._held.pop(identity, None)

    def plain(self, event: KeyDown) -> str | None:
        """What a press types where that needs no thought: a printable key, and no command modifier held."""
        key = event.key
        if key is None or len(key) != 1 or not key.isprintable() or event.composing or event.text is not None:
            return None
        if event.modifiers:
            self._reports = True
            return key if event.modifiers in _PLAIN_MODIFIERS else None
        return key if self._reports or not self._held else None

    def read(self, event: KeyDown, field: str) -> Reading:
        """What a press that is not a modifier does in a ``field`` of this kind."""
        held = self._modifiers(event)
        if event.text and event.text.isprintable():
            return Reading("insert", event.text)
        if event.composing or event.key == "Process":
            return Reading("compose")
        key = event.key
        if (key is not None and len(key) == 1 and key < " ") or key == "\x7f":
            if key not in _CONTROL_NAMES or "Control" in held:
                held = held | {"Control"}
                key = chr(ord(key or "\0") + 96) if key != "\x7f" else "Backspace"
            else:
                key = _CONTROL_NAMES[key]
        if key is None:
            if event.code is None:
                return Reading("unidentified")
            key = NAMED_KEY.get(event.code)
            if key is None:
                return self._decode(event.code, held, field)
        if key not in NAMED_KEYS and not is_printable_key(key):
            return Reading("insert", key)  # a text expander, or a collector's own name: text until it is read
        if key == "Unidentified":
            return Reading("unidentified")
        if key == "Dead":
            return Reading("dead", event.dead)
        if is_printable_key(key):
            if "Alt" in held and (event.code or "").startswith("Numpad") and key.isdecimal():
                return Reading("altDigit", key)
            return self._printable(key, held, field, None)
        return self._named(key, held, field)

    def _modifiers(self, event: KeyDown) -> frozenset[str] | set[str]:
        if event.modifiers:
            self._reports = True
            self._reports_caps = self._reports_caps or "CapsLock" in event.modifiers
            return frozenset(event.modifiers)
        return frozenset() if self._reports else set(self._held.values())

    def _decode(self, code: str, held: frozenset[str] | set[str], field: str) -> Reading:
        if code in NUMPAD_TEXT:
            if "Alt" in held:
                return Reading("altDigit", NUMPAD_TEXT[code])
            return self._printable(NUMPAD_TEXT[code], held, field, None)
        shift = "Shift" in held
        altgr = "AltGraph" in held or ("Control" in held and "Alt" in held)
        caps = "CapsLock" in held or (self._caps_lock and not self._reports_caps)
        read: dict[str, str] = {}
        for name, layout in self._layouts.items():
            accent = layout.dead(code, shift=shift, altgr=altgr)
            if accent is not None:
                self._accents[name] = accent
                read[name] = ""
                continue
            character = layout.char(code, shift=shift, altgr=altgr, caps_lock=caps)
            if character is None and altgr:
                character = layout.char(code, shift=shift, caps_lock=caps)
            if character is not None:
                read[name] = compose(self._accents.pop(name), character) if name in self._accents else character
        if not read:
            return Reading("other")
        first = self.layout if self.layout in read else next(iter(read))
        text = read.pop(first or "")
        return self._printable(text, held, field, read if any(other != text for other in read.values()) else None)

    def _printable(
        self, text: str, held: frozenset[str] | set[str], field: str, alternatives: dict[str, str] | None
    ) -> Reading:
        if held <= _NO_COMMAND:
            if "Alt" in held and field == "terminal" and text.lower() in _TERMINAL_ALT:
                return Reading(_TERMINAL_ALT[text.lower()])
            return Reading("insert", text, alternatives)
        if "Control" in held and "Alt" in held and "Meta" not in held:
            return Reading("insert", text, alternatives)
        return Reading(self._shortcut(text.lower(), held, field), text)

    def _shortcut(self, letter: str, held: frozenset[str] | set[str], field: str) -> str:
        if "Meta" in held:
            if not self.mac:
                return "shortcut"
            return "historyRedo" if letter == "z" and "Shift" in held else _GUI_SHORTCUTS.get(letter, "shortcut")
        if field == "terminal":
            if "Shift" in held and letter in "cv":
                return _GUI_SHORTCUTS[letter]
            return _TERMINAL_CONTROL.get(letter, "shortcut")
        if self.mac:
            return _COCOA_CONTROL.get(letter, "shortcut")
        if letter == "z" and "Shift" in held:
            return "historyRedo"
        if letter == "v" and "Shift" in held:
            return "paste"
        return _GUI_SHORTCUTS.get(letter, "shortcut")

    def _named(self, key: str, held: frozenset[str] | set[str], field: str) -> Reading:
        shift = "Shift" in held
        command = held & {"Control", "Alt", "Meta"}
        if key == "Enter":
            return Reading("insert", "\n") if shift and not command else Reading("commit", "\n")
        if key == "Tab":
            return Reading("commit", "\t") if not command else Reading("other")
        if field == "grid" and key in _ARROWS and not command:
            return Reading("commit", "\t")
        if key == "Insert" and (shift or "Control" in held):
            return Reading("paste" if shift else "copy")
        if key == "Delete" and shift and not command:
            return Reading("cut")
        if field == "terminal" and key in ("ArrowUp", "ArrowDown"):
            return Reading("unknownLine")
        table = _PLAIN
        if "Meta" in command and self.mac:
            table = _MAC_LINE
        elif "Control" in command or ("Alt" in command and (self.mac or field == "terminal")):
            table = _WORD
        elif command:
            return Reading("other")
        return Reading(table.get(key, "other"), None, None, shift)
