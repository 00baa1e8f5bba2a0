"""Rule: the demo shows what a reader sees before and after, and its secrets only before."""

from __future__ import annotations

from click.testing import CliRunner

import reticent
from reticent.cli import main
from reticent.cli.demo import _RECORDING, read_places
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand

SECRETS = ["maria.lopez@example.org", "Blue-Kettle-42", "4111 1111 1111 1111", "ghp_16C7e42F", "Sailing7!", "TulipSail"]


def test_plain_output_shows_both_sides() -> None:
    """Without a terminal the demo prints plain columns, marks for secrets, and the report."""
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0
    before, after = (result.stdout.splitlines()[0].index(word) for word in ("before", "after"))
    rows = [line for line in result.stdout.splitlines() if len(line) > after]
    left, right = "".join(line[before:after] for line in rows), "".join(line[after:] for line in rows)
    assert "Blue-Kettle-42" in left
    assert "Blue" not in right
    for mark in ("[credential]", "[financial]", "[contact]"):
        assert mark in right
    assert "strokes kept:" in result.stdout
    assert "\x1b" not in result.stdout


def test_nothing_leaks_and_ordinary_text_stays() -> None:
    """The referee finds every secret in the invented recording and none in its filtered form."""
    raw = expand(_RECORDING).events
    assert {secret for secret, _ in find_leaks(raw, SECRETS)} >= set(SECRETS[:4])
    rows = list(reticent.filter(raw))
    assert find_leaks(rows, SECRETS) == []
    text = " ".join(place.text for place in read_places(rows))
    for kept in ("Lunch at noon?", "sudo apt update", "debug = True"):
        assert kept in text
