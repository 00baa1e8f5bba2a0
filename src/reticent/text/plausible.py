"""Values that look like personal data and belong to nobody, drawn from a digest. All of one kind are equally long.

Where an authority sets something aside for documentation or fiction, that is used: ``.invalid`` (RFC 2606, RFC 6761),
192.0.2.0/24 (RFC 5737), 00-00-5E-00-53-00 to -FF (RFC 9542), 555-0100 to 555-0199 (North American Numbering Plan).
Elsewhere the value breaks a rule that every true one keeps: the Luhn digit of a card (ISO/IEC 7812-1), the check digits
of an IBAN, which are 02 to 98 (ISO 13616; ZZ is a country code for users, ISO 3166-1), no area 000 in an SSN (Social
Security Administration). Names and places are made of common parts, and dates of birth lie in 1900: these are neutral,
not reserved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["FORMS", "Draw"]

_LETTERS = "bcdfghjklmnpqrst"
_DIGITS = "0123456789"
_AREA_CODES = (
    "201", "202", "206", "212", "213", "305", "312", "314", "404", "415", "503", "504", "512", "602", "617", "702",
)  # fmt: skip
_GIVEN_NAMES = (
    "Avery", "Blair", "Casey", "Corey", "Devon", "Ellis", "Emery", "Jamie", "Jesse", "Kerry", "Leigh", "Perry", "Quinn",
    "Riley", "Robin", "Rowan",
)  # fmt: skip
_SURNAMES = (
    "Adams", "Allen", "Baker", "Brown", "Clark", "Evans", "Green", "Hayes", "Jones", "Moore", "Price", "Scott", "Smith",
    "Stone", "White", "Woods",
)  # fmt: skip
_TREES = ("Ash", "Bay", "Elm", "Fir", "Fox", "Ivy", "Oak", "Sun")
_ENDINGS = ("dale", "ford", "gate", "mill", "more", "port", "stow", "wick")


class Draw:
    """Choices that a digest makes, one after the other.

    >>> draw = Draw(bytes.fromhex("0102"))
    >>> draw.below(256), draw.one_of("ab")
    (2, 'b')
    """

    def __init__(self, digest: bytes) -> None:
        self._left = int.from_bytes(digest, "big")

    def below(self, bound: int) -> int:
        """A number from 0 to below ``bound``; nearly uniform while the bounds' product is far below the digest's."""
        self._left, number = divmod(self._left, bound)
        return number

    def one_of(self, choices: Sequence[str]) -> str:
        """One of several."""
        return choices[self.below(len(choices))]

    def some(self, alphabet: str, count: int) -> str:
        """So many characters of an alphabet."""
        return "".join(self.one_of(alphabet) for _ in range(count))


def _username(draw: Draw) -> str:
    return f"user-{draw.some(_LETTERS, 8)}"


def _card(draw: Draw) -> str:
    body = f"4{draw.some(_DIGITS, 14)}"
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(body)))
    right = -sum(value // 10 + value % 10 for value in doubled) % 10
    return f"{body}{(right + 1 + draw.below(9)) % 10}"


def _phone(draw: Draw) -> str:
    return f"{draw.one_of(_AREA_CODES)}-555-01{draw.below(100):02}"


def _place(draw: Draw) -> str:
    return draw.one_of(_TREES) + draw.one_of(_ENDINGS)


FORMS: dict[str, Callable[[Draw], str]] = {
    "address": lambda draw: f"{100 + draw.below(900)} {_place(draw)} Street",
    "birth_date": lambda draw: f"1900-{1 + draw.below(12):02}-{1 + draw.below(28):02}",
    "card": _card,
    "email": lambda draw: f"{_username(draw)}@example.invalid",
    "iban": lambda draw: f"ZZ00{draw.some(_DIGITS, 18)}",
    "ip": lambda draw: f"192.0.2.{100 + draw.below(155)}",
    "mac": lambda draw: f"00:00:5e:00:53:{draw.below(256):02x}",
    "name": lambda draw: f"{draw.one_of(_GIVEN_NAMES)} {draw.one_of(_SURNAMES)}",
    "phone": _phone,
    "place": _place,
    "ssn": lambda draw: f"000-{1 + draw.below(99):02}-{1 + draw.below(9999):04}",
    "username": _username,
}
"""By kind: what is drawn."""
