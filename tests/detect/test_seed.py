"""Rows of words of the BIP39 list are seed phrases; ordinary talk is not."""

from reticent.detect.seed import SeedPhrases, is_seed, seed_tail

DETECTOR = SeedPhrases()
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"  # a public test vector


def test_checksum() -> None:
    """The last word holds the checksum of the others."""
    assert is_seed(PHRASE.split())
    assert not is_seed(PHRASE.split()[::-1])
    assert not is_seed(PHRASE.split()[:11])


def test_rows_are_found_in_any_dress() -> None:
    """In a sentence, numbered, on lines of their own, in capitals, and without a valid checksum."""
    assert DETECTOR.find(f"it is {PHRASE}!") == [("seed", 6, 6 + len(PHRASE))]
    numbered = "\n".join(f"{at}. {word}" for at, word in enumerate(PHRASE.split(), 1))
    assert [span.kind for span in DETECTOR.find(numbered)] == ["seed"]
    assert DETECTOR.find(PHRASE.upper()) and DETECTOR.find(PHRASE.replace(" ", "\n"))
    assert DETECTOR.find(" ".join(PHRASE.split()[::-1]))


def test_ordinary_talk_is_left_alone() -> None:
    """Short rows and sentences with other words between."""
    assert DETECTOR.find("I will have to ask you about the early plan and what you think of it all") == []
    assert DETECTOR.find(" ".join(PHRASE.split()[:11])) == []


def test_an_unfinished_row_is_open() -> None:
    """From five words on, also within a word."""
    assert seed_tail("x: legal winner thank year wave sau") == 3
    assert seed_tail("legal winner thank") == 18
