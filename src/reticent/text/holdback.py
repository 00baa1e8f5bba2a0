"""Hold-back: rows wait in arrival order until a barrier decides the units they belong to.

Barriers are a commit key, silence in the target (idle), age (hold), size, and the hard ones (end, lock, gate,
eviction). Exactly the rows below the lowest undecided unit leave, in order. Time is data: barriers are evaluated when
an event with a later time arrives, so any batching of the same events gives the same output.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from msgspec.structs import replace

from reticent.events import (
    Blur,
    Category,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Focus,
    Frame,
    Gap,
    Input,
    KeyDown,
    KeyUp,
    Label,
    PointerDown,
    PointerMove,
    PointerUp,
    Wheel,
)  # fmt: skip
from reticent.text import closure
from reticent.text.buffer import NOTHING_OPEN, Buffer
from reticent.text.cells import Cell, Hull, Match, Unit
from reticent.text.emitter import Emitter, Pointer
from reticent.text.scan import Scanner
from reticent.text.surrogates import SurrogateMaker
from reticent.text.typing_back import give_surrogates
from reticent.transform import Explain, Receivers, Vault

__all__ = ["HoldBack", "Limits"]

_NEVER = 1 << 62
_EVER = -_NEVER
_SERIAL_CONTEXT = 64
_SERIAL_MAX = 4000
_ROWS_A_PIECE = 16
_POINTERS = frozenset((PointerMove, Wheel, PointerDown, PointerUp))

Owner: TypeAlias = Unit | Buffer | None
"""What a row belongs to: a unit, the target of a change of place, or nothing (it only waits in order)."""


class Limits(NamedTuple):
    """Hold-back bounds. Times are microseconds of event time; the rest are counts."""

    idle_us: int = 10_000_000
    hold_us: int = 120_000_000
    cells: int = 400
    cut: int = 160
    rows: int = 20_000
    pointers: int = 200_000
    targets: int = 64


class HoldBack:
    """The waiting rows of one stream and what is decided about them."""

    def __init__(
        self,
        scanner: Scanner,
        vault: Vault,
        limits: Limits,
        counters: Counter[str],
        receivers: Receivers,
        *,
        explain: Explain | None = None,
        surrogates: SurrogateMaker | None = None,
    ) -> None:
        self.emitter = Emitter(counters, receivers, explain)
        self._explains = explain is not None
        self.limits = limits
        self.now_us = _EVER
        self.serial: list[Cell] = []
        self.waiting: list[Unit] = []
        self.walking: Buffer | None = None
        self._scanner = scanner
        self._vault = vault
        self._surrogates = surrogates
        self._counters = counters
        self._events: deque[Event] = deque()
        self._owners: deque[Owner] = deque()
        self._base = 0
        self._next = 0
        self.key_rows = 0
        self._walk_us = _EVER
        self.due_bound_us = _NEVER
        self.open: dict[Buffer, None] = {}
        self._found: list[Match] = []
        self.in_pieces = False
        self._watermark = 0
        self._final_us = _EVER
        self._prepared: tuple[Buffer, bool, int, list[Category | None], list[Match]] | None = None

    # -- rows ------------------------------------------------------------------------------------------------------

    def append(self, event: Event, owner: Owner) -> int:
        """A row arrived; returns its arrival index."""
        at = self._next
        self._next = at + 1
        self._events.append(event)
        self._owners.append(owner)
        if owner.__class__ is Unit:
            self.key_rows += 1
        return at

    def attach(self, event: Event, unit: Unit) -> None:
        """A row that belongs to a unit that is already there."""
        unit.last = self.append(event, unit)

    def is_latest(self, unit: Unit) -> bool:
        """Whether no row has come since this unit's last."""
        return unit.last == self._next - 1

    @staticmethod
    def takes(unit: Unit) -> bool:
        """Whether a unit may still take rows that hold text: it is undecided, or dropped anyway."""
        return unit.hull is not None or unit.first >= unit.buffer.open_from

    def decided_unit(self, event: Event, buffer: Buffer, category: str | None, kind: int = Unit.OTHER) -> Unit:
        """A unit that needs no barrier: kept, or dropped where ``category`` is given."""
        unit = Unit(buffer, kind, self._next, self.now_us)
        if category is not None:
            unit.hull = Hull(category, unit.first)  # type: ignore[arg-type]
            unit.hull.rules = ("field",) if buffer.sensitive else ("prompt",)
            buffer.zone = category  # type: ignore[assignment]
        self.append(event, unit)
        return unit

    def open_unit(self, event: Event, buffer: Buffer, kind: int) -> Unit:
        """A unit that waits for a barrier. Where the target itself is sensitive it is dropped at once."""
        buffer.last_key_us = self.now_us
        buffer.idle = False
        category = buffer.sensitive or ("credential" if buffer.latch else None)
        if category is not None:
            return self.decided_unit(event, buffer, category)
        now_us = self.now_us
        unit = Unit(buffer, kind, self._next, now_us)
        self._next += 1
        self._events.append(event)
        self._owners.append(unit)
        self.key_rows += 1
        if buffer.open_from == NOTHING_OPEN:
            if kind in (Unit.STEP, Unit.JUMP) and buffer.after_hull:
                unit.zone = buffer.zone
            buffer.open_from = unit.first
            buffer.open_since_us = now_us
            self.open[buffer] = None
        buffer.open_units.append(unit)
        if now_us + self.limits.idle_us < self.due_bound_us:
            self.due_bound_us = now_us + self.limits.idle_us
        return unit

    def stroke(self, event: Event, buffer: Buffer) -> Unit:
        """As ``open_unit`` for a stroke that types, in a target where some already wait and none is idle."""
        time_us = event.time_us
        if time_us > self.now_us:
            self.now_us = time_us
        buffer.last_key_us = self.now_us
        unit = Unit(buffer, Unit.TEXT, self._next, self.now_us)
        self._next += 1
        self._events.append(event)
        self._owners.append(unit)
        self.key_rows += 1
        buffer.open_units.append(unit)
        return unit

    def bound(self, buffer: Buffer) -> None:
        """Apply the bounds on size after a row came for ``buffer``; overflow redacts, it never releases."""
        if buffer.open_cells > self.limits.cells or buffer.epochs_full:
            self.decide(buffer, "size")
            self.release()
        elif not self.open:
            self.release()
        elif self.key_rows > self.limits.rows:
            self.condemn(min(self.open, key=lambda other: other.open_from))
            self.release()

    def bound_pointers(self) -> None:
        """Beyond their own bound the oldest waiting moves are dropped, never clicks."""
        if len(self._events) - self.key_rows <= self.limits.pointers:
            return
        excess = self.limits.pointers // 10
        owners = list(self._owners)
        for at, event in enumerate(self._events):
            if excess and type(event) is PointerMove and owners[at] is None:
                owners[at] = self.walking
                excess -= 1
                self._counters["pointer_moves_dropped"] += 1
        self._owners = deque(owners)

    # -- time ------------------------------------------------------------------------------------------------------

    def pass_time(self, time_us: int) -> None:
        """Event time has come this far; ``due_bound_us`` is a lower bound on when anything can be due."""
        self.now_us = time_us
        if time_us > self.due_bound_us:
            for _ in self._firing():
                pass

    def passing_time(self, time_us: int) -> Iterator[None]:
        """As ``pass_time``, in pieces."""
        self.now_us = time_us
        if time_us > self.due_bound_us:
            yield from self._firing()

    @property
    def due_us(self) -> int | None:
        """Event time after which the next barrier falls, or None."""
        dues = [self._due_of(buffer) for buffer in self.open]
        if self.emitter.pending_since_us is not None:
            dues.append(self.emitter.pending_since_us + self.limits.hold_us)
        media_us = self.emitter.media.due_us
        if media_us is not None and not (self._events and self._events[0].time_us <= media_us):
            dues.append(media_us)
        return min(dues, default=None)

    @property
    def decided_until_us(self) -> int:
        """Event time before which everything is final, media included. An event that comes late is not before it."""
        until_us = self._walked_until_us
        undecided_us = self.emitter.media.undecided_from_us
        self._final_us = max(self._final_us, until_us if undecided_us is None else min(until_us, undecided_us))
        return self._final_us

    @property
    def _walked_until_us(self) -> int:
        return self._events[0].time_us if self._events else self.now_us

    def _due_of(self, buffer: Buffer) -> int:
        hold = buffer.open_since_us + self.limits.hold_us
        return hold if buffer.idle else min(hold, buffer.last_key_us + self.limits.idle_us)

    def _firing(self) -> Iterator[None]:
        for buffer in list(self.open):
            if self.now_us > buffer.open_since_us + self.limits.hold_us:
                yield from self.preparing(buffer, hard=False)
                self.decide(buffer, "hold")
            elif not buffer.idle and self.now_us > buffer.last_key_us + self.limits.idle_us:
                yield from self.preparing(buffer, hard=False)
                self.decide(buffer, "idle")
                buffer.idle = True
        self.release()
        yield from self.releasing()
        pending_us = self.emitter.pending_since_us
        if pending_us is not None and self.now_us > pending_us + self.limits.hold_us:
            self.emitter.settle()
        self.emitter.media.settle(self._walked_until_us)
        due_us = self.due_us
        self.due_bound_us = _NEVER if due_us is None else due_us

    @property
    def lets_time_pass(self) -> bool:
        """Whether nothing waits, so that whoever comes next may hear what time it is."""
        return not self._events and self.emitter.tells_time

    # -- decisions -------------------------------------------------------------------------------------------------

    def decide_all(self) -> None:
        """A hard barrier for every target."""
        for buffer in list(self.open):
            self.decide(buffer, "hard")

    def preparing(self, buffer: Buffer, *, hard: bool) -> Iterator[None]:
        """Where work is done in pieces: do beforehand what ``decide`` does. No row may come between."""
        if self.in_pieces and buffer.open_from != NOTHING_OPEN:
            zones = [unit.zone for unit in buffer.open_units]
            window = self._window()
            yield
            matches = yield from self._closing(buffer, window, hard=hard)
            self._prepared = buffer, hard, self._next, zones, matches

    def decide(self, buffer: Buffer, barrier: str) -> None:
        """Evaluate one target at a barrier, and decide all of it but what the barrier must leave open."""
        if buffer.open_from == NOTHING_OPEN:
            return
        window = self._window()
        if barrier in ("idle", "hold", "size"):
            if barrier == "size":
                kept, safe = self._scanner.size_tail(buffer, window, self.limits.cut)
            else:
                kept, safe = self._scanner.idle_tail(buffer, window), True
            matches = self._close(buffer, window, hard=False)
            count = self._boundary(buffer, kept)
            if barrier == "size" and not (safe and count):
                self._condemn(buffer, window, count)
                return
            if barrier == "idle" or (count and not (barrier == "hold" and self._too_old(kept))):
                self._give_surrogates(buffer, count, matches)
                self._settle(buffer, count, matches)
                return
        matches = self._close(buffer, window, hard=barrier != "commit")
        if barrier == "commit":
            self._give_surrogates(buffer, len(buffer.open_units), matches)
        self._settle(buffer, len(buffer.open_units), matches)

    def condemn(self, buffer: Buffer) -> None:
        """What is undecided in this target is redacted: it turned out sensitive, or more than can be held."""
        if buffer.open_from != NOTHING_OPEN:
            self._condemn(buffer, self._window(), 0)

    def _condemn(self, buffer: Buffer, window: list[Cell], count: int) -> None:
        """The first ``count`` units, or all where that is none, are redacted without knowing what they are."""
        self._counters["condemned"] += 1
        count = count or len(buffer.open_units)
        for unit in buffer.open_units[:count]:
            unit.zone = unit.zone or "unspecified"
        self._settle(buffer, count, self._close(buffer, window, hard=False))

    def destroy(self) -> None:
        """Everything that waits is destroyed, undecided or not."""
        for buffer in list(self.open):
            buffer.open_units.clear()
            buffer.open_from = NOTHING_OPEN
            buffer.open_cells = 0
        self.open.clear()
        for event in self._events:
            if type(event) is Frame:
                self.emitter.media.destroy(event)
        self._events.clear()
        self._owners.clear()
        self._base, self.key_rows = self._next, 0
        self._found.clear()
        self.serial.clear()
        self.waiting.clear()
        self.emitter.forget_waiting()
        if self._surrogates is not None:
            self._surrogates.renew()

    def _window(self) -> list[Cell]:
        """Typed order over all targets, from a little before the first undecided character."""
        serial = self.serial
        low = min((buffer.open_from for buffer in self.open), default=NOTHING_OPEN)
        at = len(serial)
        while at and serial[at - 1].unit.first >= low:
            at -= 1
        start = max(0, at - _SERIAL_CONTEXT)
        window = serial[start:]
        if start > _SERIAL_MAX:
            del serial[:start]
        return window

    def _close(self, buffer: Buffer, window: list[Cell], *, hard: bool) -> list[Match]:
        """All matches against the target, and hulls for what they condemn."""
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            zones = [unit.zone for unit in buffer.open_units]
            if prepared[:-1] == (buffer, hard, self._next, zones):
                return prepared[-1]
        closing = self._closing(buffer, window, hard=hard)
        while True:
            try:
                next(closing)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]

    def _closing(self, buffer: Buffer, window: list[Cell], *, hard: bool) -> Generator[None, None, list[Match]]:
        matches = yield from self._scanner.scanning(buffer, window, hard=hard)
        matches += [match for match in self._found if any(cell.is_open() for cell in match.cells)]
        for unit in self.waiting if hard else ():
            unit.zone = unit.zone or "unspecified"
        if matches or self.waiting or buffer.zone is not None or any(unit.zone for unit in buffer.open_units):
            for unit in buffer.open_units:
                unit.hull = None
            yield
            widened = closure.widen(matches)
            yield
            closure.close(widened, buffer)
            if self._explains:
                closure.name_rules(widened)
        yield
        return matches

    def _give_surrogates(self, buffer: Buffer, count: int, matches: list[Match]) -> None:
        """For what the first units of the target hide: not at a hard barrier, where it may be half of something."""
        if self._surrogates is not None:
            moves = (
                [at for at, owner in enumerate(self._owners, self._base) if type(owner) is Buffer] if matches else []
            )
            give_surrogates(buffer.open_units[:count], matches, moves, self._surrogate)

    def _surrogate(self, kind: str, value: str) -> str | None:
        """None also where a surrogate would show something that is known to be secret."""
        assert self._surrogates is not None
        text = self._surrogates.of(kind, value)
        return None if text is None or self._vault.find(text) else text

    def _too_old(self, kept: list[Cell]) -> bool:
        oldest_us = min((unit.time_us for cell in kept for unit in cell.units()), default=self.now_us)
        return self.now_us > oldest_us + self.limits.hold_us

    def _boundary(self, buffer: Buffer, kept: list[Cell]) -> int:
        """How many units of the target are decided now: none that a kept cell, its hull or its edges need."""
        units = buffer.open_units
        needed = {id(unit) for cell in kept for unit in cell.units()} | {id(unit) for unit in self.waiting}
        at = next((at for at, unit in enumerate(units) if id(unit) in needed), len(units))
        if at == len(units):
            return at
        while at:
            before, here = units[at - 1], units[at]
            same_hull = before.hull is not None and here.hull is before.hull
            if not (same_hull or before.is_edge):
                break
            at -= 1
        return at

    def _settle(self, buffer: Buffer, count: int, matches: list[Match]) -> None:
        """The first ``count`` units of the target are decided for good."""
        units = buffer.open_units
        for unit in units[:count]:
            if unit.hull is not None:
                buffer.zone = unit.hull.category
        if count:
            buffer.after_hull = units[count - 1].hull is not None
            del units[:count]
        if units:
            buffer.open_from = units[0].first
            buffer.open_since_us = units[0].time_us
            buffer.open_cells = sum(1 for unit in units if unit.kind == Unit.TEXT)
            buffer.epochs = [epoch for epoch in buffer.epochs if any(cell.is_open() for cell in epoch)]
        else:
            buffer.open_from = NOTHING_OPEN
            buffer.open_cells = 0
            del self.open[buffer]
            buffer.settle()
        if self.waiting:
            self.waiting = [unit for unit in self.waiting if unit.first >= unit.buffer.open_from]
        self._found = [match for match in matches if any(cell.is_open() for cell in match.cells)] if self.open else []
        for match in matches:
            if match in self._found:
                continue
            if match.value:
                self._vault.learn(match.value)
            if any(cell.unit.hull is None and not cell.unit.scrubbed for cell in match.cells):
                self._counters["late_knowledge"] += 1
        buffer.trim()

    # -- release ---------------------------------------------------------------------------------------------------

    def pass_on(self) -> None:
        """After a row that decided nothing: it leaves at once when nothing waits before it."""
        if not self.open:
            self.release()

    def release(self) -> None:
        """Let out every row below the lowest undecided one, or leave that to ``releasing``."""
        self._watermark = min((buffer.open_from for buffer in self.open), default=self._next)
        if not self.in_pieces:
            self._walk(self._watermark)

    def releasing(self) -> Iterator[None]:
        """Where work is done in pieces: let out what the last call of ``release`` may."""
        while self._base < self._watermark:
            yield
            self._walk(min(self._watermark, self._base + _ROWS_A_PIECE))

    def _walk(self, watermark: int) -> None:
        events, owners, emitter = self._events, self._owners, self.emitter
        for at in range(self._base, watermark):
            event, owner = events.popleft(), owners.popleft()
            self._base = at
            time_us = event.time_us
            if time_us < self._walk_us:
                time_us = self._walk_us
                self._counters["time_went_back"] += 1
            else:
                self._walk_us = time_us
            if type(owner) is Unit:
                self.key_rows -= 1
                if owner.hull is not None:
                    self._walk_unit(event, owner, time_us)
                elif type(event) is KeyUp:
                    emitter.keep_up(event, time_us)
                elif type(event) is KeyDown and at > owner.buffer.cover:
                    emitter.keep_down(event, time_us)
                else:
                    self._walk_unit(event, owner, time_us)
                if owner.kind == Unit.COMMIT:
                    emitter.media.leave(time_us)
            elif type(event) in _POINTERS:
                self._walk_pointer(event, owner, time_us)  # type: ignore[arg-type]
            else:
                self._walk_other(event, owner, time_us)
        self._base = max(self._base, watermark)
        if emitter.pending_since_us is not None:
            self.due_bound_us = min(self.due_bound_us, emitter.pending_since_us + self.limits.hold_us)
        media_us = emitter.media.due_us
        if media_us is not None:
            self.due_bound_us = min(self.due_bound_us, media_us)

    def pass_moves(self, events: Sequence[Event], at: int) -> int:
        """The run of pointer moves that begins at ``events[at]``; returns where it ends."""
        count = len(events)
        while at < count:
            event = events[at]
            if not isinstance(event, PointerMove):
                break
            if event.time_us > self.now_us:
                self.pass_time(event.time_us)
            walking = self.walking
            if self._events or self.open or walking is None or walking.sensitive is not None:
                self.pass_pointer(event)
                at += 1
                continue
            stop, self._walk_us = self.emitter.keep_moves(events, at, self._walk_us)
            self.now_us = max(self.now_us, self._walk_us)
            self._next += stop - at
            self._base = self._next
            at = stop
        return at

    def pass_pointer(self, event: Pointer) -> None:
        """A pointer event: it leaves at once when nothing waits before it."""
        if self._events or self.open:
            self.append(event, None)
            if len(self._events) > self.limits.pointers:
                self.bound_pointers()
            return
        self._base = self._next = self._next + 1
        time_us = event.time_us
        if time_us < self._walk_us:
            time_us = self._walk_us
        else:
            self._walk_us = time_us
        self._walk_pointer(event, None, time_us)

    def _walk_unit(self, event: Event, unit: Unit, time_us: int) -> None:
        hull, emitter = unit.hull, self.emitter
        if hull is None:
            if isinstance(event, KeyDown):
                emitter.owe_down(event)
            elif isinstance(event, CompositionStart | CompositionUpdate | CompositionEnd):
                emitter.keep_composition(event, time_us)
            elif isinstance(event, Clipboard | Input) and event.data and unit.scrubbed:
                emitter.keep(replace(event, data=self._without_learned(event.data)), time_us)
            else:
                emitter.keep(event, time_us)
        elif isinstance(event, KeyUp):
            emitter.media.hear(time_us)
        else:
            if hull.stop > unit.buffer.cover:
                unit.buffer.cover = hull.stop
            emitter.drop(hull, unit.buffer, time_us)

    def _walk_pointer(self, event: Pointer, owner: Owner, time_us: int) -> None:
        walking = self.walking
        assert walking is not None
        if owner is None and walking.sensitive is None and self._base > walking.cover:
            self.emitter.keep_pointer(event, time_us)
        elif owner is None or type(event) is not PointerMove:
            self._hide(walking, time_us)

    def _walk_other(self, event: Event, owner: Owner, time_us: int) -> None:
        if isinstance(event, Gap):
            self.emitter.gap(time_us)
        elif owner is not None:
            assert isinstance(owner, Buffer)
            if isinstance(event, Focus):
                if owner is not self.walking:
                    self.emitter.media.leave(time_us)
                self.walking = owner
            if isinstance(event, Focus | Blur) and self._is_tainted(f"{event.window or ''} {event.url or ''}"):
                event = replace(event, window=None, url=None)
            self.emitter.keep_place(event, owner, time_us)
        elif isinstance(event, Frame):
            hidden = self.walking is not None and (bool(self.walking.sensitive) or self._base <= self.walking.cover)
            self.emitter.keep_frame(event, time_us, hidden=hidden)
        elif self.walking is not None and (self.walking.sensitive or self._base <= self.walking.cover):
            self._hide(self.walking, time_us)
        elif not (isinstance(event, Label) and self._is_tainted(event.value)):
            self.emitter.keep(event, time_us)

    def _hide(self, walking: Buffer, time_us: int) -> None:
        """A row that holds no text goes with what it stands in."""
        hull = Hull(walking.sensitive or "unspecified")
        hull.rules = ("field",) if walking.sensitive else ()
        self.emitter.drop(hull, walking, time_us, inside=self._base <= walking.cover)

    def _without_learned(self, text: str) -> str:
        """A payload that is scrubbed further on, without what has been learned so far."""
        spans = sorted(span for span in self._vault.find(text) if span.kind == "learned")
        for span in reversed(spans):
            text = text[: span.start] + "[credential]" + text[span.stop :]
        return text

    def _is_tainted(self, text: str) -> bool:
        """Whether a text off the screen shows what has been learned so far: then it does not leave at all."""
        plain = unquote(text)
        found = self._vault.find(text) + (self._vault.find(plain) if plain != text else [])
        return any(span.kind == "learned" for span in found)
