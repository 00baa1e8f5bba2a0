"""What attackers share: people are grouped in order, and no printed value shows an event."""

from __future__ import annotations

from reticent.attack.model import AttackBroken, DataMissing, Session, Subject, subjects
from reticent.errors import ReticentError
from reticent.events import KeyDown


def test_views_of_a_person_come_together():
    """In the order of first appearance."""
    assert subjects([("b", 1), ("a", 2), ("b", 3)]) == [Subject("b", [1, 3]), Subject("a", [2])]


def test_printing_shows_no_event():
    """Nor who it was."""
    session = Session("somebody", "first", [KeyDown(time_us=5, key="q")])
    assert repr(session) == "Session(1 events)"
    assert repr(Subject("somebody", [session])) == "Subject(1 views)"


def test_errors_are_of_the_library():
    """So that one clause catches them."""
    assert issubclass(AttackBroken, ReticentError)
    assert issubclass(DataMissing, ReticentError)
