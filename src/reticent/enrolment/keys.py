"""Where the key of a store comes from: the keystore of the operating system, a passphrase, or a file."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from pathlib import Path
from typing import ClassVar, Protocol

from reticent.enrolment.private import read_private, write_private
from reticent.errors import EnrolmentError

__all__ = ["KeyFile", "KeySource", "Keyring", "Passphrase"]

_SERVICE = "reticent enrolled secrets"
_KEY_BYTES = 32
_PASSPHRASE_MIN = 12
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 1 << 17, 8, 1
"""128 MiB and some tenths of a second for each guess at a passphrase."""


class KeySource(Protocol):
    """Gives the 32-byte key of a store. ``kind`` is written into the store, so that its owner knows what to bring."""

    kind: ClassVar[str]

    def key(self, store: bytes, /, *, new: bool) -> bytes:
        """The key of the store with this identifier; ``new``: there was none before.

        Raises:
            EnrolmentError: there is no such key, or it cannot be had.
        """


def _derived(material: bytes, store: bytes) -> bytes:
    return hashlib.scrypt(
        material, salt=store, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, maxmem=2 * 128 * _SCRYPT_N * _SCRYPT_R,
        dklen=_KEY_BYTES,
    )  # fmt: skip


class Keyring:
    """A random key in the keystore of the operating system. Needs the extra ``keyring``.

    >>> Keyring()
    Keyring()
    """

    kind: ClassVar[str] = "keyring"

    def __repr__(self) -> str:
        return "Keyring()"

    def key(self, store: bytes, /, *, new: bool) -> bytes:
        """See ``KeySource``."""
        try:
            import keyring
        except ImportError:
            raise EnrolmentError(
                "the keystore of this system cannot be asked: install reticent[keyring], or use a passphrase or a "
                "key file"
            ) from None
        try:
            # Backends that encrypt nothing, or keep nothing, rank themselves below 1.
            trusted = not new or keyring.get_keyring().priority >= 1
            if new and trusted:
                keyring.set_password(_SERVICE, store.hex(), secrets.token_hex(_KEY_BYTES))
            kept = keyring.get_password(_SERVICE, store.hex()) if trusted else None
        except Exception as error:
            # Backends raise what they like; of that only the type is safe to tell.
            raise EnrolmentError(f"the keystore of this system refused: {type(error).__name__}") from None
        if not trusted:
            raise EnrolmentError("this system has no keystore to trust; use a passphrase or a key file")
        return _from_hex(kept)


def _from_hex(kept: str | None) -> bytes:
    try:
        key = bytes.fromhex(kept or "")
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise EnrolmentError("the keystore of this system holds no key of this store; enrol the secrets again")
    return key


class Passphrase:
    """A key derived by scrypt from what its owner remembers: at least 12 characters.

    Raises:
        EnrolmentError: it is shorter.

    >>> Passphrase("seven odd words nobody says")
    Passphrase()
    """

    kind: ClassVar[str] = "passphrase"

    def __init__(self, passphrase: str) -> None:
        if len(passphrase) < _PASSPHRASE_MIN:
            raise EnrolmentError(f"a passphrase has at least {_PASSPHRASE_MIN} characters; take several words")
        self._material = unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")

    def __repr__(self) -> str:
        return "Passphrase()"

    def __reduce__(self) -> str:
        raise TypeError("a passphrase stays in memory: it is never pickled or copied")

    def key(self, store: bytes, /, *, new: bool) -> bytes:
        """See ``KeySource``."""
        return _derived(self._material, store)


class KeyFile:
    """A key derived by scrypt from a file that its owner alone may read; made, with random content, for a new store.

    >>> KeyFile("store.key").kind
    'key file'
    """

    kind: ClassVar[str] = "key file"

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def __repr__(self) -> str:
        return "KeyFile()"

    def key(self, store: bytes, /, *, new: bool) -> bytes:
        """See ``KeySource``."""
        if new and not self._path.exists():
            write_private(self._path, secrets.token_hex(_KEY_BYTES).encode() + b"\n", None)
        material = read_private(self._path, "key file").strip()
        if len(material) < _KEY_BYTES:
            raise EnrolmentError(f"{self._path}: a key file holds at least {_KEY_BYTES} bytes")
        return _derived(material, store)
