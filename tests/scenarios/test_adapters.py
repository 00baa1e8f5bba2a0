"""Every scenario passes through every format that can express it, and comes back from it as it was."""

from __future__ import annotations

import importlib
import io
import itertools
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from reticent.events import Event, Focus, Input, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Tick, Wheel
from reticent.formats import native
from reticent.recordings import open_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats import written_formats
from reticent.testing.run import DEFAULT_CONFIG, filter_events
from reticent.testing.scenarios import Scenario, load_scenarios
from reticent.testing.wellformed import problems

Events = list[Event]

_FOLDER = Path(__file__).parent
SCENARIOS = load_scenarios(_FOLDER / "scenarios.jsonl") + load_scenarios(_FOLDER / "more.jsonl")

# --- What a recorder that sees less would have recorded of the same scene; None where that would be another scene.

_PLAIN = ("text", "unknown")
_PAUSE_US = 1_000_000
_VALUES_MAX = 10_000


def tidy(events: Events) -> Events | None:
    """Without ticks, places where nothing was done, and the name of the only keyboard."""
    told = [event for event in events if not isinstance(event, Tick)]
    told = [
        event for event, following in itertools.zip_longest(told, told[1:])
        if not (isinstance(event, Focus) and isinstance(following, Focus))
    ]  # fmt: skip
    keyboards = {event.device for event in told if isinstance(event, (KeyDown, KeyUp))}
    if len(keyboards) > 1:
        return told
    return [replace(event, device="0") if isinstance(event, (KeyDown, KeyUp)) else event for event in told]


def page(events: Events) -> Events | None:
    """A browser knows no applications."""
    return [_moved(event, app=None, window=_window(event)) for event in events]


def windows(events: Events) -> Events | None:
    """Only titles of windows, where no window has several fields, nor one that matters."""
    if any(isinstance(event, Focus) and (event.element != "0" or event.field not in _PLAIN) for event in events):
        return None
    return [_moved(event, app=None, window=_window(event), element=None, field="unknown") for event in events]


def nowhere(events: Events) -> Events | None:
    """No place at all, where there is one that does not matter."""
    focused = [event for event in events if isinstance(event, Focus)]
    if any(event.field not in _PLAIN for event in focused) or len(focused) > 1:
        return None
    return [event for event in events if not isinstance(event, Focus)]


def terminal(events: Events) -> Events | None:
    """One terminal, where there is one place."""
    focused = [event for event in events if isinstance(event, Focus)]
    if len(focused) > 1 or any(event.field not in (*_PLAIN, "terminal") for event in focused):
        return None
    return [_moved(event, app=None, window=_window(event), element=None, field="terminal") for event in events]


def texts(events: Events) -> Events | None:
    """What was typed, without keys, a word or line end at a time, as far as it was typed from left to right."""
    found: Events = []
    for event in events:
        if not isinstance(event, (KeyDown, KeyUp)):
            found.append(event)
        elif (char := _typed(event)) is None:
            return None
        elif isinstance(event, KeyDown) and char:
            last = found[-1] if found else None
            if isinstance(last, Input) and last.data and _is_one_word(last, event.time_us, char):
                found[-1] = replace(last, data=last.data + char)
            else:
                found.append(Input(time_us=event.time_us, input_type="insertText", data=char))
    return found


def _is_one_word(last: Input, time_us: int, char: str) -> bool:
    return (
        not f"{last.data}{char}".endswith((" ", "\n"))
        and (last.data or "")[-1] not in " \n"
        and (time_us - last.time_us < _PAUSE_US)
    )


def values(events: Events) -> Events | None:
    """The whole value of a field after each word, on one page; not of long texts, of which there would be too much."""
    url = "https://site.test"
    found: Events = [Focus(time_us=0, url=url)]
    names: dict[tuple[str | None, ...], str] = {}
    held: dict[str, str] = defaultdict(str)
    for event in texts(events) or ():
        if isinstance(event, Focus):
            name = names.setdefault((event.app, event.window, event.element), f"1.{len(names) + 7}")
            found.append(Focus(time_us=event.time_us, element=name, field=event.field, url=url))
        elif isinstance(event, Input) and event.input_type == "insertText" and names:
            held[name] += event.data or ""
            found.append(Input(time_us=event.time_us, input_type="autofill", data=held[name]))
        else:
            found.append(event)
    size = sum(len(event.data or "") for event in found if isinstance(event, Input))
    return found if names and size < _VALUES_MAX else None


def _typed(event: KeyDown | KeyUp) -> str | None:
    """What a key adds at the end of a text; None where it does something else."""
    if event.key in ("Shift", "CapsLock"):
        return ""
    if event.key == "Enter":
        return "\n"
    plain = len(event.key or "") == 1 and event.modifiers in ((), ("Shift",)) and not event.composing
    return event.key if plain else None


def _moved(event: Event, **place: Any) -> Event:
    return replace(event, **place) if isinstance(event, Focus) else event


def _window(event: Event) -> str:
    return f"{event.window} - {event.app}" if isinstance(event, Focus) else ""


FORMS: tuple[Callable[[Events], Events | None], ...] = (list, page, windows, terminal, nowhere, texts, values)
"""The first that a format can express is written."""

NAMELESS = (page, windows, terminal, nowhere, values)
"""They leave out which application it was."""

# --- What is run, and what comes of it.

FLOORS = {
    "aalto": 95, "asciicast": 100, "ducktrack": 100, "evemu": 105, "evtest": 105, "getevent": 105, "idfx": 105,
    "libinput-record": 105, "macos-tap": 105, "napsack": 100, "native": 210, "openadapt": 100, "openadapt-db": 105,
    "pynput": 105, "rrweb": 75, "screenpipe": 70, "w3c": 160, "windows-hook": 105, "xinput": 105,
}  # fmt: skip
"""How many scenarios each format runs at least."""


class Format(NamedTuple):
    """An adapter and its writer."""

    name: str
    can_write: Callable[[Events], bool]
    write: Callable[[Events], bytes]


@cache
def format_of(name: str) -> Format:
    """The format of a name."""
    if name == "native":
        return Format(name, lambda _: True, native.encode)
    module: Any = importlib.import_module(f"reticent.testing.formats.{name.replace('-', '_')}")
    return Format(name, module.can_write, module.write)


@cache
def forms_of(number: int) -> list[tuple[Callable[[Events], Events | None], Events]]:
    """A scenario as it is, and as each kind of recorder would have it."""
    scenario = SCENARIOS[number]
    events = msgspec.convert(expand(scenario.script, scenario.config).events, Events)
    denied = {*DEFAULT_CONFIG["deny_apps"], *scenario.config.get("deny_apps", ())}
    is_denied = any(isinstance(event, Focus) and (event.app or "").casefold() in denied for event in events)
    made = [(form, form(tidy(events))) for form in FORMS if not (is_denied and form in NAMELESS)]
    return [(list, events), *((form, events) for form, events in made if events is not None)]


def written_by(format_: Format) -> Iterator[tuple[Scenario, Callable[[Events], Events | None], Events]]:
    """Scenarios that the format can express, and the form of each that it writes."""
    for number, scenario in enumerate(SCENARIOS):
        found = ((form, events) for form, events in forms_of(number) if format_.can_write(events))
        for form, events in itertools.islice(found, 1):
            yield scenario, form, events


_JUDGED: dict[bytes, list[str]] = {}


def faults(scenario: Scenario, events: Events, *, keeps: bool) -> list[str]:
    """What of these events leaks or is lost; the same are not judged twice, whatever the only keyboard is called."""
    devices = {event.device for event in events if isinstance(event, (KeyDown, KeyUp))}
    records = [msgspec.to_builtins(event) for event in events]
    if len(devices) == 1:
        records = [{name: record[name] for name in record if name != "device"} for record in records]
    name = msgspec.json.encode((scenario.id, keeps, records)).replace(b',"injected":false', b"")
    if name not in _JUDGED:
        out = filter_events(records, scenario.config, end=str(scenario.expect.get("end", "flush")))
        allowed = scenario.expect.get("declared_limit", ())
        leaks = find_leaks(out, [secret for secret in scenario.must_not_leak if secret not in allowed])
        lost = [f"lost: {text!r}" for text in find_missing(out, scenario.must_keep if keeps else [])]
        _JUDGED[name] = [*sorted({f"leak: {text!r}" for text, _ in leaks}), *lost, *problems(out)]
    return _JUDGED[name]


def read_back(name: str, data: bytes) -> Events:
    """Events of a recording of which the content tells the format."""
    found, batches = open_format(io.BytesIO(data))
    assert found == name
    return [event for batch in batches for event in batch]


@pytest.mark.parametrize("name", ["native", *written_formats()])
def test_every_scenario_passes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In every format that can express it: all of it comes back, nothing leaks, nothing that must stay is lost."""
    changed, failed, count = [], {}, 0
    for scenario, form, events in written_by(format_of(name)):
        found = read_back(name, format_of(name).write(events))
        count += 1
        if what := list(differences(events, found, is_terminal=name == "asciicast")):
            changed.append((scenario.id, what[0]))
        if what := faults(scenario, found, keeps=form is not values):
            failed[scenario.id] = what
    with capsys.disabled():
        sys.stdout.write(f"[{name}: {count} of {len(SCENARIOS)} scenarios]")
    assert changed == []
    assert failed == {}
    assert count >= FLOORS.get(name, 1)


def differences(events: Events, found: Events, *, is_terminal: bool) -> Iterator[str]:
    """What is told otherwise, by the place and time of an event; moves of the pointer and times of releases are free.

    A terminal tells no modifier keys, and releases at once.
    """
    said, heard = (list(in_place(part, is_terminal=is_terminal)) for part in (events, found))
    if len(said) != len(heard) or (not is_terminal and ups(events) != ups(found)):
        yield f"{len(said)} events with {ups(events)} releases became {len(heard)} with {ups(found)}"
    for (place, event), (place_found, event_found) in zip(said, heard, strict=False):
        if place != place_found or not agrees(event, event_found):
            yield f"{type(event).__name__} at {event.time_us}"


def in_place(events: Events, *, is_terminal: bool) -> Iterator[tuple[tuple[Any, ...], Event]]:
    """Events, each with the place where it happened."""
    place: tuple[Any, ...] = ()
    for event in events:
        if isinstance(event, Focus):
            place = event.app, event.window, event.element, event.field, event.url
        elif not isinstance(event, (KeyUp, PointerMove)) and not (is_terminal and _is_modifier(event)):
            yield place, event


def _is_modifier(event: Event) -> bool:
    return isinstance(event, KeyDown) and event.key in ("Shift", "Control", "Alt", "AltGraph")


def ups(events: Events) -> int:
    """How many keys go up."""
    return sum(isinstance(event, KeyUp) for event in events)


def agrees(event: Event, found: Event) -> bool:
    """Whether ``found`` says what ``event`` says, or less where the rest is told by the layout or by other keys."""
    if not isinstance(event, KeyDown) or not isinstance(found, KeyDown):
        return replace(event, **_ANY_DEVICE.get(type(event), {})) == replace(found, **_ANY_DEVICE.get(type(found), {}))
    has_key = found.key in (event.key, None) and (found.code, found.key) != (None, None)
    is_same = event.code is not None and found.code == event.code
    less = found.repeat <= event.repeat and set(found.modifiers) <= set(event.modifiers)
    rest = all(getattr(found, name) == getattr(event, name) for name in ("time_us", "composing", "text", "dead"))
    return (
        (is_same or (has_key and found.code is None)) and less and rest and (found.injected or None) == event.injected
    )


_ANY_DEVICE: dict[type, dict[str, str]] = {
    kind: {"device": "0"} for kind in (PointerDown, PointerUp, Wheel)
}  # fmt: skip
