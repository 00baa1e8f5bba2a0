"""Once a run is closed, nothing of what was typed is left in this process, and memory has not grown."""

from __future__ import annotations

import gc
import json
import os
import random
import string
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reticent.detect import kingfisher, ner
from reticent.events import Event
from reticent.policy_file import parse_policy
from reticent.testing.dsl import expand

POLICY = """
[payload]
title = "scrub"
label = "scrub"
notification = "scrub"
clipboard = "scrub"
"""
WAYS = (
    'type:"my password is {}\\n"',
    'type:"ask {} about the flat in Lisbon\\n"',
    'type:"mail ann.{}@example.org now\\n"',
    'type:"export API_KEY={}\\n"',
    'type:"it is {}" key:Backspace*3 type:"xyz\\n"',
    'type:"hi {}" key:Ctrl+a type:"never mind\\n"',
    'field:password#p type:"{}\\n" focus:"firefox/Inbox"',
    'title:"{} - Inbox" label:"{}" notify:"code {}"',
    'url:"https://ann:{}@shop.example.org/?token={}" path:"/home/{}/a.txt"',
    'paste:"Dear {}, here you are" copy:"{}"',
    'type:"git commit -m {}\\n" type:"{} is my pin\\n"',
)
ENROLLED = 40
BATCH = 100
SIZES = [200, pytest.param(20_000, marks=pytest.mark.slow)]
RSS = Path("/proc/self/statm")


def mark() -> str:
    """What every secret holds, and nothing else; made anew each time, so that no constant is it."""
    return "".join(map(chr, (81, 120, 55, 118, 90)))


def secrets(count: int) -> Iterator[str]:
    """The same each time, one by one: nobody keeps the list."""
    generator = random.Random(7)
    for number in range(count):
        yield f"{mark()}{number}{''.join(generator.choices(string.ascii_letters, k=8))}"


def batches(count: int) -> Iterator[list[Event]]:
    """Recordings of so many secrets at a time, one after another on one clock."""
    start_us, script = 0, []
    for number, secret in enumerate(secrets(count), 1):
        script.append(WAYS[number % len(WAYS)].replace("{}", secret))
        if number % BATCH == 0 or number == count:
            records = expand(" ".join(['focus:"firefox/Inbox"', *script])).events
            script = []
            for record in records:
                record["time_us"] += start_us
            start_us = records[-1]["time_us"]
            yield msgspec.convert(records, list[Event])


def reachable() -> Iterator[Any]:
    """Every object that the collector knows, and what hangs from these that it does not track."""
    pending: list[Any] = gc.get_objects()
    seen = set(map(id, pending))
    seen |= {id(pending), id(seen)}
    while pending:
        item = pending.pop()
        yield item
        for other in gc.get_referents(item):
            if id(other) not in seen:
                seen.add(id(other))
                pending.append(other)


def kept() -> list[str]:
    """The types of what still holds a secret, or a part of one."""
    gc.collect()
    wanted = mark().lower()
    found = []
    for item in reachable():
        text = item.decode("latin-1") if isinstance(item, bytes | bytearray) else item
        if isinstance(text, str) and len(text) > len(wanted) and wanted in text.lower():
            found.append(type(item).__name__)
    if "ner" in _ASKED:
        vocab = ner._pipeline().vocab
        found += ["string of spaCy" for text in vocab.strings if wanted in text.lower()]
        found += ["lexeme of spaCy" for lexeme in vocab if wanted in lexeme.text.lower()]
    return found


_ASKED = [
    name for name, is_there in (("ner", ner.installed_model()), ("kingfisher", kingfisher.is_installed())) if is_there
]


def filtered(count: int, after_batch: Callable[[int], object] = lambda batch: None) -> tuple[int, int]:
    """One run over all secrets, closed; how many rows left, and how many redactions."""
    told: set[str] = set()
    rows = marks = 0
    run = parse_policy(POLICY).start(
        enrolled=secrets(ENROLLED),
        profile_terms=[f"{mark()}Bob"],
        explain=lambda *what: told.update(what[2:]),
    )
    with run:
        for number, events in enumerate(batches(count)):
            out = run.feed(events)
            rows, marks = rows + len(out), marks + sum(row.__class__.__name__ == "Redacted" for row in out)
            after_batch(number)
        out = run.flush()
    report = msgspec.json.encode(run.report)
    assert mark().lower() not in (report.decode() + json.dumps(sorted(told)) + repr(run)).lower()
    return rows + len(out), marks


def test_the_search_sees() -> None:
    """A secret in a list, in a slot, in the bytes of a tuple and in a call is found; without them there is none."""

    class Slotted:
        __slots__ = ("text",)

    assert kept() == []
    holders: list[Any] = [
        [mark() + "1"],
        Slotted(),
        ((mark() + "3").encode(),),
        partial(str, mark() + "4"),
    ]
    holders[1].text = mark() + "2"
    assert sorted(kept()) == ["bytes", "str", "str", "str"]
    del holders
    assert kept() == []


@pytest.mark.parametrize("count", SIZES)
def test_nothing_typed_is_kept(count: int) -> None:
    """In no object, no cache, no vocabulary of spaCy; whether it was redacted, left, deleted, scrubbed or enrolled."""
    if count > BATCH * 10 and "RETICENT_SLOW" not in os.environ:
        pytest.skip("takes minutes; set RETICENT_SLOW=1")
    rows, marks = filtered(count)
    assert rows > count and marks > count / 3
    assert kept() == []


@pytest.mark.parametrize("extra", ["ner", "kingfisher"])
def test_the_extras_took_part(extra: str) -> None:
    """What they keep was looked at above, too."""
    if extra not in _ASKED:
        pytest.skip(f"{extra}: the extra is not installed, and so what it keeps was NOT examined")
    assert (
        parse_policy(POLICY).about().versions.keys()
        - parse_policy('text.names = "off"\ntext.kingfisher = "off"').about().versions
    )


@pytest.mark.skipif(not RSS.exists(), reason="memory is read from /proc: it was NOT examined")
@pytest.mark.parametrize("count", [600, pytest.param(20_000, marks=pytest.mark.slow)])
def test_memory_is_flat(count: int) -> None:
    """What a run needs after a quarter of it is all that it needs."""
    if count > BATCH * 10 and "RETICENT_SLOW" not in os.environ:
        pytest.skip("takes minutes; set RETICENT_SLOW=1")
    sizes_mb: list[float] = []

    def measure(_: int) -> None:
        gc.collect()
        sizes_mb.append(int(RSS.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20)

    filtered(count, measure)
    assert sizes_mb[-1] - sizes_mb[len(sizes_mb) // 4] < 12
