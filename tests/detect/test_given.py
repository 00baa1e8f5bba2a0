"""First names of many countries are names by themselves; what follows them is a surname as long as it can be one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.given import full_names, is_given_name
from reticent.detect.words import COMMON_WORDS


def found(text: str, *, cased: bool = False) -> list[str]:
    """The words of each name."""
    return [text[start:stop] for start, stop in full_names(text, cased=cased)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tell luca the report is late", ["luca"]), ("call hannah brown now", ["hannah brown"]),
        ("met dmitri v. lindqvist today", ["dmitri v. lindqvist"]), ("priya's flat", ["priya"]),
        ("call emily day after tomorrow", ["emily"]), ("ingrid\nberlin", ["ingrid"]),
        ("mark will rose", []), ("set max size, sha 256, nan", []), ("", []),
    ],
)  # fmt: skip
def test_without_capitals(text: str, names: list[str]) -> None:
    """A rare word, an initial or a frequent surname goes on; an ordinary word, a line and a possessive end the name."""
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Call Emma K. Stone today", ["Emma K. Stone"]), ("Isaac Lodge Street", ["Isaac Lodge"]),
        ("Yuri Bulgakov's Tales", ["Yuri Bulgakov"]), ("emma Stone", []), ("Emma IBM", ["Emma"]),
    ],
)  # fmt: skip
def test_with_capitals(text: str, names: list[str]) -> None:
    """Where they say anything a name has one, and one ordinary word may follow it."""
    assert found(text, cased=True) == names


def test_no_first_name_is_a_common_word() -> None:
    """The list leaves out what people type all the time."""
    assert not any(map(is_given_name, COMMON_WORDS))


@given(st.text(max_size=60), st.booleans())
def test_spans_lie_in_the_text(text: str, cased: bool) -> None:
    """In order, without overlap, none empty."""
    spans = list(full_names(text, cased=cased))
    assert all(start < stop <= len(text) for start, stop in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
