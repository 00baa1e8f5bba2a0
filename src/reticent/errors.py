"""Everything reticent raises on purpose. No message ever carries typed content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reticent.events import Event

__all__ = [
    "BudgetSpent", "EnrolmentError", "FormatError", "LedgerError", "OwnerError", "PolicyError", "PrivacyError",
    "ReticentError", "RunClosed", "TooManyGuesses",
]  # fmt: skip


class ReticentError(Exception):
    """Base of all errors of this library.

    >>> issubclass(PolicyError, ReticentError)
    True
    """


class FormatError(ReticentError):
    """Input that cannot be read as events: says where (line, field) and what to do."""


class PolicyError(ReticentError):
    """A policy that cannot be compiled: names the path of the key at fault."""


class EnrolmentError(ReticentError):
    """A store of enrolled secrets that cannot be used: says why and what to do, never what was enrolled."""


class TooManyGuesses(EnrolmentError):
    """Guesses at enrolled secrets came too fast.

    Attributes:
        wait_s: seconds after which the next one is answered.
    """

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"too many guesses at enrolled secrets; the next one is answered in {wait_s:.0f} s")
        self.wait_s = wait_s


class PrivacyError(ReticentError):
    """A mechanism, a value for it, or a scope that cannot be: says what would be, never the value."""


class LedgerError(PrivacyError):
    """A ledger of privacy loss that cannot be used: missing, changed, damaged, or not its owner's alone."""


class BudgetSpent(PrivacyError):
    """A release was refused; no noise was drawn, and nothing was charged. Amounts are decimals, such as ``"0.5"``.

    Attributes:
        scope: the scope that has too little left; it may be one above the scope that was asked.
        epoch: the epoch of the data.
        limit: what the scope allows in any of its windows.
        spent: what the fullest window that contains the epoch holds already.
        asked: what the release would have cost.
        left: ``limit`` less ``spent``.
    """

    def __init__(self, scope: str, epoch: int, *, limit: str, spent: str, asked: str, left: str) -> None:
        super().__init__(
            f"scope {scope}, epoch {epoch}: refused; the limit is {limit}, spent are {spent}, asked for {asked},"
            f" left {left}"
        )
        self.scope = scope
        self.epoch = epoch
        self.limit = limit
        self.spent = spent
        self.asked = asked
        self.left = left


class OwnerError(ReticentError):
    """A run was entered from a second thread. Nothing was taken; queue events to the owner."""


class RunClosed(ReticentError):
    """A run has ended, by ``flush``, ``abort`` or a failure, and takes nothing more.

    Attributes:
        events: what had been decided when a failure closed the run; everything held was destroyed.
    """

    def __init__(self, message: str, events: Sequence[Event] = ()) -> None:
        super().__init__(message)
        self.events: list[Event] = list(events)

    def __repr__(self) -> str:
        return f"RunClosed({self.args[0]!r}, {len(self.events)} decided events)"
