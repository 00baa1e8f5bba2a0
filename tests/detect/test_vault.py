"""Every enrolled or learned value is found again, whatever its case and neighbours, and never shown."""

import pickle

import pytest

from reticent.detect.tagged import Tagged, Tagger
from reticent.detect.vault import Vault


def test_enrolled_are_found_in_any_case_and_inside_words() -> None:
    """Glued occurrences count, passphrases keep their blanks."""
    vault = Vault(["hunter2", "correct horse battery staple"])
    assert vault.find("xHUNTER2x") == [("enrolled", 1, 8)]
    assert vault.find("vault: correct horse battery staple end") == [("enrolled", 7, 35)]
    assert vault.find("nothing here") == []


def test_overlapping_literals_are_all_found() -> None:
    """A literal inside or across another one hides neither."""
    spans = Vault(["abcdef", "defghi", "cde"]).find("abcdefghi")
    assert sorted(span[1:] for span in spans) == [(0, 6), (2, 5), (3, 9)]


def test_profile_terms_need_word_boundaries() -> None:
    """A name inside another word stays."""
    vault = Vault(profile_terms=["Ann", "Maria Gonzalez"])
    assert sorted(vault.find("regards Maria Gonzalez, ann")) == [("profile", 8, 22), ("profile", 24, 27)]
    assert vault.find("annual planning") == []


def test_learning() -> None:
    """Values of 5 to 64 characters that are no common words are learned."""
    vault = Vault(["hunter2"])
    assert vault.learn(" Xk2mmN9a ") and vault.learn("hunter2")
    assert not vault.learn("abcd") and not vault.learn("Password") and not vault.learn("x" * 65)
    assert vault.find("say xk2MMn9a") == [("learned", 4, 12)]
    assert set(vault.literals) == {"hunter2", "xk2mmn9a"}


def test_the_last_learned_are_remembered() -> None:
    """Learning again renews; what is forgotten is forgotten by every search, and the enrolled stay."""
    vault = Vault(["enrolled1"])
    for number in range(256):
        vault.learn(f"first-{number:04}")
    vault.learn("first-0000")
    vault.learn("another-value")
    assert sorted(vault.find("first-0000 first-0001 another-value ENROLLED1")) == [
        ("enrolled", 36, 45), ("learned", 0, 10), ("learned", 22, 35),
    ]  # fmt: skip
    assert len(vault.literals) == 257 and "first-0001" not in vault.literals
    for number in range(300):
        vault.learn(f"second{number:04}")
    assert not vault.find("first-0000") and not vault.find_near("first-0000") and not vault.pending_prefix("x first-0")
    assert vault.find("enrolled1") and vault.find("second0299") and vault.pending_prefix("x second02") == 8


@pytest.mark.parametrize(
    ("token", "near"), [("hnter2", True), ("hutner2", True), ("hunter2", True), ("hunt", False), ("hnte2", False)]
)
def test_near_seven_characters(token: str, near: bool) -> None:
    """One slip or swap up to 7 characters."""
    assert Vault(["hunter2"]).find_near(token) is near


def test_near_longer_and_common() -> None:
    """Two slips from 8 characters on, but never a common word."""
    vault = Vault(["Xk2mmN9a", "password1", "questions7"])
    assert vault.find_near("Xk2mN9b") and not vault.find_near("Xk2N9bb")
    assert not vault.find_near("password") and not vault.find_near("questions")


def test_pending_prefix() -> None:
    """The longest proper prefix at the end counts, from 3 characters on."""
    vault = Vault(["hunter2", "terminator"])
    assert [vault.pending_prefix(text) for text in ("note HUNT", "hu", "hunter", "hunter2", "x", "")] == [
        4,
        0,
        6,
        0,
        0,
        0,
    ]
    assert Vault().pending_prefix("hunt") == 0


def test_folding_never_moves_offsets() -> None:
    """Letters whose folding is longer, and lone surrogates, keep their place."""
    assert Vault(["hunter2"]).find("İß\ud800 hunter2") == [("enrolled", 4, 11)]


def test_nothing_is_shown_or_pickled() -> None:
    """The repr has counts only, pickling is refused, too short literals are refused without quoting them."""
    vault = Vault(["hunter2"])
    assert repr(vault) == "Vault(enrolled=1, learned=0, profile_terms=0)"
    with pytest.raises(TypeError, match="in memory"):
        pickle.dumps(vault)
    with pytest.raises(ValueError, match="shorter") as refused:
        Vault(["zq"])
    assert "zq" not in str(refused.value)


def test_a_thousand_literals() -> None:
    """A thousand long literals are all found, and nothing else."""
    literals = [f"{number:04d}-" + "secret phrase é " * 3 + f"{number}" for number in range(1000)]
    vault = Vault(literals)
    assert all(vault.find(f"x {literal} y") for literal in literals[::97])
    assert not vault.find("The meeting moved to Thursday, please bring two copies of it")


def tagged(*secrets: str) -> Tagged:
    """Secrets of which the vault is told tags only."""
    tagger = Tagger(bytes(range(32)))
    return Tagged(tagger, map(tagger.tag, secrets))


def test_tagged_secrets_are_found_beside_literals() -> None:
    """Both are enrolled, and counted together."""
    vault = Vault(["hunter2"], tagged=tagged("Velvet-Orbit-42", "correct horse battery"))
    assert sorted(vault.find("xVELVET-orbit-42 hunter2")) == [("enrolled", 1, 16), ("enrolled", 17, 24)]
    assert repr(vault).startswith("Vault(enrolled=3,") and vault.idle_reach == 20 and Vault(["a b c"]).idle_reach == 0


def test_a_tagged_secret_is_learned_once_it_was_found() -> None:
    """Before, its head and what is almost it are not known; afterwards they are, as of any learned secret."""
    vault = Vault(tagged=tagged("Velvet-Orbit-42"))
    assert not vault.find_near("Velvet-Orbit-43") and not vault.pending_prefix("my velvet-or") and not vault.literals
    assert [span.kind for span in vault.find("it is Velvet-Orbit-42 ok")] == ["enrolled"]
    assert vault.find_near("Velvet-Orbit-43") and vault.pending_prefix("my velvet-or") == 9
    assert vault.find("velvet-orbit-42") == [("enrolled", 0, 15)]


def test_what_is_learned_from_tags_is_bounded_as_all_that_is_learned() -> None:
    """A tagged secret of more than 64 characters, or that is a common word, is found each time and never learned."""
    long = "word " * 14 + "end"
    vault = Vault(tagged=tagged(long, "password"))
    assert [span[1:] for span in vault.find(f"my {long} is password")] and not vault.literals
