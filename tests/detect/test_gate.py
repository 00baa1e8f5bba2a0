"""One search answers for all detectors that share a gate."""

from reticent.detect.gate import Gate


def test_shapes_are_numbered_in_the_order_they_were_added() -> None:
    """Each detector learns its own numbers and is asked about nothing else."""
    gate = Gate()
    first, second = gate.add(["ab", "cd"]), gate.add(["ef"])
    assert (list(first), list(second)) == ([0, 1], [2])
    assert set(gate("cd ef")) == {1, 2}
    assert gate("cd") == gate("cd") == (1,)


def test_shapes_may_come_after_a_question() -> None:
    """The set is made anew, and an answer for the old one is forgotten."""
    gate = Gate()
    gate.add(["ab"])
    assert gate("ab cd") == (0,)
    gate.add(["cd"])
    assert set(gate("ab cd")) == {0, 1}


def test_lone_surrogates_do_not_raise() -> None:
    """They are no part of any shape."""
    gate = Gate()
    gate.add(["ab"])
    assert gate("\ud800ab") == (0,)
