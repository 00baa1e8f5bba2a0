"""Personal data with a structure, found by Presidio's recognisers behind gates that cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from reticent.detect.presidio import recognize
from reticent.detect.shape import digit_count, well_formed
from reticent.text.span import Span

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

__all__ = ["CardNumbers", "EmailAddresses", "Ibans", "IpAddresses", "PhoneNumbers", "SocialSecurityNumbers", "warm"]


@cache
def _card_recognizer() -> EntityRecognizer:
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

    return CreditCardRecognizer()


@cache
def _iban_recognizer() -> EntityRecognizer:
    from presidio_analyzer.predefined_recognizers import IbanRecognizer

    return IbanRecognizer()


@cache
def _ip_recognizer() -> EntityRecognizer:
    from presidio_analyzer.predefined_recognizers import IpRecognizer

    return IpRecognizer()


@cache
def _ssn_recognizer() -> EntityRecognizer:
    from presidio_analyzer.predefined_recognizers import UsSsnRecognizer

    return UsSsnRecognizer()


_PHONE_CONTEXT = (
    "phone telephone tel cell cellphone mobile call fax whatsapp sms dial ring reach number telefon handy mobil "
    "nummer téléphone portable teléfono móvil telefono cellulare telefone celular телефон"
).split()


def warm(regions: Sequence[str] = ("US", "GB")) -> None:
    """Import Presidio and compile its patterns now (about 1.5 s), instead of when the first gate fires."""
    for detector, sample in (
        (CardNumbers(), "6000 0000 0000 0007"),
        (Ibans(), "GB82 WEST 1234 5698 7654 32"), (IpAddresses(), "192.0.2.1"),
        (SocialSecurityNumbers(), "ssn 536-22-8145"), (PhoneNumbers(regions), "+1 415 555 2671"),
    ):  # fmt: skip
        detector.find(sample)


_AT_RUN = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]{0,63}[\w!#$%&'*+/=?^`{|}~-]"
_LABEL = r"\w+(?:-+\w+)*"
_ADDRESS = re.compile(rf"\b(?!\.){_LOCAL}@{_LABEL}(?:\.{_LABEL})+\b")
_HOST_END = re.compile(r"(?:[^\W\d]{2,}|xn--[\w-]+)$")


class EmailAddresses:
    """E-mail addresses (``email``), also at internal and mistyped hosts.

    The addresses are those of Presidio's ``EmailRecognizer`` without its list of public suffixes, which it would fetch,
    and which lacks internal and mistyped hosts. The rule is spelled out here because importing Presidio takes seconds,
    and addresses are typed all day; a test holds the two together.

    >>> EmailAddresses().find("to bob@mail.internal now")
    [Span(kind='email', start=3, stop=20)]
    """

    name = "email"

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return "@" in text

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        return [
            Span("email", run.start() + match.start(), run.start() + match.end())
            for run in _AT_RUN.finditer(text)
            if (match := _ADDRESS.search(run.group()))
            and _HOST_END.search(match.group())
            and not match.group().startswith("git@")
        ]


_CARD_RUN = re.compile(r"(?<![\w.,])[0-9]{2,19}(?:[ -][0-9]{1,19}){0,60}(?![\w])")
_CARD_GROUPS_MAX = 6


def _luhn(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2])) + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return total % 10 == 0


def _is_card(digits: str) -> bool:
    """Whether the issuer's prefix, the length and the check digit agree."""
    size, two, four = len(digits), int(digits[:2]), int(digits[:4])
    if digits[0] == "4":
        fits = size in (13, 16, 19)
    elif 51 <= two <= 55 or 2221 <= four <= 2720 or 2200 <= four <= 2204:
        fits = size == 16
    elif two in (34, 37):
        fits = size == 15
    elif two in (36, 38, 39) or 3000 <= four <= 3059:
        fits = 14 <= size <= 19
    elif 3528 <= four <= 3589 or four == 6011 or two in (62, 65) or 6440 <= four <= 6499:
        fits = 16 <= size <= 19
    else:
        fits = four in (5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763, 6390) and 12 <= size <= 19
    return fits and _luhn(digits)


class CardNumbers:
    """Payment cards of 12 to 19 digits (``card``), whole, with or without single blanks or dashes.

    Candidates are runs of digit groups; issuer and check digit decide, Presidio's recogniser adds its own brands.

    >>> CardNumbers().find("pay 4111 1111 1111 1111 ok")
    [Span(kind='card', start=4, stop=23)]
    """

    name = "card"

    def __init__(self, digits: Callable[[str], int] = digit_count) -> None:
        self._digits = digits

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return self._digits(text) >= 12

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        return [Span("card", start, stop) for run in _CARD_RUN.finditer(text) for start, stop in self._cards(run)]

    def _cards(self, run: re.Match[str]) -> Iterator[tuple[int, int]]:
        """The longest cards made of whole groups of the run, from the left."""
        groups = [(match.start(), match.end()) for match in re.finditer(r"[0-9]+", run.group())]
        first = 0
        while first < len(groups):
            start = groups[first][0]
            for last in range(min(len(groups), first + _CARD_GROUPS_MAX) - 1, first - 1, -1):
                shown = run.group()[start : groups[last][1]]
                digits = shown.replace(" ", "").replace("-", "")
                if 12 <= len(digits) <= 19 and (_is_card(digits) or self._presidio_agrees(shown, digits)):
                    yield run.start() + start, run.start() + groups[last][1]
                    first = last
                    break
            first += 1

    @staticmethod
    def _presidio_agrees(shown: str, digits: str) -> bool:
        """Other brands: the usual four groups, or one group of the two usual lengths."""
        if digits[0] not in "356" or len(digits) not in (15, 16) or not _luhn(digits):
            return False
        return (0, len(shown)) in recognize(_card_recognizer(), shown, min_score=0.9)


_IBAN_HEAD = re.compile(r"(?i)(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}[ -]?[0-9A-Z]{4}")
_IBAN_SIZES = {
    code: size
    for size, codes in {
        15: "NO", 16: "BE BI", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS", 23: "AE IL IQ OM TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST",
        26: "IS TR", 27: "BF FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV", 29: "BR EG PS QA UA",
        30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for code in codes.split()
}  # fmt: skip


class Ibans:
    """International bank account numbers (``iban``), whole, in either case, with blanks or dashes.

    The country's length cuts the candidate, so that a following word is never taken in; Presidio validates it.

    >>> Ibans().find("pay DE89 3704 0044 0532 0130 00 now")
    [Span(kind='iban', start=4, stop=31)]
    """

    name = "iban"

    def __init__(self, digits: Callable[[str], int] = digit_count) -> None:
        self._digits = digits

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return self._digits(text) >= 8

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        return [
            Span("iban", match.start(), stop)
            for match in _IBAN_HEAD.finditer(text)
            if (stop := self._stop(text, match.start())) and self._valid(text[match.start() : stop])
        ]

    @staticmethod
    def _stop(text: str, start: int) -> int | None:
        """Where the country's number of letters and digits is reached, if a word ends there."""
        left = _IBAN_SIZES.get(text[start : start + 2].upper(), 0)
        position = start
        while left and position < len(text):
            char = text[position]
            if char.isascii() and char.isalnum():
                left -= 1
            elif char not in " -":
                return None
            position += 1
        return None if left or position == start or text[position : position + 1].isalnum() else position

    @staticmethod
    def _valid(shown: str) -> bool:
        compact = shown.replace(" ", "").replace("-", "").upper()
        return (0, len(compact)) in recognize(_iban_recognizer(), compact)


_IP_SHAPE = re.compile(r"[0-9](?:\.[0-9]{1,3}){3}|(?<![\w:])(?:(?:[0-9A-Fa-f]{1,4}:){1,6}|:):|(?:[0-9A-Fa-f]{1,4}:){6}")
"""What every address holds: four groups between dots, a pair of colons after hexadecimal groups only, or six groups."""


class IpAddresses:
    """IPv4 and IPv6 addresses (``ip``), without loopback, unspecified and very short ones.

    >>> IpAddresses().find("ssh to 10.20.30.40 at 12:30:45")
    [Span(kind='ip', start=7, stop=18)]
    """

    name = "ip"

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return (text.count(".") >= 3 or text.count(":") >= 2) and _IP_SHAPE.search(text) is not None

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        text = well_formed(text)
        return [
            Span("ip", start, stop)
            for start, stop in recognize(_ip_recognizer(), text)
            if self._tells(text[start:stop])
        ]

    @staticmethod
    def _tells(shown: str) -> bool:
        """Whether the address can point at anybody."""
        if ":" in shown:
            return sum(char in "0123456789abcdefABCDEF" for char in shown) >= 6 and digit_count(shown) > 0
        return not shown.startswith(("127.", "0.0.0.0", "255.255."))


_SSN_RUN = re.compile(r"(?<!\w)[0-9]{3}(?:[- .]?[0-9]{2}[- .]?[0-9]{4}|[0-9]{2}-[0-9]{4})(?!\w|[-.][0-9])")


_SSN_SIGN = re.compile(r"(?i)[0-9]{3}([- .])[0-9]{2}\1[0-9]{4}|social|security|ssn|ssid")
"""Both groups set off alike, or one of the recogniser's words of context: without either it never finds anything."""


class SocialSecurityNumbers:
    """US social security numbers (``ssn``): grouped ones, and nine digits next to a cue.

    >>> SocialSecurityNumbers().find("536-22-8145")
    [Span(kind='ssn', start=0, stop=11)]
    """

    name = "ssn"

    def __init__(self, digits: Callable[[str], int] = digit_count) -> None:
        self._digits = digits

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return self._digits(text) >= 9 and _SSN_RUN.search(text) is not None and _SSN_SIGN.search(text) is not None

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        text = well_formed(text)
        found = set(recognize(_ssn_recognizer(), text))
        return [Span("ssn", *run.span()) for run in _SSN_RUN.finditer(text) if run.span() in found]


_PHONE_RUN = re.compile(r"(?<![\w.,:/$€£#-])(?:\+|\(|00)?[0-9](?:[ ().\-/]{0,2}[0-9]){6,59}(?![\w:%])")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}")
_PHONE_SHAPE = re.compile(
    r"\+|\([0-9]{2,5}\)|(?:1[-. ])?[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}$|0[0-9]{2,5}[ -][0-9]{3,}[ -]?[0-9]{3,}$"
)
_PHONE_DIGITS = range(7, 16)


class PhoneNumbers:
    """Telephone numbers (``phone``) of the regions given (ISO 3166 codes), and international ones.

    A run of digits counts if it is written like a number of the region, or stands next to a cue such as "call".
    ``phonenumbers`` decides, as it does in Presidio's ``PhoneRecognizer``, without the seconds of importing the latter.

    >>> PhoneNumbers().find("call +1 415 555 2671 later")
    [Span(kind='phone', start=5, stop=20)]
    """

    name = "phone"

    def __init__(self, regions: Sequence[str] = ("US", "GB"), digits: Callable[[str], int] = digit_count) -> None:
        self._regions = tuple(regions)
        self._digits = digits

    def may_find(self, text: str) -> bool:
        """A necessary condition, cheaply."""
        return self._digits(text) >= 7

    def find(self, text: str) -> list[Span]:
        """All spans."""
        if not self.may_find(text):
            return []
        return [span for run in _PHONE_RUN.finditer(text) if (span := self._phone(run, text)) is not None]

    def _phone(self, run: re.Match[str], text: str) -> Span | None:
        shown = run.group()
        if digit_count(shown) not in _PHONE_DIGITS or _DATE.search(shown):
            return None
        if not _PHONE_SHAPE.match(shown) and not _cued(text, run.start(), run.end()):
            return None
        if not self._is_number(shown):
            return None
        return Span("phone", run.start(), run.end())

    def _is_number(self, shown: str) -> bool:
        """Whether a number of one of the regions is in it, as Presidio's recogniser asks the same library."""
        from phonenumbers import Leniency, PhoneNumberMatcher

        return any(PhoneNumberMatcher(shown, region, leniency=Leniency.VALID).has_next() for region in self._regions)


def _cued(text: str, start: int, stop: int) -> bool:
    """Whether a word about telephones stands near."""
    near = (
        re.findall(r"[^\W\d_]+", text[max(0, start - 40) : start])[-5:]
        + re.findall(r"[^\W\d_]+", text[stop : stop + 30])[:3]
    )
    return any(word.casefold() in _PHONE_CONTEXT for word in near)
