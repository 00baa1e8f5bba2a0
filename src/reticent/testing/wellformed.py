"""The grammar of an output: what every consumer of a redacted stream may rely on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from reticent.events import EVENT_TYPES, Event, Hit

__all__ = ["problems"]

_Key = tuple[str | None, str, str]
_UNTIMED = "header"


def problems(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with an output, one line each; empty when it is well-formed.

    Every event has a known type and known fields. Times start at 0 and never go back. Per stream, device and code
    (or key, without a code) strokes are ``(down repeat* up)*`` and at most one that is still open at the end.
    Compositions are balanced. Messages name places and types, never what was typed.

    >>> problems([{"type": "keydown", "time_us": 0, "code": "KeyA"}, {"type": "keyup", "time_us": 9, "code": "KeyA"}])
    []
    >>> problems([{"type": "keyup", "time_us": 7, "code": "KeyA"}])
    ['event 0 (keyup): the first time is 7 us, not 0', 'event 0 (keyup): key goes up that is not down']
    """
    found = [
        *_shape_problems(events),
        *_time_problems(events),
        *_stroke_problems(events),
        *_composition_problems(events),
    ]
    return [
        f"event {index} ({_type(events[index])}): {text}" for index, text in sorted(found, key=lambda pair: pair[0])
    ]


def _type(event: Mapping[str, Any]) -> str:
    return str(event.get("type")) if event.get("type") in EVENT_TYPES else "unknown type"


def _shape_problems(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    known_in_hit = set(Hit.__struct_fields__)
    for index, event in enumerate(events):
        try:
            msgspec.convert(event, Event)
        except msgspec.ValidationError:
            yield index, "not an event of the native format: unknown type or field, or a value of the wrong kind"
        hit = event.get("hit")
        if isinstance(hit, Mapping) and not hit.keys() <= known_in_hit:
            yield index, "unknown field in `hit`"


def _time_problems(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    last: int | None = None
    for index, event in enumerate(events):
        time_us = event.get("time_us")
        if event.get("type") == _UNTIMED or not isinstance(time_us, int):
            continue
        if last is None and time_us != 0:
            yield index, f"the first time is {time_us} us, not 0"
        if last is not None and time_us < last:
            yield index, f"time goes back by {last - time_us} us"
        last = time_us


def _stroke_problems(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    down: set[_Key] = set()
    for index, event in enumerate(events):
        kind, repeat = event.get("type"), bool(event.get("repeat"))
        key = (event.get("stream"), str(event.get("device", "0")), str(event.get("code") or event.get("key")))
        if kind == "keydown" and key in down and not repeat:
            yield index, "key goes down that is down and does not repeat"
        elif kind == "keydown" and repeat and key not in down:
            yield index, "key repeats that is not down"
        elif kind == "keyup" and key not in down:
            yield index, "key goes up that is not down"
        if kind == "keydown":
            down.add(key)
        elif kind == "keyup":
            down.discard(key)


def _composition_problems(events: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    started: dict[str | None, int] = {}
    for index, event in enumerate(events):
        kind, stream = event.get("type"), event.get("stream")
        if kind == "compositionstart":
            if stream in started:
                yield index, "composition starts inside a composition"
            started[stream] = index
        elif kind in ("compositionupdate", "compositionend"):
            if stream not in started:
                yield index, "composition goes on that has not started"
            if kind == "compositionend":
                started.pop(stream, None)
    for index in started.values():
        yield index, "composition starts and does not end"
