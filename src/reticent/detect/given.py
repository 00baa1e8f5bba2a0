"""Names that a list of first names gives away, where the model of names sees none: above all in lower case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from reticent.detect.truecase import WORD, is_ordinary

__all__ = ["full_names", "is_given_name"]

_NEXT = re.compile(r"(?: [^\W\d_]\.?)? (?P<name>[^\W\d_]+(?:['’-][^\W\d_]+)*)(?![\w@])")
"""What follows a first name: a blank, perhaps an initial, and a word."""
_FURTHER_MAX = 3


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """First names, and surnames that are words as well."""
    lines = (files("reticent.detect") / "given_names.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("#")]
    border = lines.index("--- surnames")
    return frozenset(" ".join(lines[:border]).split()), frozenset(" ".join(lines[border + 1 :]).split())


def is_given_name(word: str) -> bool:
    """Whether it is a first name of many countries, in any case, and no ordinary English word.

    >>> is_given_name("Priya"), is_given_name("priya's"), is_given_name("rose"), is_given_name("kubectl")
    (True, True, False, False)
    """
    return word.lower().replace("’", "'").removesuffix("'s") in _lists()[0]


def full_names(text: str, *, cased: bool) -> Iterator[tuple[int, int]]:
    """First names with the surnames behind them.

    Args:
        text: what is searched.
        cased: whether capitals say anything in it: names have one then, otherwise a name goes on as long as words
            are not ordinary, or for one that is a frequent surname.

    >>> list(full_names("call hannah brown now", cased=False)), list(full_names("call Emma K. Stone", cased=True))
    ([(5, 17)], [(5, 18)])
    """
    done = 0
    for match in WORD.finditer(text):
        if match.start() >= done and is_given_name(match.group()) and (match.group()[0].isupper() or not cased):
            done = _end(text, match.end(), cased=cased)
            yield match.start(), done


def _end(text: str, stop: int, *, cased: bool) -> int:
    """Where the name ends whose first word ends at ``stop``; a possessive ends it and is no part of it."""
    for number in range(_FURTHER_MAX):
        if text[stop - 2 : stop] in ("'s", "’s"):
            return stop - 2
        further = _NEXT.match(text, stop)
        if further is None or not _goes_on(further["name"], cased=cased, is_next=number == 0):
            break
        stop = further.end()
    return stop - 2 if text[stop - 2 : stop] in ("'s", "’s") else stop


def _goes_on(word: str, *, cased: bool, is_next: bool) -> bool:
    """Whether a word behind a first name belongs to the name: only the next one may be ordinary, with a capital."""
    if cased and (not word[0].isupper() or word.isupper()):
        return False
    return not is_ordinary(word) or word.lower() in _lists()[1] or (cased and is_next)
