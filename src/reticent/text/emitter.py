"""The emitter: what may leave, in order, on a clock from which everything hidden has been cut.

Output time starts at 0. Between two kept events with anything dropped between them, the true difference is rounded *up*
to the next step of the ladder, so a reader learns in which of few steps the hidden time lay and nothing
else; the shift is never given back. Markers take the time of the event before them. Strokes leave well formed:
``(down repeat* up)*`` per device and key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from sys import intern
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import force_setattr

from reticent.events import (
    Category,
    CompositionEnd,
    CompositionStart,
    Event,
    Focus,
    Frame,
    Gap,
    KeyDown,
    KeyUp,
    Label,
    PointerDown,
    PointerMove,
    PointerUp,
    Redacted,
    Wheel,
)
from reticent.keys.layout import key_levels
from reticent.keys.table import CODES, NAMED_KEYS, is_printable_key
from reticent.text.buffer import Buffer, Place
from reticent.text.cells import Hull
from reticent.text.ladder import LADDER_US, ladder
from reticent.text.media import Media
from reticent.text.typing_back import strokes, takes_us
from reticent.transform import Explain, Receivers

__all__ = ["Emitter", "Pointer"]

_TIDY_MAX = 4096
_SURROGATES = "\ud800"
"""The keyboard that surrogates are typed on. No device that comes over a wire is called so: it is no character."""
_MODIFIERS = ("Shift", "Control", "Alt", "Meta")

Pointer: TypeAlias = PointerMove | PointerDown | PointerUp | Wheel
"""Events of a pointing device."""

_copy: Callable[[Event], Event] = Struct.__copy__  # type: ignore[attr-defined]
"""A shallow copy of an event, without the detour through ``copy.copy``."""


def _identity(event: KeyDown | KeyUp) -> tuple[str, str]:
    """What pairs a press with its release: the device and the physical key, or the logical one failing that."""
    code = event.code
    return event.device, code if code is not None and code in CODES else _public_key(event) or ""


def _public_key(event: KeyDown | KeyUp) -> str | None:
    """The logical key if it is of the known vocabulary, or one character that was looked at as text."""
    key = event.key
    if key is None or key in NAMED_KEYS:
        return key
    if event.text is not None and event.text != key and event.text.isprintable():
        return None
    return key if len(key) == 1 or is_printable_key(key) else None


def _same_key(event: KeyUp, pressed: KeyDown) -> bool:
    """Whether a release names another level of the key that was pressed, as when Shift went up first."""
    if pressed.code is None or pressed.key is None or event.code is None:
        return False
    if event.key is None:
        return True
    return event.key.lower() == pressed.key.lower() or {event.key, pressed.key} <= key_levels(event.code)


def _is_modifier(event: KeyDown) -> bool:
    return (event.code or event.key or "").startswith(_MODIFIERS)


class _Hidden:
    """What one mark hides: its first and last input time, and the rules that asked for it."""

    def __init__(self, category: Category, time_us: int) -> None:
        self.category = category
        self.start_us = self.stop_us = time_us
        self._rules: dict[str, None] = {}

    def add(self, time_us: int, rules: Sequence[str]) -> None:
        """A row of it, and why."""
        self.stop_us = time_us
        self._rules |= dict.fromkeys(rules)

    @property
    def rule(self) -> str:
        """The names of the rules; without a match, what else condemns text."""
        return "+".join(sorted(self._rules)) or ("undecided" if self.category == "unspecified" else "beside")


class Emitter:
    """Writes the output of one stream into ``out``."""

    def __init__(self, counters: Counter[str], receivers: Receivers, explain: Explain | None = None) -> None:
        self.media = Media(receivers)
        self.out: list[Event] = []
        self._explain = explain
        self._mark_hides: _Hidden | None = None
        self.pending_since_us: int | None = None
        self._counters = counters
        self._offset_us = 0
        self._last_in_us = 0
        self._last_out_us = 0
        self._started = False
        self._watch = True
        self._dropped = False
        self._marker: Place | str | None = None
        self._hull: Hull | None = None
        self._places: list[tuple[Event, Buffer]] = []
        self._owed: tuple[Event, Buffer] | None = None
        self._late: list[KeyDown] = []
        self._keyboards: dict[str, str] = {}
        self._pointers: dict[str, str] = {}
        self._targets = 0
        self._down: dict[tuple[str, str], KeyDown] = {}
        self._tidy: set[tuple[str | None, str | None]] = set()
        self._down_before: dict[tuple[str, str], KeyDown] = {}
        self._composing = False

    # -- what is kept ----------------------------------------------------------------------------------------------

    def keep(self, event: Event, time_us: int) -> None:
        """An event that leaves, at its own input time."""
        if self._watch:
            self._resume(time_us, starts=not isinstance(event, Label))
        self._marker = None
        self._last_in_us = time_us
        self._last_out_us = time_us - self._offset_us
        self._append(event, self._last_out_us)

    def keep_moves(self, events: Sequence[Event], at: int, walked_us: int) -> tuple[int, int]:
        """As ``keep_pointer`` for the run of pointer moves that begins at ``events[at]``, none before ``walked_us``.

        Returns where the run ends, and its last time.
        """
        offset_us, append = self._offset_us, self.out.append
        known: str | None = None
        stop = len(events)
        for place, event in enumerate(islice(events, at, None), at):
            if type(event) is not PointerMove:
                stop = place
                break
            time_us = event.time_us
            if time_us < walked_us:
                time_us = walked_us
            else:
                walked_us = time_us
            if event.device is not known:
                self.keep_pointer(event, time_us)
                known = event.device if self._pointers[event.device] is event.device else None
                offset_us = self._offset_us
            else:  # a new one costs half of a copy and a change
                append(PointerMove(time_us=time_us - offset_us, x=event.x, y=event.y, device=known))
        self._last_in_us, self._last_out_us = walked_us, walked_us - offset_us
        return stop, walked_us

    def keep_pointer(self, event: Pointer, time_us: int) -> None:
        """As ``keep``, for an event with a pointing device."""
        self.keep(event, time_us)
        self._name_device(event.device, self._pointers)

    def keep_down(self, event: KeyDown, time_us: int) -> None:
        """A key press of a kept stroke. A second press without a release between is a repeat."""
        identity = event.device, event.code or ""
        if (
            self._watch
            or (event.code, event.key) not in self._tidy
            or event.repeat
            or identity in self._down
            or event.text is not None
            or event.dead is not None
            or event.stream is not None
            or self._keyboards.get(event.device) is not event.device
        ):
            self.keep(event, time_us)
            self._press(event)
            return
        # What most presses come to: the two calls above, without the questions that have been answered.
        self._marker = None
        self._last_in_us = time_us
        self._last_out_us = out_us = time_us - self._offset_us
        row: KeyDown = _copy(event)  # type: ignore[assignment]
        force_setattr(row, "time_us", out_us)
        self.out.append(row)
        self._down[identity] = row

    def owe_down(self, event: KeyDown) -> None:
        """A press inside a hull that serves text behind it: it leaves with that text."""
        self._late.append(event)
        self._watch = True

    def keep_up(self, event: KeyUp, time_us: int) -> None:
        """A key release of a kept stroke; beside a marker it moves to the marker's edge, telling nothing of it."""
        tidy = (event.code, event.key) in self._tidy
        pressed = self._down.pop((event.device, event.code or "") if tidy else _identity(event), None)
        if pressed is None:
            return
        if self._marker is None:
            self.keep(event, time_us)
        else:
            self._append(event, self._last_out_us)
        row = self.out[-1]
        if event.key != pressed.key and not _same_key(event, pressed):
            force_setattr(row, "key", pressed.key)
        if event.code != pressed.code:
            force_setattr(row, "code", pressed.code)
        if event.text is not None or event.dead is not None:
            force_setattr(row, "text", None)
            force_setattr(row, "dead", None)
        if self._keyboards.get(event.device) is not event.device:
            self._name_device(event.device, self._keyboards)

    def keep_composition(self, event: Event, time_us: int) -> None:
        """A composition event: starts, updates and ends leave balanced."""
        starts = isinstance(event, CompositionStart)
        if starts:
            self._end_composition()
        elif not self._composing:
            return
        self.keep(event, time_us)
        self._composing = not isinstance(event, CompositionEnd)

    def keep_place(self, event: Event, buffer: Buffer, time_us: int) -> None:
        """A change of place. Right after a marker of the same window it waits to see whether another follows."""
        if isinstance(self._marker, Place) and buffer.place[:2] == self._marker[:2]:
            self._places.append((event, buffer))
            self._watch = True
            self.pending_since_us = time_us if self.pending_since_us is None else self.pending_since_us
            return
        self._owed = None
        self._keep_place(event, buffer, time_us)

    # -- what is dropped -------------------------------------------------------------------------------------------

    def drop(self, hull: Hull, buffer: Buffer, time_us: int, *, inside: bool = False) -> None:
        """Something sensitive was here: one marker for a run of them, with a surrogate only where it hides one hull.

        ``inside`` says that the row holds no text and only stands between rows of a hull.
        """
        category = hull.category
        if isinstance(self._marker, Place) and self._marker[:2] == buffer.place[:2]:
            if hull is not self._hull and not inside:
                self._hull = None
            if self._places:
                self._owed = self._places[-1]
                self._forget_places()
        else:
            self._type_back()
            self._flush_places()
            self._end_composition()
            self._hull = hull
            self._mark(Redacted(time_us=0, category=category, target=self._target(buffer)), buffer.place, time_us)
            self._counters[f"redacted.{category}"] += 1
            self._tell_hidden()
            self._mark_hides = _Hidden(category, time_us)
        if self._explain is not None and self._mark_hides is not None:
            self._mark_hides.add(time_us, hull.rules)
        self.media.hide(time_us)
        self._dropped = self._watch = True

    def gap(self, time_us: int) -> None:
        """A gate was closed: one marker for a run, and nothing stays pressed across it."""
        self._type_back()
        self._end_composition()
        self._flush_places()
        for identity in list(self._down):
            self._lift(identity, self._last_out_us)
        if self._marker != "gap":
            self._mark(Gap(time_us=0), "gap", time_us)
            self._counters["gap"] += 1
        self.media.hide(time_us, gated=True)
        self._dropped = self._watch = True

    def keep_frame(self, event: Frame, time_us: int, *, hidden: bool) -> None:
        """A screenshot: it leaves as its index if it may stay."""
        index = self.media.frame(event, hidden=hidden)
        if index is None:
            self._counters["frames_destroyed"] += 1
        else:
            self.keep(Frame(time_us=time_us, index=index), time_us)

    def close(self, time_us: int) -> None:
        """End of the stream."""
        self.media.close(time_us)
        self._type_back()
        self._flush_places()
        self._end_composition()
        self._tell_hidden()

    @property
    def ahead_us(self) -> int:
        """By how much the clock of the input is ahead of that of the output now."""
        return self._offset_us

    @property
    def tells_time(self) -> bool:
        """Whether time goes on in the output: not behind a mark, where what time it is would tell how long it hides."""
        return not self._watch

    def settle(self) -> None:
        """Nothing followed for long: a waiting change of place is kept."""
        self._flush_places()

    def forget_waiting(self) -> None:
        """What waits to be written is destroyed."""
        self._hull = None
        self._forget_places()
        self._late.clear()
        self._owed = None

    # -- inner workings --------------------------------------------------------------------------------------------

    def _resume(self, time_us: int, *, starts: bool) -> None:
        """Before the first kept event, and the first after anything was dropped or put off: set the clock, catch up.

        A label may still be dropped by its own policy, so the clock does not start with one.
        """
        if not self._started:
            self._started = starts
            self._offset_us = self._last_in_us = time_us
        self._type_back()
        self._flush_places()
        self._watch = not self._started
        if self._dropped:
            self._dropped = False
            self.media.show(time_us)
            hidden_us = time_us - self._last_in_us
            self._offset_us -= ladder(hidden_us) - hidden_us
        out_us = time_us - self._offset_us
        if self._owed is not None:
            event, buffer = self._owed
            self._owed = None
            self._append(event, out_us)
            self._set_element(buffer)
        late, self._late = self._late, []
        for event in late:
            self._append(event, out_us)
            self._press(event)

    def _type_back(self) -> None:
        """A mark is complete: its surrogate is typed in the time that no hidden time is shorter than, if it fits."""
        hull, self._hull = self._hull, None
        if hull is None or hull.surrogate is None:
            return
        kept_us = self._last_in_us - self._offset_us
        end_us = self._last_out_us + takes_us(hull.surrogate)
        if end_us > kept_us + LADDER_US[0] or any(map(_is_modifier, self._down.values())):
            return
        for event in strokes(hull.surrogate, self._last_out_us, _SURROGATES):
            self.out.append(event)
            self._name_device(event.device, self._keyboards)
        self._last_out_us = end_us

    def _flush_places(self) -> None:
        if not self._places:
            return
        places, self._places = self._places, []
        self.pending_since_us = None
        self._owed = None
        for event, buffer in places:
            self._keep_place(event, buffer, max(event.time_us, self._last_in_us))

    def _keep_place(self, event: Event, buffer: Buffer, time_us: int) -> None:
        self._end_composition()
        self.keep(event, time_us)
        self._set_element(buffer)
        if isinstance(event, Focus):
            self._close_lost(time_us)

    def _tell_hidden(self) -> None:
        """A mark is complete: whoever may know is told what it stands for."""
        hidden, self._mark_hides = self._mark_hides, None
        if self._explain is not None and hidden is not None:
            self._explain(hidden.start_us, hidden.stop_us, hidden.category, hidden.rule)

    def _forget_places(self) -> None:
        self._places.clear()
        self.pending_since_us = None

    def _mark(self, marker: Event, place: Place | str, time_us: int) -> None:
        if not self._started:
            self._started = True
            self._offset_us = self._last_in_us = time_us
        self._append(marker, self._last_out_us)
        self._marker = place

    def _append(self, event: Event, out_us: int) -> None:
        copy = _copy(event)
        force_setattr(copy, "time_us", out_us)
        if event.stream is not None:
            force_setattr(copy, "stream", None)
        self.out.append(copy)

    def _lift(self, identity: tuple[str, str], out_us: int) -> None:
        """Release what has been pressed, for want of a release that may leave."""
        pressed = self._down.pop(identity)
        self._append(KeyUp(time_us=0, code=pressed.code, key=pressed.key, device=pressed.device), out_us)

    def _close_lost(self, time_us: int) -> None:
        """A key that was down through two changes of place lost its release; whoever recorded it did not see it."""
        for identity, pressed in self._down_before.items():
            if self._down.get(identity) is pressed:
                self._lift(identity, time_us - self._offset_us)
        self._down_before = dict(self._down)

    def _press(self, event: KeyDown) -> None:
        """Book the press that was just written, and tidy it: nothing leaves of it that was not looked at as text."""
        row = self.out[-1]
        code, key, text = event.code, event.key, event.text
        identity = _identity(event)
        again = identity in self._down
        if again != event.repeat:
            force_setattr(row, "repeat", again)
        if not again:
            self._down[identity] = row  # type: ignore[assignment]
        if code not in CODES:
            force_setattr(row, "code", None)
        elif (key in NAMED_KEYS or (key is not None and len(key) == 1)) and len(self._tidy) < _TIDY_MAX:
            self._tidy.add((code, key))
        if key != _public_key(event):
            force_setattr(row, "key", None)
        if text is not None and not text.isprintable():
            force_setattr(row, "text", None)
        if event.dead is not None and len(event.dead) > 1:
            force_setattr(row, "dead", None)
        if self._keyboards.get(event.device) is not event.device:
            self._name_device(event.device, self._keyboards)

    def _name_device(self, device: str, ordinals: dict[str, str]) -> None:
        """Give the device of the row that was just written its ordinal among devices of its sort."""
        ordinal = ordinals.get(device)
        if ordinal is None:
            ordinal = ordinals[device] = intern(str(len(ordinals)))  # a default is left out only by identity
        force_setattr(self.out[-1], "device", ordinal)

    def _end_composition(self) -> None:
        if self._composing:
            self._composing = False
            self._append(CompositionEnd(time_us=0), self._last_out_us)

    def _set_element(self, buffer: Buffer) -> None:
        force_setattr(self.out[-1], "element", self._target(buffer))

    def _target(self, buffer: Buffer) -> str:
        if buffer.ordinal is None:
            self._targets += 1
            buffer.ordinal = str(self._targets)
        return buffer.ordinal
