"""Bytes sent to a terminal are the keys that send them, however they are cut; a bracketed paste is one input."""

from __future__ import annotations

import pytest

from reticent.events import Input, KeyDown, KeyUp
from reticent.keys.table import NAMED_KEYS
from reticent.reading.terminal import TerminalKeys


def keys_of(data: str | bytes) -> list[tuple[str | None, ...]]:
    """Keys and modifiers of what was sent at once."""
    keys = TerminalKeys()
    data = data.encode() if isinstance(data, str) else data
    events = keys.feed(data, 0) + keys.end()
    downs = [event for event in events if isinstance(event, KeyDown)]
    assert len(events) == 2 * len(downs)
    return [(event.key, *event.modifiers) for event in downs]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a", ("a",)), ("A", ("A",)), ("é", ("é",)), ("😀", ("😀",)), (" ", (" ",)),
        ("\r", ("Enter",)), ("\n", ("Enter",)), ("\t", ("Tab",)), ("\x7f", ("Backspace",)), ("\b", ("Backspace",)),
        ("\x03", ("c", "Control")), ("\x15", ("u", "Control")), ("\x1f", ("_", "Control")), ("\0", (" ", "Control")),
        ("\x1b", ("Escape",)), ("\x1bb", ("b", "Alt")), ("\x1b\x7f", ("Backspace", "Alt")),
        ("\x1b[A", ("ArrowUp",)), ("\x1bOA", ("ArrowUp",)), ("\x1b[D", ("ArrowLeft",)),
        ("\x1b[1;5D", ("ArrowLeft", "Control")), ("\x1b[1;4C", ("ArrowRight", "Shift", "Alt")),
        ("\x1b[H", ("Home",)), ("\x1b[1~", ("Home",)), ("\x1bOF", ("End",)), ("\x1b[8~", ("End",)),
        ("\x1b[2~", ("Insert",)), ("\x1b[3~", ("Delete",)), ("\x1b[3;5~", ("Delete", "Control")),
        ("\x1b[5~", ("PageUp",)), ("\x1b[6~", ("PageDown",)), ("\x1b[Z", ("Tab", "Shift")),
        ("\x1bOP", ("F1",)), ("\x1b[[B", ("F2",)), ("\x1b[1;2R", ("F3", "Shift")), ("\x1b[24~", ("F12",)),
        ("\x1bOM", ("Enter",)), ("\x1bOp", ("0",)), ("\x1bOy", ("9",)), ("\x1bOj", ("*",)),
        ("\x1b[97;5u", ("a", "Control")), ("\x1b[13;2u", ("Enter", "Shift")), ("\x1b[27u", ("Escape",)),
        ("\x1b[97:65;2u", ("A", "Shift")), ("\x1b[97;2;65u", ("A", "Shift")), ("\x1b[57400u", ("1",)),
        ("\x1b[27;5;97~", ("a", "Control")), ("\x1b[57441u", ("Unidentified",)), ("\x1b[99q", ("Unidentified",)),
        ("\x1b[9999999999u", ("Unidentified",)),
    ],
)  # fmt: skip
def test_each_sequence_is_its_key(data: str, expected: tuple[str, ...]) -> None:
    """Named keys are W3C names."""
    assert keys_of(data) == [expected]
    assert len(expected[0]) == 1 or expected[0] in NAMED_KEYS


@pytest.mark.parametrize(
    "reply",
    [
        "\x1b[24;80R", "\x1b[?1;2c", "\x1b[>41;354;0c", "\x1b[0n", "\x1b[I", "\x1b[O", "\x1b[<0;10;20M", "\x1b[M !!",
        "\x1b]11;rgb:0000/0000/0000\x07", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b[97;1:3u",
        "\x1b[201~",
    ],
)  # fmt: skip
def test_what_a_terminal_answers_by_itself_is_no_key(reply: str) -> None:
    """Nor is the release of a key whose press was told; what is typed around it stays."""
    assert keys_of(f"a{reply}b") == [("a",), ("b",)]


def test_a_stroke_is_down_and_up_at_once_without_a_code() -> None:
    """A terminal tells no more."""
    assert TerminalKeys().feed(b"\x03", 5) == [
        KeyDown(time_us=5, key="c", modifiers=("Control",)),
        KeyUp(time_us=5, key="c", modifiers=("Control",)),
    ]


def test_cut_anywhere_it_is_the_same() -> None:
    """Within characters, sequences and pastes."""
    data = "né\x1b[1;5D\x1bOA\x1b[200~p\r\nq\x1b[20\x1b[201~\x1b]11;x\x1b\\\x1bb😀\x1b[M !!\x1b[[A".encode()
    whole = TerminalKeys()
    expected = whole.feed(data, 9) + whole.end()
    assert Input(time_us=9, input_type="insertFromPaste", data="p\nq\x1b[20") in expected
    cut = TerminalKeys()
    assert [event for byte in data for event in cut.feed(bytes([byte]), 9)] + cut.end() == expected


@pytest.mark.parametrize(("wait_us", "expected"), [(50_000, [("ArrowUp",)]), (50_001, [("[", "Alt"), ("A",)])])
def test_a_sequence_must_come_within_50_ms(wait_us: int, expected: list[tuple[str, ...]]) -> None:
    """After that its characters were typed."""
    keys = TerminalKeys()
    events = keys.feed(b"\x1b[", 0) + keys.feed(b"A", wait_us)
    assert [(event.key, *event.modifiers) for event in events if isinstance(event, KeyDown)] == expected


def test_a_lone_escape_is_told_when_time_has_passed() -> None:
    """With the time at which it came, before what came later."""
    keys = TerminalKeys()
    assert keys.feed(b"\x1b", 600_000) == []
    assert keys.feed(b"", 650_000) == []
    events = keys.feed(b"d", 700_000)
    assert [(event.time_us, getattr(event, "key", None)) for event in events[::2]] == [
        (600_000, "Escape"),
        (700_000, "d"),
    ]


def test_a_long_paste_does_not_grow_what_is_held() -> None:
    """It leaves in pieces that make the whole."""
    keys = TerminalKeys()
    sent = "correct horse battery staple " * 9_000
    events = keys.feed(b"\x1b[200~", 1)
    for start in range(0, len(sent), 1000):
        events += keys.feed(sent[start : start + 1000].encode(), 1)
    events += keys.end()
    assert len(events) > 2
    assert "".join(event.data or "" for event in events if isinstance(event, Input)) == sent


def test_an_answer_without_end_does_not_swallow_what_is_typed() -> None:
    """Beyond a bound it is read as typed."""
    keys = TerminalKeys()
    events = keys.feed(b"\x1b]" + b"x" * 5_000, 1)
    assert len(events) == 2 * 5_001


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    """A character that is not known is still a character."""
    assert keys_of(b"a\xffb") == [("a",), ("\ufffd",), ("b",)]
