"""A signal to stop ends the input, so that what is held is decided; a second signal acts at once."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reticent.cli.interrupt import StoppableSource


class Signals(io.RawIOBase):
    """A source on which a signal arrives while it is being read."""

    def __init__(self, number: int) -> None:
        self.number = number

    def read(self, size: int = -1, /) -> bytes:
        """Nothing yet: the signal comes first."""
        os.kill(os.getpid(), self.number)
        return b"too late"


def test_without_a_signal_all_is_read() -> None:
    """And handlers are as before."""
    before = signal.getsignal(signal.SIGINT)
    with StoppableSource(io.BytesIO(b"abcdef")) as source:
        assert signal.getsignal(signal.SIGINT) != before
        assert [source.read(4), source.read(), source.read()] == [b"abcd", b"ef", b""]
    assert source.exit_code == 0
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_reading_ends_the_input(number: int, code: int) -> None:
    """The read gives nothing, and so do all after it."""
    with StoppableSource(Signals(number)) as source:
        assert source.read(9) == b""
        assert source.read(9) == b""
        assert source.exit_code == code


def test_a_signal_between_reads_breaks_nothing_off() -> None:
    """What is being decided goes on to its end."""
    done = []
    with StoppableSource(io.BytesIO(b"more")) as source:
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("decided")
        assert source.read(4) == b""
    assert (done, source.exit_code) == (["decided"], 143)


def test_a_pipe_that_waits_is_left_at_a_signal() -> None:
    """Though nothing was written to it."""
    source, sink = os.pipe()
    with os.fdopen(source, "rb") as stream, os.fdopen(sink, "wb"), StoppableSource(stream) as stoppable:
        timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        assert stoppable.read(9) == b""
        timer.join()
    assert stoppable.exit_code == 130


def test_after_a_signal_handlers_are_as_before() -> None:
    """So that a second one acts as it would have without us."""
    before = signal.getsignal(signal.SIGTERM)
    with StoppableSource(io.BytesIO(b"")):
        os.kill(os.getpid(), signal.SIGINT)
        assert signal.getsignal(signal.SIGTERM) == before


def test_a_second_signal_ends_the_process() -> None:
    """In the middle of whatever it decides."""
    code = (
        "import io, os, signal; from reticent.cli.interrupt import StoppableSource\n"
        "with StoppableSource(io.BytesIO(b'')) as source:\n"
        "    os.kill(os.getpid(), signal.SIGTERM); print('one', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGTERM); print('two', flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    assert done.stdout == "one\n"
    assert done.returncode == -signal.SIGTERM


def test_a_pipe_that_nobody_opens_is_left_at_a_signal(tmp_path: Path) -> None:
    """Opening it waits as reading does; after the signal nothing is waited for."""
    os.mkfifo(tmp_path / "live")
    with StoppableSource() as source:
        timer = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM))
        timer.start()
        assert source.wait_for((tmp_path / "live").read_bytes) is None
        timer.join()
        assert source.wait_for(lambda: "asked") is None
    assert source.exit_code == 143


def test_one_source_after_the_other() -> None:
    """Until a signal, which ends all that follow."""
    with StoppableSource(io.BytesIO(b"a")) as source:
        first = source.read(9)
        source.turn_to(io.BytesIO(b"b"))
        assert (first, source.read(9)) == (b"a", b"b")
        os.kill(os.getpid(), signal.SIGTERM)
        source.turn_to(io.BytesIO(b"c"))
        assert source.read(9) == b""
