"""Rule: no output takes the place of another file of the command, and one that cannot be written is refused first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reticent.cli.paths import check_paths


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with an input and another name of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").write_text("x")
    os.link(tmp_path / "raw", tmp_path / "alias")
    (tmp_path / "old.part").write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "target", "report", "secrets"),
    [
        ("raw", "raw", None, None), ("raw", "alias", None, None), ("raw", "./raw", None, None),
        ("raw", "safe", "alias", None), ("raw", "safe", "./safe", None), ("old.part", "old", None, None),
        ("-", "raw", None, "alias"), ("raw", "safe", "safe.part", None),
    ],
)  # fmt: skip
def test_files_that_are_one(
    source: str, target: str, report: str | None, secrets: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Are refused with one line."""
    with pytest.raises(SystemExit) as ended:
        check_paths(source, target, report, secrets)
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(("target", "reason"), [("nodir/x", "no such folder"), (".", "it is a folder")])
def test_what_cannot_be_written(target: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As output or as report."""
    for arguments in ((target, None), ("-", target)):
        with pytest.raises(SystemExit):
            check_paths("raw", *arguments, None)
        assert capsys.readouterr().err == f"reticent: {target}: cannot be written: {reason}\n"


def test_diagnostics_are_an_output_too(capsys: pytest.CaptureFixture[str]) -> None:
    """They overwrite neither the input nor the report, and their folder must be there."""
    for diagnostics in ("alias", "told", "nodir/x"):
        with pytest.raises(SystemExit):
            check_paths("raw", "safe", "told", None, diagnostics=diagnostics)
        assert diagnostics in capsys.readouterr().err


def test_what_can_be_written(folder: Path) -> None:
    """New files, old files, streams; nothing is made by looking."""
    before = sorted(folder.iterdir())
    for target, report in (("safe", "report"), ("-", "-"), ("old.part", None), ("safe", os.devnull)):
        check_paths("raw", target, report, None)
    assert sorted(folder.iterdir()) == before


def test_of_several_none_takes_the_place_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever of them it is; and thousands are compared in no time."""
    many = [(f"in/{at}", f"out-{at}") for at in range(3000)]
    check_paths("raw", "safe", None, None, more=many)
    for more in ([("other", "raw")], [*many, ("alias", "safe2"), ("x", "alias")]):
        with pytest.raises(SystemExit):
            check_paths("raw", "safe", None, None, more=more)
        assert "would overwrite the input" in capsys.readouterr().err
