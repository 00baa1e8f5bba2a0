"""Known secrets of a session: those enrolled by their owner and those learned from what was already redacted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

import re2

from reticent.detect.folding import fold, normal
from reticent.detect.tagged import Tagged
from reticent.detect.words import COMMON_WORDS
from reticent.text.span import Span

__all__ = ["Vault"]

_LEARN_MIN, _LEARN_MAX = 5, 64
_ENROL_MIN = 3
_PREFIX_MIN = 3
_NEAR_MIN, _NEAR_TWO_MIN = 6, 8
_SET_BYTES = 64 << 20
_FRESH_MAX = 32
"""So many new literals are searched one by one before they are compiled into the set."""
_LEARNED_MAX = 256
"""So many learned values are remembered: time and memory must not grow with the day."""


def _occurrences(literal: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where ``literal`` occurs; occurrences that overlap are joined."""
    start = folded.find(literal)
    while start >= 0:
        stop = start + len(literal)
        following = folded.find(literal, start + 1)
        while 0 <= following <= stop:
            stop = following + len(literal)
            following = folded.find(literal, following + 1)
        yield start, stop
        start = following


def _prefixes(literal: str) -> Iterator[str]:
    return (literal[:size] for size in range(_PREFIX_MIN, len(literal)))


def _within(a: str, b: str, limit: int) -> bool:
    """Whether the optimal string alignment distance of ``a`` and ``b`` is at most ``limit``."""
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        before, last, row = last, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (char != other))
            if before and j > 1 and char == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(last) > limit:
            return False
    return row[-1] <= limit


class Vault:
    """Literals to be found wherever they are typed, in memory only; and secrets of which only tags are known.

    A tagged secret is found as a whole only. Once it was found it is learned, and from then on so are its head and what
    is almost it.

    Args:
        enrolled: secrets their owner registered; at least 3 characters each, blanks inside are kept.
        profile_terms: names and the like, found at word boundaries only (kind ``profile``).
        tagged: what an enrolment store knows of its secrets.

    Raises:
        ValueError: an enrolled secret is too short to be told from ordinary text.

    >>> vault = Vault(["hunter2"])
    >>> vault.find("use HUNTER2 now"), vault.learn("Xk2mmN9a"), vault.find_near("Xk2mmN9b")
    ([Span(kind='enrolled', start=4, stop=11)], True, True)
    >>> vault
    Vault(enrolled=1, learned=1, profile_terms=0)
    """

    name = "vault"

    def __init__(
        self, enrolled: Iterable[str] = (), profile_terms: Iterable[str] = (), tagged: Tagged | None = None
    ) -> None:
        self._tagged = tagged
        self._kinds: dict[str, str] = {}
        for kind, literals in (("profile", profile_terms), ("enrolled", enrolled)):
            for literal in map(normal, literals):
                if kind == "enrolled" and len(literal) < _ENROL_MIN:
                    raise ValueError(
                        f"an enrolled secret is shorter than {_ENROL_MIN} characters and would match ordinary text; "
                        "leave it out, its field kind or a cue must protect it"
                    )
                if literal:
                    self._kinds[literal] = kind
        self._literals: tuple[str, ...] = ()
        self._by_size: dict[int, list[str]] = {}
        self._prefixes: dict[str, int] = {}
        self._longest_prefix = 0
        self._learned: deque[str] = deque()
        self._compiled: list[str] = []
        self._fresh = list(self._kinds)
        self._set = self._compile()
        for literal, kind in self._kinds.items():
            if kind != "profile":
                self._index(literal)

    def __repr__(self) -> str:
        kinds = list(self._kinds.values())
        enrolled = kinds.count("enrolled") + (0 if self._tagged is None else len(self._tagged))
        return f"Vault(enrolled={enrolled}, learned={kinds.count('learned')}, profile_terms={kinds.count('profile')})"

    def __reduce__(self) -> str:
        raise TypeError("a vault stays in memory: it is never pickled or copied; enrol its secrets again instead")

    @property
    def literals(self) -> tuple[str, ...]:
        """Enrolled and learned values, case-folded, for searches across joins."""
        return self._literals

    @property
    def is_tagged(self) -> bool:
        """Whether some secrets are known by tags only: ``literals`` names them once they were found."""
        return self._tagged is not None

    @property
    def idle_reach(self) -> int:
        """How many characters at the end of a text may be the head of a tagged secret with blanks inside."""
        return 0 if self._tagged is None else self._tagged.idle_reach

    def learn(self, value: str) -> bool:
        """Remember a value that was redacted; whether the vault holds it now (5 to 64 characters, no common word).

        The last 256 are remembered.
        """
        literal = normal(value)
        if not _LEARN_MIN <= len(literal) <= _LEARN_MAX or literal in COMMON_WORDS:
            return False
        kind = self._kinds.get(literal)
        if kind == "learned":
            self._learned.remove(literal)
            self._learned.append(literal)
        elif kind != "enrolled":
            if len(self._learned) >= _LEARNED_MAX:
                self._forget(self._learned.popleft())
            self._learned.append(literal)
            self._kinds[literal] = "learned"
            self._fresh.append(literal)
            self._index(literal)
        return True

    def _index(self, literal: str) -> None:
        """Make a value known to all searches but the set, which takes in new ones by the dozen."""
        self._literals += (literal,)
        self._by_size.setdefault(len(literal), []).append(literal)
        for prefix in _prefixes(literal):
            self._prefixes[prefix] = self._prefixes.get(prefix, 0) + 1
        self._longest_prefix = max(self._longest_prefix, len(literal) - 1)

    def _forget(self, literal: str) -> None:
        """Take a value out of all searches."""
        del self._kinds[literal]
        self._literals = tuple(other for other in self._literals if other != literal)
        self._by_size[len(literal)].remove(literal)
        for prefix in _prefixes(literal):
            self._prefixes[prefix] -= 1
            if not self._prefixes[prefix]:
                del self._prefixes[prefix]
        self._fresh = [other for other in self._fresh if other != literal]

    def _compile(self) -> re2.Set:
        # A set and not a compiled alternation: re2.compile keeps its patterns in a global cache, and a set
        # reports every literal, so that overlapping ones are all found.
        options = re2.Options()
        options.max_mem = _SET_BYTES
        found = re2.Set.SearchSet(options)
        self._compiled, self._fresh = list(self._kinds), []
        for literal in self._compiled:
            found.Add(re2.escape(literal))
        found.Compile()
        return found

    def find(self, text: str) -> list[Span]:
        """Every occurrence, whatever its case; different literals may overlap."""
        if self._tagged is None:
            return self._find_literals(text)
        places = dict.fromkeys(self._tagged.find(text))
        for start, stop in places:
            self.learn(text[start:stop])
        tagged = [Span("enrolled", start, stop) for start, stop in places]
        return tagged + [span for span in self._find_literals(text) if span[1:] not in places]

    def _find_literals(self, text: str) -> list[Span]:
        if not self._kinds:
            return []
        if len(self._fresh) > _FRESH_MAX:
            self._set = self._compile()
        folded = fold(text)
        found = [self._compiled[hit] for hit in self._set.Match(folded) or ()] if self._compiled else []
        found += (literal for literal in self._fresh if literal in folded)
        return [
            Span(kind, start, stop)
            for literal in dict.fromkeys(found)
            if (kind := self._kinds.get(literal)) is not None
            for start, stop in _occurrences(literal, folded)
            if kind != "profile" or not (folded[start - 1 : start].isalnum() or folded[stop : stop + 1].isalnum())
        ]

    def find_near(self, token_text: str) -> bool:
        """Whether one word is a literal with a slip: distance 1 from 6 characters on, 2 from 8 on."""
        token = fold(token_text)
        if len(token) < _NEAR_MIN - 1 or token in COMMON_WORDS:
            return False
        letters = set(token)
        for size in range(max(len(token) - 2, _NEAR_MIN), len(token) + 3):
            limit = 2 if size >= _NEAR_TWO_MIN else 1
            if abs(size - len(token)) > limit:
                continue
            for literal in self._by_size.get(size, ()):
                if len(letters.symmetric_difference(literal)) <= 2 * limit and _within(token, literal, limit):
                    return True
        return False

    def pending_prefix(self, text: str) -> int:
        """Length of the longest end of ``text`` that an enrolled or learned literal could continue, or 0.

        >>> Vault(["hunter2"]).pending_prefix("note hunt")
        4
        """
        tail = fold(text[-self._longest_prefix :]) if self._longest_prefix else ""
        for size in range(len(tail), _PREFIX_MIN - 1, -1):
            if tail[-size:] in self._prefixes:
                return size
        return 0
