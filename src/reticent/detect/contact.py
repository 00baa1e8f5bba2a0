"""How somebody is reached: e-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reticent.detect.context import ContextWords
from reticent.detect.gate import Gate, Gated
from reticent.detect.shape import digit_count
from reticent.text.span import Span

__all__ = ["EmailAddresses", "PhoneNumbers"]

_AT_RUN = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]{0,63}[\w!#$%&'*+/=?^`{|}~-]"
_LABEL = r"\w+(?:-+\w+)*"
_ADDRESS = re.compile(rf"\b(?!\.){_LOCAL}@{_LABEL}(?:\.{_LABEL})+\b")
_HOST_END = re.compile(r"(?:[^\W\d]{2,}|xn--[\w-]+)$")

_PROVIDERS = ContextWords(
    "gmail googlemail yahoo hotmail outlook icloud protonmail proton gmx yandex mailbox fastmail comcast verizon"
)
_SIGN = "[@＠]"
_SAID_SIGN = r"(?i)\S(?: at | \[at\] | \(at\) |\(at\)|\[at\])[^\s.,]+(?:[.,]| ?[.,] ?| dot )[a-z]{2}"
_HOSTED = r"(?i)(?:g ?mail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|gmx|yandex|fastmail)[.,][a-z]"
_GLUED_HOST = r"(?i)\S(?:g ?mail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|gmx|yandex|fastmail)[.,][a-z]{2}"
_AT = re.compile(
    r"(?i)(?<=[\w.+-])(?: {0,2}[@＠] {0,2}(?=[\w-])| ?[(\[]at[)\]] ?| at (?=[\w-]{2,63}(?:[.,]| ?[.,] ?| dot )[a-z]))"
)
_BEFORE = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}$")
_HOST = re.compile(r"(?i)[\w-]{1,63}(?:(?: ?[.,] ?| dot )[a-z][\w-]{0,23}){0,3}(?![\w@])")
_GLUED = re.compile(
    r"(?i)(?<![\w.+-])[\w.+-]{1,40}?[\w#$](?:g ?mail|googlemail|yahoo|hotmail|outlook|icloud|protonmail|gmx|"
    r"yandex|fastmail)"
    r"[.,](?:com|net|org|edu|co\.[a-z]{2}|[a-z]{2,3})(?![\w.])"
)
_MAIL_WORDS = ContextWords(
    "email emails mail mailto contact inbox send sent forward cc bcc reply write invite correo courriel adresse "
    "mailadresse posta почта"
)
_COMMANDS = frozenset(
    "ssh scp sftp rsync git su sudo docker npm pip pnpm yarn npx mosh telnet psql mysql ssh-copy-id".split()
)


class EmailAddresses(Gated):
    """E-mail addresses (``email``), also at internal and mistyped hosts, and spoilt ones at a well-known host.

    Whole addresses are those of Presidio's ``EmailRecognizer`` without its list of public suffixes, which it would
    fetch, and which lacks internal and mistyped hosts; a test holds the two together. What lacks its dot, has blanks or
    a 2 for the sign counts if the host is nearly that of a provider, or a word such as "mail" stands nearby.

    >>> EmailAddresses().find("to bob@mail.internal now")
    [Span(kind='email', start=3, stop=20)]
    >>> EmailAddresses().find("to bob @ gmial,com now")
    [Span(kind='email', start=3, stop=18)]
    """

    name = "email"
    words = (_SIGN, r"(?i) at | ?\[at\]| ?\(at\)", _HOSTED)
    shapes = (_SIGN, _SAID_SIGN, _GLUED_HOST)

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        found = []
        for run in _AT_RUN.finditer(text) if "@" in text else ():
            match = _ADDRESS.search(run.group())
            if match and _HOST_END.search(match.group()) and not match.group().startswith("git@"):
                found.append(Span("email", run.start() + match.start(), run.start() + match.end()))
        yield from found
        spoilt = list(_spoilt(text)) if _SIGN in shapes or _SAID_SIGN in shapes else []
        if _GLUED_HOST in shapes:
            spoilt += [match.span() for match in _GLUED.finditer(text) if "//" not in match.group()]
        for start, stop in spoilt:
            if not any(span.start < stop and start < span.stop for span in found):
                found.append(Span("email", start, stop))
                yield found[-1]


def _spoilt(text: str) -> Iterator[tuple[int, int]]:
    """What must have been meant as an address, from sign to sign."""
    for sign in _AT.finditer(text):
        name = _BEFORE.search(text[max(0, sign.start() - 65) : sign.start()])
        host = _HOST.match(text, sign.end())
        if name and host and _is_meant(text, sign, sign.start() - len(name.group()), host):
            yield sign.start() - len(name.group()), host.end()


def _is_meant(text: str, sign: re.Match[str], start: int, host: re.Match[str]) -> bool:
    """Whether the host is nearly that of a provider, or a word says so; a command's argument is a machine's."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if any(word in _COMMANDS for word in line[-200:].split()):
        return False
    labels = re.split(r" ?[.,] ?| dot ", host.group().casefold())
    if labels[0] in _PROVIDERS or (labels[0] in ("mail", "aol", "live", "msn") and len(labels) > 1):
        return "at" not in sign.group() or len(labels) > 1
    if "at" in sign.group().casefold() or host.group()[0].isdigit():
        return len(labels) > 1 and " dot " in host.group()
    glued = " " not in sign.group()
    return glued and _MAIL_WORDS.stand_near(text, start, host.end(), before=4, after=0)


_PHONE_WORDS = ContextWords(
    "phone telephone tel cell cellphone mobile call fax whatsapp sms dial ring reach number telefon handy mobil "
    "nummer téléphone portable teléfono móvil telefono cellulare telefone celular телефон"
)
_SURE_WORDS = ContextWords(
    "phone telephone tel cell cellphone mobile call calling fax whatsapp sms dial telefon mobil téléphone portable "
    "teléfono móvil telefono cellulare telefone celular телефон ring desk office reached contact answering direct "
    "extension landline anrufen rufen appeler llama llame",
    slips_from=4,
)
_SEVEN_DIGITS = r"[0-9](?:[ ().\-/]{0,2}[0-9]){6}"
_PHONE_RUN = re.compile(r"(?<![\w.:/$€£#-])(?<![0-9],)(?:\+|\(|00)?\(?[0-9](?:[ ().\-/]{0,2}[0-9]){6,59}(?![\w:%])")
_EXTENSION = re.compile(r"(?i)(?: ?(?:x|ext\.?|extension|#|poste|durchwahl) ?)[0-9]{1,6}(?!\w)")
_WITH_EXTENSION = re.compile(
    r"(?i)(?<![\w.:/$€£#-])(?<![0-9],)(?:\+|\(|00)?\(?[0-9](?:[ ().\-/]{0,2}[0-9]){6,20}(?: ?(?:x|ext\.? ?|"
    r"extension ) ?)[0-9]{1,6}(?!\w)"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}")
_PHONE_SHAPE = re.compile(
    r"\+|\([0-9]{2,5}\)|(?:1[-. ])?[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}$|0[0-9]{2,5}[ -][0-9]{3,}[ -]?[0-9]{3,}$"
)
_LOCAL_SHAPE = re.compile(
    r"[0-9]{3}[-. ]?[0-9]{4}$|(?:[+(]|00)?\(?[0-9]{1,5}\)?(?:[ .\-/]{0,2}\(?[0-9]{1,10}\)?){1,6}$|[0-9]{9,13}$"
)
_PHONE_DIGITS = range(7, 16)


class PhoneNumbers(Gated):
    """Telephone numbers (``phone``) of the regions given (ISO 3166 codes), and international ones.

    A run of digits counts if it is written like a number of the region, and next to a cue such as "call" also if it
    is no number that exists, is local or unfinished. ``phonenumbers`` decides, as it does in Presidio's
    ``PhoneRecognizer``, without the seconds of importing the latter, and sees the run of digits only.

    >>> PhoneNumbers().find("call +1 415 555 2671 later")
    [Span(kind='phone', start=5, stop=20)]
    """

    name = "phone"
    shapes = (_SEVEN_DIGITS,)
    digits_min = 7

    def __init__(self, regions: Sequence[str] = ("US", "GB"), gate: Gate | None = None) -> None:
        super().__init__(gate)
        self._regions = tuple(regions)

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for run in _WITH_EXTENSION.finditer(text):
            yield Span("phone", *run.span())
        for run in _PHONE_RUN.finditer(text):
            if self._is_phone(run.group(), text, run):
                extension = _EXTENSION.match(text, run.end())
                yield Span("phone", run.start(), extension.end() if extension else run.end())

    def _is_phone(self, shown: str, text: str, run: re.Match[str]) -> bool:
        if digit_count(shown) not in _PHONE_DIGITS or _DATE.search(shown):
            return False
        if _LOCAL_SHAPE.match(shown) and _SURE_WORDS.stand_near(text, *run.span(), before=4, after=1):
            return True
        cued = _PHONE_SHAPE.match(shown) or _PHONE_WORDS.stand_near(text, *run.span())
        return bool(cued) and self._is_number(shown)

    def _is_number(self, shown: str) -> bool:
        """Whether a number of one of the regions is in it, as Presidio's recogniser asks the same library."""
        from phonenumbers import Leniency, PhoneNumberMatcher

        return any(PhoneNumberMatcher(shown, region, leniency=Leniency.VALID).has_next() for region in self._regions)
