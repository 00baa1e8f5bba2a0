"""The typist: turns presses, input events, compositions and pastes into units of evidence and cells of text.

It types into ``target``, the buffer of the element that has the focus, and asks the hold-back for a decision when a
line ends or a bound is reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from msgspec.structs import replace

from reticent.events import (
    Category,
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Input,
    KeyDown,
    KeyUp,
)
from reticent.keys.layout import compose, may_be_one_key
from reticent.text.buffer import Buffer
from reticent.text.cells import OPAQUE, Cell, Unit, normalized
from reticent.text.holdback import HoldBack
from reticent.text.operations import INPUT_OPERATIONS, KINDS, perform
from reticent.text.prompts import Prompts
from reticent.text.sequel import Sequel
from reticent.text.span import Knowledge
from reticent.text.strokes import Keyboard, Reading

__all__ = ["Typist"]

_STOLEN_US = 2_000_000
_PREEDITS_MAX = 64
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_COMMIT_KEYS = frozenset(("Enter", "NumpadEnter", "Tab"))
_WAITING = frozenset(("unidentified", "dead", "compose", "altDigit"))
"""Operations of presses that mean nothing before a later event gives them a character."""


class Typist:
    """What the person at one seat is typing. ``target`` is where."""

    def __init__(
        self,
        held: HoldBack,
        knowledge: Knowledge,
        layouts: Sequence[str],
        target: Buffer,
        *,
        mac: bool,
        scrubbed: bool,
    ) -> None:
        self.held = held
        self.target = target
        self.sequel = Sequel()
        self.prompts = Prompts(held, knowledge)
        self._keyboard = Keyboard(layouts, mac=mac)
        self._scrubbed = scrubbed
        self._cells_max, self._rows_max = held.limits.cells, held.limits.rows
        self._down: dict[tuple[str, str], Unit] = {}
        self._modifiers: dict[tuple[str, str], Unit] = {}
        self._clip: list[Cell] | None = None
        self._accent: str | None = None
        self._alt_digits = ""
        self._carrier: Cell | None = None
        self._last: tuple[Unit, str, list[Cell]] | None = None
        self._inserted: Unit | None = None
        self._stealable_us: int | None = None

    # -- what the engine tells it ------------------------------------------------------------------------------------

    def move(self, buffer: Buffer) -> None:
        """The focus moved. When a program took it from a sensitive field, the next word still belongs there."""
        before, last = self.target, self._last
        typed = last[0] if last is not None and last[1] == "insert" else self._inserted
        if typed is not None or last is not None:
            self._stealable_us = typed.time_us if typed is not None and before.sensitive is not None else None
        stolen = (
            buffer.sensitive is None
            and self._stealable_us is not None
            and self.held.now_us - self._stealable_us <= _STOLEN_US
        )
        self.lose_hands()
        before.after_hull = buffer.after_hull = False
        if before.latch == "token":
            before.latch = None
        if stolen and buffer.latch is None:
            buffer.latch = "token"
        if before.sensitive:
            self.prompts.learn(before)
        if before is not buffer:
            self.sequel.left(before, self.held.now_us)
            self.sequel.begin(buffer)
        self.target = buffer

    def click(self) -> None:
        """A pointer button went down: the caret may be anywhere now."""
        self._last = self._inserted = self._stealable_us = None
        if self.target.latch == "token":
            self.target.latch = None
        if self.target.cells:
            self.target.lose_caret()

    def may_commit(self, event: Event) -> bool:
        """Whether an event is one of those that end lines and fields, whatever else it may turn out to mean."""
        if type(event) is KeyDown:
            return event.key in _COMMIT_KEYS or event.code in _COMMIT_KEYS
        return type(event) is Input and INPUT_OPERATIONS.get(event.input_type) == "commit"

    def use_layout(self, name: str) -> None:
        """The recorder says which keyboard layout is active."""
        self._keyboard.use_layout(name)

    def lose_hands(self) -> None:
        """Forget what is held down and what was begun: focus moved, or something was not seen."""
        self._keyboard.release()
        self._modifiers.clear()
        self._last = self._inserted = self._accent = self._carrier = None
        self._alt_digits = ""

    def forget(self) -> None:
        """Nothing that was typed before may be remembered."""
        self.lose_hands()
        self._down.clear()
        self._clip = None

    # -- keys ------------------------------------------------------------------------------------------------------

    def plain_strokes(self, events: Sequence[Event], at: int) -> int:
        """The run of plain typing at the end of a text that begins at ``events[at]``; returns where it ends.

        Only for speed: ``keydown`` and ``keyup`` do the same an event at a time, and take whatever is not plain.
        """
        held, buffer, down, plain = self.held, self.target, self._down, self._keyboard.plain
        if held.waiting or self._modifiers or buffer.latch is not None or not buffer.takes_plain_strokes:
            return at
        cells: list[Cell] = []
        room = self._cells_max - buffer.open_cells
        due_us = held.due_bound_us
        stop = at
        for place, event in enumerate(islice(events, at, None), at):
            stop = place
            if event.time_us > due_us:
                break
            if type(event) is KeyDown:
                if len(cells) >= room or held.key_rows >= self._rows_max:
                    break
                text = plain(event)
                identity = event.device, event.code or f"={event.key}"
                if text is None or event.modifiers or event.injected or identity in down:
                    break
                down[identity] = unit = held.stroke(event, buffer)
                cells.append(Cell(text if text.isascii() else normalized(text), unit))
            elif type(event) is KeyUp:
                identity = event.device, event.code or f"={event.key}"
                stroke = down.get(identity)
                if stroke is None or stroke.kind != Unit.TEXT:
                    break
                del down[identity]
                held.pass_time(event.time_us)
                stroke.last = held.append(event, stroke)
            else:
                break
        else:
            stop = len(events)
        if cells:
            buffer.type_on(cells)
            held.serial += cells
            self._last = (cells[-1].unit, "insert", cells[-1:])
        return stop

    def keydown(self, event: KeyDown) -> None:
        """A key went down or repeats."""
        self._inserted = None
        key = event.key
        buffer = self.target
        text = self._keyboard.plain(event)
        identity = (event.device, event.code or f"={key}")
        if text is not None and identity not in self._down and not self.held.waiting and buffer.latch is None:
            held = self.held
            self._down[identity] = unit = held.open_unit(event, buffer, Unit.TEXT)
            if self._modifiers or event.injected:
                self._begin(unit, event, identity)
            cell = buffer.type(text, unit)
            held.serial.append(cell)
            buffer.open_cells += 1
            self._last = (unit, "insert", [cell])
            if buffer.open_cells > self._cells_max or held.key_rows > self._rows_max or not held.open:
                held.bound(buffer)
            return
        name = self._keyboard.modifier(event) if text is None else None
        if name is not None:
            self._modifier_down(event, identity, name)
            return
        reading = Reading("insert", text) if text is not None else self._keyboard.read(event, buffer.field)
        op = reading.op
        if op == "compose" and self._carrier is not None:
            self._down[identity] = self._carrier.unit
            self.held.attach(event, self._carrier.unit)
            return
        stroke = self._down.get(identity)
        kind = KINDS.get(op, Unit.OTHER)
        repeats = stroke is not None and stroke.buffer is buffer and stroke.kind == kind
        repeats = repeats and stroke is not None and (event.repeat or self.held.is_latest(stroke))
        if op == "commit":
            if repeats and stroke is not None:
                self.held.attach(event, stroke)
                self.held.pass_on()
                return
            self._down[identity] = self._commit(event, reading.text or "\n")
            return
        if repeats and stroke is not None and self.held.takes(stroke):
            unit = stroke
            self.held.attach(event, unit)
        else:
            unit = self.held.open_unit(event, buffer, kind)
            self._begin(unit, event, identity)
        if op == "insert":
            cells = self._type(reading.text or "", unit, reading.alternatives)
        else:
            cells = self._operate(reading, unit)
        self._last = (unit, op, cells)
        self.held.bound(buffer)

    def _begin(self, unit: Unit, event: KeyDown, identity: tuple[str, str]) -> None:
        """A stroke begins: modifiers that are held serve it."""
        self._down[identity] = unit
        if event.injected:
            unit.injected = unit.buffer.injected = True
        for modifier in self._modifiers.values():
            modifier.served = [*(modifier.served or ()), unit]

    def keyup(self, event: KeyUp) -> None:
        """A key went up: the row belongs to its stroke."""
        identity = (event.device, event.code or f"={event.key}")
        unit = self._down.pop(identity, None)
        if unit is None and event.code is None:
            event, unit = self._at_another_level(event)
        if unit is None or unit.kind != Unit.TEXT:
            self._keyboard.lift(identity)
            self._modifiers.pop(identity, None)
            if unit is None:
                return
        held = self.held
        unit.last = held.append(event, unit)
        if self._alt_digits and unit.kind == Unit.MODIFIER:
            self._finish_alt_code(unit)
        if not held.open:
            held.release()

    def _at_another_level(self, event: KeyUp) -> tuple[KeyUp, Unit | None]:
        """The release of a key that was pressed as another character, where Shift changed since; as of that one."""
        for device, name in self._down if event.key is not None else ():
            if device == event.device and name[0] == "=" and may_be_one_key(name[1:], event.key or ""):
                return replace(event, key=name[1:]), self._down.pop((device, name))
        return event, None

    def _modifier_down(self, event: KeyDown, identity: tuple[str, str], name: str) -> None:
        held = self._down.get(identity)
        self._keyboard.press(event, name)
        if held is not None and held.buffer is self.target and (event.repeat or self.held.is_latest(held)):
            self.held.attach(event, held)
        else:
            is_lock = name.endswith("Lock")
            unit = self.held.open_unit(event, self.target, Unit.LOCK if is_lock else Unit.MODIFIER)
            self._down[identity] = unit
            if not is_lock:
                self._modifiers[identity] = unit
        self.held.bound(self.target)

    def _type(self, text: str, unit: Unit, alternatives: dict[str, str] | None = None) -> list[Cell]:
        """Insert what a stroke typed; waiting dead keys and unidentified presses belong to its character."""
        buffer = self.target
        if self._accent is not None:
            text, self._accent = compose(self._accent, text), None
        if buffer.latch == "token" and text.isspace():
            buffer.latch = None
        cells = buffer.insert_cells(
            [Cell(normalized(character), unit) for character in text or ("",)], unit, alternatives
        )
        self._own(cells, unit)
        if not text:
            self.held.waiting.append(unit)  # a dead key in a stream of codes: part of what comes next
        return cells

    def _own(self, cells: list[Cell], unit: Unit) -> None:
        """Book new cells; what waited for a meaning belongs to them."""
        if self.held.waiting:
            waiting, self.held.waiting = self.held.waiting, []
            for cell in cells:
                cell.more = [*(cell.more or ()), *waiting]
        self.held.serial += cells
        unit.buffer.open_cells += len(cells)

    def _operate(self, reading: Reading, unit: Unit) -> list[Cell]:
        """A stroke that does not simply type; returns the cells it made all the same."""
        buffer, op = unit.buffer, reading.op
        cells: list[Cell] = []
        if op in _WAITING:
            self.held.waiting.append(unit)
            if op == "dead":
                self._accent = reading.text
            elif op == "altDigit":
                self._alt_digits += reading.text or ""
        elif op in ("copy", "cut"):
            self._clip = buffer.selected()
            if op == "cut" and self._clip:
                buffer.delete_selection(unit)
        elif op == "paste":
            cells = buffer.insert_copies(self._clip, unit) if self._clip else buffer.insert(OPAQUE, unit)
        elif op == "yank":
            cells = buffer.insert_copies(buffer.killed, unit)
        else:
            perform(op, buffer, unit, selecting=reading.selecting)
            if op == "abortLine" and buffer.latch == "line":
                buffer.latch = None
        if reading.text and op not in _WAITING:
            self._shadow(reading.text, unit)
        if cells:
            self._own(cells, unit)
        return cells

    def _shadow(self, text: str, unit: Unit) -> None:
        """A letter under a command modifier is no text; but a stuck modifier must not hide text from detectors."""
        cell = Cell(text, unit)
        cell.shadow = True
        cell.live = False
        self.held.serial.append(cell)

    def _finish_alt_code(self, unit: Unit) -> None:
        digits, self._alt_digits = self._alt_digits, ""
        code = int(digits) % 0x110000
        try:
            text = bytes([code]).decode("cp1252" if digits.startswith("0") else "cp437") if code < 256 else chr(code)
        except UnicodeDecodeError:
            text = OPAQUE
        cells = unit.buffer.insert(text, unit)
        self._own(cells, unit)
        self._last = (unit, "insert", cells)

    # -- the end of a line -----------------------------------------------------------------------------------------

    def _commit(self, event: KeyDown | Input, text: str) -> Unit:
        """A commit key: what was typed is decided before the key takes effect."""
        buffer = self.target
        if text == "\t" and _is_lone_box(buffer):
            unit = self.held.open_unit(event, buffer, Unit.JUMP)
        else:
            category = self._end_of_line(buffer)
            unit = self.held.decided_unit(event, buffer, category, Unit.COMMIT)
            buffer.after_hull = category is not None
        self._begin_line(text, unit)
        self._last = (unit, "commit", [])
        return unit

    def _begin_line(self, text: str, unit: Unit) -> None:
        """What has been decided leaves, and what is typed next stands on another line."""
        unit.buffer.end_line(text, unit)
        self.held.serial.append(unit.buffer.cells[-1])
        self.held.release()

    def _end_of_line(self, buffer: Buffer) -> Category | None:
        """Decide the line, and what the next one may be; the category of the commit key if it is hidden too."""
        line = buffer.line()
        if self._carrier is not None and self._carrier.unit.buffer is buffer:
            self._carrier.unit.zone = "unspecified"
            self._carrier = None
        category = self.prompts.decide_line(buffer, line)
        self.sequel.line_ended(buffer, line, hidden=category == "credential", now_us=self.held.now_us)
        return category

    # -- text that keys do not tell ----------------------------------------------------------------------------------

    def input(self, event: Input) -> None:
        """An application says how its text changed."""
        buffer = self.target
        op = INPUT_OPERATIONS.get(event.input_type)
        row = self._input_row(event, op)
        if op == "insert" and event.data and _LINE_BREAK.fullmatch(event.data):
            op = "commit"
        last, self._last, self._inserted = self._last, None, None
        if op == "commit" and not (last is not None and last[1] == "commit"):
            self._commit(row, "\n")
            return
        said = last is not None and last[0].buffer is buffer and last[1] == op and self.held.takes(last[0])
        if said and last is not None and _confirms(event, last[2]):
            self.held.attach(row, last[0])
            if op == "insert" and event.data and len(last[2]) == 1:
                last[2][0].text = "".join(map(normalized, event.data))
            self.held.pass_on()
            return
        data = event.data or ""
        if buffer.latch == "token" and data[:1].isspace():
            buffer.latch = None
        unit = self.held.open_unit(row, buffer, Unit.TEXT if data else KINDS.get(op or "", Unit.OTHER))
        unit.scrubbed = row.data is not None and op in ("paste", "autofill")
        if op is None:
            unit.zone = "unspecified"
            buffer.lose_caret()
        elif op == "insert":
            self._insert(data, unit)
        elif op == "replace":
            self._own(buffer.replace(event.replaced, data, unit), unit)
        elif op == "autofill":
            cells = buffer.set_value(data, unit)
            self._own(cells, unit)
            self._inserted = unit if len(cells) == 1 else None
        elif op in ("paste", "yank"):
            cells = buffer.insert_payload(_LINE_BREAK.sub("\n", data) or OPAQUE, unit)
            self._own(cells, unit)
            self.prompts.run_lines(cells, unit)
        else:
            perform(op, buffer, unit, selecting=False)
        if buffer.latch == "token" and any(map(str.isspace, data)):
            buffer.latch = None
        self.held.bound(buffer)

    def _input_row(self, event: Input, op: str | None) -> Input:
        """The event as it may leave: only text that the views show, or that is scrubbed further on.

        A whole value says again what stood there before, which may be hidden: it is shown where nothing stood.
        """
        shown = op in ("insert", "replace") or (
            self._scrubbed
            and (op == "paste" or (op == "autofill" and not any(cell.live for cell in self.target.cells)))
        )
        data = event.data if shown else None
        replaced = "" if event.replaced == "" else None
        if data == event.data and replaced == event.replaced and op is not None:
            return event
        input_type = event.input_type if op is not None else "unknown"
        return Input(time_us=event.time_us, stream=event.stream, input_type=input_type, data=data, replaced=replaced)

    def composition(self, event: CompositionStart | CompositionUpdate | CompositionEnd) -> None:
        """An input method shows, changes or commits its text."""
        if self._carrier is not None and not self.held.takes(self._carrier.unit):
            self._carrier = None  # what was shown so far has been decided
        if self._carrier is None or isinstance(event, CompositionStart):
            unit = self.held.open_unit(event, self.target, Unit.TEXT)
            self._carrier = Cell("", unit)
            self._carrier.live = False
            self._carrier.preedits = []
            self.target.insert_cells([self._carrier], unit)
            self.target.preedits.append(self._carrier)
            self._own([self._carrier], unit)
            self.held.waiting.append(unit)
        else:
            self.held.attach(event, self._carrier.unit)
        carrier, unit = self._carrier, self._carrier.unit
        shown = carrier.preedits
        assert shown is not None
        if shown and event.data.startswith(shown[-1]):
            shown[-1] = event.data
        elif event.data and len(shown) < _PREEDITS_MAX:
            shown.append(event.data)
        elif event.data:
            unit.zone = "unspecified"
        if isinstance(event, CompositionEnd):
            self._carrier = None
            if unit in self.held.waiting:
                self.held.waiting.remove(unit)
            cells = unit.buffer.insert(event.data, unit)
            self._own(cells, unit)
            self._last = (unit, "insert", cells)
        self.held.bound(unit.buffer)

    def clipboard(self, event: Clipboard) -> None:
        """The clipboard was used; a paste is text like any other."""
        buffer = self.target
        data = event.data
        if not self._scrubbed and data is not None:
            event = Clipboard(time_us=event.time_us, stream=event.stream, operation=event.operation)
        last, self._last = self._last, None
        by_key = last is not None and last[0].buffer is buffer and last[1] == event.operation
        by_key = by_key and last is not None and self.held.takes(last[0])
        if by_key and last is not None:
            unit = last[0]
            self.held.attach(event, unit)
        else:
            unit = self.held.open_unit(event, buffer, Unit.TEXT)
        unit.scrubbed = event.data is not None
        if event.operation == "paste":
            before = last[2] if by_key and last is not None else []
            if not by_key or (data is not None and data != "".join(cell.text for cell in before)):
                for cell in before:
                    cell.live = False
                cells = self._pasted(data, unit)
                self._own(cells, unit)
                self.prompts.run_lines(cells, unit)
        elif event.operation == "cut" and not by_key:
            self._clip = buffer.selected()
            if self._clip:
                buffer.delete_selection(unit)
        self.held.bound(buffer)

    def _insert(self, data: str, unit: Unit) -> None:
        """Text that keys do not tell. A line break at its end ends the line, as Enter does."""
        buffer = unit.buffer
        text = _LINE_BREAK.sub("\n", data)
        cells = buffer.insert(text.removesuffix("\n"), unit)
        self._own(cells, unit)
        self.prompts.run_lines(cells, unit)
        self._inserted = unit
        if text.endswith("\n"):
            self._end_of_line(buffer)
            unit.kind = Unit.COMMIT
            self._begin_line("\n", unit)

    def _pasted(self, data: str | None, unit: Unit) -> list[Cell]:
        clip = self._clip
        if clip and (data is None or data == "".join(cell.text for cell in clip)):
            return unit.buffer.insert_copies(clip, unit)
        return unit.buffer.insert_payload(OPAQUE if data is None else _LINE_BREAK.sub("\n", data), unit)


def _confirms(event: Input, cells: list[Cell]) -> bool:
    """Whether an input event only says again what its key stroke or composition has done."""
    return not event.data or len(cells) == 1 or event.data == "".join(cell.text for cell in cells)


def _is_lone_box(buffer: Buffer) -> bool:
    """Whether the target holds one undecided character and nothing else, as the boxes of a code do."""
    live = list(islice((cell for cell in reversed(buffer.cells) if cell.live), 2))
    return len(live) == 1 and live[0].text.isalnum() and live[0].is_open() and buffer.field in ("text", "unknown")
