"""The one door to OpenDP: mechanisms are built here, once, with the least noise that keeps the claim, and drawn from.

OpenDP is loaded when the first mechanism is built. Its constructors ask for the flag ``contrib``, which is global to
the process: it is up only while we build, and the host's flags are as before. Its objects promise nothing about
threads, so one lock stands round every call. What it says of a failure may quote the value, so only the kind of the
failure is passed on.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from reticent.errors import PrivacyError
from reticent.privacy.amounts import at_most, declared, price_of

if TYPE_CHECKING:
    from opendp.mod import Measurement

    from reticent.privacy.mechanisms import Mechanism

__all__ = ["draw", "price"]

_LOCK = threading.RLock()
_BUILT = 256


class _Built(NamedTuple):
    measurement: Measurement
    distance: float

    def __reduce__(self) -> str:
        raise TypeError("what OpenDP built stays in its process; send the description of the mechanism instead")


def price(mechanism: Mechanism, currency: str = "") -> int:
    """What one release costs, in units of 1e-9, by OpenDP's own map; ``currency`` is the mechanism's unless given.

    Raises:
        PrivacyError: the mechanism cannot be counted in this currency, or cannot be built.

    >>> from reticent.privacy.mechanisms import OneBitMean
    >>> price(OneBitMean(upper=1000, epsilon=0.1))
    100000000
    """
    with _quiet("build"):
        built = _built(mechanism)
        if (currency or mechanism.currency) == mechanism.currency:
            return price_of(built.measurement.map(built.distance))
        if currency == "rho":
            return price_of(_as_rho(built.measurement).map(built.distance))
    raise PrivacyError(f"a mechanism of {mechanism.currency} cannot be counted in {currency}")


def draw(mechanism: Mechanism, value: Any) -> Any:
    """One noisy release of a value: clipped, then given to OpenDP. Nothing is charged: that is the ledger's part.

    Raises:
        PrivacyError: the value is not of the mechanism's form, or OpenDP failed.
    """
    with _quiet("draw"):
        clipped = mechanism.clipped(value)
        return mechanism.decoded(_built(mechanism).measurement(mechanism.encoded(clipped)))


@lru_cache(maxsize=_BUILT)
def _built(mechanism: Mechanism) -> _Built:
    """The mechanism with the least noise whose loss, by OpenDP's map, is not above the declared decimal."""
    from opendp.mod import binary_search_param

    claim = declared(mechanism.loss)
    with _contrib():
        parameter = binary_search_param(
            mechanism.measurement, d_in=mechanism.distance, d_out=at_most(claim), T=float, bounds=mechanism.bounds
        )
        measurement = mechanism.measurement(parameter)
    if not 0 < Fraction(measurement.map(mechanism.distance)) <= claim:
        raise PrivacyError("no noise keeps the declared loss")
    return _Built(measurement, mechanism.distance)


def _as_rho(measurement: Measurement) -> Measurement:
    from opendp.combinators import make_pureDP_to_zCDP

    with _contrib():
        return make_pureDP_to_zCDP(measurement)


@contextmanager
def _contrib() -> Iterator[None]:
    from opendp.mod import GLOBAL_FEATURES, disable_features, enable_features

    was_up = "contrib" in GLOBAL_FEATURES
    enable_features("contrib")
    try:
        yield
    finally:
        if not was_up:
            disable_features("contrib")


@contextmanager
def _quiet(doing: str) -> Iterator[None]:
    """Under the lock; of a failure only the kind is passed on, for its message may hold the value."""
    try:
        with _LOCK:
            yield
    except PrivacyError:
        raise
    except Exception as error:
        failure = PrivacyError(f"OpenDP could not {doing}: {type(error).__name__}")
        try:
            raise failure
        except PrivacyError:
            failure.__context__ = None  # or a traceback would print the message of the error all the same
            raise


if hasattr(os, "register_at_fork"):  # not on Windows. A child inherits no draw that stopped half-way, and no taken lock
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)
