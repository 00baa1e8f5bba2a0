"""Keystrokes as columns, read off the events of one stream, defended or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.events import Event, KeyDown, KeyUp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Strokes", "strokes_of"]


class Strokes(NamedTuple):
    """Strokes of one stream in the order of press.

    A key that never goes up counts as going up at once: a stream without releases says nothing of dwell.

    Attributes:
        keys: what was pressed: the physical key, or what it gives, where that is all there is.
        press_us, release_us: times, microseconds.
        press_at, release_at: places among the key events of the stream: the order that is left when times are gone.
    """

    keys: list[str]
    press_us: NDArray[np.int64]
    release_us: NDArray[np.int64]
    press_at: NDArray[np.int64]
    release_at: NDArray[np.int64]

    def in_order_only(self) -> Strokes:
        """The same strokes with places for times: 100 ms from one key event to the next."""
        return self._replace(press_us=self.press_at * 100_000, release_us=self.release_at * 100_000)


def strokes_of(events: Sequence[Event]) -> Strokes:
    """Pair presses and releases by device and key.

    >>> found = strokes_of([KeyDown(time_us=0, key="a"), KeyDown(time_us=90, key="b"), KeyUp(time_us=99, key="a")])
    >>> found.keys, found.press_us.tolist(), found.release_us.tolist()
    (['a', 'b'], [0, 90], [99, 90])
    """
    import numpy as np

    keys: list[str] = []
    rows: list[list[int]] = []
    down: dict[tuple[str, str], list[int]] = {}
    place = 0
    for event in events:
        kind = type(event)
        if kind is KeyDown:
            if not event.repeat:  # type: ignore[union-attr]
                row = [event.time_us, event.time_us, place, place]
                key = _name(event)  # type: ignore[arg-type]
                down[event.device, key] = row  # type: ignore[union-attr]
                keys.append(key)
                rows.append(row)
                place += 1
        elif kind is KeyUp:
            row = down.pop((event.device, _name(event)), None)  # type: ignore[union-attr,arg-type]
            if row is not None:
                row[1], row[3] = event.time_us, place
            place += 1
    table = np.array(rows, np.int64).reshape(-1, 4)
    return Strokes(keys, table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _name(event: KeyDown | KeyUp) -> str:
    return event.code or (event.key or "").lower()
