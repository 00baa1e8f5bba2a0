"""Strokes apart from their rhythm: a press, its release, and which key holds others while it is down.

The stages here hold at most one release back. ``timing_burst`` holds whole bursts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from reticent.events import (
    EVENT_TYPES,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Gap,
    Header,
    Input,
    KeyDown,
    KeyUp,
    PointerMove,
    Redacted,
    Tick,
)  # fmt: skip
from reticent.keys.table import MODIFIER_KEY
from reticent.transform import Interrupted, RowStage, places_of

__all__ = [
    "TYPED", "DwellStage", "MovesStage", "OrderStage", "PairsStage", "at_time", "holds_others", "press_at",
    "release_of",
]  # fmt: skip

TYPED = (Input, CompositionStart, CompositionUpdate, CompositionEnd)
"""Typing that is told by its effect: on a telephone, or by an input method, there is nothing else."""

_ALL_BUT_MOVES = frozenset(EVENT_TYPES.values()) - {PointerMove}
_HOLDING = frozenset(MODIFIER_KEY.values()) | {"AltGraph", "Symbol", "SymbolLock", "OS"}
_copy: Callable[[Event], Event] = Struct.__copy__  # type: ignore[attr-defined]


def at_time(event: Event, time_us: int) -> Event:
    """The event at another time; itself when the time is its own.

    >>> at_time(Tick(time_us=5), 7)
    Tick(time_us=7, ...)
    """
    if event.time_us == time_us:
        return event
    if type(event) is PointerMove and event.stream is None:  # a new one costs half of a copy and a change
        return PointerMove(time_us=time_us, x=event.x, y=event.y, device=event.device)
    moved = _copy(event)
    force_setattr(moved, "time_us", time_us)
    return moved


def press_at(event: Event, time_us: int) -> Event:
    """A press at another time, no longer as the repeat of one."""
    if not isinstance(event, KeyDown) or not event.repeat:
        return at_time(event, time_us)
    return replace(event, time_us=time_us, repeat=False)


def release_of(press: KeyDown, time_us: int) -> KeyUp:
    """The release of a press. What the true one says of other keys would tell the order of releases.

    >>> release_of(KeyDown(time_us=5, code="KeyA", key="A", modifiers=("Shift",)), 9).modifiers
    ('Shift',)
    """
    return KeyUp(
        time_us=time_us, stream=press.stream, code=press.code, key=press.key, modifiers=press.modifiers,
        device=press.device, injected=press.injected, composing=press.composing,
    )  # fmt: skip


def holds_others(event: KeyDown | KeyUp) -> bool:
    """Whether the key means something for others while it is down: Shift and its like, and the locks.

    >>> holds_others(KeyDown(time_us=0, code="ShiftLeft")), holds_others(KeyDown(time_us=0, code="KeyA", key="a"))
    (True, False)
    """
    return event.code in MODIFIER_KEY or event.key in _HOLDING


def _identity(event: KeyDown | KeyUp) -> tuple[str, str]:
    return event.device, event.code or event.key or ""


class MovesStage(RowStage):
    """Base of stages that take runs of pointer moves, which most events are, together."""

    def __init__(self) -> None:
        super().__init__()
        self._holding: set[tuple[str, str]] = set()

    def moves(self, events: Sequence[Event]) -> None:
        """Take pointer moves; the same for a run of them as for each alone."""
        raise NotImplementedError(type(self).__name__)

    def row(self, event: Event, /) -> None:
        """See ``RowStage``."""
        if type(event) is PointerMove:
            self.moves((event,))
        else:
            self.other(event)

    def other(self, event: Event) -> None:
        """Take an event that is no pointer move."""
        raise NotImplementedError(type(self).__name__)

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Stage``."""
        start = 0
        try:
            for at in places_of(events, _ALL_BUT_MOVES):
                if start < at:
                    self.moves(events[start:at])
                start = at + 1
                self.other(events[at])
            if start < len(events):
                self.moves(events[start:])
        except Exception as error:
            raise Interrupted(self._taken(), type(error).__name__) from None
        return self._taken()

    def goes_down(self, event: KeyDown) -> bool:
        """Whether a key that holds others goes down now; it does not repeat."""
        identity = _identity(event)
        if identity in self._holding:
            return False
        self._holding.add(identity)
        return True

    def goes_up(self, event: KeyUp) -> bool:
        """Whether a key that holds others was down and goes up now."""
        identity = _identity(event)
        if identity not in self._holding:
            return False
        self._holding.discard(identity)
        return True


class PairsStage(MovesStage):
    """One stream of ``SerialisePairs``. Holds nothing."""

    def __init__(self, *, at_press: bool) -> None:
        super().__init__()
        self._at_press = at_press
        self._open: KeyDown | None = None

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        self.out += events

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if isinstance(event, KeyDown):
            self._press(event)
        elif isinstance(event, KeyUp):
            self._release(event)
        else:
            self.out.append(event)

    def _press(self, event: KeyDown) -> None:
        pressed = self._open
        if event.repeat and pressed is not None and _identity(pressed) == _identity(event):
            self.out.append(event)
            return
        self._let_go(event.time_us)
        if holds_others(event):
            if self.goes_down(event):
                self.out.append(event)
            return
        self.out.append(press_at(event, event.time_us))
        self._open = event
        if self._at_press:
            self._let_go(event.time_us)

    def _release(self, event: KeyUp) -> None:
        if holds_others(event):
            self._let_go(event.time_us)
            if self.goes_up(event):
                self.out.append(event)
        elif self._open is not None and _identity(self._open) == _identity(event):
            self._let_go(event.time_us)

    def _let_go(self, time_us: int) -> None:
        if self._open is not None:
            self.out.append(release_of(self._open, time_us))
            self._open = None


class DwellStage(MovesStage):
    """One stream of ``ConstantDwell``. Holds one release, and behind it those of keys that held others meanwhile."""

    passes_ticks = False

    def __init__(self, dwell_us: int) -> None:
        super().__init__()
        self._dwell_us = dwell_us
        self._open: KeyDown | None = None
        self._end_us = 0
        self._behind: list[KeyUp] = []
        self._last_us = 0

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick lets the release out; None when none waits."""
        return None if self._open is None else self._end_us - 1

    @property
    def decided_until_us(self) -> int | None:
        """Event time before which everything is final; None when nothing waits."""
        return None if self._open is None else self._open.time_us

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        for event in events:
            if self._open is not None and event.time_us >= self._end_us:
                self._let_go(self._end_us)
            self._emit(event)

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if self._open is not None and event.time_us >= self._end_us:
            self._let_go(self._end_us)
        if isinstance(event, KeyDown):
            self._press(event)
        elif isinstance(event, KeyUp):
            self._release(event)
        elif type(event) is not Tick:
            marks = isinstance(event, Redacted | Gap)  # written at the time of what was before them
            if self._behind or marks:
                self._let_go(event.time_us)
            self._emit(at_time(event, max(event.time_us, self._last_us)) if marks else event)

    def close(self) -> None:
        """See ``RowStage``."""
        self._let_go(self._end_us)

    def abort(self) -> None:
        """Destroy what is held."""
        self._open = None
        self._behind.clear()

    def _press(self, event: KeyDown) -> None:
        self._let_go(event.time_us)
        if not holds_others(event):
            self._emit(press_at(event, event.time_us))
            self._open, self._end_us = event, event.time_us + self._dwell_us
        elif self.goes_down(event):
            self._emit(event)

    def _release(self, event: KeyUp) -> None:
        if not holds_others(event) or not self.goes_up(event):
            return
        if self._open is not None:
            self._behind.append(event)
        else:
            self._emit(at_time(event, self._last_us))

    def _let_go(self, time_us: int) -> None:
        if self._open is None:
            return
        self._emit(release_of(self._open, time_us))
        for event in self._behind:
            self._emit(at_time(event, time_us))
        self.abort()

    def _emit(self, event: Event) -> None:
        self._last_us = event.time_us
        self.out.append(event)


class OrderStage(MovesStage):
    """One stream of ``FixedCadence`` without pauses: time is the number of presses so far. Holds nothing."""

    passes_ticks = False

    def __init__(self, interval_us: int, dwell_us: int) -> None:
        super().__init__()
        self._interval_us = interval_us
        self._dwell_us = min(dwell_us, interval_us)
        self._press_us: int | None = None
        self._last_us: int | None = None
        self._keyed = False

    def moves(self, events: Sequence[Event]) -> None:
        """See ``MovesStage``."""
        for event in events:
            self._follow(event)

    def other(self, event: Event) -> None:
        """See ``MovesStage``."""
        if isinstance(event, KeyDown):
            if not holds_others(event):
                self._press(event)
                self._last_us = (self._last_us or 0) + self._dwell_us
                self.out.append(release_of(event, self._last_us))
            elif self.goes_down(event):
                self._press(event)
            self._keyed = True
        elif isinstance(event, KeyUp):
            if holds_others(event) and self.goes_up(event):
                self._follow(event)
        elif isinstance(event, TYPED) and not self._keyed:
            self._press(event)
        elif type(event) is not Tick:
            self._follow(event)

    def _press(self, event: Event) -> None:
        if self._press_us is not None:
            self._press_us += self._interval_us
        elif self._last_us is not None:
            self._press_us = self._last_us + self._interval_us
        else:
            self._press_us = event.time_us
        self._last_us = self._press_us
        self.out.append(press_at(event, self._press_us))

    def _follow(self, event: Event) -> None:
        """At the time of what is before it, so that its own tells nothing."""
        if self._last_us is None and type(event) is not Header:
            self._last_us = event.time_us
        self.out.append(event if self._last_us is None else at_time(event, self._last_us))
