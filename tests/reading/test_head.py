"""The beginning of a stream is looked at line by line, with all that came before, and never beyond its bounds."""

from __future__ import annotations

import pytest

from reticent.reading.head import HEAD_LINES, heads


def test_each_line_with_what_came_before() -> None:
    """Without its end; the data keeps it."""
    first, second = heads(b"a\r\n[1]\n")
    assert (first.line, first.record, first.data) == (b"a", None, b"a\r\n")
    assert (second.line, second.record, second.data) == (b"[1]", [1], b"a\r\n[1]\n")


@pytest.mark.parametrize("line", [b"[" * 100_000, b'"\xff"', b"{", b"\0"])
def test_garbage_is_no_record(line: bytes) -> None:
    """However deep or broken it is."""
    assert [head.record for head in heads(line)] == [None]


def test_a_byte_order_mark_is_no_part_of_the_line() -> None:
    """Only at the very beginning."""
    assert [head.line for head in heads(b"\xef\xbb\xbf{}\n\xef\xbb\xbf{}")] == [b"{}", b"\xef\xbb\xbf{}"]


def test_it_is_bounded() -> None:
    """However long the stream."""
    assert sum(1 for _ in heads(b"{}\n" * 1000)) == HEAD_LINES
