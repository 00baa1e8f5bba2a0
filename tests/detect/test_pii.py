"""Structured personal data is found whole, and numbers that are none stay."""

import random
import re

import pytest

from reticent.detect.pii import (
    CardNumbers,
    EmailAddresses,
    Ibans,
    IpAddresses,
    PhoneNumbers,
    SocialSecurityNumbers,
    warm,
)
from reticent.detect.presidio import recognize
from reticent.text.span import Detector

ALL: list[Detector] = [EmailAddresses(), CardNumbers(), Ibans(), IpAddresses(), SocialSecurityNumbers(), PhoneNumbers()]


def found(text: str) -> list[tuple[str, str]]:
    """Kinds and texts of the spans of all detectors."""
    return [(span.kind, text[span.start : span.stop]) for detector in ALL for span in detector.find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("write to maria.gonzalez@example.org today", "email", "maria.gonzalez@example.org"),
        ("bob@mail.internal", "email", "bob@mail.internal"),
        ("bob@gmail.con", "email", "bob@gmail.con"),
        ("mail an kurt@beispiel.de bitte", "email", "kurt@beispiel.de"),
        ("pay 4111 1111 1111 1111 ok", "card", "4111 1111 1111 1111"),
        ("4111-1111-1111-1111", "card", "4111-1111-1111-1111"),
        ("card 5500005555555559 ok", "card", "5500005555555559"),
        ("card 3400 000000 00009 ok", "card", "3400 000000 00009"),
        ("2223003122003222", "card", "2223003122003222"),
        ("4111 1111 1111 1111 2026", "card", "4111 1111 1111 1111"),
        ("4000000000000000006", "card", "4000000000000000006"),
        ("carte 4111111111111111 merci", "card", "4111111111111111"),
        ("pay DE89 3704 0044 0532 0130 00 now", "iban", "DE89 3704 0044 0532 0130 00"),
        ("de89370400440532013000", "iban", "de89370400440532013000"),
        ("BE68 5390 0754 7034 then", "iban", "BE68 5390 0754 7034"),
        ("ssh to 10.20.30.40 now", "ip", "10.20.30.40"),
        ("fe80::1ff:fe23:4567:890a", "ip", "fe80::1ff:fe23:4567:890a"),
        ("ssn 536-22-8145 done", "ssn", "536-22-8145"),
        ("536-22-8145", "ssn", "536-22-8145"),
        ("my ssn 536228145", "ssn", "536228145"),
        ("call +1 415 555 0134 later", "phone", "+1 415 555 0134"),
        ("(415) 555-2671", "phone", "(415) 555-2671"),
        ("call 4155552671", "phone", "4155552671"),
        ("020 7946 0958", "phone", "020 7946 0958"),
    ],
)
def test_found_whole(text: str, kind: str, value: str) -> None:
    """One span, maximal, of the right kind."""
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "order 4111 1111 1111 1112 shipped",
        "0123456 " * 40,
        "0123456 0123456",
        "01234567 0123456",
        "2024-01-15 10:30:45",
        "at 12:30 on 2024-01-15",
        "$1,234,567.89",
        "order 4155552671",
        "line 1234567: error",
        "ts 1700000000000",
        "id 20241015123000",
        "std::fs a[::2] 127.0.0.1",
        "react@17.0.2",
        "git@github.com:o/r",
        "no. 123456789",
        "GB82 WEST 1234 5698 7654 33",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Failed checksums, dates, times, prices, order and line numbers."""
    assert found(text) == []


@pytest.mark.parametrize("char", list("a0.-@:/ (+1é\ufffc"))
def test_runs_of_one_character(char: str) -> None:
    """A key held down costs nothing and matches nothing."""
    import time

    warm()
    for detector in ALL:
        begin = time.perf_counter()
        assert detector.find(char * 2000) == []
        assert time.perf_counter() - begin < 0.05


def test_lone_surrogates_do_not_raise() -> None:
    """Malformed text is searched all the same."""
    assert found("\ud800 bob@example.org 4111111111111111") == [
        ("email", "bob@example.org"),
        ("card", "4111111111111111"),
    ]


def test_addresses_are_those_of_presidio() -> None:
    """The rule that needs no import agrees with the recogniser it stands for, on thousands of near addresses."""
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    class Offline(EmailRecognizer):
        def validate_result(self, pattern_text: str) -> None:
            return None

    recognizer, ours, rng = Offline(), EmailAddresses(), random.Random(3)
    ends_in_a_name = re.compile(r"(?:[^\W\d]{2,}|xn--[\w-]+)$")
    for _ in range(4000):
        run = "".join(rng.choices("ab1.-_+'!@@<>(),:\u00e9{}|xn--com", k=rng.randint(1, 16)))
        at = rng.randint(0, len(run))
        run = run[:at] + rng.choice(("bob@mail.co", "@", "a@b.de")) + run[at:]
        if run.count("@") == 1:
            theirs = [span for span in recognize(recognizer, run) if ends_in_a_name.search(run[: span[1]])]
            assert [span[1:] for span in ours.find(run)] == theirs


@pytest.mark.parametrize("cue", ["call ", ""])
def test_numbers_are_those_of_presidio(cue: str) -> None:
    """The library is asked as Presidio's recogniser asks it."""
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    recognizer, ours, rng = PhoneRecognizer(supported_regions=("US", "GB")), PhoneNumbers(), random.Random(5)
    shapes = ("+1 415 555 26##", "020 7946 0###", "(415) 555-####", "########", "+44 20 7946 0###", "0##########")
    for _ in range(400):
        shown = "".join(rng.choice("0123456789") if sign == "#" else sign for sign in rng.choice(shapes))
        if ours.find(cue + shown):
            assert recognize(recognizer, shown, min_score=0)
        elif cue and not re.search(r"^0+$", shown):
            assert not recognize(recognizer, shown, min_score=0)
