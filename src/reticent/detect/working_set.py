"""The detectors that every run uses: secrets, cues and structured personal data."""

from __future__ import annotations

from collections.abc import Sequence

from reticent.detect.cues import ContextCues
from reticent.detect.pii import CardNumbers, EmailAddresses, Ibans, IpAddresses, PhoneNumbers, SocialSecurityNumbers
from reticent.detect.secrets import SecretPatterns
from reticent.detect.shape import LastDigitCount
from reticent.text.span import Detector

__all__ = ["working_set"]


def working_set(regions: Sequence[str] = ("US", "GB")) -> tuple[Detector, ...]:
    """Every detector of the package but the vault; ``regions`` are ISO 3166 codes for telephone numbers.

    >>> [detector.name for detector in working_set()]
    ['secrets', 'cues', 'email', 'card', 'iban', 'ip', 'ssn', 'phone']
    """
    digits = LastDigitCount()
    return (
        SecretPatterns(), ContextCues(), EmailAddresses(), CardNumbers(digits), Ibans(digits), IpAddresses(),
        SocialSecurityNumbers(digits), PhoneNumbers(regions, digits),
    )  # fmt: skip
