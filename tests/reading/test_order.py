"""What is out of order is taken, and said once of each sort, with its line and the fix."""

from __future__ import annotations

from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerMove
from reticent.reading.notes import Notes
from reticent.reading.order import Order


def remarks(*batches: list[Event], refused: bool = False) -> list[tuple[str, int, int]]:
    """Field, line and number of each remark on events that stand a line each."""
    notes = Notes()
    if refused:
        notes.refuse(1, "gone")
    order, line = Order(notes), 1
    for batch in batches:
        order.check(range(line, line + len(batch)), batch)
        line += len(batch)
    return [(text.split(" ")[0], *found) for text, found in notes.remarks.items()]


def move(time_us: int, stream: str | None = None) -> PointerMove:
    """A pointer move."""
    return PointerMove(time_us=time_us, x=0, y=0, stream=stream)


def test_times_that_go_back() -> None:
    """In a batch or between two; each step back is one, not all that is earlier than the latest."""
    assert remarks([move(5), move(4), move(4)], [move(3), move(9)]) == [("time_us:", 2, 2)]
    assert remarks([move(1), move(1), move(2)], [], [move(2)]) == []


def test_streams_have_clocks_of_their_own() -> None:
    """Streams that take turns are no fault."""
    assert remarks([move(100, "a"), move(1, "b"), move(101, "a"), move(2, "b")]) == []
    assert remarks([move(100, "a"), move(1, "b"), move(2, "b"), move(99, "a")]) == [("time_us:", 4, 1)]


def test_keys_down_twice_and_up_from_nowhere() -> None:
    """A repeat that says so is none; keys pair by device and code."""
    down, up = KeyDown(time_us=0, code="KeyA"), KeyUp(time_us=0, code="KeyA")
    assert remarks([down, KeyDown(time_us=0, code="KeyA", repeat=True), up]) == []
    assert remarks([down], [down, up]) == [("code:", 2, 1)]
    assert remarks([down, up, up]) == [("code:", 3, 1)]
    assert remarks([down, KeyUp(time_us=0, code="KeyA", device="2")]) == [("code:", 2, 1)]


def test_behind_a_refused_line_a_lone_release_says_nothing() -> None:
    """Its press may have been in that line, of which has been told."""
    assert remarks([Discontinuity(time_us=9), KeyUp(time_us=9, code="KeyA")], refused=True) == []
