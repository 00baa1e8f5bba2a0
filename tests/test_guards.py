"""Filtering opens no socket, writes nothing but the outputs it was given, and says nothing of what was typed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import reticent
from reticent.detect.kingfisher import is_installed
from reticent.detect.ner import installed_model
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand

CANARY = "Zyxqo7Canary"
ENROLLED = "Velvet-Orbit-42"
TYPED = {
    "vault": ENROLLED,
    "secrets": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "cues": "Blue-Kettle-42",
    "email": "maria.gonzalez84@example.org",
    "card": "4111 1111 1111 1111",
    "iban": "DE89 3704 0044 0532 0130 00",
    "ip": "203.0.113.77",
    "ssn": "536-22-8145",
    "phone": "+44 20 7946 0958",
}
"""What each detector finds, each typed on a line of its own. The cue is in the line."""
PASTED = "write to omar.novak@example.com"
KEPT = ("we walked along the river", CANARY.lower())
SCRIPT = " ".join((
    'focus:"firefox/Inbox" move:400,300 url:"https://bob:Pw-Harbor-9@www.shop.co.uk/users/bob?token=Tk-Lantern-5"',
    'title:"omar.novak@example.com - Inbox" label:"omar.novak@example.com" path:"/home/omar/divorce.docx"',
    'notify:"your code is 481516" button:"7"',
    *(f"type:{json.dumps(('my password is ' if name == 'cues' else 'it is ') + text + chr(10))}"
      for name, text in TYPED.items()),
    f'paste:"{PASTED}" dnd:"{PASTED}" fill:"{PASTED}" type:"\\n"',
    f'type:"{KEPT[0]}\\n" type:"{CANARY.lower()}\\n"',
    'focus:"terminal/sh" field:terminal type:"sudo ls\\n" type:"Sh-Pebble-77\\n"',
    'field:password type:"Fd-Marble-31\\n" focus:"keepassxc/db" type:"Kp-Saddle-08\\n" focus:"notes/n" type:"bye\\n"',
))  # fmt: skip
SECRETS = (
    *TYPED.values(), "Pw-Harbor-9", "Tk-Lantern-5", "omar.novak", "divorce", "481516", "Sh-Pebble-77", "Fd-Marble-31",
    "Kp-Saddle-08",
)  # fmt: skip
POLICY = """
name = "scrubbing"
[gates]
deny_apps = ["category:password-manager"]
[payload]
title = "scrub"
label = "scrub"
notification = "scrub"
clipboard = "scrub"
"""


_PROBE = (f"socket.__new__ {int(socket.AF_INET6)} {int(socket.SOCK_STREAM)} 0", "socket.bind ('::1', 0)")
"""urllib3, which spaCy brings along, asks when it is imported whether this machine has IPv6: no packet is sent."""


class Outcome(NamedTuple):
    """What a guarded run left behind."""

    seen: dict[str, Any]
    stderr: str
    folder: Path

    def files(self) -> set[str]:
        """Everything under home, temporary, working and output folder, as relative paths."""
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}

    def rows(self) -> list[dict[str, Any]]:
        """The output."""
        return [json.loads(line) for line in (self.folder / "out" / "safe.jsonl").read_bytes().splitlines()]


def guarded(folder: Path, *arguments: str) -> Outcome:
    """``guarded.py`` in a read-only working directory, with empty home and temporary folders."""
    for name in ("home", "tmp", "cwd", "out"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "cwd").chmod(0o555)
    environment = {
        "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(Path(reticent.__file__).parents[1]), *filter(None, sys.path)]),
    }  # fmt: skip
    command = [sys.executable, str(Path(__file__).with_name("guarded.py")), *arguments]
    done = subprocess.run(
        command, cwd=folder / "cwd", env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Outcome(json.loads(done.stdout), done.stderr, folder)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The recording of ``SCRIPT``, filtered under guard by the command."""
    given, folder = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("guarded")
    raw, policy, secrets = given / "raw.jsonl", given / "scrubbing.toml", given / "secrets.txt"
    raw.write_text("".join(json.dumps(event) + "\n" for event in expand(SCRIPT).events), "utf-8")
    policy.write_text(POLICY, "utf-8")
    secrets.write_text(ENROLLED + "\n", "utf-8")
    out = folder / "out"
    return guarded(
        folder, "filter", str(raw), "-o", str(out / "safe.jsonl"), "--report", str(out / "report.json"),
        "--policy", str(policy), "--secrets-file", str(secrets),
    )  # fmt: skip


def test_the_guard_sees(tmp_path: Path) -> None:
    """A socket and where it leads, a stray file, a temporary file and a log record are all noticed."""
    seen = guarded(tmp_path, "--prove", str(tmp_path / "out")).seen
    assert [event for event in seen["outside"] if "__new__" not in event] == ["socket.connect ('127.0.0.1', 9)"]
    assert any("stray.txt" in path for path in seen["changed"]) and len(seen["changed"]) >= 2
    assert seen["logged"] == ["typed text"]


def test_everything_was_exercised(outcome: Outcome) -> None:
    """Each detector and scrub did its work: nothing leaks, clean lines stay, and the heavy libraries were loaded."""
    rows = outcome.rows()
    assert outcome.seen["code"] == 0
    assert find_leaks(expand(SCRIPT).events, SECRETS, ["us"]) and find_leaks(rows, SECRETS) == []
    assert find_missing(rows, KEPT) == []
    marks = json.loads((outcome.folder / "out" / "report.json").read_bytes())["marks"]
    assert marks.keys() >= {"credential", "financial", "identity", "contact"}
    assert {row["value"] for row in rows if row.get("kind") == "url"} == {"https://shop.co.uk"}
    assert [row["data"] for row in rows if row.get("operation") == "paste"] == ["write to [contact]"]
    assert {"presidio_analyzer", "presidio_anonymizer", "tldextract", "phonenumbers", "re2"} <= {
        *outcome.seen["modules"]
    }


@pytest.mark.parametrize(("extra", "is_there", "module"), [
    ("names", installed_model() is not None, "spacy"), ("kingfisher", is_installed(), "kingfisher_sdk"),
])  # fmt: skip
def test_the_extras_took_part(outcome: Outcome, extra: str, is_there: bool, module: str) -> None:
    """What they log, open and write was seen, too."""
    if not is_there:
        pytest.skip(f"reticent[{extra}] is not installed: what it logs, opens and writes was NOT examined")
    assert module in outcome.seen["modules"]


def test_nothing_reaches_outside(outcome: Outcome) -> None:
    """Nothing is looked up, connected to, sent or started."""
    assert [event for event in outcome.seen["outside"] if event not in _PROBE] == []


def test_only_the_named_outputs_are_written(outcome: Outcome) -> None:
    """The target, by way of its ``.part``, and the report; home, temporary and working folder stay empty."""
    out = outcome.folder / "out"
    safe = f"{out / 'safe.jsonl'}"
    allowed = {safe, f"{safe}.part", f"os.rename {safe}.part {safe} -1 -1", f"{out / 'report.json'}", os.devnull}
    assert {*outcome.seen["changed"]} <= allowed
    assert outcome.files() == {"out/safe.jsonl", "out/report.json"}


def test_nothing_typed_is_said(outcome: Outcome) -> None:
    """Not on standard error, not in a log record or warning of any library, not in the report; not even clean text."""
    said = "\n".join([outcome.stderr, *outcome.seen["logged"], (outcome.folder / "out" / "report.json").read_text()])
    told = [text for text in (*SECRETS, *KEPT, CANARY, PASTED) if text.lower() in said.lower()]
    assert told == []
