"""Secrets that only their label gives away, before or after the value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import re2

from reticent.detect.gate import Gate, matching
from reticent.detect.labels import ANSWER, FAMILIES, LABEL, LABEL_GATE, OTP, PASSWORD, PHRASE_LABEL, PIN
from reticent.detect.shape import is_code, is_mixed, looks_secret, well_formed
from reticent.detect.words import COMMON_WORDS, NOT_A_VALUE
from reticent.text.span import Span

__all__ = ["ContextCues"]

_QUOTED = r"\"[^\"\n]+|'[^'\n]+|`[^`\n]+"
_VALUE = rf"({_QUOTED}|[^\s\"'`])"
_FOR_WHOM = r"(?: (?:for|to|of|on|fürs?|pour|para|per)(?: [^\s:=]+){1,9}?| \([^)\n]{1,20}\)|[_-][a-z0-9_]{1,16})?"
_VERB = (
    r"(?:is|was|are|ist|lautet|es|est|è|é|jest|är|er|je|on|este|là|adalah|это|equals|"
    r"(?:changed|set|reset) to|will be|should be)"
)
_ADVERB = r"(?: now| still| just| actually| currently)?"
_EQUALS = r"(?:=>|:=|=|:|：|＝|->|→|- |是|は|는|은|है)"
_FORMS = (
    rf"(?i){_FOR_WHOM}[\"'\])]?[ \t]*{_EQUALS}[ \t]*\n?[ \t]?{_VALUE}",
    rf"(?i){_FOR_WHOM} {{1,2}}{_VERB}{_ADVERB}:? {{1,3}}{_VALUE}",
    rf"(?i) {{1,2}}{_VALUE}",
    rf"(?i)[\w-]*[\"'\])]*\s*(?:[=!]==?|,|\(|value ?=|default ?=)[ \t]*@?({_QUOTED})",
    (
        r"(?i)[\w-]*[\"'\])]*[ \t]*(?::?=|:|=>)[ \t]*[a-z_][\w.]*[(\[][^()\n]*?"
        rf"(?:,|[)\]] *(?:or|\|\||\?\?|\?:)) *({_QUOTED})"
    ),
)
"""What may follow a label: searched for together with it, each would cost as much as all of them. Of a value without
quotes the first character is enough, because a row of labels without blanks would be read once for each."""
_AFTER = (
    r"(?i)(?:^|[\s\"'(])([^\s\"'(]+)[\"']? (?:is|was|ist|est|es|è|é|это) (?:my|the|our|your|his|her|"
    r"their|its|mein|mon|mi|mio|mia|minha|a|o|la|das|мой)? ?(?:\S+ ){0,2}?"
    rf"({OTP}|{PIN}|{PASSWORD})(?:[^\pL]|$)"
)
_PHRASE = (
    rf"(?i)(?:{PHRASE_LABEL})"
    r"(?: is|:| =| are|) ([^\s0-9:=\"'(]+(?:[ -][^\s0-9:=\"'(]+)+)[ \t]*(?:\n|$)"
)
_ANSWERED = re2.compile(
    rf"(?i)(?:^|[^\pL])(?:{ANSWER})(?: (?:is|was|were|ist|est|es)(?: called| named)?|[?:=]| -|) {{1,2}}"
    r"([^\s:=?.,;]{2,}(?: [^\s:=?.,;]{2,}){0,2})[ \t]*[.,;!]?(?:\n|$)"
)
_OTHER_FORMS = (
    rf"(?i) {_VERB}[: ]",
    "(?i)phrase|mot de passe|master password|passwort|words|mnemonic",
    "(?i)first|rite |childhood|maiden|security|answer|birth|geburtsn|jeune|soltera|haustier|born in|grew up",
)
_SAID, _PHRASED, _ASKED = range(len(_OTHER_FORMS))
"""What the other forms cannot do without: one search for all of them."""
_OPAQUE = re.compile(r"^[A-Za-z0-9+/=_.~-]{16,}$")
_NUMBER = re.compile(r"^(?:[A-Z]-)?[0-9]{2,12}$|^[0-9]{3}[ -][0-9]{3}$")
_VALUE_MAX = 201
_WORD = re.compile(rb"[^\t\n\f\r ]*")
_QUOTES = (b'"', b"'", b"`")
_TRAILING = b",;.:?)]}>\"'`"


@cache
def _rules() -> tuple[re2._Regexp, ...]:
    return tuple(map(re2.compile, (*_FORMS, _AFTER, _PHRASE)))


@cache
def _label() -> re2._Regexp:
    """Any label, without groups: they would cost as much as the search."""
    options = re2.Options()
    options.longest_match = True
    return re2.compile(f"(?i){LABEL}", options)


@cache
def _begun() -> re2.Set:
    """Tells which of the forms follow: most labels are followed by none, or one."""
    return _added(re2.Set.MatchSet(), *_FORMS)


@cache
def _families() -> re2.Set:
    return _added(re2.Set.FullMatchSet(), *(f"(?i){label}" for label in FAMILIES.values()))


def _added(rules: re2.Set, *patterns: str) -> re2.Set:
    for pattern in patterns:
        rules.Add(pattern)
    rules.Compile()
    return rules


_FAMILY_NAMES = tuple(FAMILIES)


class _Value(NamedTuple):
    """A value and where it is in the bytes that were searched: RE2 would encode a string again at every search."""

    start: int
    stop: int
    text: str

    @classmethod
    def of(cls, match: re2._Match[bytes]) -> _Value:
        """The first group without its opening quote, or without the marks that end a sentence."""
        start, value = match.start(1), match.group(1)
        if value[:1] in _QUOTES:
            return cls(start + 1, start + len(value), value[1:].decode(errors="ignore"))
        return cls._trimmed(start, value[:_VALUE_MAX])

    @classmethod
    def behind(cls, match: re2._Match[bytes], data: bytes) -> _Value:
        """The same of a form: without quotes the group is the first character of a word."""
        start = match.start(1)
        if match.group(1)[:1] in _QUOTES:
            return cls.of(match)
        word = _WORD.match(data, start, start + _VALUE_MAX)
        return cls._trimmed(start, word.group() if word else b"")

    @classmethod
    def _trimmed(cls, start: int, value: bytes) -> _Value:
        value = value.rstrip(_TRAILING) or value
        return cls(start, start + len(value), value.decode(errors="ignore"))

    def span(self, kind: str, data: bytes) -> Span:
        """The value in code points."""
        start = len(data[: self.start].decode())
        return Span(kind, start, start + len(self.text))


def _family(label: bytes) -> str:
    families: list[int] = _families().Match(label)
    return _FAMILY_NAMES[min(families)]


def _is_number(value: str) -> bool:
    return _NUMBER.search(value) is not None


def _plausible(form: int, family: str, value: str, *, next_line: bool) -> bool:
    """Whether a value is worth redacting after a label of this family in this form (its place in ``_FORMS``)."""
    word = value.casefold().strip("!-")
    if not word or word in NOT_A_VALUE or is_code(value):
        return False
    if family in ("pin", "otp"):
        return _is_number(value) or (form == 0 and looks_secret(value))
    if _OPAQUE.search(value) and any(map(str.isdigit, value)) and value.casefold() != value:
        return True
    if form >= 3:
        return (
            looks_secret(value)
            or (is_mixed(value) and len(value) >= 6)
            or (len(value) > 3 and word not in COMMON_WORDS)
        )
    if form == 2 or (next_line and word in COMMON_WORDS):
        return looks_secret(value)
    if family == "secret":
        return looks_secret(value.partition("=")[2] or value) or (
            form == 0 and len(value) >= 8 and word.isalnum() and word not in COMMON_WORDS
        )
    return True


def _is_given(before: bytes, words: list[str]) -> bool:
    """Whether words behind a label are its value: said to be, or not such as a sentence goes on with."""
    common = sum(map(NOT_A_VALUE.__contains__, words))
    return before.endswith((b"is ", b": ", b"= ", b"are ")) or 3 * common <= len(words)


def _outermost(spans: set[Span]) -> list[Span]:
    """The spans that lie in no other of the same kind."""
    reached: dict[str, int] = {}
    kept = []
    for span in sorted(spans, key=lambda span: (span.start, -span.stop)):
        if span.stop > reached.get(span.kind, -1):
            reached[span.kind] = span.stop
            kept.append(span)
    return kept


class ContextCues:
    """Finds what follows or precedes a label of a credential, and the answers to security questions.

    Kinds: ``pin`` and ``otp`` by their cues, ``password`` otherwise. Spans cover the value only.

    Args:
        gate: shared with other detectors; default one of its own.

    >>> ContextCues().find("my pass is blueTiger77 ok?")
    [Span(kind='password', start=11, stop=22)]
    >>> ContextCues().find("I forgot to change the password policy again")
    []
    """

    name = "cues"
    in_context = True

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        self._need = self._gate.add(LABEL_GATE)
        *self._forms, self._after, self._phrase = _rules()

    def may_find(self, text: str) -> bool:
        """Whether a label may be there."""
        return self._need in self._gate(text)

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        if not self.may_find(text):
            return []
        text = well_formed(text)
        data = text.encode()
        found = set(self._labelled(data))
        others = matching(_OTHER_FORMS, text)
        if _SAID in others:
            found.update(self._labelled_after(data))
        if _ASKED in others:
            found.update(Span("security_answer", *match.span(1)) for match in _ANSWERED.finditer(text))
        if _PHRASED in others:
            found.update(self._phrases(data))
        return _outermost(found)

    def _labelled(self, data: bytes) -> Iterator[Span]:
        position, done = 0, [0] * len(self._forms)
        while label := _label().search(data, position):
            start, stop = label.span()
            position = start + 1
            begun = [form for form in _begun().Match(data[stop:]) or () if start >= done[form]]
            family = _family(data[start:stop]) if begun else ""
            for form in begun:
                match = self._forms[form].match(data, stop)
                if match is None:
                    continue
                value = _Value.behind(match, data)
                if _plausible(form, family, value.text, next_line=b"\n" in data[stop : value.start]):
                    yield value.span(family if family in ("pin", "otp") else "password", data)
                    done[form] = value.stop
                else:
                    done[form] = value.start - 1  # what looked like a value may be the next label

    def _labelled_after(self, data: bytes) -> Iterator[Span]:
        position = 0
        while match := self._after.search(data, position):
            value, family = _Value.of(match), _family(match.group(2))
            position = value.stop  # the blank behind a label may be the one before the next value
            if value.text.casefold() not in COMMON_WORDS and (family == "password" or _is_number(value.text)):
                yield value.span(family, data)

    def _phrases(self, data: bytes) -> Iterator[Span]:
        for match in self._phrase.finditer(data):
            value = _Value.of(match)
            words = value.text.casefold().replace("-", " ").split()
            if len(words) >= 11 or (
                len(words) >= 3 and words[0] not in NOT_A_VALUE and _is_given(data[: value.start], words)
            ):
                yield value.span("password", data)
