"""The detectors that every run uses: secrets, cues and structured personal data."""

from __future__ import annotations

from collections.abc import Sequence

from reticent.detect.accounts import UserNames
from reticent.detect.contact import EmailAddresses, PhoneNumbers
from reticent.detect.cues import ContextCues
from reticent.detect.financial import CardNumbers, CryptoAddresses, Ibans
from reticent.detect.glance import Gated, Glance
from reticent.detect.identity import DatesOfBirth, Documents, SocialSecurityNumbers
from reticent.detect.national import NationalIds
from reticent.detect.network import IpAddresses, MacAddresses, PersonalUrls
from reticent.detect.places import StreetAddresses
from reticent.detect.secrets import SecretPatterns
from reticent.text.span import Detector

__all__ = ["warm", "working_set"]

_FAMILIES: tuple[type[Gated], ...] = (
    EmailAddresses, CardNumbers, Ibans, CryptoAddresses, SocialSecurityNumbers, Documents, DatesOfBirth, IpAddresses,
    MacAddresses, PersonalUrls, StreetAddresses, UserNames,
)  # fmt: skip


def working_set(regions: Sequence[str] = ("US", "GB")) -> tuple[Detector, ...]:
    """Every detector of the package but the vault.

    Args:
        regions: ISO 3166 codes: where telephone numbers and national identity numbers are from.

    >>> [detector.name for detector in working_set()][:4]
    ['secrets', 'cues', 'email', 'card']
    """
    shapes = [shape for family in _FAMILIES for shape in family.shapes]
    glance = Glance(*shapes, *PhoneNumbers.shapes, *NationalIds(regions).shapes)
    gated = [family(glance) for family in _FAMILIES]
    return SecretPatterns(), ContextCues(), *gated, NationalIds(regions, glance), PhoneNumbers(regions, glance)


def warm(regions: Sequence[str] = ("US", "GB")) -> None:
    """Import Presidio and ``phonenumbers`` now (about 1.5 s), instead of when such a number is first typed."""
    for detector in working_set(regions):
        detector.find("+1 415 555 2671 my itin is 911-70-1234, nino AB 12 34 56 C")
