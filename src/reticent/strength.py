"""Which of two values of a policy protects less: what ``weaken`` is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import attrgetter, lt
from typing import Any

from msgspec.structs import asdict

from reticent.text.surrogates import Surrogates
from reticent.transforms.allow import allows_more
from reticent.transforms.apps import COMMON_APPS, normal_name
from reticent.transforms.gates import Schedule

__all__ = ["GROWING", "WEAKER", "is_weaker"]


def _leaves(*values: str) -> Callable[[str, str], bool]:
    """Values from the strongest protection to the weakest."""
    return lambda new, old: values.index(new) > values.index(old)


def _is_wider(new: Schedule | None, old: Schedule | None) -> bool:
    """Whether some minute of the week is allowed by ``new`` and not by ``old``; another zone is another week."""
    if old is None or new is None:
        return old is not None
    minutes = {0, *(minute % 1440 for minute in (*new.minutes(), *old.minutes()))}
    return new.zone != old.zone or any(
        _allows(new, day, minute) and not _allows(old, day, minute) for day in range(7) for minute in minutes
    )


def _allows(schedule: Schedule, day: int, minute: int) -> bool:
    monday = 1
    return schedule.allows(datetime(2024, 1, monday + day, *divmod(minute, 60), tzinfo=UTC))


def _names_more(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    return not {*map(normal_name, new)} <= COMMON_APPS.union(map(normal_name, old))


def _tells_more(new: Surrogates, old: Surrogates) -> bool:
    """Whether some kind has a surrogate that tells more: that it was there, then also which were the same."""
    told = ("mark", "replace", "plausible", "token")
    return any(told.index(asdict(new)[kind]) > told.index(operator) for kind, operator in asdict(old).items())


WEAKER: Mapping[str, Callable[[Any, Any], bool]] = {
    **{f"text.{name}": lt for name in ("idle_us", "hold_us", "size", "cut", "rows", "pointers", "targets")},
    "text.unknown_field": _leaves("redact", "examine"),
    "text.allow": allows_more,
    **{f"text.{extra}": _leaves("demanded", "if installed", "off") for extra in ("names", "kingfisher")},
    "text.surrogates": _tells_more,
    "gates.consent": _leaves("required", "off"),
    "gates.schedule": _is_wider,
    "payload.title": _leaves("drop", "scrub"),
    "payload.url": _leaves("drop", "domain"),
    "payload.path": _leaves("drop", "extension"),
    "payload.label": _leaves("drop", "scrub"),
    "payload.notification": _leaves("drop", "scrub"),
    "payload.clipboard": _leaves("operation", "scrub"),
    "payload.common_apps": _names_more,
}
"""By path: whether a new value protects less than an old one. Values at other paths have no direction."""

GROWING = ("text.layouts", "text.regions", "text.require", "gates.deny_apps", "transform")
"""Paths of lists of what is protected: an entry of the base stays, so they cannot be weaker by themselves."""


def is_weaker(path: str, new: object, old: object) -> bool:
    """Whether policy ``new`` protects less than ``old`` at this path.

    >>> from reticent.policy_file import parse_policy
    >>> loose, strict = parse_policy('payload.title = "scrub"'), parse_policy("")
    >>> is_weaker("payload.title", loose, strict), is_weaker("payload.title", strict, loose)
    (True, False)
    """
    value = attrgetter(path)
    return WEAKER[path](value(new), value(old))
