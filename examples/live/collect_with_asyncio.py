"""A collector on asyncio: pynput's listeners hand what they see to the loop, which filters and writes it.

    pip install reticent pynput
    python collect_with_asyncio.py safe.jsonl [policy.toml]

It runs until Control+C. The loop's thread makes the run and is the only one that enters it. Another source of events,
a web socket say, puts them on the same queue; their times must be on the clock of the ticks.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pynput import keyboard, mouse

import reticent
from reticent.detect import working_set
from reticent.events import Event, Tick
from reticent.formats import pynput as pynput_events

END = None
STATUS_S = 10


def clock_us() -> int:
    return time.monotonic_ns() // 1000


async def next_event(seen: asyncio.Queue[Event | None], due_us: int | None) -> Event | None:
    """What comes next: an event, or a tick if what waits is due before one comes. For ever, where nothing waits."""
    if not seen.empty():
        return seen.get_nowait()
    try:
        # Something is decided after its time, not at it.
        async with asyncio.timeout(None if due_us is None else max(0, due_us + 1 - clock_us()) / 1e6):
            return await seen.get()
    except TimeoutError:
        return Tick(time_us=clock_us())


async def tell(run: reticent.pipeline.Run) -> None:
    """How far behind the output is; nothing of what it holds."""
    while True:
        await asyncio.sleep(STATUS_S)
        behind_s = 0 if run.due_us is None else (clock_us() - run.decided_until_us) / 1e6
        print(f"decided until {behind_s:.0f} s ago", file=sys.stderr)


async def collect(seen: asyncio.Queue[Event | None], policy: reticent.Policy, target: Path) -> None:
    with target.open("wb", buffering=0) as safe:
        safe.write(reticent.encode([policy.header()]))
        try:
            with policy.start() as run:  # an exception in this block, also a cancellation, destroys what is held
                status = asyncio.create_task(tell(run))
                while (event := await next_event(seen, run.due_us)) is not END:
                    safe.write(reticent.encode(run.feed([event])))
                status.cancel()
            safe.write(reticent.encode(run.flushed))
            print(run.report, file=sys.stderr)  # what it did; it may travel with the output
        except reticent.RunClosed as error:
            safe.write(reticent.encode(error.events))  # had been decided before a stage failed
            raise


async def main() -> None:
    policy = reticent.load_policy(sys.argv[2] if len(sys.argv) > 2 else "minimal")
    working_set.warm()  # else the first e-mail address stops the loop for two seconds
    loop = asyncio.get_running_loop()
    seen: asyncio.Queue[Event | None] = asyncio.Queue()
    for number in (signal.SIGINT, signal.SIGTERM):  # an end like any other: flush, do not abort
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(seen.put_nowait, END))

    def queued(make: Callable[..., Event]) -> Callable[..., None]:
        def callback(*arguments: object) -> None:
            with suppress(ValueError):  # a mouse button beyond the fifth, for which there is no event
                loop.call_soon_threadsafe(seen.put_nowait, make(*arguments, time_us=clock_us()))

        return callback

    with (
        keyboard.Listener(on_press=queued(pynput_events.on_press), on_release=queued(pynput_events.on_release)),
        mouse.Listener(
            on_move=queued(pynput_events.on_move),
            on_click=queued(pynput_events.on_click),
            on_scroll=queued(pynput_events.on_scroll),
        ),
    ):
        await collect(seen, policy, Path(sys.argv[1]))


if __name__ == "__main__":
    asyncio.run(main())
