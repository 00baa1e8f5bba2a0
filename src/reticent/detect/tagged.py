"""Secrets that are known by a length and a keyed tag only: found anywhere in a text, never read back from the tag.

A tag has 40 bits: 16 of a rolling hash, with which numpy looks at all places of a text at once, and 24 of BLAKE2b,
which is computed where the first 16 agree: once in 65,536 places for each tag. Both depend on the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from reticent.detect.folding import fold, normal

if TYPE_CHECKING:
    import numpy

__all__ = ["MAX_LENGTH", "MIN_LENGTH", "SHORT_LENGTH", "Tag", "Tagged", "Tagger"]

MIN_LENGTH, MAX_LENGTH = 4, 160
"""What can be told from ordinary text, and what the engine remembers of a text."""
SHORT_LENGTH = 6
"""A shorter secret is part of too many words: it counts only as a word of its own at the end of a line."""
_BLOCK = 2048
"""So many places are looked at together: bounds the memory, whatever the length of the text."""
_WORD = 1 << 64


class Tag(NamedTuple):
    """What is known of a secret: its ``length``, 40 bits that the key makes of it, and whether it is ``spaced``."""

    length: int
    bits: int
    spaced: bool = False


class Tagger:
    """Makes tags under one key of 32 bytes.

    >>> tagger = Tagger(bytes(32))
    >>> tagger.tag("hunter2") == tagger.tag("HUNTER2"), tagger.tag("hunter2") == tagger.tag("hunter3")
    (True, False)
    >>> tagger
    Tagger()
    """

    def __init__(self, key: bytes) -> None:
        import numpy as np

        self._key = blake2b(key=key, person=b"reticent.tag").digest()
        numbers = blake2b(key=key, person=b"reticent.roll").digest()
        # Odd numbers have an inverse modulo 2**64; the high bits of a product depend on all bits of its factors.
        first, second, step = (int.from_bytes(numbers[at : at + 8]) | 1 for at in (0, 8, 16))
        size = _BLOCK + MAX_LENGTH
        self._mixers = np.uint64(first), np.uint64(second)
        self._steps = np.cumprod(np.full(size, step, np.uint64))
        self._backs = np.cumprod(np.full(size, pow(step, -1, _WORD), np.uint64))

    def __repr__(self) -> str:
        return "Tagger()"

    def __reduce__(self) -> str:
        raise TypeError("a key stays in memory: it is never pickled or copied; open its store again instead")

    def tag(self, secret: str) -> Tag:
        """The tag of a secret, whatever its case.

        Raises:
            ValueError: it is shorter than 4 characters or longer than 160.
        """
        literal = normal(secret)
        if not MIN_LENGTH <= len(literal) <= MAX_LENGTH:
            raise ValueError(f"a secret to be enrolled has {MIN_LENGTH} to {MAX_LENGTH} characters; this one has not")
        high = int(self._rolling(self.sums(literal), len(literal))[0] >> 48)
        return Tag(len(literal), high << 24 | self.low_bits(literal), any(map(str.isspace, literal)))

    def sums(self, folded: str, spare: int = 0) -> numpy.ndarray:
        """Weighted sums of the characters before each place of at most a block and a secret; ``spare`` zeros follow."""
        import numpy as np

        if folded.isascii():
            mixed = np.frombuffer(folded.encode("ascii"), np.uint8).astype(np.uint64)
        else:
            mixed = np.frombuffer(folded.encode("utf-32-le"), "<u4").astype(np.uint64)
        mixed += np.uint64(1)
        mixed *= self._mixers[0]
        mixed ^= mixed >> np.uint64(32)
        mixed *= self._mixers[1]
        mixed *= self._steps[: len(mixed)]
        sums = np.zeros(len(mixed) + 1 + spare, np.uint64)
        np.cumsum(mixed, out=sums[1 : len(mixed) + 1])
        return sums

    def _rolling(self, sums: numpy.ndarray, length: int) -> numpy.ndarray:
        """The hash of every stretch of this length: what is summed up over it, as if it began at the first place."""
        places = len(sums) - length
        hashes: numpy.ndarray = (sums[length:] - sums[:places]) * self._backs[:places]
        return hashes

    def rolling(self, sums: numpy.ndarray, stops: numpy.ndarray, places: int) -> numpy.ndarray:
        """The same of several lengths, a row each; ``stops`` says where the stretches end."""
        hashes: numpy.ndarray = sums.take(stops)
        hashes -= sums[:places]
        hashes *= self._backs[:places]
        return hashes

    def low_bits(self, literal: str) -> int:
        """The 24 bits of BLAKE2b."""
        return int.from_bytes(blake2b(literal.encode(), key=self._key, digest_size=3).digest())


class Tagged:
    """Finds tagged secrets. Nothing in it changes, so that streams and threads may share one.

    Args:
        tagger: has the key under which the tags were made.
        tags: of all secrets, and of their twins.

    >>> tagger = Tagger(bytes(32))
    >>> Tagged(tagger, [tagger.tag("hunter2")]).find("use HUNTER2 now")
    [(4, 11)]
    """

    def __init__(self, tagger: Tagger, tags: Iterable[Tag]) -> None:
        import numpy as np

        self._tagger = tagger
        self._bits: dict[int, frozenset[int]] = {}
        self._idle_reach = 0
        self._likely = np.zeros(1 << 16, bool)
        for tag in tags:
            self._bits[tag.length] = self._bits.get(tag.length, frozenset()) | {tag.bits}
            self._likely[tag.bits >> 24] = True
            if tag.spaced:
                self._idle_reach = max(self._idle_reach, tag.length - 1)
        self._lengths = sorted(self._bits)
        self._stops = np.array(self._lengths, np.intp)[:, None] + np.arange(_BLOCK)

    def __len__(self) -> int:
        return sum(map(len, self._bits.values()))

    def __repr__(self) -> str:
        return f"Tagged({len(self)} tags)"

    def __reduce__(self) -> str:
        raise TypeError("tags stay in memory with their key: they are never pickled or copied")

    @property
    def idle_reach(self) -> int:
        """How many characters at the end of a text may be the head of a secret that has blanks inside; 0: none has.

        Heads of secrets are not known, so whatever stands there may be one.
        """
        return self._idle_reach

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and stop of every occurrence, whatever its case; those of different secrets may overlap."""
        if not self._lengths or len(text) < self._lengths[0]:
            return []
        folded = fold(text)
        return [
            (start, start + length)
            for base in range(0, len(folded), _BLOCK)
            for start, length, high in self._likely_places(folded, base)
            if self._is_secret(folded, start, length, high)
        ]

    def holds(self, text: str) -> bool:
        """Whether the whole text is one of the secrets."""
        literal = normal(text)
        return (0, len(literal)) in self.find(literal)

    def _likely_places(self, folded: str, base: int) -> Iterable[tuple[int, int, int]]:
        """Start, length and rolling hash of the stretches that begin in a block and may be secrets."""
        import numpy as np

        part = folded[base : base + _BLOCK + self._lengths[-1] - 1]
        places = min(len(part), _BLOCK)
        sums = self._tagger.sums(part, self._lengths[-1])
        highs = (self._tagger.rolling(sums, self._stops[:, :places], places) >> np.uint64(48)).view(np.int64)
        for hit in np.flatnonzero(self._likely.take(highs)).tolist():
            row, place = divmod(hit, places)
            yield base + place, self._lengths[row], int(highs[row, place])

    def _is_secret(self, folded: str, start: int, length: int, high: int) -> bool:
        stop = start + length
        if stop > len(folded):
            return False
        if length < SHORT_LENGTH and not _stands_alone(folded, start, stop):
            return False
        return high << 24 | self._tagger.low_bits(folded[start:stop]) in self._bits[length]


def _stands_alone(text: str, start: int, stop: int) -> bool:
    """Whether a word stands between a blank, or nothing, and Enter, Tab, or nothing."""
    return not text[:start][-1:].strip() and text[stop : stop + 1] in {"", "\n", "\t"}
