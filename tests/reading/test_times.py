"""Times become the nearest microsecond, by exact arithmetic; what cannot be told is refused with the fix."""

from __future__ import annotations

from typing import Any

import pytest

from reticent.reading.notes import FieldError
from reticent.reading.times import from_iso8601, microseconds


@pytest.mark.parametrize(
    ("value", "unit", "time_us"),
    [
        (1762508790.129177, "seconds", 1_762_508_790_129_177),
        (1700000000.123456, "seconds", 1_700_000_000_123_456),
        (0.00000051, "seconds", 1),
        (0.00000049, "seconds", 0),
        (-1.5, "seconds", -1_500_000),
        (7, "seconds", 7_000_000),
        (1653420520415.25, "milliseconds", 1_653_420_520_415_250),
        ((1 << 53) - 1, "microseconds", (1 << 53) - 1),
        (1653420520415328499, "nanoseconds", 1_653_420_520_415_328),
        (1653420520415328500, "nanoseconds", 1_653_420_520_415_329),
    ],
)
def test_units(value: float, unit: Any, time_us: int) -> None:
    """Halves up."""
    assert microseconds(value, unit, "time") == time_us


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1e300, "time: too large; it must be in seconds"),
        (1653420520415, "time: too large"),
        (float("inf"), "time: not finite"),
        (float("nan"), "time: not finite"),
    ],
)
def test_a_time_out_of_range_is_refused(value: float, reason: str) -> None:
    """Milliseconds in the place of seconds are noticed."""
    with pytest.raises(FieldError, match=reason) as refusal:
        microseconds(value * 10_000, "seconds", "time")
    assert str(value) not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "time_us"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-02-15T16:40:42.123Z", 1_771_173_642_123_000),
        ("2026-02-15T17:40:42.123+01:00", 1_771_173_642_123_000),
        ("2026-02-15 16:40:42.123456789Z", 1_771_173_642_123_457),
        ("1970-01-01T00:00:00.999999999999Z", 1_000_000),
        ("1969-12-31T23:59:59.5Z", -500_000),
    ],
)
def test_moments(text: str, time_us: int) -> None:
    """In any zone, with as many decimals as there are."""
    assert from_iso8601(text, "timestamp") == time_us


@pytest.mark.parametrize(
    "text", ["", "hunter2", "2020-01-01T16:40:42", "2020-01-01", "1771173642", "2020-13-01T00:00:00Z"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """Nor is one without a zone: its clock is not known."""
    with pytest.raises(FieldError, match="timestamp: ") as refusal:
        from_iso8601(text, "timestamp")
    assert not text or text not in str(refusal.value)
