"""A tagged secret is found wherever it stands and whatever its case, nothing else is, and it cannot be read back."""

from __future__ import annotations

import gc
import os
import pickle
import random
import string
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reticent.detect.folding import normal
from reticent.detect.tagged import MAX_LENGTH, Tag, Tagged, Tagger

KEY = bytes(range(32))
TAGGER = Tagger(KEY)
_LETTERS = string.ascii_letters + string.digits + "!#$%äß√é密 "


def tagged(*secrets: str) -> Tagged:
    """A finder of these."""
    return Tagged(TAGGER, [TAGGER.tag(secret) for secret in secrets])


secrets = st.text(_LETTERS, min_size=6, max_size=40).filter(lambda text: len(normal(text)) >= 6)


@settings(max_examples=300)
@given(st.lists(secrets, min_size=1, max_size=20), st.text(max_size=60), st.text(max_size=60), st.data())
def test_found_anywhere(enrolled: list[str], before: str, after: str, data: st.DataObject) -> None:
    """Glued to whatever stands around it, in either case."""
    secret = normal(data.draw(st.sampled_from(enrolled)))
    shown = secret.upper() if data.draw(st.booleans()) and len(secret.upper()) == len(secret) else secret
    if normal(shown) == secret:
        assert (len(before), len(before) + len(secret)) in tagged(*enrolled).find(before + shown + after)


@settings(max_examples=200)
@given(st.lists(secrets, min_size=1, max_size=20), st.text(_LETTERS, max_size=200))
def test_nothing_else_is_found(enrolled: list[str], text: str) -> None:
    """What is found is one of them."""
    known = {normal(secret) for secret in enrolled}
    assert {normal(text[start:stop]) for start, stop in tagged(*enrolled).find(text)} <= known


def test_found_across_the_blocks_of_a_long_text() -> None:
    """At every place about a seam, and at both ends."""
    found = tagged("Tr0ub4dor&3", "x" * MAX_LENGTH)
    for place in (0, 2030, 2037, 2040, 2047, 2048, 4096, 7989):
        text = "-" * place + "TR0UB4DOR&3" + "-" * (7989 - place)
        assert found.find(text) == [(place, place + 11)]
    assert found.find("-" * 2000 + "X" * MAX_LENGTH + "-" * 99) == [(2000, 2000 + MAX_LENGTH)]


def test_overlapping_secrets_are_all_found() -> None:
    """One inside or across another hides neither."""
    assert sorted(tagged("abcdefgh", "efghijkl", "cdefgh").find("abcdefghijkl")) == [(0, 8), (2, 8), (4, 12)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [("4711", [(0, 4)]), ("pin 4711\nok", [(4, 8)]), ("x 4711\ty", [(2, 6)]), ("47110", []), ("a4711", []),
     ("4711 is it", [])],
)  # fmt: skip
def test_a_short_secret_is_a_word_before_enter(text: str, spans: list[tuple[int, int]]) -> None:
    """Of 4 or 5 characters: at the end of the text, or before Enter or Tab."""
    assert tagged("4711").find(text) == spans


@pytest.mark.parametrize("secret", ["abc", " abc ", "x" * 161, ""])
def test_lengths(secret: str) -> None:
    """Fewer than 4 characters match ordinary text, more than 160 are not remembered by the engine."""
    with pytest.raises(ValueError, match="4 to 160") as refused:
        TAGGER.tag(secret)
    assert not secret or secret not in str(refused.value)


def test_the_key_makes_the_tag() -> None:
    """Another key, another tag; of the same length, as nothing is hidden in memory."""
    other = Tagger(bytes(32)).tag("hunter2")
    assert other.length == 7 and other.bits != TAGGER.tag("hunter2").bits
    assert Tagged(TAGGER, [other]).find("hunter2") == []
    assert TAGGER.tag("hunter2").bits < 1 << 40 and len({TAGGER.tag(f"hunter{n}").bits for n in range(5000)}) == 5000


def test_how_far_an_idle_barrier_waits() -> None:
    """Only for secrets with blanks inside: of others the last word waits anyway."""
    assert tagged("Tr0ub4dor&3").idle_reach == 0 == tagged().idle_reach
    assert tagged("Tr0ub4dor&3", "correct horse battery staple").idle_reach == 27


def test_nothing_is_shown_or_pickled() -> None:
    """The repr counts; a copy on disk is refused."""
    assert repr(tagged("hunter2", "hunter3")) == "Tagged(2 tags)" and repr(TAGGER) == "Tagger()"
    for held in (TAGGER, tagged("hunter2")):
        with pytest.raises(TypeError, match="memory"):
            pickle.dumps(held)


def test_the_text_is_not_kept() -> None:
    """Neither the secret nor the text it was looked for in stays in the finder."""
    found = Tagged(TAGGER, [TAGGER.tag("Zq7-canary-" + "kettle")])
    assert found.find("the Zq7-canary-" + "kettle is typed")
    held = [found]
    for _ in range(4):
        held += [part for part in gc.get_referents(*held) if isinstance(part, (str, bytes, dict, list, Tag))]
    assert not [part for part in held if isinstance(part, (str, bytes)) and "canary" in str(part)]


def test_threads_share_one() -> None:
    """Nothing in it changes while it searches."""
    found, wrong = tagged(*(f"Secret-{n:03}-value" for n in range(20))), []

    def search(number: int) -> None:
        wrong.extend(1 for _ in range(300) if found.find(f"a secret-{number:03}-VALUE b") != [(2, 18)])

    threads = [threading.Thread(target=search, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_top_passwords_are_not_found() -> None:
    """With 20 enrolled secrets none of the 30,000 most used passwords is, but those that hold one of them."""
    root = os.environ.get("RETICENT_DATA")
    if root is None:
        pytest.skip("RETICENT_DATA is not set: the 30,000 top passwords were NOT examined")
    passwords = (Path(root) / "secrets" / "passwords_top_zxcvbn.txt").read_text("utf-8").split()
    rng = random.Random(11)
    own = ["".join(rng.choices(string.ascii_letters + string.digits + "!#$%", k=rng.randint(6, 20))) for _ in range(17)]
    own += ["correct horse battery staple", "monkey", "trustno1"]
    found = tagged(*own)
    hit = {password for password in passwords if found.find(password)}
    assert len(passwords) > 29_000
    assert hit == {password for password in passwords if any(secret.lower() in password.lower() for secret in own)}
    assert found.find(" ".join(passwords).replace("monkey", "").replace("trustno1", "")) == []
