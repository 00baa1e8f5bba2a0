"""The detectors that every run uses: secrets, cues and structured personal data."""

from __future__ import annotations

from collections.abc import Sequence

from reticent.detect.cues import ContextCues
from reticent.detect.gate import Gate
from reticent.detect.opaque import OpaqueTokens
from reticent.detect.pii import CardNumbers, EmailAddresses, Ibans, IpAddresses, PhoneNumbers, SocialSecurityNumbers
from reticent.detect.secrets import SecretPatterns
from reticent.detect.seed import SeedPhrases
from reticent.detect.shape import LastDigitCount
from reticent.text.span import Detector

__all__ = ["working_set"]


def working_set(regions: Sequence[str] = ("US", "GB")) -> tuple[Detector, ...]:
    """Every detector of the package but the vault; ``regions`` are ISO 3166 codes for telephone numbers.

    >>> [detector.name for detector in working_set()]
    ['secrets', 'cues', 'opaque', 'seed', 'email', 'card', 'iban', 'ip', 'ssn', 'phone']
    """
    digits, gate = LastDigitCount(), Gate()
    return (
        SecretPatterns(gate), ContextCues(gate), OpaqueTokens(gate), SeedPhrases(),
        EmailAddresses(), CardNumbers(digits), Ibans(digits), IpAddresses(),
        SocialSecurityNumbers(digits), PhoneNumbers(regions, digits),
    )  # fmt: skip
