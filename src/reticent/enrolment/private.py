"""Files that only their owner may read: refused when others could, and replaced as a whole."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reticent.errors import EnrolmentError

__all__ = ["read_private", "write_private"]

_MAX_BYTES = 4 << 20
_OTHERS = 0o077


def read_private(path: Path, what: str) -> bytes:
    """What a file holds; ``what`` names it in messages.

    Raises:
        EnrolmentError: it cannot be read, is no file, or is not its owner's alone (not checked on Windows).
    """
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > _MAX_BYTES:
                raise EnrolmentError(f"{path}: is no {what}")
            if os.name == "posix" and state.st_uid != os.geteuid():
                raise EnrolmentError(f"{path}: this {what} belongs to somebody else; use one of your own")
            if os.name == "posix" and state.st_mode & _OTHERS:
                raise EnrolmentError(f"{path}: others may read or change this {what}; chmod 600 it, and its backups")
            return file.read()
    except OSError as error:
        raise EnrolmentError(f"{path}: this {what} cannot be read: {error.strerror}") from None


def write_private(path: Path, data: bytes, before: bytes | None) -> None:
    """Replace a file as a whole, or not at all; what it held ``before`` (None: it was not there) must still be so.

    Raises:
        EnrolmentError: it changed meanwhile, somebody else is writing it, or it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        if part.exists():
            raise EnrolmentError(f"{part}: is being written; if nobody is, delete it and try again") from None
        raise EnrolmentError(f"{path}: cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if (path.read_bytes() if path.exists() else None) != before:
            raise EnrolmentError(f"{path}: was changed meanwhile, and is left as it is; try again")
        part.replace(path)
    except OSError as error:
        raise EnrolmentError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
