"""What each verb of the scenario language does."""

from __future__ import annotations

import re

from reticent.keys.layout import load
from reticent.testing._typist import Typist, jitter_ms

__all__ = ["Verbs"]

_MODIFIERS = {
    "Alt": "Alt", "AltGr": "AltGraph", "AltGraph": "AltGraph", "Ctrl": "Control", "Control": "Control",
    "Meta": "Meta", "Cmd": "Meta", "Shift": "Shift",
}  # fmt: skip
_STATE_FIELDS = {"private": "private", "consent": "consent", "lock": "locked", "echo": "echo"}
_LABEL_KINDS = {"title": "title", "url": "url", "label": "element", "path": "path", "notify": "notification"}
_BUTTON_ORDER = "abcdefghijklmnopqrstuvwxyz0123456789"
_INJECTED_RATE_MS = 62


def _milliseconds(text: str) -> int:
    match = re.fullmatch(r"(-?\d+)(ms|s)", text)
    if match is None:
        raise ValueError
    return int(match[1]) * (1 if match[2] == "ms" else 1000)


def _number(text: str) -> float:
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def _point(text: str) -> tuple[float, float]:
    x, y = text.split(",")
    return _number(x), _number(y)


def _switch(text: str) -> bool:
    return {"on": True, "off": False}[text]


class Verbs(Typist):
    """``do_x(verb, *arguments)`` carries out verb ``x``.

    An argument it cannot use raises ``ValueError``, ``TypeError`` or ``KeyError``.
    """

    def do_type(self, verb: str, text: str) -> None:
        """Type characters one by one; a line end is Enter, a tab Tab."""
        for char in text:
            self.type_char(char)

    def do_auto(self, verb: str, text: str) -> None:
        """Type as a program does: injected, at machine speed."""
        rate_ms, self.rate_ms, self.injected = self.rate_ms, _INJECTED_RATE_MS, True
        self.do_type(verb, text)
        self.rate_ms, self.injected = rate_ms, False

    def do_roll(self, verb: str, text: str) -> None:
        """Type with each key pressed before the one before it is let go."""
        previous: tuple[str | None, str] | None = None
        for char in text:
            code, shift, _ = self.find(char)
            if shift:
                self.modifier("keydown", "Shift", 15)
            self.half("keydown", code, char)
            self.now_ms += 35
            if previous:
                self.half("keyup", *previous)
                self.now_ms += 10
            if shift:
                self.modifier("keyup", "Shift")
            self.now_ms += 50 + jitter_ms(char)
            previous = code, char
        if previous:
            self.half("keyup", *previous)
            self.now_ms += 40

    def do_key(self, verb: str, chord: str) -> None:
        """Hit a key by its code, or a letter, with the modifiers before it: ``Ctrl+Shift+k``."""
        *prefixes, name = re.split(r"(?<=[^+])\+", chord)
        modifiers = [_MODIFIERS[prefix] for prefix in prefixes]
        for modifier in modifiers:
            self.modifier("keydown", modifier, 25)
        if len(name) == 1:
            char = name if "Shift" in modifiers else name.lower()
            self.stroke(self.find(char)[0], char)
        else:
            self.stroke(name, self.key_of(name))
        for modifier in reversed(modifiers):
            self.modifier("keyup", modifier, 15)

    def do_down(self, verb: str, code: str) -> None:
        """Press a key by its code."""
        self.half("keydown", code, self.key_of(code))
        self.now_ms += 40

    def do_up(self, verb: str, code: str) -> None:
        """Let go of a key by its code."""
        self.half("keyup", code, self.key_of(code))
        self.now_ms += 40

    def do_hold(self, verb: str, argument: str) -> None:
        """Hold a key for so long, with repeats every 33 ms after the first 400."""
        code, duration = argument.split(",")
        key, held_ms = self.key_of(code), _milliseconds(duration)
        self.half("keydown", code, key)
        self.now_ms += 400
        for _ in range((held_ms - 400) // 33):
            self.half("keydown", code, key, repeat=True)
            self.now_ms += 33
        self.half("keyup", code, key)
        self.now_ms += 60

    def do_dead(self, verb: str, accent: str) -> None:
        """Hit the dead key of an accent."""
        self.half("keydown", "BracketLeft", "Dead", dead=accent)
        self.now_ms += 70
        self.half("keyup", "BracketLeft", "Dead", dead=accent)
        self.now_ms += 60

    def do_ime(self, verb: str, keys: str, *candidates: str) -> None:
        """Compose with an input method: keys, then the candidates shown, the last of which is taken."""
        us = load("us")
        self.emit("compositionstart", data="")
        for length, char in enumerate(keys, 1):
            code = (us.stroke(char) or (None,))[0]
            self.half("keydown", code, "Process", composing=True)
            self.emit("compositionupdate", data=keys[:length])
            self.now_ms += 60
            self.half("keyup", code, "Process", composing=True)
            self.now_ms += 60
        for candidate in candidates:
            self.emit("compositionupdate", data=candidate)
            self.now_ms += 80
        self.emit("compositionend", data=candidates[-1] if candidates else keys)
        self.now_ms += 60

    def do_altcode(self, verb: str, digits: str) -> None:
        """Enter a character by its number: Alt and digits of the keypad."""
        value = int(digits)
        self.modifier("keydown", "Alt")
        for digit in digits:
            self.stroke(f"Numpad{digit}", digit)
        self.modifier("keyup", "Alt")
        char = bytes([value]).decode("cp1252") if value < 256 else chr(value)
        self.emit("input", input_type="insertText", data=char)

    def do_input(self, verb: str, text: str) -> None:
        """Type where the recorder knows no keys: each character is an ``input`` event."""
        for char in text:
            self.half("keydown", None, "Unidentified")
            self.emit("input", input_type="insertText", data=char)
            self.now_ms += 50
            self.half("keyup", None, "Unidentified")
            self.now_ms += 60

    def do_paste(self, verb: str, data: str) -> None:
        """Paste by Ctrl+V; ``?`` for content that the recorder does not tell."""
        self.shortcut("KeyV", "v")
        self.clipboard("paste", data)
        self.now_ms += 40

    def do_copy(self, verb: str, data: str) -> None:
        """Copy by Ctrl+C."""
        self.shortcut("KeyC", "c")
        self.clipboard("copy", data)

    def do_cut(self, verb: str, data: str) -> None:
        """Cut by Ctrl+X."""
        self.shortcut("KeyX", "x")
        self.clipboard("cut", data)

    def do_menupaste(self, verb: str, data: str) -> None:
        """Paste by the menu of the right button."""
        self.click_at(300, 300, "right")
        self.now_ms += 300
        self.click_at(320, 340)
        self.clipboard("paste", data)
        self.now_ms += 40

    def do_dnd(self, verb: str, text: str) -> None:
        """Drop text that was dragged."""
        self.emit("pointerdown", x=10, y=10, button="left")
        self.emit("pointermove", x=400, y=300)
        self.emit("pointerup", x=400, y=300, button="left")
        self.now_ms += 300
        self.emit("input", input_type="insertFromDrop", data=text)

    def do_fill(self, verb: str, text: str) -> None:
        """The browser fills in the whole value."""
        self.emit("input", input_type="autofill", data=text)
        self.now_ms += 30

    def do_replace(self, verb: str, old: str, new: str) -> None:
        """Autocorrection: ``old`` before the caret becomes ``new``."""
        self.emit("input", input_type="insertReplacementText", data=new, replaced=old)
        self.now_ms += 30

    def do_complete(self, verb: str, text: str) -> None:
        """A completion is taken."""
        self.do_replace(verb, "", text)

    def do_click(self, verb: str, point: str) -> None:
        """Click at ``x,y``."""
        self.click_at(*_point(point))
        self.now_ms += 180

    def do_dblclick(self, verb: str, point: str) -> None:
        """Click twice at ``x,y``."""
        for _ in range(2):
            self.click_at(*_point(point))
        self.now_ms += 220

    def do_drag(self, verb: str, path: str) -> None:
        """Drag with the left button, ``x,y>x,y``."""
        start, end = map(_point, path.split(">"))
        self.emit("pointerdown", x=start[0], y=start[1], button="left")
        self.emit("pointermove", x=end[0], y=end[1])
        self.emit("pointerup", x=end[0], y=end[1], button="left")
        self.now_ms += 400

    def do_move(self, verb: str, point: str) -> None:
        """Move the pointer to ``x,y``."""
        x, y = _point(point)
        self.emit("pointermove", x=x, y=y)
        self.now_ms += 30

    def do_button(self, verb: str, label: str) -> None:
        """Click on a button with this label; buttons of one character stand in rows of ten."""
        place = _BUTTON_ORDER.index(label[0].lower()) if label[:1].lower() in _BUTTON_ORDER else 0
        x, y = 100 + 40 * (place % 10), 500 + 40 * (place // 10)
        self.emit("pointerdown", x=x, y=y, button="left", hit={"role": "button", "label": label})
        self.emit("pointerup", x=x, y=y, button="left", hit={"role": "button", "label": label})
        self.now_ms += 350

    def do_focus(self, verb: str, place: str) -> None:
        """Another window takes the focus, ``application/title``."""
        app, _, window = place.partition("/")
        self.place = app, window
        self.focus("0", "text")

    def do_field(self, verb: str, field: str) -> None:
        """Another element takes the focus, ``kind`` or ``kind#id``."""
        kind, _, element = field.partition("#")
        self.focus(element or kind, kind)

    def do_caret(self, verb: str, position: str) -> None:
        """The application reports its caret, in characters."""
        self.emit("selectionchange", start=int(position), end=int(position))

    def do_selection(self, verb: str, bounds: str) -> None:
        """The application reports its selection, ``start,end`` in characters."""
        start, end = bounds.split(",")
        self.emit("selectionchange", start=int(start), end=int(end))

    def label(self, verb: str, value: str) -> None:
        """Something is shown or named: a title, an address, a label, a path or a notification."""
        self.emit("label", kind=_LABEL_KINDS[verb], value=value)
        self.now_ms += 5

    do_title = do_url = do_label = do_path = do_notify = label

    def state(self, verb: str, value: str) -> None:
        """A state is ``on`` or ``off``: private, consent, lock, echo."""
        self.emit("state", **{_STATE_FIELDS[verb]: _switch(value)})

    do_private = do_consent = do_lock = do_echo = state

    def do_layout(self, verb: str, name: str) -> None:
        """Another keyboard layout is in use, and is reported."""
        self.layout = load(name)
        self.emit("state", layout=name)

    def do_clock(self, verb: str, wall_time: str) -> None:
        """The wall clock is reported, in ISO 8601."""
        self.emit("state", wall_time=wall_time)

    def do_pause(self, verb: str, duration: str) -> None:
        """Nothing happens for so long; time goes back where it is negative."""
        self.now_ms += _milliseconds(duration)

    do_skew = do_pause

    def do_rate(self, verb: str, duration: str) -> None:
        """From here on so much time lies between key strokes."""
        self.rate_ms = _milliseconds(duration)

    def do_tick(self, verb: str) -> None:
        """A tick without anything else."""
        self.emit("tick")

    def do_device(self, verb: str, name: str) -> None:
        """From here on another keyboard is typed on."""
        self.device = name

    def do_opt(self, verb: str, setting: str) -> None:
        """Set an option, ``name=value``."""
        name, value = setting.split("=")
        self.options[name] = value

    def do_fault(self, verb: str, name: str) -> None:
        """From here on what is named fails: see ``Expansion.faults``."""
        self.faults.append(name)
        if self.fault_at is None:
            self.fault_at = len(self.events)
