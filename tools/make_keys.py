"""Make or verify ``src/reticent/keys/layouts/*.json`` from libxkbcommon and its keyboard data.

    python tools/make_keys.py            # write the files
    python tools/make_keys.py --check    # exit 1 and say what differs; 'skipped' where libxkbcommon is absent

Needs no compiler: libxkbcommon is called through ctypes. Debian: ``apt-get install libxkbcommon0 xkb-data``. The files
were made with libxkbcommon 1.5.0 and xkeyboard-config 2.35.1.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import json
import sys
from pathlib import Path
from typing import TypeAlias

from reticent.keys.layout import LAYOUT_NAMES, load
from reticent.keys.table import KEYS, NAMED_KEY, NUMPAD_TEXT

FOLDER = Path(__file__).resolve().parent.parent / "src" / "reticent" / "keys" / "layouts"

XKB_NAMES = {"us-intl": ("us", "intl"), "pt-br": ("br", "")}
"""xkb layout and variant, where they are not our name and the default variant."""

ACCENTS = {
    "grave": "`", "acute": "´", "circumflex": "^", "tilde": "~", "diaeresis": "¨", "cedilla": "¸", "macron": "¯",
    "breve": "˘", "abovedot": "˙", "abovering": "˚", "doubleacute": "˝", "caron": "ˇ", "ogonek": "˛",
    "hook": "\u0309", "horn": "\u031b", "belowdot": "\u0323", "belowmacron": "\u0331",
}  # fmt: skip
"""Dead keysyms: the spacing accent, or the combining one where Unicode has no spacing form."""

Level: TypeAlias = str | dict[str, str] | None
Table: TypeAlias = dict[str, list[Level]]


class _Names(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


def _library() -> ctypes.CDLL | None:
    """Libxkbcommon with the signatures that are used here, or ``None``."""
    try:
        library = ctypes.CDLL(ctypes.util.find_library("xkbcommon") or "libxkbcommon.so.0")
    except OSError:
        return None
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    for name, result, arguments in [
        ("xkb_context_new", pointer, [ctypes.c_int]),
        ("xkb_keymap_new_from_names", pointer, [pointer, ctypes.POINTER(_Names), ctypes.c_int]),
        ("xkb_keymap_mod_get_index", number, [pointer, ctypes.c_char_p]),
        ("xkb_keymap_num_levels_for_key", number, [pointer, number, number]),
        ("xkb_state_new", pointer, [pointer]),
        ("xkb_state_update_mask", ctypes.c_int, [pointer] + [number] * 6),
        ("xkb_state_key_get_one_sym", number, [pointer, number]),
        ("xkb_state_key_get_utf32", number, [pointer, number]),
        ("xkb_keysym_get_name", ctypes.c_int, [number, ctypes.c_char_p, ctypes.c_size_t]),
    ]:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


class Keyboard:
    """A keyboard with one layout, as libxkbcommon sees it. Lives as long as the process."""

    def __init__(self, library: ctypes.CDLL, name: str) -> None:
        layout, variant = XKB_NAMES.get(name, (name, ""))
        names = _Names(b"evdev", b"pc105", layout.encode(), variant.encode(), b"")
        self._library = library
        self._keymap = library.xkb_keymap_new_from_names(library.xkb_context_new(0), ctypes.byref(names), 0)
        if not self._keymap:
            raise SystemExit(f"make_keys: libxkbcommon has no layout {layout}({variant}): install xkb-data")
        self._state = library.xkb_state_new(self._keymap)
        self._shift, self._altgr, self._caps, self._num = (
            1 << library.xkb_keymap_mod_get_index(self._keymap, modifier)
            for modifier in (b"Shift", b"Mod5", b"Lock", b"Mod2")
        )

    def level_count(self, keycode: int) -> int:
        """How many levels the key defines itself."""
        return int(self._library.xkb_keymap_num_levels_for_key(self._keymap, keycode, 0))

    def symbol(self, keycode: int, *, shift: bool = False, altgr: bool = False, caps_lock: bool = False) -> str:
        """The keysym's name."""
        self._hold(shift, altgr, caps_lock)
        name = ctypes.create_string_buffer(64)
        self._library.xkb_keysym_get_name(self._library.xkb_state_key_get_one_sym(self._state, keycode), name, 64)
        return name.value.decode()

    def char(self, keycode: int, *, shift: bool = False, altgr: bool = False, caps_lock: bool = False) -> str | None:
        """The character that the key makes."""
        self._hold(shift, altgr, caps_lock)
        point = self._library.xkb_state_key_get_utf32(self._state, keycode)
        return chr(point) if point else None

    def level(self, keycode: int, *, shift: bool, altgr: bool) -> Level:
        """The character, or the dead key's accent in the form of the files."""
        symbol = self.symbol(keycode, shift=shift, altgr=altgr)
        if symbol.startswith("dead_"):
            return {"dead": ACCENTS[symbol.removeprefix("dead_")]}
        return self.char(keycode, shift=shift, altgr=altgr)

    def _hold(self, shift: bool, altgr: bool, caps_lock: bool) -> None:
        held = shift * self._shift | altgr * self._altgr
        self._library.xkb_state_update_mask(self._state, held, 0, caps_lock * self._caps | self._num, 0, 0, 0)


def xkb_keys() -> dict[str, int]:
    """X11 keycode of every code whose text depends on the layout."""
    return {row.code: row.xkb for row in KEYS if row.xkb and row.code not in NAMED_KEY and row.code not in NUMPAD_TEXT}


def build(keyboard: Keyboard) -> Table:
    """The layout's table: code to its levels, without ``None`` at the end."""
    keycode = {row.code: row.xkb for row in KEYS if row.xkb}
    has_altgr = keyboard.symbol(keycode["AltRight"]) == "ISO_Level3_Shift"
    table: Table = {}
    for code, number in xkb_keys().items():
        # Without an AltGr key xkb ignores the modifier, and plain characters would show up on AltGr levels.
        planes = (False, True) if has_altgr or keyboard.level_count(number) > 2 else (False,)
        levels = [keyboard.level(number, shift=shift, altgr=altgr) for altgr in planes for shift in (False, True)]
        while levels and levels[-1] is None:
            levels.pop()
        if levels:
            table[code] = levels
    if keyboard.char(keycode["NumpadDecimal"]) != NUMPAD_TEXT["NumpadDecimal"]:
        table |= {code: [keyboard.char(keycode[code])] for code in ("NumpadDecimal", "NumpadComma")}
    return table


def render(table: Table) -> str:
    """The file's text: one code a line."""
    lines = (f"  {json.dumps(code)}: {json.dumps(levels, ensure_ascii=False)}" for code, levels in table.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def differences(name: str, keyboard: Keyboard) -> list[str]:
    """What the shipped file, or the CapsLock rule on it, says otherwise than libxkbcommon."""
    table, path = build(keyboard), FOLDER / f"{name}.json"
    shipped = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = [
        f"{name} {code}: shipped {shipped.get(code)}, libxkbcommon {table.get(code)}"
        for code in sorted(table.keys() | shipped.keys())
        if shipped.get(code) != table.get(code)
    ]
    return found or caps_lock_differences(name, keyboard)


def caps_lock_differences(name: str, keyboard: Keyboard) -> list[str]:
    """Keys without AltGr whose text under CapsLock differs. U+00B5 is exempt: xkb makes it a Greek capital letter."""
    layout, found = load(name), []
    for code, number in xkb_keys().items():
        for shift in (False, True):
            ours = layout.char(code, shift=shift, caps_lock=True)
            theirs = keyboard.char(number, shift=shift, caps_lock=True)
            if ours != theirs and layout.dead(code, shift=shift) is None and ours != "\u00b5":
                found.append(f"{name} {code} shift={shift} CapsLock: ours {ours}, libxkbcommon {theirs}")
    return found


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Make or verify the keyboard layout files.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the files differ")
    check = parser.parse_args().check
    library = _library()
    if library is None:
        print("make_keys: SKIPPED: libxkbcommon is not installed; nothing was verified or written", file=sys.stderr)
        return 0 if check else 1
    keyboards = {name: Keyboard(library, name) for name in LAYOUT_NAMES}
    if check:
        found = [line for name, keyboard in keyboards.items() for line in differences(name, keyboard)]
        print(*found, f"make_keys: {len(found)} differences in {len(keyboards)} layouts", sep="\n")
        return 1 if found else 0
    FOLDER.mkdir(exist_ok=True)
    for name, keyboard in keyboards.items():
        (FOLDER / f"{name}.json").write_text(render(build(keyboard)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
