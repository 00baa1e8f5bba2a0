"""What is unfinished at the end of a text: what a hard barrier redacts and what an idle barrier keeps open."""

from __future__ import annotations

import re2

from reticent.detect.financial import is_iban
from reticent.detect.labels import ANSWER
from reticent.detect.opaque import names_a_thing, value_at
from reticent.detect.providers import PROVIDERS
from reticent.detect.seed import seed_tail
from reticent.detect.shape import is_mixed, is_random, looks_secret, well_formed
from reticent.detect.words import COMMON_WORDS
from reticent.text.span import Span

__all__ = ["hard_tail", "idle_tail"]

_WINDOW = 300
_DIGITS_MAX = 19
_HEAD_LEAST = 4

_STRONG = "|".join(provider.head for provider in PROVIDERS if not provider.is_weak)
_WEAK = "|".join(provider.head for provider in PROVIDERS if provider.is_weak)
_TOKEN = re2.compile(
    rf"(?:{_STRONG}|github_pa)|(?:^|[\s=:\"'`(,;/@<\[{{])(sk-|[rsp]k_(?:live|test)|pypi-|SG\.|hf_|dapi[0-9a-f]|xprv)"
)
_WEAK_TOKEN = re2.compile(rf"(?:{_WEAK})(\S*)$")
_LAST_TOKEN = re2.compile(r"(\S{4,})$")
_RANDOM_LEAST = 10
_PEM = re2.compile(r"-{4,5}B(?:E(?:G(?:I(?:N[^\n]*)?)?)?)?$")
_IBAN = re2.compile(r"(?i)(?:^|[^\pL\pN])([a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{4}){0,7}[ -]?[a-z0-9]{0,3} ?)$")
_EMAIL = re2.compile(r"([^\s@<>\"'(),;:]+@[\pL\pN][\pL\pN._-]*)$")
_RELEASE_OR_MACHINE = re2.compile(r"@(?:v[0-9]+|v?[0-9]+(?:\.[0-9]+)+)$")
_NOBODY = re2.compile(
    r"(?i)^(?:git@.*|(?:e-?mail|user(?:_?name)?|name|you)@(?:address|host(?:_?name)?|domain|server))$"
)
_LOG_IN = re2.compile(r"(?:^|[\s|&;`(])(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\s[^|&;\n]*$")
_UUID = re2.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_NO_UUID = "_" * 36
_HEX = re2.compile(r"(?i)([0-9a-f]{6,})(?::[\w./-]*)?[\"'),;.?!…]*$")
_IP = re2.compile(r"^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.|$)){4}$")
_DIGITS = re2.compile(r"(\+?\(?[0-9](?:[ .)(-]{0,2}[0-9])*[ -]?)$")
_ISO_DATE = re2.compile(r"^(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?$")
_SSN = re2.compile(r"^[0-9]{3}[- ][0-9]{2}(?:[- ][0-9]{0,4})?$")
_DIGIT_GROUPS = re2.compile(r"(?:^|\s)([+(]?[0-9][0-9().+-]*(?: [0-9().+-]+)* ?)$")
_BEFORE_CUE = re2.compile(
    r"(?i)(?:^|\s)(\S+) (?:i|is|was|ist|est|es|è|é|это)(?: (?:m|my|t|th|the|our|your|his|her|their|mein|mon|mi|"
    r"mia|minha|мой))?(?: \S+){0,2} ?$"
)
_LAST_WORD = re2.compile(r"(?:^|\s)(\S+) $")
_OPEN_QUOTE = re2.compile(
    r"(?i)(?:pass|pwd|pw|secret|token|key|wort|clave|contrase|parola|senha|парол|credential|pin|otp|"
    r"code)[^\s\"'=:]{0,16}[\"']?"
    r"(?:\s{0,3}[=:]\s{0,3}|\s(?:is|to|ist|est|es)\s)(?:\"([^\"\n]*)|'([^'\n]*))$"
)
_OPEN_PHRASE = re2.compile(
    r"(?i)(?:phrase|master password|mot de passe|passwort|(?:wallet|seed|recovery) words|mnemonic)(?: is|:| =|"
    r" are|) ([^\s0-9:=\"']+(?:[ -][^\s0-9:=\"']*)*)$"
)
_OPEN_ANSWER = re2.compile(rf"(?i)(?:{ANSWER})(?: is| was|:| =|) ([^\s:=]+(?: [^\s:=]*){{0,2}})$")


def _iban_head(tail: str) -> int | None:
    """Start of the head of an IBAN: two letters and at least six digits."""
    match = _IBAN.search(tail)
    if match and sum(map(str.isdigit, match.group(1))) >= 6:
        return int(match.start(1))
    return None


def _token_head(tail: str) -> int | None:
    """Start of the head of a vendor token, from four characters on, or of a token that seems drawn by lot."""
    last = _LAST_TOKEN.search(tail)
    if last is None:
        return None
    start, word = int(last.start()), last.group()
    if match := _TOKEN.search(word):
        at = match.start(1) if match.group(1) is not None else match.start()
        return start + at if len(word) - at >= _HEAD_LEAST else None
    if (match := _WEAK_TOKEN.search(word)) and is_mixed(match.group(1)):
        return start + int(match.start())
    if (match := _HEX.search(word)) and names_a_thing(tail, start + match.start(1)):
        word = word[: match.start(1)]
    start += value_at(word)
    word = word[value_at(word) :]
    return start if is_random(word, _RANDOM_LEAST) and not is_iban(word) else None


def _email_head(tail: str) -> int | None:
    """Start of the head of an address; releases of code and log-ins at a machine only look like one."""
    match = _EMAIL.search(tail)
    if match is None:
        return None
    shown = match.group(1).rstrip(".")
    if _RELEASE_OR_MACHINE.search(shown) or _NOBODY.search(shown):
        return None
    is_log_in = "." not in shown.rpartition("@")[2] and _LOG_IN.search(tail[: match.start(1)])
    return None if is_log_in else int(match.start(1))


def _last_digits(tail: str) -> tuple[int, str] | None:
    """Start and text of the trailing digit run, cut to whole groups of at most 19 digits: no identifier is longer."""
    match = _DIGITS.search(tail)
    if not match:
        return None
    start, run = match.start(1), match.group(1)
    while sum(map(str.isdigit, run)) > _DIGITS_MAX:
        step = next((i for i, char in enumerate(run) if i and char in " -" and run[i + 1 : i + 2].isdigit()), None)
        if step is None:
            break
        start, run = start + step + 1, run[step + 1 :]
    return start, run


def _is_whole(run: str) -> bool:
    """Whether digits are a date or the address of a machine, not the head of a number."""
    return _ISO_DATE.search(run) is not None or _IP.search(run) is not None


def _digits_kind(run: str) -> str:
    if run.startswith("+"):
        return "phone"
    return "ssn" if _SSN.search(run.strip()) else "card"


def hard_tail(text: str) -> Span | None:
    """The unfinished structured identifier at the end of ``text``, which a hard barrier must treat as a match.

    Heads of private keys and vendor tokens (from 4 characters on), of an IBAN and of an e-mail address, and six or
    more trailing digits that are no date. A log-in such as ``ssh ann@server`` is no address while its machine has no
    domain.

    >>> hard_tail("key AKIAIOSFODNN7EX")
    Span(kind='token', start=4, stop=19)
    >>> hard_tail("see you on 2025-03-04"), hard_tail("see you")
    (None, None)
    """
    offset = max(0, len(text) - _WINDOW)
    tail = _UUID.sub(_NO_UUID, well_formed(text[offset:]))  # those are no heads of anything
    if match := _PEM.search(tail):
        return Span("private_key", offset + match.start(), len(text))
    if (start := _token_head(tail)) is not None:
        return Span("token", offset + start, len(text))
    if (start := _iban_head(tail)) is not None:
        return Span("iban", offset + start, len(text))
    if (start := _email_head(tail)) is not None:
        return Span("email", offset + start, len(text))
    digits = _last_digits(tail)
    if digits and sum(map(str.isdigit, digits[1])) >= 6 and not _is_whole(digits[1].strip()):
        return Span(_digits_kind(digits[1]), offset + digits[0], len(text))
    return None


def idle_tail(text: str) -> int:
    """Where the part of ``text`` begins that must stay open at an idle barrier; ``len(text)`` if nothing must.

    >>> idle_tail("plain words "), idle_tail("plain words"), idle_tail("pay 4111 1111 ")
    (12, 6, 4)
    """
    offset = max(0, len(text) - _WINDOW)
    tail = well_formed(text[offset:])
    starts = [len(tail) if tail[-1:].isspace() else len(tail) - len(tail.split()[-1]) if tail.strip() else len(tail)]
    if (start := _iban_head(tail)) is not None:
        starts.append(start)
    if _DIGIT_GROUPS.search(tail) and (digits := _last_digits(tail)):
        starts.append(digits[0])
    if (match := _BEFORE_CUE.search(tail)) and match.group(1).casefold().strip("\"',.!?") not in COMMON_WORDS:
        starts.append(match.start(1))
    if (match := _LAST_WORD.search(tail)) and looks_secret(match.group(1)):
        starts.append(match.start(1))
    if match := _OPEN_QUOTE.search(tail):
        starts.append(match.start(1) if match.group(1) is not None else match.start(2))
    starts += [match.start(1) for rule in (_OPEN_PHRASE, _OPEN_ANSWER) if (match := rule.search(tail))]
    starts.append(seed_tail(tail))
    return offset + min(starts)
