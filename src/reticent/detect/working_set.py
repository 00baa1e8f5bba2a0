"""The detectors that every run uses: secrets, cues and structured personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reticent.detect.accounts import UserNames
from reticent.detect.contact import EmailAddresses, PhoneNumbers
from reticent.detect.cues import ContextCues
from reticent.detect.financial import CardNumbers, CryptoAddresses, Ibans
from reticent.detect.gate import Gate, Gated
from reticent.detect.greetings import Greetings
from reticent.detect.identity import DatesOfBirth, Documents, SocialSecurityNumbers
from reticent.detect.names import Names
from reticent.detect.national import NationalIds
from reticent.detect.ner import installed_model
from reticent.detect.network import IpAddresses, MacAddresses, PersonalUrls
from reticent.detect.opaque import OpaqueTokens
from reticent.detect.places import StreetAddresses
from reticent.detect.secrets import SecretPatterns
from reticent.detect.seed import SeedPhrases
from reticent.text.span import Detector

__all__ = ["UseOfNames", "looks_for_names", "warm", "working_set"]

UseOfNames = Literal["off", "if installed", "demanded"]
"""Whether the model of names is asked."""

_FAMILIES: tuple[type[Gated], ...] = (
    EmailAddresses, CardNumbers, Ibans, CryptoAddresses, SocialSecurityNumbers, Documents, DatesOfBirth, IpAddresses,
    MacAddresses, PersonalUrls, StreetAddresses, UserNames,
)  # fmt: skip


def looks_for_names(names: UseOfNames) -> bool:
    """Whether the model of names runs: nothing is loaded to tell.

    >>> looks_for_names("off"), looks_for_names("demanded")
    (False, True)
    """
    return names == "demanded" or (names == "if installed" and installed_model() is not None)


def working_set(regions: Sequence[str] = ("US", "GB"), names: UseOfNames = "off") -> tuple[Detector, ...]:
    """Every detector of the package but the vault.

    A model of names that is demanded and not installed fails when it is asked.

    Args:
        regions: ISO 3166 codes: where telephone numbers and national identity numbers are from.
        names: whether names of people and places are looked for by a model.

    >>> [detector.name for detector in working_set()][:4]
    ['secrets', 'cues', 'opaque', 'seed']
    """
    tokens, gate, named = Gate(), Gate(), looks_for_names(names)
    return (
        SecretPatterns(tokens), ContextCues(), OpaqueTokens(tokens), SeedPhrases(),
        *[family(gate) for family in _FAMILIES], NationalIds(regions, gate), PhoneNumbers(regions, gate),
        Greetings(lower_case=named), *([Names()] if named else ()),
    )  # fmt: skip


def warm(regions: Sequence[str] = ("US", "GB")) -> None:
    """Import Presidio and ``phonenumbers`` now (about 1.5 s), instead of when such a number is first typed."""
    for detector in working_set(regions):
        detector.find("+1 415 555 2671 my itin is 911-70-1234, nino AB 12 34 56 C")
