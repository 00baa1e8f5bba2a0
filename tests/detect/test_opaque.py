"""Tokens drawn by lot are found by their looks; names, digests that are named and words are left alone."""

import pytest

from reticent.detect.opaque import OpaqueTokens

DETECTOR = OpaqueTokens()


@pytest.mark.parametrize(
    "token",
    [
        "93Glz084Gm" + "j1RoXbmUVwHMXjK3HHdZIx",
        "hv4ta4kcqx" + "lo0k2llhk5gc9psh59pu40",
        "C9D7T-GJMF3" + "-B6J8F-8BVFQ-JWGG9",
        "QI2SUDAWOR" + "LQBGYQN4OURNZJ4O3XJ6F7",
        "l2Vx32lf$R" + "7Ct@^^kL",
    ],
)
def test_tokens_are_found(token: str) -> None:
    """Mixed classes, groups of five, base32 and generated passwords."""
    assert ("token", 4, 4 + len(token)) in DETECTOR.find(f"use {token} now")
    assert DETECTOR.may_find(f"use {token} now")


def test_a_bare_digest_is_a_hash() -> None:
    """Unless a word in front says what it names, or it is part of a path."""
    digest = "e856acb5f2ab7a93" + "2caf5c68fbaeb55a"
    assert DETECTOR.find(f"x {digest}") == [("hash", 2, 34)]
    for before in ("commit ", "sha256:", "trace_id=", "git show ", "s3://bucket/", "md5sum *.py | grep "):
        assert DETECTOR.find(before + digest) == []


def test_a_line_of_a_key_goes_with_its_quoting() -> None:
    """Quotes, signs of continuation and blanks around it, where nothing else is on the line."""
    key = "WuRIzX77P7oVKM2CoTA6VzT6s/bvr7HxFLl4NhohfyDsV0YCDc4I6EHGWMCUHZb0"
    assert DETECTOR.find(f"a\n\t+ '{key}\\n' +\nb") == [("token", 2, 11 + len(key))]
    assert DETECTOR.find(f"x = '{key}'") == [("token", 5, 5 + len(key))]


@pytest.mark.parametrize("name", ["OPENAI_API_KEY=", "export S3_KEY2=", "a.sh --opt=keyValue="])
@pytest.mark.parametrize(
    "value", ["93Glz084Gm" + "j1RoXbmUVwHMXj", "l2Vx32lf$R" + "7Ct@^^kL", "QUJDRA1zZWNyZXRz" * 2 + "QQ=="]
)
def test_the_name_of_a_value_stays(name: str, value: str) -> None:
    """What is assigned begins behind the last name and its sign."""
    found = DETECTOR.find(name + value)
    assert set(found) == {("token", len(name), len(name + value))}


def test_what_is_no_name_goes_with_the_value() -> None:
    """A sign of equality inside of what was drawn by lot parts nothing."""
    for token in ("q7Z=93Glz084Gmj1RoXbmUVwHMXj", "93Glz084Gm=j1RoXbmUVwHMXj48"):
        assert ("token", 0, len(token)) in DETECTOR.find(token)


@pytest.mark.parametrize("iban", ["GB33BUKB20201555555555", "MT84MALT011000012345MTLCAST001S"])
def test_an_iban_is_no_token(iban: str) -> None:
    """What has a country's length and the right check digits is left to the detector of these; others are not."""
    assert DETECTOR.find(f"pay {iban} now") == DETECTOR.find(f"iban={iban}") == []
    assert DETECTOR.find(f"pay {iban[:2]}99{iban[4:]} now")


@pytest.mark.parametrize(
    "text",
    [
        "123e4567-e89b-12d3-a456-426614174000",
        "test_utf8_to_utf16_conversion_v2",
        "python3.11-x86_64-linux-gnu",
        "getElementsByTagNameNS2",
        "/usr/lib/python3/dist-packages/numpy",
        "2025-03-04T10:11:12Z",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIcjbbj2tcNUe8mHnqJVOqwEJqHtd",
    ],
)
def test_names_are_left_alone(text: str) -> None:
    """UUIDs, identifiers, paths, times and public keys are no secrets."""
    assert DETECTOR.find(text) == []
