"""A key press means what it means wherever it is recorded: with names, with codes, with control characters."""

from __future__ import annotations

from typing import Any

import pytest

from reticent.events import KeyDown
from reticent.text.strokes import Keyboard, Reading


def press(code: str | None, key: str | None = None, *modifiers: str, **fields: Any) -> KeyDown:
    """A key press."""
    return KeyDown(time_us=0, code=code, key=key, modifiers=modifiers, **fields)  # type: ignore[arg-type]


def reading(*arguments: Any, field: str = "text", mac: bool = False, **fields: Any) -> Reading:
    """What a press does on a fresh keyboard."""
    return Keyboard(("us",), mac=mac).read(press(*arguments, **fields), field)


def hold(keyboard: Keyboard, code: str) -> None:
    """A modifier goes down on a recorder that reports no modifiers."""
    event = press(code)
    name = keyboard.modifier(event)
    assert name is not None
    keyboard.press(event, name)


# -- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (press("KeyA", "a"), "a"),
        (press("KeyA", "A", "Shift"), "A"),
        (press("KeyA", "A", "CapsLock"), "A"),
        (press("Digit2", "@", "CapsLock", "Shift"), "@"),
        (press("KeyE", "€", "AltGraph"), "€"),
        (press("KeyE", "€", "Alt", "Control"), "€"),
        (press("KeyE", "´", "Alt"), "´"),
        (press(None, "é"), "é"),
        (press("KeyA", "🙂"), "🙂"),
        (press("KeyA", "a", text="Ω"), "Ω"),
        (press("KeyA", "Expander says hello"), "Expander says hello"),
    ],
)
def test_what_is_text(event: KeyDown, text: str) -> None:
    """Shift, AltGr, Option, and Control with Alt, which is what AltGr is on Windows, make text."""
    keyboard = Keyboard(("us",))
    assert keyboard.plain(event) in (text, None)
    assert keyboard.read(event, "text")[:2] == ("insert", text)


@pytest.mark.parametrize("modifiers", [("Control",), ("Meta",), ("Control", "Shift"), ("Alt", "Meta")])
def test_a_command_modifier_makes_a_shortcut(modifiers: tuple[str, ...]) -> None:
    """Its letter is still told, for a modifier may only be stuck."""
    event = press("KeyG", "g", *modifiers)
    assert Keyboard(("us",)).plain(event) is None
    assert Keyboard(("us",)).read(event, "text")[:2] == ("shortcut", "g")


@pytest.mark.parametrize(
    ("key", "modifiers", "op"),
    [
        ("\x01", (), "selectAll"), ("\x03", (), "copy"), ("\x18", (), "cut"), ("\x16", (), "paste"),
        ("\x1a", (), "historyUndo"), ("\x07", (), "shortcut"), ("\x08", (), "deleteContentBackward"),
        ("\x7f", (), "deleteContentBackward"), ("\x7f", ("Control",), "deleteWordBackward"), ("\r", (), "commit"),
        ("\n", (), "commit"), ("\t", (), "commit"), ("\x1b", (), "escape"),
    ],
)  # fmt: skip
def test_control_characters_are_the_keys_that_make_them(key: str, modifiers: tuple[str, ...], op: str) -> None:
    """As some hooks report Ctrl and a letter."""
    assert reading(None, key, *modifiers).op == op


def test_keys_that_have_no_meaning_of_their_own_yet() -> None:
    """What they mean comes with a later event."""
    assert reading("BracketLeft", "Dead", dead="´")[:2] == ("dead", "´")
    assert reading(None, "Unidentified").op == "unidentified"
    assert reading(None, None).op == "unidentified"
    assert reading("KeyA", "Process").op == "compose"
    assert reading("KeyA", "a", composing=True).op == "compose"
    assert reading("Numpad4", "4", "Alt")[:2] == ("altDigit", "4")
    assert reading("Numpad4", None, "Alt")[:2] == ("altDigit", "4")
    assert reading("Digit4", "4", "Alt")[:2] == ("insert", "4")


# -- codes only ------------------------------------------------------------------------------------------------------


def test_codes_are_read_under_every_layout() -> None:
    """The first is only the likeliest; where all agree there is nothing to choose."""
    keyboard = Keyboard(("us", "de", "fr"))
    assert keyboard.read(press("KeyY"), "text") == ("insert", "y", {"de": "z", "fr": "y"}, False)
    assert keyboard.read(press("KeyE"), "text") == ("insert", "e", None, False)


def test_the_layout_in_use_is_read_first() -> None:
    """The others stay possible; a layout nobody knows changes nothing."""
    keyboard = Keyboard(("us", "de"))
    keyboard.use_layout("de")
    assert keyboard.read(press("KeyY"), "text") == ("insert", "z", {"us": "y"}, False)
    keyboard.use_layout("fr")
    assert keyboard.read(press("KeyQ"), "text").text == "a"
    keyboard.use_layout("martian")
    assert keyboard.read(press("KeyQ"), "text") == ("insert", "q", {"de": "q", "fr": "a"}, False)


def test_codes_with_modifiers_that_only_their_own_strokes_tell() -> None:
    """Shift on one keyboard counts for the other; released, it counts no more."""
    keyboard = Keyboard(("us",))
    hold(keyboard, "ShiftLeft")
    assert keyboard.read(press("Digit2", device="2"), "text").text == "@"
    keyboard.lift(("0", "ShiftLeft"))
    assert keyboard.read(press("Digit2"), "text").text == "2"
    hold(keyboard, "ControlLeft")
    assert keyboard.read(press("KeyA"), "text").op == "selectAll"
    keyboard.release()
    assert keyboard.read(press("KeyA"), "text")[:2] == ("insert", "a")


def test_reported_modifiers_win_over_tracked_ones() -> None:
    """A release that was lost must not make shortcuts of all that follows."""
    keyboard = Keyboard(("us",))
    hold(keyboard, "ControlLeft")
    assert keyboard.plain(press("KeyA", "A", "Shift")) == "A"
    assert keyboard.plain(press("KeyA", "a")) == "a"


def test_caps_lock_counts_by_its_own_strokes() -> None:
    """And letters change case while it is on."""
    keyboard = Keyboard(("us",))
    keyboard.press(press("CapsLock"), "CapsLock")
    assert keyboard.read(press("KeyA"), "text").text == "A"
    assert keyboard.read(press("Digit2"), "text").text == "2"
    keyboard.press(press("CapsLock", repeat=True), "CapsLock")
    assert keyboard.read(press("KeyA"), "text").text == "A"
    keyboard.press(press("CapsLock"), "CapsLock")
    assert keyboard.read(press("KeyA"), "text").text == "a"


def test_codes_of_the_third_level() -> None:
    """By AltGr, or by Control and Alt, which it is on Windows."""
    for modifiers in (("AltGraph",), ("Alt", "Control")):
        assert Keyboard(("de",)).read(press("KeyQ", None, *modifiers), "text").text == "@"


def test_a_code_that_makes_no_text() -> None:
    """Is a named key, or nothing."""
    assert reading("NumpadEnter").op == "commit"
    assert reading("F5").op == "other"
    assert reading("Numpad7").text == "7"


# -- editing keys ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "op"),
    [
        ("Backspace", (), "deleteContentBackward"), ("Backspace", ("Control",), "deleteWordBackward"),
        ("Delete", (), "deleteContentForward"), ("Delete", ("Control",), "deleteWordForward"),
        ("Delete", ("Shift",), "cut"), ("Insert", (), "overtype"), ("Insert", ("Shift",), "paste"),
        ("Insert", ("Control",), "copy"), ("Home", (), "lineStart"), ("Home", ("Control",), "documentStart"),
        ("End", (), "lineEnd"), ("ArrowLeft", (), "charLeft"), ("ArrowLeft", ("Control",), "wordLeft"),
        ("ArrowUp", (), "lineUp"), ("PageDown", (), "unknownCaret"), ("Undo", (), "historyUndo"),
        ("a", ("Control",), "selectAll"), ("z", ("Control",), "historyUndo"),
        ("Z", ("Control", "Shift"), "historyRedo"),
        ("y", ("Control",), "historyRedo"), ("V", ("Control", "Shift"), "paste"), ("Enter", (), "commit"),
        ("Enter", ("Control",), "commit"), ("Tab", (), "commit"), ("Tab", ("Shift",), "commit"),
        ("Tab", ("Alt",), "other"),
        ("ArrowLeft", ("Meta",), "other"), ("F5", (), "other"),
    ],
)  # fmt: skip
def test_keys_of_a_window(key: str, modifiers: tuple[str, ...], op: str) -> None:
    """As most applications read them."""
    assert reading(None, key, *modifiers).op == op


def test_shift_and_enter_add_a_line() -> None:
    """They send nothing."""
    assert reading("Enter", "Enter", "Shift")[:2] == ("insert", "\n")


def test_shift_selects() -> None:
    """What a caret key passes."""
    for key in ("ArrowLeft", "Home", "End"):
        assert reading(None, key, "Shift").selecting
        assert not reading(None, key).selecting


@pytest.mark.parametrize(
    ("key", "modifier", "op"),
    [
        ("a", "Control", "lineStart"), ("e", "Control", "lineEnd"), ("b", "Control", "charLeft"),
        ("h", "Control", "deleteContentBackward"), ("w", "Control", "deleteBlankWordBackward"),
        ("u", "Control", "killLineBackward"), ("k", "Control", "killLineForward"), ("y", "Control", "yank"),
        ("t", "Control", "transpose"), ("d", "Control", "deleteContentForward"), ("j", "Control", "commit"),
        ("m", "Control", "commit"), ("r", "Control", "unknownLine"), ("c", "Control", "abortLine"),
        ("b", "Alt", "wordLeft"), ("f", "Alt", "wordRight"), ("d", "Alt", "deleteWordForward"),
        ("Backspace", "Alt", "deleteWordBackward"), ("x", "Alt", "insert"),
    ],
)  # fmt: skip
def test_keys_of_a_terminal(key: str, modifier: str, op: str) -> None:
    """As readline reads them."""
    assert reading(None, key, modifier, field="terminal").op == op


def test_a_terminal_recalls_lines_and_pastes_with_shift() -> None:
    """What a line that was recalled holds nobody saw."""
    assert reading(None, "ArrowUp", field="terminal").op == "unknownLine"
    assert reading(None, "V", "Control", "Shift", field="terminal").op == "paste"


@pytest.mark.parametrize(
    ("key", "modifier", "op"),
    [
        ("Backspace", "Meta", "killLineBackward"), ("Backspace", "Alt", "deleteWordBackward"),
        ("ArrowLeft", "Meta", "lineStart"), ("ArrowLeft", "Alt", "wordLeft"), ("ArrowUp", "Meta", "documentStart"),
        ("a", "Meta", "selectAll"), ("c", "Meta", "copy"), ("v", "Meta", "paste"), ("z", "Meta", "historyUndo"),
        ("a", "Control", "lineStart"), ("k", "Control", "killLineForward"), ("y", "Control", "yank"),
        ("t", "Control", "transpose"), ("p", "Control", "lineUp"), ("g", "Meta", "shortcut"), ("å", "Alt", "insert"),
    ],
)  # fmt: skip
def test_keys_of_a_mac(key: str, modifier: str, op: str) -> None:
    """Option goes by words, Command by lines, and Control as in Emacs."""
    assert reading(None, key, modifier, mac=True).op == op


def test_arrows_leave_the_cell_of_a_grid() -> None:
    """As Enter and Tab do."""
    assert reading(None, "ArrowRight", field="grid")[:2] == ("commit", "\t")
    assert reading(None, "ArrowRight").op == "charRight"


@pytest.mark.parametrize(
    ("code", "key", "name"),
    [
        ("ShiftLeft", "Shift", "Shift"), ("ControlRight", None, "Control"), (None, "AltGraph", "AltGraph"),
        ("CapsLock", None, "CapsLock"), ("NumLock", "NumLock", "NumLock"), ("KeyA", "a", None), ("KeyA", None, None),
        ("CapsLock", "Escape", None),
    ],
)  # fmt: skip
def test_what_is_a_modifier(code: str | None, key: str | None, name: str | None) -> None:
    """Its key says so; where there is none, its code. A key that was mapped to another is the other."""
    assert Keyboard(("us",)).modifier(press(code, key)) == name
