"""Every mode leaves what it promises in the simulated field, and every secret has the form it claims."""

from __future__ import annotations

import random
import re
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reticent.testing import strategies
from reticent.testing.attacker import find_leaks, find_missing, views
from reticent.testing.dsl import expand

quick = settings(max_examples=30)
secrets = st.one_of(strategies.enrolled(), strategies.structured())


def final_text(script: str) -> str:
    """Text of the notes window at the end."""
    return views(expand(script).events)["final field 0 keys:us"]


@pytest.mark.parametrize("mode", sorted(strategies.EDIT_MODES))
@given(secret=secrets, seed=st.integers(0, 99))
@settings(max_examples=8)
def test_mode_ends_as_promised(mode: str, secret: str, seed: int) -> None:
    """The secret stands there, or it is gone and was there before; clean text is untouched."""
    script = strategies.stream_of("we had", secret, mode, "with tea", random.Random(seed))
    text = final_text(script)
    assert (secret in text) == (mode in strategies.ENDS_WITH_SECRET)
    assert text.startswith("we had ")
    assert text.endswith(" with tea\n")
    assert find_leaks(expand(script).events, [secret])


@pytest.mark.parametrize("mode", sorted(strategies.ENDS_WITH_SECRET))
def test_mode_ends_with_the_secret(mode: str) -> None:
    """Without text after it too."""
    script = strategies.EDIT_MODES[mode]("Tr0ub4dor&3", random.Random(3))
    assert final_text(f'focus:"notes/n" {script}') == "Tr0ub4dor&3"


@given(strategies.streams(secrets))
@quick
def test_streams_hold_the_secret_and_the_clean_text(typed: strategies.Typed) -> None:
    """Readable by the attacker and by the reader of kept text."""
    events = expand(typed.script).events
    assert find_leaks(events, [typed.secret])
    assert find_missing(events, [typed.before, typed.after]) == []


@given(strategies.cards())
@quick
def test_cards_pass_luhn(card: str) -> None:
    """Doubling every second digit from the right, the sum ends in 0."""
    digits = [int(char) for char in re.sub(r"[ -]", "", card)]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    assert (sum(doubled) + sum(digits[-1::-2])) % 10 == 0
    assert 13 <= len(digits) <= 19


@given(strategies.ibans())
@quick
def test_ibans_have_valid_check_digits(iban: str) -> None:
    """Rearranged, modulo 97 is 1."""
    plain = iban.replace(" ", "")
    assert int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


@given(strategies.tokens())
@quick
def test_tokens_have_the_form_of_their_issuer(token: str) -> None:
    """And GitHub's the right checksum."""
    assert re.fullmatch(r"AKIA[A-Z2-7]{16}|ghp_[A-Za-z0-9]{36}", token)
    if token.startswith("ghp_"):
        alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        checksum = sum(alphabet.index(char) * 62**place for place, char in enumerate(reversed(token[-6:])))
        assert checksum == zlib.crc32(token[4:-6].encode())


@given(strategies.emails(), strategies.enrolled(), strategies.prose())
@quick
def test_other_values(email: str, password: str, line: str) -> None:
    """Addresses have one @, passwords 6 to 14 characters, prose only words."""
    assert re.fullmatch(r"[a-z0-9._]+@[a-z.]+\.[a-z]{2,3}", email)
    assert 6 <= len(password) <= 14
    assert re.fullmatch(r"[a-z]+( [a-z]+)+", line)


@given(st.data(), st.integers(0, 40))
@quick
def test_chunkings_add_up(data: st.DataObject, length: int) -> None:
    """No batch is empty."""
    sizes = data.draw(strategies.chunkings(length))
    assert sum(sizes) == length
    assert all(size > 0 for size in sizes)


def test_modes_differ() -> None:
    """No two modes type alike."""
    scripts = sorted(mode("Tr0ub4dor&3", random.Random(1)) for mode in strategies.EDIT_MODES.values())
    assert all(first != second for first, second in pairwise(scripts))
