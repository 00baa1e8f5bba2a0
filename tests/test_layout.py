"""Every module has a test module of the same path, and every test module has its module."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "reticent"
OF_NO_MODULE = ("laws", "scenarios", "statistical", "fuzz", "docs", "live")
"""Folders of tests that are about more than one module."""
OF_THE_WHOLE = {
    "test_examples.py", "test_fail_closed.py", "test_guards.py", "test_imports.py", "test_layout.py",
    "test_public_face.py", "test_real_recordings.py", "test_wheel.py",
}  # fmt: skip
"""Tests of the package as a whole."""


def expected() -> set[Path]:
    """Test modules that there should be: private helpers are tested with what they help."""
    found = (path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if not path.name.startswith("_"))
    return {path.with_name(f"test_{path.name}") for path in found}


def existing() -> set[Path]:
    """Test modules that there are, but for those of more than one module."""
    found = {path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    return {path for path in found if path.parts[0] not in OF_NO_MODULE and str(path) not in OF_THE_WHOLE}


def test_every_module_is_tested() -> None:
    """By a module of the same path."""
    missing = sorted(str(path) for path in expected() - existing())
    assert not missing, "no such test module:\n" + "\n".join(missing)


def test_every_test_module_has_its_module() -> None:
    """A renamed module takes its tests along."""
    packages = {Path(*path.parent.parts[:-1], f"test_{path.parent.name}.py") for path in _inits()}
    orphans = sorted(str(path) for path in existing() - expected() - packages)
    assert not orphans, "test modules without a module:\n" + "\n".join(orphans)


def test_tests_are_no_package() -> None:
    """Names of test modules need not be unique."""
    assert not list(TESTS.rglob("__init__.py"))


def _inits() -> list[Path]:
    """Packages with code of their own may have tests, too."""
    return [path.relative_to(SOURCE) for path in SOURCE.rglob("__init__.py") if path.parent != SOURCE]
