"""Positions on what is known of the screen: its elements, its monitors, and where no position may be told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from reticent.errors import PolicyError
from reticent.events import Event, FieldKind, Focus, PointerDown, PointerUp, Wheel
from reticent.transform import Context, Elementwise
from reticent.transforms.apps import APP_CATEGORIES, app_names
from reticent.transforms.pointer_grid import on_grid, placing
from reticent.transforms.pointer_points import Point, distance_px, whole
from reticent.transforms.timing_strokes import MovesStage

__all__ = ["Box", "DropInSensitive", "NormaliseScreens", "RecentreClicks", "SensitiveStage"]

_Positive = Annotated[int, Meta(gt=0)]
_NotNegative = Annotated[int, Meta(ge=0)]
_KEYBOARDS = APP_CATEGORIES["on-screen-keyboard"]


class Box(Struct, frozen=True, kw_only=True):
    """A rectangle of the screen, in pixels: ``x`` to ``x + width``, ``y`` to ``y + height``, ends not included.

    >>> Box(x=10, y=10, width=4, height=2).middle
    Point(x=12, y=11)
    """

    x: int
    y: int
    width: _Positive
    height: _Positive

    @property
    def middle(self) -> Point:
        """Its middle."""
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    def holds(self, x: int, y: int) -> bool:
        """Whether a point lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def nearest(self, x: int, y: int) -> Point:
        """The point inside that is nearest to another."""
        inside_x = min(max(x, self.x), self.x + self.width - 1)
        return Point(inside_x, min(max(y, self.y), self.y + self.height - 1))


class RecentreClicks(Elementwise, frozen=True, kw_only=True):
    """Put what happens on a known element on its middle, all else on a grid (ISO/IEC 20889: generalization).

    Events do not say where an element begins and ends, so whoever knows the layout lists it; a keypad goes in as *one*
    box, and then its keys cannot be told apart: a PIN is at chance, once and 16 times. Moves are put in place
    too, since the last one before a click would tell where it was. Costs position inside elements.

    Attributes:
        elements: boxes; the first that holds a point counts.
        step_px: width of the cells elsewhere, pixels; 0: positions elsewhere stay, in whole pixels.

    >>> from reticent.events import PointerDown
    >>> keypad = RecentreClicks(elements=(Box(x=100, y=100, width=180, height=240),))
    >>> clicks = [PointerDown(time_us=0, x=x, y=y) for x, y in [(110, 120), (250, 300)]]
    >>> [(click.x, click.y) for click in keypad.start(Context()).feed(clicks)]
    [(190, 220), (190, 220)]
    """

    elements: tuple[Box, ...] = ()
    step_px: _NotNegative = 32

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""
        elements, elsewhere = self.elements, on_grid(self.step_px, context)

        def place(x: float, y: float) -> Point:
            at_x, at_y = whole(x), whole(y)
            hit = next((box for box in elements if box.holds(at_x, at_y)), None)
            return elsewhere(at_x, at_y) if hit is None else hit.middle

        return placing(place)


class NormaliseScreens(Elementwise, frozen=True, kw_only=True):
    """Give positions relative to the monitor they are on, all of one size (ISO/IEC 20889: generalization).

    How many monitors there are, how they stand and how many pixels they have is hidden: a mark of the device. Costs
    which monitor it was, and pixels of what is scaled.

    Attributes:
        screens: the monitors, as boxes of the desktop; a point outside is taken to the nearest edge of the nearest.
        width, height: the size that every monitor is given, pixels; 0: its own.

    Raises:
        PolicyError: no screen is given, or only one of ``width`` and ``height``.

    >>> from reticent.events import PointerMove
    >>> two = (Box(x=0, y=0, width=1920, height=1080), Box(x=1920, y=0, width=3840, height=2160))
    >>> stage = NormaliseScreens(screens=two, width=1920, height=1080).start(Context())
    >>> [(move.x, move.y) for move in stage.feed([PointerMove(time_us=0, x=1920 + 2000, y=100)])]
    [(1000, 50)]
    """

    screens: tuple[Box, ...]
    width: _NotNegative = 0
    height: _NotNegative = 0

    def __post_init__(self) -> None:
        if not self.screens:
            raise PolicyError("screens: name at least one monitor")
        if (self.width == 0) != (self.height == 0):
            raise PolicyError("width and height go together: state both, or neither")

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""
        return placing(self._place)

    def _place(self, x: float, y: float) -> Point:
        at_x, at_y = whole(x), whole(y)
        screen = next((screen for screen in self.screens if screen.holds(at_x, at_y)), None)
        if screen is None:
            screen = min(self.screens, key=lambda one: distance_px(one.nearest(at_x, at_y), Point(at_x, at_y)))
            at_x, at_y = screen.nearest(at_x, at_y)
        own_x, own_y = at_x - screen.x, at_y - screen.y
        return Point(
            own_x * (self.width or screen.width) // screen.width,
            own_y * (self.height or screen.height) // screen.height,
        )


class DropInSensitive(Struct, frozen=True, kw_only=True):
    """Drop all of the pointer in sensitive fields and on keypads (ISO/IEC 20889: suppression of records).

    From the focus on such a field to the next focus nothing of the pointer leaves, nor on an on-screen keyboard, nor
    from a click on something with a label of one character to the next click elsewhere. A PIN is at chance, once and
    16 times, where 64 px cells leave 60 %. Costs the click on the button behind the field, too: it happens before the
    focus goes. ``Redact`` hides clicks on labels of one character itself, and labels do not get past ``Payload``: in a
    policy this transform sees fields only.

    Attributes:
        fields: kinds of field.

    >>> from reticent.events import Focus, PointerMove
    >>> stage = DropInSensitive().start(Context())
    >>> stage.feed([Focus(time_us=0, field="otp"), PointerMove(time_us=1, x=5, y=5)])
    [Focus(time_us=0, ...)]
    """

    fields: tuple[FieldKind, ...] = ("password", "otp", "card")

    def start(self, context: Context, /) -> SensitiveStage:
        """See ``Transform``."""
        return SensitiveStage(frozenset(self.fields))


class SensitiveStage(MovesStage):
    """One stream of ``DropInSensitive``.

    A button that went down before goes up in the place where it went down: so strokes of buttons stay whole, and where
    the pointer is now is not told.
    """

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__()
        self._fields = fields
        self._sensitive = self._on_keypad = False
        self._down: dict[tuple[str, str], PointerDown | None] = {}

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        if not (self._sensitive or self._on_keypad):
            self.out += events

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if isinstance(event, PointerDown):
            self._press(event)
        elif isinstance(event, PointerUp):
            self._release(event)
        elif type(event) is Wheel:
            self.moves((event,))
        else:
            if isinstance(event, Focus):
                self._enter(event)
            self.out.append(event)

    def _enter(self, event: Focus) -> None:
        self._on_keypad = False
        on_screen = event.app is not None and not _KEYBOARDS.isdisjoint(app_names(event.app))
        self._sensitive = on_screen or event.field in self._fields

    def _press(self, event: PointerDown) -> None:
        label = None if event.hit is None or event.hit.label is None else event.hit.label.strip()
        self._on_keypad = label is not None and len(label) == 1
        hidden = self._sensitive or self._on_keypad
        self._down[event.device, event.button] = None if hidden else event
        if not hidden:
            self.out.append(event)

    def _release(self, event: PointerUp) -> None:
        pressed = self._down.pop((event.device, event.button), event)
        if pressed is None:
            return
        if self._sensitive or self._on_keypad:
            if pressed is event:
                return
            event = replace(event, x=pressed.x, y=pressed.y, hit=pressed.hit)
        self.out.append(event)
