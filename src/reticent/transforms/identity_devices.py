"""Devices merged into one keyboard and one pointer."""

from __future__ import annotations

from msgspec.structs import replace

from reticent.events import Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.transforms.pointer_points import whole

__all__ = ["OneDevice"]

_REAL, _INJECTED = "0", "1"


class OneDevice:
    """The devices of one stream as if they were one keyboard and one pointer, with strokes whole.

    A key that is down already, on another keyboard, repeats; it goes up when it is up on all of them.

    >>> one = OneDevice()
    >>> strokes = [KeyDown(time_us=0, code="KeyA"), KeyDown(time_us=1, code="KeyA", device="7")]
    >>> [(event.device, event.repeat) for event in map(one.tidied, strokes)]
    [('0', False), ('0', True)]
    """

    def __init__(self) -> None:
        self._down: dict[tuple[str, str | None], set[str]] = {}

    def tidied(self, event: Event) -> Event | None:
        """The event without a mark of its device; None for a release while the key is down elsewhere."""
        if type(event) is PointerMove:
            return PointerMove(time_us=event.time_us, x=whole(event.x), y=whole(event.y), stream=event.stream)
        if isinstance(event, PointerDown | PointerUp | Wheel):
            return replace(event, x=whole(event.x), y=whole(event.y), device=_REAL)
        if isinstance(event, KeyDown):
            return self._pressed(event)
        return self._released(event) if isinstance(event, KeyUp) else event

    def _pressed(self, event: KeyDown) -> Event:
        device = _INJECTED if event.injected else _REAL
        holders = self._down.setdefault((device, event.code or event.key), set())
        again = bool(holders)
        holders.add(event.device)
        return replace(event, device=device, repeat=again)

    def _released(self, event: KeyUp) -> Event | None:
        device = _INJECTED if event.injected else _REAL
        holders = self._down.get((device, event.code or event.key), set())
        holders.discard(event.device)
        return None if holders else replace(event, device=device)
