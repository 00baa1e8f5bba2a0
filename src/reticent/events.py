"""What flows: one small frozen value per event, and the native wire format they spell.

Field names follow the W3C UI Events, Input Events and Pointer Events specifications. ``time_us`` is an
integer count of microseconds on any monotonic or wall clock; ``x`` and ``y`` are pixels. A field at its
default is left out on the wire. The ``repr`` of an event shows its type and time and nothing that was typed.

>>> KeyDown(time_us=5, code="KeyA", key="a")
KeyDown(time_us=5, ...)
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias, get_args

from msgspec import Meta, Struct

__all__ = [
    "EVENT_TYPES", "LARGEST_TIME_US", "Blur", "Button", "Category", "Clipboard", "CompositionEnd", "CompositionStart",
    "CompositionUpdate", "Discontinuity", "Event", "FieldKind", "Focus", "Frame", "Gap", "Header", "Hit", "Input",
    "KeyDown", "KeyUp", "Label", "LabelKind", "Modifier", "PointerDown", "PointerMove", "PointerUp", "Redacted",
    "SelectionChange", "State", "Tick", "Wheel",
]  # fmt: skip

Modifier: TypeAlias = Literal["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "NumLock"]
Button: TypeAlias = Literal["left", "middle", "right", "back", "forward"]
FieldKind: TypeAlias = Literal[
    "unknown", "text", "password", "otp", "card", "terminal", "editor", "search", "url", "grid"
]
LabelKind: TypeAlias = Literal["title", "url", "path", "element", "notification", "autocomplete"]
Category: TypeAlias = Literal["credential", "financial", "identity", "contact", "health", "custom", "unspecified"]


LARGEST_TIME_US = (1 << 53) - 1
"""Times lie within plus and minus this, so that JavaScript reads them exactly."""


class _Event(
    Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"
):
    time_us: Annotated[int, Meta(ge=-LARGEST_TIME_US, le=LARGEST_TIME_US)]
    stream: str | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}(time_us={self.time_us}, ...)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("time_us", self.time_us)]


class _Key(_Event, frozen=True, kw_only=True, gc=False):
    code: str | None = None
    key: str | None = None
    repeat: bool = False
    modifiers: tuple[Modifier, ...] = ()
    device: str = "0"
    injected: bool | None = None
    composing: bool = False
    text: str | None = None
    dead: str | None = None


class KeyDown(_Key, frozen=True, kw_only=True, gc=False, tag="keydown"):
    """A key went down, or repeats while held (``repeat``). ``code`` is physical, ``key`` is logical."""


class KeyUp(_Key, frozen=True, kw_only=True, gc=False, tag="keyup"):
    """A key went up. It pairs with its keydown by ``(device, code)``, never by ``key``."""


class Input(_Event, frozen=True, kw_only=True, gc=False, tag="input"):
    """Text changed by means that keys do not tell. ``input_type`` is a W3C inputType, or ``autofill``."""

    input_type: str
    data: str | None = None
    replaced: str | None = None


class _Composition(_Event, frozen=True, kw_only=True, gc=False):
    data: str = ""


class CompositionStart(_Composition, frozen=True, kw_only=True, gc=False, tag="compositionstart"):
    """An input method began to compose."""


class CompositionUpdate(_Composition, frozen=True, kw_only=True, gc=False, tag="compositionupdate"):
    """The preedit text is now ``data``."""


class CompositionEnd(_Composition, frozen=True, kw_only=True, gc=False, tag="compositionend"):
    """Composition ended and ``data`` was committed; empty when it was cancelled."""


class SelectionChange(_Event, frozen=True, kw_only=True, gc=False, tag="selectionchange"):
    """The application reports its caret: ``start`` to ``end``, in characters."""

    start: int
    end: int


class Clipboard(_Event, frozen=True, kw_only=True, gc=False, tag="clipboard"):
    """The clipboard was used; ``data`` is absent when the recorder did not see it."""

    operation: Literal["copy", "cut", "paste"]
    data: str | None = None


class PointerMove(_Event, frozen=True, kw_only=True, gc=False, tag="pointermove"):
    """The pointer moved to ``x``, ``y`` (pixels)."""

    x: int | float
    y: int | float
    device: str = "0"


class Hit(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What a pointer hit: an accessibility role and a label."""

    role: str | None = None
    label: str | None = None

    def __repr__(self) -> str:
        return "Hit(...)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


class _PointerButton(_Event, frozen=True, kw_only=True, gc=False):
    x: int | float
    y: int | float
    button: Button = "left"
    device: str = "0"
    hit: Hit | None = None


class PointerDown(_PointerButton, frozen=True, kw_only=True, gc=False, tag="pointerdown"):
    """A pointer button went down at ``x``, ``y`` (pixels)."""


class PointerUp(_PointerButton, frozen=True, kw_only=True, gc=False, tag="pointerup"):
    """A pointer button went up at ``x``, ``y`` (pixels)."""


class Wheel(_Event, frozen=True, kw_only=True, gc=False, tag="wheel"):
    """The wheel turned by ``delta_x``, ``delta_y``: 120 a notch."""

    x: int | float
    y: int | float
    delta_x: int | float = 0
    delta_y: int | float = 0
    device: str = "0"


class _Place(_Event, frozen=True, kw_only=True, gc=False):
    app: str | None = None
    window: str | None = None
    element: str | None = None
    field: FieldKind = "unknown"
    url: str | None = None


class Focus(_Place, frozen=True, kw_only=True, gc=False, tag="focus"):
    """An element took the keyboard focus. What is typed from here on goes to it."""


class Blur(_Place, frozen=True, kw_only=True, gc=False, tag="blur"):
    """The element lost the keyboard focus."""


class Label(_Event, frozen=True, kw_only=True, gc=False, tag="label"):
    """A text that the recorder read off the screen."""

    kind: LabelKind
    value: str


class State(_Event, frozen=True, kw_only=True, gc=False, tag="state"):
    """The world changed: any of these may be set; the rest is unchanged."""

    private: bool | None = None
    locked: bool | None = None
    consent: bool | None = None
    echo: bool | None = None
    recording: bool | None = None
    layout: str | None = None
    wall_time: str | None = None


class Frame(_Event, frozen=True, kw_only=True, gc=False, tag="frame"):
    """A screenshot. In: ``id``, the recorder's name for it. Out: ``index``, dense, when it may be kept."""

    id: str | None = None
    index: int | None = None


class Tick(_Event, frozen=True, kw_only=True, gc=False, tag="tick"):
    """Time has passed. Never emitted."""


class Discontinuity(_Event, frozen=True, kw_only=True, gc=False, tag="discontinuity"):
    """Something before this was not examined: the caret is unknown, modifiers are reset. Never on the wire."""


class Header(_Event, frozen=True, kw_only=True, gc=False, tag="header"):
    """First line of an output: what made it."""

    version: str
    policy: str
    policy_sha256: str
    clock: str = "cut"


class Redacted(_Event, frozen=True, kw_only=True, gc=False, tag="redacted"):
    """Something was here. ``target`` is the ordinal of the element it was typed into, as in ``focus``."""

    category: Category
    target: str | None = None


class Gap(_Event, frozen=True, kw_only=True, gc=False, tag="gap"):
    """A gate was closed here. Why is not said."""


Event: TypeAlias = (
    KeyDown | KeyUp | Input | CompositionStart | CompositionUpdate | CompositionEnd | SelectionChange | Clipboard
    | PointerMove | PointerDown | PointerUp | Wheel | Focus | Blur | Label | State | Frame | Tick
    | Header | Redacted | Gap | Discontinuity
)  # fmt: skip

EVENT_TYPES: dict[str, type[_Event]] = {str(t.__struct_config__.tag): t for t in get_args(Event)}
"""Event classes by the ``type`` they carry on the wire."""
