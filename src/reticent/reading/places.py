"""Where the keyboard focus is, for recorders that say it beside every event."""

from __future__ import annotations

from reticent.events import Event, FieldKind, Focus

__all__ = ["Place"]


class Place:
    """Remembers where the focus is, so that only a change makes an event.

    >>> place = Place()
    >>> [len(place.at(0, app=app)) for app in ("mail", "mail", None, "notes")]
    [1, 0, 0, 1]
    """

    def __init__(self) -> None:
        self._app: str | None = None
        self._window: str | None = None
        self._element: str | None = None
        self._field: FieldKind = "unknown"
        self._url: str | None = None

    def at(
        self,
        time_us: int,
        *,
        app: str | None = None,
        window: str | None = None,
        element: str | None = None,
        field: FieldKind | None = None,
        url: str | None = None,
    ) -> list[Event]:
        """A ``Focus`` when what is told differs from before. None is not told: it stays as long as the window does."""
        before = self._app, self._window, self._element, self._field, self._url
        if app not in (None, self._app):
            self._app, self._window = app, None
            self._element, self._field, self._url = None, "unknown", None
        if window not in (None, self._window):
            self._window = window
            self._element, self._field, self._url = None, "unknown", None
        if element not in (None, self._element):
            self._element, self._field = element, "unknown"
        if field not in (None, "unknown"):
            self._field = field
        self._url = url or self._url
        app, window, element, kind, url = now = self._app, self._window, self._element, self._field, self._url
        if now == before:
            return []
        return [Focus(time_us=time_us, app=app, window=window, element=element, field=kind, url=url)]
