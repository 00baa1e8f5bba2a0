"""Logs of writing studies become keys, clicks and titles: exact times, named keys, text where keys do not tell it."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest

from reticent.api import filter_stream
from reticent.errors import FormatError
from reticent.events import (
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
from reticent.formats.idfx import read, recognises
from reticent.formats.native import from_records
from reticent.reading.head import heads
from reticent.reading.notes import Notes
from reticent.recordings import open_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.idfx import write

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<log>
  <meta>
    <entry>
      <key>__LogProgramVersion</key>
      <value>6.1.2.0</value>
    </entry>
    <entry><key>__copytask</key><value><copytask><title>Dutch</title></copytask></value></entry>
  </meta>
  <session>
    <entry><key>Participant</key><value>Jane & Co</value></entry>
    <entry><key>Restricted Logging</key><value{}</entry>
  </session>
"""
PARTS = (
    '<part type="wordlog"><position>0</position><documentLength>1</documentLength><replay>True</replay></part>'
    '<part type="winlog">{}</part>'
)


def event(kind: str, **fields: Any) -> str:
    """An event with these fields."""
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f'<event type="{kind}" id="1">{PARTS.format(inner)}</event>'


def key(start: object, end: object, name: str, value: str) -> str:
    """A stroke."""
    return event("keyboard", startTime=start, endTime=end, key=name, value=value, keyboardstate="")


def log(*events: str, restricted: str = " />") -> bytes:
    """A log."""
    return (HEAD.format(restricted) + "\n".join(events) + "\n</log>").encode()


def read_all(data: bytes, chunk_bytes: int = 1 << 18) -> tuple[list[Event], Notes]:
    """Events and notes of a log."""
    notes = Notes()
    return [found for batch in read(io.BytesIO(data), notes, chunk_bytes) for found in batch], notes


LITERAL = (
    '<event type="keyboard" id="1"><part type="wordlog"><position>0</position><documentLength>1</documentLength>'
    '<replay>True</replay></part><part type="winlog"><startTime>1200</startTime><endTime>1290</endTime><key>VK_H</key>'
    "<value>h</value></part></event>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_stroke_is_down_and_up(encoding: str) -> None:
    """In each encoding that Inputlog writes; nothing is noted as unknown."""
    data = log(LITERAL).decode().replace("utf-8", encoding.removesuffix("-sig")).encode(encoding)
    events, notes = read_all(data)
    assert events == [KeyDown(time_us=1_200_000, key="h"), KeyUp(time_us=1_290_000, key="h")]
    assert notes == Notes(lines=2)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("VK_T", "T", ("T", None)), ("VK_É", "é", ("é", None)), ("vk_oem_102", "&lt;", ("<", None)),
        ("VK_1", "&amp;", ("&", None)), ("VK_OEM_2", "?", ("?", None)), ("VK_OEM_6", "", (None, None)),
        ("VK_SPACE", " ", (" ", "Space")), ("VK_BACK", "&#x8;", ("Backspace", "Backspace")),
        ("VK_RETURN", "\r\n", ("Enter", "Enter")), ("VK_TAB", "    ", ("Tab", "Tab")),
        ("VK_LSHIFT", "", ("Shift", "ShiftLeft")), ("VK_SHIFT", "", ("Shift", None)),
        ("VK_ESCAPE", "&#x1B},", ("Escape", "Escape")), ("VK_NUMPAD1", "1", ("1", "Numpad1")),
        ("VK_DECIMAL", ",", (",", "NumpadDecimal")), ("VK_MULMTIPLUY", "*", ("*", None)),
        ("VK_C", "&#x3;", ("\x03", None)), ("VK_C", "", ("c", None)), ("VK_1", "", (None, "Digit1")),
        ("VK_PACKET", "😀", ("😀", None)), ("VK_PACKET", "Enter", (None, None)),
    ],
)  # fmt: skip
def test_virtual_keys_and_values_become_keys(name: str, value: str, expected: tuple[str | None, str | None]) -> None:
    """Characters are what the key made; named keys are their names."""
    events, _ = read_all(log(key(5, 9, name, value)))
    assert [(found.key, found.code) for found in events if isinstance(found, (KeyDown, KeyUp))] == [expected] * 2


def test_releases_come_in_their_place() -> None:
    """An end of 0 is none; a stroke of no length goes down first; a press before the release is a repeat."""
    events, _ = read_all(
        log(key(0, 300, "VK_A", "a"), key(100, 0, "VK_B", "b"), key(200, 500, "VK_A", "a"), key(300, 300, "VK_D", "d"))
    )
    assert [(type(found).__name__, found.time_us // 1000, getattr(found, "key", "")) for found in events] == [
        ("KeyDown", 0, "a"), ("KeyDown", 100, "b"), ("KeyDown", 200, "a"), ("KeyUp", 300, "a"), ("KeyDown", 300, "d"),
        ("KeyUp", 300, "d"), ("KeyUp", 500, "a"),
    ]  # fmt: skip
    assert [found.repeat for found in events if isinstance(found, KeyDown)] == [False, False, True, False]


def test_the_mouse_clicks_and_moves() -> None:
    """A movement ends where it says; a wheel does not tell how far it turned."""
    click = {"startTime": 3_152_437, "endTime": 3_152_546, "x": 309, "y": 1317, "type": "click", "button": "LEFT"}
    events, notes = read_all(
        log(
            event("mouse", **click),
            event("mouse", startTime=3_153_000, endTime=3_153_500, x=1, y="-2.5", type="movement", button=""),
            event("mouse", startTime=3_154_000, endTime=3_154_000, type="scroll"),
        )
    )
    assert events == [
        PointerDown(time_us=3_152_437_000, x=309, y=1317),
        PointerUp(time_us=3_152_546_000, x=309, y=1317),
        PointerMove(time_us=3_153_500_000, x=1, y=-2.5),
    ]
    assert notes.refused == 0


def test_titles_are_focus() -> None:
    """What Inputlog does not escape is read all the same."""
    events, _ = read_all(log(event("focus", title="R&D - Word", startTime=7, endTime=7)))
    assert events == [Focus(time_us=7_000, window="R&D - Word")]


@pytest.mark.parametrize(
    ("value", "lost"), [(" />", False), (">False</value>", False), (">Word only</value>", True), (">1</value>", True)]
)
def test_with_restricted_logging_the_caret_is_lost_with_the_focus(value: str, *, lost: bool) -> None:
    """What happened elsewhere is not in the log."""
    events, _ = read_all(log(event("focus", title="Word", startTime=7, endTime=7), restricted=value))
    assert [type(found) for found in events[1:]] == [Discontinuity] * lost


def test_text_that_keys_do_not_tell_is_input() -> None:
    """At the time of the event before; what the key made is not made twice."""
    events, notes = read_all(
        log(
            key(10, 20, "VK_I", "i"),
            '<event id="10" type="replacement"><part type="wordlog"><start>25</start><end>40</end>'
            "<newtext>i</newtext></part></event>",
            key(30, 35, "VK_BACK", "&#x8;"),
            '<event id="44" type="replacement"><part type="wordlog"><start>140</start><end>161</end>'
            "<newtext></newtext></part></event>",
            '<event id="45" type="replacement"><part type="wordlog"><start>1</start><end>4</end>'
            "<newtext>the</newtext></part></event>",
            '<event id="0" type="insert"><part type="wordlog"><position>3</position><before>Liebe alle,</before>'
            "<after></after></part></event>",
        )
    )
    assert [found for found in events if isinstance(found, Input)] == [
        Input(time_us=10_000, input_type="deleteContent"),
        Input(time_us=30_000, input_type="deleteContent"),
        Input(time_us=30_000, input_type="deleteContent"),
        Input(time_us=30_000, input_type="insertReplacementText", data="the"),
        Input(time_us=30_000, input_type="insertFromPaste", data="Liebe alle,"),
    ]
    assert (notes.refused, notes.unknown_fields) == (0, Counter())


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (key("hunter2", 9, "VK_A", "a"), "startTime: missing, or not"),
        (key(5, "1e9", "VK_A", "a"), "endTime: missing, or not"),
        (event("keyboard", key="VK_A", value="hunter2"), "startTime: missing"),
        (event("mouse", startTime=5, x=1, type="click"), "y: missing"),
        (event("mouse", startTime=5, x=1, y=2, type="hunter2", button="LEFT"), "type, button: must be"),
        (event("speech", startTime=5, text="hunter2"), "type: not one"),
        ('<event id="1"/>', "type: not one"),
    ],
)  # fmt: skip
def test_a_bad_event_costs_one_note(bad: str, reason: str) -> None:
    """Those around it stay."""
    events, notes = read_all(log(key(0, 1, "VK_A", "a"), bad, key(9, 10, "VK_B", "b")))
    assert [getattr(found, "key", None) for found in events if not isinstance(found, KeyUp)] == ["a", None, "b"]
    assert Discontinuity(time_us=0) in events
    [(number, said)] = notes.refused_lines
    assert number == 2 and said.startswith(reason)
    assert "hunter2" not in repr(notes)


def test_questionnaires_are_dropped_and_unknown_fields_noted() -> None:
    """By their names."""
    answers = '<event type="questions" id="9"><part type="winlog"><handedness>87</handedness></part></event>'
    events, notes = read_all(log(answers, event("focus", title="a", startTime=1, endTime=1, hunter="2")))
    assert len(events) == 1
    assert notes.unknown_fields == Counter(hunter=1)


@pytest.mark.parametrize("cut", [b"</log>", b"</value>"])
def test_a_log_that_breaks_off_is_read_as_far_as_it_goes(cut: bytes) -> None:
    """Nothing is known of the rest."""
    data = log(key(0, 9, "VK_A", "a"), key(5, 9, "VK_B", "hunter2"))
    events, notes = read_all(data[: data.rfind(cut)])
    assert [type(found) for found in events][-1] is KeyUp or type(events[-1]) is Discontinuity
    assert any(type(found) is Discontinuity for found in events)
    assert "cut off at line" in notes.refused_lines[0][1]
    assert "hunter2" not in repr(notes)


def test_a_document_type_is_refused() -> None:
    """Its entities could make much of little."""
    with pytest.raises(FormatError, match="document type"):
        read_all(b'<!DOCTYPE log [<!ENTITY a "b">]><log><event type="focus"/></log>')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_it_is_told_by_its_beginning(encoding: str) -> None:
    """In each encoding, with and without a head."""
    assert open_format(io.BytesIO(log(LITERAL).decode().encode(encoding)))[0] == "idfx"
    for text, known in ((f"<log>{LITERAL}", True), ("<log><entry/></log>", False), ("<html>", False)):
        assert recognises(next(heads(f'<?xml version="1.0"?>{text}'.encode(encoding)))) is known


@pytest.mark.parametrize("chunk_bytes", [1, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_chunks_make_no_difference(encoding: str, chunk_bytes: int) -> None:
    """However the bytes come."""
    data = log(LITERAL, key(1250, 1300, "VK_BACK", "&#x8;"), "<event/>").decode().encode(encoding)
    assert read_all(data, chunk_bytes) == read_all(data)


def test_a_secret_leaves_nowhere() -> None:
    """Typed and corrected; the words around it stay."""
    script = 'type:"the river runs north\\nmy password is hunter3" key:Backspace type:"2!Q\\nand home again\\n"'
    rows = list(filter_stream(io.BytesIO(write(from_records(expand(script).events)))))
    assert not find_leaks(rows, ["hunter2!Q", "hunter3"])
    assert not find_missing(rows, ["the river runs north", "and home again"])
