"""One look at a text serves many detectors, remembers no text, and never keeps back what a detector would find."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.glance import Gated, Glance
from reticent.text.span import Span


class Badges(Gated):
    """A letter and four digits."""

    name = "badge"
    shapes = ("[A-Z][0-9]{4}",)
    digits_min = 4

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        yield Span("custom", 0, len(text))


def test_shapes_and_digits() -> None:
    """Both conditions must hold."""
    assert Badges().find("a B1234") == [("custom", 0, 7)]
    assert Badges().find("a B123") == [] and not Badges().may_find("b1234")


def test_shared() -> None:
    """A glance of many shapes serves each detector as its own would."""
    glance = Glance("@", *Badges.shapes, "@")
    assert Badges(glance).may_find("B1234") and not Badges(glance).may_find("@1234")


@given(st.lists(st.text(max_size=20), max_size=5))
def test_the_last_answer_is_for_this_text(texts: list[str]) -> None:
    """Remembering changes no answer, and holds no text."""
    shared = Glance("[0-9]", "@")
    for text in texts:
        assert shared(text) == shared(text) == Glance("[0-9]", "@")(text)
    assert not any(len(text) > 8 and text in repr(vars(shared)) for text in texts)
