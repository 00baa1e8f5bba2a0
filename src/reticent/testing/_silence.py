"""The law of silence: nothing that was typed is told beside the output itself."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from reticent.errors import RunClosed
from reticent.events import Clipboard, Event, Focus, Input, KeyDown, KeyUp, Label
from reticent.pipeline import Pipeline, Run
from reticent.transform import Context, RowStage, Transform

__all__ = ["CANARY", "law_silence"]

CANARY = "Zyxqo7Canary"
"""What the law types, pastes and shows after the events it is given."""

_CANARY_MIN = 8


def law_silence(transform: Transform, events: Sequence[Event], context: Callable[[], Context] = Context) -> None:
    """Typed text is told nowhere but in the output.

    Not in the ``repr`` or ``str`` of transform, stage, run, report, context and events, in no log record, and in no
    exception, its notes and the locals of its frames included. Typed are ``CANARY``, after the events given, and every
    word of at least 8 characters that their key presses spell.
    """
    heard = [*events, *_canary_events(max((event.time_us for event in events), default=0))]
    quiet = "\n".join(text for _, text in _told(transform, [], context)).lower()
    canaries = [word for word in (CANARY, *_words(events)) if word.lower() not in quiet]
    for name, text in _told(transform, heard, context):
        if any(canary.lower() in text.lower() for canary in canaries):
            raise AssertionError(f"law_silence: {name} shows what was typed")


def _told(transform: Transform, events: Sequence[Event], context: Callable[[], Context]) -> Iterator[tuple[str, str]]:
    """Everything that is told beside the output, by what tells it: of a run that ends well and of one that fails."""
    for fails in (False, True):
        given = context()
        stage = transform.start(given)
        run = Run([stage, _Alarm(fails=fails)], given)
        with _logged() as records:
            out, error = _drain(run, events)
        reports = (run.report, run.diagnostics)
        things = [transform, Pipeline((transform,)), given, stage, run, *reports, dict(given.counters), out]
        for thing in things:
            yield type(thing).__name__, f"{thing!r}\n{thing!s}"
        yield "log", "\n".join(records)
        if error is not None:
            yield "exception", _spelled_out(error)


def _drain(run: Run, events: Sequence[Event]) -> tuple[list[Event], RunClosed | None]:
    try:
        return run.feed(events) + run.flush(), None
    except RunClosed as error:
        # The first frame is this one, whose locals are the law's own.
        return error.events, error.with_traceback(error.__traceback__ and error.__traceback__.tb_next)


def _spelled_out(error: BaseException) -> str:
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    return f"{error!r}\n{''.join(told.format())}\n{''.join(getattr(error, '__notes__', ()))}"


class _Alarm(RowStage):
    """Fails at the end, with an error that tells everything that reached it."""

    def __init__(self, *, fails: bool) -> None:
        super().__init__()
        self._fails = fails

    def row(self, event: Event, /) -> None:
        self.out.append(event)

    def close(self) -> None:
        if self._fails:
            raise ValueError(CANARY)


@contextmanager
def _logged() -> Iterator[list[str]]:
    """What is logged meanwhile, at any level."""
    texts: list[str] = []
    handler = logging.Handler(logging.NOTSET)
    handler.emit = lambda record: texts.append(record.getMessage())  # type: ignore[method-assign]
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield texts
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def _words(events: Sequence[Event]) -> list[str]:
    keys = (event.key for event in events if isinstance(event, KeyDown) and event.key is not None)
    text = "".join(key if len(key) == 1 else " " for key in keys)
    return [word for word in text.split() if len(word) >= _CANARY_MIN]


def _canary_events(start_us: int) -> Iterator[Event]:
    """The canary shown, pasted and typed."""
    yield Focus(time_us=start_us, window=CANARY, element="canary", url=f"https://{CANARY}.example/{CANARY}")
    yield Label(time_us=start_us, kind="title", value=CANARY)
    yield Clipboard(time_us=start_us, operation="copy", data=CANARY)
    yield Input(time_us=start_us, input_type="insertFromPaste", data=f" {CANARY} ")
    for at, char in enumerate(CANARY):
        yield KeyDown(time_us=start_us + at * 80_000, key=char)
        yield KeyUp(time_us=start_us + at * 80_000 + 40_000, key=char)
