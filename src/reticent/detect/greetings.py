"""Names that only a greeting, a sign-off or an introduction gives away; needs no model."""

from __future__ import annotations

import re
from collections.abc import Callable

import re2

from reticent.detect.shape import well_formed
from reticent.detect.truecase import is_ordinary
from reticent.text.span import Span

__all__ = ["Greetings"]

_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|herr|frau|monsieur|madame|señora?|sra?)"
_HELLO = (
    r"hi|hey|hello|hiya|dear|good (?:morning|afternoon|evening)|morning|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|"
    r"sehr geehrte[rs]?|bonjour|salut|chère?|cher|hola|estimad[oa]|querid[oa]|buen(?:os d[ií]as|as tardes)|ciao|"
    r"buongiorno|ol[áa]|car[oa]|prezad[oa]|hoi|beste|geachte|hej|hei|kära|cześć|witaj|привет|здравствуйте"
)
_BYE = (
    r"(?:best|kind|kindest|warm|warmest|many)? ?(?:regards|wishes)|sincerely|yours(?: (?:truly|sincerely|faithfully))?|"
    r"sincerely yours|cheers|thanks|thank you|many thanks|thx|best|love|cordially|"
    r"(?:mit )?(?:freundlichen|besten|liebe[n]?|viele[n]?|herzliche[n]?) grü(?:ß|ss)e?n?|lg|mfg|vg|"
    r"cordialement|bien à vous|saludos(?: cordiales)?|un abrazo|atentamente|cordiali saluti|saluti|"
    r"atenciosamente|abraços|groeten|met vriendelijke groet|hälsningar|pozdrawiam|с уважением"
)
_HAILED = rf"(?im)^[ \t]*(?:{_HELLO})[ \t]+"
_SIGNED = rf"(?im)(?:^|[.!?][ \t]+)(?:{_BYE})[ \t]*[,!–-]?(?:[ \t]*\n[ \t]*|,[ \t]*)"
_SPEAKING = r"(?i)(?:^|[^\pL])(?:this is|it[’']s|hier ist|ici|aquí|qui è|au fala|aqui é)[ \t]+"
_INTRODUCED = (
    r"(?i)(?:^|[^\pL])(?:my name is|my name[’']s|i am called|call me|mein name ist|ich hei(?:ß|ss)e|je m[’']appelle|"
    r"me llamo|mi nombre es|mi chiamo|meu nome é|ik heet|mijn naam is|jag heter|меня зовут)[ \t]+"
)
_TITLED = rf"(?i)(?:^|[^\pL]){_TITLE}(?:\.[ \t]*|[ \t]+)"

_NOBODY = frozenset(
    """
    all everyone everybody team folks guys both sir madam there again anyone someone friends customer colleague
    colleagues support moderator admin mom dad mum nobody people world kitty santa god siri alexa google claude chatgpt
    lol ok yes no thanks cheers regards see let please i we you alle zusammen
    tous todos tutti allen allemaal
    """.split()
)
_ALSO_WORDS = frozenset(
    """
    mark bill will rose grace frank april june hope joy faith chase drew dale dean glen ray rob sue pat art guy ivy lily
    daisy dawn eve gene jay ken miles nick pierce rich ruby sandy skip summer wade amber angel autumn crystal earnest
    ginger hazel heather iris jasmine jewel melody misty opal olive pearl robin victor violet
    """.split()
)
"""First names that are words too: names where somebody is addressed or signs, in any case."""

_TITLE_HERE = re.compile(rf"(?i){_TITLE}(?:\.[ \t]*|[ \t]+)")
_WORD = re.compile(r"[^\W\d_](?:[.'’-]?[^\W\d_]){1,24}(?![\w@])")
_NAMES_MAX = 4
_ENDS = re.compile(r"[ \t.]*(?:\n|\Z)")
_ANSWERS = re.compile(r"(?i)[ \t]+(?:speaking|calling|here|am apparat|à l[’']appareil|al habla|al telefono|falando)\b")
_ADDRESSED = re.compile(r"[ \t]*(?:[,!:;–-]|\n|\Z)")


class Greetings:
    """Finds the name in "Hi Maria," and "Best regards, Karl", "this is Karl speaking", "Dear Mr ..." (kind ``name``).

    Words that a dictionary has are no names here, in whatever case, unless a title or capitals say so. Names without a
    capital are found where ``lower_case`` asks for them: "hello bob" is ordinary chat to whoever looks for no names.

    >>> Greetings().find("Hi Maria, the helicopter is late")
    [Span(kind='name', start=3, stop=8)]
    >>> Greetings().find("hi maria, thanks all"), Greetings(lower_case=True).find("hi there, thanks all")
    ([], [])
    """

    name = "greetings"

    def __init__(self, *, lower_case: bool = False) -> None:
        self._lower_case = lower_case
        self._cues = re2.Set.SearchSet()
        self._finders = [
            (re2.compile(_HAILED), _hailed), (re2.compile(_SIGNED), _signed), (re2.compile(_SPEAKING), _speaking),
            (re2.compile(_INTRODUCED), _introduced), (re2.compile(_TITLED), _titled),
        ]  # fmt: skip
        for pattern, _ in self._finders:
            self._cues.Add(pattern.pattern)
        self._cues.Compile()

    def may_find(self, text: str) -> bool:
        """Whether a greeting, a sign-off, a title or an introduction is there."""
        return bool(self._cues.Match(text.encode("utf-8", "replace")))

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        text = well_formed(text)
        found: set[Span] = set()
        for at in self._cues.Match(text.encode()) or ():
            pattern, named = self._finders[at]
            for cue in pattern.finditer(text):
                span = named(text, cue.end())
                if span is not None and (self._lower_case or text[span[0]].isupper()):
                    found.add(Span("name", *span))
        return sorted(found)


def _hailed(text: str, start: int) -> tuple[int, int] | None:
    title = _TITLE_HERE.match(text, start)
    if title is not None:
        return _titled(text, title.end())
    return _name_at(text, start) or _capital_name_at(text, start, _ADDRESSED)


def _signed(text: str, start: int) -> tuple[int, int] | None:
    span = _name_at(text, start)
    return span if span is not None and _ENDS.match(text, span[1]) else _capital_name_at(text, start, _ENDS)


def _speaking(text: str, start: int) -> tuple[int, int] | None:
    span = _name_at(text, start)
    return span if span is not None and _ANSWERS.match(text, span[1]) else _capital_name_at(text, start, _ANSWERS)


def _introduced(text: str, start: int) -> tuple[int, int] | None:
    return _name_at(text, start) or _capital_name_at(text, start, _ADDRESSED)


def _titled(text: str, start: int) -> tuple[int, int] | None:
    """A word after a title is a name if it has a capital or is not ordinary."""
    word = _WORD.match(text, start)
    if word is None or (is_ordinary(word.group()) and not word.group()[0].isupper()):
        return None
    more = _name_at(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None
    return start, more[1] if more is not None else word.end()


def _name_at(text: str, start: int) -> tuple[int, int] | None:
    """The first words, as long as they are not ordinary."""
    return _words_at(text, start, lambda word: not is_ordinary(word))


def _capital_name_at(text: str, start: int, then: re.Pattern[str]) -> tuple[int, int] | None:
    """Words with a capital, ordinary or not, and first names that are words too, if ``then`` follows them."""
    span = _words_at(text, start, lambda word: _is_capital(word) or word.lower() in _ALSO_WORDS)
    return span if span is not None and then.match(text, span[1]) else None


def _is_capital(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _words_at(text: str, start: int, is_name: Callable[[str], bool]) -> tuple[int, int] | None:
    stop = at = start
    for _ in range(_NAMES_MAX):
        match = _WORD.match(text, at)
        if match is None or match.group().lower() in _NOBODY or not is_name(match.group()):
            break
        stop = match.end()
        at = stop + 1 if text[stop : stop + 1] in (" ", "\t") else len(text)
    return (start, stop) if stop > start else None
