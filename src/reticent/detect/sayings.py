"""Sentences that hand over a password without naming it: "try X or ask Anna", "user / X", "I changed it to X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import re2

from reticent.detect.gate import Gate, matching
from reticent.detect.shape import looks_secret, well_formed
from reticent.detect.words import COMMON_WORDS
from reticent.text.span import Span

__all__ = ["Sayings"]


class _Saying(NamedTuple):
    gate: str
    pattern: str
    looks: bool
    """Whether the value must look like a secret too."""
    marked: bool = False
    """Whether nothing but a mark is necessary: the rule itself is searched before anything else."""


_NAME = r"[\w.@+-]{2,40}"
_SAYINGS = (
    _Saying(
        r" to (?:get|log|sign) ?in| to (?:unlock|connect)| or (?:ask|call|ping|text)\b| as (?:the |your )?(?:pass|pw)",
        r"\b(?:use|try|enter|type|put in|it's|is) (\S+) (?:to (?:(?:get|log|sign) ?(?:in|on)|unlock|connect)\b|"
        r"or (?:ask|call|ping|text)\b|as (?:the |your )?(?:pass|pw))",
        looks=False,
    ),
    _Saying(
        r",? (?:with (?:a |an |the )?(?:capital|upper|lower|small|zero|number|exclamation|underscore|dollar|"
        r"dash|hyphen|hash|at sign)|(?:all|no) (?:lower|upper|caps|small|spaces)|all one word|capital [a-z][ .,])",
        r"\b(?:it'?s|its|is) (\S+?),? (?:with (?:a |an |the )?(?:capital|upper|lower|small|zero|number|exclamation|"
        r"underscore|dollar|dash|hyphen|hash|at sign)|(?:all|no) (?:lower ?case|upper ?case|caps|small letters|spaces)|"
        r"all one word|capital [a-z]\b)",
        looks=False,
    ),
    _Saying(
        r"(?:changed|reset|updated|set) (?:it|that|mine|ours) ",
        r"\b(?:changed|reset|updated|set) (?:it|that|mine|ours) (?:back |over )?to (\S+)",
        looks=False,
    ),
    _Saying(
        "@",
        r"(?:\bis|\blog ?in|\baccount|\busers?(?:name)?|\bas|=|:) ?[:=]? ?[^\s@:=]+@[^\s@]+\.[^\s@]+?"
        r"(?:[ ,/|]+| and | with )(\S+)[.!]?(?:\n|$)",
        looks=False, marked=True,
    ),
    _Saying("[/|]", rf"(?:^|\n){_NAME} ?[/|] ?(\S+)(?:\n|$)", looks=True, marked=True),
    _Saying(
        r"creds?[: ]|credentials|log ?ins?[: ]|account[: ]",
        rf"\b(?:creds?|credentials|logins?|log ?in|account)(?: (?:is|are|data))? ?[:=]? {{1,2}}{_NAME} ?[:/|] ?"
        r"([^\s/]+)(?:\s|$)",
        looks=False,
    ),
    _Saying(
        r"^(?:pw|pwd|pass|passwd|password|passwort|mdp|senha|clave|parola) ",
        r"^(?:pw|pwd|pass|passwd|password|passwort|mdp|senha|clave|parola) (\w{5,}[!?]?)\n?$",
        looks=False,
    ),
    _Saying(r"\n(?:username|user|login|e-?mail)", r"\n(?:username|user|login|e-?mail)[:= ] ?\S+\n([^\s:=]+)(?:\n|$)",
            looks=True),
)  # fmt: skip

_GATES = tuple(f"(?i){saying.gate}" for saying in _SAYINGS)
_WORDS = tuple(gate for gate, saying in zip(_GATES, _SAYINGS, strict=True) if not saying.marked)
_MARKED = re2.compile("(?i)" + "|".join(f"(?:{saying.pattern})" for saying in _SAYINGS if saying.marked))
_MARKS = tuple("@/|")
_FORM_FIELDS = re2.compile(r"[^\s@]@[^\s@]+\t(\S+)(?:\n|\t|$)")
_RULES = tuple((re2.compile(f"(?i){saying.pattern}"), saying.looks) for saying in _SAYINGS)
_NOT_SAID = frozenset("show insert edit list generate find grep init local them both these those ourselves".split())


class Sayings:
    """Finds what such a sentence, or the fields of a form one after another, hand over (``password``).

    Args:
        gate: shared with other detectors; default one of its own.

    >>> Sayings().find("try crusader77 or ask Anna"), Sayings().find("use it to get in")
    ([Span(kind='password', start=4, stop=14)], [])
    """

    name = "sayings"
    in_context = True

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        self._need = self._gate.add(*_WORDS)

    def may_find(self, text: str) -> bool:
        """Whether such a sentence may be there, or an address or a name with something beside it."""
        if self._need in self._gate(text):
            return True
        if not any(map(text.__contains__, _MARKS)):
            return False
        text = well_formed(text)
        return _MARKED.search(text) is not None or ("\t" in text and _FORM_FIELDS.search(text) is not None)

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        if not self.may_find(text):
            return []
        text = well_formed(text)
        rules = [_RULES[number] for number in matching(_GATES, text)]
        found = [Span("password", *place) for rule, looks in rules for place in _handed_over(rule, text, looks)]
        if "\t" in text:
            fields = _FORM_FIELDS.finditer(text)
            found += (Span("password", *match.span(1)) for match in fields if _is_uncommon(match.group(1)))
        return found


def _handed_over(rule: re2._Regexp, text: str, looks: bool) -> Iterator[tuple[int, int]]:
    for match in rule.finditer(text):
        value = match.group(1).strip("\"',.;:()`")
        word = value.casefold()
        if word in COMMON_WORDS or word in _NOT_SAID or not any(map(str.isalnum, value)):
            continue
        if looks_secret(value) if looks else len(value) >= 4 and not value.startswith(("http", "/", "-", "$")):
            start = match.start(1) + match.group(1).index(value)
            yield start, start + len(value)


def _is_uncommon(word: str) -> bool:
    return looks_secret(word) or (len(word) >= 4 and word.casefold() not in COMMON_WORDS)
