"""The length of a secret is told by counts, and by the gap that a mark leaves; by nothing where neither is left."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace
from planted import typists

from reticent.attack.secret_length import length_leak, login_events, marked
from reticent.attack.strokes import strokes_of
from reticent.events import Focus, KeyDown, Redacted

pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")


@pytest.fixture(scope="module")
def rhythms():
    """Of sixty people."""
    return [strokes_of(one.events) for one in typists(60, 1, keys=45)]


def test_a_login_has_the_length_it_was_given(rhythms):
    """In a password field, between two sentences."""
    events = login_events(rhythms[0], 11, np.random.default_rng(0))
    assert [event.field for event in events if isinstance(event, Focus)] == ["text", "password", "text"]
    assert sum(isinstance(event, KeyDown) for event in events) == 30 + 11 + 30
    assert [event.time_us for event in events] == sorted(event.time_us for event in events)


def test_raw_secrets_are_counted(rhythms):
    """Exactly."""
    assert length_leak(rhythms, lambda events, whose: events).exact.mean() >= 0.9


def test_a_gap_tells_of_a_secret_that_was_not_left(rhythms):
    """A planted fault: one mark for all, and the time it took."""
    assert length_leak(rhythms, lambda events, whose: marked(events)).bits.mean() >= 0.1


def test_without_count_and_time_nothing_is_told(rhythms):
    """One mark, all times gone."""

    def hidden(events, whose):
        return [replace(event, time_us=0) for event in marked(events)]

    found = length_leak(rhythms, hidden)
    assert found.bits.mean() == pytest.approx(0, abs=0.01)
    assert found.exact.mean() <= 0.5


def test_a_mark_stands_for_the_whole_secret(rhythms):
    """One, and the sentences stay."""
    events = login_events(rhythms[0], 9, np.random.default_rng(0))
    found = marked(events)
    assert sum(isinstance(event, Redacted) for event in found) == 1
    assert sum(isinstance(event, KeyDown) for event in found) == 60
