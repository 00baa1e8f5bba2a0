"""``Gates``: where nothing may be looked at, nothing leaves but one ``gap``.

A gate closes for denied applications, private windows, a locked screen, missing consent and time outside the schedule.
Which of them closed is not said. Withdrawn consent also destroys what is still held downstream.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from reticent.errors import PolicyError
from reticent.events import Event, Focus, Frame, Gap, State
from reticent.transform import Context, Interrupted, RowStage, places_of
from reticent.transforms.apps import APP_CATEGORIES, app_names, normal_name

__all__ = ["Gates", "Schedule"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_INTERESTING = frozenset((Focus, State))
_NEVER = 1 << 62
_YEARS = range(1970, 3000)


class Schedule(Struct, frozen=True, kw_only=True, rename={"start": "from", "stop": "to"}, forbid_unknown_fields=True):
    """When looking is allowed: ``days`` as ``Mon-Fri`` or ``Mon,Wed``, ``from`` and ``to`` as ``HH:MM`` in ``zone``.

    >>> Schedule(start="09:00", stop="18:00").allows(datetime(2025, 3, 4, 9, 5))
    True
    """

    days: str = "Mon-Fri"
    start: str = "00:00"
    stop: str = "24:00"
    zone: str = "UTC"

    def weekdays(self) -> frozenset[int]:
        """Allowed days, Monday is 0.

        Raises:
            PolicyError: a day is not one of Mon ... Sun.
        """
        allowed: set[int] = set()
        try:
            for part in self.days.split(","):
                first, _, last = part.strip().partition("-")
                low, high = _DAYS.index(first), _DAYS.index(last or first)
                allowed.update(day % 7 for day in range(low, high + 1 if high >= low else high + 8))
        except ValueError:
            raise PolicyError("gates.schedule.days: use names like Mon-Fri or Mon,Wed") from None
        return frozenset(allowed)

    def time_zone(self) -> ZoneInfo:
        """The zone of ``from`` and ``to``.

        Raises:
            PolicyError: it is not in the time zone database.
        """
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise PolicyError("gates.schedule.zone: no such time zone; use names like Europe/Berlin") from None

    def minutes(self) -> tuple[int, int]:
        """Start and end as minutes of the day.

        Raises:
            PolicyError: not ``HH:MM``.
        """
        try:
            return _minutes(self.start), _minutes(self.stop)
        except ValueError:
            raise PolicyError("gates.schedule: from and to must be HH:MM") from None

    def allows(self, local: datetime) -> bool:
        """Whether a local time lies inside; the end does not. A span over midnight belongs to the day it began."""
        low, high = self.minutes()
        minute = local.hour * 60 + local.minute
        if low < high:
            return local.weekday() in self.weekdays() and low <= minute < high
        evening = local.weekday() in self.weekdays() and minute >= low
        return evening or ((local.weekday() - 1) % 7 in self.weekdays() and minute < high)


class Gates(Struct, frozen=True, kw_only=True):
    """Replace what happens behind a closed gate by one ``gap`` (ISO/IEC 20889: suppression of records).

    Attributes:
        deny_apps: names of applications, or ``category:NAME`` of a shipped list.
        consent: ``"required"`` lets nothing leave before a ``state`` says that consent is given.
        schedule: when looking is allowed; needs ``state`` events with ``wall_time``.

    >>> from reticent.events import Focus
    >>> from reticent.transform import Context
    >>> stage = Gates(deny_apps=("keepassxc",)).start(Context())
    >>> [type(event).__name__ for event in stage.feed([Focus(time_us=0, app="KeePassXC.exe")])]
    ['Gap']
    """

    deny_apps: tuple[str, ...] = ()
    consent: Literal["off", "required"] = "off"
    schedule: Schedule | None = None

    def denied(self) -> frozenset[str]:
        """All denied names.

        Raises:
            PolicyError: a category is not known.
        """
        names: set[str] = set()
        for entry in self.deny_apps:
            head, _, category = entry.partition(":")
            if head == "category":
                if category not in APP_CATEGORIES:
                    known = ", ".join(sorted(APP_CATEGORIES))
                    raise PolicyError(f"gates.deny_apps: no category {category!r}; there are {known}")
                names |= APP_CATEGORIES[category]
            else:
                names.add(normal_name(entry))
        return frozenset(names)

    def not_in_use(self) -> tuple[str, ...]:
        """Gates that nothing closes, by their keys. Those for private windows and locked screens are always in use.

        >>> Gates(consent="required").not_in_use()
        ('deny_apps', 'schedule')
        """
        used = {"deny_apps": self.deny_apps, "consent": self.consent == "required", "schedule": self.schedule}
        return tuple(name for name, value in used.items() if not value)

    def start(self, context: Context, /) -> GatesStage:
        """See ``Transform``.

        Raises:
            PolicyError: an application category, or a day, time or zone of the schedule, is not known.
        """
        if self.schedule is not None:
            self.schedule.weekdays()
            self.schedule.minutes()
        return GatesStage(self, context)


class GatesStage(RowStage):
    """One stream of ``Gates``."""

    def __init__(self, spec: Gates, context: Context) -> None:
        super().__init__()
        self._counters = context.counters
        self._denied_names = spec.denied()
        self._schedule = spec.schedule
        self._zone = None if spec.schedule is None else spec.schedule.time_zone()
        self._anchor: tuple[datetime, int] | None = None
        self._check_us = _NEVER if spec.schedule is None else 0
        self._reasons = {
            "app": False, "private": False, "locked": False, "consent": spec.consent == "required",
            "schedule": spec.schedule is not None,
        }  # fmt: skip
        self._closed = any(self._reasons.values())
        self._marked = False
        self._missed_focus: Focus | None = None
        self._missed_state: dict[str, bool | str] = {}

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Stage``."""
        if self._check_us != _NEVER:
            return super().feed(events)
        places = places_of(events, _INTERESTING)
        if not self._closed and not places:
            return list(events)
        start = 0
        try:
            for at in places:
                self._pass(events[start:at])
                self.row(events[at])
                start = at + 1
            self._pass(events[start:])
        except Exception as error:
            raise Interrupted(self._taken(), type(error).__name__) from None
        return self._taken()

    def _pass(self, events: Sequence[Event]) -> None:
        """Events that open or close no gate."""
        if not self._closed:
            self.out += events
        elif events:
            self.row(events[0])
            self.out += [event for event in events[1:] if type(event) is Frame]

    def row(self, event: Event, /) -> None:
        """See ``RowStage``."""
        if event.time_us >= self._check_us:
            self._look_at_clock(event.time_us)
        if isinstance(event, State):
            self._note(event)
        elif isinstance(event, Focus):
            self._reasons["app"] = event.app is not None and not self._denied_names.isdisjoint(app_names(event.app))
            self._missed_focus = event
        was, self._closed = self._closed, any(self._reasons.values())
        if self._closed:
            self._shut(event, just_now=not was)
        elif was:
            self._open(event)
        else:
            self._missed_focus = None
            self.out.append(event)

    def _shut(self, event: Event, *, just_now: bool) -> None:
        if isinstance(event, State) and event.consent is False:
            self.out.append(event)
        if just_now or not self._marked:
            self._marked = True
            self._counters[f"gate.{next(name for name, shut in self._reasons.items() if shut)}"] += 1
            self.out.append(Gap(time_us=event.time_us, stream=event.stream))
        if type(event) is Frame:
            self.out.append(event)  # whoever keeps it must hear that it has to go

    def _open(self, event: Event) -> None:
        self._marked = False
        if self._missed_state:
            self.out.append(State(time_us=event.time_us, stream=event.stream, **self._missed_state))  # type: ignore[arg-type]
            self._missed_state = {}
        focus, self._missed_focus = self._missed_focus, None
        if focus is not None and focus is not event:
            missed = Focus(
                time_us=event.time_us, stream=focus.stream, app=focus.app, window=focus.window, element=focus.element,
                field=focus.field, url=focus.url,
            )  # fmt: skip
            self.out.append(missed)
        if not isinstance(event, State):
            self.out.append(event)

    def _note(self, event: State) -> None:
        if event.private is not None:
            self._reasons["private"] = event.private
        if event.locked is not None:
            self._reasons["locked"] = event.locked
        if event.consent is not None:
            self._reasons["consent"] = not event.consent
        if self._closed or any(self._reasons.values()):
            for name in ("echo", "layout"):
                value = getattr(event, name)
                if value is not None:
                    self._missed_state[name] = value
        if event.wall_time is not None and self._zone is not None:
            self._set_clock(event.wall_time, event.time_us)

    def _set_clock(self, wall_time: str, time_us: int) -> None:
        assert self._zone is not None
        wall: datetime | None = None
        with suppress(ValueError):
            wall = datetime.fromisoformat(wall_time)
        if wall is None or wall.year not in _YEARS:
            self._counters["wall_time_unreadable"] += 1
            return
        local = wall.replace(tzinfo=self._zone) if wall.tzinfo is None else wall.astimezone(self._zone)
        self._anchor = local, time_us
        self._look_at_clock(time_us)

    def _look_at_clock(self, time_us: int) -> None:
        """Whether the schedule allows looking now, and when to look at the clock again: at the next full minute."""
        if self._schedule is None or self._anchor is None:
            return
        wall, anchor_us = self._anchor
        now = (wall.astimezone(_UTC) + timedelta(microseconds=time_us - anchor_us)).astimezone(self._zone)
        self._reasons["schedule"] = not self._schedule.allows(now)
        left = timedelta(minutes=1) - timedelta(seconds=now.second, microseconds=now.microsecond)
        self._check_us = time_us + left // timedelta(microseconds=1)


_UTC = ZoneInfo("UTC")


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    if hour == "24" and minute == "00":
        return 24 * 60
    moment = time(int(hour), int(minute))
    return moment.hour * 60 + moment.minute
