"""Noise that claims to be differentially private comes from OpenDP and the system's generator alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reticent

ROOT = Path(reticent.__file__).parent
PLACES = sorted([
    *ROOT.glob("privacy/**/*.py"), *ROOT.glob("transforms/noise*.py"), *ROOT.glob("transforms/summar*/*.py"),
])  # fmt: skip
PREDICTABLE = {"random", "numpy.random", "opendp.prelude", "diffprivlib", "scipy"}
"""Generators that can be seeded or whose floats betray what they were added to; and OpenDP's own global short cuts."""
UNSAFE = {
    "Queryable", "OdometerQueryable", "make_composition", "make_adaptive_composition",
    "make_fully_adaptive_composition", "make_privacy_filter", "make_user_measurement", "make_user_transformation",
    "new_function", "user_domain", "serialize", "set_default_int_type", "set_default_float_type",
    "debias_randomized_response_bitvec",
}  # fmt: skip
"""Names of OpenDP: queryables carry the raw data, filters die at a refusal, user code has no proof."""


def faults(source: str) -> Iterator[str]:
    """What a module uses that it must not."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                used = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names):
                used = [module, *(alias.name for alias in names), *(f"{module}.{alias.name}" for alias in names)]
            case ast.Attribute(attr=attribute, value=ast.Name(id="np" | "numpy")):
                used = [f"numpy.{attribute}"]
            case ast.Attribute(attr=attribute) | ast.Name(id=attribute):
                used = [attribute] if attribute in UNSAFE else []
            case ast.Constant(value=str(text)):
                used = [text] if text == "honest-but-curious" else []
            case _:
                used = []
        yield from (name for name in used if name in PREDICTABLE | UNSAFE | {"honest-but-curious"})


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_draws_noise_of_another_kind(path):
    """And none uses those parts of OpenDP that hold values or have no proof."""
    assert not [*faults(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "source",
    ["import random", "import numpy.random", "from numpy import random", "from numpy.random import default_rng",
     "import numpy as np\nnp.random.laplace()", "from random import gauss", "import opendp.prelude as dp",
     "from opendp.combinators import make_privacy_filter", "import opendp.combinators as c\nc.make_composition([])",
     "enable_features('honest-but-curious')", "from opendp.mod import Queryable", "dp.set_default_int_type('i32')"],
)  # fmt: skip
def test_a_planted_one_is_found(source):
    """Each of the ways in which it could be written."""
    assert [*faults(source)]


def test_all_of_the_privacy_part_is_looked_at():
    """Also the modules that somebody adds."""
    assert {"engine.py", "mechanisms.py", "answers.py", "additive.py"} <= {path.name for path in PLACES}
