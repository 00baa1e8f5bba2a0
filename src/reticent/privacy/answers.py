"""Answers at random: one category or one bit of an epoch, which is true with a known chance."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from reticent.errors import PrivacyError
from reticent.privacy.checks import LARGEST, check_between, whole_number
from reticent.privacy.mechanism import Mechanism

if TYPE_CHECKING:
    from opendp.mod import Measurement

__all__ = ["OneBitMean", "OneHot", "RandomizedResponse"]

_MOST_CATEGORIES = 1 << 10
_OTHER = "other"


class _Category(Mechanism, frozen=True, kw_only=True):
    """One of ``categories``, which are public and end with ``"other"``: whatever is not among them counts as that."""

    categories: tuple[str, ...]
    epsilon: float

    def _check_form(self) -> None:
        names: object = self.categories
        if not (isinstance(names, tuple) and all(isinstance(name, str) for name in names)):
            raise PrivacyError("categories: a tuple of names")
        if not (2 <= len(names) <= _MOST_CATEGORIES and len(set(names)) == len(names)):
            raise PrivacyError(f"categories: 2 to {_MOST_CATEGORIES} names, no two of them the same")
        if names[-1] != _OTHER:
            raise PrivacyError(f"categories: the last one is {_OTHER!r}, for whatever is not among them")

    def clipped(self, value: Any) -> int:
        """Where the value stands among the categories."""
        known = isinstance(value, str) and value in self.categories
        return self.categories.index(value) if known else len(self.categories) - 1


class RandomizedResponse(_Category, frozen=True, kw_only=True, tag="randomized-response"):
    """The category itself, or any other one: k-ary randomised response.

    >>> RandomizedResponse(categories=("letter", "digit", "other"), epsilon=1).clipped("emoji")
    2
    """

    @property
    def bounds(self) -> tuple[float, float]:
        """The chance of the truth is above that of each of the others."""
        return 1 / len(self.categories), 1.0

    def measurement(self, parameter: float) -> Measurement:
        """Tells the truth with this chance."""
        from opendp.measurements import make_randomized_response

        return make_randomized_response(list(range(len(self.categories))), parameter, T="i64")

    def decoded(self, drawn: Any) -> str:
        """The name of a category."""
        return str(self.categories[drawn])


class OneHot(_Category, frozen=True, kw_only=True, tag="one-hot"):
    """One bit a category, each flipped at random: better than randomised response where categories are many.

    >>> OneHot(categories=("a", "b", "other"), epsilon=1).encoded(1)
    b'@'
    """

    @property
    def bounds(self) -> tuple[float, float]:
        """The chance that a bit is replaced by that of a fair coin."""
        return 1e-12, 1.0

    def measurement(self, parameter: float) -> Measurement:
        """Replaces each bit by that of a fair coin with this chance."""
        from opendp.domains import bitvector_domain
        from opendp.measurements import make_randomized_response_bitvec
        from opendp.metrics import discrete_distance

        return make_randomized_response_bitvec(bitvector_domain(max_weight=1), discrete_distance(), parameter)

    def encoded(self, clipped: Any) -> bytes:
        """Packed, the first category in the highest bit, as numpy packs; exactly one bit is set."""
        width = -(-len(self.categories) // 8) * 8
        return int(1 << (width - 1 - clipped)).to_bytes(width // 8)

    def decoded(self, drawn: Any) -> list[int]:
        """One 0 or 1 a category; the bits that fill the last byte are dropped."""
        bits = "".join(f"{byte:08b}" for byte in drawn)
        return [int(bit) for bit in bits[: len(self.categories)]]


class OneBitMean(Mechanism, frozen=True, kw_only=True, tag="one-bit-mean"):
    """One bit from whose mean over many devices the mean of a number between 0 and ``upper`` can be estimated.

    The number becomes 1 with the chance of its share of ``upper``, and the bit is then answered at random (Ding,
    Kulkarni and Yekhanin 2017).

    >>> OneBitMean(upper=1000, epsilon=1).clipped(4711)
    1000
    """

    upper: int
    epsilon: float

    def _check_form(self) -> None:
        check_between(self.upper, 1, LARGEST, "upper")

    @property
    def bounds(self) -> tuple[float, float]:
        """The chance of the true bit."""
        return 0.5, 1.0

    def measurement(self, parameter: float) -> Measurement:
        """Tells the true bit with this chance."""
        from opendp.measurements import make_randomized_response_bool

        return make_randomized_response_bool(parameter)

    def clipped(self, value: Any) -> int:
        """The number, clamped into 0 to ``upper``."""
        return min(max(whole_number(value), 0), self.upper)

    def encoded(self, clipped: Any) -> bool:
        """A bit that is set with the chance ``clipped / upper``, exactly."""
        return bool(secrets.randbelow(self.upper) < clipped)

    def decoded(self, drawn: Any) -> int:
        """0 or 1."""
        return int(drawn)
