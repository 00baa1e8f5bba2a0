"""The exit code follows from what was not examined; --strict asks for more."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reticent.cli import main
from reticent.cli.verdict import missing_extras
from reticent.detect.contact import EmailAddresses
from reticent.testing.dsl import expand
from reticent.transform import Span

GOOD = '{"type":"pointermove","time_us":5,"x":1,"y":2}\n'
TYPED = "".join(json.dumps(event) + "\n" for event in expand('focus:"mail/a" field:text type:"a b@c\\n"').events)


def invoke(*args: str, given: str = GOOD) -> Result:
    """``reticent filter`` in this process."""
    return CliRunner().invoke(main, ["filter", *args], input=given)


def test_strict_is_content_with_what_is_known() -> None:
    """Clean input, typed where the kind of the field is known."""
    assert invoke("--strict", given=TYPED).exit_code == 0


def test_strict_stops_at_the_first_refused_line() -> None:
    """What came before is decided and written, one line says where it stopped, and nothing behind it leaves."""
    given = TYPED + "nonsense hunter2\n" + GOOD + "nonsense\n"
    loose, strict = invoke(given=given), invoke("--strict", given=given)
    assert (loose.exit_code, strict.exit_code) == (1, 1)
    assert strict.stdout == invoke(given=TYPED).stdout
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


def test_extras_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that bring detectors, are offered by the installed version, and are not there."""
    offered = [
        "click>=8",
        'no-such-model-7==1.0; extra == "names"',
        'click; extra == "kingfisher"',
        'nix; extra == "docs"',
    ]
    monkeypatch.setattr(metadata, "requires", lambda name: offered)
    assert missing_extras() == ["names"]
    result = invoke("--strict", given=TYPED)
    assert result.exit_code == 1
    assert 'pip install "reticent[names]"' in result.stderr


def test_a_version_that_is_not_installed_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout that is run where it lies."""

    def nowhere(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", nowhere)
    assert missing_extras() == []
