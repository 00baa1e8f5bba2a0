"""rrweb: replays of web pages, as JSON lines, one JSON array, ``{"events": [...]}`` or PostHog's ``$snapshot`` batches.

Times are milliseconds since 1970. Positions of the mouse were sampled before the event that tells them
(``timeOffset``) and so belong between the events before it: what is read waits for a second of the recording.
Coordinates are CSS pixels of the page. Which button was pressed is not told: it counts as the left one. A finger is a
device of its own.

There are no keys. An input event has the whole value of a field, so it becomes an ``autofill`` of its element, whose
``Focus`` comes first where the recording left it out. Elements are numbered within their page. What a field is, is
known from the snapshots and changes of the page: one that was a password field once stays one. A value of nothing but
asterisks was masked by the recorder: the field becomes a password field, and the asterisks, which tell the length, are
left out. The address of a page is a ``Focus``. PostHog's windows are streams of their own.

Everything else holds text of the page or nothing of a person, and is dropped: snapshots, changes, scrolling,
selections (which are told by nodes, not by places in a value), styles, canvas, media, custom and plugin events.

Source: rrweb ``packages/types``; posthog-js session recording; ``reticent.reading.rrweb`` for what happens in a page.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reticent.events import Discontinuity, Event
from reticent.reading.documents import first_line, read_document
from reticent.reading.head import Head
from reticent.reading.lines import CHUNK_BYTES, MAX_LINE_BYTES, ByteSource, read_text
from reticent.reading.notes import FieldError, Notes
from reticent.reading.rrweb import INCREMENTAL, META, SNAPSHOT, RrwebPage
from reticent.reading.times import microseconds

__all__ = ["read", "recognises"]

_TYPES = range(7)
_WAIT_US = 1_000_000
_JUMP_US = 10_000_000
_WAITING_MAX = 200_000
_WINDOWS_MAX = 100
_BATCH = 1024
_LOOKED_AT = 1 << 16
_LISTS = ("events", "$snapshot_data", "$snapshot_items", "data")
_IS_ARRAY = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"events"\s*:\s*)?\[\s*\{')
_IS_EVENT = tuple(map(re.compile, (rb'"type"\s*:\s*[0-6]\s*[,}]', rb'"data"\s*:', rb'"timestamp"\s*:\s*1\d{12}\b')))


def read(
    stream: ByteSource,
    notes: Notes | None = None,
    chunk_bytes: int = CHUNK_BYTES,
    max_line_bytes: int = MAX_LINE_BYTES,
) -> Iterator[list[Event]]:
    """Events of a replay, a list at a time; memory grows with its length only where it is one JSON document.

    Raises:
        FormatError: a document that is too long or broken; or the stream gives text instead of bytes.

    >>> import io
    >>> replay = b'[{"type":3,"data":{"source":5,"text":"hi","isChecked":false,"id":42},"timestamp":1700000000123}]'
    >>> [[(type(event).__name__, event.time_us) for event in batch] for batch in read(io.BytesIO(replay))]
    [[('Focus', 1700000000123000), ('Input', 1700000000123000)]]
    """
    notes = Notes() if notes is None else notes
    line, stream = first_line(stream)
    replay = _Replay(notes)
    if _is_document(line):
        yield from _read_document(read_document(stream), replay, notes)
    else:
        yield from read_text(stream, replay, notes, chunk_bytes, max_line_bytes)


def recognises(head: Head) -> bool:
    """Whether the beginning looks like this format; an array may have one line or many.

    >>> from reticent.reading.head import heads
    >>> recognises(next(heads(b'{"type":4,"data":{"href":"https://a.example"},"timestamp":1700000000123}')))
    True
    """
    if head.record is not None:
        found = _records(head.record)
        return bool(found) and _is_event(found[0][0])
    start = head.data[:_LOOKED_AT]
    return _IS_ARRAY.match(start) is not None and all(part.search(start) for part in _IS_EVENT)


def _is_event(record: object) -> bool:
    if not isinstance(record, dict) or "data" not in record:
        return False
    return type(record.get("type")) is int and record["type"] in _TYPES and _is_number(record.get("timestamp"))


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


def _is_document(line: bytes) -> bool:
    """Whether JSON that begins so goes on over more lines, or over one too long to look at."""
    try:
        msgspec.json.decode(line)
    except (ValueError, RecursionError):
        return line[:1] == b"[" or line == b"{" or _IS_ARRAY.match(line) is not None
    return False


def _records(record: Any) -> list[tuple[Any, str | None]]:
    """The events in what was decoded, each with its window."""
    if isinstance(record, list):
        return [(item, _window(item)) for item in record]
    if isinstance(record, dict) and "type" not in record:
        properties = record.get("properties") if record.get("event") == "$snapshot" else record
        properties = properties if isinstance(properties, dict) else {}
        window = _text(properties, "$window_id") or _text(properties, "window_id")
        for name in _LISTS:
            if isinstance(items := properties.get(name), list):
                return [(item, _window(item) or window) for item in items]
    return [(record, _window(record))]


def _window(item: Any) -> str | None:
    return _text(item, "windowId") if isinstance(item, dict) else None


def _read_document(document: object, replay: _Replay, notes: Notes) -> Iterator[list[Event]]:
    records = _records(document)
    for number, (record, window) in enumerate(records, 1):
        try:
            replay.take(record, window)
        except FieldError as reason:
            notes.refuse(number, str(reason))
        if number % _BATCH == 0 and (events := replay.ready()):
            notes.lines += len(events)
            yield events
    events = replay.end()
    notes.lines += len(events)
    if events:
        yield events


class _Replay:
    """Reads one recording; events wait until those that were sampled before them have come."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._pages: dict[str | None, RrwebPage] = {}
        self._waiting: list[tuple[int, int, Event]] = []
        self._done: list[Event] = []
        self._count = 0
        self._latest_us = 0

    def line(self, line: bytes) -> list[Event]:
        """See ``LineReader``. Of several faults in a line the first is told; what is good in it stays."""
        if not line.strip():
            return []
        faults = []
        try:
            records = _records(msgspec.json.decode(line))
        except (ValueError, RecursionError):
            self._put(Discontinuity(time_us=self._latest_us))
            raise FieldError("not JSON in UTF-8; every line must be one whole JSON value") from None
        for record, window in records:
            try:
                self.take(record, window)
            except FieldError as fault:
                faults.append(fault)
        if faults:
            raise faults[0]
        return self.ready()

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        self._catch_up()
        return self.ready()

    def ready(self) -> list[Event]:
        """What no later event was sampled before."""
        until_us = self._latest_us - _WAIT_US
        while self._waiting and (self._waiting[0][0] <= until_us or len(self._waiting) > _WAITING_MAX):
            self._done.append(heapq.heappop(self._waiting)[2])
        done, self._done = self._done, []
        return done

    def take(self, record: Any, window: str | None) -> None:
        """Take in one event of a recording; in the place of one that does not fit comes a ``Discontinuity``."""
        try:
            self._take(record, window)
        except FieldError:
            self._put(Discontinuity(time_us=self._latest_us, stream=window))
            raise

    def _take(self, record: Any, window: str | None) -> None:
        if not isinstance(record, dict):
            raise FieldError("not a JSON object; every event must be one")
        kind, data = record.get("type"), record.get("data")
        if type(kind) is not int or kind not in _TYPES:
            raise FieldError("type: not one of 0 to 6, the types this version knows")
        if not _is_number(record.get("timestamp")):
            raise FieldError("timestamp: must be milliseconds since 1970")
        time_us = microseconds(record["timestamp"], "milliseconds", "timestamp")
        if time_us < self._latest_us - _JUMP_US:  # the clock was set back
            self._catch_up()
            self._latest_us = time_us
        self._latest_us = max(time_us, self._latest_us)
        if kind in (SNAPSHOT, INCREMENTAL, META):
            if not isinstance(data, dict):
                raise FieldError("data: must be an object; export the recording uncompressed")
            for event in self._page(window).events(kind, data, time_us):
                self._put(event)

    def _page(self, window: str | None) -> RrwebPage:
        page = self._pages.get(window)
        if page is None:
            if len(self._pages) >= _WINDOWS_MAX:
                del self._pages[next(iter(self._pages))]
            page = self._pages[window] = RrwebPage(window)
        return page

    def _put(self, event: Event) -> None:
        self._count += 1
        heapq.heappush(self._waiting, (event.time_us, self._count, event))

    def _catch_up(self) -> None:
        self._done += [heapq.heappop(self._waiting)[2] for _ in range(len(self._waiting))]


def _text(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    return value if isinstance(value, str) and value else None
