"""Where the keyboard focus is on a web page, told by the targets of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reticent.events import Blur, Event, FieldKind, Focus, Hit
from reticent.reading.fields import field_kind

__all__ = ["Page", "hit_by"]


class Page:
    """Remembers what has the focus, so that only a change makes an event.

    A target is the name of an element, or an object with any of ``id``, ``name``, ``tagName``, ``type``,
    ``autocomplete``, ``isContentEditable``, ``role``, ``style``. What else it holds is not looked at.

    >>> page = Page()
    >>> target = {"tagName": "INPUT", "id": "pw", "type": "password"}
    >>> [len(page.focus(5, target)), len(page.focus(6, "pw")), len(page.focus(7, "other")), len(page.blur(8))]
    [1, 0, 1, 1]
    """

    def __init__(self) -> None:
        self._place: tuple[str | None, FieldKind] | None = None
        self._window: str | None = None
        self._url: str | None = None
        self._moved = False

    def on(self, url: str | None, title: str | None) -> None:
        """The address and the title of the page, where an event tells them."""
        self._moved = self._moved or url not in (None, self._url) or title not in (None, self._window)
        self._url, self._window = url or self._url, title or self._window

    def again(self, time_us: int) -> list[Event]:
        """A ``Focus`` if the page is another than before."""
        return self._focus(time_us, *(self._place or (None, "unknown"))) if self._moved else []

    def focus(self, time_us: int, target: object) -> list[Event]:
        """A ``Focus`` if this target or the page is another. One that does not say what it is stays what it was."""
        element, kind = _place(target)
        before, old = self._place or (None, "unknown")
        if element == before and kind is None:
            kind = old
        if self._place == (element, kind) and not self._moved:
            return []
        return self._focus(time_us, element, kind or "unknown")

    def blur(self, time_us: int) -> list[Event]:
        """A ``Blur`` if anything had the focus."""
        if self._place is None:
            return []
        element, kind = self._place
        self._place = None
        return [Blur(time_us=time_us, window=self._window, element=element, field=kind, url=self._url)]

    def _focus(self, time_us: int, element: str | None, kind: FieldKind) -> list[Event]:
        self._place, self._moved = (element, kind), False
        return [Focus(time_us=time_us, window=self._window, element=element, field=kind, url=self._url)]


def hit_by(target: object) -> Hit | None:
    """What a pointer hit, as far as a target tells it.

    >>> hit_by({"role": "button", "label": "7"}).label, hit_by("#keypad")
    ('7', None)
    """
    if not isinstance(target, Mapping):
        return None
    role, label = _text(target, "role"), _text(target, "label") or _text(target, "ariaLabel")
    return Hit(role=role, label=label) if role or label else None


def _place(target: object) -> tuple[str | None, FieldKind | None]:
    """Name and kind of a target; no kind where it does not say what it is."""
    if isinstance(target, str):
        return target or None, None
    if not isinstance(target, Mapping):
        return None, "unknown"
    tag = _text(target, "tagName") or _text(target, "nodeName") or _text(target, "localName")
    told: dict[str, Any] = {"type": target.get("type"), "autocomplete": target.get("autocomplete")}
    told |= {"role": target.get("role"), "style": target.get("style")}
    told["contenteditable"] = target.get("isContentEditable", target.get("contentEditable"))
    element = _text(target, "id") or _text(target, "name") or _text(target, "selector")
    kind = field_kind(tag, told)
    return element, kind if tag or target.get("type") or kind != "unknown" else None


def _text(target: Mapping[str, object], name: str) -> str | None:
    value = target.get(name)
    return value if isinstance(value, str) and value else None
