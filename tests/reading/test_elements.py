"""XML comes an element at a time, in whatever pieces and encoding; what could make it grow or reach out is refused."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from reticent.errors import FormatError
from reticent.reading.elements import Element, decoded_start, read_elements
from reticent.reading.notes import FieldError

DOCUMENT = """<?xml version="1.0" encoding="{}"?>
<log>
<a id="1"><b>é &amp; &#233;</b><c/></a>
<a><b>😀</b>text</a>
</log>
"""
EXPECTED = [
    Element("a", {"id": "1"}, "", [Element("b", {}, "é & é"), Element("c", {})]),
    Element("a", {}, "text", [Element("b", {}, "😀")]),
]


def elements(data: bytes | str, chunk_bytes: int = 1 << 18, max_chars: int = 1000) -> list[Element | None]:
    """Children of the root."""
    data = data.encode() if isinstance(data, str) else data
    found = read_elements(io.BytesIO(data), "log", chunk_bytes, max_chars)
    return [element for batch in found for element in batch]


@pytest.mark.parametrize("chunk_bytes", [1, 3, 7, 1 << 18])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encoding_and_pieces_make_no_difference(encoding: str, chunk_bytes: int) -> None:
    """With a byte order mark or without."""
    data = DOCUMENT.format(encoding.removesuffix("-sig")).encode(encoding)
    assert elements(data, chunk_bytes) == EXPECTED
    assert decoded_start(data[:40]).startswith("<?xml version")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("&#x8;", "␈"), ("&#8;", "␈"), ("&#x1B;", "␛"), ("\x03", "␃"), ("&#9;", "\t"), ("&#xA;", "\n"),
        ("AT&T", "AT&T"), ("a & b", "a & b"), ("&nbsp;", "&nbsp;"), ("&lt;&gt;&quot;&apos;", "<>\"'"),
        ("&#xD800;", "\ufffd"), ("&#x110000;", "\ufffd"), ("&#xFFFE;", "\ufffd"), ("&", "&"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunk_bytes", [1, 1000])
def test_what_xml_cannot_hold_is_still_read(written: str, text: str, chunk_bytes: int) -> None:
    """Control characters become pictures of themselves."""
    [element] = elements(f"<log><a>{written}</a></log>", chunk_bytes)
    assert element is not None and element.text == text


def test_a_document_type_is_refused() -> None:
    """Before anything in it can expand."""
    bomb = '<!DOCTYPE log [<!ENTITY a "hunter2"><!ENTITY b "&a;&a;">]><log><a>&b;</a></log>'
    with pytest.raises(FormatError, match="document type") as refusal:
        elements(bomb)
    assert "hunter2" not in str(refusal.value)


def test_another_root_is_refused() -> None:
    """It is another format."""
    with pytest.raises(FormatError, match="root"):
        elements("<html><a/></html>")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("<log>\n<a/><b>hunter2", "cut off at line 2"), ("<log><a/>\n<b></log>", "not well-formed XML at line 2"),
        ("<log><a/>", "cut off"), ("<log><a/></log>\n<x/>", "not well-formed XML at line 2"),
        (b"<log><a/>\xff", "encoding"), ("", "cut off"),
    ],
)  # fmt: skip
def test_what_comes_before_a_fault_is_given_first(broken: str | bytes, reason: str) -> None:
    """The reason tells the line, and quotes nothing."""
    data = broken.encode() if isinstance(broken, str) else broken
    found = []
    with pytest.raises(FieldError, match=reason) as refusal:
        for batch in read_elements(io.BytesIO(data), "log", 1):
            found += batch
    assert [element.name for element in found if element] == (["a"] if data else [])
    assert "hunter2" not in str(refusal.value)


def test_an_element_that_is_too_long_is_left_out() -> None:
    """Those around it stay."""
    long = "<a>" + "<b>hunter2</b>" * 200 + "</a>"
    found = elements(f"<log><x/>{long}<y/></log>", 16)
    assert [element and element.name for element in found] == ["x", None, "y"]
    assert "hunter2" not in repr(elements("<log><a>hunter2</a></log>"))


def test_memory_does_not_grow_with_the_document() -> None:
    """Nor with an element that is too long."""

    class Endless:
        """Gives the same text again and again."""

        def __init__(self, first: bytes, again: bytes, times: int) -> None:
            self.parts = iter([first, *[again] * times])

        def read(self, size: int = -1, /) -> bytes:
            """The next part."""
            return next(self.parts, b"")

    sources = [
        Endless(b"<log>", b"<a>some text</a>" * 100, 2_000),
        Endless(b"<log><a>", b"some text " * 100, 2_000),
    ]
    for source in sources:
        tracemalloc.start()
        with pytest.raises(FieldError):
            for _ in read_elements(source, "log", max_chars=1000):
                pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 300_000


@pytest.mark.parametrize("chunk_bytes", [1, 1 << 14])
@pytest.mark.parametrize("damage", [b"<b></log>", b"\0", b"</log>\0", b"\xff", b"<b"])
def test_what_came_before_the_damage_is_read(damage: bytes, chunk_bytes: int) -> None:
    """Wherever the document was cut into pieces."""
    found: list[Element | None] = []
    with pytest.raises(FieldError, match="nothing after it was read"):
        for batch in read_elements(io.BytesIO(b"<log><a/><c/>" + damage), "log", chunk_bytes):
            found += batch
    assert found == [Element("a", {}), Element("c", {})]
