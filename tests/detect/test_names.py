"""Names of people and places are found in any case, and ordinary lines are left alone."""

from __future__ import annotations

import pytest

from reticent.detect import ner
from reticent.detect.names import Names
from reticent.errors import ReticentError

needs_model = pytest.mark.skipif(
    ner.installed_model() is None, reason="no model of names is installed: it was NOT examined"
)
NAMES = Names()
SENTENCE = "Please ask Maria Gonzalez about the flat in Lisbon."


def found(text: str) -> list[tuple[str, str]]:
    """Kinds and words."""
    return [(span.kind, text[span.start : span.stop]) for span in NAMES.find(text)]


@needs_model
@pytest.mark.parametrize("text", [SENTENCE, SENTENCE.lower(), SENTENCE.upper()])
def test_people_and_places_in_any_case(text: str) -> None:
    """With capitals, without, and in capitals only."""
    assert [words.lower() for _, words in found(text)] == ["maria gonzalez", "lisbon"]


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "", "ok see you at 3", "git commit -m fix", "kubectl get pods", "i think version 2.1.0 fixes it",
        "def get_user(name): return Users.find(name)", "export API_KEY=Berlin", "\ud800\udc00", "x" * 20_000,
        "." * 2_000, "1 " * 4_000, "the price is 1299 dollars", "  \n \t",
    ],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    """Ordinary lines, commands, code and held keys."""
    assert found(text) == []


@needs_model
def test_a_full_name_in_a_command() -> None:
    """In code only a full name with its capitals is believed."""
    assert found("git commit --author 'Maria Gonzalez' -m fix") == [("name", "Maria Gonzalez")]


@needs_model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("call priya 415 555 2671", ["priya"]), ("iban GB82WEST12345698765432 for emily diallo", ["emily diallo"]),
        ("my soical is 390584860, calll me, thaanks", []),
        ("Name: Lara Fiorentino\nAddress: none", ["Lara Fiorentino"]),
        (">Marta Palermo\n>Suite 9", ["Marta Palermo"]), ("Olga Krylova's flat", ["Olga Krylova"]),
    ],
)  # fmt: skip
def test_names_that_the_model_alone_gets_wrong(text: str, names: list[str]) -> None:
    """First names of the list, slips of the finger, line ends, quoted mail and possessives."""
    assert [words for kind, words in found(text) if kind == "name"] == names


@needs_model
def test_long_texts_are_read_in_pieces() -> None:
    """Offsets hold behind the first piece; a batch gives what single questions give."""
    text = "we waited for the bus again. " * 100 + SENTENCE
    assert found(text) == found(SENTENCE)
    assert NAMES.find_all([SENTENCE, "", text]) == [NAMES.find(SENTENCE), [], NAMES.find(text)]


def test_too_long_a_text_is_an_error() -> None:
    """The engine then redacts the segment; the message does not quote it."""
    with pytest.raises(ReticentError, match="100,000 characters") as caught:
        NAMES.find("Zyxqo " * 20_000)
    assert "Zyxqo" not in str(caught.value)


def test_the_cheap_question() -> None:
    """Ordinary words spare the model; a rare word, or two capitals in a row, do not."""
    assert not NAMES.may_find("ok see you tomorrow, the meeting moved to 10:30")
    assert NAMES.may_find("ok see you in lisbon")
    assert NAMES.may_find("ask Rose Day about it")


def test_held_keys_never_reach_the_model() -> None:
    """20,000 equal characters, dots and digits are answered by the cheap question."""
    assert not any(NAMES.may_find(char * 20_000) for char in "a.1 \nA-")
