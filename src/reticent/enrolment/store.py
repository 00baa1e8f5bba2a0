"""The file of enrolled secrets: of each a label, a date, and what is masked by the key: length and tags.

Without the key the file tells how many secrets there are, their labels and dates, and how many twins each has. Masks
are fresh for each record, so that equal secrets look different. A code over everything, made with the key, tells a
changed file, or a wrong key, from a good one.
"""

from __future__ import annotations

import datetime
import hmac
import secrets
from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reticent.detect.folding import normal
from reticent.detect.tagged import SHORT_LENGTH, Tag, Tagged, Tagger
from reticent.enrolment.guesses import GuessLimit
from reticent.enrolment.keys import KeySource
from reticent.enrolment.private import read_private, write_private
from reticent.enrolment.twins import twins
from reticent.errors import EnrolmentError

__all__ = ["EnrolledStore", "Entry", "key_kind"]

_FORMAT, _VERSION = "reticent enrolled secrets", 1
_STORE_BYTES, _NONCE_BYTES, _TAG_BYTES = 16, 16, 7
_LABEL_MAX, _LABEL_SHOWS = 64, 3
_CLASS = 4


class _Record(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    label: str
    added: datetime.date
    nonce: str
    tags: list[str]


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    format: str
    version: int
    key: str
    store: str
    secrets: list[_Record]
    code: str = ""


class Entry(NamedTuple):
    """What may be shown of an enrolled secret: not even its exact length.

    >>> Entry("mail", datetime.date(2026, 1, 2), 12, 0).lengths
    '12-15'
    """

    label: str
    added: datetime.date
    shortest: int
    twins: int

    @property
    def lengths(self) -> str:
        """The class of its length, four wide."""
        return f"{self.shortest}-{self.shortest + _CLASS - 1}"


class EnrolledStore:
    """Enrolled secrets in a file. Get one from ``create`` or ``open``; give it to ``Policy.start(enrolled_store=...)``.

    It knows its secrets by tags only: they are found as a whole, wherever and in whatever case they are typed, but
    their heads and misspellings are not (until a secret was found once: then they are, to the end of that stream).
    """

    def __init__(self, path: Path, kind: str, store: bytes, key: bytes) -> None:
        self._path = path
        self._kind = kind
        self._store = store
        self._tagger = Tagger(key)
        self._mask_key = blake2b(key=key, person=b"reticent.mask").digest()
        self._code_key = blake2b(key=key, person=b"reticent.code").digest()
        self._records: list[_Record] = []
        self._before: bytes | None = None
        self._limit = GuessLimit()

    def __repr__(self) -> str:
        return f"EnrolledStore({len(self._records)} secrets)"

    def __reduce__(self) -> str:
        raise TypeError("a store stays with its key in memory: it is never pickled or copied; open it again instead")

    @classmethod
    def create(cls, path: str | Path, source: KeySource) -> EnrolledStore:
        """A new store, without secrets. Nothing is written before ``save``, but the key is kept by its source.

        Raises:
            EnrolmentError: there is a file already, or no key can be had.
        """
        path, store = Path(path), secrets.token_bytes(_STORE_BYTES)
        if path.exists():
            raise EnrolmentError(f"{path}: is there already")
        return cls(path, source.kind, store, source.key(store, new=True))

    @classmethod
    def open(cls, path: str | Path, source: KeySource) -> EnrolledStore:
        """The store in a file.

        Raises:
            EnrolmentError: it cannot be read, others can read it, it was changed, or the key is another one.
        """
        data, file = _read(Path(path))
        if file.key != source.kind:
            raise EnrolmentError(f"{path}: the key of this store is a {file.key}, not a {source.kind}")
        store = bytes.fromhex(file.store)
        opened = cls(Path(path), file.key, store, source.key(store, new=False))
        if not hmac.compare_digest(opened._code(file.secrets), file.code):
            raise EnrolmentError(f"{path}: the key does not fit this store, or the store was changed")
        opened._records, opened._before = list(file.secrets), data
        return opened

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What may be shown of each secret."""
        return tuple(
            Entry(record.label, record.added, first.length // _CLASS * _CLASS, len(others))
            for record in self._records
            for first, *others in [self._tags_of(record)]
        )

    @property
    def short(self) -> tuple[str, ...]:
        """Labels of secrets of 4 or 5 characters: found only as a word of their own at the end of a line."""
        return tuple(record.label for record in self._records if self._tags_of(record)[0].length < SHORT_LENGTH)

    def enrol(self, label: str, secret: str, *, added: datetime.date, layouts: Iterable[str] = ("us",)) -> None:
        """Add a secret; ``save`` writes it.

        Args:
            label: what it is called in the list; not a part of it.
            secret: 4 to 160 characters, without blanks around it.
            added: the day that the list shows.
            layouts: keyboard layouts that may be active by mistake while it is typed.

        Raises:
            EnrolmentError: the label is taken, empty, too long, or shows the secret; or the secret has another length.
            PolicyError: an unknown layout.
        """
        if not (label.strip() and len(label) <= _LABEL_MAX and label.isprintable()):
            raise EnrolmentError(f"a label is a line of 1 to {_LABEL_MAX} characters")
        if any(record.label == label for record in self._records):
            raise EnrolmentError("this label is taken; forget it first, or use another one")
        shown = normal(label)
        if normal(secret) in shown or (len(shown) >= _LABEL_SHOWS and shown in normal(secret)):
            raise EnrolmentError("the label shows the secret, or a part of it; labels are kept in clear")
        try:
            tags = [self._tagger.tag(literal) for literal in (secret, *twins(secret.strip(), layouts))]
        except ValueError as error:
            raise EnrolmentError(str(error)) from None
        nonce = secrets.token_bytes(_NONCE_BYTES)
        hidden = [self._masked(_packed(tag), nonce, at).hex() for at, tag in enumerate(tags)]
        self._changed([*self._records, _Record(label, added, nonce.hex(), hidden)])

    def forget(self, label: str) -> None:
        """Take a secret out; ``save`` writes that.

        Raises:
            EnrolmentError: there is none of this label.
        """
        kept = [record for record in self._records if record.label != label]
        if len(kept) == len(self._records):
            raise EnrolmentError("there is no secret of this label")
        self._changed(kept)

    def save(self) -> None:
        """Write the file, readable by its owner alone, as a whole or not at all.

        Raises:
            EnrolmentError: it was changed since it was opened, or cannot be written.
        """
        data = msgspec.json.format(msgspec.json.encode(self._file(self._records, self._code(self._records))), indent=1)
        write_private(self._path, data, self._before)
        self._before = data

    def holds(self, guess: str) -> bool:
        """Whether ``guess`` is one of the secrets: ten answers at once, then one a minute.

        Raises:
            TooManyGuesses: guesses came faster.
        """
        self._limit.take()
        return self.tagged.holds(guess)

    @cached_property
    def tagged(self) -> Tagged:
        """What finds the secrets in texts."""
        return Tagged(self._tagger, [tag for record in self._records for tag in self._tags_of(record)])

    def _changed(self, records: list[_Record]) -> None:
        self._records = records
        self.__dict__.pop("tagged", None)

    def _tags_of(self, record: _Record) -> list[Tag]:
        nonce = bytes.fromhex(record.nonce)
        return [_unpacked(self._masked(bytes.fromhex(text), nonce, at)) for at, text in enumerate(record.tags)]

    def _masked(self, packed: bytes, nonce: bytes, at: int) -> bytes:
        mask = blake2b(nonce + bytes([at]), key=self._mask_key, digest_size=_TAG_BYTES).digest()
        return bytes(byte ^ hiding for byte, hiding in zip(packed, mask, strict=True))

    def _file(self, records: list[_Record], code: str) -> _File:
        return _File(_FORMAT, _VERSION, self._kind, self._store.hex(), records, code)

    def _code(self, records: list[_Record]) -> str:
        plain = msgspec.json.encode(self._file(records, ""))
        return blake2b(plain, key=self._code_key, digest_size=32).hexdigest()


def key_kind(path: str | Path) -> str:
    """What kind of key a store needs: ``keyring``, ``passphrase`` or ``key file``.

    Raises:
        EnrolmentError: it is no store, or cannot be read.
    """
    return _read(Path(path))[1].key


def _read(path: Path) -> tuple[bytes, _File]:
    data = read_private(path, "store of enrolled secrets")
    try:
        head: Any = msgspec.json.decode(data)
        if isinstance(head, dict) and head.get("format") == _FORMAT and head.get("version") != _VERSION:
            raise EnrolmentError(f"{path}: written by another release; this one reads version {_VERSION}")
        file = msgspec.convert(head, _File)
        whole = file.format == _FORMAT and len(bytes.fromhex(file.store)) == _STORE_BYTES
    except (ValueError, RecursionError):
        whole = False
    if not whole:
        raise EnrolmentError(f"{path}: is no store of enrolled secrets, or is damaged")
    return data, file


def _packed(tag: Tag) -> bytes:
    return bytes([tag.length, tag.spaced]) + tag.bits.to_bytes(5)


def _unpacked(packed: bytes) -> Tag:
    return Tag(packed[0], int.from_bytes(packed[2:]), bool(packed[1]))
