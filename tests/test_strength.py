"""Rule: every value that changes what may leave has a direction, and schedules compare by the minutes they allow."""

from __future__ import annotations

import pytest

from reticent.policy import Policy
from reticent.strength import GROWING, WEAKER
from reticent.text.surrogates import Surrogates
from reticent.transforms.gates import Schedule

WITHOUT_DIRECTION = {"text.platform", "media.clock"}


def test_every_path_of_a_policy_is_accounted_for() -> None:
    """A new key must be given a direction, grow, or be listed here as having none."""
    policy = Policy()
    paths = {
        f"{table}.{key}"
        for table in ("text", "gates", "payload", "media")
        for key in getattr(policy, table).__struct_fields__
    }
    assert paths | {"transform"} == {*WEAKER, *GROWING} | WITHOUT_DIRECTION


@pytest.mark.parametrize(
    ("new", "old", "wider"),
    [
        (Schedule(start="10:00", stop="17:00"), Schedule(start="09:00", stop="18:00"), False),
        (Schedule(start="08:59", stop="17:00"), Schedule(start="09:00", stop="18:00"), True),
        (Schedule(days="Mon"), Schedule(days="Mon-Fri"), False),
        (Schedule(days="Sat"), Schedule(days="Mon-Fri"), True),
        (Schedule(start="22:00", stop="06:00"), Schedule(start="22:00", stop="07:00"), False),
        (Schedule(start="22:00", stop="06:00"), Schedule(), True),
        (Schedule(days="Mon-Sun"), None, False),
        (None, Schedule(), True),
        (Schedule(), Schedule(start="00:00", stop="24:00"), False),
    ],
)
def test_schedules_compare_by_minutes(new: Schedule | None, old: Schedule | None, wider: bool) -> None:
    """A schedule is weaker when it allows a minute of the week that the other does not, or is not there at all."""
    assert WEAKER["gates.schedule"](new, old) is wider


@pytest.mark.parametrize(
    ("new", "old", "weaker"),
    [
        ({"email": "replace"}, {}, True),
        ({}, {"email": "token"}, False),
        ({"email": "token"}, {"email": "replace"}, True),
        ({"email": "replace"}, {"email": "plausible"}, False),
        ({"email": "replace", "card": "token"}, {"email": "token"}, True),
    ],
)
def test_surrogates_compare_by_kind(new: dict[str, str], old: dict[str, str], weaker: bool) -> None:
    """A mark alone tells least, then a constant; then what shows which values are equal."""
    assert WEAKER["text.surrogates"](Surrogates(**new), Surrogates(**old)) is weaker
