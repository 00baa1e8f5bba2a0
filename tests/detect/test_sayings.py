"""Sentences that hand over a password without naming it."""

import pytest

from reticent.detect.cues import ContextCues
from reticent.detect.sayings import said

DETECTOR = ContextCues()


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
    ],
)
def test_values(text: str, value: str) -> None:
    """The value is found, and the detector suspects the text."""
    assert value in [text[start:stop] for start, stop in said(text)]
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
    ],
)
def test_ordinary_sentences(text: str) -> None:
    """Common words are no passwords."""
    assert list(said(text)) == []
