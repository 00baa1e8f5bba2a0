"""Who somebody is by number or by date: social security, papers of any country, dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.detect.context import ContextWords, overlapping
from reticent.detect.gate import Gated
from reticent.text.span import Span

__all__ = ["DatesOfBirth", "Documents", "SocialSecurityNumbers"]

_FIVE_DIGITS = r"[0-9]{3}[- .]?[0-9]{2}"
_SSN = re.compile(r"(?<!\w)[0-9]{3}(?:(?P<by>[- .])[0-9]{2}(?P=by)|[- .]?[0-9]{2}[- .]?)[0-9]{4}(?!\w|[-.][0-9])")
_HALF_SSN = re.compile(r"(?<![\w.,])[0-9]{3}(?:[- .]?[0-9]{2}[- .]?[0-9]{0,3}|[- .]?[0-9]{6,8})(?!\w)")
_SSN_SAMPLES = frozenset(("123456789", "987654320", "078051120"))
_SSN_WORDS = ContextWords("social security ssn ssns ssid")


class SocialSecurityNumbers(Gated):
    """US social security numbers (``ssn``): grouped ones, and nine digits, or some of them, next to a cue.

    >>> SocialSecurityNumbers().find("536-22-8145")
    [Span(kind='ssn', start=0, stop=11)]
    """

    name = "ssn"
    shapes = (_FIVE_DIGITS,)
    digits_min = 5

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for match in _SSN.finditer(text):
            digits = re.sub("[^0-9]", "", match.group())
            if (match["by"] and _is_issued(digits)) or _SSN_WORDS.stand_near(text, *match.span()):
                yield Span("ssn", *match.span())
        for match in _HALF_SSN.finditer(text):
            if _SSN_WORDS.stand_near(text, *match.span(), before=4, after=0):
                yield Span("ssn", *match.span())


def _is_issued(digits: str) -> bool:
    """Whether the Social Security Administration may have issued it."""
    fits = digits[:3] not in ("000", "666") and digits[3:5] != "00" and digits[5:] != "0000"
    return fits and digits not in _SSN_SAMPLES and len(set(digits)) > 1


_NUMBER = r"(?:number|num|no|nr|id|card|code|identifier|nummer|n[úu]mero|numero|n[°º])"
_SURE = (
    r"passport|pass(?:e)?port|pasaporte|passaporto|reisepass|driv(?:er|ing)['’]?s?['’]? ?licen[cs]e|dl|f[üu]hrerschein|"
    r"permis de conduire|patente|personalausweis|ausweis|license plate|licence plate|number plate|plate|kennzeichen|"
    r"national id(?:entity)?|identity card|id card|dni|nie|nif|cpf|cnpj|pesel|bsn|insee|aadhaa?r|personnummer|hetu|"
    r"nhs|nino|national insurance|tax id|taxpayer|tin|itin|ein|vat|steuer-?id|steuer|codice fiscale|sort code|routing|"
    r"mrn|medicare|medicaid|sozialversicherungs|rentenversicherungs|versicherungs|s[ée]curit[ée] sociale|"
    r"seguridad social"
)
_WEAK = (
    r"tax|account|acct|konto|cuenta|compte|policy|member(?:ship)?|employee|staff|student|patient|medical record|"
    r"insurance|identity|identification|customer|license|licence|id"
)
_LABEL = re.compile(
    rf"(?i)(?<!\w)(?:(?:{_SURE})(?:[ -]?{_NUMBER})?(?: ?{_NUMBER})?|(?:{_WEAK})[ -]?(?:card |id )?{_NUMBER})"
    r"(?:\.|s)?(?: ?[#:=(]{1,2})?(?: (?:is|was|ist|est|es|è|are))?[ :=#(\"']{1,3}"
)
_VALUE = re.compile(
    r"(?=[0-9A-Za-z/.-]*[0-9]|[A-Z]{2,4}-[A-Z]{4}|[A-Z]{1,4}[ -][0-9])[0-9A-Za-z]{1,24}"
    r"(?:[-/.][0-9A-Za-z]{1,12}|[ ](?=[0-9A-Za-z]{0,6}[0-9])[0-9A-Z]{1,7}(?![\w-])){0,6}(?![\w@])"
)
_NUMBERED_WORD = (
    rf"(?i)(?:{_SURE}|(?:{_WEAK})[ -]?(?:card |id )?{_NUMBER})[^0-9\n]{{0,24}}(?-i:[0-9]|[A-Z]{{2,4}}-[A-Z])"
)
_PLATE = re.compile(
    r"(?=[0-9A-Za-z]{0,8}[- ]?[0-9])[0-9A-Za-z]{1,8}(?:[- ](?:[0-9A-Z]{1,4}|[0-9a-z]*[0-9][a-z]*))?(?!\w)"
)
_VALUE_MIN, _VALUE_MAX = 4, 40


class Documents(Gated):
    """Numbers of papers, plates, accounts and memberships (``document``) by what is written before them.

    >>> Documents().find("my passport number is K60473288 ok")
    [Span(kind='document', start=22, stop=31)]
    """

    name = "document"
    words = (f"(?i){_SURE}|{_WEAK}",)
    shapes = (_NUMBERED_WORD,)
    digits_min = 1

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for label in _LABEL.finditer(text):
            value = (_PLATE if "plate" in label.group().casefold() else _VALUE).match(text, label.end())
            if value and _VALUE_MIN <= len(value.group()) <= _VALUE_MAX and _is_value(value.group()):
                yield Span("document", *value.span())


def _is_value(shown: str) -> bool:
    """Whether it is a number of something rather than a year or a version."""
    if re.fullmatch(r"[A-Z]{2,4}-[0-9A-Z]{4,24}", shown):
        return True
    digits = sum(map(str.isdigit, shown))
    return digits >= 2 and not re.fullmatch(r"(?:19|20)[0-9]{2}|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}", shown)


_MONTHS = ContextWords(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet "
    "août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre januari "
    "februari maart "
    "mei augustus janeiro fevereiro março maio junho julho setembro outubro novembro dezembro"
)
_DATE = re.compile(
    r"(?<![\w.,/-])(?:[0-9]{1,4}(?P<by>[-./ ])[0-9]{1,2}(?P=by)[0-9]{0,4}"
    r"|[0-9]{1,2}(?:st|nd|rd|th|\.)?[ -](?:of |de )?(?P<month>[^\W\d_]{3,10})\.?(?:[ ,-]{1,2}(?:de )?[0-9]{1,4})?"
    r"|(?P<first>(?i:jan|feb|m[aä]r|ap|ma[yi]|jun|jul|aug|ao|sep|o[ck]t|nov|de[cz]|enero|abr|ago|dic|gen|mag|giu|"
    r"lug|set|ott)"
    r"[^\W\d_]{0,8})\.? (?:[0-9]{1,2}(?:st|nd|rd|th)?(?:,? [0-9]{1,4})?|(?:19|20)[0-9]{2})(?!\w)|"
    r"[0-9]{1,2}[-./][0-9]{1,4}|[0-9]{8}|[0-9]{6}|(?:19|20)[0-9]{2})(?![\w/-])"
)
_ANY_DATE = (
    r"[0-9][-./ ][0-9]{1,2}[-./ ][0-9]|[0-9](?:st|nd|rd|th|\.)?[ -](?i:of |de )?\pL{3}|\pL{3}\.? [0-9]{1,4}|"
    r"[0-9][-./][0-9]|(?:19|20)[0-9]{2}|[0-9]{6}"
)
_BIRTH_WORDS = ContextWords(
    "born birthday birthdate birth dob bday geboren geburtsdatum geburtstag naissance nacimiento nacido nacida nascita "
    "nato nata nascimento nascido nascida né née geboorte född fødselsdato urodzony urodzona рождения родился родилась",
    slips_from=4,
)
_DOTTED = re.compile(r"(?i)(?<!\w)d[./] ?o[./] ?b")
_DOTTED_DOB = re.compile(r"(?i)(?<!\w)d[./] ?o[./] ?b[./]?\W{0,3}(?:is )?$")


class DatesOfBirth(Gated):
    """Dates next to a word about birth (``birth_date``), also half-typed.

    >>> DatesOfBirth().find("borrn 15 march 1991 in leeds")
    [Span(kind='birth_date', start=6, stop=19)]
    """

    name = "birth_date"
    shapes = (_ANY_DATE,)
    digits_min = 2

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        if not _BIRTH_WORDS.stand_in(text) and not _DOTTED.search(text):
            return
        done = 0
        for match in overlapping(_DATE, text):
            word = match["month"] or match["first"]
            if match.end() <= done or (word and word not in _MONTHS):
                continue
            near = _BIRTH_WORDS.stand_near(text, *match.span(), before=5, after=3)
            if near or _DOTTED_DOB.search(text[max(0, match.start() - 16) : match.start()]):
                done = match.end()
                yield Span("birth_date", match.start(), done)
