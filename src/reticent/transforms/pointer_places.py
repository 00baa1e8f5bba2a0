"""Where a pointer must not be told: the stage behind ``DropInSensitive``."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from reticent.events import Event, Focus, PointerDown, PointerUp, Wheel
from reticent.transforms.apps import APP_CATEGORIES, app_names
from reticent.transforms.timing_strokes import MovesStage

__all__ = ["SensitiveStage"]

_KEYBOARDS = APP_CATEGORIES["on-screen-keyboard"]


class SensitiveStage(MovesStage):
    """One stream of ``DropInSensitive``.

    A button that went down before goes up in the place where it went down: so strokes of buttons stay whole, and where
    the pointer is now is not told.
    """

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__()
        self._fields = fields
        self._sensitive = self._on_keypad = False
        self._down: dict[tuple[str, str], PointerDown] = {}

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
        if self._sensitive or self._on_keypad:
            self._down.pop((event.device, event.button), None)
            return
        self._down[event.device, event.button] = event
        self.out.append(event)

    def _release(self, event: PointerUp) -> None:
        pressed = self._down.pop((event.device, event.button), None)
        if not (self._sensitive or self._on_keypad):
            self.out.append(event)
        elif pressed is not None:
            self.out.append(replace(event, x=pressed.x, y=pressed.y, hit=pressed.hit))
