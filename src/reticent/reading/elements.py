"""XML as a row of elements below the root, one after the other, so that memory does not grow with the document.

Recorders write XML that is not quite XML. Characters that XML cannot hold, such as ``&#x8;`` for Backspace, come as
control pictures (U+2408), and an ampersand that begins nothing stands for itself. A document type is refused: entities
can make much of little, or read files.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reticent.errors import FormatError
from reticent.reading.lines import CHUNK_BYTES, ByteSource, read_available
from reticent.reading.notes import FieldError

if TYPE_CHECKING:
    from xml.parsers import expat

__all__ = ["CONTROL_PICTURES", "Element", "decoded_start", "read_elements"]

CONTROL_PICTURES = 0x2400
"""What is added to a control character that XML cannot hold."""

_MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"),
    (b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"),
)  # fmt: skip
_UNFIT = re.compile(
    r"&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));|(?!(?:amp|lt|gt|quot|apos);))|[\0-\x08\x0b\x0c\x0e-\x1f]"
)
_REFERENCE_MAX = 12
_HELD = frozenset((0x09, 0x0A, 0x0D))


@dataclass(slots=True)
class Element:
    """An element: its text is all that stands directly in it. Its ``repr`` shows nothing of it."""

    name: str = field(repr=False)
    attributes: dict[str, str] = field(repr=False)
    text: str = field(default="", repr=False)
    children: list[Element] = field(default_factory=list, repr=False)

    def child(self, name: str) -> str | None:
        """Text of the first child of this name."""
        return next((child.text for child in self.children if child.name == name), None)


def read_elements(
    stream: ByteSource, root: str, chunk_bytes: int = CHUNK_BYTES, max_chars: int = 1 << 24
) -> Iterator[list[Element | None]]:
    """The children of the root, in lists as they come; None in the place of one that is longer than ``max_chars``.

    Raises:
        FormatError: a document type, another root, or the stream gives text instead of bytes.
        FieldError: it is not well-formed from a place on, or cut off.

    >>> import io
    >>> [[(a, b)]] = [[(e.child("k"), e.attributes) for e in es] for es in read_elements(
    ...     io.BytesIO(b'<log><event id="1"><k>a &amp; b</k></event></log>'), "log")]
    >>> a, b
    ('a & b', {'id': '1'})
    """
    from xml.parsers import expat

    builder = _Builder(root, max_chars)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.stop
    parser.CharacterDataHandler = builder.data
    fault = ""
    try:
        for text in _texts(stream, chunk_bytes):
            parser.Parse(text, False)  # noqa: FBT003 - takes it by place only
            if found := builder.taken():
                yield found
        parser.Parse("", True)  # noqa: FBT003
    except (expat.ExpatError, UnicodeDecodeError) as error:
        fault = _fault(error)
    finally:
        found = builder.taken()
        builder.forget()
    if found:
        yield found
    if fault:
        raise FieldError(f"{fault}; nothing after it was read")


def _fault(error: expat.ExpatError | UnicodeDecodeError) -> str:
    """What is wrong with a document, and where; messages of the parser may quote it."""
    if isinstance(error, UnicodeDecodeError):
        return "not in the encoding that it begins with"
    from xml.parsers import expat

    reason = expat.errors.messages.get(error.code, "")
    is_cut = "no element" in reason or "unclosed" in reason
    return f"{'cut off' if is_cut else 'not well-formed XML'} at line {error.lineno}"


def decoded_start(data: bytes) -> str:
    """The beginning of a document as text, whichever encoding its first bytes show.

    >>> decoded_start("<?xml?>".encode("utf-16"))
    '<?xml?>'
    """
    return data.decode(_encoding(data), "ignore").removeprefix("\ufeff")


def _encoding(data: bytes) -> str:
    return next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")


def _texts(stream: ByteSource, chunk_bytes: int) -> Iterator[str]:
    """Text that a parser takes, in pieces."""
    head = b""
    while len(head) < 4 and (chunk := read_available(stream, chunk_bytes)):
        head += chunk
    decoder = codecs.getincrementaldecoder(_encoding(head))()
    rest, chunk, first = "", head, True
    while chunk:
        try:
            rest += decoder.decode(chunk)
        except UnicodeDecodeError as error:
            yield _UNFIT.sub(_fitting, rest + error.object[: error.start].decode(_encoding(head)))
            raise
        if first:
            rest, first = rest.removeprefix("\ufeff"), False
        cut = rest.rfind("&", max(0, len(rest) - _REFERENCE_MAX))
        whole = rest if cut < 0 or ";" in rest[cut:] else rest[:cut]
        if whole:
            yield _UNFIT.sub(_fitting, whole)
        rest = rest[len(whole) :]
        chunk = read_available(stream, chunk_bytes)
    rest += decoder.decode(b"", final=True)
    if rest:
        yield _UNFIT.sub(_fitting, rest)


def _fitting(found: re.Match[str]) -> str:
    reference = found[0]
    if reference == "&":
        return "&amp;"
    number = int(found[1], 16) if found[1] else int(found[2]) if found[2] else ord(reference)
    if number < 0x20 and number not in _HELD:
        return chr(CONTROL_PICTURES + number)
    fits = number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    return reference if fits else "\ufffd"


class _Builder:
    """Makes elements of what a parser finds; only what is below the root is kept, until it is taken."""

    def __init__(self, root: str, max_chars: int) -> None:
        self._root = root
        self._max_chars = max_chars
        self._open: list[Element] = []
        self._depth = 0
        self._chars = 0
        self._found: list[Element | None] = []

    def taken(self) -> list[Element | None]:
        found, self._found = self._found, []
        return found

    def forget(self) -> None:
        self._open.clear()
        self._found.clear()

    def doctype(self, *_: object) -> None:
        raise FormatError("the XML has a document type, which recorders do not write; remove it")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            if name != self._root:
                raise FormatError(f"the root of the XML is not <{self._root}>; name the format with --from")
            return
        self._chars += len(name) + sum(map(len, attributes.values())) + 1
        if self._depth == 2 or self._fits():
            self._open.append(Element(name, attributes))

    def data(self, text: str) -> None:
        if self._depth > 1:
            self._chars += len(text)
            if self._fits():
                self._open[-1].text += text

    def stop(self, _: str) -> None:
        self._depth -= 1
        if self._depth == 1:
            self._found.append(self._open[0] if self._fits() else None)
            self._open.clear()
            self._chars = 0
        elif self._depth > 1 and self._fits():
            done = self._open.pop()
            self._open[-1].children.append(done)

    def _fits(self) -> bool:
        return self._chars <= self._max_chars
