"""National identity numbers of the regions asked for, as Presidio's recognisers of these countries know them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from reticent.detect.gate import Gate, Gated
from reticent.detect.presidio import recognize
from reticent.detect.shape import well_formed
from reticent.errors import ReticentError
from reticent.text.span import Span

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

__all__ = ["NATIONAL_REGIONS", "NationalIds"]


class _Rule(NamedTuple):
    """A recogniser of Presidio, and what every number that it finds looks like."""

    recognizer: str
    shape: str


_ELEVEN = r"\b[0-9]{11}\b"
_NINE_OF_TEN = r"[0-9]{3}[- ]?[0-9]{3}[- ]?[0-9]{3,4}"
_RULES: dict[str, tuple[_Rule, ...]] = {
    "AU": (_Rule("AuTfnRecognizer", _NINE_OF_TEN), _Rule("AuMedicareRecognizer", r"[2-6][0-9]{3} ?[0-9]{5} ?[0-9]")),
    "CA": (_Rule("CaSinRecognizer", _NINE_OF_TEN),),
    "DE": (
        _Rule("DeTaxIdRecognizer", _ELEVEN), _Rule("DeSocialSecurityRecognizer", r"(?i)[0-9]{8}[a-z][0-9]{3}"),
        _Rule("DeIdCardRecognizer", r"(?i)\b[cfghjklmnprtvwxyz][0-9a-z]{7}[0-9]\b"),
        _Rule("DeHealthInsuranceRecognizer", r"(?i)\b[a-z][0-9]{9}\b"),
    ),
    "ES": (_Rule("EsNifRecognizer", r"(?i)[0-9]{7}-?[a-z]\b"), _Rule("EsNieRecognizer", r"(?i)[0-9]{7}-?[a-z]\b")),
    "FI": (_Rule("FiPersonalIdentityCodeRecognizer", r"(?i)[0-9]{6}[-+a-fu-y][0-9]{3}[0-9a-y]"),),
    "GB": (
        _Rule("UkNinoRecognizer", r"(?i)\b[a-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]\b"),
        _Rule("UkDrivingLicenceRecognizer", r"(?i)\b[a-z9]{5}[0-9]{6}[a-z9]{2}[a-z0-9][a-z]{2}\b"),
        _Rule("NhsRecognizer", rf"(?i)\bnhs\b[^\n]*{_NINE_OF_TEN}|{_NINE_OF_TEN}[^\n]*\bnhs\b"),
    ),
    "IN": (
        _Rule("InPanRecognizer", r"(?i)\b[a-z]{5}[0-9]{4}[a-z]\b"),
        _Rule("InAadhaarRecognizer", r"[0-9]{4}[- :]?[0-9]{4}[- :]?[0-9]{4}"),
    ),
    "IT": (_Rule("ItFiscalCodeRecognizer", r"(?i)[a-z]{6}[0-9l-v]{2}[a-z][0-9l-v]{2}[a-z][0-9l-v]{3}[a-z]"),),
    "KR": (
        _Rule("KrRrnRecognizer", r"[0-9]{6}-?[1-4][0-9]{6}"), _Rule("KrFrnRecognizer", r"[0-9]{6}-?[5-8][0-9]{6}"),
    ),
    "NG": (_Rule("NgNinRecognizer", _ELEVEN),),
    "PH": (_Rule("PhUmidRecognizer", r"[0-9]{4}-[0-9]{7}-[0-9]"),),
    "PL": (_Rule("PlPeselRecognizer", _ELEVEN),),
    "SE": (_Rule("SePersonnummerRecognizer", r"[0-9]{6,8}[-+]?[0-9]{4}"),),
    "SG": (_Rule("SgFinRecognizer", r"(?i)\b[a-z][0-9]{7}[a-z]\b"),),
    "TH": (_Rule("ThTninRecognizer", r"[1-9][0-9]{12}"),),
    "TR": (_Rule("TrNationalIdRecognizer", _ELEVEN),),
    "US": (_Rule("UsItinRecognizer", r"\b9[0-9]{2}[- ]?[5-9][0-9][- ]?[0-9]{4}\b"),),
    "ZA": (_Rule("ZaIdNumberRecognizer", r"\b[0-9]{10}[0-2][89][0-9]\b"),),
}  # fmt: skip
NATIONAL_REGIONS = frozenset(_RULES)
"""Regions whose national numbers are known; of others only their telephone numbers are."""

_REACH = 64
_CANDIDATES_MAX = 200


@cache
def _recognizer(name: str) -> EntityRecognizer:
    import presidio_analyzer.predefined_recognizers as recognizers
    import regex

    recognizer = getattr(recognizers, name)()
    recognizer.global_regex_flags = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
    return cast("EntityRecognizer", recognizer)


class NationalIds(Gated):
    """National identity, tax and insurance numbers (``national_id``) of the regions given (ISO 3166 codes).

    Presidio's recognisers decide, and see only what has the shape of such a number and the words beside it: so their
    time is bounded, and Presidio is imported when the first number of that shape is typed.

    >>> NationalIds(["GB"]).find("my nino is AB 12 34 56 C ok")
    [Span(kind='national_id', start=11, stop=24)]
    """

    name = "national_id"
    digits_min = 4

    def __init__(self, regions: Sequence[str] = ("US", "GB"), gate: Gate | None = None) -> None:
        super().__init__(gate)
        self._rules = tuple(rule for region in dict.fromkeys(regions) for rule in _RULES.get(region, ()))
        self.shapes = tuple(rule.shape for rule in self._rules)

    def find(self, text: str) -> list[Span]:
        """All spans.

        Raises:
            ReticentError: a recogniser failed or ran out of time, or there is too much for it to look at.
        """
        return super().find(text)

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        text = well_formed(text)
        yield from sorted({span for rule in self._rules if rule.shape in shapes for span in _found(rule, text)})


def _found(rule: _Rule, text: str) -> Iterator[Span]:
    for count, match in enumerate(re.finditer(rule.shape, text)):
        if count >= _CANDIDATES_MAX:
            raise ReticentError(
                f"more than {_CANDIDATES_MAX} candidates for {rule.recognizer}; the text counts as unspecified"
            )
        offset = max(0, match.start() - _REACH)
        window = text[offset : min(match.end(), match.start() + 2 * _REACH) + _REACH]
        for start, stop in recognize(_recognizer(rule.recognizer), window):
            if offset + start < match.end() and match.start() < offset + stop:
                yield Span("national_id", offset + start, offset + stop)
