"""Of titles, addresses, labels, paths, clipboard and hits only what the policy allows leaves."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from reticent.detect.vault import Vault
from reticent.events import (
    Blur,
    Clipboard,
    Event,
    Focus,
    Hit,
    Input,
    KeyDown,
    Label,
    LabelKind,
    PointerDown,
    PointerMove,
    PointerUp,
    State,
)  # fmt: skip
from reticent.testing.laws import check_transform
from reticent.transform import Context
from reticent.transforms.payload import Payload

SECRET = "Tr0ub4dor&3"
SCRUB = Payload(title="scrub", label="scrub", notification="scrub", clipboard="scrub")


def through(event: Event, **policy: Any) -> Event | None:
    """What leaves of an event."""
    out = Payload(**policy).start(Context(Vault([SECRET]))).feed([event])
    assert len(out) <= 1
    return out[0] if out else None


def label(kind: str, value: str, **policy: Any) -> str | None:
    """What leaves of a label."""
    out = through(Label(time_us=5, kind=kind, value=value), **policy)  # type: ignore[arg-type]
    assert out is None or isinstance(out, Label)
    return None if out is None else out.value


def test_what_carries_no_payload_passes() -> None:
    """Unchanged."""
    for event in (KeyDown(time_us=1, key="a"), PointerMove(time_us=1, x=1, y=2), State(time_us=1, layout="de")):
        assert through(event) is event
    for event in (PointerDown(time_us=1, x=1, y=2), Clipboard(time_us=1, operation="cut")):
        assert through(event) == event


@pytest.mark.parametrize("kind", ["title", "element", "notification", "autocomplete"])
def test_screen_text_is_dropped_or_scrubbed(kind: str) -> None:
    """By default nothing of it leaves; scrubbed, what detectors find is replaced."""
    assert label(kind, "quarterly numbers") is None
    scrub = {"title": "scrub", "label": "scrub", "notification": "scrub"}
    assert label(kind, f"mail ann@example.com {SECRET}", **scrub) == "mail [contact] [credential]"


def test_each_policy_is_for_its_own_kinds() -> None:
    """Scrubbing one lets no other leave."""
    kinds = set(get_args(LabelKind)) - {"url", "path"}
    for policy, allowed in (
        ("title", {"title"}),
        ("label", {"element"}),
        ("notification", {"notification", "autocomplete"}),
    ):
        assert {kind for kind in kinds if label(kind, "text", **{policy: "scrub"}) is not None} == allowed


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://bob:pw12@www.shop.co.uk/users/bob?token=x#frag", "https://shop.co.uk"),
        ("https://mail.example.com:8443/", "https://example.com"),
        ("http://192.168.0.7/admin", "http://ip-address"),
        ("file:///home/ann/divorce.docx", "file:"),
    ],
)
def test_address(url: str, kept: str) -> None:
    """Scheme and registrable domain, in labels and places alike; or nothing."""
    assert label("url", url) == kept
    place = through(Focus(time_us=1, url=url))
    assert isinstance(place, Focus)
    assert place.url == kept
    assert label("url", url, url="drop") is None
    assert through(Blur(time_us=1, url=url), url="drop") == Blur(time_us=1)


@pytest.mark.parametrize("text", [SECRET, "my password is Tr0ub4dor", "how to hide Tr0ub4dor.com from my boss"])
def test_what_was_typed_into_an_address_bar(text: str) -> None:
    """Is no address, and does not leave."""
    assert label("url", text) is None
    assert through(Focus(time_us=1, url=text)) == Focus(time_us=1)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/home/maria/divorce.docx", "*/*/*.docx"),
        ("C:\\Users\\maria\\Tax.PDF", "*/*/*/*.pdf"),
        ("divorce", "*"),
        ("notes.hunter2", "*"),
        (".ssh/id_rsa", "*/*"),
        ("/home/maria.docx/x", "*/*/*"),
        ("archive.tar.gz", "*.gz"),
        ("", "*"),
        ("///", "*"),
    ],
)
def test_path(path: str, kept: str) -> None:
    """Depth and a common extension; or nothing."""
    assert label("path", path) == kept
    assert label("path", path, path="drop") is None


def test_place() -> None:
    """The application where it is common; the title under the policy for titles; element and field stay."""
    focus = Focus(time_us=1, app="Acme Merger Tool", window="Payroll of Ann", element="e1", field="password")
    expected = Focus(time_us=1, app="other", element="e1", field="password")
    assert through(focus) == expected
    named = through(focus, common_apps=("Acme Merger Tool",), title="scrub")
    assert named == msgspec.structs.replace(expected, app="acme-merger-tool", window="Payroll of Ann")
    assert through(Blur(time_us=1, app="Firefox")) == Blur(time_us=1, app="firefox")


@pytest.mark.parametrize("operation", ["copy", "cut", "paste"])
def test_clipboard(operation: Any) -> None:
    """That it was used, not with what; or its text, scrubbed."""
    event = Clipboard(time_us=1, operation=operation, data=f"token {SECRET}")
    assert through(event) == Clipboard(time_us=1, operation=operation)
    assert through(event, clipboard="scrub") == Clipboard(time_us=1, operation=operation, data="token [credential]")


@pytest.mark.parametrize("kind", ["insertFromPaste", "insertFromPasteAsQuotation", "insertFromDrop", "autofill"])
def test_inserted_payload(kind: str) -> None:
    """Under the policy for the clipboard; what it replaced never leaves."""
    event = Input(time_us=1, input_type=kind, data=f"token {SECRET}", replaced=SECRET)
    assert through(event) == Input(time_us=1, input_type=kind)
    assert through(event, clipboard="scrub") == Input(time_us=1, input_type=kind, data="token [credential]")
    assert through(Input(time_us=1, input_type=kind, replaced=SECRET)) == Input(time_us=1, input_type=kind)


def test_typed_input_passes() -> None:
    """What was typed has been decided before."""
    event = Input(time_us=1, input_type="insertText", data="a")
    assert through(event) == event


@pytest.mark.parametrize("kind", [PointerDown, PointerUp])
def test_hit(kind: Any) -> None:
    """Its role where that is a word, never its label."""
    assert through(kind(time_us=1, x=1, y=2, hit=Hit(role="button", label="7"))) == kind(
        time_us=1, x=1, y=2, hit=Hit(role="button")
    )
    assert through(kind(time_us=1, x=1, y=2, hit=Hit(role="a b", label="7"))) == kind(time_us=1, x=1, y=2)
    assert through(kind(time_us=1, x=1, y=2, hit=Hit(label="7"))) == kind(time_us=1, x=1, y=2)


@pytest.mark.parametrize("payload", [Payload(), SCRUB, Payload(url="drop", path="drop", common_apps=("x",))])
def test_laws(payload: Payload) -> None:
    """On every kind of payload."""
    events: list[Event] = [Label(time_us=at, kind=kind, value="a/b.txt") for at, kind in enumerate(get_args(LabelKind))]
    events += [
        Focus(time_us=9, app="x", window="w", url="https://example.com/x"),
        Clipboard(time_us=9, operation="copy", data="d"),
        Input(time_us=9, input_type="insertFromDrop", data="d"), PointerDown(time_us=9, x=1, y=2, hit=Hit(label="7")),
    ]  # fmt: skip
    check_transform(payload, events)


def test_unknown_words_are_refused() -> None:
    """A policy that this version does not know is no policy."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"title": "keep"}, Payload)


def test_a_secret_in_an_address() -> None:
    """Does not leave, whether the vault was there at the start or came later."""
    context = Context()
    stage = Payload().start(context)
    context.vault = Vault(["blue4kettle"])
    (out,) = stage.feed([Label(time_us=1, kind="url", value="https://blue4kettle.com/x")])
    assert isinstance(out, Label)
    assert out.value == "https://other"
    assert through(Focus(time_us=1, url="https://Tr0ub4dor%263.com")) == Focus(time_us=1, url="https://other")


@pytest.mark.parametrize(
    ("role", "kept"), [("Button", "button"), ("menuitem", "menuitem"), ("hunter2", None), ("maria", None), ("", None)]
)
def test_only_known_roles_leave(role: str, kept: str | None) -> None:
    """In lower case; with any other the hit does not leave."""
    out = through(PointerDown(time_us=1, x=1, y=2, hit=Hit(role=role)))
    assert out == PointerDown(time_us=1, x=1, y=2, hit=None if kept is None else Hit(role=kept))
