"""A collector on pynput: listeners put what they see on a queue, a worker thread filters and writes it.

    pip install reticent pynput
    python collect_with_pynput.py safe.jsonl [policy.toml]

It runs until Control+C. The listeners' threads only stamp and queue: a run belongs to the thread that made it, and the
operating system drops a listener that dawdles. Events and ticks are on one clock, the monotonic one.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

from pynput import keyboard, mouse

import reticent
from reticent.detect import working_set
from reticent.events import Event, Tick
from reticent.formats import pynput as pynput_events
from reticent.report import Report

END = None


def clock_us() -> int:
    return time.monotonic_ns() // 1000


def queued(seen: SimpleQueue[Event | None], make: Callable[..., Event]) -> Callable[..., None]:
    """A callback for a listener: one event on the queue, with the time at which it was seen."""

    def callback(*arguments: object) -> None:
        with suppress(ValueError):  # a mouse button beyond the fifth, for which there is no event
            seen.put(make(*arguments, time_us=clock_us()))

    return callback


def next_event(seen: SimpleQueue[Event | None], due_us: int | None) -> Event | None:
    """What comes next: an event, or a tick if what waits is due before one comes. For ever, where nothing waits."""
    try:
        # Something is decided after its time, not at it.
        return seen.get(timeout=None if due_us is None else max(0, due_us + 1 - clock_us()) / 1e6)
    except Empty:
        return Tick(time_us=clock_us())


def work(seen: SimpleQueue[Event | None], policy: reticent.Policy, safe: BinaryIO) -> Report:
    """The life of the worker. It makes the run, so the run is its own. Returns what it did."""

    def send(decided: list[Event]) -> None:
        safe.write(reticent.encode(decided))

    send([policy.header()])
    try:
        with policy.start() as run:  # an exception in this block destroys what is held
            while (event := next_event(seen, run.due_us)) is not END:
                send(run.feed([event]))
        send(run.flushed)
        return run.report
    except reticent.RunClosed as error:
        send(error.events)  # had been decided before a stage failed
        raise


def main() -> None:
    policy = reticent.load_policy(sys.argv[2] if len(sys.argv) > 2 else "minimal")
    working_set.warm()  # else the first e-mail address is decided two seconds late
    seen: SimpleQueue[Event | None] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: seen.put(END))  # an end like any other: flush, do not abort
    with (
        Path(sys.argv[1]).open("wb", buffering=0) as safe,
        keyboard.Listener(
            on_press=queued(seen, pynput_events.on_press), on_release=queued(seen, pynput_events.on_release)
        ),
        mouse.Listener(
            on_move=queued(seen, pynput_events.on_move),
            on_click=queued(seen, pynput_events.on_click),
            on_scroll=queued(seen, pynput_events.on_scroll),
        ),
        ThreadPoolExecutor(1) as pool,
    ):
        worker = pool.submit(work, seen, policy, safe)
        while not worker.done():
            wait([worker], timeout=1)  # where a signal cannot interrupt it, it is looked for each second
    print(worker.result(), file=sys.stderr)  # or raises what the worker did


if __name__ == "__main__":
    main()
