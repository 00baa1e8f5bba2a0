"""A recording that is one JSON document is read whole up to a bound; beyond it the way out is named."""

from __future__ import annotations

import io

import pytest

from reticent.errors import FormatError
from reticent.reading.documents import first_line, read_document


class Dripping:
    """Gives a byte at a time, as the slowest of pipes."""

    def __init__(self, data: bytes) -> None:
        self.data = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        """The next byte."""
        return self.data.read(1)


@pytest.mark.parametrize("data", [b'[{"a":1},{"a":2}]', b'\xef\xbb\xbf\n[\r\n {"a": 1},\r\n {"a": 2}\r\n]\r\n'])
@pytest.mark.parametrize("source", [io.BytesIO, Dripping])
def test_a_document_may_have_lines_or_none(data: bytes, source: type) -> None:
    """A byte order mark and blanks are no fault."""
    assert read_document(source(data)) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'["hunter2"', "cut off"), (b'["hunter2"][]', "not one whole"), (b'["hunter2\xff"]', "not one whole"),
        (b"", "not one whole"), (b"[" * 100_000, "not one whole"),
        (b'["' + b"hunter2" * 30 + b'"]', "write one event a line"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(data: bytes, fault: str) -> None:
    """The message quotes nothing."""
    with pytest.raises(FormatError, match=fault) as refusal:
        read_document(io.BytesIO(data), 200_000 if len(data) > 1000 else 128)
    assert "hunter2" not in str(refusal.value)


def test_the_limit_is_told_in_bytes_or_in_mebibytes() -> None:
    """As a reader would say it."""
    with pytest.raises(FormatError, match="more than 3 MiB"):
        read_document(io.BytesIO(b" " * (4 << 20)), 3 << 20)
    with pytest.raises(FormatError, match="more than 10 bytes"):
        read_document(io.BytesIO(b" " * 11), 10)


@pytest.mark.parametrize("source", [io.BytesIO, Dripping])
def test_the_first_line_is_seen_and_nothing_of_it_lost(source: type) -> None:
    """Blank lines before it are skipped, but given again."""
    data = b"\xef\xbb\xbf\r\n  {\r\n}\n"
    line, stream = first_line(source(data.replace(b"\xef\xbb\xbf", b"")))
    assert line == b"{"
    again = b""
    while part := stream.read(2):
        again += part
    assert again == b"\r\n  {\r\n}\n"


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    """It is given again all the same."""
    line, stream = first_line(io.BytesIO(b"\xef\xbb\xbf[\n]"))
    assert (line, stream.read(99)) == (b"[", b"\xef\xbb\xbf[\n]")


def test_a_line_without_end_is_seen_as_far_as_a_mebibyte() -> None:
    """No more is looked at, though it is given whole."""
    data = b"[" + b"1" * (3 << 20)
    line, stream = first_line(io.BytesIO(data))
    assert len(line) == 1 << 20
    again = b""
    while part := stream.read(1 << 20):
        again += part
    assert again == data
