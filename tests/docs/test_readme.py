"""README.md keeps its promises: two commands that need no others, links that lead somewhere, every guarantee."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def command(number: int) -> str:
    """The command that follows ``<!-- command N -->``, as ``.ci/run`` finds it."""
    match = re.search(rf"^<!-- command {number} -->\n```sh\n(.+)\n```$", README, re.MULTILINE)
    assert match, f"README.md has no command {number}"
    return match[1]


def test_both_commands_do_all_the_set_up():
    """Each of the two commands is one line that installs what it then runs, from extras that exist."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for number, program in ((1, "reticent demo"), (2, "python -m pytest")):
        install, _, run = command(number).partition(" && ")
        assert re.match(r'python -m pip install (\.|"\.\[[a-z,]+\]")$', install)
        assert run.startswith(program)
        extras = re.search(r"\[([a-z,]+)\]", install)
        assert set(extras[1].split(",") if extras else ()) <= set(project["optional-dependencies"])


def test_ci_takes_the_commands_from_the_readme():
    """``.ci/run`` repeats neither command: it reads both from here."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.count("$(readme_command ") == 2
    assert command(1) not in script
    assert command(2) not in script


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """Every relative link of a page names a file that is there, and a heading in it."""
    for target in re.findall(r"\]\((?!https?://)([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file), target


def test_guarantees_are_all_there():
    """README.md and the guarantees page name G1 to G8, and the limits page L1 to L5, once each."""
    guarantees = (ROOT / "docs" / "explanation" / "guarantees.md").read_text(encoding="utf-8")
    limits = (ROOT / "docs" / "explanation" / "known-limits.md").read_text(encoding="utf-8")
    for text in (README, guarantees):
        assert re.findall(r"^\* \*\*(G\d)", text, re.MULTILINE) == [f"G{n}" for n in range(1, 9)]
    assert re.findall(r"^\* \*\*(L\d)\*\*", README, re.MULTILINE) == [f"L{n}" for n in range(1, 6)]
    assert re.findall(r"^\*\*(L\d\w?) ", limits, re.MULTILINE) == ["L1", "L1b", "L2", "L3", "L4", "L5"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_output_is_never_called_anonymous(page):
    """The word stands only where it is denied."""
    text = " ".join(page.read_text(encoding="utf-8").replace("*", "").split())
    assert not re.findall(r"(?<!not )anonym\w+", text, re.IGNORECASE)


def test_every_page_is_in_the_navigation():
    """A page that nobody can reach is not documentation."""
    site = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        assert page.relative_to(ROOT / "docs").as_posix() in site
