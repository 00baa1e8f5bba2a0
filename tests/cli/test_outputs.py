"""Every input of several has an output of its own, in the folder that was named, under its own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from reticent.cli.outputs import make_folder, pairs


def test_a_folder_takes_one_output_each(tmp_path: Path) -> None:
    """As JSON lines, compressed as the input is; the folder is made."""
    folder = f"{tmp_path}/safe/"
    names = [Path(target).name for _, target in pairs(["a/x.jsonl", "b/y.cast.gz", "z.db", "w.jsonl.zst"], folder)]
    make_folder(folder)
    assert names == ["x.jsonl", "y.cast.jsonl.gz", "z.db.jsonl", "w.jsonl.zst"]
    assert (tmp_path / "safe").is_dir()


def test_one_input_may_go_to_a_file_or_a_folder(tmp_path: Path) -> None:
    """A name that ends in a slash is a folder, and for several what is one already."""
    assert pairs(["-"], "-") == [("-", "-")]
    assert pairs(["a/x.jsonl"], f"{tmp_path}/") == [("a/x.jsonl", str(tmp_path / "x.jsonl"))]
    assert len(pairs(["a", "b"], str(tmp_path))) == 2


@pytest.mark.parametrize(
    ("sources", "target", "reason"),
    [
        (["a", "b"], "-", "several inputs need a folder"),
        (["a", "b"], "safe", "several inputs need a folder"),
        (["a", "-"], "safe/", "standard input has no name"),
        (["a/x.jsonl", "b/x.jsonl"], "safe/", "b/x.jsonl: its output would overwrite that of a/x.jsonl"),
        (["a/x.jsonl", "b/x"], "safe/", "its output would overwrite"),
    ],
)
def test_what_has_no_place_is_refused(  # noqa: PLR0917 - parametrised
    sources: list[str], target: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """With one line and code 2, before anything is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        pairs(sources, target)
    said = capsys.readouterr().err
    assert (ended.value.code, len(said.splitlines())) == (2, 1)
    assert reason in said
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With one line and code 2; a file needs none."""
    make_folder(f"{tmp_path}/safe.jsonl")
    with pytest.raises(SystemExit) as ended:
        make_folder(f"{tmp_path}/no/where/")
    assert ended.value.code == 2
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
