"""Figures with their chance, sample and command; files that stand alone; one clear line where something is missing."""

from __future__ import annotations

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from reticent.cli import main

pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")

with_data = pytest.mark.skipif(not os.environ.get("RETICENT_DATA"), reason="RETICENT_DATA is not set")


class Links(HTMLParser):
    """Collects whatever a browser would fetch, and the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href", "srcset", "action"}]


def test_an_unknown_bench_is_named() -> None:
    """With those that there are."""
    result = CliRunner().invoke(main, ["attack", "--only", "nonsense"])
    assert result.exit_code == 2
    assert "free-text" in result.stderr


def test_without_data_nothing_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said for each bench; exit code 2."""
    monkeypatch.delenv("RETICENT_DATA", raising=False)
    result = CliRunner().invoke(main, ["attack", "--only", "fixed-text"])
    assert result.exit_code == 2
    assert "not run: fixed-text: RETICENT_DATA" in result.stdout


def test_policies_of_one_name_are_refused() -> None:
    """Their figures could not be told apart."""
    result = CliRunner().invoke(main, ["attack", "--preset", "minimal", "--policy", "minimal", "--only", "cmu"])
    assert result.exit_code == 2
    assert "a name of its own" in result.stderr


def test_own_recordings_are_attacked_whole(tmp_path: Path) -> None:
    """No bench can be chosen, and too few people are told."""
    result = CliRunner().invoke(main, ["attack", "--recordings", str(tmp_path), "--quick"])
    assert result.exit_code == 2
    assert "takes neither" in result.stderr
    result = CliRunner().invoke(main, ["attack", "--recordings", str(tmp_path)])
    assert result.exit_code == 2
    assert "0 people with two sessions" in result.stdout


@pytest.mark.slow
@with_data
def test_a_table_figures_and_a_page(tmp_path: Path) -> None:
    """Minimal does nothing about rhythm: its figures are those of raw data."""
    figures, page = tmp_path / "figures.json", tmp_path / "page.html"
    result = CliRunner().invoke(
        main, ["attack", "--preset", "minimal", "--only", "fixed-text", "--json", str(figures), "--html", str(page)]
    )
    assert result.exit_code == 0, result.output
    assert "Singling out" in result.stdout
    assert "anonymous" not in result.stdout + page.read_text("utf-8")
    found = json.loads(figures.read_bytes())
    value = {(row["attack"], row["defence"], row["measure"]): row["value"] for row in found["findings"]}
    assert value["fixed text", "raw", "rank-1"] == value["fixed text", "minimal", "rank-1"] >= 0.78
    links = Links()
    links.feed(page.read_text("utf-8"))
    assert links.links == []
    assert "svg" in links.tags
    assert "script" not in links.tags
