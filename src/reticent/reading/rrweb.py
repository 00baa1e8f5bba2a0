"""What happens in one page of an rrweb recording: its fields, its focus, and the events of it.

Source: rrweb ``packages/types`` (event types, incremental sources, mouse interactions) and ``rrweb-snapshot`` (nodes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reticent.events import Blur, Event, FieldKind, Focus, Input, PointerDown, PointerMove, PointerUp
from reticent.reading.fields import field_kind, is_text_field
from reticent.reading.notes import FieldError
from reticent.reading.times import microseconds

__all__ = ["INCREMENTAL", "META", "SNAPSHOT", "RrwebPage"]

SNAPSHOT, INCREMENTAL, META = 2, 3, 4
"""Types of the events that say anything here."""

_SOURCES_MAX = 17
_DOWN, _UP, _FOCUS, _BLUR = frozenset((1, 7)), frozenset((0, 9)), 5, 6
_TOUCH_ACTS, _ACTS_MAX, _TOUCH = frozenset((7, 9)), 10, 2
_SENSITIVE = frozenset(("password", "otp", "card"))
_FIELDS_MAX = 100_000


class RrwebPage:
    """The page that one window shows. A new address is a new page: its nodes are numbered anew.

    >>> page = RrwebPage(None)
    >>> node = {"type": 2, "id": 7, "tagName": "input", "attributes": {"type": "password"}, "childNodes": []}
    >>> page.events(SNAPSHOT, {"node": node}, 0)
    []
    >>> focus, value = page.events(INCREMENTAL, {"source": 5, "id": 7, "text": "secret"}, 5)
    >>> focus.element, focus.field, value.data
    ('0.7', 'password', 'secret')
    """

    def __init__(self, window: str | None) -> None:
        self._window = window
        self._url: str | None = None
        self._number = 0
        self._fields: dict[int, FieldKind | None] = {}
        self._focus: tuple[int, FieldKind] | None = None
        self._sources: dict[int, Callable[[dict[str, Any], int], list[Event]]] = {
            0: self._mutation, 1: self._moves, 2: self._interaction, 5: self._input, 6: self._moves, 12: self._moves,
        }  # fmt: skip

    def events(self, kind: int, data: dict[str, Any], time_us: int) -> list[Event]:
        """Events of a snapshot, a change, or a new address.

        Raises:
            FieldError: it does not fit.
        """
        if kind == SNAPSHOT:
            self._look_at(data.get("node"))
            return []
        if kind == META:
            return self._address(data, time_us)
        source = data.get("source")
        if type(source) is not int or not 0 <= source <= _SOURCES_MAX:
            raise FieldError("data.source: not one that this version knows; the documentation lists them")
        happened = self._sources.get(source)
        return [] if happened is None else happened(data, time_us)

    def _address(self, data: dict[str, Any], time_us: int) -> list[Event]:
        url = data.get("href")
        if not isinstance(url, str):
            raise FieldError("data.href: missing, or not a string")
        if url == self._url:
            return []
        self._url, self._focus = url, None
        self._number += 1
        self._fields.clear()
        return [Focus(time_us=time_us, stream=self._window, url=url)]

    # -- what is on the page ---------------------------------------------------------------------------------------

    def _look_at(self, root: object) -> None:
        """Note the fields among these nodes. Their texts and values are passed over."""
        for node in _nodes(root):
            attributes = node.get("attributes")
            number, tag = node.get("id"), node.get("tagName")
            if isinstance(attributes, dict) and type(number) is int and isinstance(tag, str):
                self._note(number, field_kind(tag, attributes), is_text=is_text_field(tag, attributes))

    def _note(self, number: int, kind: FieldKind, *, is_text: bool = True) -> None:
        known = self._fields.get(number)
        if known in _SENSITIVE or (kind == "unknown" and is_text):
            return
        if len(self._fields) < _FIELDS_MAX or kind in _SENSITIVE:
            self._fields[number] = kind if is_text else None

    def _mutation(self, data: dict[str, Any], time_us: int) -> list[Event]:
        if isinstance(data.get("adds"), str) or isinstance(data.get("attributes"), str):
            raise FieldError("data: compressed; export the recording uncompressed")
        for added in _dicts(data.get("adds")):
            self._look_at(added.get("node"))
        for changed in _dicts(data.get("attributes")):
            number, attributes = changed.get("id"), changed.get("attributes")
            if isinstance(attributes, dict) and type(number) is int:
                kind = field_kind(None, attributes)
                if kind in _SENSITIVE:
                    self._note(number, kind)
        return []

    # -- what happens ----------------------------------------------------------------------------------------------

    def _moves(self, data: dict[str, Any], time_us: int) -> list[Event]:
        device = "touch" if data["source"] == 6 else "0"
        return [
            PointerMove(
                time_us=time_us + microseconds(_number(position, "timeOffset"), "milliseconds", "data.timeOffset"),
                stream=self._window, x=_number(position, "x"), y=_number(position, "y"), device=device,
            )
            for position in _dicts(data.get("positions"))
        ]  # fmt: skip

    def _interaction(self, data: dict[str, Any], time_us: int) -> list[Event]:
        act = data.get("type")
        if type(act) is not int or not 0 <= act <= _ACTS_MAX:
            raise FieldError("data.type: not an interaction that this version knows")
        if act == _FOCUS:
            return self._focus_on(_id(data), time_us)
        if act == _BLUR:
            return self._blur(_id(data), time_us)
        if act not in _DOWN and act not in _UP:
            return []
        kind = PointerDown if act in _DOWN else PointerUp
        device = "touch" if act in _TOUCH_ACTS or data.get("pointerType") == _TOUCH else "0"
        x, y = _number(data, "x"), _number(data, "y")
        return [kind(time_us=time_us, stream=self._window, x=x, y=y, device=device)]

    def _input(self, data: dict[str, Any], time_us: int) -> list[Event]:
        number, text = _id(data), data.get("text")
        if not isinstance(text, str):
            raise FieldError("data.text: missing, or not a string")
        if number in self._fields and self._fields[number] is None:
            return []
        is_masked = text != "" and not text.strip("*")
        if is_masked:
            self._note(number, "password")
        value = Input(
            time_us=time_us, stream=self._window, input_type="autofill", data=None if is_masked else text
        )  # fmt: skip
        return [*self._focus_on(number, time_us), value]

    def _focus_on(self, number: int, time_us: int) -> list[Event]:
        focus = number, self._fields.get(number) or "unknown"
        if focus == self._focus:
            return []
        self._focus = focus
        return [self._place(Focus, number, time_us)]

    def _blur(self, number: int, time_us: int) -> list[Event]:
        if self._focus is not None and self._focus[0] == number:
            self._focus = None
        return [self._place(Blur, number, time_us)]

    def _place(self, kind: type[Focus | Blur], number: int, time_us: int) -> Event:
        element, field = f"{self._number}.{number}", self._fields.get(number) or "unknown"
        return kind(time_us=time_us, stream=self._window, element=element, field=field, url=self._url)


def _nodes(root: object) -> Iterator[Mapping[str, Any]]:
    """A node and all below it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            children = node.get("childNodes")
            waiting += children if isinstance(children, list) else []


def _dicts(items: object) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _id(data: Mapping[str, Any]) -> int:
    number = data.get("id")
    if type(number) is not int:
        raise FieldError("data.id: missing, or not a whole number")
    return number


def _number(data: Mapping[str, Any], name: str) -> int | float:
    number = data.get(name)
    if type(number) is int or type(number) is float:
        return number
    raise FieldError(f"data.{name}: missing, or not a number")
