"""Sentences that hand over a password without naming it: "try X or ask Anna", "user / X", "I changed it to X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import re2

from reticent.detect.shape import looks_secret
from reticent.detect.words import COMMON_WORDS

__all__ = ["SAYING_GATE", "may_be_said", "said"]


class _Saying(NamedTuple):
    gate: str
    pattern: str
    looks: bool
    """Whether the value must look like a secret too."""


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
        "",
        r"(?:\bis|\blog ?in|\baccount|\busers?(?:name)?|\bas|=|:) ?[:=]? ?[^\s@:=]+@[^\s@]+\.[^\s@]+?"
        r"(?:[ ,/|]+| and | with )(\S+)[.!]?(?:\n|$)",
        looks=False,
    ),
    _Saying("", rf"(?:^|\n){_NAME} ?[/|] ?(\S+)(?:\n|$)", looks=True),
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

SAYING_GATE = "(?i)" + "|".join(saying.gate for saying in _SAYINGS if saying.gate)
"""A necessary condition of every saying but those with a mark of their own."""

_MARKED = re2.compile("(?i)" + "|".join(f"(?:{saying.pattern})" for saying in _SAYINGS if not saying.gate))
_RULES = tuple((re2.compile(f"(?i){saying.pattern}"), saying.looks) for saying in _SAYINGS)
_NOT_SAID = frozenset("show insert edit list generate find grep init local them both these those ourselves".split())


def may_be_said(text: str) -> bool:
    """Whether an address or a name stands beside something, as "bob@x.org Tiger77" and "bob / Tiger77".

    >>> may_be_said("bob / Tiger77"), may_be_said("cat a | b")
    (True, False)
    """
    return ("@" in text or "/" in text or "|" in text) and _MARKED.search(text) is not None


def said(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of every value handed over in such a sentence.

    >>> list(said("try crusader77 or ask Anna")), list(said("use it to get in"))
    ([(4, 14)], [])
    """
    for rule, looks in _RULES:
        for match in rule.finditer(text):
            value = match.group(1).strip("\"',.;:()`")
            word = value.casefold()
            if word in COMMON_WORDS or word in _NOT_SAID or not any(map(str.isalnum, value)):
                continue
            if looks_secret(value) if looks else len(value) >= 4 and not value.startswith(("http", "/", "-", "$")):
                start = match.start(1) + match.group(1).index(value)
                yield start, start + len(value)
