"""What every mechanism says of itself: its unit, its clipping and its total loss.

The loss that a description declares is that of *one release*, for any two inputs that are neighbours. What neighbours
are is the mechanism's unit. ``"epoch"``: everything that the release is made from is replaced by anything else.
``"value"``: each value moves by at most a stated distance; that hides small differences and nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from msgspec import Struct
from msgspec.structs import force_setattr

from reticent.errors import PrivacyError
from reticent.privacy.amounts import declared

if TYPE_CHECKING:
    from opendp.mod import Measurement

__all__ = ["Currency", "Mechanism", "Unit"]

Currency = Literal["epsilon", "rho"]
"""Epsilon of pure differential privacy, or rho of zero-concentrated differential privacy."""
Unit = Literal["epoch", "value"]
"""What two neighbours differ in."""

_MOST_LOSS = 50
_MOST_NOISE = 1 << 50


class Mechanism(Struct, frozen=True, kw_only=True, tag_field="mechanism", forbid_unknown_fields=True):
    """Base of the seven. A description has no state and never holds a value; ``engine.draw`` makes the noise.

    Values are clamped, and their form is checked, before OpenDP sees them. All noise is of whole numbers, so that no
    bit of a floating-point result betrays its input.
    """

    currency: ClassVar[Currency] = "epsilon"
    """Also the name of the field that declares the loss."""

    def __post_init__(self) -> None:
        self._check_form()
        if declared(self.loss) > _MOST_LOSS:
            raise PrivacyError(f"{self.currency}: at most {_MOST_LOSS} a release")
        if self.distance > _MOST_NOISE * self.loss:
            raise PrivacyError(f"{self.currency}: so small a loss takes noise that is larger than numbers can be")
        force_setattr(self, self.currency, float(self.loss))  # 1 and 1.0 are one description, in one form of bytes

    def _check_form(self) -> None:
        """Refuses parameters that cannot be, before the loss is looked at."""

    @property
    def loss(self) -> float:
        """The declared loss of one release, in the mechanism's currency."""
        loss: float = getattr(self, self.currency)
        return loss

    @property
    def unit(self) -> Unit:
        """What two neighbours differ in."""
        return "epoch"

    @property
    def neighbours(self) -> str:
        """In words: which inputs cannot be told apart."""
        return "everything that the release is made from, replaced by anything else"

    @property
    def distance(self) -> float:
        """How far apart two neighbours can be, in OpenDP's metric."""
        return 1

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which OpenDP looks for the parameter that keeps the claim; it finds bounds of a scale itself."""
        return None

    def measurement(self, parameter: float) -> Measurement:
        """OpenDP's mechanism with this scale or probability."""
        raise NotImplementedError(type(self).__name__)

    def clipped(self, value: Any) -> Any:
        """The value inside its bounds. No randomness.

        Raises:
            PrivacyError: it has not the form that the mechanism takes; the message never shows it.
        """
        raise NotImplementedError(type(self).__name__)

    def encoded(self, clipped: Any) -> Any:
        """What OpenDP takes."""
        return clipped

    def decoded(self, drawn: Any) -> Any:
        """What is released, from what OpenDP returned: whole numbers, names or lists of them."""
        return drawn
