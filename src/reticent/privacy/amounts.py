"""Privacy loss as whole numbers: one unit is 1e-9 of an epsilon or a rho, and every price is rounded up.

Sums of floats lose their last digits: OpenDP's own filter refuses the last of four equal quarters. Sums of whole
numbers do not, and a price that was rounded up can only make the ledger stricter than the mechanism.
"""

from __future__ import annotations

import math
from fractions import Fraction

from reticent.errors import PrivacyError

__all__ = ["UNIT", "at_most", "declared", "price_of", "shown"]

UNIT = Fraction(1, 10**9)
_LEAST, _MOST = Fraction(1, 10**6), Fraction(10**6)


def declared(amount: float) -> Fraction:
    """The decimal that somebody wrote: 0.1 is a tenth, not the binary number next to it.

    Raises:
        PrivacyError: it is no number, or not between a millionth and a million.

    >>> declared(0.1)
    Fraction(1, 10)
    """
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        raise PrivacyError("an amount of privacy loss is a number")
    exact = Fraction(str(amount)) if 0 < amount <= _MOST else Fraction(0)  # NaN compares with nothing
    if exact < _LEAST:
        raise PrivacyError("an amount of privacy loss is at least a millionth and at most a million")
    return exact


def at_most(exact: Fraction) -> float:
    """The largest float that is not above a fraction: what OpenDP is asked for.

    >>> Fraction(at_most(Fraction(1, 10))) <= Fraction(1, 10) < Fraction(0.1)
    True
    """
    nearest = float(exact)
    return math.nextafter(nearest, 0.0) if Fraction(nearest) > exact else nearest


def price_of(loss: float) -> int:
    """What a loss costs, in units: rounded up, and never nothing.

    Raises:
        PrivacyError: the loss is not finite or not above zero, which no mechanism of ours has.

    >>> price_of(0.5), price_of(0.1), price_of(5e-324)
    (500000000, 100000001, 1)
    """
    if not (math.isfinite(loss) and loss > 0):
        raise PrivacyError("a mechanism without a finite loss above zero cannot be counted")
    return math.ceil(Fraction(loss) / UNIT)


def shown(units: int) -> str:
    """An amount as a plain decimal.

    >>> shown(1_250_000_000), shown(0), shown(1)
    ('1.25', '0', '0.000000001')
    """
    whole, rest = divmod(abs(units), UNIT.denominator)
    digits = f"{'-' if units < 0 else ''}{whole}.{rest:09d}"
    return digits.rstrip("0").rstrip(".")
