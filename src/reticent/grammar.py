"""The grammar of an output: what every consumer of a redacted stream may rely on, checked an event at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from reticent.events import EVENT_TYPES, Event, Hit
from reticent.keys.table import CODES, NAMED_KEYS, is_printable_key

__all__ = ["Grammar", "what_may_not_leave"]

_UNTIMED = "header"
_IN_HIT = frozenset(Hit.__struct_fields__)
_NEVER_OUT = frozenset(("tick", "discontinuity", "selectionchange"))
_ORDINALS = ("device", "element", "stream", "target")
_ORDINAL = re.compile(r"0|[1-9][0-9]*")
_URL = re.compile(r"(?:[a-z]+:)?(?://)?[^/?#@:\s]*")
_PATH = re.compile(r"(?:\*/)*\*(?:\.[a-z0-9]+)?")


class Grammar:
    """Remembers of one output, or of the beginning of one, what it takes to judge the next event.

    Every event has a known type and known fields. In each stream times start at 0 and never go back. Per stream, device
    and code (or key, without a code) strokes are ``(down repeat* up)*`` and at most one that is still open at the end.
    Compositions are balanced. Messages name fields and types, never what was typed.

    >>> grammar = Grammar()
    >>> grammar.check({"type": "keydown", "time_us": 0, "code": "KeyA"})
    []
    >>> grammar.check({"type": "keyup", "time_us": 9, "code": "KeyB"})
    ['key goes up that is not down']
    """

    def __init__(self) -> None:
        self._count = 0
        self._last_us: dict[str | None, int] = {}
        self._down: set[tuple[str | None, str, str]] = set()
        self._composing: dict[str | None, int] = {}

    def check(self, event: Mapping[str, Any]) -> list[str]:
        """What is wrong with the next event; most often nothing."""
        found = [*_shape(event)]
        if not found:
            found = [*self._time(event), *self._stroke(event), *self._composition(event)]
        self._count += 1
        return found

    def end(self) -> list[tuple[int, str]]:
        """What is wrong if nothing follows: the index of the event at fault, from 0, and why."""
        return [(index, "composition starts and does not end") for index in self._composing.values()]

    def _time(self, event: Mapping[str, Any]) -> Iterator[str]:
        time_us, stream = event["time_us"], event.get("stream")
        if event["type"] == _UNTIMED:
            return
        last_us = self._last_us.get(stream)
        if last_us is None and time_us != 0:
            yield f"the first time is {time_us} us, not 0"
        if last_us is not None and time_us < last_us:
            yield f"time goes back by {last_us - time_us} us"
        self._last_us[stream] = time_us

    def _stroke(self, event: Mapping[str, Any]) -> Iterator[str]:
        kind, repeat = event.get("type"), bool(event.get("repeat"))
        if kind not in ("keydown", "keyup"):
            return
        key = (event.get("stream"), str(event.get("device", "0")), str(event.get("code") or event.get("key")))
        if kind == "keyup":
            if key not in self._down:
                yield "key goes up that is not down"
            self._down.discard(key)
            return
        if key in self._down and not repeat:
            yield "key goes down that is down and does not repeat"
        elif repeat and key not in self._down:
            yield "key repeats that is not down"
        self._down.add(key)

    def _composition(self, event: Mapping[str, Any]) -> Iterator[str]:
        kind, stream = event.get("type"), event.get("stream")
        if kind == "compositionstart":
            if stream in self._composing:
                yield "composition starts inside a composition"
            self._composing[stream] = self._count
        elif kind in ("compositionupdate", "compositionend"):
            if stream not in self._composing:
                yield "composition goes on that has not started"
            if kind == "compositionend":
                self._composing.pop(stream, None)


def what_may_not_leave(event: Mapping[str, Any]) -> list[str]:
    """What no policy lets out: names where ordinals belong, fields and types that are for the device only.

    >>> what_may_not_leave({"type": "redacted", "time_us": 0, "category": "credential", "target": "login"})
    ['target: not an ordinal']
    """
    kind = event.get("type")
    if kind in _NEVER_OUT:
        return ["type: never part of an output"]
    found = [f"{name}: not an ordinal" for name in _ORDINALS if not _is(event.get(name), _ORDINAL.fullmatch)]
    check = _OF_TYPE.get(str(kind))
    return found if check is None else found + list(check(event))


def _is(value: object, rule: Callable[[str], object]) -> bool:
    """Whether a text that is there obeys a rule; of what is no text the shape is the matter, not this."""
    return not isinstance(value, str) or bool(rule(value))


def _of_key(event: Mapping[str, Any]) -> Iterator[str]:
    if not _is(event.get("code"), CODES.__contains__):
        yield "code: not a W3C code"
    if not _is(event.get("key"), lambda key: len(key) == 1 or key in NAMED_KEYS or is_printable_key(key)):
        yield "key: neither a character nor a W3C key value"


def _of_state(event: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(event.keys() - {"type", "time_us", "stream", "layout"}):
        if name in EVENT_TYPES["state"].__struct_fields__:
            yield f"{name}: stays on the device"


def _of_frame(event: Mapping[str, Any]) -> Iterator[str]:
    if event.get("id") is not None:
        yield "id: stays on the device"
    if event.get("index") is None:
        yield "index: missing"


def _of_place(event: Mapping[str, Any]) -> Iterator[str]:
    if not _is(event.get("url"), _URL.fullmatch):
        yield "url: more than a scheme and a domain"


def _of_label(event: Mapping[str, Any]) -> Iterator[str]:
    kind, value = event.get("kind"), event.get("value")
    if kind == "url" and not _is(value, _URL.fullmatch):
        yield "value: more than a scheme and a domain"
    if kind == "path" and not _is(value, _PATH.fullmatch):
        yield "value: more than depth and extension of a path"


def _of_button(event: Mapping[str, Any]) -> Iterator[str]:
    hit = event.get("hit")
    if isinstance(hit, Mapping) and hit.get("label") is not None:
        yield "hit.label: stays on the device"


_OF_TYPE: dict[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "keydown": _of_key, "keyup": _of_key, "state": _of_state, "frame": _of_frame, "focus": _of_place, "blur": _of_place,
    "label": _of_label, "pointerdown": _of_button, "pointerup": _of_button,
}  # fmt: skip


def _shape(event: Mapping[str, Any]) -> Iterator[str]:
    try:
        msgspec.convert(event, Event)
    except msgspec.ValidationError:
        yield "not an event of the native format: unknown type or field, or a value of the wrong kind"
    hit = event.get("hit")
    if isinstance(hit, Mapping) and not hit.keys() <= _IN_HIT:
        yield "unknown field in `hit`"
