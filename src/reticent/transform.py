"""The one extension point: a Transform describes, its Stage does.

A *Transform* is a frozen, comparable, serialisable description. ``start(context)`` gives a *Stage*, the state of one
stream: ``feed`` takes events and returns those that are safe to release now, ``flush`` ends it. A batch is only for
speed: any way of cutting the same events into batches gives the same output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from secrets import token_bytes
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from msgspec import Struct

from reticent.events import Event, PointerMove

if TYPE_CHECKING:
    from reticent.text.span import Detector

__all__ = [
    "NOBODY", "Context", "Elementwise", "Explain", "Interrupted", "Receivers", "RowStage", "Span", "Stage", "Transform",
    "Vault", "places_of",
]  # fmt: skip

Explain = Callable[[int, int, str, str], object]
"""Is told of each redaction: first and last input time of what it hides (microseconds), category, rule."""


class Span(NamedTuple):
    """``text[start:stop]`` is of this ``kind``.

    >>> Span("email", 8, 23).kind
    'email'
    """

    kind: str
    start: int
    stop: int


class Vault(Protocol):
    """Literals that are secret because someone said so, or because they were typed where secrets are typed."""

    @property
    def literals(self) -> Sequence[str]:
        """All of them, in lower case."""

    def learn(self, value: str, /) -> bool:
        """Remember a value until the session ends; False when it is too short, too long or too common."""

    def find(self, text: str, /) -> list[Span]:
        """Exact occurrences, whatever the case."""

    def find_near(self, token: str, /) -> bool:
        """Whether a token is one of them but for a typing error."""

    def pending_prefix(self, text: str, /) -> int:
        """How many characters at the end of ``text`` begin one of them; 0 when fewer than 3."""


class Receivers(NamedTuple):
    """Who is told what becomes of the media that a recorder keeps beside the events. Times are those of the input.

    Attributes:
        on_frame: called once for each screenshot with its ``id`` and its index in the output, or None: destroy it.
            Without it no screenshot may stay.
        on_blank: a stretch of video to blank, ``start_us`` to ``end_us``; its length tells nothing.
        on_mute: a stretch of sound to silence, likewise.
    """

    on_frame: Callable[[str | None, int | None], None] | None = None
    on_blank: Callable[[int, int], None] | None = None
    on_mute: Callable[[int, int], None] | None = None


NOBODY = Receivers()
"""Nobody keeps media."""


class Context:
    """What a stage may use and a frozen description may not hold.

    Attributes:
        vault: the secrets that are known; lives in memory and ends with the stream. None: the redactor starts
            with an empty one of its own.
        detectors: what looks at text that leaves as a whole, such as titles; the redactor brings its own, with all
            that its policy asks for. None: those that every run uses, without any model.
        receivers: who is told about screenshots, video and sound.
        counters: how often what happened, by name; never content.
        explain: is told what each redaction hides, for use on the device only; nobody, unless it is set.
        random_bytes: gives as many random bytes as asked, for the keys of one stream; the system's generator.
        epoch_key: a secret that its owner keeps for an epoch and then destroys; streams that are given the same one
            agree on grids and pseudonyms. None: grids are the same for everybody, pseudonyms last for one stream.
        patience_us: real time after which a ``feed`` of one event puts off the rest to later calls; None: never.
    """

    def __init__(
        self,
        vault: Vault | None = None,
        receivers: Receivers = NOBODY,
        explain: Explain | None = None,
        *,
        patience_us: int | None = None,
        random_bytes: Callable[[int], bytes] = token_bytes,
        epoch_key: bytes | None = None,
    ) -> None:
        self.vault = vault
        self.detectors: Sequence[Detector] | None = None
        self.epoch_key = epoch_key
        self.patience_us = patience_us
        self.random_bytes = random_bytes
        self.receivers = receivers
        self.explain = explain
        self.counters: Counter[str] = Counter()

    def __repr__(self) -> str:
        return f"Context({self.vault!r})"


@runtime_checkable
class Stage(Protocol):
    """The state of one transform on one stream. ``feed`` as often as needed, then ``flush`` once."""

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """Take events, in order; return those that may leave now."""

    def flush(self) -> list[Event]:
        """End of the stream: return the rest."""


@runtime_checkable
class Transform(Protocol):
    """A frozen, comparable, serialisable description of what is to be done."""

    def start(self, context: Context, /) -> Stage:
        """The state for one new stream."""


class Interrupted(Exception):
    """A stage failed in the middle of a batch. ``events`` had been decided before; of the cause, only the type."""

    def __init__(self, events: list[Event], cause: str) -> None:
        super().__init__(cause)
        self.events = events


class RowStage:
    """Base of stages that work row by row: subclasses write ``row`` and, if they hold anything, ``close``.

    A failure inside a batch does not lose the rows that were decided before it, so that a batch behaves exactly
    like its rows one at a time.
    """

    def __init__(self) -> None:
        self.out: list[Event] = []

    def row(self, event: Event, /) -> None:
        """Take one event; append what may leave to ``self.out``."""
        raise NotImplementedError(type(self).__name__)

    def close(self) -> None:
        """Append what is left to ``self.out``."""

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Stage``."""
        row = self.row
        try:
            for event in events:
                row(event)
        except Exception as error:
            raise Interrupted(self._taken(), type(error).__name__) from None
        return self._taken()

    def flush(self) -> list[Event]:
        """See ``Stage``."""
        try:
            self.close()
        except Exception as error:
            raise Interrupted(self._taken(), type(error).__name__) from None
        return self._taken()

    def _taken(self) -> list[Event]:
        taken, self.out = self.out, []
        return taken


def places_of(events: Sequence[Event], kinds: Collection[type]) -> list[int]:
    """Where in a batch events of these classes stand. Passing over pointer moves, which most events are, costs least.

    >>> from reticent.events import KeyUp
    >>> places_of([PointerMove(time_us=0, x=0, y=0), KeyUp(time_us=1)], {KeyUp})
    [1]
    """
    if len(events) == 1:
        return [0] if type(events[0]) in kinds else []
    if PointerMove in kinds:
        return [at for at, kind in enumerate(map(type, events)) if kind in kinds]
    return [at for at, kind in enumerate(map(type, events)) if kind is not PointerMove and kind in kinds]


class Elementwise(Struct, frozen=True, kw_only=True):
    """A transform without memory: one event in, one event or nothing out, by a rule for each event class.

    Subclasses write ``rules``. Classes without a rule pass unchanged.
    """

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """The rule for each event class that this transform changes; None drops the event."""
        raise NotImplementedError(type(self).__name__)

    def start(self, context: Context, /) -> Stage:
        """See ``Transform``."""
        return _ElementwiseStage(self.rules(context))


class _ElementwiseStage(RowStage):
    def __init__(self, rules: Mapping[type, Callable[[Event], Event | None]]) -> None:
        super().__init__()
        self._rules = dict(rules)

    def row(self, event: Event, /) -> None:
        rule = self._rules.get(type(event))
        changed = event if rule is None else rule(event)
        if changed is not None:
            self.out.append(changed)

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Stage``; events without a rule are not even looked at."""
        places = places_of(events, self._rules)
        if not places:
            return list(events)
        start = 0
        try:
            for at in places:
                self.out += events[start:at]
                start = at + 1
                self.row(events[at])
        except Exception as error:
            raise Interrupted(self._taken(), type(error).__name__) from None
        self.out += events[start:]
        return self._taken()
