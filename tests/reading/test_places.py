"""The focus is told when it changes, and what is not told stays as long as the window does."""

from __future__ import annotations

from reticent.events import Focus
from reticent.reading.places import Place


def test_only_a_change_makes_an_event() -> None:
    """Many events in one place make one."""
    place = Place()
    assert place.at(1, app="mail", window="Inbox") == [Focus(time_us=1, app="mail", window="Inbox")]
    assert place.at(2, app="mail", window="Inbox") == []
    assert place.at(3) == []
    assert place.at(4, window="Drafts") == [Focus(time_us=4, app="mail", window="Drafts")]


def test_another_window_or_app_forgets_what_was_in_it() -> None:
    """A password field in one window says nothing of the next."""
    place = Place()
    place.at(1, app="mail", window="Login", element="e", field="password", url="https://a.example")
    assert place.at(2, app="notes") == [Focus(time_us=2, app="notes")]


def test_another_element_forgets_the_kind_of_field() -> None:
    """The address stays."""
    place = Place()
    place.at(1, url="https://a.example", element="e", field="password")
    assert place.at(2, element="f") == [Focus(time_us=2, element="f", url="https://a.example")]


def test_a_kind_that_is_not_told_stays() -> None:
    """A password field does not stop to be one because an event does not say so."""
    place = Place()
    place.at(1, app="mail", element="e", field="password")
    assert place.at(2, app="mail", element="e") == []
