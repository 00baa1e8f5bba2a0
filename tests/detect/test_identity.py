"""Numbers of persons, of papers and dates of birth are found by their form or by the word before them."""

import random

import pytest

from reticent.detect.identity import DatesOfBirth, Documents, SocialSecurityNumbers
from reticent.detect.presidio import recognize


def found(text: str) -> list[str]:
    """What any of the three finds."""
    spans = [
        span for detector in (SocialSecurityNumbers(), Documents(), DatesOfBirth()) for span in detector.find(text)
    ]
    return [text[span.start : span.stop] for span in spans]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ssn 536-22-8145 done", "536-22-8145"),
        ("536-22-8145", "536-22-8145"),
        ("my ssn 536228145", "536228145"),
        ("my soical is 390 58 4860", "390 58 4860"),
        ("social 39058", "39058"),
        ("my passport number is K60473288", "K60473288"),
        ("Driver license D4623062 belongs", "D4623062"),
        ("driver's license number: F162-8235-4011", "F162-8235-4011"),
        ("License plate 55M SD7 is", "55M SD7"),
        ("number plate: 905 ZSJ", "905 ZSJ"),
        ("Employee ID card ID-TWG6NJ4O grants", "ID-TWG6NJ4O"),
        ("tax ID: 97-7376562.", "97-7376562"),
        ("account number 12345678", "12345678"),
        ("sort code 12-34-56", "12-34-56"),
        ("Reisepass C01X00T47", "C01X00T47"),
        ("borrn 15 march 1991", "15 march 1991"),
        ("dob 12/8/2001", "12/8/2001"),
        ("d.o.b. 1985-12-25", "1985-12-25"),
        ("March 5th, 1980 is my birthday", "March 5th, 1980"),
        ("geboren am 3. Mai 1970", "3. Mai 1970"),
        ("born 10/20/", "10/20/"),
    ],
)
def test_found(text: str, value: str) -> None:
    """Whole, with one slip in the cue, or half-typed."""
    assert value in found(text)
    assert all(part in value for part in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "no. 123456789", "Apache license 2.0", "policy 2024", "released on 2024-01-15", "the account page 3", "v 1.2.3",
        "RFC 7230", "id = 17", "passport to 12 countries", "a plate of 3 eggs", "she was born free",
        "may 5 people come",
        "000-12-3456", "666-12-3456", "123-45-6789",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    """Versions, years, dates without birth, and numbers that were never issued."""
    assert found(text) == []


def test_social_security_numbers_are_those_of_presidio() -> None:
    """The rule that needs no import agrees with the recogniser on thousands of numbers."""
    from presidio_analyzer.predefined_recognizers import UsSsnRecognizer

    recognizer, ours, rng = UsSsnRecognizer(), SocialSecurityNumbers(), random.Random(2)
    for _ in range(2000):
        area, group, serial = rng.choice(("000", "666", "078", "123", "536")), rng.choice(("00", "05", "45")), "1120"
        shown = rng.choice("-. ").join(
            (area, group, rng.choice((serial, "0000", "6789", str(rng.randint(1000, 9999)))))
        )
        assert bool(ours.find(shown)) == bool(recognize(recognizer, shown, min_score=0.5)), len(shown)
