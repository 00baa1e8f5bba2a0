"""Behind a closed gate nothing is looked at, and one ``gap`` is all that leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import pytest

from reticent.detect.vault import Vault
from reticent.errors import PolicyError
from reticent.events import Event, Focus, Gap, KeyDown, KeyUp, PointerMove, State, Tick
from reticent.pipeline import Pipeline
from reticent.testing.laws import check_transform
from reticent.transform import Context
from reticent.transforms.apps import APP_CATEGORIES
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.redact import Redact

MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US


def through(gates: Gates, *events: Event) -> list[Event]:
    """What a gate lets out."""
    stage = gates.start(Context())
    return [*stage.feed(events), *stage.flush()]


def move(time_us: int) -> PointerMove:
    """A pointer move."""
    return PointerMove(time_us=time_us, x=1, y=1)


def kinds(events: Sequence[Event]) -> str:
    """The types of events, in a row."""
    return " ".join(type(event).__name__ for event in events)


def state(time_us: int, **fields: Any) -> State:
    """A change of the world."""
    return State(time_us=time_us, **fields)


# -- which gates there are -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gates", "closing", "opening"),
    [
        (Gates(deny_apps=("keepassxc",)), Focus(time_us=1, app="KeePassXC.exe"), Focus(time_us=3, app="notes")),
        (Gates(deny_apps=("category:banking",)), Focus(time_us=1, app="GnuCash"), Focus(time_us=3, app="notes")),
        (Gates(), state(1, private=True), state(3, private=False)),
        (Gates(), state(1, locked=True), state(3, locked=False)),
        (Gates(), state(1, consent=False), state(3, consent=True)),
        (Gates(consent="required"), move(1), state(3, consent=True)),
        (Gates(schedule=Schedule()), move(1), state(3, wall_time="2025-03-04T10:00:00")),
    ],
)
def test_each_gate(gates: Gates, closing: Event, opening: Event) -> None:
    """Nothing leaves while it is closed, and one ``gap``, without a reason, says that it was."""
    out = through(gates, closing, move(2), KeyDown(time_us=2, key="s"), opening, move(4))
    gaps = [event for event in out if isinstance(event, Gap)]
    assert gaps == [Gap(time_us=1)]
    assert move(2) not in out
    assert not any(isinstance(event, KeyDown) for event in out)
    assert out[-1] == move(4)
    check_transform(gates, [closing, move(2), opening, move(4), closing, move(5)])


def test_open_gates_let_everything_pass() -> None:
    """Unchanged, in order."""
    events = [
        move(1),
        Focus(time_us=2, app="notes"),
        state(3, layout="de"),
        KeyDown(time_us=4, key="a"),
        Tick(time_us=5),
    ]
    assert through(Gates(deny_apps=("keepassxc",)), *events) == events


@pytest.mark.parametrize(
    "app",
    [
        "keepassxc", "KeePassXC", "KeePassXC.exe", "C:\\Program Files\\KeePassXC\\KeePassXC.exe", "/usr/bin/keepassxc",
        "org.keepassxc.KeePassXC", "org.keepassxc.KeePassXC.desktop", "KeePassXC.app", " KeePassXC ",
    ],
)  # fmt: skip
def test_denied_whatever_the_platform_calls_it(app: str) -> None:
    """By name, path, desktop id or bundle id, in any case."""
    assert kinds(through(Gates(deny_apps=("KeePassXC",)), Focus(time_us=1, app=app), move(2))) == "Gap"


@pytest.mark.parametrize("category", sorted(APP_CATEGORIES))
def test_categories(category: str) -> None:
    """Every application of a denied category is denied; others are not."""
    gates = Gates(deny_apps=(f"category:{category}",))
    for app in APP_CATEGORIES[category]:
        assert kinds(through(gates, Focus(time_us=1, app=app))) == "Gap"
    assert kinds(through(gates, Focus(time_us=1, app="notes"), Focus(time_us=2))) == "Focus Focus"


def test_unknown_category() -> None:
    """Is refused before anything runs, with those that there are."""
    with pytest.raises(PolicyError, match=r"gates\.deny_apps: no category 'games'; there are banking"):
        Gates(deny_apps=("category:games",)).start(Context())


# -- gaps and reopening ----------------------------------------------------------------------------------------------


def test_one_gap_for_one_run() -> None:
    """However many gates close meanwhile; a gate that closes again gives another."""
    out = through(
        Gates(deny_apps=("keepassxc",)),
        move(1), Focus(time_us=2, app="keepassxc"), state(3, private=True), Focus(time_us=4, app="notes"), move(5),
        state(6, locked=True), state(7, private=False), move(8), state(9, locked=False), move(10),
        state(11, private=True), move(12),
    )  # fmt: skip
    assert kinds(out) == "PointerMove Gap Focus PointerMove Gap"
    assert [event.time_us for event in out] == [1, 2, 9, 10, 11]


def test_focus_missed_is_told_on_reopening() -> None:
    """At the time of reopening; text that follows must not go to the element from before."""
    missed = Focus(time_us=3, app="notes", window="w", element="e", field="password", url="https://x.example")
    out = through(Gates(), Focus(time_us=1), state(2, private=True), missed, state(4, private=False), move(5))
    assert out[2] == msgspec.structs.replace(missed, time_us=4)
    assert kinds(out) == "Focus Gap Focus PointerMove"


def test_focus_that_reopens_is_told_once() -> None:
    """It is the missed one itself."""
    out = through(Gates(deny_apps=("keepassxc",)), Focus(time_us=1, app="keepassxc"), Focus(time_us=2, app="notes"))
    assert out == [Gap(time_us=1), Focus(time_us=2, app="notes")]


def test_denied_focus_is_never_told() -> None:
    """Neither when it closes the gate nor when another gate opens meanwhile."""
    out = through(
        Gates(deny_apps=("keepassxc",)),
        state(1, private=True), Focus(time_us=2, app="keepassxc", window="w"), state(3, private=False), move(4),
    )  # fmt: skip
    assert out == [Gap(time_us=1)]


def test_focus_from_before_is_not_told_again() -> None:
    """It still holds."""
    out = through(Gates(), Focus(time_us=1, app="notes"), state(2, private=True), state(3, private=False), move(4))
    assert kinds(out) == "Focus Gap PointerMove"


def test_layout_and_echo_missed_are_told_on_reopening() -> None:
    """Whoever reads text behind the gate must know them; the rest of the state stays behind."""
    out = through(
        Gates(), state(1, private=True), state(2, layout="de"), state(3, echo=False), state(4, layout="fr"),
        state(5, private=False), move(6), state(7, private=True), state(8, private=False), move(9),
    )  # fmt: skip
    assert out == [Gap(time_us=1), state(5, layout="fr", echo=False), move(6), Gap(time_us=7), move(9)]


def test_why_is_counted_on_the_device() -> None:
    """By gate, once a run."""
    context = Context()
    Gates().start(context).feed([state(1, private=True), move(2), state(3, private=False), state(4, locked=True)])
    assert context.counters == {"gate.private": 1, "gate.locked": 1}


# -- consent ---------------------------------------------------------------------------------------------------------


def typed(text: str, start_us: int) -> list[Event]:
    """Presses and releases, 90 ms apart."""
    events: list[Event] = []
    for at, char in enumerate(text):
        events.append(KeyDown(time_us=start_us + at * 90_000, key=char))
        events.append(KeyUp(time_us=start_us + at * 90_000 + 40_000, key=char))
    return events


def test_consent_withdrawn_destroys_what_is_held() -> None:
    """Text that waits for its decision downstream does not leave; what is typed after new consent does."""
    run = Pipeline((Gates(consent="required"), Redact())).start(Context(Vault()))
    out = run.feed([
        *typed("before", 0), state(1_000_000, consent=True), *typed("held", 2_000_000), state(3_000_000, consent=False),
        *typed("without", 4_000_000), state(5_000_000, consent=True), *typed("after", 6_000_000),
    ])  # fmt: skip
    out += run.flush()
    assert "".join(event.key or "" for event in out if isinstance(event, KeyDown)) == "after"
    assert kinds(out).count("Gap") >= 1


def test_consent_withdrawn_is_told_downstream_behind_a_closed_gate() -> None:
    """Another gate being closed does not keep what is held alive."""
    out = through(Gates(), state(1, private=True), state(2, consent=False), move(3))
    assert out == [Gap(time_us=1), state(2, consent=False)]


# -- schedule --------------------------------------------------------------------------------------------------------

WORK = Schedule(days="Mon-Fri", start="09:00", stop="18:00", zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("schedule", "local", "allowed"),
    [
        (WORK, "2025-03-04T08:59:59", False),
        (WORK, "2025-03-04T09:00:00", True),
        (WORK, "2025-03-04T17:59:59", True),
        (WORK, "2025-03-04T18:00:00", False),
        (WORK, "2025-03-08T12:00:00", False),
        (Schedule(days="Sat,Sun"), "2025-03-08T00:00:00", True),
        (Schedule(days="Sat,Sun"), "2025-03-09T23:59:59", True),
        (Schedule(days="Sat,Sun"), "2025-03-10T00:00:00", False),
        (Schedule(days="Sat-Mon"), "2025-03-10T12:00:00", True),
        (Schedule(days="Sat-Mon"), "2025-03-11T12:00:00", False),
        (Schedule(days="Fri", start="22:00", stop="06:00"), "2025-03-07T21:59:00", False),
        (Schedule(days="Fri", start="22:00", stop="06:00"), "2025-03-07T22:00:00", True),
        (Schedule(days="Fri", start="22:00", stop="06:00"), "2025-03-08T05:59:00", True),
        (Schedule(days="Fri", start="22:00", stop="06:00"), "2025-03-08T06:00:00", False),
        (Schedule(days="Fri", start="22:00", stop="06:00"), "2025-03-07T05:00:00", False),
        (Schedule(days="Sun", start="22:00", stop="06:00"), "2025-03-10T05:00:00", True),
    ],
)
def test_boundaries(schedule: Schedule, local: str, allowed: bool) -> None:
    """The start belongs to the schedule, the end does not; a span over midnight belongs to the day it began."""
    assert schedule.allows(datetime.fromisoformat(local)) == allowed
    out = through(Gates(schedule=schedule), state(0, wall_time=local), move(1))
    assert (move(1) in out) == allowed


def test_without_wall_time_nothing_leaves() -> None:
    """Nor when it cannot be read, which is counted."""
    for events in ((), (state(0, wall_time="yesterday"),), (state(0, wall_time=""),), (state(0, layout="de"),)):
        context = Context()
        out = Gates(schedule=WORK).start(context).feed([*events, move(1), Focus(time_us=2), move(3 * HOUR_US)])
        assert out == [Gap(time_us=events[0].time_us if events else 1)]
        unreadable = any(event.wall_time is not None for event in events)
        assert context.counters["wall_time_unreadable"] == unreadable


@pytest.mark.parametrize("wall_time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59"])
def test_wall_time_at_the_ends_of_time(wall_time: str) -> None:
    """Closes the gate and the run goes on."""
    events = [state(0, wall_time=wall_time), move(1), move(HOUR_US), state(HOUR_US, wall_time="2025-03-04T10:00:00")]
    out = through(Gates(schedule=WORK), *events, move(HOUR_US + 1))
    assert kinds(out) == "Gap PointerMove"


def test_wall_time_never_leaves() -> None:
    """What opened the gate is not told, only that it is open."""
    out = through(Gates(schedule=WORK), state(0, wall_time="2025-03-04T10:00:00"), move(1))
    assert out == [move(1)]


def test_time_goes_on_between_wall_times() -> None:
    """The gate closes and opens by the clock of the events, to the microsecond."""
    start = state(0, wall_time="2025-03-04T17:59:00+01:00")
    out = through(Gates(schedule=WORK), start, move(MINUTE_US - 1), move(MINUTE_US), move(HOUR_US))
    assert out[-2:] == [move(MINUTE_US - 1), Gap(time_us=MINUTE_US)]
    start = state(0, wall_time="2025-03-04T08:59:30")
    out = through(Gates(schedule=WORK), start, move(1), move(MINUTE_US // 2 - 1), move(MINUTE_US // 2))
    assert kinds(out) == "Gap PointerMove"
    assert out[-1] == move(MINUTE_US // 2)


def test_wall_time_with_another_offset() -> None:
    """08:30 UTC is 09:30 in Berlin; a time without an offset is local."""
    assert move(1) in through(Gates(schedule=WORK), state(0, wall_time="2025-03-04T08:30:00+00:00"), move(1))
    assert move(1) in through(Gates(schedule=WORK), state(0, wall_time="2025-03-04T08:30:00Z"), move(1))
    assert move(1) not in through(Gates(schedule=WORK), state(0, wall_time="2025-03-04T08:30:00"), move(1))


@pytest.mark.parametrize(
    ("wall_time", "later_us", "allowed"),
    [
        # 30 March 2025, 01:59 CET: two minutes later it is 03:01 CEST.
        ("2025-03-30T01:59:00", 2 * MINUTE_US, True),
        ("2025-03-30T01:59:00", 2 * MINUTE_US + HOUR_US, False),
        # 26 October 2025, 02:59 CEST (first): two minutes later it is 02:01 CET, an hour more 03:01.
        ("2025-10-26T02:59:00+02:00", 2 * MINUTE_US, False),
        ("2025-10-26T02:59:00+02:00", 2 * MINUTE_US + HOUR_US, True),
    ],
)
def test_daylight_saving(wall_time: str, later_us: int, allowed: bool) -> None:
    """Between 3 and 4 on the wall, whatever the wall clock did meanwhile."""
    gates = Gates(schedule=Schedule(days="Sun", start="03:00", stop="04:00", zone="Europe/Berlin"))
    out = through(gates, state(0, wall_time=wall_time), move(later_us))
    assert (move(later_us) in out) == allowed


def test_a_day_is_not_always_24_hours() -> None:
    """Friday 17:00, with the clocks going forward on Sunday: Monday 09:00 comes an hour earlier."""
    start = state(0, wall_time="2025-03-28T17:00:00")
    for hours, allowed in ((0.5, True), (62.9, False), (63, True), (71.9, True), (72, False)):
        later = move(int(hours * HOUR_US))
        assert (later in through(Gates(schedule=WORK), start, later)) == allowed


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"days": "Montag"}, "days"), ({"days": ""}, "days"), ({"days": "Mon-"}, None), ({"start": "9"}, "HH:MM"),
        ({"stop": "25:00"}, "HH:MM"), ({"stop": "24:30"}, "HH:MM"), ({"start": "09:60"}, "HH:MM"),
        ({"zone": "Mars/Base"}, "zone"), ({"zone": ""}, "zone"), ({"zone": "/etc/passwd"}, "zone"),
    ],
)  # fmt: skip
def test_a_schedule_that_cannot_be_is_refused_at_the_start(fields: dict[str, str], problem: str | None) -> None:
    """Not in the middle of a stream; the message names the key."""
    gates = Gates(schedule=Schedule(**fields))
    if problem is None:
        gates.start(Context())
    else:
        with pytest.raises(PolicyError, match=rf"gates\.schedule.*{problem}"):
            gates.start(Context())


def test_the_policy_spells_from_and_to() -> None:
    """As in a policy document; other keys are refused."""
    record = {"days": "Mon", "from": "08:00", "to": "09:00", "zone": "UTC"}
    assert msgspec.convert(record, Schedule) == Schedule(days="Mon", start="08:00", stop="09:00")
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"start": "08:00"}, Schedule)
