"""Coarser pointers: transforms that run after redaction and leave what was done, but less of how.

Positions are pixels, times integers of microseconds. Nothing here draws fresh noise: where a point comes to lie depends
on nothing but the point and a key, so that a point which comes again tells nothing more. Sixteen entries of one PIN
under fresh noise of 64 px name it in 96 % of cases, one entry in 5 %.

Figures are of adaptive attackers, from the study that the design rests on: which of 118 people of the SapiMouse set
moved the mouse for a minute (rank-1; raw 71 %, EER 9.3 %; chance 0.85 %). How far a click is off is a mean.

Touch and pen are presses, releases and the moves between: a jump between two of them stays a jump. Pressure and tilt
are not part of any event.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from reticent.transform import Context
from reticent.transforms.pointer_grid import Grid, on_grid
from reticent.transforms.pointer_moves import BucketWheel, ClicksOnly, Resample, Simplify
from reticent.transforms.pointer_path import PathRules, PathStage, beside_pointer
from reticent.transforms.pointer_places import Box, DropInSensitive, NormaliseScreens, RecentreClicks
from reticent.transforms.timing_clock import Pauses, pause_rounding

__all__ = [
    "Box", "BucketWheel", "CanonicalPath", "ClicksOnly", "DropInSensitive", "Grid", "NormaliseScreens",
    "RecentreClicks", "Resample", "Simplify",
]  # fmt: skip

_Positive = Annotated[int, Meta(gt=0)]
_SECOND_US = 1_000_000


class CanonicalPath(Struct, frozen=True, kw_only=True):
    """Draw every movement anew, straight and as a population would (ISO/IEC 20889: generalization; pauses: rounding).

    A movement ends with a click, a turn of the wheel or a rest. Of it leave only both ends, with a straight
    minimum-jerk path at 10 Hz between, in the time that a population takes for the distance (Fitts' law). A button is
    down for ``hold_us``, unless something is dragged, or for longer than half a second; pauses beside the pointer are
    50 ms when shorter than half a second, else rounded up. All clicks, turns of the wheel and drags stay, in order.
    71 % to 10 % with exact clicks (EER 24 %), to 8.5 % on 32 px (12 px off) and 5.9 % on 64 px (25 px off; EER 28 %).
    With hours of training on people who do different work, 37 % of 10 are still named on 64 px (raw 77 %).

    Costs paths, speed of the hand and the true time: the output clock goes on by what was drawn, so that it may run
    late or early by a second at every movement. Between events of other kinds it is exact: typing keeps its speed.

    Nothing but the movement waits; what is not of the pointer goes before it. It waits until it ends, at most
    ``span_us`` and ``rest_us`` of event time. Ticks decide.

    Attributes:
        grid_px: cells on whose middle ends and clicks are put (see ``Grid``), pixels; 0: the whole pixel.
        pauses: ``"seconds"`` rounds pauses up to whole seconds, ``"log"`` to 1, 2, 4, 8 seconds and so on.
        hold_us: from a press of a button to its release, microseconds.
        rest_us: longer without a move ends a movement, microseconds. A hand takes 400 ms to the keyboard (Card, Moran
            and Newell 1980).
        still_px: a movement that ends nearer to where it began is none, pixels.
        span_us: a movement that has lasted longer ends, microseconds.

    >>> from reticent.events import PointerDown, PointerMove, PointerUp
    >>> path = [PointerMove(time_us=ms * 1000, x=ms, y=ms * ms % 7) for ms in range(0, 200, 8)]
    >>> click = [PointerDown(time_us=213_000, x=200, y=0), PointerUp(time_us=313_000, x=200, y=0)]
    >>> stage = CanonicalPath().start(Context())
    >>> for event in stage.feed(path + click):
    ...     print(type(event).__name__, event.time_us // 1000, event.x, event.y)
    PointerMove 0 0 0
    PointerMove 100 12 0
    PointerMove 200 63 0
    PointerMove 300 137 0
    PointerMove 400 188 0
    PointerMove 500 200 0
    PointerDown 550 200 0
    PointerUp 630 200 0
    """

    grid_px: Annotated[int, Meta(ge=0)] = 0
    pauses: Pauses = "seconds"
    hold_us: _Positive = 80_000
    rest_us: _Positive = 300_000
    still_px: _Positive = 3
    span_us: _Positive = 10 * _SECOND_US

    def start(self, context: Context, /) -> PathStage:
        """See ``Transform``."""
        pause = beside_pointer(pause_rounding(self.pauses, _SECOND_US))
        place = on_grid(self.grid_px, context)
        return PathStage(PathRules(place, pause, self.hold_us, self.rest_us, self.still_px, self.span_us))
