"""Of a whole text only what no detector found is left; of an address only what a registry gave out."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import to_builtins

from reticent.detect.ner import installed_model
from reticent.detect.vault import Vault
from reticent.events import Clipboard, Focus, Label
from reticent.policy_file import parse_policy
from reticent.text.span import Span
from reticent.transform import Context
from reticent.transforms import scrub as module
from reticent.transforms.redact import Redact
from reticent.transforms.scrub import registrable_domain, scrub

NAMED = "meeting with Maria Gonzalez on monday"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ""),
        ("quarterly numbers", "quarterly numbers"),
        ("mail karl@example.com or pay 4111 1111 1111 1111", "mail [contact] or pay [financial]"),
        ("host=db1 password=Qz81LLmm", "host=db1 password=[credential]"),
        ("Hunter2, hunter2hunter2", "[credential], [credential]"),
        ("naïve 🙂 hunter2 🙂", "naïve 🙂 [credential] 🙂"),
        ("\ud800 hunter2", "\ud800 [credential]"),
    ],
)
def test_what_is_found_is_replaced(text: str, left: str) -> None:
    """By its category; the rest stays as it is."""
    assert scrub(text, Context(Vault(["hunter2"]))) == left


def test_without_a_vault() -> None:
    """Detectors still look."""
    assert scrub("hunter2 ann@example.com", Context()) == "hunter2 [contact]"


def test_what_is_too_long_does_not_leave() -> None:
    """Nor is it looked at; it is counted."""
    context = Context()
    assert scrub("a " * 5_000, context) is not None
    assert scrub("a " * 5_000 + "a", context) is None
    assert context.counters == {"payload_too_long": 1}


class Raises:
    """A detector that fails."""

    name = "raises"

    def find(self, text: str, /) -> list[Span]:
        """See ``Detector``."""
        raise ValueError(text)


def test_a_detector_that_fails_lets_nothing_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is counted without content, and nothing is raised."""
    monkeypatch.setattr(module, "working_set", lambda: (Raises(),))
    context = Context()
    assert scrub("some words", context) is None
    assert context.counters == {"detector_error.scrub": 1}


class Finds:
    """A detector that finds given spans."""

    name = "finds"

    def __init__(self, *spans: Span) -> None:
        self.spans = list(spans)

    def find(self, text: str, /) -> list[Span]:
        """See ``Detector``."""
        return self.spans


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([Span("email", 0, 4), Span("card", 2, 6)], "[contact]ghij"),
        ([Span("card", 2, 6), Span("email", 0, 8)], "[contact]ij"),
        ([Span("email", 0, 2), Span("card", 2, 4)], "[contact]efghij"),
        ([Span("email", 8, 10), Span("card", 0, 1)], "[financial]bcdefgh[contact]"),
        ([Span("novelty", 3, 4)], "abc[unspecified]efghij"),
    ],
)
def test_overlapping_spans_are_one(monkeypatch: pytest.MonkeyPatch, spans: list[Span], left: str) -> None:
    """Under the category of the first; a kind that is not known is ``unspecified``."""
    monkeypatch.setattr(module, "working_set", lambda: (Finds(*spans),))
    assert scrub("abcdefghij", Context()) == left


def test_the_detectors_of_the_context_are_asked() -> None:
    """And no others, where the redactor brought its own."""
    context = Context()
    context.detectors = (Finds(Span("name", 0, 3)),)
    assert scrub("ann ann@example.com", context) == "[identity] ann@example.com"
    Redact(names="off").start(context)
    assert scrub("ann ann@example.com", context) == "ann [contact]"


@pytest.mark.skipif(installed_model() is None, reason="no model of names is installed: it was NOT examined")
def test_the_model_of_names_reads_what_a_policy_scrubs() -> None:
    """Titles, labels, notifications and the clipboard, where the policy looks for names; otherwise not."""
    fields = [
        Focus(time_us=0, app="firefox", window=NAMED),
        *(Label(time_us=1, kind=kind, value=NAMED) for kind in ("title", "element", "notification")),
        Clipboard(time_us=2, operation="copy", data=NAMED),
    ]
    for names, left in (("demanded", "meeting with [identity] on monday"), ("off", NAMED)):
        payload = 'title = "scrub"\nlabel = "scrub"\nnotification = "scrub"\nclipboard = "scrub"'
        with parse_policy(f'[text]\nnames = "{names}"\n[payload]\n{payload}').start() as run:
            out = run.feed(fields) + run.flush()
        shown = [to_builtins(event) for event in out]
        texts = [row.get("window") or row.get("value") or row.get("data") for row in shown]
        assert [text for text in texts if text] == [left] * 5


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://bob:pw12@www.shop.co.uk/users/bob?token=x#frag", "https://shop.co.uk"),
        ("HTTPS://WWW.Example.COM", "https://example.com"),
        ("example.com/path?q=x", "example.com"),
        ("//www.example.com/x", "example.com"),
        ("ann@example.com", "example.com"),
        ("https://münchen.de/x", "https://münchen.de"),
        ("http://localhost:8080/x", "http://localhost"),
        ("http://10.1.2.3/x", "http://ip-address"),
        ("https://[2001:db8::1]:443/", "https://ip-address"),
        ("https://wiki.corp.acme/merger", "https://other"),
        ("https://jira/secret", "https://other"),
        ("https://exa mple.com/", "https://other"),
        ("about:blank", "about:"),
        ("mailto:ann@example.com", "mailto:"),
        ("file:///home/ann/x", "file:"),
        ("chrome-extension://abcdef/x", None),
        ("javascript:alert('x')", None),
        ("data:text/html,secret", None),
        ("intranet", None),
        ("my password is hunter2", None),
        ("what is pass.com", None),
        ("http://[bad", None),
        ("C:\\Users\\ann", None),
        ("", None),
    ],
)
def test_registrable_domain(url: str, kept: str | None) -> None:
    """Names of private networks are ``other``; what is no address at all is nothing."""
    assert registrable_domain(url) == kept


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of suffixes is the one that was installed."""

    def refuse(*arguments: Any, **options: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket", refuse)
    module._suffixes.cache_clear()
    assert registrable_domain("https://a.b.example.co.uk") == "https://example.co.uk"


@pytest.mark.parametrize(
    "url",
    [
        "https://hunter2.com/x", "https://HUNTER2.com", "https://%68unter2.com", "https://a.my-hunter2.co.uk:80/",
        "https://Tr0ub4dor%263.com", "https://Tr0ub4dor%25263.com", "https://\uff48unter2.com/",
    ],
)  # fmt: skip
def test_a_secret_in_the_host_does_not_leave(url: str) -> None:
    """However it is escaped."""
    vault = Vault(["hunter2", "Tr0ub4dor&3"])
    assert registrable_domain(url, vault) == "https://other"
    assert registrable_domain(url.removeprefix("https:"), vault) is None
    assert registrable_domain("https://example.com/hunter2", vault) == "https://example.com"
