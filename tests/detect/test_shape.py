"""Shape questions are exact on text that is not well formed too."""

from reticent.detect.shape import digit_count, looks_secret, well_formed


def test_digit_count_counts_ascii_digits_only() -> None:
    """Letters, other scripts and lone surrogates are no digits."""
    assert digit_count("a1é2\ud8003٣") == 3


def test_well_formed_keeps_every_offset() -> None:
    """A lone surrogate is replaced one for one."""
    assert well_formed("a\udfffb") == "a\ufffdb"


def test_looks_secret() -> None:
    """Letters with digits or symbols are suspicious, words, files and short ordinals are not."""
    assert all(map(looks_secret, ["blueTiger77", "p@ssw0rd", "evolve_remixed5"]))
    assert not any(map(looks_secret, ["policy", "2nd", "src/a1.py", "12345", "f(x1)", "--flag1"]))
