"""A private file is its owner's alone, and is replaced as a whole or left as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reticent.enrolment.private import read_private, write_private
from reticent.errors import EnrolmentError

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


@posix
def test_written_for_the_owner_alone(tmp_path: Path) -> None:
    """Whatever the umask; the folder too, where it is made."""
    path, before = tmp_path / "new" / "file", os.umask(0)
    try:
        write_private(path, b"one", None)
        write_private(path, b"two", b"one")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert read_private(path, "file") == b"two" and [*path.parent.iterdir()] == [path]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o610])
def test_refused_when_others_may(tmp_path: Path, mode: int) -> None:
    """Read it, change it or run it: group or world."""
    path = tmp_path / "file"
    write_private(path, b"one", None)
    path.chmod(mode)
    with pytest.raises(EnrolmentError, match="chmod 600"):
        read_private(path, "file")


def test_refused_when_it_is_no_file(tmp_path: Path) -> None:
    """A folder, a device, nothing, or something too long."""
    (tmp_path / "long").write_bytes(bytes((4 << 20) + 1))
    for path in (tmp_path, tmp_path / "none", tmp_path / "long", Path(os.devnull)):
        with pytest.raises(EnrolmentError, match="cannot be read|is no file|belongs|others"):
            read_private(path, "file")


def test_a_change_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Neither one that was made, nor one that is being made."""
    path = tmp_path / "file"
    write_private(path, b"one", None)
    for before in (None, b"zero"):
        with pytest.raises(EnrolmentError, match="changed meanwhile"):
            write_private(path, b"two", before)
    (tmp_path / "file.part").touch()
    with pytest.raises(EnrolmentError, match="being written"):
        write_private(path, b"two", b"one")
    assert path.read_bytes() == b"one" and (tmp_path / "file.part").exists()
    with pytest.raises(EnrolmentError, match="cannot be written"):
        write_private(path / "below", b"", None)
