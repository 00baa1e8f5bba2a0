"""From events to simulated fields: which key edits how, in a graphical field and in a terminal."""

from __future__ import annotations

from collections.abc import Callable

from reticent.testing._editor import Editor
from reticent.testing._reading import Event, Stroke, Target, Transcript

__all__ = ["PROFILES", "edit"]

PROFILES = ("field", "terminal")
_ARROWS = {"ArrowLeft": -1, "ArrowRight": 1}
_DELETES = {"Backspace": -1, "Delete": 1}
_ENDS = {"Home": -1, "End": 1}
_LOSES_CARET = {"ArrowUp", "ArrowDown", "PageUp", "PageDown", "Escape"}
_FIELD_KEYS: dict[str, Callable[[Editor], None]] = {
    "a": Editor.select_all,
    "c": Editor.copy,
    "z": Editor.undo,
}
_TERMINAL_KEYS: dict[str, Callable[[Editor], None]] = {
    "a": lambda editor: editor.move(-1, "line"),
    "e": lambda editor: editor.move(1, "line"),
    "b": lambda editor: editor.move(-1),
    "f": lambda editor: editor.move(1),
    "h": lambda editor: editor.delete(-1),
    "d": lambda editor: editor.delete(1),
    "w": lambda editor: editor.delete(-1, word=True),
    "u": lambda editor: editor.delete_line(-1),
    "k": lambda editor: editor.delete_line(1),
    "y": lambda editor: editor.insert(editor.kept),
    "t": Editor.transpose,
}


def edit(transcript: Transcript, profile: str) -> dict[Target, Editor]:
    """Carry out what was read in one simulated field per target; ``profile`` says what Ctrl+letter does."""
    fields: dict[Target, Editor] = {}
    kept, last = "", ""
    for event, stroke, target in zip(transcript.events, transcript.strokes, transcript.targets, strict=True):
        field = fields.setdefault(target, Editor())
        kind = event["type"]
        if kind == "keydown" and stroke:
            field.kept = field.kept or kept
            last = stroke.text
            _press(field, stroke, profile)
            kept = field.kept or kept
        elif kind == "clipboard":
            _use_clipboard(field, event, kept)
            kept = event.get("data") or field.kept or kept
        elif kind in ("input", "compositionend"):
            _input(field, event, last)
            last = ""
        elif kind == "selectionchange":
            field.place(event["start"], event["end"])
        elif kind in ("pointerdown", "focus"):
            field.lose_caret()
    for field in fields.values():
        field.split()
        field.snapshot()
    return fields


def _press(field: Editor, stroke: Stroke, profile: str) -> None:
    name, word = stroke.name, bool(stroke.held & {"Control", "Alt"})
    select, meta = "Shift" in stroke.held, "Meta" in stroke.held
    if name in _DELETES:
        field.delete_line(_DELETES[name]) if meta else field.delete(_DELETES[name], word)
    elif name in _ARROWS:
        field.move(_ARROWS[name], "line" if meta else "word" if word else "char", select)
    elif name in _ENDS:
        field.move(_ENDS[name], "document" if "Control" in stroke.held else "line", select)
    elif name in _LOSES_CARET:
        field.lose_caret()
    elif stroke.text:
        if stroke.text == "\n":
            field.split()
        field.insert(stroke.text)
    elif stroke.char:
        keys = _TERMINAL_KEYS if profile == "terminal" else _FIELD_KEYS
        keys.get(stroke.char.casefold(), Editor.snapshot)(field)


def _use_clipboard(field: Editor, event: Event, kept: str) -> None:
    operation = event.get("operation")
    if operation == "paste":
        field.insert(event.get("data") or kept)
    else:
        field.copy()
    if operation == "cut":
        field.snapshot()
        field.delete_selection()


def _input(field: Editor, event: Event, last_typed: str) -> None:
    data, kind = event.get("data") or "", event.get("input_type", "insertText")
    if kind in ("insertCompositionText", "insertFromPaste") or data == last_typed:
        return
    if kind.startswith("delete"):
        field.delete(1 if kind.endswith("Forward") else -1, "Word" in kind)
    for _ in event.get("replaced") or "":
        field.delete(-1)
    if data:
        field.insert(data)
