"""What commands share that open a store of enrolled secrets: its key, and one clear line where it cannot be had."""

from __future__ import annotations

import getpass
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from reticent.cli.common import end

if TYPE_CHECKING:
    from reticent.enrolment.keys import KeySource
    from reticent.enrolment.store import EnrolledStore

__all__ = ["asked", "opened_store", "store_of"]


def store_of(path: str | None, key_file: str | None) -> EnrolledStore | None:
    """The store of a command that only reads it; ends with one line and exit code 2 when it cannot be used."""
    from reticent.errors import EnrolmentError

    if path is None:
        if key_file is not None:
            end("--key-file: is the key of a store; name that with --enrolled")
        return None
    try:
        store = opened_store(Path(path), key_file)
        _ = store.tagged  # what loads numpy, before the first event
    except EnrolmentError as error:
        end(str(error))
    return store


def opened_store(path: Path, key_file: str | None) -> EnrolledStore:
    """The store in a file, with the kind of key that the file asks for.

    Raises:
        EnrolmentError: it cannot be opened.
    """
    from reticent.enrolment.store import EnrolledStore, key_kind

    return EnrolledStore.open(path, _source(key_kind(path), key_file))


def _source(kind: str, key_file: str | None) -> KeySource:
    from reticent.enrolment.keys import KeyFile, Keyring, Passphrase
    from reticent.errors import EnrolmentError

    if key_file is not None:
        return KeyFile(key_file)
    if kind == KeyFile.kind:
        raise EnrolmentError("the key of this store is a file; name it with --key-file")
    return Passphrase(asked("Passphrase of the store")) if kind == Passphrase.kind else Keyring()


def asked(what: str, *, twice: bool = False) -> str:
    """What is typed at the terminal, without echo, even while standard input is a pipe.

    Raises:
        EnrolmentError: there is no terminal, or it cannot be silenced; or the second answer is another one.
    """
    from reticent.errors import EnrolmentError

    with warnings.catch_warnings():
        # Where echo cannot be turned off Python would only warn, and read from standard input.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            answer = getpass.getpass(f"{what}: ")
            if twice and getpass.getpass(f"{what}, again: ") != answer:
                raise EnrolmentError("the two differ; nothing was changed")
        except (getpass.GetPassWarning, EOFError, OSError, UnicodeError):
            raise EnrolmentError(f"{what}: there is no terminal to ask at without showing the answer") from None
    return answer
