"""A layout says which character a key makes and which keys make a character, and the two agree."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import product

import pytest

from reticent.errors import PolicyError
from reticent.keys.layout import LAYOUT_NAMES, compose, load
from reticent.keys.table import CODES, NAMED_KEY, NUMPAD_TEXT, is_printable_key

every_layout = pytest.mark.parametrize("name", LAYOUT_NAMES)
WITH_ALTGR = ["us-intl", "gb", "fr", "de", "es", "it", "pt-br"]


def chars(name: str) -> set[str]:
    """Every character that the layout can make without CapsLock."""
    layout = load(name)
    found = (
        layout.char(code, shift=shift, altgr=altgr)
        for code, shift, altgr in product(layout.codes, (False, True), (False, True))
    )
    return {char for char in found if char is not None}


@every_layout
def test_stroke_and_char_round_trip(name: str) -> None:
    """For every character that a layout makes, its stroke makes that character."""
    layout = load(name)
    for char in chars(name):
        stroke = layout.stroke(char)
        assert stroke is not None
        code, shift, altgr = stroke
        assert layout.char(code, shift=shift, altgr=altgr) == char


@every_layout
def test_makes_only_text_on_known_text_keys(name: str) -> None:
    """Codes are in the key table and never named keys; what they make is one grapheme."""
    layout = load(name)
    assert layout.codes <= CODES
    assert layout.codes.isdisjoint(NAMED_KEY)
    assert all(is_printable_key(char) for char in chars(name))


@every_layout
def test_a_level_is_a_character_or_an_accent_not_both(name: str) -> None:
    """Dead keys make no character."""
    layout = load(name)
    for code, shift, altgr in product(layout.codes, (False, True), (False, True)):
        accent = layout.dead(code, shift=shift, altgr=altgr)
        assert accent is None or layout.char(code, shift=shift, altgr=altgr) is None


@every_layout
def test_caps_lock_inverts_shift_on_letters_only(name: str) -> None:
    """Under CapsLock a letter key swaps its plain and shifted letters; what has no case stays."""
    layout = load(name)
    for code, shift in product(layout.codes, (False, True)):
        char, caps = layout.char(code, shift=shift), layout.char(code, shift=shift, caps_lock=True)
        other = layout.char(code, shift=not shift)
        if char and other and char != other and char.lower() == other.lower():
            assert caps == other
        elif char is None or not char.isalpha():
            assert caps == char


@pytest.mark.parametrize("name", sorted(set(LAYOUT_NAMES) - {"ru"}))
def test_ascii_is_typeable(name: str) -> None:
    """Every printable ASCII character has a stroke or is an accent of a dead key."""
    layout = load(name)
    accents = {
        layout.dead(code, shift=shift, altgr=altgr)
        for code, shift, altgr in product(layout.codes, (False, True), (False, True))
    }
    assert {chr(point) for point in range(0x20, 0x7F)} <= chars(name) | {accent for accent in accents if accent}


@pytest.mark.parametrize(
    ("name", "code", "levels"),
    [
        ("us", "Digit2", ["2", "@", None, None]),
        ("us-intl", "KeyE", ["e", "E", "é", "É"]),
        ("gb", "Digit3", ["3", "£", "³", "£"]),
        ("fr", "Digit2", ["é", "2", "~", "⅛"]),
        ("fr", "KeyE", ["e", "E", "€", "¢"]),
        ("fr", "KeyQ", ["a", "A", "æ", "Æ"]),
        ("de", "KeyQ", ["q", "Q", "@", "Ω"]),
        ("de", "KeyY", ["z", "Z", "←", "¥"]),
        ("es", "Semicolon", ["ñ", "Ñ", None, None]),
        ("it", "BracketLeft", ["è", "é", "[", "{"]),
        ("pt-br", "IntlRo", ["/", "?", "°", "¿"]),
        ("jp", "BracketLeft", ["@", "`", None, None]),
        ("ru", "KeyF", ["а", "А", None, None]),
        ("ru", "Backquote", ["ё", "Ё", None, None]),
    ],
)
def test_known_keys(name: str, code: str, levels: list[str | None]) -> None:
    """Keys that are printed on real keyboards make what is printed on them."""
    found = [load(name).char(code, shift=shift, altgr=altgr) for altgr in (False, True) for shift in (False, True)]
    assert found == levels


@pytest.mark.parametrize(
    ("name", "code", "shift", "accent"),
    [
        ("us-intl", "Quote", False, "´"),
        ("us-intl", "Quote", True, "¨"),
        ("fr", "BracketLeft", False, "^"),
        ("de", "Equal", False, "´"),
        ("de", "Equal", True, "`"),
        ("pt-br", "Quote", False, "~"),
        ("us", "Quote", False, None),
        ("us", "Enter", False, None),
    ],
)
def test_dead_keys(name: str, code: str, shift: bool, accent: str | None) -> None:
    """Dead keys give their accent; other keys give none."""
    assert load(name).dead(code, shift=shift) == accent


def test_caps_lock_on_other_keys_than_letters_of_the_alphabet() -> None:
    """Accented letters have capitals under CapsLock, digits and signs do not."""
    fr, de = load("fr"), load("de")
    assert fr.char("Digit2", caps_lock=True) == "É"
    assert fr.char("Digit2", shift=True, caps_lock=True) == "2"
    assert fr.char("Digit1", caps_lock=True) == "&"
    assert fr.char("Backslash", shift=True, caps_lock=True) == "µ"
    assert de.char("Minus", caps_lock=True) == "ẞ"


@pytest.mark.parametrize(
    ("name", "char", "stroke"),
    [
        ("us", "<", ("Comma", True, False)),
        ("us", "7", ("Digit7", False, False)),
        ("us", "+", ("Equal", True, False)),
        ("us", "é", None),
        ("us", "\n", None),
        ("de", "<", ("IntlBackslash", False, False)),
        ("de", "@", ("KeyQ", False, True)),
        ("fr", "@", ("Digit0", False, True)),
        ("gb", "|", ("IntlBackslash", True, False)),
        ("it", "@", ("Semicolon", False, True)),
        ("pt-br", "/", ("IntlRo", False, False)),
        ("ru", "я", ("KeyZ", False, False)),
    ],
)
def test_stroke_takes_the_usual_key(name: str, char: str, stroke: tuple[str, bool, bool] | None) -> None:
    """Fewer modifiers win, the main block before the numpad, a key of all keyboards before one that few have."""
    assert load(name).stroke(char) == stroke


@every_layout
def test_numpad_makes_text_whatever_is_held(name: str) -> None:
    """Numpad keys make their text on every level; only the decimal key follows the country."""
    layout = load(name)
    for code, text in NUMPAD_TEXT.items():
        expected = {",", "."} if code in {"NumpadDecimal", "NumpadComma"} else {text}
        assert layout.char(code) in expected
        assert layout.char(code, shift=True, altgr=True, caps_lock=True) == layout.char(code)
    assert (layout.char("NumpadDecimal") == ",") == (name in {"de", "pt-br", "ru"})


@pytest.mark.parametrize("name", WITH_ALTGR)
def test_altgr_makes_third_level_characters(name: str) -> None:
    """Layouts that have AltGr make characters with it that the plain key does not."""
    assert any(load(name).char(code, altgr=True) not in {None, load(name).char(code)} for code in ("KeyE", "Digit4"))


def test_unknown_layout_names_the_known_ones() -> None:
    """The error lists what can be used, and no path leads out of the data folder."""
    with pytest.raises(PolicyError, match=r"us, us-intl, gb, fr, de, es, it, pt-br, jp, ru"):
        load("dvorak")
    with pytest.raises(PolicyError):
        load("../layouts/us")


def test_a_layout_is_loaded_once() -> None:
    """Loading again gives the same object."""
    assert load("us") is load("us")


def test_files_are_the_layouts() -> None:
    """There is one data file for each name, and each is plain JSON with at most four levels."""
    folder = files("reticent.keys").joinpath("layouts")
    assert {path.name for path in folder.iterdir()} == {f"{name}.json" for name in LAYOUT_NAMES}
    for path in folder.iterdir():
        assert all(len(levels) <= 4 for levels in json.loads(path.read_text(encoding="utf-8")).values())


@pytest.mark.parametrize(
    ("accent", "base", "made"),
    [
        ("´", "e", "é"), ("'", "e", "é"), ("\u0301", "e", "é"), ("^", "O", "Ô"), ("¨", "u", "ü"), ("~", "n", "ñ"),
        ("¸", "c", "ç"), ("˚", "a", "å"), ("^", " ", "^"), ("´", "´", "´"), ("`", "x", "`x"),
    ],
)  # fmt: skip
def test_compose(accent: str, base: str, made: str) -> None:
    """An accent and a base make one character where there is one, else both stay."""
    assert compose(accent, base) == made
