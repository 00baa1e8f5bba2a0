"""Runs in several threads, and in the child of a busy process, give what each gives alone."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from reticent.detect.working_set import warm
from reticent.events import Event
from reticent.policy_file import parse_policy
from reticent.testing.dsl import expand

POLICY = parse_policy('[payload]\ntitle = "scrub"\nclipboard = "scrub"')
LINES = (
    "my password is Blue-Kettle-{}",
    "mail maria.gonzalez{}@example.org today",
    "call +44 20 7946 09{} or Karl Lindqvist in Lisbon",
    "export API_KEY=93Glz084Gmj1RoXbmUVw{}",
    "we walked along the river {} times",
)


def recording(number: int) -> list[Event]:
    """Some lines that only this recording has."""
    typed = " ".join(f"type:{json.dumps(line.format(10 + number) + chr(10))}" for line in LINES)
    records = expand(f'focus:"notes/n" title:"Ann {number} ann{number}@example.org" {typed} paste:"pin is 48{number}"')
    return msgspec.convert(records.events, list[Event])


def left(number: int) -> list[dict[str, Any]]:
    """What leaves of a recording, event by event."""
    with POLICY.start() as run:
        rows = [row for event in recording(number) for row in run.feed((event,))] + run.flush()
    return [msgspec.to_builtins(row) for row in rows]


def test_threads_do_not_meet() -> None:
    """Each run has its thread; what they share, such as compiled rules and models, remembers no text."""
    numbers = [*range(12)] * 2
    alone = [left(number) for number in numbers]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(left, numbers)) == alone


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork: it was NOT examined")
def test_a_child_of_a_busy_process_can_filter() -> None:
    """Whatever its parent's other threads were doing."""
    warm(names="if installed", kingfisher="if installed")
    expected = left(0)
    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(left, 0) for _ in range(8)]
        child = os.fork()
        if child == 0:
            os._exit(0 if left(0) == expected else 1)
        assert all(future.result() == expected for future in busy)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
