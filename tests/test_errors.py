"""Every error of the library is a ``ReticentError``, and none shows typed content."""

from __future__ import annotations

import pickle

import pytest

from reticent import errors
from reticent.events import KeyDown


@pytest.mark.parametrize("name", errors.__all__)
def test_one_base(name: str) -> None:
    """One ``except`` catches them all."""
    assert issubclass(getattr(errors, name), errors.ReticentError)


def test_run_closed_carries_decided_events() -> None:
    """As a list of its own; without any it is empty."""
    decided = (KeyDown(time_us=5, key="s"),)
    error = errors.RunClosed("a stage failed", decided)
    assert error.events == list(decided)
    assert errors.RunClosed("this run was flushed").events == []


def test_run_closed_shows_only_how_many() -> None:
    """Neither ``repr`` nor ``str`` shows the events."""
    error = errors.RunClosed("a stage failed", [KeyDown(time_us=5, key="Q")])
    assert repr(error) == "RunClosed('a stage failed', 1 decided events)"
    assert str(error) == "a stage failed"


def test_run_closed_crosses_processes() -> None:
    """A pickle keeps the message and what was decided."""
    error = pickle.loads(pickle.dumps(errors.RunClosed("a stage failed", [KeyDown(time_us=5, key="s")])))
    assert (str(error), error.events) == ("a stage failed", [KeyDown(time_us=5, key="s")])
