"""A signal to stop ends the input, not the run: what is held is decided first. A second signal acts at once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from io import BytesIO
from types import FrameType, TracebackType
from typing import Any, TypeVar

from reticent.reading.lines import ByteSource, read_available

__all__ = ["StoppableSource"]

_T = TypeVar("_T")


class _Stop(Exception):
    pass


class StoppableSource:
    """A source of bytes that ends at SIGINT or SIGTERM. Only waiting for input is broken off, never a decision.

    Attributes:
        exit_code: 130 or 143 after a signal, else 0.

    >>> import io, os
    >>> with StoppableSource(io.BytesIO(b"more")) as source:
    ...     os.kill(os.getpid(), signal.SIGTERM)
    ...     source.read(4), source.exit_code
    (b'', 143)
    """

    def __init__(self, source: ByteSource | None = None) -> None:
        self.exit_code = 0
        self._source = BytesIO() if source is None else source
        self._reading = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> StoppableSource:
        self._before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def turn_to(self, source: ByteSource) -> None:
        """Read on from another source; after a signal that one has ended too."""
        self._source = source

    def read(self, size: int = -1, /) -> bytes:
        """What there is by now, at most ``size`` bytes; none at the end."""
        return self.wait_for(lambda: read_available(self._source, size)) or b""

    def wait_for(self, call: Callable[[], _T]) -> _T | None:
        """What a call gives that may wait for others, as opening a named pipe does; None after a signal."""
        try:
            self._reading = True
            return None if self.exit_code else call()
        except _Stop:
            return None
        finally:
            self._reading = False

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.exit_code = 128 + number
        self._restore()
        if self._reading:
            self._reading = False
            raise _Stop
