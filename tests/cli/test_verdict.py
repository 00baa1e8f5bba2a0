"""The exit code follows from what was not examined; --strict asks for more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reticent.cli import main, verdict
from reticent.detect.contact import EmailAddresses
from reticent.testing.dsl import expand
from reticent.transform import Span

GOOD = '{"type":"pointermove","time_us":5,"x":1,"y":2}\n'
TYPED = "".join(json.dumps(event) + "\n" for event in expand('focus:"mail/a" field:text type:"a b@c\\n"').events)


def invoke(*args: str, given: str = GOOD) -> Result:
    """``reticent filter`` in this process."""
    return CliRunner().invoke(main, ["filter", *args], input=given)


@pytest.fixture
def nameless(tmp_path: Path) -> str:
    """A policy that wants no model of names: whether one is installed makes no difference."""
    path = tmp_path / "nameless.toml"
    path.write_text('[text]\nnames = "off"')
    return str(path)


def test_strict_is_content_with_what_is_known(nameless: str) -> None:
    """Clean input, typed where the kind of the field is known."""
    assert invoke("--strict", "--policy", nameless, given=TYPED).exit_code == 0


def test_strict_stops_at_the_first_refused_line(nameless: str) -> None:
    """What came before is decided and written, one line says where it stopped, and nothing behind it leaves."""
    given = TYPED + "nonsense hunter2\n" + GOOD + "nonsense\n"
    chosen = ("--policy", nameless)
    loose, strict = invoke(*chosen, given=given), invoke("--strict", *chosen, given=given)
    assert (loose.exit_code, strict.exit_code) == (1, 1)
    assert strict.stdout == invoke(*chosen, given=TYPED).stdout
    line = TYPED.count("\n") + 1
    assert strict.stderr.splitlines()[1:] == [
        f"reticent: line {line} was not examined: not JSON in UTF-8; every line must be one whole JSON object",
        "reticent: stopped there, as --strict asks; what came before it is written",
    ]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (GOOD.replace("}", ',"mood":"hunter2"}'), "unknown field left out"),
        (TYPED.replace('"field": "text"', '"field": "unknown"'), "the kind of the field is unknown"),
        (
            "".join(line for line in TYPED.splitlines(keepends=True) if "focus" not in line),
            "the kind of the field is unknown",
        ),
    ],
)
def test_strict_has_more_reasons(given: str, reason: str) -> None:
    """Each is said, and is a 1 instead of a 0."""
    loose, strict = invoke(given=given), invoke("--strict", given=given)
    assert (loose.exit_code, strict.exit_code) == (0, 1)
    assert reason in strict.stderr and "(--strict)" in strict.stderr
    assert reason not in loose.stderr and "hunter2" not in strict.stderr
    assert strict.stdout == loose.stdout


@pytest.mark.parametrize(("require", "args", "code"), [([], [], 0), (["email"], [], 1), ([], ["--strict"], 1)])
def test_a_demanded_detector_that_fails(
    require: list[str], args: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a 1 where the policy requires it, or strictly; what it could not look at is redacted either way."""

    def broken(self: EmailAddresses, text: str) -> list[Span]:
        raise RuntimeError(text)

    monkeypatch.setattr(EmailAddresses, "find", broken)
    path = tmp_path / "acme.toml"
    path.write_text(f"[text]\nrequire = {require}")
    result = invoke("--policy", str(path), *args, given=TYPED)
    assert result.exit_code == code
    assert "detector email failed; what it could not look at was redacted" in result.stderr
    assert '"unspecified"' in result.stdout and '"key":"b"' not in result.stdout


@pytest.mark.parametrize("installed", [True, False])
def test_a_missing_model_of_names_is_a_reason(installed: bool, nameless: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the policy says that none is wanted."""
    monkeypatch.setattr(verdict, "looks_for_names", lambda names: installed)
    assert "reticent[names]" not in invoke("--strict", "--policy", nameless, given=TYPED).stderr
    assert ("reticent[names]" in invoke("--strict", given=TYPED).stderr) is not installed
