"""Where somebody lives: postal addresses, from the house number to the country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.detect.gate import Gated
from reticent.detect.words import COMMON_WORDS
from reticent.text.span import Span

__all__ = ["StreetAddresses"]

_STREETS = (
    r"street|str?|road|rd|avenue|ave?|lane|ln|drive|dr|court|ct|close|crescent|cres|terrace|boulevard|blvd|square|sq|"
    r"highway|hwy|parkway|pkwy|mews|gardens"
)
"""What a street is called in lower case too (Publication 28 of the US Postal Service, appendix C1, and British "
"ones)."""
_PLACES = (
    r"alley|branch|bridge|brooks?|burgs?|bypass|camp|canyon|cape|causeway|centers?|circles?|cliffs?|club|commons?|"
    r"corners?|course|courts|coves?|creek|crest|crossing|crossroads?|curve|dale|dam|divide|drives|estates?|expressway|"
    r"extensions?|falls?|ferry|fields?|flats?|fords?|forest|forges?|forks?|fort|freeway|garden|gateway|glens?|greens?|"
    r"groves?|harbors?|haven|heights|hills?|hollow|inlet|islands?|isle|junctions?|keys?|knolls?|lakes?|land|landing|"
    r"lights?|loaf|locks?|lodge|loop|mall|manors?|meadows?|mills?|mission|motorway|mount|mountains?|neck|orchard|oval|"
    r"overpass|parks?|parkways|pass|passage|path|pike|pines?|place|pl|plains?|plaza|points?|ports?|prairie|radial|ramp|"
    r"ranch|rapids?|rest|ridges?|river|roads|route|row|rue|run|shoals?|shores?|skyway|springs?|spur|squares|station|"
    r"stravenue|stream|streets|summit|throughway|trace|track|trafficway|trail|tunnel|turnpike|underpass|unions?|"
    r"valleys?|via|viaduct|views?|villages?|ville|vista|walks?|wall|ways?|wells?|yard|wharf|quay|broadway"
)
"""What one may be called besides, which in lower case says little."""
_HOUSE = r"(?<![\w.,$€£#:/+-])(?P<house>[0-9]{1,6}[A-Za-z]?)"
_HOUSE_GATE = rf"[0-9][A-Za-z]?,? [^\s]+ (?:[^\s]+ )?(?:[^\s]+ )?(?:[^\s]+ )?(?i:{_STREETS}|{_PLACES})\b"
_ENGLISH = re.compile(
    rf"{_HOUSE},? (?P<names>(?:[\w'’][\w'’.-]{{0,23}} ){{1,4}}?)(?i:(?P<street>{_STREETS})|"
    rf"(?P<place>{_PLACES}))(?![\w-])"
)
_GLUED_GATE = (
    r"(?i)(?:stra(?:ß|ss)e|str\.|straat|gatan|vägen|gasse|weg|platz|allee|damm|ufer|laan|gracht|plein|kade|hove|gata|"
    r"veien|vegen|gade|vej|stræde|stien|katu|kuja|utca|braut|vegur) [0-9]"
)
_GLUED = re.compile(
    r"(?<![\w-])(?:[0-9]{1,6} )?(?:(?i:[^\W\d_]{3,20}(?:stra(?:ß|ss)e|str\.|straat|gatan|vägen))"
    r"|[^\W\d_]{2,20}(?:gasse|weg|platz|allee|damm|ufer|laan|gracht|plein|kade|hove|gata|veien|vegen|"
    r"gade|vej|stræde|stien|katu|kuja|lankuja|utca|braut|vegur)) [0-9]{1,4}[a-z]?(?!\w)"
)
_PREFIXED_GATE = (
    r"(?i:[0-9],? (?:bis )?(?:rue|avenue|boulevard|chemin|impasse|allée|quai|place|calle|rua|avenida|via|viale|"
    r"piazza|corso)) "
    r"|(?:Calle|Via|Viale|Piazza|Corso|Rua|Avenida|Paseo|Plaza|Praça|Travessa|Carrera|ul\.|Rue) [^\n]*[0-9]"
)
_PREFIXED = re.compile(
    r"(?i:(?<![\w-])(?:[0-9]{1,6},? )(?:bis )?(?:rue|avenue|boulevard|chemin|impasse|allée|quai|place|calle|rua|"
    r"avenida|via|"
    r"viale|piazza|corso) [\w'’.-]{2,24}(?: [\w'’.-]{2,24}){0,4}?(?=[\s,]|$))"
    r"|(?<![\w-])(?:[0-9]{1,6} )?(?:Calle|Via|Viale|Piazza|Corso|Rua|Avenida|Paseo|Plaza|Praça|Travessa|Carrera|"
    r"ul\.|Rue)"
    r"(?: [\w'’.-]{1,24}){1,5}? [0-9]{1,4}[a-z]?(?!\w)"
)
_BOX_GATE = r"(?i)box #?[0-9]|postfach [0-9]"
_BOX = re.compile(
    r"(?i)(?<!\w)(?:p\.? ?o\.? ?box #?[0-9]{1,6}|(?:psc|unit|cmr) [0-9]{2,5},? box [0-9]{2,5}|"
    r"postfach [0-9][0-9 ]{1,7})"
)
_UNIT = r"(?:apt|apartment|suite|ste|unit|flat|bldg|building|wohnung|appartement|appt)\.? ?#?[0-9]{1,5}[A-Za-z]?"
_FLAT_GATE = rf"(?i){_UNIT}"
_FLAT = re.compile(rf"(?i)(?<!\w){_UNIT}(?!\w)")
_CUE = re.compile(
    r"(?i)(?<!\w)(?:(?:live|lives|living|lived|reside|resides|stay|staying|located|based|meet(?: me| us)?|is|it's|"
    r"am|off)"
    r" (?:at|on|in)|address(?:es)?(?: is|:| to| with|, here they are:)?|(?:moved|ship|send|sent|deliver|delivered|"
    r"one|it|"
    r"them|enter|mail)(?: it| them)? (?:to|on))[\s:>]{1,4}(?=[0-9]{1,6}[A-Za-z]?,? [\"']?[^\W\d_])"
)
_CUE_GATE = r"(?i)(?: at| on| in|address[^0-9\n]{0,28}| to| with)[\s:>]{1,4}[0-9]{1,6}[A-Za-z]?,? [\"']?\pL"
_NUMBERED_GATE = (
    r"[0-9][A-Za-z]? (?:[0-9]+ )?[\p{Lu}\p{Lo}0-9]\S* (?:\S+ )?(?:\S+ )?(?:\S+ )?(?:\S+ "
    r")?[0-9]{1,4}[a-z]?\.?(?:[,\n]|$)"
)
_NUMBERED = re.compile(
    rf"{_HOUSE} (?:[0-9]{{1,5}} )?(?P<names>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){{0,4}}?) [0-9]{{1,4}}[a-z]?\.?(?=[,\n]|$)"
)
_TOKEN = re.compile(r"(?P<gap>[\s,;>|?\\]{1,14}|(?=[,]))(?P<token>[^\s,;>|?\\]+)")
_POSTCODE = re.compile(
    r"(?i)#?[0-9]{2,6}(?:-[0-9]{3,4})?[a-z]?$|[a-z]{1,2}-[0-9]{4,5}$|[a-z]{1,2}[0-9][0-9a-z]?$|[0-9][a-z]{2}$|"
    r"[a-z][0-9][a-z]$"
)
_CONNECTORS = frozenset(
    (
        "de des la le les del della di da do dos das du des of upon am im an der den sur en el y the nan i na nad pod"
    ).split()
)
_UNIT_WORDS = frozenset("apt apartment suite ste unit flat bldg building box apo dpo fpo aa ae ap floor".split())
_NOT_NAMES = frozenset(
    (
        "a an the of in on at to is are was be for and or by per with from my your our his her their this that no "
        "not one two second seconds minute minutes min mins hour hours day days week weeks month months year years "
        "am pm mile miles km meter meters metre metres foot feet people items times percent gb mb tb kb hard flash "
        "usb pen test disk things more other new different same wide long first last next dollar dollars euro euros "
        "pound pounds points left right x"
    ).split()
)
_TOKENS_MAX = 16
_SPAN_MAX = 160


class StreetAddresses(Gated):
    """Postal addresses (``address``): a house number and a street, a box or a flat, and what follows of town and state.

    >>> StreetAddresses().find("ship to 1825 Brittany Bypass, Judithbury, Ohio 29158, please")
    [Span(kind='address', start=8, stop=52)]
    >>> StreetAddresses().find("that is a 30 minute drive")
    []
    """

    name = "address"
    shapes = (_HOUSE_GATE, _GLUED_GATE, _PREFIXED_GATE, _BOX_GATE, _FLAT_GATE, _CUE_GATE, _NUMBERED_GATE)
    digits_min = 1

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        done = 0
        for start, stop in sorted(_cores(text, shapes)):
            if stop > done:
                done = _extended(text, stop)
                yield Span("address", start, min(done, start + _SPAN_MAX))


def _cores(text: str, shapes: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The parts that say that an address is here."""
    if _HOUSE_GATE in shapes:
        yield from (match.span() for match in _ENGLISH.finditer(text) if _is_street(match))
    for gate, pattern in ((_GLUED_GATE, _GLUED), (_PREFIXED_GATE, _PREFIXED), (_BOX_GATE, _BOX)):
        for match in pattern.finditer(text) if gate in shapes else ():
            yield _numbered_start(text, match.start()), match.end()
    for match in _FLAT.finditer(text) if _FLAT_GATE in shapes else ():
        start = _numbered_start(text, match.start())
        if start < match.start():
            yield start, match.end()
    for match in _CUE.finditer(text) if _CUE_GATE in shapes else ():
        stop = _extended(text, match.end())
        name = re.search(r"[^\W\d_]{2,}", text[match.end() : stop])
        if name and name.group().casefold() not in _NOT_NAMES:
            yield match.end(), stop
    for match in _NUMBERED.finditer(text) if _NUMBERED_GATE in shapes else ():
        if _is_capital(match["names"]):
            yield match.span()


def _is_street(match: re.Match[str]) -> bool:
    """Whether names precede what a street is called: capitals throughout, or no word that rules it out."""
    names = match["names"].split()
    plain = [name.casefold().strip(".,") in _NOT_NAMES for name in names]
    if all(map(_is_capital, names)) and _is_capital(match["street"] or match["place"]):
        return not all(plain)
    return match["street"] is not None and not any(plain)


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in _CONNECTORS


def _numbered_start(text: str, start: int) -> int:
    """Where the house number of a street stands whose end is known; the end itself if there is none."""
    first = position = start
    words = re.finditer(r"[^\s,;>|?\\]+", text[max(0, start - 80) : start])
    offset = max(0, start - 80)
    for word in reversed(list(words)[-9:]):
        token = word.group()
        if (
            not (_is_capital(token) or _POSTCODE.match(token))
            or token.endswith((":", "!"))
            or text[offset + word.end() : position].count("\n") > 1
        ):
            break
        position = offset + word.start()
        if token[0].isdigit():
            first = position
    return first


def _extended(text: str, stop: int) -> int:
    """Where the address ends: units, postcodes, capitals and what joins them follow its street."""
    position, previous, lower = stop, text[max(0, stop - 8) : stop], text[max(0, stop - 24) : stop].islower()
    for _ in range(_TOKENS_MAX):
        match = _TOKEN.match(text, position)
        if match is None or match["gap"].count("\n") > 2 or _ends_sentence(previous):
            break
        token = match["token"]
        if token == "I" or ("?" in match["gap"] and "\n" not in match["gap"]):
            break
        plain = token.rstrip(".:!)\"'")
        if token.endswith(":") or not plain:
            break
        if _belongs(plain):
            stop = match.start("token") + len(plain)
        elif lower and plain.isalpha() and plain.casefold() not in COMMON_WORDS and len(plain) > 2:
            stop, lower = match.start("token") + len(plain), False
        elif plain not in _CONNECTORS:
            break
        position, previous = match.end(), token
    return stop


def _belongs(word: str) -> bool:
    return word[0].isupper() or word.casefold() in _UNIT_WORDS or _POSTCODE.match(word) is not None


def _ends_sentence(word: str) -> bool:
    return word.endswith((".", "!")) and word.rsplit(maxsplit=1)[-1].casefold().strip(".") not in _ABBREVIATED


_ABBREVIATED = frozenset("st str ave rd dr blvd apt ste ln ct sq pl u no nr bldg hwy cres".split()) | _UNIT_WORDS
