"""Capitals are given to what no dictionary has, and change nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.truecase import is_cased, is_ordinary, is_slip, true_cased
from reticent.detect.words import COMMON_WORDS


@given(st.text(max_size=80))
def test_offsets_stay(text: str) -> None:
    """The text keeps its length, and whatever is no letter."""
    cased = true_cased(text)
    assert len(cased) == len(text)
    assert all(a == b or (a.isalpha() and b.isalpha()) for a, b in zip(cased, text))


@pytest.mark.parametrize("word", ["helicopters", "Husbandry", "kubectl", "don't", "i", "colour", "singing"])
def test_ordinary_words(word: str) -> None:
    """Words of the dictionary, commands and single letters, in any case and with an apostrophe."""
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["maria", "Lindqvist", "JOHN", "berlin", "maria's", "jack", "novak"])
def test_names_are_not_ordinary(word: str) -> None:
    """Common names are left out of the dictionary, also those that are rare words."""
    assert not is_ordinary(word)


def test_the_commonest_words_are_ordinary() -> None:
    """Also where they are names."""
    assert all(is_ordinary(word) for word in COMMON_WORDS if word.isascii() and word.isalpha())


def test_capitals_only_say_nothing() -> None:
    """A text in capitals is read as one without."""
    assert not is_cased("CALL MARIA NOW")
    assert true_cased("CALL MARIA NOW") == "call Maria now"


def test_acronyms_and_codes_say_nothing_either() -> None:
    """Who writes IKEA in capitals may write maria without."""
    assert not is_cased("I met maria at IKEA, key D#8uR1Wp, iban GB82WEST12345698765432")
    assert is_cased("call Maria, iban GB82WEST12345698765432")


@pytest.mark.parametrize("word", ["calll", "clal", "cll", "soccial", "repoort", "thaanks", "meeet"])
def test_slips(word: str) -> None:
    """A letter too many, too few, or two that changed places."""
    assert is_slip(word)


@pytest.mark.parametrize("word", ["lindqvist", "leeds", "paris", "okafor", "x", ""])
def test_what_is_no_slip(word: str) -> None:
    """Names, and words with another letter."""
    assert not is_slip(word)
