"""The text engine of one stream: what each event means for the text, handed to the hold-back for a decision.

``push`` takes one event; what has been decided so far is in ``out``. The engine keeps one typing buffer per target,
knows which element has the focus, and applies what is known before any text is read: sensitive fields, terminal
latches, echo, keypads, gates.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter_ns

from reticent.events import (
    Blur,
    Category,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Discontinuity,
    Event,
    FieldKind,
    Focus,
    Frame,
    Gap,
    Header,
    Input,
    KeyDown,
    KeyUp,
    Label,
    PointerDown,
    PointerMove,
    PointerUp,
    Redacted,
    SelectionChange,
    State,
    Tick,
    Wheel,
)  # fmt: skip
from reticent.keys.layout import LAYOUT_NAMES
from reticent.text.buffer import Buffer, Place
from reticent.text.holdback import HoldBack, Limits
from reticent.text.prompts import is_terminal
from reticent.text.scan import Scanner
from reticent.text.span import Knowledge
from reticent.text.surrogates import SurrogateMaker
from reticent.text.typist import Typist
from reticent.transform import NOBODY, Explain, Receivers

__all__ = ["TextEngine"]

_STICKY_MAX = 10_000
_SENSITIVE: dict[str, Category] = {"password": "credential", "otp": "credential", "card": "financial"}


class TextEngine:
    """The text of one stream, and what may leave of it."""

    def __init__(
        self,
        knowledge: Knowledge,
        layouts: Sequence[str],
        counters: Counter[str],
        limits: Limits,
        *,
        mac: bool = False,
        scrubbed: bool = False,
        hide_unknown: bool = False,
        receivers: Receivers = NOBODY,
        explain: Explain | None = None,
        surrogates: SurrogateMaker | None = None,
    ) -> None:
        self._knowledge = knowledge
        scanner = Scanner(knowledge, layouts, counters)
        self.held = HoldBack(
            scanner, knowledge.vault, limits, counters, receivers, explain=explain, surrogates=surrogates
        )
        self._counters = counters
        self._sensitive: dict[str, Category] = {**_SENSITIVE, "unknown": "unspecified"} if hide_unknown else _SENSITIVE
        self._buffers: dict[Place, Buffer] = {}
        self._sticky: dict[Place, tuple[Category | None, str | None, FieldKind]] = {}
        nowhere = self.held.walking = self._buffer_at(Focus(time_us=0))
        self.typist = Typist(self.held, knowledge, layouts, nowhere, mac=mac, scrubbed=scrubbed)
        self._on_keypad = False
        self._paused = False
        self._backlog: deque[Event] = deque()
        self._work: Iterator[None] | None = None
        typist = self.typist
        self._table: dict[type, Callable[..., None]] = {
            KeyDown: typist.keydown, KeyUp: typist.keyup, PointerMove: self._pointer, Wheel: self._pointer,
            PointerDown: self._pointer_button, PointerUp: self._pointer_button, Focus: self._focus, Blur: self._blur,
            Input: typist.input, CompositionStart: typist.composition, CompositionUpdate: typist.composition,
            CompositionEnd: typist.composition, SelectionChange: self._selection, Clipboard: typist.clipboard,
            Label: self._passenger, State: self._state, Frame: self._passenger, Tick: self._tick, Gap: self._gap,
            Discontinuity: self._discontinuity, Header: self._tick, Redacted: self._redacted,
        }  # fmt: skip

    @property
    def out(self) -> list[Event]:
        """What has left since the caller last emptied it."""
        return self.held.emitter.out

    def push(self, event: Event) -> None:
        """Take one event."""
        if event.time_us > self.held.now_us:
            self.held.pass_time(event.time_us)
        self._table[type(event)](event)

    def push_all(self, events: Sequence[Event]) -> None:
        """Take events in order. A batch is only for speed: runs of pointer moves go on together."""
        held, table, typist = self.held, self._table, self.typist
        at, count = 0, len(events)
        if self.is_behind:
            self.catch_up()
        if count == 1:
            self.push(events[0])
            return
        while at < count:
            event = events[at]
            kind = type(event)
            if kind is PointerMove and not self._on_keypad:
                at = held.pass_moves(events, at)
                continue
            if kind is KeyDown:
                start, at = at, typist.plain_strokes(events, at)
                if at > start:
                    continue
            if event.time_us > held.now_us:
                held.pass_time(event.time_us)
            table[kind](event)
            at += 1

    def push_patiently(self, event: Event, patience_us: int) -> None:
        """Take one event, and put off what is left to do after ``patience_us`` of real time; later calls go on.

        What leaves is the same, but may leave later. A tick comes in silence, so it does all that is left.
        """
        backlog = self._backlog
        if self._work is None and not backlog and not self._is_heavy(event):
            self.push(event)
            return
        backlog.append(event)
        if type(event) is Tick:
            self.catch_up()
            return
        until_ns = perf_counter_ns() + 1000 * patience_us
        while self._go_on() and perf_counter_ns() < until_ns:
            pass

    def catch_up(self) -> None:
        """Do all that was put off."""
        while self._go_on():
            pass

    @property
    def is_behind(self) -> bool:
        """Whether something was put off."""
        return self._work is not None or bool(self._backlog)

    def _is_heavy(self, event: Event) -> bool:
        return event.time_us > self.held.due_bound_us or self.typist.may_commit(event)

    def _go_on(self) -> bool:
        """Do one piece of what was put off; False when nothing is."""
        if self._work is None:
            if not self._backlog:
                return False
            event = self._backlog.popleft()
            if not self._is_heavy(event):
                self.push(event)
                return True
            self._work = self._taking(event)
        if next(self._work, self) is self:
            self._work = None
        return True

    def _taking(self, event: Event) -> Iterator[None]:
        """As ``push``, in pieces: each reading of a text that is decided, and a few rows at a time that leave."""
        held = self.held
        held.in_pieces = True
        try:
            if event.time_us > held.now_us:
                yield from held.passing_time(event.time_us)
            if self.typist.may_commit(event):
                yield from held.preparing(self.typist.target, hard=False)
            self._table[type(event)](event)
            yield from held.releasing()
        finally:
            held.in_pieces = False

    def destroy(self) -> None:
        """Everything that waits is destroyed, undecided or not, also what was put off."""
        self._work = None
        self._backlog.clear()
        self.held.destroy()

    def close(self) -> None:
        """End of the stream: everything is decided by the hard rules."""
        self.catch_up()
        self._decide_all()
        self.held.emitter.close(self.held.now_us)

    # -- places ----------------------------------------------------------------------------------------------------

    def _focus(self, event: Focus) -> None:
        buffer = self._buffer_at(event)
        self._on_keypad = False
        self.typist.move(buffer)
        self.held.append(event, buffer)
        self._evict()
        self.held.release()

    def _buffer_at(self, event: Focus) -> Buffer:
        place = Place(event.app, event.window, event.element)
        field: FieldKind = "password" if self._knowledge.is_prompt(event.app) else event.field
        buffer = self._buffers.pop(place, None) or self._remembered(Buffer(place, field))
        self._buffers[place] = buffer
        buffer.signs_in = self._knowledge.is_sign_in(event.window, event.url)
        category = self._sensitive.get(field)
        if category is not None and buffer.sensitive is None:
            self.held.condemn(buffer)
            buffer.sensitive = category
            buffer.field = field
        elif buffer.sensitive is None:
            buffer.field = field
        return buffer

    def _remembered(self, buffer: Buffer) -> Buffer:
        """What makes a place sensitive outlives its text."""
        if buffer.place in self._sticky:
            buffer.sensitive, buffer.latch, buffer.field = self._sticky[buffer.place]
            buffer.zone = buffer.sensitive or "credential"
        return buffer

    def _evict(self) -> None:
        while len(self._buffers) > self.held.limits.targets:
            place = next(iter(self._buffers))
            buffer = self._buffers.pop(place)
            self.held.decide(buffer, "hard")
            if buffer.sensitive or buffer.latch:
                self._sticky[place] = buffer.sensitive, buffer.latch, buffer.field
                if len(self._sticky) > _STICKY_MAX:
                    del self._sticky[next(iter(self._sticky))]
            self._counters["targets_evicted"] += 1

    def _blur(self, event: Blur) -> None:
        place = Place(event.app, event.window, event.element)
        self.held.append(event, self._buffers.get(place, self.typist.target))
        self.held.pass_on()

    def _passenger(self, event: Event) -> None:
        self.held.append(event, None)
        self.held.pass_on()

    def _selection(self, event: SelectionChange) -> None:
        self.typist.target.report(event.start, event.end)

    def _decide_all(self) -> None:
        self.held.decide_all()
        for buffer in self._buffers.values():
            if buffer.sensitive:
                self.typist.prompts.learn(buffer)
        self.held.release()

    # -- pointers ----------------------------------------------------------------------------------------------------

    def _pointer(self, event: PointerMove | Wheel) -> None:
        if self._on_keypad:
            self.held.append(event, self.typist.target)
            self.held.pass_on()
        else:
            self.held.pass_pointer(event)

    def _pointer_button(self, event: PointerDown | PointerUp) -> None:
        label = None if event.hit is None or event.hit.label is None else event.hit.label.strip()
        if isinstance(event, PointerDown):
            self._on_keypad = label is not None and len(label) == 1
            self.typist.click()
        if label is not None and len(label) == 1:
            self.held.append(event, self.typist.target)
            self.held.pass_on()
        else:
            self.held.pass_pointer(event)

    # -- the world -------------------------------------------------------------------------------------------------

    def _state(self, event: State) -> None:
        if event.consent is False:
            self.held.destroy()
            self._reset()
            self._gap(Gap(time_us=event.time_us))
        elif event.private or event.locked or event.recording is False:
            self._decide_all()
            self.typist.lose_hands()
        if event.recording is not None:
            if event.recording and self._paused:
                self.typist.sequel.unseen(self.typist.target, event.time_us)
            self._paused = not event.recording
        if event.echo is not None:
            terminal = self._terminal()
            if terminal.latch in (None, "echo", "line"):
                terminal.latch = None if event.echo else "echo"
        if event.layout in LAYOUT_NAMES:
            self.typist.use_layout(event.layout)
            self._passenger(State(time_us=event.time_us, stream=event.stream, layout=event.layout))

    def _terminal(self) -> Buffer:
        """Whose echo is told: the focus may have left it while a program thought about its prompt."""
        target = self.typist.target
        if is_terminal(target):
            return target
        return next(filter(is_terminal, reversed(self._buffers.values())), target)

    def _gap(self, event: Gap) -> None:
        self._decide_all()
        self._lose_everything()
        self.typist.sequel.unseen(self.typist.target, event.time_us)
        self.held.append(event, None)
        self.held.release()

    def _redacted(self, event: Redacted) -> None:
        """Output that is filtered again: the mark stays, and what lies behind it was not seen."""
        self._lose_everything()
        self._passenger(Redacted(time_us=event.time_us, stream=event.stream, category=event.category))

    def _discontinuity(self, event: Discontinuity) -> None:
        self._lose_everything()

    def _lose_everything(self) -> None:
        self.typist.lose_hands()
        for buffer in self._buffers.values():
            if buffer.cells:
                buffer.lose_caret()

    def _reset(self) -> None:
        """Nothing that was typed before may be remembered, but for what makes a place sensitive."""
        self.typist.forget()
        for place, old in list(self._buffers.items()):
            fresh = Buffer(place, old.field)
            fresh.sensitive, fresh.latch, fresh.ordinal, fresh.zone = old.sensitive, old.latch, old.ordinal, old.zone
            self._buffers[place] = fresh
        self.typist.target = self.held.walking = self._buffers[self.typist.target.place]

    def _tick(self, event: Tick | Header) -> None:
        """Its time has been taken note of; nothing else is to be done with it."""
