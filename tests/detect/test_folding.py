"""Folding makes case and compatibility forms equal and moves no offset."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.folding import fold, normal


@given(st.text(st.characters()))
def test_folding_keeps_every_place(text: str) -> None:
    """One character for one, and none that cannot be encoded."""
    assert len(fold(text)) == len(text)
    fold(text).encode()


def test_normal_spelling() -> None:
    """Full-width letters, ligatures and blanks around make no difference; blanks inside do."""
    assert normal(" ＨUNTER２\t") == "hunter2" and normal("ﬁsh pie") == "fish pie" != normal("fishpie")
