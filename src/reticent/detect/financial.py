"""Numbers that move money: payment cards, bank accounts and crypto addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from reticent.detect.context import ContextWords
from reticent.detect.gate import Gated
from reticent.text.span import Span

__all__ = ["CardNumbers", "CryptoAddresses", "Ibans", "is_iban"]

_SIX_DIGITS = r"[0-9](?:[ .-]{0,2}[0-9]){5}"
_CARD_RUN = re.compile(r"(?<![\w.,])[0-9]{2,19}(?:[ .-]{1,2}[0-9]{1,19}){0,60}(?!\w)")
_CARD_GROUPS_MAX = 6
_CARD_DIGITS = range(12, 20)
_HALF_TYPED_MIN = 6
_CARD_WORDS = ContextWords(
    "card cards visa mastercard amex maestro credit debit karte kreditkarte bankkarte carte bancaire tarjeta carta "
    "cartão kaart karta kort kortti карта",
    slips_from=4,
)


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
    elif four in (5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763, 6390):
        fits = 12 <= size <= 19
    else:  # brands that share the usual lengths
        fits = size in (15, 16) and (digits[0] in "36" or two == 50 or (size == 15 and four in (1800, 2131)))
    return fits and _luhn(digits)


class CardNumbers(Gated):
    """Payment cards (``card``): whole ones of 12 to 19 digits, and next to a cue also mistyped and half-typed ones.

    Candidates are runs of digit groups; issuer and check digit decide, or a word such as "card" nearby.

    >>> CardNumbers().find("pay 4111 1111 1111 1111 ok")
    [Span(kind='card', start=4, stop=23)]
    >>> CardNumbers().find("my card is 4111 1111 1111 112")
    [Span(kind='card', start=11, stop=29)]
    """

    name = "card"
    shapes = (_SIX_DIGITS,)
    digits_min = _HALF_TYPED_MIN

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for run in _CARD_RUN.finditer(text):
            groups = [match.span() for match in re.finditer(r"[0-9]+", run.group())]
            cards = list(self._cards(run.group(), groups)) or self._cued(text, run, groups)
            yield from (Span("card", run.start() + start, run.start() + stop) for start, stop in cards)

    @staticmethod
    def _cards(shown: str, groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The longest cards made of whole groups of the run, from the left."""
        first = 0
        while first < len(groups):
            start = groups[first][0]
            for last in range(min(len(groups), first + _CARD_GROUPS_MAX) - 1, first - 1, -1):
                digits = "".join(shown[begin:end] for begin, end in groups[first : last + 1])
                whole = len(digits) in _CARD_DIGITS and _grouped(shown[start : groups[last][1]])
                if whole and _is_card(digits):
                    yield start, groups[last][1]
                    first = last
                    break
            first += 1

    @staticmethod
    def _cued(text: str, run: re.Match[str], groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The first groups up to the longest card, if what stands nearby says that it is one."""
        shown, digits, stop = run.group(), 0, 0
        for begin, end in groups:
            if digits + end - begin > _CARD_DIGITS[-1]:
                break
            digits, stop = digits + end - begin, end
        if digits < _HALF_TYPED_MIN or not (digits in _CARD_DIGITS or (shown[0] in "23456" and groups[0][1] >= 4)):
            return []
        return [(0, stop)] if _CARD_WORDS.stand_near(text, run.start(), run.start() + stop) else []


def _grouped(shown: str) -> bool:
    """Whether dots set off groups as cards have them, which addresses of machines do not."""
    return "." not in shown or all(len(group) >= 4 for group in shown.replace("-", ".").split("."))


_BANK_HEAD = r"(?i)[a-z]{2}[0-9]{2}[ -]?[0-9a-z]{4}"
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
_IBAN_REST = re.compile(r"(?i)[A-Z]{2}[0-9]{2}(?:[ -]?[0-9A-Z]{4}){0,7}(?:[ -]?[0-9A-Z]{1,3})?(?![0-9A-Za-z_])")
_LETTERED = frozenset("AZ BG GB GE GI IE IQ LV MT NI NL PS QA RO".split())
"""Countries whose bank code is letters: elsewhere only digits follow a head that is not yet whole."""
_HALF_IBAN_MIN = 12
_BANK_WORDS = ContextWords(
    "iban bic swift account konto kontonummer bank transfer wire überweisung überweisen virement compte cuenta "
    "transferencia conto bonifico rekening счет"
)


class Ibans(Gated):
    """International bank account numbers (``iban``) in either case, with blanks or dashes.

    The country's length cuts the candidate, so that a following word is never taken in, and the check digits decide. Of
    a number that ends early the country's head is enough, and next to a cue a mistyped one counts too.

    >>> Ibans().find("pay DE89 3704 0044 0532 0130 00 now")
    [Span(kind='iban', start=4, stop=31)]
    """

    name = "iban"
    shapes = (_BANK_HEAD,)
    digits_min = 6

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for head in _IBAN_HEAD.finditer(text):
            size = _IBAN_SIZES.get(head.group()[:2].upper())
            if size is None:
                continue
            stop = _after(text, head.start(), size)
            if stop and _mod_97(text[head.start() : stop]) == 1:
                yield Span("iban", head.start(), stop)
            elif rest := _IBAN_REST.match(text, head.start()):
                stop = self._unfinished(text, rest, stop, size)
                if stop:
                    yield Span("iban", head.start(), stop)

    @staticmethod
    def _unfinished(text: str, rest: re.Match[str], full: int | None, size: int) -> int | None:
        """Where one ends that is mistyped or half-typed."""
        country, compact = rest.group()[:2].upper(), _compact(rest.group())
        if _BANK_WORDS.stand_near(text, rest.start(), rest.end()):
            return full or rest.end()
        body = compact[8:] if country in _LETTERED else compact[4:]
        if full or not _HALF_IBAN_MIN <= len(compact) < size or not body.isdigit() or len(body) < 4:
            return None
        return rest.end()


def _compact(shown: str) -> str:
    return shown.replace(" ", "").replace("-", "").upper()


def _after(text: str, start: int, left: int) -> int | None:
    """Where so many letters and digits are reached, if a word ends there."""
    position = start
    while left and position < len(text):
        char = text[position]
        if char.isascii() and char.isalnum():
            left -= 1
        elif char not in " -":
            return None
        position += 1
    return None if left or text[position : position + 1].isalnum() else position


def _mod_97(shown: str) -> int:
    compact = _compact(shown)
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97


def is_iban(word: str) -> bool:
    """Whether a word without blanks is an IBAN: of its country's length, with the right check digits.

    >>> is_iban("GB33BUKB20201555555555"), is_iban("GB34BUKB20201555555555")
    (True, False)
    """
    size = _IBAN_SIZES.get(word[:2].upper())
    return size == len(word) and word.isascii() and word.isalnum() and _mod_97(word) == 1


_LONG_TOKEN = "[0-9A-Za-z]{25}"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CRYPTO = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<hex>0[xX][0-9A-Fa-f]{40})|(?P<segwit>(?i:bc1|tb1|ltc1)[02-9ac-hj-np-zAC-HJ-NP-Z]{22,87})"
    r"|(?P<base58>[1-9A-HJ-NP-Za-km-z]{25,112})|(?P<loose>[13][0-9A-Za-z]{24,34}|0x[0-9A-Fa-f]{24,41}))(?![0-9A-Za-z])"
)
_CRYPTO_WORDS = ContextWords("btc bitcoin eth ethereum wallet crypto coin coins ledger metamask usdt sats litecoin")


class CryptoAddresses(Gated):
    """Bitcoin, Ethereum and like addresses (``crypto``): by their checksum or head, and by a cue when mistyped.

    Every base58 string with a right checksum counts, and so private keys in the wallet import format as well.

    >>> CryptoAddresses().find("to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT ok")
    [Span(kind='crypto', start=3, stop=37)]
    """

    name = "crypto"
    shapes = (_LONG_TOKEN,)
    digits_min = 1

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for match in _CRYPTO.finditer(text):
            sure = match["hex"] or match["segwit"] or (match["base58"] and _base58_checks(match["base58"]))
            shown = match.group()
            if sure or (shown[0] in "013" and _CRYPTO_WORDS.stand_near(text, *match.span())):
                yield Span("crypto", *match.span())


def _base58_checks(shown: str) -> bool:
    """Whether the last four bytes are the double hash of those before."""
    number = 0
    for char in shown:
        number = number * 58 + _BASE58.index(char)
    zeros = len(shown) - len(shown.lstrip("1"))
    data = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    return len(data) > 4 and sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]
