"""Compressed input is told by its bytes and read in bounded memory; cut or damaged, what came before stays."""

from __future__ import annotations

import gzip
import io
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from reticent.compression import check_suffix, decompressed, writing
from reticent.errors import FormatError
from reticent.reading.notes import Notes

zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
PLAIN = b"".join(b"line %d of many\n" % number for number in range(20_000))
BOTH = pytest.mark.parametrize("pack", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
Pack = Callable[[bytes], bytes]


class Dribble(io.RawIOBase):
    """Gives a byte at a time, as the slowest of pipes."""

    def __init__(self, data: bytes) -> None:
        self.rest = data

    def read(self, size: int = -1, /) -> bytes:
        """The next byte."""
        part, self.rest = self.rest[:1], self.rest[1:]
        return part


def read_all(data: bytes, size: int = 1000) -> tuple[bytes, str | None]:
    """What a compressed stream holds, and what was wrong with it."""
    notes = Notes()
    stream = decompressed(io.BytesIO(data), notes)
    parts = []
    while part := stream.read(size):
        assert len(part) <= size
        parts.append(part)
    assert stream.read(size) == b""
    return b"".join(parts), notes.broken


@pytest.mark.parametrize("data", [b"", b"\x1f", b"\x28\xb5", b"{}", b"\x1f{}", PLAIN])
def test_plain_data_stay_as_they_are(data: bytes) -> None:
    """Also where they begin as compressed data do."""
    assert read_all(data) == (data, None)


@BOTH
@pytest.mark.parametrize("size", [1, 7, 1 << 14])
def test_members_are_read_one_after_the_other(pack: Pack, size: int) -> None:
    """As ``cat a.gz b.gz`` makes them, however little is asked for."""
    data = PLAIN[:5000]
    assert read_all(pack(data) + pack(b"") + pack(b"end"), size) == (data + b"end", None)


@BOTH
def test_a_slow_pipe_is_read_as_it_fills(pack: Pack) -> None:
    """The first bytes come before the last are there."""
    source = Dribble(pack(b"first\n") + pack(b"last\n"))
    stream, seen = decompressed(source, Notes()), b""
    while not seen.endswith(b"\n"):
        seen += stream.read(99)
    assert seen == b"first\n"
    assert source.rest


@BOTH
def test_what_is_cut_off_keeps_what_came_before(pack: Pack) -> None:
    """And the note says so."""
    data, broken = read_all(pack(PLAIN)[:-20])
    assert PLAIN.startswith(data)
    assert broken is not None and "cut off" in broken


@BOTH
def test_what_is_damaged_keeps_what_came_before(pack: Pack) -> None:
    """A member that is none, after one that is; nothing of it is quoted."""
    read, broken = read_all(pack(PLAIN[:100]) + b"hunter2")
    assert broken is not None and "damaged" in broken and "hunter2" not in broken
    assert read == PLAIN[:100]


def test_a_checksum_is_checked() -> None:
    """A bit that tipped over in the matter of a gzip file does not pass for a good end."""
    damaged = bytearray(gzip.compress(PLAIN))
    damaged[len(damaged) // 2] ^= 1
    assert "damaged" in (read_all(bytes(damaged))[1] or "")


@BOTH
def test_a_bomb_takes_no_memory(pack: Pack) -> None:
    """64 MiB in a few KiB are given out in the pieces that are asked for."""
    stream = decompressed(io.BytesIO(pack(bytes(64 << 20))), Notes())
    tracemalloc.start()
    total = sum(len(part) for part in iter(lambda: stream.read(1 << 14), b""))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == 64 << 20
    assert peak < 4 << 20


def test_a_window_is_bounded() -> None:
    """A frame that wants more memory than 128 MiB for its window is refused as damaged."""
    huge = b"\x28\xb5\x2f\xfd\x00" + bytes([(30 - 10) << 3]) + b"\x01\x00\x00"
    assert read_all(huge) == (b"", "its zstd data are damaged; what stood before that was read")


@pytest.mark.parametrize("suffix", [".jsonl", ".gz", ".zst"])
def test_a_file_can_be_read_before_it_is_closed(tmp_path: Path, suffix: str) -> None:
    """Up to what was flushed last; and the same content gives the same bytes, whatever the name and the hour."""
    path = tmp_path / "out"
    with writing(path, suffix) as file:
        file.write(b"one\n")
        file.flush()
        assert read_all(path.read_bytes())[0] == b"one\n"
        file.write(b"two\n")
    assert read_all(path.read_bytes()) == (b"one\ntwo\n", None)
    with writing(tmp_path / "other", suffix) as file:
        file.write(b"one\n")
        file.flush()
        file.write(b"two\n")
    assert path.read_bytes() == (tmp_path / "other").read_bytes()
    assert b"out" not in path.read_bytes()


def test_without_the_extra_the_fix_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """For input and output; gzip goes on."""
    for name in ("compression", "compression.zstd", "backports", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    for attempt in (lambda: check_suffix("a.zst"), lambda: decompressed(io.BytesIO(zstd.compress(b"x")), Notes())):
        with pytest.raises(FormatError, match=r"pip install \"reticent\[zstd\]\""):
            attempt()
    check_suffix("a.gz")
