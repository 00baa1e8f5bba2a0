"""National identity numbers of the regions asked for are found, within bounds, and those of others are not."""

import pytest

from reticent.detect.national import NATIONAL_REGIONS, NationalIds
from reticent.errors import ReticentError


@pytest.mark.parametrize(
    ("region", "text", "value"),
    [
        ("US", "my itin is 911-70-1234", "911-70-1234"),
        ("GB", "nino AB 12 34 56 C", "AB 12 34 56 C"),
        ("GB", "nhs 943 476 5919", "943 476 5919"),
        ("PL", "pesel 44051401359", "44051401359"),
        ("ES", "dni 12345678Z", "12345678Z"),
        ("IT", "cf rssmra85t10a562s", "rssmra85t10a562s"),
        ("CA", "sin 130-692-544", "130-692-544"),
        ("IN", "pan ABCPE1234F", "ABCPE1234F"),
        ("FI", "131052-308T", "131052-308T"),
        ("DE", "steuer-id 65929970489", "65929970489"),
    ],
)
def test_found_for_its_region_only(region: str, text: str, value: str) -> None:
    """In either case; no other region's detector wakes for it by chance here."""
    assert [text[span.start : span.stop] for span in NationalIds([region]).find(text)] == [value]
    assert NationalIds([]).find(text) == []


def test_regions_without_numbers_are_no_error() -> None:
    """Their telephone numbers may still be known."""
    assert "FR" not in NATIONAL_REGIONS
    assert NationalIds(["FR"]).find("44051401359") == []


def test_every_recogniser_loads_and_finds_nothing_in_words() -> None:
    """The table names what Presidio has."""
    detector = NationalIds(sorted(NATIONAL_REGIONS))
    assert detector.find("nothing to see here, 12 eggs") == []
    assert detector.may_find("44051401359")
    detector.find("44051401359 943 476 5919 AB123456C ABCPE1234F 131052-308T 12345678Z S1234567D 900101-1234567")


def test_too_much_fails_closed() -> None:
    """More candidates than a line holds: the whole text counts as unspecified, and the message quotes none of it."""
    with pytest.raises(ReticentError, match="candidates") as failure:
        NationalIds(["PL"]).find("44051401359 " * 400)
    assert "4405" not in str(failure.value)
