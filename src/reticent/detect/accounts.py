"""The names that people go by on a system: user names by their cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reticent.detect.gate import Gated
from reticent.detect.shape import looks_secret
from reticent.detect.truecase import is_ordinary
from reticent.detect.words import COMMON_WORDS, NOT_A_VALUE
from reticent.text.span import Span

__all__ = ["UserNames"]

_LABEL = (
    r"user ?-?_?(?:name|id)?|log ?-?in|logon|account(?: name)?|handle|nick(?:name)?|screen name|benutzer(?:name)?|"
    r"benutzerkennung|usuario|(?:nom d')?utilisateur|identifiant|utente|usu[áa]rio|gebruiker(?:snaam)?|"
    r"пользователь|логин"
)
_NAME = r"(?P<name>[^\W_][\w.+-]{1,63})"
_STATED = re.compile(rf"(?i)(?<![\w.-])(?:{_LABEL})[\"']?(?: ?[:=] ?| (?:is|as|ist|est|es|è) )[\"']?{_NAME}")
_OWNER = r"customer|account for|(?:issued|registered|assigned) to(?: user)?"
_BESIDE = re.compile(rf"(?i)(?<![\w./-])(?!log)(?:{_OWNER}|{_LABEL}) {_NAME}")
_STATED_GATE = rf"(?i)(?:{_LABEL})[\"']?(?: ?[:=]| (?:is|as|ist|est|es|è) )"
_BESIDE_GATE = rf"(?i)(?:{_LABEL}|{_OWNER}) [a-z][a-z0-9._]{{3}}"
_COMMAND_GATE = r"(?:login|su|sudo|ssh|curl) "
_FORM_GATE = r"[\pL\pN_.+-]\t\S"
_COMMAND = re.compile(
    rf"(?m)(?:^|[;&|$#>] ?)(?:login(?= \S+ \S)|su -?|ssh(?: -\w+ \S+)* -l|sudo(?: -\w+)* -u|curl(?: \S+)* (?:-u|"
    rf"--user)) [\"']?{_NAME}"
    r"(?=[\s:\"']|$)"
)
_FORM = re.compile(rf"(?m)(?:^|[\t\n]){_NAME}\t(?P<next>\S+)(?=\n|\t|$)")
_LOGIN = re.compile(rf"(?m)(?:^|[;&|$#>] ?)login {_NAME} (?P<next>\S+)[ \t]*$")
_SERVICES = frozenset(
    "root admin administrator postgres mysql redis nginx apache www-data nobody daemon git docker jenkins ubuntu "
    "debian ec2-user centos vagrant deploy guest".split()
)
_WORD_ENDINGS = ("ing", "ed", "ion", "ment", "ness", "ware", "able", "ity", "ship", "ful", "less")


class UserNames(Gated):
    """User names (``username``) after a label, as the argument of a command, or in a form before its password.

    What follows a name that can only be a user's, in the next field or as the last argument of ``login``, and is
    written like a password, is one (``password``).

    >>> UserNames().find("my username is rivanov17")
    [Span(kind='username', start=15, stop=24)]
    >>> UserNames().find("the user interface is slow")
    []
    """

    name = "username"
    words = (f"(?i){_LABEL}|{_OWNER}", _COMMAND_GATE, r"\t\S")
    shapes = (_STATED_GATE, _BESIDE_GATE, _COMMAND_GATE, _FORM_GATE)

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for gate, pattern in ((_STATED_GATE, _STATED), (_COMMAND_GATE, _COMMAND)):
            for match in pattern.finditer(text) if gate in shapes else ():
                name = match["name"].casefold()
                if _is_name(match["name"]) and (gate == _STATED_GATE or (len(name) >= 4 and name not in _SERVICES)):
                    yield _span(match)
        for match in _BESIDE.finditer(text) if _BESIDE_GATE in shapes else ():
            if _is_name(match["name"]) and _is_telling(match["name"]):
                yield _span(match)
        for gate, pattern in ((_FORM_GATE, _FORM), (_COMMAND_GATE, _LOGIN)):
            for match in pattern.finditer(text) if gate in shapes else ():
                if _is_name(match["name"]) and _is_password(match["next"]):
                    yield _span(match)
                    if _is_telling(match["name"]):
                        yield Span("password", *match.span("next"))


def _span(match: re.Match[str]) -> Span:
    start = match.start("name")
    return Span("username", start, start + len(match["name"].rstrip(".-+")))


def _is_name(word: str) -> bool:
    plain = word.casefold().strip(".-_")
    if len(plain) < 2 or plain.isdigit() or plain in COMMON_WORDS or plain in NOT_A_VALUE:
        return False
    return not (word.isupper() and "_" in word) and not plain.endswith(("name", "user", "login", "id"))


def _is_password(word: str) -> bool:
    """Whether what was typed into the next field has the shape of one."""
    if re.fullmatch(r"[^\W_]*\d[^\W_]*(?:[-./:,]\d+)+", word):  # a date, a time, an amount
        return False
    return looks_secret(word) or word.count("-") >= 2 or (len(word) >= 8 and not word.istitle() and not word.islower())


def _is_telling(word: str) -> bool:
    """Whether a word looks like a name of a system's user by itself."""
    word = word.rstrip(".-+")
    if word.casefold() != word or not word[0].isalpha() or len(word) < 4:
        return False
    if any(map(str.isdigit, word)):
        return True
    return len(word) >= 5 and word.isalpha() and not word.endswith(_WORD_ENDINGS) and not is_ordinary(word)
