"""Plausible values of a kind are equally long, follow the draw only, and belong to nobody."""

from __future__ import annotations

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.text.plausible import FORMS, Draw

_SHAPES = {
    "address": r"[1-9][0-9]{2} [A-Z][a-z]{6} Street", "birth_date": r"1900-[01][0-9]-[0-2][0-9]", "card": r"4[0-9]{15}",
    "email": r"user-[b-t]{8}@example\.invalid", "iban": r"ZZ00[0-9]{18}", "ip": r"192\.0\.2\.[12][0-9]{2}",
    "mac": r"00:00:5e:00:53:[0-9a-f]{2}", "name": r"[A-Z][a-z]{4} [A-Z][a-z]{4}",
    "phone": r"[2-9][0-9]{2}-555-01[0-9]{2}",
    "place": r"[A-Z][a-z]{6}", "ssn": r"000-[0-9]{2}-[0-9]{4}", "username": r"user-[b-t]{8}",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(FORMS))
@given(digest=st.binary(min_size=32, max_size=32))
def test_shape(kind: str, digest: bytes) -> None:
    """One shape a kind, so one length; the same draw gives the same."""
    value = FORMS[kind](Draw(digest))
    assert re.fullmatch(_SHAPES[kind], value)
    assert value == FORMS[kind](Draw(digest))


@given(digest=st.binary(min_size=32, max_size=32))
def test_they_belong_to_nobody(digest: bytes) -> None:
    """A card fails the Luhn test, an IBAN its check digits, an address lies in the net for documentation."""
    card, iban, ip = (FORMS[kind](Draw(digest)) for kind in ("card", "iban", "ip"))
    digits = [int(digit) for digit in reversed(card)]
    assert (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10
    assert int("".join(str(int(char, 36)) for char in iban[4:] + iban[:4])) % 97 != 1 or iban[2:4] == "00"
    assert ipaddress.ip_address(ip) in ipaddress.ip_network("192.0.2.0/24")
