"""Rule: ``reticent policy`` says what a policy means, or which key of it is at fault, in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from reticent.cli import main
from reticent.policy_file import load_policy, parse_policy


def test_show_prints_a_policy() -> None:
    """What ``show`` prints is an equal policy, behind its hash; ``minimal`` is the default."""
    result = CliRunner().invoke(main, ["policy", "show"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# sha256 {load_policy('minimal').sha256}\n")
    assert parse_policy(result.stdout) == load_policy("minimal")


def test_check_accepts_and_tells_what_is_weakened(tmp_path: Path) -> None:
    """A valid file is named with its hash, and with what may be weaker than its base."""
    path = tmp_path / "acme.toml"
    path.write_text('extends = "minimal"\nweaken = ["payload.title"]\n[payload]\ntitle = "scrub"')
    result = CliRunner().invoke(main, ["policy", "check", str(path)])
    assert result.exit_code == 0
    assert load_policy(path).sha256 in result.stdout
    assert "weaker than its base: payload.title" in result.stdout


@pytest.mark.parametrize("command", ["check", "show"])
def test_fault_is_one_line(tmp_path: Path, command: str) -> None:
    """A faulty file ends with code 2 and one line that names file and key."""
    path = tmp_path / "acme.toml"
    path.write_text("[text]\nidle_ms = 5")
    result = CliRunner().invoke(main, ["policy", command, str(path)])
    assert result.exit_code == 2
    assert result.stderr == "reticent: acme.toml: text.idle_ms: unknown key; did you mean idle_us?\n"
