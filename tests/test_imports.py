"""Importing reticent is cheap: what is heavy is loaded by what needs it, and names come from where they are defined."""

from __future__ import annotations

import ast
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reticent

ROOT = Path(reticent.__file__).parent
HEAVY = {
    "numpy", "opendp", "pandas", "phonenumbers", "polars", "presidio_analyzer", "presidio_anonymizer", "pyarrow",
    "pyspark", "spacy", "tldextract",
}  # fmt: skip
TERMINAL = {"click", "rich"}
TESTS_ONLY = {"hypothesis", "pytest"}
MODULES = sorted(
    module.name for module in pkgutil.walk_packages([str(ROOT)], "reticent.") if not module.name.endswith("__main__")
)


def loaded_by(*modules: str) -> set[str]:
    """Top-level packages that a fresh interpreter has loaded after importing ``modules``."""
    code = f"import sys; before = set(sys.modules); import {', '.join(modules)}; import json; "
    code += "print(json.dumps(sorted({name.partition('.')[0] for name in set(sys.modules) - before})))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT.parent), *filter(None, sys.path)])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(json.loads(done.stdout))


def test_import_reticent_loads_nothing_heavy():
    """``import reticent`` loads no heavy library, nothing for the terminal and nothing for tests."""
    assert loaded_by("reticent") & (HEAVY | TERMINAL | TESTS_ONLY) == set()


def test_no_module_loads_anything_heavy():
    """Every module of the package can be imported, and none of them loads a heavy library."""
    assert loaded_by(*MODULES) & HEAVY == set()


def test_terminal_libraries_belong_to_the_command_line():
    """Outside ``reticent.cli`` no module needs a command-line or a progress library."""
    library = [name for name in MODULES if not name.startswith(("reticent.cli", "reticent.testing"))]
    assert loaded_by(*library) & (TERMINAL | TESTS_ONLY) == set()


def imports_of(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of every ``from reticent... import ...`` in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "reticent":
            yield from ((node.module or "", alias.name) for alias in node.names)


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_come_from_the_module_that_defines_them(path):
    """Inside the package a name is imported from its module, never by way of a package's ``__init__``."""
    for module, name in imports_of(path):
        package = ROOT.parent.joinpath(*module.split("."), "__init__.py")
        is_module = package.with_name(name).is_dir() or package.with_name(f"{name}.py").is_file()
        assert not package.is_file() or is_module or name in defined_in(package), f"{name} comes by way of {module}"


def defined_in(path: Path) -> set[str]:
    """Functions, classes and constants that a file defines, as against those that it passes on."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return names | {ast.unparse(target) for node in body if isinstance(node, ast.Assign) for target in node.targets}


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_and_offers(path):
    """A module begins with a docstring; one that defines anything public lists it in ``__all__``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    public = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    listed = any(isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__" for node in tree.body)
    assert listed or not public
