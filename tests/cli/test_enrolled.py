"""A command that reads a store asks for its key, never on standard input, and ends where it cannot have it."""

from __future__ import annotations

import getpass
import io
import warnings

import pytest

from reticent.cli.enrolled import asked, store_of
from reticent.errors import EnrolmentError


def test_no_store() -> None:
    """Is no error; a key without one is."""
    assert store_of(None, None) is None
    with pytest.raises(SystemExit) as ended:
        store_of(None, "k")
    assert ended.value.code == 2


def test_without_a_terminal_standard_input_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds the recording."""

    def no_terminal(prompt: str) -> str:
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=2)
        return source.readline()

    source = io.StringIO("a line of the recording\n")
    monkeypatch.setattr(getpass, "getpass", no_terminal)
    with pytest.raises(EnrolmentError, match="no terminal"):
        asked("Passphrase")
    assert source.tell() == 0


def test_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, or nothing."""
    answers = iter(["one", "one", "one", "two"])
    monkeypatch.setattr(getpass, "getpass", lambda _: next(answers))
    assert asked("Secret", twice=True) == "one"
    with pytest.raises(EnrolmentError, match="differ"):
        asked("Secret", twice=True)
