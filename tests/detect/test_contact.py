"""E-mail addresses and telephone numbers are found whole, spoilt and unfinished ones by what stands beside them."""

import random
import re

import pytest

from reticent.detect.contact import EmailAddresses, PhoneNumbers
from reticent.detect.presidio import recognize


def emails(text: str) -> list[str]:
    """What is found."""
    return [text[span.start : span.stop] for span in EmailAddresses().find(text)]


def phones(text: str) -> list[str]:
    """The longest of what is found, from the left."""
    return [text[span.start : span.stop] for span in PhoneNumbers().find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("write to maria.gonzalez@example.org today", "maria.gonzalez@example.org"),
        ("bob@mail.internal", "bob@mail.internal"),
        ("bob@gmail.con", "bob@gmail.con"),
        ("mail an kurt@beispiel.de bitte", "kurt@beispiel.de"),
        ("bob@gmail", "bob@gmail"),
        ("then bob@gmial pls", "bob@gmial"),
        ("bob@yahoo,com ok", "bob@yahoo,com"),
        ("bob @ gmail . com", "bob @ gmail . com"),
        ("it is bob at gmail dot com", "bob at gmail dot com"),
        ("ann.lee(at)example dot org", "ann.lee(at)example dot org"),
        ("bob2gmail.com", "bob2gmail.com"),
        ("send it to bob@intranet", "bob@intranet"),
        ("email me at yuki21@exa", "yuki21@exa"),
        ("\ud800 bob@example.org", "bob@example.org"),
    ],
)
def test_addresses(text: str, value: str) -> None:
    """Whole ones anywhere; without a dot at a provider or next to a cue; a wrong sign at a provider."""
    assert emails(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "react@17.0.2", "git@github.com:o/r", "rsync -av --progress ./dir user@host:/path", "@pytest.mark", "a @ b",
        "look at the report. then go", "see you at noon.", "matrix a @ b", "open gmail.com", "https://mail.yahoo.com/x",
        "at gmail", "meet at example dot", "mail maria.weber@  the rest",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address(text: str) -> None:
    """Packages, hosts of commands, decorators and products of matrices stay."""
    assert emails(text) == []


def test_addresses_are_those_of_presidio() -> None:
    """The rule that needs no import agrees with the recogniser it stands for, on thousands of near addresses."""
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    class Offline(EmailRecognizer):
        def validate_result(self, pattern_text: str) -> None:
            return None

    recognizer, ours, rng = Offline(), EmailAddresses(), random.Random(3)
    ends_in_a_name = re.compile(r"(?:[^\W\d]{2,}|xn--[\w-]+)$")
    for _ in range(2000):
        run = "".join(rng.choices("ab1.-_+'!@@<>(),:\u00e9{}|xn--com", k=rng.randint(1, 16)))
        at = rng.randint(0, len(run))
        run = run[:at] + rng.choice(("bob@mail.co", "@", "a@b.de")) + run[at:]
        if run.count("@") == 1:
            theirs = [span for span in recognize(recognizer, run) if ends_in_a_name.search(run[: span[1]])]
            assert set(theirs) <= {span[1:] for span in ours.find(run)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("call +1 415 555 0134 later", "+1 415 555 0134"),
        ("(415) 555-2671", "(415) 555-2671"),
        ("call 4155552671", "4155552671"),
        ("020 7946 0958", "020 7946 0958"),
        ("cll me on 743-2203", "743-2203"),
        ("fax 590-427-7038x4309 ok", "590-427-7038x4309"),
        ("ring 415-555-2671 ext. 12 ok", "415-555-2671 ext. 12"),
        ("mobile 683 975 9337", "683 975 9337"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    """Written like one of the region, or local, with an extension or of no area there is, next to a cue."""
    assert value in phones(text)
    assert all(found in value for found in phones(text))


@pytest.mark.parametrize(
    "text",
    [
        "order 4155552671", "line 1234567: error", "ts 1700000000000", "2024-01-15 10:30:45", "$1,234,567.89",
        "0123456 " * 40, "id 20241015123000", "call me on 2024-01-15",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    """Orders, lines, times, prices and dates."""
    assert phones(text) == []


@pytest.mark.parametrize("cue", ["reach ", ""])
def test_numbers_are_those_of_presidio(cue: str) -> None:
    """Where no cue is sure, the library is asked as Presidio's recogniser asks it."""
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer

    recognizer, ours, rng = PhoneRecognizer(supported_regions=("US", "GB")), PhoneNumbers(), random.Random(5)
    shapes = ("+1 415 555 26##", "020 7946 0###", "(415) 555-####", "########", "+44 20 7946 0###", "0##########")
    for _ in range(200):
        shown = "".join(rng.choice("0123456789") if sign == "#" else sign for sign in rng.choice(shapes))
        if ours.find(cue + shown):
            assert recognize(recognizer, shown, min_score=0)
        elif cue and not re.search(r"^0+$", shown):
            assert not recognize(recognizer, shown, min_score=0)
