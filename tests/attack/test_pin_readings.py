"""Clicks are read off whatever is left of them: presses, releases, rests of the pointer, turns of its path."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from reticent.attack.pin_pad import entry_events
from reticent.attack.pin_readings import DIGITS, READINGS, presses, releases, rests, turns
from reticent.events import Focus, PointerDown, PointerMove, PointerUp


def entered(entries=1, pin="1937"):
    """Somebody enters this PIN."""
    return entry_events(pin, entries, np.random.default_rng(0))


def without(events, *kinds):
    """What is left of a stream."""
    return [event for event in events if not isinstance(event, kinds)]


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize("reading", READINGS)
def test_all_readings_of_a_raw_stream_agree(reading, entries):
    """They are the places that were clicked."""
    events = entered(entries)
    clicked = [[event.x, event.y] for event in events if isinstance(event, PointerDown)]
    assert reading(events, entries).tolist() == clicked


@pytest.mark.parametrize("reading", [rests, turns])
def test_the_path_tells_what_dropped_clicks_do_not(reading):
    """Without any press or release, and without marks of the focus."""
    events = entered(2)
    clicked = presses(events, 2).tolist()
    assert reading(without(events, PointerDown, PointerUp), 2).tolist() == clicked
    assert reading(without(events, PointerDown, PointerUp, Focus), 2).tolist() == clicked


def test_turns_need_no_times():
    """The order of points is enough."""
    events = entered()
    stopped = [replace(event, time_us=0) for event in without(events, PointerDown, PointerUp)]
    assert turns(stopped, 1).tolist() == presses(events, 1).tolist()


@pytest.mark.parametrize("reading", READINGS)
def test_where_it_cannot_be_read_there_is_nothing(reading):
    """No points at all, too few of them, or no stream."""
    assert reading([], 1).shape == (0, 2)
    assert reading([PointerMove(time_us=at, x=at, y=0) for at in range(3)], 1).shape == (0, 2)
    assert reading(without(entered(), PointerDown, PointerUp, PointerMove), 1).shape == (0, 2)


def test_another_number_of_clicks_is_no_reading():
    """Which of them were digits is not known."""
    events = entered()
    assert presses(events[:-8], 1).shape == (0, 2)
    assert len(releases(events, 1)) == DIGITS
