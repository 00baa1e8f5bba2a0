"""A limit on how fast guesses are answered. Only the call that tests a guess asks it; filtering never does."""

from __future__ import annotations

import time
from collections.abc import Callable

from reticent.errors import TooManyGuesses

__all__ = ["GuessLimit"]

_AT_ONCE = 10
_EVERY_S = 60.0


class GuessLimit:
    """Ten guesses at once, then one a minute. ``clock`` gives seconds that never go back.

    >>> limit = GuessLimit(clock=lambda: 0.0)
    >>> for _ in range(10):
    ...     limit.take()
    >>> limit.take()
    Traceback (most recent call last):
    reticent.errors.TooManyGuesses: too many guesses at enrolled secrets; the next one is answered in 60 s
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_at = clock() - _AT_ONCE * _EVERY_S
        """When the guesses that were taken would have been paid off."""

    def take(self) -> None:
        """Count a guess.

        Raises:
            TooManyGuesses: it came too early, and does not count.
        """
        now = self._clock()
        paid = max(self._free_at, now - _AT_ONCE * _EVERY_S) + _EVERY_S
        if paid > now:
            raise TooManyGuesses(paid - now)
        self._free_at = paid
