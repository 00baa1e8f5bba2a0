"""The seven mechanisms, and each of them as bytes: what a ledger stores and a policy reads."""

from __future__ import annotations

import msgspec

from reticent.errors import PrivacyError
from reticent.privacy.additive import Gaussian, Histogram, Laplace, PlanarLaplace
from reticent.privacy.answers import OneBitMean, OneHot, RandomizedResponse
from reticent.privacy.mechanism import Currency, Mechanism, Unit

__all__ = [
    "Currency", "Gaussian", "Histogram", "Laplace", "Mechanism", "OneBitMean", "OneHot", "PlanarLaplace",
    "RandomizedResponse", "Unit", "decode", "encode",
]  # fmt: skip

_Seven = Laplace | Gaussian | RandomizedResponse | OneHot | OneBitMean | Histogram | PlanarLaplace


def encode(mechanism: Mechanism) -> bytes:
    """The description as JSON, always in the same bytes.

    >>> encode(OneBitMean(upper=1000, epsilon=1))
    b'{"mechanism":"one-bit-mean","upper":1000,"epsilon":1.0}'
    """
    return msgspec.json.encode(mechanism)


def decode(data: bytes) -> Mechanism:
    """The description that ``encode`` wrote.

    Raises:
        PrivacyError: it is none.

    >>> decode(encode(OneBitMean(upper=1000, epsilon=1)))
    OneBitMean(upper=1000, epsilon=1.0)
    """
    try:
        mechanism: Mechanism = msgspec.json.decode(data, type=_Seven)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise PrivacyError("is no description of a mechanism") from None
    return mechanism
