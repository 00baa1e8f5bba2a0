"""Names of people and places, by a model: one reading of a whole segment, and plain rules for what to believe of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reticent.detect.given import full_names, is_given_name
from reticent.detect.ner import Entity, entities
from reticent.detect.shape import well_formed
from reticent.detect.truecase import WORD, has_rare_word, is_cased, is_ordinary, is_slip, true_cased
from reticent.errors import ReticentError
from reticent.text.span import Span

__all__ = ["Names"]

_KINDS = {"PERSON": "name", "GPE": "place", "LOC": "place", "FAC": "place"}
_ORGANIZATION = {"ORG": "name"}

_TEXT_MAX = 100_000
_PIECE = 1_000
_PIECE_AT = re.compile(rf"(?s).{{1,{_PIECE}}}(?:\s|$)|.{{1,{_PIECE}}}")
_WORD_MAX = 40
_LONG_TOKEN = re.compile(rf"\S{{{_WORD_MAX + 1},}}")
"""No name: what is longer than this is blanked out, because spaCy cuts up a token in quadratic time."""

_TOKEN = re.compile(r"\S+")
_NAME_SHAPED = re.compile(
    r"""[("'“‘„«\[<>*]*[^\W\d_]+(?:[.'’/-]{1,2}[^\W\d_]+)*[)"'”’»\]>*,.:;!?…-]*(?:['’]s[,.:;!?]*)?"""
)
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|Da|Van|Le|La|Fitz|O['’])[^\W\d_]*[^\W\d_A-Z][A-Z]")
_TECHNICAL = re.compile(
    r"(?m)^.*(?:(?:^|\s)--?[A-Za-z]|[|$\\{}]|&&|\(\)|\w\(\w|;$|[^\s=]=\S|==|->|::|</|(?:^|\s)~?/\w|^\s*#).*$"
)
"""Command lines and code: only a full name with its capitals is believed there."""


class Names:
    """Finds names of people (kind ``name``) and places (``place``) with the model of the extra ``reticent[names]``.

    A text without capitals, or in capitals only, is shown to the model with capitals where no dictionary has the word.
    Of what the model finds only words count that are shaped like names and are not ordinary, or, written with capitals,
    stand next to one. First names of a list count without it, with the surname behind them.

    Args:
        organizations: also what the model takes for an organization, as a ``name``: every seventh name of a person in
            presidio-research is found only so, and the words believed of it are rarely anything ordinary.
    """

    name = "names"
    whole_segments = True

    def __init__(self, *, organizations: bool = True) -> None:
        self._kinds = {**_KINDS, **(_ORGANIZATION if organizations else {})}

    def may_find(self, text: str) -> bool:
        """Whether a word is there that is not ordinary, or two in a row with a capital.

        >>> Names().may_find("ok see you at the station"), Names().may_find("ok see you in lisbon")
        (False, True)
        """
        lower = text.lower()
        if len(lower) != len(text) or has_rare_word(lower, _WORD_MAX):
            return True
        if lower == text:
            return False
        capitals = [match[0].isupper() for match in WORD.findall(text)]
        return any(one and other for one, other in pairwise(capitals))

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD.

        Raises:
            ReticentError: the model is missing or failed, or the text is longer than 100,000 characters.
        """
        return self.find_all((text,))[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """``find`` of every text, in batches: cheaper than one by one.

        Raises:
            ReticentError: see ``find``.
        """
        pieces = [(at, start, piece) for at, text in enumerate(texts) for start, piece in self._pieces(text)]
        found: list[list[Span]] = [[] for _ in texts]
        readings = [_reading(piece) for _, _, piece in pieces]
        for (at, start, piece), its in zip(pieces, entities(readings) if readings else []):
            found[at] += [Span(kind, start + a, start + b) for kind, a, b in self._believed(piece, its)]
        return found

    def _pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """What the model has to read, in lengths that it can bear."""
        if len(text) > _TEXT_MAX:
            raise ReticentError(f"more than {_TEXT_MAX:,} characters at once are not searched for names")
        text = _LONG_TOKEN.sub(lambda match: " " * len(match.group()), well_formed(text))
        for match in _PIECE_AT.finditer(text):
            if self.may_find(match.group()):
                yield match.start(), match.group()

    def _believed(self, text: str, found: Sequence[Entity]) -> Iterator[tuple[str, int, int]]:
        cased = is_cased(text)
        listed = [
            span for span in full_names(text, cased=cased) if _is_name_shaped(text, Entity(*span, label="PERSON"))
        ]
        technical = [match.span() for match in _TECHNICAL.finditer(text)] if found or listed else []
        spans = list(self._of_model(text, found, technical, cased=cased))
        yield from spans
        for start, stop in listed:
            if not _is_in(technical, start) and not any(a <= start and stop <= b for _, a, b in spans):
                yield "name", start, stop

    def _of_model(
        self, text: str, found: Sequence[Entity], technical: Sequence[tuple[int, int]], *, cased: bool
    ) -> Iterator[tuple[str, int, int]]:
        """What can be believed of a finding, line by line."""
        for start, stop, label in found:
            kind = self._kinds.get(label)
            for words in _lines_of_words(text, start, stop) if kind else ():
                full = cased and label == "PERSON" and len(words) > 1 and _all_capital(text, words)
                if full or not _is_in(technical, start):
                    span = _believed_part(text, words, person=label == "PERSON", cased=cased)
                    if kind and span is not None:
                        yield kind, span[0], _without_possessive(text, *span)


def _lines_of_words(text: str, start: int, stop: int) -> Iterator[list[Entity]]:
    """The words of a finding line by line: no name goes on in the next one."""
    for line in re.finditer(r"[^\n]+", text[start:stop]):
        words = WORD.finditer(line.group())
        yield [Entity(start + line.start() + word.start(), start + line.start() + word.end(), "") for word in words]


def _is_in(lines: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start <= place < stop for start, stop in lines)


def _without_possessive(text: str, start: int, stop: int) -> int:
    return stop - 2 if text[start:stop].endswith(("'s", "’s")) else stop


def _reading(text: str) -> str:
    return text if is_cased(text) else true_cased(text)


def _believed_part(text: str, words: list[Entity], *, person: bool, cased: bool) -> tuple[int, int] | None:
    """From the first to the last word that can be part of a name."""
    telling = [word for word in words if _is_rare(text, word, cased=cased) and _is_name_shaped(text, word)]
    if not telling:
        full = cased and person and len(words) > 1 and _all_capital(text, words)
        if not (full and all(_is_name_shaped(text, word) for word in words)):
            return None
        telling = words
    start, stop = telling[0].start, telling[-1].stop
    if not (cased or person):
        return words[0].start, words[-1].stop
    if cased and not person:
        start = next((word.start for word in words if word.stop <= start and _is_capital(text, word)), start)
    for word in words if cased else ():
        if 0 <= word.start - stop <= 2 and _is_capital(text, word):
            stop = word.stop
    return start, stop


def _is_rare(text: str, word: Entity, *, cased: bool) -> bool:
    """Whether a word is not ordinary; without capitals to go by, a common word with a slip in it is."""
    shown = text[word.start : word.stop]
    return not is_ordinary(shown) and (cased or is_given_name(shown) or not is_slip(shown.lower()))


def _is_capital(text: str, word: Entity) -> bool:
    return text[word.start].isupper()


def _all_capital(text: str, words: Sequence[Entity]) -> bool:
    return all(_is_capital(text, word) for word in words)


def _is_name_shaped(text: str, word: Entity) -> bool:
    """Whether the word stands between blanks as names do: without digits, paths, assignments or capitals inside."""
    start, stop = word.start, word.stop
    while start and not text[start - 1].isspace():
        start -= 1
    token = _TOKEN.match(text, start)
    shaped = token is not None and _NAME_SHAPED.fullmatch(token.group()) is not None
    return shaped and _CAMEL.match(text[word.start : stop]) is None
