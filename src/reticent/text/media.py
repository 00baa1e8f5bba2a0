"""What recorders keep beside the events: which screenshots may stay, and which stretches of video and sound may not.

A secret shows on the screen from its first stroke until its target is left or the line is committed, and keys can be
heard while they are struck. Stretches are told on the clock of the input, and their length is always a step of the
ladder: it does not tell how long the secret took. A screenshot is destroyed in such a stretch and for one more step
after the hidden part: the first one that stays then lies as far behind it, however long it was.
"""

from __future__ import annotations

from collections.abc import Callable

from reticent.events import Frame
from reticent.text.ladder import ladder
from reticent.transform import Receivers

__all__ = ["Media", "Stretch"]

Span = Callable[[int, int], None]


class Stretch:
    """Stretches of one medium. Those that touch after they were widened are told as one.

    >>> told: list[tuple[int, int]] = []
    >>> sound = Stretch(lambda start_us, end_us: told.append((start_us, end_us)))
    >>> sound.open(1_000_000), sound.shut(3_000_000), sound.settle(60_000_000)
    (None, None, None)
    >>> told
    [(1000000, 16000000)]
    """

    def __init__(self, tell: Span | None) -> None:
        self._tell = tell
        self.start_us: int | None = None
        self.end_us: int | None = None
        self._last_us = 0

    @property
    def is_open(self) -> bool:
        """Whether its end is not known yet."""
        return self.start_us is not None and self.end_us is None

    def open(self, time_us: int) -> None:
        """Something hidden is here, or goes on."""
        self.settle(time_us)
        if self.start_us is None:
            self.start_us = time_us
        self.end_us = None
        self._last_us = time_us

    def shut(self, time_us: int | None = None) -> None:
        """It ended here; without a time where it was last seen."""
        if self.start_us is not None and self.end_us is None:
            length_us = (self._last_us if time_us is None else time_us) - self.start_us
            self.end_us = self.start_us + ladder(max(1, length_us))

    def settle(self, time_us: int) -> None:
        """Time has come this far: a stretch that ended before is told."""
        if self.start_us is not None and self.end_us is not None and self.end_us < time_us:
            if self._tell is not None:
                self._tell(self.start_us, self.end_us)
            self.start_us = self.end_us = None

    def close(self, time_us: int) -> None:
        """End of the stream."""
        self.shut(time_us)
        if self.end_us is not None:
            self.settle(self.end_us + 1)


class Media:
    """The media of one stream, told about everything hidden in the order in which the output is written."""

    def __init__(self, receivers: Receivers) -> None:
        self._on_frame = receivers.on_frame
        self._screen = Stretch(receivers.on_blank)
        self._sound = Stretch(receivers.on_mute)
        pairs = (self._screen, receivers.on_blank), (self._sound, receivers.on_mute)
        self._told = tuple(stretch for stretch, tell in pairs if tell is not None)
        self._gated = False
        self._clear_us: int | None = None
        self._frames = 0

    @property
    def undecided_from_us(self) -> int | None:
        """Where a stretch began that has not been told, on the clock of the input; None when all are told."""
        starts = [stretch.start_us for stretch in self._told if stretch.start_us is not None]
        return min(starts, default=None)

    @property
    def due_us(self) -> int | None:
        """Time after which a stretch can be told; None when none has ended."""
        ends = [stretch.end_us for stretch in self._told if stretch.end_us is not None]
        return min(ends, default=None)

    def settle(self, time_us: int) -> None:
        """Everything before this time has been decided."""
        self._screen.settle(time_us)
        self._sound.settle(time_us)

    def hide(self, time_us: int, *, gated: bool = False) -> None:
        """Something hidden was here."""
        self._screen.open(time_us)
        self._sound.open(time_us)
        self._gated = gated

    def hear(self, time_us: int) -> None:
        """A hidden key was let go here."""
        if self._sound.is_open:
            self._sound.open(time_us)

    def show(self, time_us: int) -> None:
        """Something kept follows: nothing hidden is heard any more, and a gate is open again."""
        self._sound.shut()
        if self._gated:
            self._gated = False
            self.leave(time_us)

    def leave(self, time_us: int) -> None:
        """The target was left, or its line committed: what was typed there is on the screen no more, nor heard."""
        self._sound.shut()
        if self._screen.is_open and self._screen.start_us is not None:
            self._clear_us = time_us + ladder(max(1, time_us - self._screen.start_us))
            self._screen.shut(time_us)

    def frame(self, event: Frame, *, hidden: bool) -> int | None:
        """Tells what becomes of a screenshot; its index in the output if it may stay.

        Args:
            event: the screenshot, in order.
            hidden: whether it lies where nothing leaves.
        """
        self.settle(event.time_us)
        cleared = self._clear_us is None or event.time_us >= self._clear_us
        if self._on_frame is None or hidden or self._screen.is_open or not cleared:
            self.destroy(event)
            return None
        index, self._frames = self._frames, self._frames + 1
        self._on_frame(event.id, index)
        return index

    def destroy(self, event: Frame) -> None:
        """A screenshot that may not stay."""
        if self._on_frame is not None:
            self._on_frame(event.id, None)

    def close(self, time_us: int) -> None:
        """End of the stream: everything that is open ends here."""
        self._screen.close(time_us)
        self._sound.close(time_us)
