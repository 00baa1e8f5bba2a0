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
        if match.start() < done or not is_given_name(match.group()) or (cased and not match.group()[0].isupper()):
            continue
        done = match.end()
        for _ in range(_FURTHER_MAX):
            further = _NEXT.match(text, done)
            if further is None or not _goes_on(further["name"], cased=cased):
                break
            done = further.end()
        yield match.start(), done


def _goes_on(word: str, *, cased: bool) -> bool:
    """Whether a word behind a first name belongs to the name."""
    if cased:
        return word[0].isupper() and not word.isupper()
    return not is_ordinary(word) or word.lower() in _lists()[1]
