"""A stage gives the same for a batch as for its rows, also when a row makes it fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from reticent.detect.vault import Vault
from reticent.events import Event, KeyDown, KeyUp, PointerMove, Tick
from reticent.testing.laws import check_transform
from reticent.transform import Context, Elementwise, Interrupted, RowStage, Stage, Transform

CANARY = "Zyxqo7Canary"


class Doubles(RowStage):
    """Every event twice; fails at the time 3; at the end a tick, and a failure if told to."""

    fails_at_end = False

    def row(self, event: Event, /) -> None:
        if event.time_us == 3:
            raise KeyError(CANARY)
        self.out += [event, event]

    def close(self) -> None:
        self.out.append(Tick(time_us=9))
        if self.fails_at_end:
            raise KeyError(CANARY)


class DropsUps(Elementwise, frozen=True, kw_only=True):
    """Key presses get a stream, releases are dropped, the rest passes."""

    stream: str = "x"

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""
        return {KeyDown: self.named, KeyUp: lambda event: None}

    def named(self, event: Event) -> Event:
        """An event of the stream; one at the time 3 cannot be named."""
        if event.time_us == 3:
            raise ValueError(CANARY)
        return KeyDown(time_us=event.time_us, stream=self.stream)


def moves(*times_us: int) -> list[Event]:
    """Pointer moves at these times."""
    return [PointerMove(time_us=time_us, x=1, y=1) for time_us in times_us]


def test_row_stage() -> None:
    """What rows append leaves with the batch; what ``close`` appends, with the flush."""
    stage = Doubles()
    assert [event.time_us for event in stage.feed(moves(1, 2))] == [1, 1, 2, 2]
    assert stage.feed([]) == []
    assert stage.flush() == [Tick(time_us=9)]


def test_row_stage_failing_in_a_batch() -> None:
    """The rows before the failure are not lost, and nothing of the failure is told but its type."""
    with pytest.raises(Interrupted) as caught:
        Doubles().feed(moves(1, 2, 3, 4))
    assert [event.time_us for event in caught.value.events] == [1, 1, 2, 2]
    assert str(caught.value) == "KeyError"
    assert caught.value.__cause__ is None


def test_row_stage_failing_at_the_end() -> None:
    """What was decided while closing is not lost either."""
    stage = Doubles()
    stage.fails_at_end = True
    with pytest.raises(Interrupted) as caught:
        stage.flush()
    assert caught.value.events == [Tick(time_us=9)]
    assert CANARY not in str(caught.value)


def test_row_is_to_be_written() -> None:
    """A stage without ``row``, a transform without ``rules`` say whose they are."""
    with pytest.raises(NotImplementedError, match="RowStage"):
        RowStage().row(Tick(time_us=0))
    with pytest.raises(NotImplementedError, match="Elementwise"):
        Elementwise().start(Context())


def test_elementwise() -> None:
    """One event in, one or none out, in order; types without a rule pass unchanged."""
    move, tick = moves(2)[0], Tick(time_us=4)
    events = [tick, KeyDown(time_us=1), move, KeyUp(time_us=3), KeyUp(time_us=3), KeyDown(time_us=5), tick]
    named = [KeyDown(time_us=1, stream="x"), KeyDown(time_us=5, stream="x")]
    assert DropsUps().start(Context()).feed(events) == [tick, named[0], move, named[1], tick]
    assert DropsUps().start(Context()).feed([move, tick]) == [move, tick]
    assert DropsUps().start(Context()).flush() == []


def test_elementwise_failing_in_a_batch() -> None:
    """What came before the failure is decided; what comes after it is not."""
    batch = [*moves(1, 2), KeyDown(time_us=2), *moves(2), KeyDown(time_us=3), *moves(4)]
    with pytest.raises(Interrupted) as caught:
        DropsUps().start(Context()).feed(batch)
    assert [event.time_us for event in caught.value.events] == [1, 2, 2, 2]
    assert str(caught.value) == "ValueError"


def test_elementwise_keeps_the_laws() -> None:
    """Also around the event at which it fails itself."""
    events = [KeyDown(time_us=1), *moves(1, 2), KeyUp(time_us=2), KeyDown(time_us=4)]
    check_transform(DropsUps(), events)
    failing = [*events[:4], KeyDown(time_us=3), *moves(3, 4)]
    check_transform(DropsUps(), failing)


def test_protocols() -> None:
    """Any class with these methods is a transform or a stage."""
    assert isinstance(DropsUps(), Transform)
    assert isinstance(Doubles(), Stage)
    assert not isinstance(DropsUps(), Stage)


def test_context_shows_no_secret() -> None:
    """It counts from nothing and tells how many secrets are known."""
    context = Context(Vault([CANARY]))
    assert repr(context) == "Context(Vault(enrolled=1, learned=0, profile_terms=0))"
    assert not context.counters
    assert Context().vault is None
