"""Pointer events as columns, read off the events of one stream, defended or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reticent.events import Event, PointerDown, PointerMove, PointerUp, Wheel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DOWN", "MOVE", "UP", "WHEEL", "Track", "track_of"]

MOVE, DOWN, UP, WHEEL = range(4)
_KINDS: dict[type, int] = {PointerMove: MOVE, PointerDown: DOWN, PointerUp: UP, Wheel: WHEEL}


class Track(NamedTuple):
    """Pointer events of one stream, in order.

    Attributes:
        time_us: microseconds.
        x, y: pixels.
        kind: ``MOVE``, ``DOWN``, ``UP`` or ``WHEEL``.
    """

    time_us: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    kind: NDArray[np.int64]

    def segments(self, points: int = 100, span_us: int = 8_000_000, least: int = 10) -> Iterator[Track]:
        """Pieces of at most so many points and so long; shorter ones than ``least`` points are left out."""
        import numpy as np

        start = 0
        while start < len(self.time_us):
            stop = int(np.searchsorted(self.time_us, self.time_us[start] + span_us, "right"))
            stop = max(min(stop, start + points), start + 1)
            if stop - start >= least:
                rows = slice(start, stop)
                yield Track(self.time_us[rows], self.x[rows], self.y[rows], self.kind[rows])
            start = stop


def track_of(events: Sequence[Event]) -> Track:
    """Columns of the pointer events.

    >>> track_of([PointerMove(time_us=5, x=1, y=2)]).x.tolist()
    [1.0]
    """
    import numpy as np

    kinds = _KINDS
    rows = [(event.time_us, event.x, event.y, kinds[type(event)]) for event in events if type(event) in kinds]  # type: ignore[union-attr]
    table = np.array(rows, float).reshape(-1, 4)
    return Track(table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3].astype(np.int64))
