"""Every example in README.md and docs/ is run, and shows what it prints.

How a page is read, from top to bottom, in a directory of its own: ``<!-- file: NAME -->`` makes the next fence the file
NAME; a ``python`` fence is executed, as a doctest where it begins with a prompt, in one namespace a page; a ``console``
fence is run command by command (lines that begin with ``$``) and must print the lines that follow, where ``...``
stands for anything. ``<!-- not run: REASON -->`` before a fence leaves it out.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
FENCE = re.compile(
    r"^(?:<!-- (?P<mark>[a-z ]+)(?:: (?P<value>.*?))? -->\n)?(?P<indent> *)```(?P<language>\w*)[^\n]*\n"
    r"(?P<body>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)


class Snippet(NamedTuple):
    """One fence of a page."""

    line: int
    language: str
    mark: str
    value: str
    body: str


def snippets(page: Path) -> Iterator[Snippet]:
    """The fences of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        body = re.sub(rf"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
        line = text.count("\n", 0, match.start("body")) + 1
        yield Snippet(line, match["language"], match["mark"] or "", match["value"] or "", body)


def run_python(snippet: Snippet, page: Path, names: dict[str, object]) -> None:
    """Execute a fence in ``names``; where it begins with a prompt, what follows prompts must be printed."""
    if not snippet.body.startswith(">>> "):
        exec(compile("\n" * (snippet.line - 1) + snippet.body, str(page), "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(snippet.body, names, page.name, str(page), snippet.line - 1)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    assert runner.run(test, out=report.append, clear_globs=False).failed == 0, "".join(report)
    names.update(test.globs)


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console fence, and what it prints."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more.strip()
        yield command, expected


def run_console(snippet: Snippet, page: Path, environment: dict[str, str]) -> None:
    """Run the commands of a fence; their whole output is what a reader of a terminal sees."""
    if sys.platform == "win32":
        pytest.skip("console examples are for a POSIX shell")
    for command, expected in commands(snippet.body):
        done = subprocess.run(
            command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            text=True, encoding="utf-8", env=environment, check=False,
        )  # fmt: skip
        agrees = doctest.OutputChecker().check_output(expected, done.stdout, OPTIONS)
        assert agrees, f"{page.name}:{snippet.line}: $ {command}\nprinted:\n{done.stdout}\nthe page says:\n{expected}"


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A terminal of 100 columns without colours, in which ``reticent`` is this checkout's."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "reticent"
    command.write_text(f"#!{sys.executable}\nfrom reticent.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONWARNINGS": "ignore",
    }


def test_there_are_pages():
    """The pages are found from where the tests stand."""
    assert len(PAGES) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_print_what_the_page_says(page, tmp_path, monkeypatch, environment):
    """What a page shows is what happens."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    module = ModuleType("page")  # classes of a page are pickled by the laws, so their module must be there
    monkeypatch.setitem(sys.modules, "page", module)
    names = vars(module)
    for snippet in snippets(page):
        if snippet.mark == "not run":
            assert snippet.value, f"{page.name}:{snippet.line}: say why it is not run"
        elif snippet.mark == "file":
            Path(snippet.value).write_text(snippet.body, encoding="utf-8")
        elif snippet.language == "python":
            run_python(snippet, page, names)
        elif snippet.language == "console":
            run_console(snippet, page, environment)
