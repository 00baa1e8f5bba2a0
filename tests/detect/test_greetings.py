"""Greetings, sign-offs, titles and introductions give names away, without a model."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.greetings import Greetings

GREETINGS = Greetings(lower_case=True)


def named(text: str) -> list[str]:
    """What is found, as text."""
    return [text[span.start : span.stop] for span in GREETINGS.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi Maria,", "Maria"), ("hey karl can you call", "karl"), ("hi mark, one thing", "mark"),
        ("Dear Mr. Stone,", "Stone"), ("dear mrs hopkins,", "hopkins"), ("Sehr geehrter Herr Müller,", "Müller"),
        ("Best regards, Karl", "Karl"), ("see you.\nKind regards,\nAnna-Lena O'Brien\n", "Anna-Lena O'Brien"),
        ("Thanks,\nWill", "Will"), ("cheers\nbob", "bob"), ("Viele Grüße\nJürgen", "Jürgen"),
        ("this is Maria Gonzalez speaking", "Maria Gonzalez"), ("my name is tomasz kowalczyk", "tomasz kowalczyk"),
        ("Привет Наташа!", "Наташа"),
    ],
)  # fmt: skip
def test_names_in_context(text: str, name: str) -> None:
    """The name is found, and nothing else."""
    assert named(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "hi there", "Hello World", "hey, how are you", "Thanks,\nSee you tomorrow", "this is great", "Dear all,",
        "hi team, quick question", "Best practices", "my name is on the list", "call me later", "this is not working",
        "thanks, will do that tomorrow", "Hey Guys,", "hello from the other side",
    ],
)  # fmt: skip
def test_ordinary_openings(text: str) -> None:
    """A greeting of nobody in particular names nobody."""
    assert named(text) == []


def test_ordinary_texts_are_left_alone() -> None:
    """At most 0.3 % of ordinary prose, chat, shell and code rows are touched."""
    root = os.environ.get("RETICENT_DATA")
    if not root:
        pytest.skip("RETICENT_DATA is not set: the corpora of ordinary texts were NOT examined")
    lines = (Path(root) / "secrets" / "negatives.jsonl").read_text(encoding="utf-8").splitlines()
    texts = ["".join(json.loads(line)["text"]) for line in lines]
    assert sum(bool(GREETINGS.find(text)) for text in texts) <= 0.003 * len(texts)


@pytest.mark.parametrize("text", ["hello bob", "привет мир", "hey karl can you call"])
def test_names_without_a_capital_are_asked_for(text: str) -> None:
    """They are ordinary chat to whoever looks for no names."""
    assert Greetings().find(text) == []
    assert Greetings().find(text.title()) != []


@given(st.lists(st.sampled_from(["hi", "Maria", ",", "\n", "thanks", "mr", "Stone", "this is", "here", "\ud800"])))
def test_the_cheap_question_misses_nothing(parts: list[str]) -> None:
    """What is found is also suspected, alone and among other readings."""
    text = " ".join(parts)
    if GREETINGS.find(text):
        assert GREETINGS.may_find(text)
        assert GREETINGS.may_find(f"plain\n\n{text}\n\nwords")
