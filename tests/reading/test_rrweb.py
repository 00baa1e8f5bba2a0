"""A page knows its fields from snapshots and changes; a field that was secret once stays so."""

from __future__ import annotations

from typing import Any

import pytest

from reticent.events import Event, Focus, Input, PointerDown, PointerMove, PointerUp
from reticent.reading.notes import FieldError
from reticent.reading.rrweb import INCREMENTAL, META, SNAPSHOT, RrwebPage


def node(number: int, tag: str = "input", *children: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    """An element."""
    attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
    return {"type": 2, "id": number, "tagName": tag, "attributes": attributes, "childNodes": list(children)}


def snapshot(*nodes: dict[str, Any]) -> RrwebPage:
    """A page with these elements."""
    page = RrwebPage(None)
    html = {"type": 0, "id": 1, "childNodes": [{"type": 1, "id": 2}, node(3, "html", node(4, "body", *nodes))]}
    assert page.events(SNAPSHOT, {"node": html, "initialOffset": {"top": 0, "left": 0}}, 0) == []
    return page


def value(page: RrwebPage, number: int, text: str) -> list[Event]:
    """Events of a value."""
    return page.events(INCREMENTAL, {"source": 5, "id": number, "text": text, "isChecked": False}, 9)


def field_of(page: RrwebPage, number: int, text: str = "x") -> str:
    """What a field is taken for, when it gets a value."""
    focus = value(page, number, text)[0]
    assert isinstance(focus, Focus)
    return focus.field


@pytest.mark.parametrize(
    ("attributes", "field"),
    [
        ({"type": "password"}, "password"), ({"type": "text", "data_rr_is_password": "true"}, "password"),
        ({"autocomplete": "one-time-code"}, "otp"), ({"autocomplete": "cc-number"}, "card"), ({}, "text"),
    ],
)  # fmt: skip
def test_a_snapshot_tells_the_fields(attributes: dict[str, Any], field: str) -> None:
    """However deep they are; an element that no snapshot showed is unknown."""
    page = snapshot(node(10, "form", node(11, **attributes)))
    assert field_of(page, 11) == field
    assert field_of(page, 12) == "unknown"


def test_added_fields_are_known_and_shown_passwords_stay_passwords() -> None:
    """A button that shows a password makes it a text field."""
    page = snapshot()
    page.events(INCREMENTAL, {"source": 0, "adds": [{"parentId": 4, "node": node(20, type="password")}]}, 0)
    page.events(INCREMENTAL, {"source": 0, "attributes": [{"id": 20, "attributes": {"type": "text"}}]}, 0)
    assert field_of(page, 20) == "password"
    page.events(INCREMENTAL, {"source": 0, "adds": [{"node": node(21, type="text")}]}, 0)
    assert field_of(page, 21) == "text"
    page.events(INCREMENTAL, {"source": 0, "attributes": [{"id": 21, "attributes": {"type": "password"}}]}, 0)
    assert field_of(page, 21) == "password"
    page.events(SNAPSHOT, {"node": node(20, type="text")}, 0)
    assert field_of(page, 20) == "password"


def test_a_new_address_is_a_new_page() -> None:
    """Its nodes are numbered anew; the same address again, as at a checkout, is not."""
    page = RrwebPage("w")
    first = page.events(META, {"href": "https://a", "width": 8, "height": 6}, 5)
    assert first == [Focus(time_us=5, stream="w", url="https://a")]
    page.events(SNAPSHOT, {"node": node(7, type="password")}, 5)
    assert page.events(META, {"href": "https://a"}, 6) == []
    [focus, _] = value(page, 7, "x")
    assert focus == Focus(time_us=9, stream="w", element="1.7", field="password", url="https://a")
    page.events(META, {"href": "https://b"}, 7)
    [focus, _] = value(page, 7, "x")
    assert focus == Focus(time_us=9, stream="w", element="2.7", url="https://b")


def test_a_masked_value_tells_nothing_of_its_length() -> None:
    """Whatever the field is said to be."""
    page = snapshot(node(7, type="text"))
    focus, masked = value(page, 7, "*****")
    assert focus == Focus(time_us=9, element="0.7", field="password")
    assert masked == Input(time_us=9, input_type="autofill")
    assert value(page, 7, "") == [Input(time_us=9, input_type="autofill", data="")]
    assert value(snapshot(node(7, type="text")), 7, "5 * 3")[1] == Input(time_us=9, input_type="autofill", data="5 * 3")


@pytest.mark.parametrize(("tag", "kind"), [("input", "checkbox"), ("input", "radio"), ("select", "x")])
def test_values_that_nobody_typed_are_left_out(tag: str, kind: str) -> None:
    """Of tick boxes and lists."""
    assert value(snapshot(node(7, tag, type=kind)), 7, "on") == []


def test_a_finger_is_a_device_of_its_own() -> None:
    """Its moves, too; clicks are derived and left out."""
    page = RrwebPage(None)
    acts = [7, 9, 1, 0, 2, 3, 4, 8, 10]
    records = [{"source": 2, "type": act, "id": 1, "x": 1, "y": 2} for act in acts]
    assert [event for record in records for event in page.events(INCREMENTAL, record, 5)] == [
        PointerDown(time_us=5, x=1, y=2, device="touch"), PointerUp(time_us=5, x=1, y=2, device="touch"),
        PointerDown(time_us=5, x=1, y=2), PointerUp(time_us=5, x=1, y=2),
    ]  # fmt: skip
    position = {"x": 1, "y": 2, "id": 1, "timeOffset": -450}
    for source, device in ((1, "0"), (12, "0"), (6, "touch")):
        moves = page.events(INCREMENTAL, {"source": source, "positions": [position]}, 1_000_000)
        assert moves == [PointerMove(time_us=550_000, x=1, y=2, device=device)]


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        (META, {}, "data.href"), (INCREMENTAL, {}, "data.source"), (INCREMENTAL, {"source": 99}, "data.source"),
        (INCREMENTAL, {"source": 5, "id": "hunter2", "text": ""}, "data.id"),
        (INCREMENTAL, {"source": 5, "id": 1, "text": 7}, "data.text"),
        (INCREMENTAL, {"source": 2, "id": 1, "type": 99}, "data.type"),
        (INCREMENTAL, {"source": 2, "id": 1, "type": 1, "x": "hunter2", "y": 1}, "data.x"),
        (INCREMENTAL, {"source": 1, "positions": [{"x": 1, "y": 1}]}, "data.timeOffset"),
        (INCREMENTAL, {"source": 0, "adds": "H4sI"}, "compressed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(kind: int, data: dict[str, Any], reason: str) -> None:
    """By the name of the field."""
    with pytest.raises(FieldError, match=reason) as refusal:
        RrwebPage(None).events(kind, data, 0)
    assert "hunter2" not in str(refusal.value)


def test_a_page_of_any_depth_and_shape_is_looked_at() -> None:
    """Nodes that are none are passed over."""
    deep = node(9, type="password")
    for number in range(10, 3_000):
        deep = node(number, "div", deep)
    page = snapshot(deep, {"id": "x", "tagName": 5, "attributes": [], "childNodes": "hunter2"})
    assert field_of(page, 9) == "password"
    assert RrwebPage(None).events(SNAPSHOT, {"node": ["x"]}, 0) == []
