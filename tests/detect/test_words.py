"""The common words are lower-case, single and enough to stop ordinary talk."""

from reticent.detect.words import COMMON_WORDS, NOT_A_VALUE


def test_words_are_normal_forms() -> None:
    """Look-ups are by case-folded single words."""
    assert all(word == word.casefold() and not word.isspace() for word in COMMON_WORDS)
    assert NOT_A_VALUE < COMMON_WORDS
    assert 1_500 <= len(COMMON_WORDS) <= 4_000


def test_scenario_secrets_are_not_common() -> None:
    """What must be learnable is not in the list."""
    assert COMMON_WORDS.isdisjoint({"hunter2", "bluetiger77", "hun", "xk2mmn9a"})
