"""Secrets that only their context gives away: a label before or after the value, or a command that takes one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import re2

from reticent.detect.commands import FLAG_GATE, FORM_GATE, NAME_GATE
from reticent.detect.gate import Gate
from reticent.detect.labels import ANSWER, LABEL, LABEL_GATE, OTP, PASSWORD, PHRASE_LABEL, PIN
from reticent.detect.sayings import SAYING_GATE, may_be_said, said
from reticent.detect.shape import is_mixed, is_random, looks_secret, well_formed
from reticent.detect.shell import inline_secrets
from reticent.detect.words import COMMON_WORDS, NOT_A_VALUE
from reticent.text.span import Span

__all__ = ["ContextCues"]

_QUOTED = r"\"(?P<double>[^\"\n]+)|'(?P<single>[^'\n]+)|`(?P<back>[^`\n]+)"
_VALUE = rf"(?:{_QUOTED}|(?P<bare>[^\s\"'`]\S*))"
_FOR_WHOM = r"(?: (?:for|to|of|on|fürs?|pour|para|per)(?: [^\s:=]+){1,9}?| \([^)\n]{1,20}\)|[_-][a-z0-9_]{1,16})?"
_VERB = (
    r"(?:is|was|are|ist|lautet|es|est|è|é|jest|är|er|je|on|este|là|adalah|это|equals|"
    r"(?:changed|set|reset) to|will be|should be)"
)
_ADVERB = r"(?: now| still| just| actually| currently)?"
_EQUALS = r"(?:=>|:=|=|:|：|＝|->|→|- |是|は|는|은|है)"
_LABEL = rf"(?i){LABEL}"
_FORMS = (
    rf"(?i){_FOR_WHOM}[\"'\])]?[ \t]*{_EQUALS}[ \t]*(?P<next_line>\n?)[ \t]?{_VALUE}",
    rf"(?i){_FOR_WHOM} {{1,2}}{_VERB}{_ADVERB}:? {{1,3}}{_VALUE}",
    rf"(?i) {{1,2}}{_VALUE}",
    rf"(?i)[\w-]*[\"'\])]*\s*(?:[=!]==?|,|\(|value ?=|default ?=)\s*@?(?:{_QUOTED})",
)
"""What may follow a label: searched for together with it, each would cost as much as all of them."""
_KEYED = (
    r"(?i)(?:key|token|secret|passw(?:or)?d|pwd|api|access|auth|authentication|private|credential|client|app|licen[cs]e|"
    r"login|bearer|signature|pat|sid|(?:client|app|account|tenant|org)[ _.-]?id)[a-z0-9_]*[^\pL\pN\n/]+"
    r"(?P<bare>[A-Za-z0-9+=_~.!@#$%^&*?|-][A-Za-z0-9+/=_~.!@#$%^&*?|:-]{7,})"
)
_BYTES = re2.compile(
    r"(?i)(?:key|secret|token|passw(?:or)?d|salt|seed)[\w \[\]:=<>*,-]{0,24}[{(\[]\s*"
    r"((?:(?:0x[0-9a-f]{1,2}|[0-9]{1,3})\s*,\s*){5,}(?:0x[0-9a-f]{1,2}|[0-9]{1,3})?)"
)
_AFTER = (
    r"(?i)(?:^|[\s\"'(])(?P<bare>[^\s\"'(]+)[\"']? (?:is|was|ist|est|es|è|é|это) (?:my|the|our|your|his|her|"
    r"their|its|mein|mon|mi|mio|mia|minha|a|o|la|das|мой)? ?(?:\S+ ){0,2}?(?:"
    rf"(?P<otp>{OTP})|(?P<pin>{PIN})|(?P<password>{PASSWORD}))(?:[^\pL]|$)"
)
_PHRASE = (
    rf"(?i)(?:{PHRASE_LABEL})"
    r"(?: is|:| =| are|) (?P<bare>[^\s0-9:=\"'(]+(?:[ -][^\s0-9:=\"'(]+)+)[ \t]*(?:\n|$)"
)
_ANSWERED = re2.compile(
    rf"(?i)(?:^|[^\pL])(?:{ANSWER})(?: (?:is|was|were|ist|est|es)(?: called| named)?|[?:=]| -|) {{1,2}}"
    r"([^\s:=?.,;]{2,}(?: [^\s:=?.,;]{2,}){0,2})[ \t]*[.,;!]?(?:\n|$)"
)
_SAID = re2.compile(rf"(?i) {_VERB}[: ]")
_PHRASED = re2.compile(r"(?i)phrase|mot de passe|master password|passwort|words|mnemonic")
_KEYED_GATE = (
    r"(?i)key|token|secret|passw|pwd|api[^a-z]|access[^i]|auth[^o]|private|credential|client|app[_ -]?id|"
    r"licen[cs]e|login|bearer|signature|[^a-z]pat[^a-z]|sid[^a-z]|[_-]id[^a-z]|account"
)
_WORDS = (LABEL_GATE, SAYING_GATE, _KEYED_GATE, FLAG_GATE)
_TOOLS = (FORM_GATE, NAME_GATE)
_LABELLED, _SPOKEN, _NAMED, _FLAGGED, _COMMANDED, _TOOL = range(len(_WORDS) + len(_TOOLS))
"""What each need is necessary for."""
_NECESSARY = frozenset((_LABELLED, _COMMANDED, _SPOKEN))

_CODE_VALUE = re.compile(
    r"(?i)^(?:[a-z_][\w.]*[(\[{].*|(?:self|os|this|process|env|config|settings|args|request|std|cls)\..*|none|"
    r"null|true|"
    r"false|undefined|nil|str|string|int|bytes|bool|optional|any|\$[\w{(].*|<.*|\{.*|\[.*|\(.*|%[\w(].*|[*x.\-_=#•]+|"
    r".*\.(?:password|passwd|pass|token|secret|key)|https?://.*|stdin|file:.*|env:.*|&.*|//.*|=.*)$"
)
_OPAQUE = re.compile(r"^[A-Za-z0-9+/=_.~-]{16,}$")
_FORM_FIELDS = re2.compile(r"[^\s@]@[^\s@]+\t(\S+)(?:\n|\t|$)")
_NUMBER = re.compile(r"^(?:[A-Z]-)?[0-9]{2,12}$|^[0-9]{3}[ -][0-9]{3}$")
_TRAILING = b",;.:?)]}>\"'`"


class _Rule:
    """A compiled rule over UTF-8 bytes: RE2 would encode a string again at every search."""

    def __init__(self, pattern: str, value_max: int = 201, *, longest: bool = False) -> None:
        options = re2.Options()
        options.longest_match = longest
        self.pattern, self._value_max = re2.compile(pattern, options), value_max
        index = dict(self.pattern.groupindex)
        families = ("otp", "pin", "secret", "password", "secret2", "password2")
        self._families = [(index[name], name.rstrip("2")) for name in families if name in index]
        self._quoted = [index[name] for name in ("double", "single", "back") if name in index]
        self._bare, self._next_line = index.get("bare", 0), index.get("next_line")

    def search(self, data: bytes, position: int = 0) -> _Hit | None:
        """The first match from ``position`` on."""
        return self._hit(self.pattern.search(data, position))

    def match(self, data: bytes, position: int) -> _Hit | None:
        """The match that begins at ``position``."""
        return self._hit(self.pattern.match(data, position))

    def _hit(self, match: re2._Match[bytes] | None) -> _Hit | None:
        if match is None:
            return None
        groups = (None, *match.groups())  # all at once: asking for them one by one costs more than the search
        family = next((name for group, name in self._families if groups[group]), "secret")
        group = next((group for group in self._quoted if groups[group]), self._bare)
        start, value = match.start(group), match.group() if group == 0 else groups[group]
        if group == self._bare:  # a count of two hundred in the pattern would make it a hundred times slower
            value = value[: self._value_max].rstrip(_TRAILING) or value[: self._value_max]
        next_line = self._next_line is not None and bool(groups[self._next_line])
        return _Hit(family, match.start(), start, start + len(value), value.decode(errors="ignore"), next_line)


@cache
def _rule(pattern: str, value_max: int = 201, *, longest: bool = False) -> _Rule:
    return _Rule(pattern, value_max, longest=longest)


class _Hit(NamedTuple):
    family: str
    match_start: int
    start: int
    stop: int
    value: str
    next_line: bool

    def span(self, kind: str, data: bytes) -> Span:
        """The value in code points."""
        start = len(data[: self.start].decode())
        return Span(kind, start, start + len(self.value))


def _is_number(value: str) -> bool:
    return _NUMBER.search(value) is not None


def _plausible(form: int, family: str, value: str, next_line: bool = False) -> bool:
    """Whether a value is worth redacting after a label of this family in this form (0 assigned, 1 said, 2 bare)."""
    word = value.casefold().strip("!-")
    if not word or word in NOT_A_VALUE or _CODE_VALUE.search(value):
        return False
    if family in ("pin", "otp"):
        return _is_number(value) or (form == 0 and looks_secret(value))
    if _OPAQUE.search(value) and any(map(str.isdigit, value)) and value.casefold() != value:
        return True
    if form == 3:
        return (
            looks_secret(value)
            or (is_mixed(value) and len(value) >= 6)
            or (len(value) > 3 and word not in COMMON_WORDS)
        )
    if form == 2 or (next_line and word in COMMON_WORDS):
        return looks_secret(value)
    if family == "secret":
        return looks_secret(value) or (form == 0 and len(value) >= 8 and word.isalnum() and word not in COMMON_WORDS)
    return True


def _is_drawn(value: str) -> bool:
    """Whether a value behind a name such as ``key`` seems drawn by lot: rich in digits, or mixed all through."""
    if _CODE_VALUE.search(value) or "://" in value:
        return False
    digits, letters = sum(map(str.isdigit, value)), sum(map(str.isalpha, value))
    if not letters:
        return digits >= 12
    if digits and len(value) >= 20 and value.isalnum():
        return True
    return is_random(value, 8) or (digits >= 3 and digits + letters >= 12 and digits * 8 >= letters)


def _is_uncommon(word: str) -> bool:
    return looks_secret(word) or (len(word) >= 4 and word.casefold() not in COMMON_WORDS)


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
    """Finds what follows or precedes a credential cue, and the inline secrets of shell commands.

    Kinds: ``pin`` and ``otp`` by their cues, ``password`` otherwise. Spans cover the value only.

    >>> ContextCues().find("my pass is blueTiger77 ok?")
    [Span(kind='password', start=11, stop=22)]
    >>> ContextCues().find("I forgot to change the password policy again")
    []
    """

    name = "cues"

    def __init__(self) -> None:
        self._words, self._tools = Gate(), Gate()
        for needs, gate in ((_WORDS, self._words), (_TOOLS, self._tools)):
            for need in needs:
                gate.add(need)
        self._label, self._forms = _rule(_LABEL, longest=True), [_rule(form) for form in _FORMS]
        self._after, self._phrase, self._keyed = _rule(_AFTER), _rule(_PHRASE), _rule(_KEYED, 101)

    def may_find(self, text: str) -> bool:
        """Whether a label, a command, a saying or a form is there."""
        return self._may_hold(self._open(text), text)

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        gates = self._open(text)
        if not self._may_hold(gates, text):
            return []
        text = well_formed(text)
        data = text.encode()
        found: set[Span] = set()
        if _LABELLED in gates:
            found.update(self._labelled(data))
            if _SAID.search(data):
                found.update(self._labelled_after(data))
            found.update(Span("security_answer", *match.span(1)) for match in _ANSWERED.finditer(text))
            if _PHRASED.search(data):
                found.update(self._phrases(data))
        if _COMMANDED in gates or (_TOOL in gates and _FLAGGED in gates):
            found.update(Span("password", start, stop) for start, stop in inline_secrets(text))
        if "\t" in text:
            fields = _FORM_FIELDS.finditer(text)
            found.update(Span("password", *match.span(1)) for match in fields if _is_uncommon(match.group(1)))
        if _NAMED in gates:
            found.update(self._keyed_values(data))
            found.update(Span("token", *match.span(1)) for match in _BYTES.finditer(text))
        if _SPOKEN in gates or may_be_said(text):
            found.update(Span("password", start, stop) for start, stop in said(text))
        return _outermost(found)

    def _open(self, text: str) -> set[int]:
        return {*self._words(text).needs, *(len(_WORDS) + need for need in self._tools(text).needs)}

    def _may_hold(self, gates: set[int], text: str) -> bool:
        if not _NECESSARY.isdisjoint(gates) or (_TOOL in gates and _FLAGGED in gates):
            return True
        text = well_formed(text)
        if ("\t" in text and _FORM_FIELDS.search(text)) or may_be_said(text):
            return True
        return _NAMED in gates and (self._keyed.search(text.encode()) is not None or _BYTES.search(text) is not None)

    def _labelled(self, data: bytes) -> Iterator[Span]:
        position, done = 0, [0] * len(self._forms)
        while label := self._label.search(data, position):
            position = label.match_start + 1
            for form, rule in enumerate(self._forms):
                hit = rule.match(data, label.stop) if label.match_start >= done[form] else None
                if hit is None:
                    continue
                if _plausible(form, label.family, hit.value, hit.next_line):
                    yield hit.span(label.family if label.family in ("pin", "otp") else "password", data)
                    done[form] = hit.stop
                else:
                    done[form] = hit.start - 1  # what looked like a value may be the next label

    def _keyed_values(self, data: bytes) -> Iterator[Span]:
        position = 0
        while hit := self._keyed.search(data, position):
            position = hit.stop if _is_drawn(hit.value) else max(hit.start - 1, hit.match_start + 1)
            if position == hit.stop:
                yield hit.span("password", data)

    def _labelled_after(self, data: bytes) -> Iterator[Span]:
        position = 0
        while hit := self._after.search(data, position):
            position = hit.stop
            if hit.value.casefold() not in COMMON_WORDS and (hit.family == "password" or _is_number(hit.value)):
                yield hit.span(hit.family, data)

    def _phrases(self, data: bytes) -> Iterator[Span]:
        position = 0
        while hit := self._phrase.search(data, position):
            position = hit.stop
            words = hit.value.casefold().replace("-", " ").split()
            if len(words) >= 11 or (len(words) >= 3 and words[0] not in NOT_A_VALUE):
                yield hit.span("password", data)
