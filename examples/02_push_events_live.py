"""A collector that pushes events one at a time and sends on only what has been decided.

Nothing reads a clock: when nothing happens the collector says how far time has come, with ``tick``.

Prints::

    focus: 1 released
    while typing: 0 released
    12 s later: 12 released
    at Enter: 3 released
    at the end: 0 released
    {"type":"redacted","time_us":1660000,"category":"credential","target":"1"}
"""

from __future__ import annotations

from collections.abc import Iterator

import reticent
from reticent.events import Event, Focus, KeyDown, KeyUp, Redacted

SECRET = "Blue42horse"
STROKE_US = 120_000


def strokes(keys: list[str], start_us: int) -> Iterator[Event]:
    """Presses and releases, 120 ms apart."""
    for place, key in enumerate(keys):
        time_us = start_us + place * STROKE_US
        yield KeyDown(time_us=time_us, key=key)
        yield KeyUp(time_us=time_us + STROKE_US // 2, key=key)


def main() -> None:
    sent: list[Event] = []
    told = 0

    def send(events: list[Event], moment: str = "") -> None:
        nonlocal told
        sent.extend(events)
        if moment:
            print(f"{moment}: {len(sent) - told} released")
            told = len(sent)

    with reticent.load_policy("minimal").start(enrolled=[SECRET]) as run:
        send(run.feed([Focus(time_us=0, app="slack", element="composer", field="text")]), "focus")
        for event in strokes(list("hello "), 1_000_000):
            send(run.feed([event]))
        send([], "while typing")
        send(run.tick(13_000_000), "12 s later")
        for event in strokes([*SECRET, "Enter"], 14_000_000):
            send(run.feed([event]))
        send([], "at Enter")
    send(run.flushed, "at the end")

    marks = [event for event in sent if isinstance(event, Redacted)]
    print(reticent.encode(marks).decode(), end="")


if __name__ == "__main__":
    main()
