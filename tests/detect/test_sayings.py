"""Sentences that hand over a password without naming it."""

import pytest

from reticent.detect.sayings import Sayings

DETECTOR = Sayings()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("try crusader77 or ask Anna", "crusader77"),
        ("use evolve_remixed5 to get in", "evolve_remixed5"),
        ("its guinness with a capital", "guinness"),
        ("I changed it to gsxr750 yesterday", "gsxr750"),
        ("my netflix is a@b.co Pianist57", "Pianist57"),
        ("rebecca / Olga1971", "Olga1971"),
        ("creds: jimmy:wildman", "wildman"),
        ("PW mamapapa", "mamapapa"),
        ("bob@x.org\tmamapapa!)\n", "mamapapa!)"),
    ],
)
def test_values(text: str, value: str) -> None:
    """The value is found, and the detector suspects the text."""
    assert value in [text[span.start : span.stop] for span in DETECTOR.find(text)]
    assert DETECTOR.may_find(text)


@pytest.mark.parametrize(
    "text",
    [
        "try again or ask Anna",
        "use it to get in",
        "I changed it to yes",
        "and / or",
        "pass show",
        "its fine with no sugar",
        "bob@x.org\tyes\n",
    ],
)
def test_ordinary_sentences(text: str) -> None:
    """Common words are no passwords."""
    assert DETECTOR.find(text) == []
