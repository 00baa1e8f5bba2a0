"""Which PIN was clicked on a keypad on the screen, whose place the attacker knows: entered once, or many times."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from reticent.attack.pin_readings import DIGITS, READINGS
from reticent.events import Event, FieldKind, Focus, PointerDown, PointerMove, PointerUp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reticent.attack.pin_readings import Reading

    Floats = NDArray[np.float64]

__all__ = ["PinPad", "PinRanks", "entry_events", "pin_ranks"]

_KEY_PX = 60
_SPREAD_PX = 0.18 * _KEY_PX / 2**0.5
_ORIGIN_PX = (640, 400)
_PLACES = {"0": (1, 3), **{str(digit): ((digit - 1) % 3, (digit - 1) // 3) for digit in range(1, 10)}}
_FLOOR = 1e-4


class PinRanks(NamedTuple):
    """One entry a victim.

    Attributes:
        first: whether, or how likely, the first guess is right.
        ten: likewise within ten guesses.
        rank: of the PIN among all 10,000.
    """

    first: Floats
    ten: Floats
    rank: Floats


class _Reader(NamedTuple):
    """One way to read clicks off a stream, and what digit a place means."""

    reading: Reading
    forest: Any

    def logs(self, points: Floats) -> Floats:
        """Log likelihood of each digit (column) at each point (row)."""
        import numpy as np

        logs = np.full((len(points), 10), np.log(_FLOOR))
        columns = [int(digit) for digit in self.forest.classes_]
        logs[:, columns] = np.log(self.forest.predict_proba(points) + _FLOOR)
        return logs


class PinPad:
    """Learns where what is left of clicks on each key comes out of a defence, in other people's streams.

    It knows several ways to read a stream: where buttons went down or up, where the pointer stayed or turned. Of those
    that tell more than guessing about background streams they were not learned from, it takes the one that tells most
    (of equal ones the plainest), and adds up over entries. Where there is none, every PIN is as likely.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._readers: list[_Reader] = []

    def fit(self, streams: Sequence[tuple[str, Sequence[Event]]], entries: int, /) -> None:
        """Learn from pairs of the PIN and what came out."""
        found: list[tuple[float, _Reader]] = []
        for reading in READINGS:
            read = [(pin * entries, reading(events, entries)) for pin, events in streams]
            known = [(digits, points) for digits, points in read if len(points)]
            if len(known) >= 2:
                half = len(known) // 2
                loss = _loss(self._learned(reading, known[:half]), known[half:])
                if loss < math.log(10):
                    found.append((loss, self._learned(reading, known)))
        self._readers = [reader for _, reader in sorted(found, key=lambda each: round(each[0], 1))]

    def ranks(self, streams: Sequence[tuple[str, Sequence[Event]]], entries: int, /) -> PinRanks:
        """Rank the true PIN of each stream among all."""
        import numpy as np

        every = np.array(list(product(range(10), repeat=DIGITS)))
        found = []
        for pin, events in streams:
            digits = self._logs(events, entries)
            scores = sum(digits[place, every[:, place]] for place in range(DIGITS)).round(9)
            true = scores[int(pin)]
            above, level = (scores > true).sum(), (scores == true).sum()
            found.append((_within(1, above, level), _within(10, above, level), 1 + above + (level - 1) / 2))
        return PinRanks(*np.array(found, float).reshape(-1, 3).T)

    def _learned(self, reading: Reading, known: list[tuple[str, Floats]]) -> _Reader:
        import numpy as np

        from reticent.attack.trees import forest

        grown = forest(100, self._seed, min_samples_leaf=4)
        return _Reader(
            reading, grown.fit(np.vstack([points for _, points in known]), [d for digits, _ in known for d in digits])
        )

    def _logs(self, events: Sequence[Event], entries: int) -> Floats:
        """Log likelihood of each digit (column) at each place of the PIN (row)."""
        import numpy as np

        for reader in self._readers:
            points = reader.reading(events, entries)
            if len(points):
                summed: Floats = reader.logs(points).reshape(entries, DIGITS, 10).sum(0)
                return summed
        return np.zeros((DIGITS, 10))


def _loss(reader: _Reader, known: list[tuple[str, Floats]]) -> float:
    """Mean log loss of a digit."""
    import numpy as np

    logs = reader.logs(np.vstack([points for _, points in known]))
    logs -= np.log(np.exp(logs).sum(1, keepdims=True))
    true = [int(digit) for digits, _ in known for digit in digits]
    return float(-logs[np.arange(len(true)), true].mean())


def pin_ranks(
    defend: Callable[[Sequence[Event], str], Sequence[Event]],
    *,
    entries: int,
    background: int,
    victims: int,
    field: FieldKind = "password",
    seed: int = 0,
) -> PinRanks:
    """Attack simulated victims behind ``defend``, which is also told whose stream it is.

    Clicks fall 0.18 keys (root mean square) from the centre of keys of 60 px; PINs are uniform. ``field`` is what the
    recorder says of the element with the keypad.
    """
    import numpy as np

    noise = np.random.default_rng(seed)
    streams = []
    for person in range(background + victims):
        pin = "".join(map(str, noise.integers(0, 10, DIGITS)))
        streams.append((pin, defend(entry_events(pin, entries, noise, field), f"{seed}/{entries}/{person}")))
    attacker = PinPad(seed)
    attacker.fit(streams[:background], entries)
    return attacker.ranks(streams[background:], entries)


def entry_events(pin: str, entries: int, noise: np.random.Generator, field: FieldKind = "password") -> list[Event]:
    """Somebody enters a PIN so many times: a movement to each key, a click, and a walk away after each entry.

    >>> import numpy as np
    >>> events = entry_events("1234", 2, np.random.default_rng(0))
    >>> sum(isinstance(event, PointerDown) for event in events)
    8
    """
    events: list[Event] = []
    time_us, x, y = 0, 200.0, 200.0
    for _ in range(entries):
        events.append(Focus(time_us=time_us, app="bank", element="pin", field=field))
        for digit in pin:
            column, row = _PLACES[digit]
            goal = [_ORIGIN_PX[axis] + (at + 0.5) * _KEY_PX for axis, at in enumerate((column, row))]
            to_x, to_y = (round(float(centre + noise.normal(0, _SPREAD_PX))) for centre in goal)
            for part in (0.25, 0.5, 0.75, 1.0):
                time_us += int(noise.integers(40_000, 120_000))
                at_x, at_y = round(x + (to_x - x) * part), round(y + (to_y - y) * part)
                events.append(PointerMove(time_us=time_us, x=at_x, y=at_y))
            x, y = to_x, to_y
            events.append(PointerDown(time_us=time_us + 30_000, x=to_x, y=to_y))
            time_us += 30_000 + int(noise.integers(60_000, 120_000))
            events.append(PointerUp(time_us=time_us, x=to_x, y=to_y))
        time_us += int(noise.integers(5_000_000, 20_000_000))
        x, y = float(noise.integers(0, 600)), float(noise.integers(0, 300))
        events.append(Focus(time_us=time_us, app="bank", element="page", field="text"))
        events.append(PointerMove(time_us=time_us, x=round(x), y=round(y)))
    return events


def _within(guesses: int, above: int, level: int) -> float:
    """How likely a rank is among the first guesses when equal scores are guessed in random order."""
    return float(min(max((guesses - above) / level, 0.0), 1.0))
