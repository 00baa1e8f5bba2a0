"""What was typed into a terminal: the bytes that its program was sent, as key events and pastes.

A terminal sends characters and no keys: there is no ``code``, and a key goes down and up at the same time. Control
characters and sequences become the keys that send them, with the modifiers they tell; a bracketed paste becomes one
``Input``. An escape character at the end is the Escape key unless the rest of a sequence comes within 50 ms. What a
terminal answers by itself (reports of colours, cursor, focus, mouse) is no key and is left out.

Sources: ECMA-48; XTerm Control Sequences (function keys, modifiers, bracketed paste); kitty keyboard protocol.
"""

from __future__ import annotations

import codecs
import re

from reticent.events import Event, Input, KeyDown, KeyUp, Modifier

__all__ = ["TerminalKeys"]

_ESCAPE_US = 50_000
_PASTE_MAX = 1 << 16
_PASTE_ENDS = "\x1b[201~"
_REST_MAX = 4096

_STRING = r"\x1b[\]PX^_][^\x07\x1b]*"
_SEQUENCE = re.compile(
    rf"\x1b\[M[\s\S]{{3}}|\x1b\[\[[A-E]|\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-LN-Z\\-~]|M(?<!\x1b\[M))"
    rf"|\x1bO(?P<modifier>[2-9])?(?P<keypad>[ A-Za-z])|{_STRING}(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(rf"\x1b(?:\[(?:[0-?]*[ -/]*|\[|M[\s\S]{{0,2}})|O[2-9]?)?|{_STRING}\x1b?")

_NAMED = {"\r": "Enter", "\n": "Enter", "\t": "Tab", "\x7f": "Backspace", "\b": "Backspace", "\x1b": "Escape"}
_LETTERS = {
    "A": "ArrowUp", "B": "ArrowDown", "C": "ArrowRight", "D": "ArrowLeft", "E": "Clear", "F": "End", "H": "Home",
    "P": "F1", "Q": "F2", "R": "F3", "S": "F4",
}  # fmt: skip
_NUMBERS = {
    1: "Home", 2: "Insert", 3: "Delete", 4: "End", 5: "PageUp", 6: "PageDown", 7: "Home", 8: "End",
    11: "F1", 12: "F2", 13: "F3", 14: "F4", 15: "F5", 17: "F6", 18: "F7", 19: "F8", 20: "F9", 21: "F10", 23: "F11",
    24: "F12", 25: "F13", 26: "F14", 28: "F15", 29: "F16", 31: "F17", 32: "F18", 33: "F19", 34: "F20",
}  # fmt: skip
# Keys of the number pad in application mode; what they type is text.
_KEYPAD = {" ": " ", "I": "Tab", "M": "Enter", "X": "=", **dict(zip("jklmnopqrstuvwxy", "*+,-./0123456789"))}
_KITTY_KEYPAD = dict(zip(range(57399, 57417), [*"0123456789./*-+", "Enter", "=", ","]))
_MODIFIER_BITS: tuple[tuple[int, Modifier], ...] = (
    (1, "Shift"), (4, "Control"), (2, "Alt"), (8, "Meta"), (64, "CapsLock"), (128, "NumLock"),
)  # fmt: skip
_REPORTS = frozenset("IOMRcmntxy")
_RELEASED = 3


class TerminalKeys:
    """Key events of one terminal. UTF-8 and sequences may be split over what is fed, anywhere.

    >>> keys = TerminalKeys()
    >>> [(event.key, event.modifiers) for event in keys.feed(b"l\\x7f\\x03\\x1b[1;5D", 7)[::2]]
    [('l', ()), ('Backspace', ()), ('c', ('Control',)), ('ArrowLeft', ('Control',))]
    >>> [event.data for event in keys.feed(b"\\x1b[200~ls -l\\r\\x1b[201~", 8)]
    ['ls -l\\n']
    """

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._rest_us = 0
        self._pasted: list[str] | None = None
        self._pasted_size = 0
        self._events: list[Event] = []

    def feed(self, data: bytes, time_us: int) -> list[Event]:
        """Events of what was sent at this time; feed nothing to tell only the time."""
        if self._rest and self._pasted is None and time_us - self._rest_us > _ESCAPE_US:
            self._give_up()
        text, self._rest = self._rest + self._decode(data), "" if data else self._rest
        at = 0 if data else len(text)
        while at < len(text):
            at = self._step(text, at, time_us) if self._pasted is None else self._paste(text, at, time_us)
        return self._taken()

    def end(self) -> list[Event]:
        """Events of what was waiting for more."""
        if self._pasted is not None:
            self._pasted.append(self._rest)
            self._end_paste(self._rest_us)
            self._rest = ""
        self._give_up()
        return self._taken()

    def _taken(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def _press(self, time_us: int, key: str, modifiers: tuple[Modifier, ...] = ()) -> None:
        self._events.append(KeyDown(time_us=time_us, key=key, modifiers=modifiers))
        self._events.append(KeyUp(time_us=time_us, key=key, modifiers=modifiers))

    def _step(self, text: str, at: int, time_us: int) -> int:
        """Read one character or sequence; where the next begins."""
        if text[at] != "\x1b":
            self._character(text[at], time_us)
            return at + 1
        found = _SEQUENCE.match(text, at)
        if found is not None:
            self._sequence(found, time_us)
            return found.end()
        if _UNFINISHED.fullmatch(text, at) and len(text) - at <= _REST_MAX:
            self._rest, self._rest_us = text[at:], time_us
            return len(text)
        return self._escaped(text, at, time_us)

    def _escaped(self, text: str, at: int, time_us: int) -> int:
        """An escape character before any other is that with Alt; alone, or before another, it is the Escape key."""
        if text[at + 1 : at + 2] in ("", "\x1b"):
            self._press(time_us, "Escape")
            return at + 1
        self._character(text[at + 1], time_us, "Alt")
        return at + 2

    def _give_up(self) -> None:
        """What was waiting is no sequence: its characters were typed."""
        text, self._rest = self._rest, ""
        at = 0
        while at < len(text):
            if text[at] == "\x1b":
                at = self._escaped(text, at, self._rest_us)
            else:
                self._character(text[at], self._rest_us)
                at += 1

    def _character(self, char: str, time_us: int, *held: Modifier) -> None:
        if char in _NAMED:
            self._press(time_us, _NAMED[char], held)
        elif char < " ":
            self._press(time_us, chr(ord(char) | 0x40).lower() if char != "\0" else " ", ("Control", *held))
        else:
            self._press(time_us, char, held)

    def _sequence(self, found: re.Match[str], time_us: int) -> None:
        final, keypad = found["final"], found["keypad"]
        if keypad is not None:
            key = _LETTERS.get(keypad) or _KEYPAD.get(keypad, "Unidentified")
            self._press(time_us, key, _modifiers(found["modifier"] or ""))
        elif final is not None:
            self._control(found["parameters"].split(";"), final, time_us)
        elif found[0].startswith("\x1b[["):
            self._press(time_us, f"F{'ABCDE'.index(found[0][-1]) + 1}")

    def _control(self, parameters: list[str], final: str, time_us: int) -> None:
        """A control sequence: ``CSI parameters final``."""
        first = parameters[0]
        number = int(first) if first.isdecimal() and len(first) < 8 else 0
        released = len(parameters) > 1 and parameters[1].partition(":")[2] == str(_RELEASED)
        held = _modifiers(parameters[1] if len(parameters) > 1 else "")
        if first[:1] in ("<", "=", ">", "?") or released:
            return
        if final == "~" and number == 200:
            self._pasted, self._pasted_size = [], 0
        elif final == "u" or (final == "~" and number == 27 and len(parameters) == 3):
            key = _kitty_key(parameters if final == "u" else parameters[2:], shifted="Shift" in held)
            self._press(time_us, key, held)
        elif final == "~" and number in _NUMBERS:
            self._press(time_us, _NUMBERS[number], held)
        elif final in _LETTERS and number <= 1:
            self._press(time_us, _LETTERS[final], held)
        elif final == "Z":
            self._press(time_us, "Tab", ("Shift",))
        elif final not in _REPORTS and (final, number) != ("~", 201):
            self._press(time_us, "Unidentified", held)

    def _paste(self, text: str, at: int, time_us: int) -> int:
        assert self._pasted is not None
        stop = text.find(_PASTE_ENDS, at)
        if stop >= 0:
            self._pasted.append(text[at:stop])
            self._end_paste(time_us)
            return stop + len(_PASTE_ENDS)
        kept = next(n for n in range(len(_PASTE_ENDS) - 1, -1, -1) if text.endswith(_PASTE_ENDS[:n]))
        stop = max(at, len(text) - kept)
        self._rest, self._rest_us = text[stop:], time_us
        self._pasted.append(text[at:stop])
        self._pasted_size += stop - at
        if self._pasted_size > _PASTE_MAX:  # a long paste is several: what is held does not grow with it
            self._end_paste(time_us)
            self._pasted, self._pasted_size = [], 0
        return len(text)

    def _end_paste(self, time_us: int) -> None:
        data = "".join(self._pasted or ()).replace("\r\n", "\n").replace("\r", "\n")
        self._pasted = None
        if data:
            self._events.append(Input(time_us=time_us, input_type="insertFromPaste", data=data))


def _modifiers(parameter: str) -> tuple[Modifier, ...]:
    """Modifiers of a parameter, which is one more than the sum of their bits."""
    number = parameter.partition(":")[0]
    bits = int(number) - 1 if number.isdecimal() and len(number) < 4 else 0
    return tuple(name for bit, name in _MODIFIER_BITS if bits & bit)


def _kitty_key(parameters: list[str], *, shifted: bool) -> str:
    """The key of ``code:shifted:base ; modifiers ; text``; the text where it is told."""
    codes = parameters[0].split(":")
    told = parameters[2] if len(parameters) > 2 else codes[1] if shifted and len(codes) > 1 else ""
    text = "".join(_chr(code) for code in told.split(":") if code) or _chr(codes[0])
    if text in _NAMED:
        return _NAMED[text]
    return text or _KITTY_KEYPAD.get(int(codes[0]) if codes[0].isdecimal() else 0, "Unidentified")


def _chr(code: str) -> str:
    """The character of a code point; nothing for surrogates and for keys without text, which have private ones."""
    number = int(code) if code.isdecimal() and len(code) < 8 else 0
    named = number in (8, 9, 13, 27, 127)
    is_text = 0x20 <= number < 0xD800 or 0xF900 <= number < 0x110000
    return chr(number) if named or is_text else ""
