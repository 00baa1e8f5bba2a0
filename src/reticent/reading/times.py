"""Times of recorders to whole microseconds, exact to the nearest one."""

from __future__ import annotations

import datetime
import re
from typing import Literal

from reticent.events import LARGEST_TIME_US
from reticent.reading.notes import FieldError

__all__ = ["from_iso8601", "microseconds"]


_PER_SECOND = {"seconds": 1, "milliseconds": 1_000, "microseconds": 1_000_000, "nanoseconds": 1_000_000_000}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?([Zz]|[+-]\d\d:\d\d)")
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_SECOND = datetime.timedelta(seconds=1)


def microseconds(
    value: float, unit: Literal["seconds", "milliseconds", "microseconds", "nanoseconds"], field: str
) -> int:
    """A time in microseconds, halves up; in exact arithmetic, so that a large epoch time loses nothing on the way.

    Raises:
        FieldError: it is beyond 2**53 microseconds, or not finite.

    >>> microseconds(1700000000.123457, "seconds", "timestamp"), microseconds(1500, "nanoseconds", "timestamp")
    (1700000000123457, 2)
    """
    try:
        numerator, denominator = value.as_integer_ratio()
    except (OverflowError, ValueError):
        raise FieldError(f"{field}: not finite; it must be in {unit}") from None
    denominator *= _PER_SECOND[unit]
    time_us = (2_000_000 * numerator + denominator) // (2 * denominator)
    if abs(time_us) > LARGEST_TIME_US:
        raise FieldError(f"{field}: too large; it must be in {unit}")
    return time_us


def from_iso8601(text: str, field: str) -> int:
    """Microseconds since 1970 of a moment such as ``2026-02-15T16:40:42.123Z``.

    Raises:
        FieldError: it is no moment, or does not tell its time zone.

    >>> from_iso8601("1970-01-01T01:00:01.0000015+01:00", "timestamp")
    1000002
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise FieldError(f"{field}: not a moment; write it as 2026-02-15T16:40:42.123Z, with Z or an offset")
    date, fraction, zone = match.groups(default="")
    try:
        moment = datetime.datetime.fromisoformat(date + zone.upper())
    except ValueError:
        raise FieldError(f"{field}: no such day, time or offset") from None
    picoseconds = int(fraction.ljust(12, "0"))
    return (moment - _EPOCH) // _SECOND * 1_000_000 + (picoseconds + 500_000) // 1_000_000
