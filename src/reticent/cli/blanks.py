"""``--blank``: what is to become of the media beside a recording, as JSON lines, for the program that keeps them."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from reticent.transform import Receivers

__all__ = ["Blanks"]


class Blanks:
    """Writes down what it is told, a line at a time; times are microseconds on the clock of the input.

    A failure to write closes the run that tells, and is in ``error``.

    >>> import io
    >>> file = io.BytesIO()
    >>> receivers = Blanks(file).receivers
    >>> receivers.on_frame("a.png", None), receivers.on_blank(1_000_000, 16_000_000)
    (None, None)
    >>> print(file.getvalue().decode(), end="")
    {"frame":"a.png","index":null}
    {"screen":[1000000,16000000]}
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    @property
    def receivers(self) -> Receivers:
        """Who is to be told."""
        return Receivers(
            on_frame=lambda name, index: self._write({"frame": name, "index": index}),
            on_blank=lambda start_us, end_us: self._write({"screen": (start_us, end_us)}),
            on_mute=lambda start_us, end_us: self._write({"sound": (start_us, end_us)}),
        )

    def _write(self, line: dict[str, object]) -> None:
        try:
            self._file.write(msgspec.json.encode(line) + b"\n")
            self._file.flush()
        except OSError as error:
            self.error = error
            raise
