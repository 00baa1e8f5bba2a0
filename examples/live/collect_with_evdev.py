"""A collector on Linux input devices: waits for the kernel's events, filters and writes them.

    pip install reticent evdev
    python collect_with_evdev.py safe.jsonl /dev/input/event3 /dev/input/event5
    cat /dev/input/event3 > raw.bin; python collect_with_evdev.py safe.jsonl raw.bin

Reading /dev/input takes root, or the group ``input``. A path that is no device holds what was read from one; give one
of these at a time. It runs until Control+C, or until its sources end. Devices tell physical keys only: the policy, a
path in RETICENT_POLICY, says which layouts are in use.
"""

from __future__ import annotations

import os
import select
import signal
import stat
import struct
import sys
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path
from typing import NamedTuple

import reticent
from reticent.detect import working_set
from reticent.events import Event, Tick
from reticent.reading.evdev import Device

EVIOCSCLOCKID = 0x400445A0
INPUT_EVENT = struct.Struct("@llHHi")


def clock_us() -> int:
    return time.monotonic_ns() // 1000


class Numbers(NamedTuple):
    """What the kernel says of one event, as python-evdev names it."""

    sec: int
    usec: int
    type: int
    code: int
    value: int


class Recording:
    """A file or pipe of the kernel's ``struct input_event``, read as ``evdev.InputDevice`` is."""

    def __init__(self, path: str) -> None:
        self.fd = os.open(path, os.O_RDONLY)

    def fileno(self) -> int:
        return self.fd

    def read(self) -> Iterator[Numbers]:
        data = os.read(self.fd, 64 * INPUT_EVENT.size)
        whole = len(data) // INPUT_EVENT.size * INPUT_EVENT.size
        return (Numbers(*fields) for fields in INPUT_EVENT.iter_unpack(data[:whole]))


class Source:
    """A device or a recording, and what makes events of its numbers."""

    def __init__(self, path: str) -> None:
        self.device = Device(Path(path).name)
        if not stat.S_ISCHR(Path(path).stat().st_mode):
            self.input = Recording(path)
            return
        import evdev

        self.input = evdev.InputDevice(path)
        # The kernel stamps with the wall clock unless told otherwise; ticks and all devices need one clock.
        ioctl(self.input.fd, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))
        for kind, codes in self.input.capabilities(absinfo=False).items():
            for code in codes:
                self.device.has(kind, code)
        for number in self.input.input_props():
            self.device.has_property(number)

    def fileno(self) -> int:
        return self.input.fileno()

    def read(self) -> list[Event] | None:
        """Events that are there; None at the end, also when the device was pulled out."""
        try:
            found = list(self.input.read())
        except OSError:
            found = []
        if not found:
            return None
        return [event for one in found for event in self.device.feed(one.sec, one.usec, one.type, one.code, one.value)]


class Stop:
    """Ready when a signal asks for the end. An exception could come in the middle of ``feed``; this does not."""

    def __init__(self) -> None:
        self.fd, self.write_fd = os.pipe()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: os.write(self.write_fd, b"."))

    def fileno(self) -> int:
        return self.fd


def arrivals(sources: list[Source], stop: Stop, due_us: int | None) -> list[Event]:
    """Events of all sources, by time, or a tick if what waits is due before one comes. Removes sources that ended."""
    # Something is decided after its time, not at it. A file is always ready, so that only the time in it counts.
    wait_s = None if due_us is None else max(0, due_us + 1 - clock_us()) / 1e6
    ready, _, _ = select.select([*sources, stop], [], [], wait_s)
    if not ready:
        return [Tick(time_us=clock_us())]
    batches = {source: source.read() for source in ready if source is not stop}
    sources[:] = [] if stop in ready else [source for source in sources if batches.get(source, ()) is not None]
    events = [event for batch in batches.values() if batch for event in batch]
    return sorted(events, key=lambda event: event.time_us)


def collect(sources: list[Source], stop: Stop, policy: reticent.Policy, target: Path) -> None:
    with target.open("wb", buffering=0) as safe:
        safe.write(reticent.encode([policy.header()]))
        try:
            with policy.start() as run:  # an exception in this block destroys what is held
                while sources:
                    safe.write(reticent.encode(run.feed(arrivals(sources, stop, run.due_us))))
            safe.write(reticent.encode(run.flushed))
            print(run.report, file=sys.stderr)  # what it did; it may travel with the output
        except reticent.RunClosed as error:
            safe.write(reticent.encode(error.events))  # had been decided before a stage failed
            raise


def main() -> None:
    policy = reticent.load_policy(os.environ.get("RETICENT_POLICY", "minimal"))
    working_set.warm()  # else the first e-mail address is decided two seconds late
    collect([Source(path) for path in sys.argv[2:]], Stop(), policy, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
