"""Compressed recordings and outputs: gzip with what Python brings, Zstandard with the extra ``reticent[zstd]``.

Input is known by its first bytes, output by its suffix. Memory is bounded whatever an input claims to hold: a read
gives no more than was asked for, and the window of Zstandard is at most 128 MiB. How long all of it takes is not.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from reticent.errors import FormatError
from reticent.reading.lines import CHUNK_BYTES, ByteSource, Replay, read_available
from reticent.reading.notes import Notes

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["SUFFIXES", "check_suffix", "decompressed", "writing"]

SUFFIXES = (".gz", ".zst")
"""Ends of the names of compressed files."""

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_ZSTD_WINDOW_LOG = 27
_GZIP_LEVEL = 6


class _Decoder(Protocol):
    """One member of a compressed file; ``bz2``, ``lzma`` and ``compression.zstd`` offer the same."""

    @property
    def eof(self) -> bool:
        """Whether its end has been reached."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more can be said without further data."""

    @property
    def unused_data(self) -> bytes:
        """What follows its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most ``max_length`` bytes of it."""


def decompressed(stream: ByteSource, notes: Notes) -> ByteSource:
    """What a stream holds, without its compression; a plain one as it is.

    Data that are cut off or damaged end the stream where they do, and ``notes.broken`` says so.

    Raises:
        FormatError: it is Zstandard, and what reads it is not installed; or it gives text instead of bytes.

    >>> import gzip, io
    >>> decompressed(io.BytesIO(gzip.compress(b"hello")), Notes()).read(99)
    b'hello'
    """
    head = b""
    while any(len(head) < len(magic) and magic.startswith(head) for magic in (_GZIP, _ZSTD)):
        chunk = read_available(stream, CHUNK_BYTES)
        if not chunk:
            break
        head += chunk
    if head.startswith(_GZIP):
        return _Decompressed(Replay(head, stream), notes, "gzip")
    if head.startswith(_ZSTD):
        return _Decompressed(Replay(head, stream), notes, "zstd")
    return Replay(head, stream)


@contextmanager
def writing(path: Path, suffix: str) -> Iterator[BinaryIO]:
    """A new file that compresses as ``suffix`` says; what is flushed can be read though the file is never closed.

    Raises:
        OSError: it cannot be written.
        FormatError: the suffix is ``.zst``, and what writes it is not installed.
    """
    with path.open("wb") as plain:
        if suffix not in SUFFIXES:
            yield plain
            return
        with _zstd_writer(plain) if suffix == ".zst" else _gzip_writer(plain) as file:
            yield file


def check_suffix(path: str) -> None:
    """Say now, not at the first write, whether a file of this name can be compressed as it asks for.

    Raises:
        FormatError: its suffix is ``.zst``, and what writes it is not installed.

    >>> check_suffix("safe.jsonl.gz")
    """
    if path.endswith(".zst"):
        _zstd()


def _gzip_writer(plain: BinaryIO) -> BinaryIO:
    import gzip

    # Neither the name of the file nor the time of day belongs into an output.
    return cast("BinaryIO", gzip.GzipFile("", "wb", _GZIP_LEVEL, plain, mtime=0))


def _zstd_writer(plain: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", _FlushedBlocks(_zstd().ZstdFile(plain, "wb")))


class _FlushedBlocks:
    """A Zstandard file of which every flush ends a block, not the frame."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __enter__(self) -> _FlushedBlocks:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        return int(self._file.write(data))

    def flush(self) -> None:
        self._file.flush(self._file.FLUSH_BLOCK)


def _zstd() -> ModuleType:
    """``compression.zstd`` of Python 3.14, or the package that offers the same to older ones."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        try:
            from backports import zstd
        except ImportError:
            raise FormatError('Zstandard needs an extra: pip install "reticent[zstd]", or use gzip') from None
    return cast("ModuleType", zstd)


def _zstd_decoder() -> tuple[Callable[[], _Decoder], type[Exception]]:
    zstd = _zstd()
    options = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
    return partial(zstd.ZstdDecompressor, options=options), zstd.ZstdError


class _Gzip:
    """One member of a gzip file."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(_GZIP_WINDOW)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not (self._full or self._inner.unconsumed_tail)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length
        return out


class _Decompressed:
    """What the members of a compressed source hold, one after the other."""

    def __init__(self, source: ByteSource, notes: Notes, kind: str) -> None:
        self._source = source
        self._notes = notes
        self._kind = kind
        self._new, self._fault = (_Gzip, zlib.error) if kind == "gzip" else _zstd_decoder()
        self._decoder = self._new()
        self._ended = False

    def read(self, size: int = CHUNK_BYTES, /) -> bytes:
        """What there is by now, at most ``size`` bytes; none at the end."""
        try:
            while not self._ended:
                part = self._next(size)
                if part:
                    return part
        except self._fault:
            self._break_off("damaged")
        return b""

    def _next(self, size: int) -> bytes:
        decoder = self._decoder
        data = b""
        if decoder.eof:
            data = decoder.unused_data.lstrip(b"\0") or read_available(self._source, CHUNK_BYTES).lstrip(b"\0")
            if not data:
                self._ended = True
                return b""
            decoder = self._decoder = self._new()
        elif decoder.needs_input:
            data = read_available(self._source, CHUNK_BYTES)
            if not data:
                self._break_off("cut off")
                return b""
        return decoder.decompress(data, size)

    def _break_off(self, how: str) -> None:
        self._ended = True
        self._notes.broken = f"its {self._kind} data are {how}; what stood before that was read"
