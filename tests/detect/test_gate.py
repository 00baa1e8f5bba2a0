"""One search answers for all detectors that share a gate, remembers no text, and keeps nothing back."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.gate import Gate, Gated, matching
from reticent.detect.working_set import working_set
from reticent.text.span import Span


class Badges(Gated):
    """A letter and four digits, somewhere in a text with a badge."""

    name = "badge"
    words = ("badge", "(?i)pass")
    shapes = ("[A-Z][0-9]+", "x{3}")
    digits_min = 4

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        yield from (Span(shape, 0, len(text)) for shape in sorted(shapes))


def test_needs_are_numbered_in_the_order_they_were_added() -> None:
    """Each detector learns its own number, and any of its words meets its need."""
    gate = Gate()
    assert (gate.add("ab", "(?i)cd"), gate.add("Ef|gh")) == (0, 1)
    assert gate("CD Ef") == {0, 1}
    assert gate("AB ef") == frozenset()
    assert gate("x1gh23") == {1}


def test_needs_may_come_after_a_question() -> None:
    """The set is made anew, and an answer for the old one is forgotten."""
    gate = Gate()
    gate.add("ab")
    assert gate("ab cd") == {0}
    gate.add("cd")
    assert gate("ab cd") == {0, 1}


def test_lone_surrogates_do_not_raise() -> None:
    """They are no part of any word or shape."""
    gate = Gate()
    gate.add("ab")
    assert gate("\ud800ab") == {0}
    assert list(matching(("ab", "cd"), "\ud800ab")) == [0]


@pytest.mark.parametrize("text", ["badge 1234", "PASS b1234", "badge B123", "B1234"])
def test_words_digits_and_shapes_are_all_necessary(text: str) -> None:
    """Each of these lacks one of them."""
    assert Badges().find(text) == [] and not Badges().may_find(text)


def test_the_spans_are_told_which_shapes_are_there() -> None:
    """Of several, those that match."""
    assert Badges().find("Pass B1234") == [("[A-Z][0-9]+", 0, 10)]
    assert len(Badges().find("badge B1234 xxx")) == 2


def test_shared() -> None:
    """A gate of many serves each detector as its own would."""
    gate = Gate()
    gate.add("@")
    badges = Badges(gate)
    assert badges.may_find("badge B1234") and not badges.may_find("@ B1234")


@given(st.lists(st.text(max_size=20), max_size=5))
def test_the_last_answer_is_for_this_text(texts: list[str]) -> None:
    """Remembering changes no answer, and holds no text."""
    shared = Gate()
    shared.add("[0-9]", "@")
    for text in texts:
        fresh = Gate()
        fresh.add("[0-9]", "@")
        assert shared(text) == shared(text) == fresh(text)
    assert not any(len(text) > 8 and text in repr(vars(shared)) for text in texts)


def test_no_word_repeats() -> None:
    """Of any detector of the package: words that repeat multiply the states of the search, and its time."""
    repeating = [
        detector.name
        for detector in working_set(("US", "DE"))
        if isinstance(detector, Gated) and any(set("*+{") & set(_plain(word)) for word in detector.words)
    ]
    assert repeating == []


def _plain(word: str) -> str:
    """Without what is escaped, and without classes."""
    import re

    return re.sub(r"\\.|\[[^\]]*\]", "", word)
