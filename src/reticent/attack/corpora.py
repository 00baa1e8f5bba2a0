"""Public corpora of keystrokes and mice as native events, a session at a time. None of them is shipped.

They are looked for below the folder that the environment variable ``RETICENT_DATA`` names. Where each comes from, and
its terms, stand at its function; most are for research only.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from reticent.attack.model import DataMissing, Session
from reticent.events import Button, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.keys.keycode import KEYCODES

__all__ = ["aalto", "balabit", "cmu", "data_folder", "monaco", "sapimouse"]

_PLAIN_CODES = {16: "ShiftLeft", 17: "ControlLeft", 18: "AltLeft", 224: "MetaLeft", 225: "AltRight"}
_BUTTONS: dict[str, Button] = {"Left": "left", "Right": "right", "Middle": "middle", "XButton": "back"}
_MONACO_NAMES = {
    "space": ("Space", " "), "shift": ("ShiftLeft", "Shift"), "enter": ("Enter", "Enter"), "period": ("Period", "."),
    "backspace": ("Backspace", "Backspace"), "comma": ("Comma", ","), "quote": ("Quote", "'"), "slash": ("Slash", "/"),
    "caps_lock": ("CapsLock", "CapsLock"), "left": ("ArrowLeft", "ArrowLeft"), "right": ("ArrowRight", "ArrowRight"),
    "up": ("ArrowUp", "ArrowUp"), "down": ("ArrowDown", "ArrowDown"), "dash": ("Minus", "-"), "end": ("End", "End"),
    "semicolon": ("Semicolon", ";"), "delete": ("Delete", "Delete"), "home": ("Home", "Home"),
}  # fmt: skip
_ARTEFACT_PX = 65_535

Columns: TypeAlias = dict[str, Any]
"""Arrays of numpy, by the name of the column."""


def data_folder() -> Path:
    """The folder that ``RETICENT_DATA`` names.

    Raises:
        DataMissing: it names none.
    """
    folder = os.environ.get("RETICENT_DATA")
    if not folder or not Path(folder).is_dir():
        raise DataMissing("RETICENT_DATA: name the folder that holds the corpora; see docs on the attack report")
    return Path(folder)


def aalto(users: int | None = None) -> Iterator[Session]:
    """People of the Aalto "136M keystrokes" study, 15 prompted sentences each, a session a sentence.

    Free for non-commercial research with attribution (Dhakal et al., CHI 2018).

    Args:
        users: how many people, the first by number; None: all of the subset.
    """
    table, seen = _read("keystroke/aalto136m_subset.parquet"), set()
    for user, name, rows in _sessions(table, "participant", "section"):
        seen.add(user)
        if users is not None and len(seen) > users:
            return
        keys = [_browser_key(*pair) for pair in zip(rows["keycode"].tolist(), rows["letter"])]
        yield Session(user, name, _key_events(keys, rows["press_ms"], rows["release_ms"]))


def monaco(name: str = "keypad") -> Iterator[Session]:
    """Sets of Monaco and Tappert (POHMM, 2018): ``keypad`` and ``mobile`` (a number), ``fixed_text``, ``free_text``."""
    table = _read(f"keystroke/monaco_{name}.parquet")
    for user, session, rows in _sessions(table, "user", "session"):
        keys = [_monaco_key(key) for key in rows["keyname"]]
        yield Session(user, session, _key_events(keys, rows["timepress"], rows["timerelease"]))


def cmu(path: Path | None = None) -> Iterator[Session]:
    """Your copy of ``DSL-StrongPasswordData.csv`` (Killourhy and Maxion, 2009): 51 people, 400 entries of a password.

    The file is for research; it is looked for in the folder ``keystroke`` of the data unless a path is given.

    Raises:
        DataMissing: there is none, or it is another file.
    """
    path = data_folder() / "keystroke" / "DSL-StrongPasswordData.csv" if path is None else path
    try:
        with path.open(newline="", encoding="ascii") as stream:
            rows = list(csv.DictReader(stream))
    except OSError:
        raise DataMissing(f"{path.name}: not among the data; its authors offer it for research") from None
    for at, row in enumerate(rows):
        try:
            yield Session(row["subject"], f"{at:06}", _cmu_events(row))
        except (KeyError, TypeError, ValueError):
            raise DataMissing(f"{path.name}: row {at + 1} is not of the published file") from None


def sapimouse() -> Iterator[Session]:
    """SapiMouse (Antal, Fejer, Buza, 2021): 3 minutes (``enrol``) and 1 minute (``probe``) of a game for each person.

    To be cited. Of people recorded twice only the first pair is taken.
    """
    parts = {"session_3min": "enrol", "session_1min": "probe"}
    for user, name, rows in _sessions(_read("mouse/sapimouse.parquet"), "user", "session"):
        if name in parts:
            yield Session(user, parts[name], _pointer_events(rows))


def balabit(test: bool = True) -> Iterator[Session]:
    """Balabit mouse challenge (Fülöp et al., 2016): 10 people over RDP; training sessions and public legal test ones.

    To be cited, for research. Session names begin with ``enrol`` or ``probe``.

    Args:
        test: also yield the probes.
    """
    legal = _legal_sessions()
    for user, name, rows in _sessions(_read("mouse/balabit.parquet"), "user", "session"):
        enrols = rows["split"][0] == "train"
        if enrols or (test and name in legal):
            on_screen = (rows["x"] < _ARTEFACT_PX) & (rows["y"] < _ARTEFACT_PX)
            events = _pointer_events({column: values[on_screen] for column, values in rows.items()})
            yield Session(user, ("enrol " if enrols else "probe ") + name, events)


def _legal_sessions() -> frozenset[str]:
    """Names of the test sessions of which it is known that their owner made them."""
    path = data_folder() / "mouse" / "balabit_public_labels.csv"
    try:
        with path.open(newline="", encoding="ascii") as stream:
            return frozenset(row["filename"] for row in csv.DictReader(stream) if row["is_illegal"] == "0")
    except OSError:
        raise DataMissing(f"{path.name}: not in the folder that RETICENT_DATA names") from None


def _read(name: str) -> Columns:
    path = data_folder() / name
    if not path.is_file():
        raise DataMissing(f"{name}: not in the folder that RETICENT_DATA names")
    try:
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise DataMissing("pyarrow is not installed: pip install 'reticent[attack]'") from None
    table = parquet.read_table(path)
    return {column: table[column].to_numpy() for column in table.column_names}


def _sessions(table: Columns, user: str, session: str) -> Iterator[tuple[str, str, Columns]]:
    """Person, session and rows of each run of rows of one session; a run without rows there is none."""
    import numpy as np

    whose, which = table[user], table[session]
    changes = np.flatnonzero((whose[1:] != whose[:-1]) | (which[1:] != which[:-1])) + 1
    for start, stop in pairwise([0, *changes.tolist(), len(whose)]):
        yield str(whose[start]), str(which[start]), {column: rows[start:stop] for column, rows in table.items()}


def _browser_key(number: int, letter: str | None) -> tuple[str | None, str | None]:
    key, code = KEYCODES.get(number, (None, f"Unknown{number}"))
    if code is None:
        code = f"Key{chr(number)}" if 65 <= number <= 90 else _PLAIN_CODES.get(number, key)
    return code, letter if letter and len(letter) == 1 and letter.isprintable() else key


def _monaco_key(name: str) -> tuple[str | None, str | None]:
    if name in _MONACO_NAMES:
        return _MONACO_NAMES[name]
    if name.startswith("numpad_"):
        return f"Numpad{name[7:].capitalize()}", name[7:] if len(name) == 8 else None
    if len(name) == 1:
        return (f"Digit{name}" if name.isdigit() else f"Key{name.upper()}"), name
    return name, None


def _key_events(keys: list[tuple[str | None, str | None]], press_ms: Any, release_ms: Any) -> list[Event]:
    """Presses and releases in order. A key is up again, at the latest, when it is pressed again."""
    import numpy as np

    order = np.argsort(press_ms, kind="stable").tolist()
    presses, releases = press_ms.tolist(), release_ms.tolist()
    timed: list[tuple[int, int, Callable[..., Event], tuple[str | None, str | None]]] = []
    next_press: dict[str | None, int] = {}
    for place in range(len(order) - 1, -1, -1):
        at = order[place]
        key, press = keys[at], presses[at]
        release = min(max(releases[at], press), next_press.get(key[0], 1 << 60))
        next_press[key[0]] = press
        timed += [(press, 2 * place, KeyDown, key), (release, 2 * place + 1, KeyUp, key)]
    timed.sort(key=lambda row: row[:2])
    start = timed[0][0] if timed else 0
    return [kind(time_us=(ms - start) * 1000, code=key[0], key=key[1]) for ms, _, kind, key in timed]


def _cmu_events(row: dict[str, str]) -> list[Event]:
    names = [name[2:] for name in row if name.startswith("H.")]
    timed: list[tuple[int, int, Callable[..., Event], str]] = []
    press = 0
    for at, name in enumerate(names):
        timed += [
            (press, 2 * at, KeyDown, name), (press + round(float(row[f"H.{name}"]) * 1e6), 2 * at + 1, KeyUp, name)
        ]  # fmt: skip
        if at + 1 < len(names):
            press += round(float(row[f"DD.{name}.{names[at + 1]}"]) * 1e6)
    timed.sort(key=lambda entry: entry[:2])
    return [kind(time_us=us, code=name) for us, _, kind, name in timed]


def _pointer_events(rows: Columns) -> list[Event]:
    """Events in the order of time. A clock that goes back stands still."""
    import numpy as np

    if not len(rows["t_ms"]):
        return []
    times = np.maximum.accumulate(rows["t_ms"])
    table = ((times - times[0]) * 1000, rows["x"], rows["y"], rows["state"], rows["button"])
    found = (_pointer_event(*row) for row in zip(*(column.tolist() for column in table)))
    return [event for event in found if event is not None]


def _pointer_event(time_us: int, x: int, y: int, state: str, button: str) -> Event | None:
    if state in {"Move", "Drag"}:
        return PointerMove(time_us=time_us, x=x, y=y)
    if button in _BUTTONS and state in {"Pressed", "Released"}:
        kind = PointerDown if state == "Pressed" else PointerUp
        return kind(time_us=time_us, x=x, y=y, button=_BUTTONS[button])
    if state in {"Up", "Down"}:
        return Wheel(time_us=time_us, x=x, y=y, delta_y=120 if state == "Down" else -120)
    return None
