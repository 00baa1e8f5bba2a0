"""Checks of what a mechanism is given. OpenDP holds nobody to bounds or sizes on a call, so this is done before it.

No message shows a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import index
from typing import Any

from reticent.errors import PrivacyError

__all__ = ["LARGEST", "MOST_VALUES", "check_between", "rows", "whole_number", "whole_numbers"]

LARGEST = 1 << 40
"""Bounds are no further from zero than this, so that no sum of distances leaves 64 bits."""
MOST_VALUES = 1 << 16
"""Values in one release."""


def check_between(number: object, least: int, most: int, name: str) -> None:
    """Refuses a parameter that is no whole number, or out of range.

    Raises:
        PrivacyError: says what the parameter may be.

    >>> check_between(3, 1, 10, "bins")
    """
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise PrivacyError(f"{name}: a whole number from {least} to {most}")


def whole_number(value: Any) -> int:
    """A whole number of Python or of numpy; floats are refused, so NaN and infinity never get further.

    Raises:
        PrivacyError: it is none.

    >>> whole_number(7)
    7
    """
    try:
        number = None if isinstance(value, bool) else index(value)
    except Exception:
        number = None  # the error of a stranger's type may show the value: nothing of it is passed on
    if number is None:
        raise PrivacyError("takes whole numbers; round first")
    return number


def whole_numbers(values: Any, size: int) -> list[int]:
    """Exactly ``size`` whole numbers, from a list, a tuple, an array or a column.

    Raises:
        PrivacyError: they are not so many, or not whole.

    >>> whole_numbers((1, 2), 2)
    [1, 2]
    """
    found = rows(values, size)
    found = found.tolist() if hasattr(found, "tolist") else found
    return [*found] if {*map(type, found)} == {int} else [whole_number(value) for value in found]


def rows(values: Any, size: int) -> Any:
    """The same sequence, of exactly ``size`` things.

    Raises:
        PrivacyError: it has another length, or no order.
    """
    ordered = hasattr(values, "__len__") and hasattr(values, "__getitem__")
    if not ordered or isinstance(values, str | bytes | Mapping) or len(values) != size:
        raise PrivacyError(f"takes exactly {size} values: how many there are must not depend on what was done")
    return values
