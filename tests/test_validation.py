"""Rule: what does not fit is named by its path, down to nested tables and lists."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from msgspec import Struct

from reticent.errors import PolicyError
from reticent.validation import built


class Inner(Struct):
    """A nested table."""

    side: Literal["left", "right"] = "left"


class Outer(Struct):
    """A table."""

    inner: Inner | None = None
    names: tuple[str, ...] = ()


def test_what_fits_is_built() -> None:
    """A table becomes a value of its type."""
    assert built(Outer, {"inner": {"side": "right"}, "names": ["a"]}, "top") == Outer(Inner("right"), ("a",))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"iner": {}}, "top.iner: unknown key; did you mean inner?"),
        ({"zzz": 1}, "top.zzz: unknown key; there are inner, names"),
        ({"inner": {"sid": "left"}}, "top.inner.sid: unknown key; did you mean side?"),
        ({"inner": 5}, "top.inner: must be a table, not a whole number"),
        ({"names": [5]}, "top.names[0]: must be a string, not a whole number"),
    ],
)
def test_faults_are_named(table: dict[str, Any], message: str) -> None:
    """The message is the path, and what may stand there."""
    with pytest.raises(PolicyError) as caught:
        built(Outer, table, "top")
    assert str(caught.value) == message
