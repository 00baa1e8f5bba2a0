"""What leaves is in order, well formed, and on a clock that tells of hidden time only its step of the ladder."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from reticent.events import (
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Focus,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    Redacted,
    Tick,
)
from reticent.testing.wellformed import problems
from reticent.text.buffer import Buffer, Place
from reticent.text.cells import Hull
from reticent.text.emitter import Emitter
from reticent.text.ladder import LADDER_US, ladder
from reticent.transform import Receivers

SECOND_US = 1_000_000


def field(element: str = "1", window: str = "n") -> Buffer:
    """A text field."""
    return Buffer(Place("notes", window, element), "text")


class Desk:
    """An emitter and the clock of its input."""

    def __init__(self) -> None:
        self.counters: Counter[str] = Counter()
        self.emitter = Emitter(self.counters, Receivers())
        self.now_us = 1_000 * SECOND_US

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.now_us += int(seconds * SECOND_US)

    def press(self, letter: str, device: str = "0") -> None:
        """A kept key goes down."""
        event = KeyDown(time_us=self.now_us, code=f"Key{letter}", key=letter.lower(), device=device)
        self.emitter.keep_down(event, self.now_us)

    def lift(self, letter: str, device: str = "0") -> None:
        """A key goes up."""
        self.raise_key(KeyUp(time_us=self.now_us, code=f"Key{letter}", key=letter.lower(), device=device))

    def raise_key(self, event: KeyUp) -> None:
        """Any key goes up."""
        self.emitter.keep_up(event, self.now_us)

    def move(self, device: str = "0") -> None:
        """The pointer moves."""
        self.emitter.keep_pointer(PointerMove(time_us=self.now_us, x=1, y=1, device=device), self.now_us)

    def drop(self, where: Buffer, category: str = "credential", surrogate: str | None = None) -> None:
        """Something sensitive."""
        hull = Hull(category)  # type: ignore[arg-type]
        hull.surrogate = surrogate
        self.emitter.drop(hull, where, self.now_us)

    def focus(self, where: Buffer) -> None:
        """Another element takes the focus."""
        self.emitter.keep_place(Focus(time_us=self.now_us, element="secret", field="text"), where, self.now_us)

    @property
    def out(self) -> list[Event]:
        """What has left; it is always well formed."""
        assert problems([msgspec.to_builtins(event) for event in self.emitter.out]) == []
        return self.emitter.out

    @property
    def shape(self) -> str:
        """One word an event."""
        return " ".join(_word(event) for event in self.out)

    @property
    def seconds(self) -> list[float]:
        """Output times."""
        return [event.time_us / SECOND_US for event in self.out]


def _word(event: Event) -> str:
    if isinstance(event, KeyDown | KeyUp):
        return ("+" if isinstance(event, KeyDown) else "-") + str(event.key)
    if isinstance(event, Focus):
        return f"focus{event.element}"
    return f"{event.category}{event.target}" if isinstance(event, Redacted) else type(event).__name__


# -- the clock -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap_s", "step_s"),
    [
        (0, 15), (0.000001, 15), (15, 15), (15.000001, 60), (60, 60), (61, 300), (301, 1800), (1801, 7200),
        (7201, 28800), (28801, 86400), (86400, 86400), (86401, 172800), (172801, 259200),
    ],
)  # fmt: skip
def test_the_ladder_rounds_up(gap_s: float, step_s: int) -> None:
    """To 15 s, 1 min, 5 min, 30 min, 2 h, 8 h, 24 h, and then to whole days."""
    assert ladder(round(gap_s * SECOND_US)) == step_s * SECOND_US
    assert len(LADDER_US) == 7


def test_output_time_starts_at_zero_and_keeps_its_rhythm() -> None:
    """While nothing is hidden."""
    desk = Desk()
    desk.press("A")
    desk.wait(0.08)
    desk.lift("A")
    desk.wait(500)
    desk.press("B")
    assert desk.seconds == [0, 0.08, 500.08]


@pytest.mark.parametrize(("hidden_s", "step_s"), [(0.002, 15), (3, 15), (14.9, 15), (16, 60), (59, 60), (200, 300)])
def test_hidden_time_shows_as_its_step_only(hidden_s: float, step_s: int) -> None:
    """However long it took within the step."""
    desk = Desk()
    desk.press("A")
    desk.wait(hidden_s / 2)
    desk.drop(field())
    desk.wait(hidden_s / 2)
    desk.press("B")
    assert desk.seconds == [0, 0, step_s]


def test_the_shift_is_never_given_back() -> None:
    """A pause after a hull stays as long as it was."""
    desk = Desk()
    desk.press("A")
    desk.wait(1)
    desk.drop(field())
    desk.wait(1)
    desk.press("B")
    desk.wait(600)
    desk.press("C")
    assert desk.seconds == [0, 0, 15, 615]


def test_a_marker_takes_the_time_of_what_stands_before_it() -> None:
    """Or 0, when nothing does; hulls at the start have no more to say."""
    desk = Desk()
    desk.drop(field())
    desk.wait(2)
    desk.press("A")
    assert (desk.shape, desk.seconds) == ("credential1 +a", [0, 15])


def test_one_marker_for_a_run() -> None:
    """The first category stands; another window's is another marker."""
    desk = Desk()
    desk.drop(field("1"))
    desk.drop(field("2"), "contact")
    desk.drop(field("1", "other"), "financial")
    desk.drop(field("1", "other"), "contact")
    desk.press("A")
    desk.drop(field("1", "other"), "contact")
    assert desk.shape == "credential1 financial2 +a contact3"
    assert desk.counters == {"redacted.credential": 1, "redacted.financial": 1, "redacted.contact": 1}


# -- strokes ---------------------------------------------------------------------------------------------------------


def test_a_release_beside_a_marker_moves_to_its_edge() -> None:
    """It tells nothing of how long what is hidden took."""
    desk = Desk()
    desk.press("A")
    desk.wait(0.05)
    desk.drop(field())
    desk.wait(3)
    desk.lift("A")
    desk.wait(1)
    desk.press("B")
    assert (desk.shape, desk.seconds) == ("+a credential1 -a +b", [0, 0, 0, 15])


def test_a_press_inside_a_hull_that_serves_text_behind_it_is_owed() -> None:
    """It leaves with that text; a release that came before it is not forgotten."""
    desk = Desk()
    desk.press("A")
    desk.drop(field())
    desk.wait(3)
    desk.emitter.owe_down(KeyDown(time_us=desk.now_us, code="ShiftLeft", key="Shift"))
    desk.wait(1)
    desk.press("B")
    desk.wait(0.1)
    desk.lift("B")
    desk.raise_key(KeyUp(time_us=desk.now_us, code="ShiftLeft", key="Shift"))
    assert desk.shape == "+a credential1 +Shift +b -b -Shift"
    assert desk.seconds == [0, 0, 15, 15, 15.1, 15.1]


def test_a_release_without_a_press_is_dropped() -> None:
    """Its key was pressed before we watched, or its press is hidden."""
    desk = Desk()
    desk.lift("A")
    assert desk.shape == ""


def test_a_second_press_is_a_repeat() -> None:
    """Until the key goes up."""
    desk = Desk()
    for _ in range(2):
        desk.press("A")
    desk.lift("A")
    desk.press("A")
    assert [event.repeat for event in desk.out if isinstance(event, KeyDown)] == [False, True, False]


def test_keys_pair_by_device_and_code() -> None:
    """Never by what they mean: Shift may have gone up first."""
    desk = Desk()
    desk.emitter.keep_down(KeyDown(time_us=0, code="Digit2", key="@"), 0)
    desk.emitter.keep_down(KeyDown(time_us=0, code="Digit2", key="2", device="other"), 0)
    desk.emitter.keep_up(KeyUp(time_us=1, code="Digit2", key="2"), 1)
    assert [event.device for event in desk.out if isinstance(event, KeyUp)] == ["0"]
    assert [event.key for event in desk.out if isinstance(event, KeyUp)] == ["2"]


def test_a_release_that_names_another_key_is_corrected() -> None:
    """It was not read as text, so it may say no more than its press."""
    desk = Desk()
    desk.press("A")
    desk.raise_key(KeyUp(time_us=desk.now_us, code="KeyA", key="hunter2"))
    assert desk.shape == "+a -a"


def test_a_lost_release_is_made_up_at_the_second_change_of_place() -> None:
    """A key may be held over one; over two nobody holds it."""
    desk = Desk()
    desk.press("A")
    desk.focus(field("1"))
    desk.press("B")
    desk.focus(field("2"))
    desk.lift("A")
    assert desk.shape == "+a focus1 +b focus2 -a"
    desk.focus(field("3"))
    assert desk.shape.endswith("focus3 -b")


def test_a_gap_lifts_what_is_down() -> None:
    """Nobody knows what happened in it; gaps in a row are one."""
    desk = Desk()
    desk.press("A")
    desk.wait(1)
    desk.emitter.gap(desk.now_us)
    desk.emitter.gap(desk.now_us)
    desk.wait(1)
    desk.lift("A")
    desk.press("B")
    assert (desk.shape, desk.seconds) == ("+a -a Gap +b", [0, 0, 0, 15])
    assert desk.counters["gap"] == 1


def test_what_is_not_of_a_known_vocabulary_is_left_out() -> None:
    """A collector's own code could hold anything."""
    desk = Desk()
    down = KeyDown(time_us=0, code="hunter2", key="a", dead="too long")
    desk.emitter.keep_down(down, 0)
    desk.emitter.keep_up(KeyUp(time_us=1, code="hunter2", key="a", text="a", dead="´"), 1)
    assert desk.out == [KeyDown(time_us=0, key="a"), KeyUp(time_us=1, key="a")]
    assert down.code == "hunter2"


def test_compositions_are_balanced() -> None:
    """Whatever cuts one off ends it."""
    for cut in (
        lambda desk: desk.drop(field()),
        lambda desk: desk.emitter.gap(desk.now_us),
        lambda desk: desk.focus(field()),
        lambda desk: desk.emitter.keep_composition(CompositionEnd(time_us=0, data="ni"), desk.now_us),
    ):
        desk = Desk()
        for event in (CompositionStart(time_us=0), CompositionUpdate(time_us=0, data="n"), CompositionStart(time_us=0)):
            desk.emitter.keep_composition(event, desk.now_us)
        cut(desk)
        assert sum(isinstance(event, CompositionEnd) for event in desk.out) == 2


def test_the_tail_of_a_composition_is_dropped() -> None:
    """Its beginning is hidden."""
    desk = Desk()
    desk.emitter.keep_composition(CompositionUpdate(time_us=0, data="ni"), 0)
    desk.emitter.keep_composition(CompositionEnd(time_us=0, data="ni"), 0)
    assert desk.shape == ""


# -- places ----------------------------------------------------------------------------------------------------------


def test_a_change_of_place_between_two_hulls_of_a_window_is_dropped() -> None:
    """Else the boxes of a code could be counted; where kept text follows, it is told where that stands."""
    desk, boxes = Desk(), [field(str(at)) for at in range(4)]
    desk.drop(boxes[0])
    for box in boxes[1:]:
        desk.focus(box)
        desk.drop(box)
    desk.wait(2)
    assert desk.shape == "credential1"
    desk.press("A")
    assert (desk.shape, desk.seconds) == ("credential1 focus2 +a", [0, 15, 15])


def test_a_change_of_place_behind_a_hull_waits_for_what_follows() -> None:
    """It is kept once something kept follows, or nothing does for long."""
    for follow in (lambda desk: desk.press("A"), lambda desk: desk.emitter.settle()):
        desk = Desk()
        desk.drop(field("1"))
        desk.focus(field("2"))
        assert desk.shape == "credential1"
        assert desk.emitter.pending_since_us == desk.now_us
        follow(desk)
        assert desk.shape.startswith("credential1 focus2")
        assert desk.emitter.pending_since_us is None


def test_waiting_is_destroyed_on_demand() -> None:
    """Consent was withdrawn."""
    desk = Desk()
    desk.drop(field("1"))
    desk.focus(field("2"))
    desk.emitter.forget_waiting()
    desk.press("A")
    assert desk.shape == "credential1 +a"


# -- identities ------------------------------------------------------------------------------------------------------


def test_devices_are_ordinals_of_their_sort() -> None:
    """Keyboards and pointers are numbered each for themselves; the first is left out on the wire."""
    desk = Desk()
    desk.press("A", device="usb-hunter2")
    desk.move("mouse")
    desk.move("pen")
    desk.press("B", device="other")
    desk.lift("A", device="usb-hunter2")
    desk.move("mouse")
    wire = [msgspec.to_builtins(event).get("device") for event in desk.out]
    assert wire == [None, None, "1", "1", None, None]


def test_runs_of_moves_are_as_single_moves() -> None:
    """With the same times, devices and wire form."""
    moves = [
        PointerMove(time_us=at * 1000, x=at, y=at, device=f"m{at // 3 % 2}", stream="s" if at == 4 else None)
        for at in range(12)
    ]
    single, run = Desk(), Desk()
    for move in moves:
        single.emitter.keep_pointer(move, move.time_us)
    assert run.emitter.keep_moves(moves[:5], 0, 0) == (5, 4000)
    assert run.emitter.keep_moves(moves, 5, 4000) == (len(moves), 11_000)
    assert msgspec.json.encode(run.out) == msgspec.json.encode(single.out)


def test_moves_that_go_back_in_time_are_clamped() -> None:
    """Arrival order is the order."""
    desk = Desk()
    desk.emitter.keep_moves([PointerMove(time_us=at, x=0, y=0) for at in (10, 5, 20, 15)], 0, 0)
    assert [event.time_us for event in desk.out] == [0, 0, 10, 10]


def test_streams_and_elements_lose_their_names() -> None:
    """Elements are numbered in the order in which they are told."""
    desk = Desk()
    desk.emitter.keep(PointerDown(time_us=desk.now_us, x=1, y=1, stream="ann"), desk.now_us)
    for name in ("9", "4", "9"):
        desk.focus(field(name))
    assert all(event.stream is None for event in desk.out)
    assert [event.element for event in desk.out if isinstance(event, Focus)] == ["1", "2", "3"]


def test_nothing_is_changed_in_the_input() -> None:
    """What leaves is a copy."""
    desk = Desk()
    event = Tick(time_us=desk.now_us, stream="ann")
    desk.emitter.keep(event, desk.now_us)
    assert event == Tick(time_us=desk.now_us, stream="ann")
    assert desk.out == [Tick(time_us=0)]


# -- surrogates ------------------------------------------------------------------------------------------------------


def test_one_hull_is_typed_back_before_what_is_kept_next() -> None:
    """Releases beside the mark come first; nothing is typed before the mark is complete."""
    desk = Desk()
    desk.press("A")
    desk.drop(field(), "contact", "x")
    assert [type(event).__name__ for event in desk.out] == ["KeyDown", "Redacted"]
    desk.lift("A")
    desk.wait(1)
    desk.press("B")
    assert [getattr(event, "key", None) for event in desk.out] == ["a", None, "a", "x", "x", "b"]
    assert [event.time_us for event in desk.out] == [0, 0, 0, 250_000, 350_000, LADDER_US[0]]


@pytest.mark.parametrize("second", [None, "y"])
def test_two_hulls_under_one_mark_are_not_typed_back(second: str | None) -> None:
    """What the mark hides is more than a surrogate says."""
    desk = Desk()
    desk.drop(field(), "contact", "x")
    desk.drop(field(), "contact", second)
    desk.press("B")
    assert [type(event).__name__ for event in desk.out] == ["Redacted", "KeyDown"]


@pytest.mark.parametrize("then", ["mark", "gap", "close"])
def test_typed_back_before_another_mark(then: str) -> None:
    """And before a gap, and at the end; a mark takes the time of what was typed back before it."""
    desk = Desk()
    desk.drop(field(), "contact", "x")
    if then == "mark":
        desk.drop(field(window="m"), "contact")
    elif then == "gap":
        desk.emitter.gap(desk.now_us)
    else:
        desk.emitter.close(desk.now_us)
    desk.press("B")
    assert [event.time_us for event in desk.out[1:3]] == [250_000, 350_000]
    assert [event.time_us for event in desk.out[3:-1]] == [350_000] * (then != "close")
    assert desk.out[-1].time_us == LADDER_US[0]


def test_no_more_is_typed_back_than_the_shortest_hidden_time_holds() -> None:
    """So that what is kept next is later, whatever was hidden; the marks stay."""
    desk = Desk()
    desk.press("A")
    desk.lift("A")
    for window in "mnopq":
        desk.drop(field(window=window), "contact", "x" * 20)
    desk.press("B")
    times = [event.time_us for event in desk.out]
    assert times == sorted(times)
    assert sum(isinstance(event, Redacted) for event in desk.out) == 5
    assert sum(isinstance(event, KeyDown) and event.key == "x" for event in desk.out) == 40
    assert times[-1] == LADDER_US[0]


def test_nothing_is_typed_back_while_a_modifier_is_held() -> None:
    """A reader would take it for a shortcut, or for other letters."""
    desk = Desk()
    shift = KeyDown(time_us=desk.now_us, code="ShiftLeft", key="Shift")
    desk.emitter.keep_down(shift, desk.now_us)
    desk.drop(field(), "contact", "x")
    desk.press("B")
    assert [getattr(event, "key", None) for event in desk.out] == ["Shift", None, "b"]


def test_what_waits_to_be_typed_back_is_destroyed_with_the_rest() -> None:
    """Consent was withdrawn."""
    desk = Desk()
    desk.drop(field(), "contact", "x")
    desk.emitter.forget_waiting()
    desk.press("B")
    assert [type(event).__name__ for event in desk.out] == ["Redacted", "KeyDown"]
