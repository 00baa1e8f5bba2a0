"""Inputlog IDFX: logs of writing studies, made on Windows or by the browser version of Inputlog.

XML in UTF-16 or UTF-8. Times are milliseconds on a clock of the log; an ``endTime`` of 0 means that no release was
seen. Keys come by the name of their virtual key, with the character they made in ``value``: named keys have key and
code, characters only the key, since the place of a key is not told. A letter without a character (a shortcut) is told
by its name, in small. ``movement`` of the mouse ends where and when it says. How far a wheel turned is not told:
``scroll`` is dropped.

``replacement`` is text that took the place of a selection, just after the key that did it: it becomes a deletion of
unknown extent, and the text too when it is more than that key made (a correction by the program). ``insert`` is text
that appeared without keys: a paste. Both have no time of their own, and get that of the event before. Positions,
document lengths and questionnaires are dropped, and so are the names of people and files in the head.

With ``Restricted Logging`` what happened outside of the document is not in the log: after each change of focus the
place of the caret counts as unknown.

Sources: InputlogHub/InputlogHTML (copy task and corpus), kkwalking/InputlogParser (mouse), mulasik/wta (replacements).
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator

from reticent.events import (
    Button,
    Discontinuity,
    Event,
    Focus,
    Input,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    PointerUp,
)
from reticent.keys.keycode import KEYCODES
from reticent.keys.table import NAMED_KEYS
from reticent.keys.virtual_key import VK_NAMES
from reticent.reading.elements import CONTROL_PICTURES, Element, decoded_start, read_elements
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource
from reticent.reading.notes import FieldError, Notes
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_START = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*<log>\s*(?:<meta>\s*<entry>\s*<key>__|<session>\s*<entry>|<event\s)")
_TIME = re.compile(r"\d{1,15}(\.\d{1,9})?")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
_BUTTONS: dict[str, Button] = {
    "LEFT": "left", "MIDDLE": "middle", "RIGHT": "right", "XBUTTON1": "back", "XBUTTON2": "forward",
}  # fmt: skip
_FIELDS = frozenset(
    """
    startTime endTime key value keyboardstate x y type button title position documentLength replay start end newtext
    before after
    """.split()
)
_UNRESTRICTED = frozenset(("", "false", "no", "none", "off", "0"))
_VALUE_MAX = 16
_WAITING_MAX = 256


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a log, a list at a time; memory does not grow with its length. Lines in ``notes`` count events.

    Raises:
        FormatError: a document type, another root, or the stream gives text instead of bytes.

    >>> import io
    >>> log = b'''<log><event type="keyboard" id="1"><part type="winlog"><startTime>1200</startTime>
    ... <endTime>1290</endTime><key>VK_H</key><value>h</value></part></event></log>'''
    >>> [[(event.key, event.time_us) for event in batch] for batch in read(io.BytesIO(log))]
    [[('h', 1200000)], [('h', 1290000)]]
    """
    notes = Notes() if notes is None else notes
    log = _Log(notes)
    try:
        for elements in read_elements(stream, "log", chunk_bytes, max_line_bytes):
            events = [event for element in elements for event in log.element(element)]
            notes.lines += len(events)
            if events:
                yield events
    except FieldError as reason:
        log.lose()
        notes.refuse(log.number, str(reason))
    events = log.end()
    notes.lines += len(events)
    if events:
        yield events


def recognises(head: Head) -> bool:
    """Whether the beginning looks like this format; its lines may be few or many.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads('<log><event type="focus" id="0">'.encode("utf-16"))))
    True
    """
    start = head.data[:4096].lstrip(b"\xef\xbb\xbf \r\n")[:2]
    return start[:1] in (b"<", b"\xff", b"\xfe", b"\0") and _START.match(decoded_start(head.data[:4096])) is not None


class _Log:
    """Reads the events of one log; releases wait for the events before them."""

    def __init__(self, notes: Notes) -> None:
        self.number = 0
        self._notes = notes
        self._time_us = 0
        self._restricted = False
        self._typed: str | None = None
        self._held: dict[tuple[str | None, str | None], int] = {}
        self._waiting: list[tuple[int, int, Event]] = []
        self._kinds: dict[str, Callable[[dict[str, str]], list[Event]]] = {
            "keyboard": self._keyboard, "mouse": self._mouse, "focus": self._focus,
            "replacement": self._replacement, "insert": self._insert, "questions": lambda _: [],
        }  # fmt: skip

    def element(self, element: Element | None) -> list[Event]:
        """Events of a child of the root."""
        if element is not None and element.name != "event":
            if element.name == "session":
                self._restricted = _restricted(element)
            return []
        self.number += 1
        try:
            found = self._found(element)
        except FieldError as reason:
            self._notes.refuse(self.number, str(reason))
            found = [Discontinuity(time_us=self._time_us)]
        events: list[Event] = []
        for event in found:
            events += [*self._until(event.time_us), event]
            self._time_us = max(self._time_us, event.time_us)
        return events

    def lose(self) -> None:
        """The rest of the log cannot be read."""
        self.number += 1
        self._wait(Discontinuity(time_us=self._time_us))

    def end(self) -> list[Event]:
        """Releases that were waiting."""
        return [heapq.heappop(self._waiting)[2] for _ in range(len(self._waiting))]

    def _until(self, time_us: int) -> list[Event]:
        done = []
        now = time_us, self.number
        while self._waiting and (self._waiting[0][:2] < now or len(self._waiting) > _WAITING_MAX):
            done.append(heapq.heappop(self._waiting)[2])
        return done

    def _wait(self, event: Event) -> None:
        heapq.heappush(self._waiting, (event.time_us, self.number, event))

    def _found(self, element: Element | None) -> list[Event]:
        if element is None:
            raise FieldError("longer than an event may be")
        kind = self._kinds.get(element.attributes.get("type", ""))
        if kind is None:
            self._notes.unknown_type(element.attributes.get("type", ""))
            raise FieldError("type: not one this version knows; the documentation lists them")
        fields = {field.name: field.text for part in element.children for field in part.children}
        for name in fields.keys() - _FIELDS if element.attributes["type"] != "questions" else ():
            self._notes.unknown_field(name)
        return kind(fields)

    def _keyboard(self, fields: dict[str, str]) -> list[Event]:
        start_us, end_us = _times_us(fields)
        key, code = _key(fields.get("key", ""), fields.get("value", ""))
        held_us = self._held.pop((key, code), start_us)
        repeat = start_us < held_us
        self._typed = key
        if end_us is not None:
            if len(self._held) >= _WAITING_MAX:
                self._held.clear()
            self._wait(KeyUp(time_us=end_us, key=key, code=code))
        if repeat or end_us is not None:
            self._held[key, code] = max(held_us, end_us or held_us)
        return [KeyDown(time_us=start_us, key=key, code=code, repeat=repeat)]

    def _mouse(self, fields: dict[str, str]) -> list[Event]:
        kind = fields.get("type", "").strip().lower()
        if kind in ("scroll", "wheel"):
            return []
        start_us, end_us = _times_us(fields)
        x, y = _number(fields, "x"), _number(fields, "y")
        if kind == "movement":
            return [PointerMove(time_us=start_us if end_us is None else end_us, x=x, y=y)]
        button = _BUTTONS.get(fields.get("button", "").strip().upper())
        if kind != "click" or button is None:
            raise FieldError("type, button: must be movement, click with a button, or scroll")
        if end_us is not None:
            self._wait(PointerUp(time_us=end_us, x=x, y=y, button=button))
        return [PointerDown(time_us=start_us, x=x, y=y, button=button)]

    def _focus(self, fields: dict[str, str]) -> list[Event]:
        time_us, _ = _times_us(fields)
        focus = Focus(time_us=time_us, window=fields.get("title"))
        return [focus, Discontinuity(time_us=time_us)] if self._restricted else [focus]

    def _replacement(self, fields: dict[str, str]) -> list[Event]:
        deletion: list[Event] = [Input(time_us=self._time_us, input_type="deleteContent")]
        text = fields.get("newtext", "")
        if not text or text == self._typed:
            return deletion
        return [*deletion, Input(time_us=self._time_us, input_type="insertReplacementText", data=text)]

    def _insert(self, fields: dict[str, str]) -> list[Event]:
        text = fields.get("before", "") + fields.get("after", "")
        return [Input(time_us=self._time_us, input_type="insertFromPaste", data=text)] if text else []


def _restricted(session: Element) -> bool:
    values = (entry.child("value") for entry in session.children if entry.child("key") == "Restricted Logging")
    return any((value or "").strip().lower() not in _UNRESTRICTED for value in values)


def _times_us(fields: dict[str, str]) -> tuple[int, int | None]:
    """Beginning and end; None where no end was seen, or one before the beginning."""
    start_us = _time_us(fields.get("startTime", "").strip(), "startTime")
    end_us = _time_us(fields.get("endTime", "").strip() or "0", "endTime")
    return start_us, end_us if end_us >= start_us and (end_us or not start_us) else None


def _time_us(text: str, name: str) -> int:
    if not _TIME.fullmatch(text):
        raise FieldError(f"{name}: missing, or not milliseconds")
    return microseconds(float(text) if "." in text else int(text), "milliseconds", name)


def _number(fields: dict[str, str], name: str) -> int | float:
    text = fields.get(name, "").strip()
    if not _NUMBER.fullmatch(text):
        raise FieldError(f"{name}: missing, or not a number of pixels")
    return float(text) if "." in text else int(text)


def _key(name: str, value: str) -> tuple[str | None, str | None]:
    """W3C key and code of a virtual key and the character that it made."""
    name = name.strip().upper()
    if CONTROL_PICTURES <= ord(value[:1] or " ") < CONTROL_PICTURES + 0x20 and len(value) == 1:
        value = chr(ord(value) - CONTROL_PICTURES)
    key, code = VK_NAMES.get(name, (None, None))
    if key is not None and len(key) > 1:
        return key, code
    if value and len(value) <= _VALUE_MAX and value not in NAMED_KEYS:
        return value, code
    if key is None and len(name) == 4 and name.isascii() and name[3].isalnum():
        return KEYCODES[ord(name[3])]
    return key, code
