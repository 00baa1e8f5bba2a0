"""The detectors that every run uses: secrets, cues and structured personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reticent.detect.cues import ContextCues
from reticent.detect.greetings import Greetings
from reticent.detect.names import Names
from reticent.detect.ner import installed_model
from reticent.detect.pii import CardNumbers, EmailAddresses, Ibans, IpAddresses, PhoneNumbers, SocialSecurityNumbers
from reticent.detect.secrets import SecretPatterns
from reticent.detect.shape import LastDigitCount
from reticent.text.span import Detector

__all__ = ["UseOfNames", "looks_for_names", "working_set"]

UseOfNames = Literal["off", "if installed", "demanded"]
"""Whether the model of names is asked."""


def looks_for_names(names: UseOfNames) -> bool:
    """Whether the model of names runs: nothing is loaded to tell.

    >>> looks_for_names("off"), looks_for_names("demanded")
    (False, True)
    """
    return names == "demanded" or (names == "if installed" and installed_model() is not None)


def working_set(regions: Sequence[str] = ("US", "GB"), names: UseOfNames = "off") -> tuple[Detector, ...]:
    """Every detector of the package but the vault; ``regions`` are ISO 3166 codes for telephone numbers.

    A model of names that is demanded and not installed fails when it is asked.

    >>> [detector.name for detector in working_set()]
    ['secrets', 'cues', 'email', 'card', 'iban', 'ip', 'ssn', 'phone', 'greetings']
    """
    digits, named = LastDigitCount(), looks_for_names(names)
    return (
        SecretPatterns(), ContextCues(), EmailAddresses(), CardNumbers(digits), Ibans(digits), IpAddresses(),
        SocialSecurityNumbers(digits), PhoneNumbers(regions, digits),
        Greetings(lower_case=named), *([Names()] if named else ()),
    )  # fmt: skip
