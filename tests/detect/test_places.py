"""Postal addresses are found from the house number to the country, and counts of things are not."""

import pytest

from reticent.detect.places import StreetAddresses


def found(text: str) -> list[str]:
    """What is found, line ends as blanks."""
    return [text[span.start : span.stop] for span in StreetAddresses().find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "ship to 1825 Brittany Bypass, North Judithbury, Connecticut 29158, please",
            "1825 Brittany Bypass, North Judithbury, Connecticut 29158",
        ),
        ("i live at 125 oak drive berlin", "125 oak drive berlin"),
        ("92 high street leeds", "92 high street leeds"),
        ("Hauptstraße 12, 10115 Berlin", "Hauptstraße 12, 10115 Berlin"),
        ("12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris"),
        ("Calle Mayor 14, Madrid", "Calle Mayor 14, Madrid"),
        (
            "6750 Koskikatu 25 Apt. 864\nArtilleros\nUruguay 64677",
            "6750 Koskikatu 25 Apt. 864\nArtilleros\nUruguay 64677",
        ),
        ("P.O. Box 1234, Springfield", "P.O. Box 1234, Springfield"),
        ("PSC 9009, Box 9725\nAPO AA 33274", "PSC 9009, Box 9725\nAPO AA 33274"),
        ("221B Baker Street. The door is blue", "221B Baker Street"),
        ("she lives at 172 Maneeži 75, Saareküla", "172 Maneeži 75, Saareküla"),
    ],
)  # fmt: skip
def test_found_whole(text: str, value: str) -> None:
    """One span, to where the address ends and no further."""
    assert found(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "a 30 minute drive", "3 people in the way", "room 402 second floor", "at 10 am in the square",
        "chapter 4 page 118",
        "2 hard drive", "see you at 3 then", "find . -size +100 -name st", "1 of the court", "for i in 1 to 10 do",
        "street 5", "5 gb flash drive", "python3 -m pip install numpy==2.4.6",
    ],
)  # fmt: skip
def test_counts_of_things_stay(text: str) -> None:
    """Minutes, rooms, pages and sizes."""
    assert found(text) == []
