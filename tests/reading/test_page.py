"""The focus is told when it changes and only then; a secret kind is told by the element."""

from __future__ import annotations

import pytest

from reticent.events import Blur, Focus, Hit
from reticent.reading.page import Page, hit_by

PASSWORD = {"tagName": "INPUT", "id": "pw", "type": "password", "value": "hunter2"}


def test_only_a_change_makes_an_event() -> None:
    """A name alone does not take back what an element is."""
    page = Page()
    assert page.focus(1, PASSWORD) == [Focus(time_us=1, element="pw", field="password")]
    assert page.focus(2, PASSWORD) == page.focus(3, "pw") == []
    assert page.focus(4, {**PASSWORD, "type": "text"}) == [Focus(time_us=4, element="pw", field="text")]
    assert page.focus(5, "mail") == [Focus(time_us=5, element="mail")]


def test_the_page_is_told_with_the_focus() -> None:
    """And again when it is another."""
    page = Page()
    page.on("https://a", "A")
    assert page.focus(1, PASSWORD) == [
        Focus(time_us=1, window="A", url="https://a", element="pw", field="password"),
    ]
    page.on(None, None)
    page.on("https://a", "A")
    assert page.again(2) == []
    page.on("https://b", None)
    assert page.again(3) == [Focus(time_us=3, window="A", url="https://b", element="pw", field="password")]
    assert page.again(4) == []


def test_blur_tells_what_lost_the_focus() -> None:
    """Once."""
    page = Page()
    assert page.blur(1) == []
    page.focus(1, PASSWORD)
    assert page.blur(2) == [Blur(time_us=2, element="pw", field="password")]
    assert page.blur(3) == []
    assert page.focus(4, PASSWORD) != []


@pytest.mark.parametrize(
    ("target", "element", "field"),
    [
        ("#mail", "#mail", "unknown"), ({"name": "q", "tagName": "input", "type": "search"}, "q", "search"),
        ({"selector": "div>p", "tagName": "DIV", "isContentEditable": True}, "div>p", "editor"),
        ({"tagName": "INPUT"}, None, "text"), ({"type": "password"}, None, "password"), ({}, None, "unknown"),
        ({"id": 7, "tagName": ["x"], "type": {}}, None, "unknown"), (7, None, "unknown"), ("", None, "unknown"),
    ],
)  # fmt: skip
def test_a_target_tells_name_and_kind(target: object, element: str | None, field: str) -> None:
    """As far as it does; an element without a name is no other element's."""
    page = Page()
    page.focus(0, "before")
    [focus] = page.focus(1, target)
    assert isinstance(focus, Focus)
    assert (focus.element, focus.field) == (element, field)


def test_a_pointer_hits_a_role_and_a_label() -> None:
    """Buttons of a number pad are told by their labels."""
    assert hit_by({"role": "button", "ariaLabel": "7"}) == Hit(role="button", label="7")
    assert hit_by({"id": "x"}) is hit_by("x") is hit_by(None) is None
