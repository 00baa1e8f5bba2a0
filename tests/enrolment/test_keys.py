"""The key comes from a keystore, a passphrase or a file; it is the same each time, another for another store."""

from __future__ import annotations

import importlib.util
import pickle
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from reticent.enrolment import keys
from reticent.enrolment.keys import KeyFile, Keyring, Passphrase
from reticent.errors import EnrolmentError

ONE, OTHER = bytes(16), bytes([1] * 16)


class Backend:
    """Keeps passwords in memory, by the interface of the package keyring."""

    def __init__(self, priority: float = 5) -> None:
        self.priority = priority
        self.kept: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.fault:
            raise self.fault
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fault:
            raise self.fault
        self.kept[service, username] = password


@pytest.fixture(params=["stand-in", "package"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Backend:
    """A keystore in memory: behind the package where it is installed, and behind a module of the same functions."""
    if request.param == "package":
        if importlib.util.find_spec("keyring") is None:
            pytest.skip("the package keyring is not installed")
        return _behind_the_package(monkeypatch)
    kept = Backend()
    module = types.ModuleType("keyring")
    module.__dict__.update(get_keyring=lambda: kept, get_password=kept.get_password, set_password=kept.set_password)
    monkeypatch.setitem(sys.modules, "keyring", module)
    return kept


def _behind_the_package(monkeypatch: pytest.MonkeyPatch) -> Backend:
    import keyring
    from keyring.backend import KeyringBackend

    kind: Any = type("Kept", (Backend, KeyringBackend), {"priority": 5})
    kept = kind()
    monkeypatch.setattr(keyring.core, "_keyring_backend", kept)
    return kept


def test_the_keystore_keeps_a_random_key(backend: Backend) -> None:
    """Made once for each store, then read."""
    made = Keyring().key(ONE, new=True)
    assert len(made) == 32 and Keyring().key(ONE, new=False) == made != Keyring().key(OTHER, new=True)
    assert len(backend.kept) == 2


def test_a_keystore_that_has_no_key_or_does_not_keep_it(backend: Backend) -> None:
    """Is said, and no other key is taken."""
    with pytest.raises(EnrolmentError, match="no key of this store"):
        Keyring().key(ONE, new=False)
    Keyring().key(ONE, new=True)
    for broken in ("", "zz", "00"):
        backend.kept = dict.fromkeys(backend.kept, broken)
        with pytest.raises(EnrolmentError, match="no key of this store"):
            Keyring().key(ONE, new=False)


def test_a_keystore_that_refuses(backend: Backend) -> None:
    """Its own message may hold anything: only the type of the error is told."""
    backend.fault = RuntimeError("the passwords are Zq7-canary")
    with pytest.raises(EnrolmentError, match="refused: RuntimeError") as refused:
        Keyring().key(ONE, new=True)
    assert "canary" not in repr(refused.value) and refused.value.__suppress_context__


def test_a_keystore_that_encrypts_nothing(backend: Backend) -> None:
    """Ranks itself below 1, and gets no key."""
    backend.priority = 0.5
    with pytest.raises(EnrolmentError, match="no keystore to trust"):
        Keyring().key(ONE, new=True)
    assert not backend.kept


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install, and what to use instead."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(EnrolmentError, match=r"reticent\[keyring\].*passphrase or a key file"):
        Keyring().key(ONE, new=True)


def test_a_passphrase_is_stretched(monkeypatch: pytest.MonkeyPatch) -> None:
    """By scrypt with the store as salt: 128 MiB for each guess; equal spellings are equal."""
    asked: list[dict[str, Any]] = []

    def scrypt(password: bytes, **how: Any) -> bytes:
        asked.append(how)
        return (password + how["salt"])[:32]

    monkeypatch.setattr(keys.hashlib, "scrypt", scrypt)
    composed, spelled = Passphrase("caf\u00e9 at the corner"), Passphrase("cafe\u0301 at the corner")
    assert composed.key(ONE, new=True) == spelled.key(ONE, new=False) != composed.key(OTHER, new=False)
    assert {how["n"] * how["r"] * 128 for how in asked} == {128 << 20}


def test_a_passphrase_is_long_and_not_shown() -> None:
    """12 characters at least; not in the repr, a pickle or an error."""
    for short in ("", "elevenchars"):
        with pytest.raises(EnrolmentError, match="at least 12") as refused:
            Passphrase(short)
        assert not short or short not in str(refused.value)
    held = Passphrase("seven odd words nobody says")
    assert "odd" not in repr(held)
    with pytest.raises(TypeError, match="memory"):
        pickle.dumps(held)


def test_a_key_file(tmp_path: Path) -> None:
    """Is made for a new store, at random; must be there, private and long for an old one."""
    path = tmp_path / "keys" / "k"
    made = KeyFile(path).key(ONE, new=True)
    assert KeyFile(path).key(ONE, new=False) == made and len(path.read_text().strip()) == 64
    assert KeyFile(path).key(OTHER, new=True) != made
    with pytest.raises(EnrolmentError, match="cannot be read"):
        KeyFile(tmp_path / "none").key(ONE, new=False)
    path.write_text("short")
    with pytest.raises(EnrolmentError, match="at least 32 bytes"):
        KeyFile(path).key(ONE, new=False)
    path.chmod(0o644)
    with pytest.raises(EnrolmentError, match="chmod 600"):
        KeyFile(path).key(ONE, new=False)
