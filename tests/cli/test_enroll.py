"""A secret goes in without echo and never comes out: not on the screen, not in a message, not in the list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reticent
from reticent.cli import main
from reticent.enrolment import keys
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand

SECRET = "Velvet-Orbit-42"


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options that name a store and its key; scrypt costs little."""
    monkeypatch.setattr(keys, "_SCRYPT_N", 16)
    return ["--store", str(tmp_path / "s.json"), "--key-file", str(tmp_path / "k")]


def run(*arguments: str, given: str = "") -> Result:
    """The command, with standard input from a pipe; it never shows the secret."""
    result = CliRunner().invoke(main, list(arguments), input=given)
    assert result.exit_code in {0, 2}, result.exception
    assert SECRET.lower() not in (result.stdout + result.stderr).lower()
    return result


def test_enrol_list_forget(where: list[str]) -> None:
    """From standard input; listed by label, class of the length and date."""
    assert run("enroll", "mail", *where, given=SECRET + "\n").exit_code == 0
    short = run("enroll", "pin", *where, given="4711")
    assert "end of a line" in short.stderr and "filter --enrolled" in short.stderr
    rows = [line.split("\t") for line in run("enroll", "--list", *where).stdout.splitlines()]
    assert [row[:2] for row in rows] == [["mail", "12-15 characters"], ["pin", "4-7 characters"]]
    assert all(len(row[2]) == 10 for row in rows)
    assert run("enroll", "--forget", "mail", *where).exit_code == 0
    assert run("enroll", "--forget", "mail", *where).exit_code == 2
    assert [line.split("\t")[0] for line in run("enroll", "--list", *where).stdout.splitlines()] == ["pin"]


@pytest.mark.parametrize("given", ["", SECRET + "\nmore\n", "abc\n", SECRET + "\udcff"])
def test_what_is_no_secret(where: list[str], given: str) -> None:
    """Nothing, several lines, too short, no UTF-8: no store is made."""
    data = given.encode("utf-8", "surrogateescape")
    result = CliRunner().invoke(main, ["enroll", "mail", *where], input=data)
    assert result.exit_code == 2 and SECRET not in result.output and not Path(where[1]).exists()


def test_one_thing_at_a_time(where: list[str]) -> None:
    """A label, a list or a label to forget."""
    for arguments in ([], ["mail", "--list"], ["--list", "--forget", "mail"]):
        assert run("enroll", *arguments, *where, given=SECRET).exit_code == 2


def test_the_key_is_asked_for_by_its_kind(where: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A keystore that is not there, a key file that is not named, a passphrase without a terminal: said, exit 2."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "keystore" in run("enroll", "mail", *where[:2], given=SECRET).stderr
    run("enroll", "mail", *where, given=SECRET)
    assert "--key-file" in run("enroll", "--list", *where[:2]).stderr


def test_filter_and_explain_find_it(where: list[str], tmp_path: Path) -> None:
    """Without the literal: from the store."""
    run("enroll", "mail", *where, given=SECRET)
    raw = tmp_path / "raw.jsonl"
    events = expand(f'focus:"notes/n" type:"go {SECRET} now\\n"').events
    raw.write_text("".join(json.dumps(event) + "\n" for event in events))
    named = ["--enrolled", where[1], *where[2:]]
    out = [json.loads(line) for line in run("filter", str(raw), *named).stdout.splitlines()]
    assert find_leaks(out, [SECRET]) == [] and "redacted" in [row["type"] for row in out]
    assert run("explain", str(raw), *named).stdout.splitlines()[-1].split("\t")[3:][0] == "credential"


def test_filter_does_not_go_without_the_store(where: list[str], tmp_path: Path) -> None:
    """Missing, open to others, or without its key: exit 2, and nothing is written; nor is the store overwritten."""
    run("enroll", "mail", *where, given=SECRET)
    raw, target = tmp_path / "raw.jsonl", tmp_path / "safe.jsonl"
    raw.write_text('{"type":"wheel","time_us":5,"x":1,"y":2}\n')
    plain = ["filter", str(raw), "-o", str(target)]
    assert run(*plain, "--enrolled", str(tmp_path / "none"), *where[2:]).exit_code == 2
    assert run(*plain, "--enrolled", where[1]).exit_code == 2
    assert run(*plain, *where[2:]).exit_code == 2
    assert run("filter", str(raw), "-o", where[1], "--enrolled", where[1], *where[2:]).exit_code == 2
    Path(where[1]).chmod(0o644)
    assert run(*plain, "--enrolled", where[1], *where[2:]).exit_code == 2
    assert not target.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(("second", "code"), [(SECRET, 0), ("Velvet-Orbit-43", 2)], ids=["same", "other"])
def test_at_a_terminal(tmp_path: Path, second: str, code: int) -> None:
    """Asked for twice, without echo; two answers that differ change nothing."""
    shown, ended = at_terminal(["enroll", "mail"], [SECRET, second], tmp_path)
    assert ended == code, shown
    assert shown.count("Secret") == 2 and "Velvet" not in shown
    assert (tmp_path / "s.json").exists() is not bool(code)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_passphrase_is_asked_at_the_terminal(tmp_path: Path) -> None:
    """Twice for a new store, once for an old one, while the secret comes from wherever it comes."""
    answers = [SECRET, SECRET, "seven odd words", "seven odd words"]
    shown, code = at_terminal(["enroll", "mail", "--passphrase"], answers, tmp_path, key_file=False)
    assert code == 0 and shown.count("Passphrase") == 2 and "odd" not in shown, shown
    shown, code = at_terminal(["enroll", "--list"], ["seven odd words"], tmp_path, key_file=False)
    assert code == 0 and "mail\t12-15" in shown and shown.count("Passphrase") == 1


def at_terminal(arguments: list[str], answers: list[str], folder: Path, *, key_file: bool = True) -> tuple[str, int]:
    """What a terminal shows of a command that is answered there, and its exit code."""
    import pty

    controller, terminal = pty.openpty()
    options = ["--store", str(folder / "s.json"), *(["--key-file", str(folder / "k")] if key_file else [])]
    code = "import os, sys, fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from reticent.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments, *options], stdin=terminal, stdout=terminal, stderr=terminal,
        start_new_session=True, env={**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])},
    )  # fmt: skip
    os.close(terminal)
    shown = ""
    while True:
        try:
            shown += os.read(controller, 1024).decode()
        except OSError:
            break
        if answers and shown.endswith(": ") and shown.count(": ") == shown.count("\x00") + 1:
            os.write(controller, answers.pop(0).encode() + b"\n")
            shown += "\x00"
    os.close(controller)
    return shown, process.wait(30)
