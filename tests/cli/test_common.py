"""What commands share: one line on standard error says why not, and exit code 2."""

from pathlib import Path

import pytest

from reticent.cli.common import COULD_NOT_RUN, end, loaded, opened, say, secrets_of


def test_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With what it is about in front, and the code to leave with."""
    assert say("cannot be read", about="raw.jsonl: ") == COULD_NOT_RUN
    assert capsys.readouterr() == ("", "reticent: raw.jsonl: cannot be read\n")


def test_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Is the line and the code."""
    with pytest.raises(SystemExit) as stopped:
        end("nothing to read")
    assert stopped.value.code == COULD_NOT_RUN
    assert capsys.readouterr().err == "reticent: nothing to read\n"


def test_what_cannot_be_had(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A policy and a file of secrets are needed; of several inputs one may be missing."""
    (tmp_path / "bad.txt").write_bytes(b"hunter2\xff")
    for needed in (lambda: loaded("no-such"), lambda: secrets_of("-"), lambda: secrets_of(str(tmp_path / "bad.txt"))):
        with pytest.raises(SystemExit):
            needed()
    assert opened(str(tmp_path / "none.jsonl")) is None
    said = capsys.readouterr().err
    assert said.count("\n") == 4 and "hunter2" not in said


def test_secrets_keep_their_blanks(tmp_path: Path) -> None:
    """Those around them too; lines without anything are none."""
    (tmp_path / "mine.txt").write_text(" two words \n\nhunter2\n")
    assert secrets_of(str(tmp_path / "mine.txt")) == [" two words ", "hunter2"]
    assert secrets_of(None) == []
