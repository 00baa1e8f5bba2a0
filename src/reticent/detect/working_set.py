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
from reticent.detect.keyed import KeyedValues
from reticent.detect.kingfisher import Kingfisher, is_installed
from reticent.detect.names import Names
from reticent.detect.national import NationalIds
from reticent.detect.ner import installed_model
from reticent.detect.network import IpAddresses, MacAddresses, PersonalUrls
from reticent.detect.opaque import OpaqueTokens
from reticent.detect.places import StreetAddresses
from reticent.detect.sayings import Sayings
from reticent.detect.secrets import SecretPatterns
from reticent.detect.seed import SeedPhrases
from reticent.detect.shell import InlineSecrets
from reticent.text.span import Detector

__all__ = ["UseOfExtra", "asks_kingfisher", "looks_for_names", "warm", "working_set"]

UseOfExtra = Literal["off", "if installed", "demanded"]
"""Whether what an extra brings is asked: the model of names, or Kingfisher."""

_FAMILIES: tuple[type[Gated], ...] = (
    EmailAddresses, CardNumbers, Ibans, CryptoAddresses, SocialSecurityNumbers, Documents, DatesOfBirth, IpAddresses,
    MacAddresses, PersonalUrls, StreetAddresses, UserNames,
)  # fmt: skip


def looks_for_names(names: UseOfExtra) -> bool:
    """Whether the model of names runs: nothing is loaded to tell.

    >>> looks_for_names("off"), looks_for_names("demanded")
    (False, True)
    """
    return names == "demanded" or (names == "if installed" and installed_model() is not None)


def asks_kingfisher(kingfisher: UseOfExtra) -> bool:
    """Whether Kingfisher is asked about secrets: nothing is loaded to tell.

    >>> asks_kingfisher("off"), asks_kingfisher("demanded")
    (False, True)
    """
    return kingfisher == "demanded" or (kingfisher == "if installed" and is_installed())


def working_set(
    regions: Sequence[str] = ("US", "GB"), names: UseOfExtra = "off", kingfisher: UseOfExtra = "off"
) -> tuple[Detector, ...]:
    """Every detector of the package but the vault.

    What is demanded and not installed fails when it is asked.

    Args:
        regions: ISO 3166 codes: where telephone numbers and national identity numbers are from.
        names: whether names of people and places are looked for by a model.
        kingfisher: whether Kingfisher is asked about secrets too.

    >>> [detector.name for detector in working_set()][:7]
    ['secrets', 'cues', 'sayings', 'keyed', 'commands', 'opaque', 'seed']
    """
    tokens, cues, gate, named = Gate(), Gate(), Gate(), looks_for_names(names)
    return (
        SecretPatterns(tokens), ContextCues(cues), Sayings(cues), KeyedValues(cues), InlineSecrets(),
        OpaqueTokens(tokens), SeedPhrases(),
        *[family(gate) for family in _FAMILIES], NationalIds(regions, gate), PhoneNumbers(regions, gate),
        Greetings(lower_case=named), *([Names()] if named else ()),
        *([Kingfisher()] if asks_kingfisher(kingfisher) else ()),
    )  # fmt: skip


_SAMPLE = """to be read once before anything is typed, so that rules are compiled:
my password is: Sample-22x, the pin = 4711 and key=9s8d7f6s8d7f6s8d7f; token 'a1b2c3d4e5f6g7h8', AKIAIOSFODNN7EXAMPLE
mysql -u root -psample22 db && curl -u ann:Sample22 https://ann:Sample22@example.org/?token=9s8d7f6s
what was your first pet? rex, the otp code is 123456 or call ann@example.org, try Sample22x to log in
iban DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111, ssn 536-22-8145, ssh root@192.0.2.1, 00:1B:44:11:3a:B7
born on 1990-04-12, passport number X1234567, live at 12 Example Street, user name: ann22, customer rivanov
www.example.org/users/ann
566863 is your one-time password, my mother's maiden name is rex
the master password is first second third fourth
try Sample22x, with a capital S; I changed it to Sample22x
docker login -u ann -p Sample22 && curl -H "Authorization: Bearer Sample22Sample22" https://example.my.salesforce.com
-----BEGIN PRIVATE KEY-----
+1 415 555 2671 my itin is 911-70-1234, nino AB 12 34 56 C, dear Ann, abandon ability able about above absent absorb
"""


def warm(regions: Sequence[str] = ("US", "GB"), names: UseOfExtra = "off", kingfisher: UseOfExtra = "off") -> None:
    """Import and compile now, not when something is first typed: Presidio, ``phonenumbers`` and the rules (about 2 s).

    The same for the model of names (1 to 4 s) and Kingfisher (4 s), where they are asked: see ``working_set``.
    """
    for detector in working_set(regions, names, kingfisher):
        for text in (_SAMPLE, *_SAMPLE.splitlines()):
            detector.find(text)
