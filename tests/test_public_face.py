"""Rule: the package and its version cost next to nothing; what is heavy is loaded when it is used."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import reticent

HEAVY = ("msgspec", "numpy", "presidio_analyzer", "spacy", "opendp", "re2", "rich", "typing")


def loaded_after(code: str) -> set[str]:
    """Modules that a fresh interpreter has loaded after this code."""
    script = f"import sys\ntry:\n {code}\nexcept SystemExit: pass\nprint('\\n' + ' '.join(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(Path(reticent.__file__).parents[1])}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    return set(run.stdout.splitlines()[-1].split())


def test_import_loads_nothing_heavy() -> None:
    """``import reticent`` loads none of the libraries that it uses."""
    assert loaded_after("import reticent").isdisjoint(HEAVY)


def test_version_loads_no_codec_and_no_detector() -> None:
    """``reticent --version`` loads the command-line library and nothing else."""
    loaded = loaded_after("import reticent.cli as cli; cli.main(['--version'])")
    assert loaded.isdisjoint(set(HEAVY) - {"typing"})
    assert not {"reticent.api", "reticent.policy", "reticent.events"} & loaded


def test_every_public_name_is_there() -> None:
    """What ``__all__`` names exists and is listed by ``dir``."""
    assert all(getattr(reticent, name) is not None for name in reticent.__all__)
    assert set(reticent.__all__) <= set(dir(reticent))


def test_unknown_name_is_an_attribute_error() -> None:
    """The lazy look-up fails as a plain one does."""
    with pytest.raises(AttributeError, match="nonsense"):
        _ = reticent.nonsense  # type: ignore[attr-defined]


def test_version_is_the_one_of_the_package() -> None:
    """The version in the code is the one in ``pyproject.toml``, where that states one."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    assert project.get("version", reticent.__version__) == reticent.__version__
