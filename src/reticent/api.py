"""The library in two calls: ``filter`` for records, ``filter_file`` for files and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from reticent.compression import check_suffix, decompressed, writing
from reticent.detect.vault import Vault
from reticent.diagnostics import Diagnostics
from reticent.enrolment.store import EnrolledStore
from reticent.errors import FormatError, RunClosed
from reticent.events import Discontinuity, Event, Gap
from reticent.formats.native import check_column, encode, from_records, moved, read_by, to_record
from reticent.pipeline import Run, Streams
from reticent.policy import Policy
from reticent.policy_file import load_policy
from reticent.reading.lines import ByteSource
from reticent.reading.notes import Notes
from reticent.recordings import detect_format, open_format
from reticent.report import Report
from reticent.transform import NOBODY, Receivers

__all__ = ["Filtered", "filter", "filter_file", "filter_stream", "open_batches"]

_BATCH_RECORDS = 1024


class Filtered:
    """What may leave: an iterator of dicts in the native format, header first. Lazy; goes through its input once.

    Attributes:
        policy: the policy in force.
        notes: what the reader could not read, by place; counts and field names only.

    Raises:
        RunClosed: while iterating: a stage failed. What had been decided before has been given out.
    """

    def __init__(self, batches: Iterable[list[Event]], policy: Policy, notes: Notes, start: Callable[[], Run]) -> None:
        self.policy = policy
        self.notes = notes
        self._streams = Streams(start, about=policy.about)
        self._batches = self._released(batches)
        self._rows = (to_record(event) for events in self._batches for event in events)
        self._told = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self

    def __next__(self) -> dict[str, Any]:
        return next(self._rows)

    def write(self, target: str | Path | BinaryIO) -> None:
        """Write what is left as JSON lines, as soon as it is decided.

        A path is written beside itself, as ``NAME.part``, and put in place at the end. When a failure closes the run,
        what had been decided stays in ``NAME.part``; any other error removes it. A path that ends in ``.gz`` or
        ``.zst`` is compressed.

        Raises:
            RunClosed: a stage failed; what had been decided is written.
            OSError: the target cannot be written.
            FormatError: the path ends in ``.zst``, and what writes it is not installed.
        """
        if not isinstance(target, (str, Path)):
            for events in self._batches:
                target.write(encode(events))
                target.flush()
            return
        if Path(target).exists() and not Path(target).is_file():
            # A device or a named pipe is written to; putting a file in its place would destroy it.
            with Path(target).open("wb") as device:
                self.write(device)
            return
        check_suffix(str(target))
        part = Path(f"{target}.part")
        try:
            with writing(part, Path(target).suffix) as file:
                self.write(file)
        except RunClosed:
            raise
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        part.replace(target)

    @property
    def report(self) -> Report:
        """What may leave the device with the output so far; complete when the iterator has ended."""
        return Report.of_diagnostics(self.diagnostics, self.policy.about())

    @property
    def diagnostics(self) -> Diagnostics:
        """Exact counts so far; they stay on the device."""
        return self._streams.diagnostics + Diagnostics(counters={**self._unread(), **self._never_opened()})

    def _released(self, batches: Iterable[list[Event]]) -> Iterator[list[Event]]:
        """What leaves, as it is decided."""
        yield [self.policy.header()]
        try:
            for batch in batches:
                yield self._noted(self._streams.feed(batch))
            yield self._noted(self._streams.flush())
        except RunClosed as error:
            yield self._noted(error.events)
            raise
        finally:
            self._streams.abort()

    def _noted(self, events: list[Event]) -> list[Event]:
        self._told = self._told or any(type(event) is not Gap for event in events)
        return events

    def _unread(self) -> dict[str, int]:
        return {
            "refused_lines": self.notes.refused,
            "refused_rest": int(self.notes.broken is not None),
            **{f"unknown_field.{name}": count for name, count in self.notes.unknown_fields.items()},
            **{f"unknown_type.{name}": count for name, count in self.notes.unknown_types.items()},
        }

    def _never_opened(self) -> dict[str, int]:
        """Why nothing at all left, where the policy waits for the recorder to say that it may look."""
        gates = self.policy.gates
        waits = {"consent": gates.consent == "required", "schedule": gates.schedule is not None}
        if self._told or not self.notes.lines:
            return {}
        return {f"never_opened.{name}": 1 for name, waiting in waits.items() if waiting}


def filter(  # noqa: A001 - reticent.filter reads well, and nobody imports it bare
    records: Iterable[Mapping[str, Any]],
    policy: str | Path | Policy = "minimal",
    by: str | None = None,
    enrolled: Iterable[str] = (),
    profile_terms: Iterable[str] = (),
    *,
    enrolled_store: EnrolledStore | None = None,
) -> Filtered:
    """Filter records of the native format, such as the rows of ``DataFrame.to_dict("records")``.

    Args:
        records: mappings in order of time; None, NaN and NA mean absent. Read as the result is.
        policy: a preset, the path of a TOML file, or a loaded policy.
        by: the column that tells whose record it is; each value is a stream of its own. Default ``stream``.
        enrolled: secrets that their owner registered; they stay in memory.
        profile_terms: names and the like of the person who types.
        enrolled_store: secrets of which only tags are known: see ``reticent.enrolment``.

    Raises:
        PolicyError: see ``load_policy``.
        ValueError: an enrolled secret is shorter than 3 characters.
        FormatError: while iterating: a record is no mapping, ``time_us`` holds timestamps, or the column is missing.

    >>> rows = filter([
    ...     {"type": "focus", "time_us": 0, "app": "firefox", "field": "password"},
    ...     {"type": "keydown", "time_us": 9, "code": "KeyX", "key": "x"},
    ... ])
    >>> [row["type"] for row in rows]
    ['header', 'focus', 'redacted']
    >>> rows.report.marks
    {'credential': '<5'}
    """
    policy = _loaded(policy)
    notes = Notes()
    size = _BATCH_RECORDS if isinstance(records, Sequence) else 1
    events = from_records(records if by is None else _moved(records, by), notes)
    return _filtered(_batched(events, size), policy, notes, enrolled, profile_terms, enrolled_store)


def filter_file(
    source: str | Path | BinaryIO,
    target: str | Path | BinaryIO,
    policy: str | Path | Policy = "minimal",
    *,
    format: str | None = None,  # noqa: A002 - the word for it
    by: str | None = None,
    enrolled: Iterable[str] = (),
    profile_terms: Iterable[str] = (),
    enrolled_store: EnrolledStore | None = None,
    receivers: Receivers = NOBODY,
) -> Report:
    """Filter a recording, chunk by chunk; memory does not grow with its length.

    Args:
        source: path, or stream of bytes.
        target: path, or stream of bytes; see ``Filtered.write``.
        format: of the source, when its content should not tell it.
        policy: as in ``filter``, like all that follow.
        by: the field that tells whose record it is.
        enrolled: secrets that their owner registered.
        profile_terms: names and the like of the person who types.
        enrolled_store: secrets of which only tags are known: see ``reticent.enrolment``.
        receivers: who is told what becomes of screenshots, video and sound.

    Raises:
        FormatError: the format cannot be told, or is not known.
        PolicyError, ValueError, RunClosed, OSError: as in ``filter`` and ``Filtered.write``.

    >>> import io
    >>> target = io.BytesIO()
    >>> report = filter_file(io.BytesIO(b'{"type":"wheel","time_us":5,"x":1,"y":2}'), target)
    >>> len(target.getvalue().splitlines()), report.failed
    (2, False)
    """
    with ExitStack() as stack:
        if isinstance(source, (str, Path)):
            source = stack.enter_context(Path(source).open("rb"))
        filtered = filter_stream(
            source, policy, format=format, by=by, enrolled=enrolled, profile_terms=profile_terms,
            enrolled_store=enrolled_store, receivers=receivers,
        )  # fmt: skip
        filtered.write(target)
    return filtered.report


def filter_stream(
    source: ByteSource,
    policy: str | Path | Policy = "minimal",
    *,
    format: str | None = None,  # noqa: A002 - the word for it
    by: str | None = None,
    enrolled: Iterable[str] = (),
    profile_terms: Iterable[str] = (),
    enrolled_store: EnrolledStore | None = None,
    receivers: Receivers = NOBODY,
    strict: bool = False,
) -> Filtered:
    """What ``filter_file`` writes, for callers that also want what it noted on the way. Reads the first lines.

    With ``strict`` it ends before the first line that is refused; what came before is decided as at any end.
    """
    policy = _loaded(policy)
    notes = Notes()
    batches = open_batches(source, format, by, notes)
    if strict:
        batches = _until_refused(batches, notes)
    return _filtered(batches, policy, notes, enrolled, profile_terms, enrolled_store, receivers)


def open_batches(
    source: ByteSource,
    form: str | None,
    by: str | None,
    notes: Notes,
) -> Iterator[list[Event]]:
    """The events of a recording, of which ``by`` tells the streams apart. Reads the first lines.

    Raises:
        FormatError: as ``filter_stream``.
    """
    if by is None:
        return open_format(source, form, notes)[1]
    source = decompressed(source, notes)
    name, source = detect_format(source, notes) if form is None else (form, source)
    if name != "native":
        raise FormatError(f"a recording in the format {name} holds one stream; leave out what tells streams apart")
    batches = read_by(source, by, notes)
    return chain(list(islice(batches, 1)), batches)


def _until_refused(batches: Iterable[list[Event]], notes: Notes) -> Iterator[list[Event]]:
    """What comes before the first line that was refused."""
    for batch in batches:
        if notes.refused:
            yield batch[: next((at for at, event in enumerate(batch) if type(event) is Discontinuity), len(batch))]
            return
        yield batch


def _loaded(policy: str | Path | Policy) -> Policy:
    return policy if isinstance(policy, Policy) else load_policy(policy)


def _filtered(  # noqa: PLR0917 - the public functions name them
    batches: Iterable[list[Event]],
    policy: Policy,
    notes: Notes,
    enrolled: Iterable[str],
    profile_terms: Iterable[str],
    store: EnrolledStore | None,
    receivers: Receivers = NOBODY,
) -> Filtered:
    secrets, terms = tuple(enrolled), tuple(profile_terms)
    Vault(secrets, terms)  # raises now, not at the first event
    start = partial(policy.start, enrolled=secrets, enrolled_store=store, profile_terms=terms, **receivers._asdict())
    return Filtered(batches, policy, notes, start)


def _batched(events: Iterator[Event], size: int) -> Iterator[list[Event]]:
    while batch := list(islice(events, size)):
        yield batch


def _moved(records: Iterable[Mapping[str, Any]], column: str) -> Iterator[Mapping[str, Any]]:
    """Records with ``column`` as their ``stream``."""
    for number, record in enumerate(records):
        if number == 0:
            check_column(record, column)
        yield moved(record, column)
