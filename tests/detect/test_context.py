"""Words beside a number are known with one slip, but not as another word."""

import re

import pytest

from reticent.detect.context import ContextWords, overlapping


@pytest.mark.parametrize("word", ["social", "Social", "soccial", "socal", "socail", "sociql", "ssn", "SSN"])
def test_known(word: str) -> None:
    """In any case, with a letter doubled, lost, exchanged or swapped."""
    assert word in ContextWords("social ssn")


@pytest.mark.parametrize("word", ["special", "focial", "sn", "sun", "soil"])
def test_unknown(word: str) -> None:
    """Two slips, another first letter, and slips in short words."""
    assert word not in ContextWords("social ssn")


def test_near() -> None:
    """Within some words before or after, whole words only."""
    words = ContextWords("card")
    assert words.stand_near("card a b 12", 9, 11) and words.stand_near("12 is my card", 0, 2)
    assert not words.stand_near("card a b c d e 12", 15, 17) and not words.stand_near("discard 12", 8, 10)
    assert words.stand_in("any card") and not words.stand_in("none")


def test_overlapping() -> None:
    """A match that begins inside another is seen as well."""
    assert [match.group() for match in overlapping(re.compile("aa"), "aaa")] == ["aa", "aa"]
