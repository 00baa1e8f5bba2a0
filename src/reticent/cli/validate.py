"""``reticent validate``: whether a file is what ``reticent filter`` writes."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from reticent.cli.common import end
from reticent.compression import decompressed
from reticent.errors import ReticentError
from reticent.events import Event
from reticent.grammar import Grammar, what_may_not_leave
from reticent.reading.lines import MAX_LINE_BYTES, ByteSource, read_available, read_text
from reticent.reading.notes import FieldError, Notes

__all__ = ["command"]

_VALID, _NOT_VALID = 0, 1


@click.command("validate", short_help="Check the grammar of an output.")
@click.argument("source", default="-", metavar="FILE")
@click.option("--partial", is_flag=True, help="It is the beginning of an output: the last line may be cut off.")
def command(*, source: str, partial: bool) -> None:
    """Check that FILE, or standard input, has the grammar of an output.

    A header comes first. Types, fields and values are those of an output: ordinals for elements, devices and streams,
    and nothing that points to content. In each stream times begin at 0 and never go back, and strokes and compositions
    are balanced. It does not look for secrets: that a file is well-formed does not say that it holds none.

    A FILE.part that was left behind is a beginning: check it with --partial.

    \b
    Examples:
      reticent validate safe.jsonl
      reticent validate --partial safe.jsonl.part

    \b
    Exit codes:
      0  it has
      1  it has not; the lines say where and what is wrong
      2  could not be read
    """
    try:
        if source == "-":
            sys.exit(_checked(sys.stdin.buffer, "standard input", partial=partial))
        with Path(source).open("rb") as stream:
            sys.exit(_checked(stream, source, partial=partial))
    except OSError as error:
        end(f"{source}: cannot be read: {error.strerror}")
    except ReticentError as error:
        end(f"{source}: {error}")


def _checked(stream: ByteSource, name: str, *, partial: bool) -> int:
    notes = Notes()
    plain = decompressed(stream, notes)
    lines = _OutputLines(notes)
    for _ in read_text(_WholeLines(plain) if partial else plain, lines, notes):
        """Lines of an output make no events here: what is wrong with them is in the notes."""
    lines.finish(partial=partial)
    if notes.broken and not partial:
        notes.refuse(lines.number + 1, notes.broken)
    for line, reason in notes.refused_lines:
        click.echo(f"{name}: line {line}: {reason}", err=True)
    if notes.refused > len(notes.refused_lines):
        click.echo(f"{name}: {notes.refused - len(notes.refused_lines)} more faults", err=True)
    if notes.refused:
        return _NOT_VALID
    click.echo(f"{name}: {'the beginning of a valid output' if partial else 'a valid output'}, {lines.number} lines")
    return _VALID


class _OutputLines:
    """A line reader that refuses what no output holds."""

    def __init__(self, notes: Notes) -> None:
        self.number = 0
        self._notes = notes
        self._grammar = Grammar()

    def line(self, line: bytes, /) -> list[Event]:
        """See ``LineReader``; there are never any events."""
        self.number += 1
        try:
            event = msgspec.json.decode(line)
        except (ValueError, RecursionError):
            raise FieldError("not JSON in UTF-8; is the file cut off?") from None
        if not isinstance(event, dict):
            raise FieldError("not a JSON object; every line of an output is one")
        if (event.get("type") == "header") != (self.number == 1):
            raise FieldError("type: the first line of an output is its header, and no other line is one")
        faults = self._grammar.check(event) + what_may_not_leave(event)
        if faults:
            raise FieldError("; ".join(faults))
        return []

    def end(self) -> list[Event]:
        """See ``LineReader``."""
        return []

    def finish(self, *, partial: bool) -> None:
        """Nothing follows."""
        if not self.number and not partial:
            self._notes.refuse(1, "empty; the first line of an output is its header")
        for index, fault in [] if partial else self._grammar.end():
            self._notes.refuse(index + 1, fault)


class _WholeLines:
    """A source without what stands behind the end of its last whole line."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        while chunk := read_available(self._source, size):
            data = self._rest + chunk
            stop = data.rfind(b"\n") + 1 or (len(data) if len(data) > MAX_LINE_BYTES else 0)
            self._rest = data[stop:]
            if stop:
                return data[:stop]
        return b""
