"""What is installed is what is in the repository: no data file of the package is left behind by the build."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "reticent"


def installed_files() -> set[str]:
    """Files of the installed package, relative to it; skips when it is not installed, or installed as a link."""
    try:
        files = distribution("reticent").files or []
    except PackageNotFoundError:
        pytest.skip("reticent is not installed here")
    names = {file.as_posix().removeprefix("reticent/") for file in files if file.as_posix().startswith("reticent/")}
    if not names:
        pytest.skip("reticent is installed as a link to its source")
    return names


def test_every_file_of_the_package_is_installed():
    """Layouts, presets, ``py.typed`` and every module are in the wheel."""
    wanted = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - installed_files() == set()


def test_the_licence_and_the_command_are_installed():
    """The licence text travels with the package, and ``reticent`` is a command."""
    installed_files()
    reticent = distribution("reticent")
    assert any(file.name == "LICENSE" for file in reticent.files or [])
    assert [entry.value for entry in reticent.entry_points if entry.name == "reticent"] == ["reticent.cli:main"]
