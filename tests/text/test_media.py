"""What shows or sounds a secret goes, once told, in stretches whose length tells nothing; the rest may stay."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reticent.errors import RunClosed
from reticent.events import Event, Focus, Frame, Gap, KeyDown, KeyUp, PointerMove, State
from reticent.policy_file import load_policy
from reticent.testing.dsl import expand
from reticent.text.ladder import LADDER_US
from reticent.text.media import Media, Stretch
from reticent.transform import Receivers

STEP_US = LADDER_US[0]
SECOND_US = 1_000_000


class Keeper:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.frames: dict[str | None, int | None] = {}
        self.blanks: list[tuple[int, int]] = []
        self.mutes: list[tuple[int, int]] = []

    def on_frame(self, frame: str | None, index: int | None) -> None:
        """Each only once."""
        assert frame not in self.frames
        self.frames[frame] = index

    def on_blank(self, start_us: int, end_us: int) -> None:
        """Screen."""
        self.blanks.append((start_us, end_us))

    def on_mute(self, start_us: int, end_us: int) -> None:
        """Sound."""
        self.mutes.append((start_us, end_us))

    @property
    def kept(self) -> list[int]:
        """Times of the screenshots that stay, which are their names here."""
        return [int(frame or 0) for frame, index in self.frames.items() if index is not None]

    def start(self, **options: Any) -> Any:
        """A run that tells this keeper."""
        return load_policy("minimal").start(
            on_frame=self.on_frame, on_blank=self.on_blank, on_mute=self.on_mute, **options
        )


def script(text: str) -> list[Event]:
    """Events of a script."""
    return msgspec.convert(expand(text).events, list[Event])


def filmed(events: list[Event], every_us: int = SECOND_US, until_us: int | None = None) -> list[Event]:
    """The events with a screenshot at a fixed rate, each named after its time."""
    end_us = events[-1].time_us if until_us is None else until_us
    frames = [Frame(time_us=at, id=str(at)) for at in range(events[0].time_us + 1, end_us, every_us)]
    return sorted([*events, *frames], key=lambda event: event.time_us)


def typed(text: str, start_us: int, gap_us: int = 200_000) -> list[Event]:
    """Plain strokes; a newline is Enter."""
    events: list[Event] = []
    for at, sign in enumerate(text):
        code, key = ("Enter", "Enter") if sign == "\n" else (None, sign)
        down_us = start_us + at * gap_us
        events += [
            KeyDown(time_us=down_us, code=code, key=key),
            KeyUp(time_us=down_us + gap_us // 2, code=code, key=key),
        ]
    return events


def through(events: list[Event], **options: Any) -> tuple[Keeper, list[Event]]:
    """What a keeper is told, and what leaves."""
    keeper = Keeper()
    run = keeper.start(**options)
    out = run.feed(events)
    return keeper, out + run.flush()


NOTES = Focus(time_us=0, app="notes", window="n", element="n", field="text")


def test_screenshots_of_ordinary_work_stay() -> None:
    """With a dense index, in order, and named by it alone."""
    keeper, out = through(filmed([NOTES, *typed("all is well here\n", SECOND_US)]))
    assert list(keeper.frames.values()) == list(range(len(keeper.frames)))
    frames = [event for event in out if isinstance(event, Frame)]
    assert [event.index for event in frames] == list(range(len(keeper.frames)))
    assert all(event.id is None for event in frames)
    assert keeper.blanks == keeper.mutes == []


def test_nothing_of_a_secret_is_seen() -> None:
    """From its first stroke to the end of its line, also in screenshots taken before it was told to be one."""
    events = filmed([NOTES, *typed("mail bob@example.com\n", SECOND_US), *typed("all well\n", 60 * SECOND_US)])
    keeper, _ = through(events)
    first_us, enter_us = SECOND_US + 5 * 200_000, SECOND_US + 20 * 200_000
    assert not any(first_us <= at <= enter_us + STEP_US for at in keeper.kept)
    assert any(at < first_us for at in keeper.kept)
    assert any(at > enter_us + STEP_US for at in keeper.kept)
    assert keeper.blanks == [(first_us, first_us + STEP_US)]
    assert keeper.mutes == [(first_us, first_us + STEP_US)]


def test_it_shows_until_the_target_is_left() -> None:
    """Without Enter the secret stays on the screen, however much ordinary text follows."""
    other = Focus(time_us=50 * SECOND_US, app="code", window="c", element="c", field="editor")
    first = typed("mail bob@example.com and so on and so on ", SECOND_US)
    keeper, _ = through(filmed([NOTES, *first, other, *typed("x = 1\n", 51 * SECOND_US)]))
    start_us = SECOND_US + 5 * 200_000
    [(blank_from_us, blank_to_us)] = keeper.blanks
    assert blank_from_us == start_us
    assert blank_to_us - blank_from_us in LADDER_US and blank_to_us >= other.time_us
    assert not any(start_us <= at <= other.time_us for at in keeper.kept)


@pytest.mark.parametrize(
    "shut", [State(time_us=5 * SECOND_US, private=True), State(time_us=5 * SECOND_US, locked=True)]
)
def test_nothing_behind_a_gate_is_seen(shut: State) -> None:
    """Nor heard; each screenshot is told to go."""
    opened = State(time_us=30 * SECOND_US, private=False, locked=False)
    events = filmed([NOTES, shut, opened, *typed("all well\n", 80 * SECOND_US)])
    keeper, out = through(events)
    assert set(keeper.frames) == {event.id for event in events if isinstance(event, Frame)}
    assert not any(shut.time_us <= at <= opened.time_us for at in keeper.kept)
    assert keeper.blanks and keeper.blanks[0][0] == shut.time_us
    assert any(isinstance(event, Gap) for event in out)


def test_nothing_of_a_sensitive_field_is_seen() -> None:
    """Before, while and after something is typed into it."""
    field = Focus(time_us=5 * SECOND_US, app="firefox", window="w", element="p", field="password")
    back = Focus(time_us=20 * SECOND_US, app="notes", window="n", element="n", field="text")
    keeper, _ = through(
        filmed([NOTES, field, *typed("hunter2!", 8 * SECOND_US), back, PointerMove(time_us=90 * SECOND_US, x=1, y=1)])
    )
    assert not any(field.time_us <= at <= back.time_us for at in keeper.kept)
    assert keeper.kept


def test_without_a_receiver_no_screenshot_stays() -> None:
    """Nobody would destroy the others."""
    run = load_policy("minimal").start()
    out = run.feed([NOTES, Frame(time_us=5, id="a")]) + run.flush()
    assert not any(isinstance(event, Frame) for event in out)


@pytest.mark.parametrize("end", ["abort", "fault", "consent"])
def test_what_is_undecided_at_the_end_goes(end: str) -> None:
    """After an abort, a fatal error, or when consent is withdrawn, every screenshot that waited is told to go."""
    keeper = Keeper()
    run = keeper.start()
    run.feed([NOTES, Frame(time_us=1, id="1"), *typed("hel", 10), Frame(time_us=900_000, id="2")])
    assert keeper.frames == {"1": 0}
    if end == "abort":
        run.abort()
    elif end == "consent":
        run.feed([State(time_us=SECOND_US, consent=False)])
    else:
        with pytest.raises(RunClosed):
            run.feed([None])
    assert keeper.frames == {"1": 0, "2": None}


def test_chunks_change_nothing() -> None:
    """Whatever is told is told the same."""
    events = filmed([NOTES, *typed("mail bob@example.com\n", SECOND_US), *typed("all well\n", 60 * SECOND_US)])
    whole, out = through(events)
    keeper = Keeper()
    run = keeper.start()
    single = [row for event in events for row in run.feed([event])] + run.flush()
    assert single == out
    assert (keeper.frames, keeper.blanks, keeper.mutes) == (whole.frames, whole.blanks, whole.mutes)


@pytest.mark.parametrize(("one", "other"), [("hunter2", "correct-horse"), ("Xk2mm", "Xk2mmN9aQ77!zz")])
def test_the_length_of_a_secret_shows_in_nothing_kept(one: str, other: str) -> None:
    """Screenshots at a fixed rate: the same indices stay, and as much is blanked, at whole seconds of difference."""
    told = []
    for secret in (one, other):
        typing = typed(f"my password is {secret}\n", SECOND_US, SECOND_US)
        after = typed("all well\n", typing[-2].time_us + SECOND_US, SECOND_US)
        keeper, out = through(filmed([NOTES, *typing, *after], until_us=after[-1].time_us + 40 * SECOND_US))
        indices = [index for index in keeper.frames.values() if index is not None]
        told.append((indices, [end - start for start, end in keeper.blanks + keeper.mutes], [type(e) for e in out]))
    assert told[0][0] and told[0][1]
    assert told[0] == told[1]


def test_stretches_that_touch_are_one() -> None:
    """A second secret before the first stretch ended makes it longer."""
    told: list[tuple[int, int]] = []
    stretch = Stretch(lambda start_us, end_us: told.append((start_us, end_us)))
    stretch.open(0)
    stretch.shut(SECOND_US)
    stretch.open(2 * SECOND_US)
    stretch.shut(20 * SECOND_US)
    stretch.close(21 * SECOND_US)
    assert told == [(0, LADDER_US[1])]


def test_what_is_not_told_yet_is_not_final() -> None:
    """Media before that time may be worked on."""
    told: list[tuple[int, int]] = []
    media = Media(Receivers(on_mute=lambda start_us, end_us: told.append((start_us, end_us))))
    assert media.undecided_from_us is None
    media.hide(7)
    assert (media.undecided_from_us, media.due_us) == (7, None)
    media.show(9)
    assert media.due_us == 7 + LADDER_US[0]
    media.settle(media.due_us)
    assert told == []
    media.settle(media.due_us + 1)
    assert (told, media.undecided_from_us, media.due_us) == ([(7, 7 + LADDER_US[0])], None, None)
    nobody = Media(Receivers())
    nobody.hide(7)
    assert nobody.undecided_from_us is None
