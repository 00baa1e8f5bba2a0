"""The table of providers is sound, and weak heads need a rest that looks drawn by lot."""

import re2

from reticent.detect.providers import PROVIDERS, TOKEN_HEADS
from reticent.detect.secrets import SecretPatterns


def test_the_table() -> None:
    """At least 150 providers; every rule compiles, and its shape is necessary for its head."""
    assert len({provider.name for provider in PROVIDERS}) >= 150
    assert len(TOKEN_HEADS) == len(PROVIDERS)
    for provider in PROVIDERS:
        re2.compile(provider.head + provider.body)
        assert "{" not in provider.shape


def test_heads_in_the_middle() -> None:
    """What stands before the mark of such a token belongs to it."""
    token = "Z28P3STmkBQi1Y" + ".atlasv1.YE7RBqu6VVyQIOq9a1eC"
    assert SecretPatterns().find(f"x {token}") == [("token", 2, 2 + len(token))]


def test_weak_heads() -> None:
    """Words that begin like a token are no tokens."""
    find = SecretPatterns().find
    assert find("secret_configuration_of_my_services") == []
    assert find("secret_" + "aB3dE6gH9jK2mN5pQ8sT1vW4") != []
