"""A surrogate is typed only for a hull that hides one whole finding, and at a rhythm that tells nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from msgspec import convert, to_builtins

from reticent.detect.vault import Vault
from reticent.events import Event
from reticent.pipeline import Pipeline
from reticent.testing.dsl import expand
from reticent.testing.wellformed import problems
from reticent.text.ladder import LADDER_US
from reticent.text.surrogates import Surrogates
from reticent.text.typing_back import DWELL_US, INTERVAL_US, strokes, takes_us
from reticent.transform import Context
from reticent.transforms.redact import Redact

Row = dict[str, Any]
REDACT = Redact(
    names="off",
    surrogates=Surrogates(email="replace", card="replace", name="replace", username="replace", ip="replace"),
)


def through(script: str, **config: Any) -> list[Row]:
    """What leaves."""
    vault = Vault([config.get("known", "hunter2")], config.get("terms", ()))
    run = Pipeline((REDACT,)).start(Context(vault, random_bytes=bytes))
    out = run.feed(convert(expand(script).events, list[Event])) + run.flush()
    rows = [to_builtins(event) for event in out]
    assert problems(rows) == []
    return rows


def shown(rows: list[Row]) -> str:
    """What is typed, marks as ``*``, gaps as ``|``."""
    signs = {"redacted": "*", "gap": "|"}
    text = [signs.get(row["type"], "") or (row["key"] if row["type"] == "keydown" else "") for row in rows]
    return "".join(sign for sign in text if len(sign) == 1 or sign.startswith("["))


def test_behind_the_mark_and_nowhere_else() -> None:
    """In the place of what it stands for, before what was kept next."""
    rows = through('focus:"n/n" type:"to ada@example.org ok" key:Enter')
    assert shown(rows) == "to *[email] ok"


def test_rhythm_is_constant() -> None:
    """Each stroke takes as long and comes as late as any, on a keyboard of its own, in the shortest hidden time."""
    rows = through('focus:"n/n" type:"to ada@example.org ok" key:Enter')
    mark = next(row for row in rows if row["type"] == "redacted")
    typed = [row for row in rows if row.get("injected")]
    downs = [row["time_us"] for row in typed if row["type"] == "keydown"]
    ups = [row["time_us"] for row in typed if row["type"] == "keyup"]
    assert {after - before for before, after in pairwise([mark["time_us"], *downs])} == {INTERVAL_US}
    assert {up - down for down, up in zip(downs, ups, strict=True)} == {DWELL_US}
    assert {row["device"] for row in typed} == {"1"}
    assert {row.get("device", "0") for row in rows if row["type"] == "keydown" and not row.get("injected")} == {"0"}
    assert {name for row in typed for name in row} == {"type", "time_us", "key", "device", "injected"}
    after = rows[rows.index(typed[-1]) + 1]
    assert after["time_us"] >= mark["time_us"] + LADDER_US[0] > ups[-1]


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ('type:"to ada@example.org" key:Backspace*15 type:"you ok" key:Enter', "to *"),
        ('type:"to ada@example.org"', "to *"),
        ('type:"to ada@example.org" pause:130s type:" ok" key:Enter', "to * ok"),
        ('type:"Ada@exa" focus:"m/m" type:"hi" key:Enter focus:"n/n" type:"mple.org ok" key:Enter', "*"),
        ('type:"password: ada@example.org ok" key:Enter', "password: *"),
        ('type:"hunter2@example.org ok" key:Enter', "* ok"),
        ('down:ShiftLeft type:"ada@example.org ok" up:ShiftLeft key:Enter', "*"),
        ('type:"to ada@example.org " click:5,5 type:"ok" key:Enter', "to * ok"),
        ('type:"to ada@example.org ok" key:Ctrl+z key:Enter', "to * ok"),
    ],
    ids=[
        "deleted",
        "end of stream",
        "too old",
        "another window",
        "credential cue",
        "enrolled",
        "shift held",
        "caret lost",
        "undone",
    ],
)
def test_only_the_mark(script: str, left: str) -> None:
    """Where it was taken back, may be half of something, is a secret, or the place is not known."""
    rows = through(f'focus:"n/n" {script}')
    assert shown(rows).startswith(left)
    assert not [row for row in rows if row.get("injected")]


@pytest.mark.parametrize("where", ["click:5,5", "key:ArrowUp", "key:Ctrl+ArrowRight"])
def test_typed_in_one_go_at_an_unknown_place(where: str) -> None:
    """A value that was only added to since does not depend on where the caret was."""
    assert shown(through(f'focus:"n/n" type:"to " {where} type:"ada@example.org ok" key:Enter')) == "to *[email] ok"


def test_strokes_last_as_long_as_is_said() -> None:
    """The last ends when ``takes_us`` says."""
    events = list(strokes("abc", 7, "3"))
    assert events[-1].time_us == 7 + takes_us("abc")
    assert all(event.injected and event.device == "3" and event.code is None for event in events)
