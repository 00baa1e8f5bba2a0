"""The collector on Linux input devices filters what the kernel sends: from a recording, from a pipe, from uinput."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import struct
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from robot import end, program, wait_for

from reticent.keys.evdev import CODES
from reticent.testing import expand
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.wellformed import problems

pytestmark = [
    pytest.mark.slow,  # each run imports Presidio
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="input devices of Linux"),
]

COLLECTOR = Path(__file__).parents[2] / "examples" / "live" / "collect_with_evdev.py"

NUMBERS = {code: number for number, code in CODES.items()}
INPUT_EVENT = struct.Struct("@llHHi")
EV_SYN, EV_KEY = 0, 1
SECRETS = ("hunter2!Q", "hunter2", "maria.lopez@example.org", "maria.lopez")
SCRIPT = (
    'type:"my password is huntx" key:Backspace type:"er2!Q" key:Enter type:"write to maria.lopez@example.org today" '
    'key:Enter type:"lunch at noon then" key:Enter'
)
KEPT = ("lunch at noon then", " today")

Stroke = tuple[int, int]
"""Number of a key, and 1 (down) or 0 (up)."""


def strokes(script: str) -> Iterator[Stroke]:
    """What a keyboard would send for a script of the scenario language."""
    for event in expand(script).events:
        if event["type"] in ("keydown", "keyup"):
            yield NUMBERS[event["code"]], int(event["type"] == "keydown")


def packed(time_us: int, stroke: Stroke) -> bytes:
    """A key and the report that ends it, as the kernel's ``struct input_event``."""
    sec, usec = divmod(time_us, 1_000_000)
    return INPUT_EVENT.pack(sec, usec, EV_KEY, *stroke) + INPUT_EVENT.pack(sec, usec, EV_SYN, 0, 0)


def rows_of(output: Path) -> list[dict[str, object]]:
    """What was written so far, whole lines only."""
    text = output.read_text(encoding="utf-8") if output.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def assert_filtered(output: Path) -> None:
    """No secret, both marks, the ordinary words."""
    rows = rows_of(output)
    assert not find_leaks(rows, SECRETS)
    assert not problems(rows)
    assert not find_missing(rows, KEPT)
    assert {row["category"] for row in rows if row["type"] == "redacted"} == {"credential", "contact"}


def test_a_recording_goes_through_the_collector_and_ends_it(tmp_path):
    """What was read from a device earlier is decided by the times that stand in it."""
    recording, output = tmp_path / "raw.bin", tmp_path / "safe.jsonl"
    times_us = range(5_000_000, 1 << 60, 90_000)
    recording.write_bytes(b"".join(map(packed, times_us, strokes(SCRIPT))))
    with program(COLLECTOR, output, recording, environment=dict(os.environ)) as child:
        wait_for(lambda: child.poll() is not None, "for the end of the recording")
        assert child.returncode == 0
    assert_filtered(output)


def test_what_waits_is_decided_by_ticks_when_nothing_comes(tmp_path):
    """Words without an Enter leave when they have been idle, though no event comes after them; a signal ends it all."""
    pipe, output, policy = tmp_path / "device", tmp_path / "safe.jsonl", tmp_path / "quick.toml"
    os.mkfifo(pipe)
    policy.write_text('extends = "minimal"\nweaken = ["text.idle_us"]\n[text]\nidle_us = 200_000\n', encoding="utf-8")
    environment = {**os.environ, "RETICENT_POLICY": str(policy)}
    with program(COLLECTOR, output, pipe, environment=environment) as child, pipe.open("wb", buffering=0) as device:
        for stroke in strokes('type:"lunch at "'):
            device.write(packed(time.monotonic_ns() // 1000, stroke))
        wait_for(lambda: not find_missing(rows_of(output), ["lunch at"]), "for a tick to decide")
        for stroke in strokes('type:"noon then" key:Enter ' + SCRIPT):
            device.write(packed(time.monotonic_ns() // 1000, stroke))
        wait_for(lambda: len(rows_of(output)) > 100, "for lines to be decided")
        end(child, signal.SIGTERM)
    assert_filtered(output)


def test_a_device_of_the_kernel(tmp_path):
    """The same for keys that the kernel itself sends, where a virtual keyboard may be made."""
    if not os.access("/dev/uinput", os.W_OK) or importlib.util.find_spec("evdev") is None:
        warnings.warn("SKIPPED the collector on a device of the kernel: no /dev/uinput, or no evdev", stacklevel=1)
        pytest.skip("needs /dev/uinput, writable, and python-evdev")
    import evdev

    output = tmp_path / "safe.jsonl"
    with evdev.UInput({EV_KEY: list(NUMBERS.values())}, name="robot") as keyboard:
        if keyboard.device is None:
            pytest.skip("no /dev/input appears for the virtual keyboard")
        with program(COLLECTOR, output, keyboard.device.path, environment=dict(os.environ)) as child:

            def press(script: str) -> None:
                for number, value in strokes(script):
                    keyboard.write(EV_KEY, number, value)
                    keyboard.syn()

            wait_for(lambda: rows_of(output)[1:], "for the device to be open", lambda: press('type:"ok" key:Enter'))
            press(SCRIPT)
            wait_for(lambda: not find_missing(rows_of(output), KEPT), "for the last line to be decided")
            end(child, signal.SIGINT)
    assert_filtered(output)
