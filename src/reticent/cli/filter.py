"""``reticent filter``: a recording or a live pipe in, what may leave out."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from reticent.api import Filtered
    from reticent.diagnostics import Diagnostics
    from reticent.report import Report

__all__ = ["command"]

_DONE, _NOT_EXAMINED, _COULD_NOT_RUN, _BROKEN_PIPE = 0, 1, 2, 141
_NOT_LOOKED_AT = ("refused_", "detector_error.", "never_opened.", "wall_time_unreadable")
_SHOWN_LINES = 3
_GC_THRESHOLD = 50_000
"""Almost nothing here is part of a cycle, and this process is ours: looking for cycles less often saves a fifth."""


@click.command("filter", short_help="Redact a recording or a live pipe.")
@click.argument("source", default="-")
@click.option("-o", "--output", "target", default="-", metavar="TARGET", help="Where to write; default: stdout.")
@click.option("--policy", default="minimal", show_default=True, metavar="NAME|PATH", help="A preset or a TOML file.")
@click.option("--from", "form", metavar="FORMAT", help="Format of the input; default: told by its content.")
@click.option("--by", metavar="FIELD", help="Field that tells whose line it is, when one input holds several streams.")
@click.option("--report", metavar="FILE|-", help="Write the report as JSON to FILE, or as text to stderr (-).")
@click.option(
    "--diagnostics", metavar="FILE|-", help="Write exact counts, which must stay on this device, as JSON to FILE, or as"
    " text to stderr (-).",
)  # fmt: skip
@click.option(
    "--secrets-file", metavar="FILE", help="Your own secrets, one a line, to be found wherever they are typed."
    " They are read into memory only; keep the file on this device, and readable by you alone.",
)  # fmt: skip
def command(
    *, source: str, target: str, policy: str, form: str | None, by: str | None, report: str | None,
    diagnostics: str | None, secrets_file: str | None,
) -> None:  # fmt: skip
    """Redact a recording: SOURCE, or standard input, to TARGET, or standard output.

    The input is a recording in the native format (one JSON object a line), or one of DuckTrack or OpenCUA. A live
    pipe is filtered as it fills: a line leaves as soon as it is decided that it may.

    \b
    Examples:
      reticent filter < raw.jsonl > safe.jsonl
      reticent filter raw.jsonl -o safe.jsonl --report report.json
      recorder | reticent filter --policy acme.toml | uploader
      reticent filter --secrets-file ~/.secrets.txt raw.jsonl -o safe.jsonl

    \b
    Exit codes:
      0  done
      1  done, but some input could not be examined; it was left out, and the report counts it
      2  could not run, or had to stop; the message says why
    """
    from reticent.cli.interrupt import StoppableSource
    from reticent.cli.paths import check_paths

    gc.set_threshold(_GC_THRESHOLD)
    check_paths(source, target, report, secrets_file, diagnostics)
    with StoppableSource(_opened(source)) as stoppable:
        filtered = _filtered(stoppable, policy, form, by, secrets_file)
        code = _write(filtered, target)
        _tell(filtered)
        _put(filtered.report, report)
        _put(filtered.diagnostics, diagnostics)
        sys.exit(stoppable.exit_code or code)


def _fail(error: object) -> int:
    click.echo(f"reticent: {error}", err=True)
    return _COULD_NOT_RUN


def _opened(source: str) -> BinaryIO:
    try:
        return sys.stdin.buffer if source == "-" else Path(source).open("rb")
    except OSError as error:
        sys.exit(_fail(f"{source}: cannot be read: {error.strerror}"))


def _filtered(source: object, policy: str, form: str | None, by: str | None, secrets_file: str | None) -> Filtered:
    from reticent.api import filter_stream
    from reticent.cli.policy import loaded
    from reticent.errors import ReticentError

    rules = loaded(policy)
    click.echo(f"reticent: policy {rules.name}, sha256 {rules.sha256}", err=True)
    try:
        return filter_stream(source, rules, format=form, by=by, enrolled=_secrets(secrets_file))  # type: ignore[arg-type]
    except (ReticentError, ValueError, OSError) as error:
        sys.exit(_fail(error))


def _secrets(path: str | None) -> list[str]:
    """Enrolled secrets; blanks inside and around are part of them."""
    if path is None:
        return []
    if path == "-":
        sys.exit(_fail("--secrets-file: takes a file, not standard input"))
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError as error:
        sys.exit(_fail(f"--secrets-file: {path}: cannot be read: {error.strerror}"))
    except UnicodeDecodeError:
        sys.exit(_fail(f"--secrets-file: {path}: not UTF-8; save it as UTF-8"))
    return [line for line in lines if line.strip()]


def _write(filtered: Filtered, target: str) -> int:
    from reticent.errors import ReticentError

    try:
        filtered.write(sys.stdout.buffer if target == "-" else target)
    except BrokenPipeError:
        # Nobody reads any more; the interpreter must not try to flush the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except ReticentError as error:
        return _fail(error)
    except OSError as error:
        return _fail(f"{'standard output' if target == '-' else target}: cannot be written: {error.strerror}")
    not_examined = any(name.startswith(_NOT_LOOKED_AT) for name in filtered.diagnostics.counters)
    return _NOT_EXAMINED if not_examined else _DONE


def _tell(filtered: Filtered) -> None:
    for line, reason in filtered.notes.refused_lines[:_SHOWN_LINES]:
        click.echo(f"reticent: line {line} was not examined: {reason}", err=True)
    if filtered.notes.refused > _SHOWN_LINES:
        more = filtered.notes.refused - _SHOWN_LINES
        click.echo(f"reticent: {more} more line{'s were' if more > 1 else ' was'} not examined", err=True)
    for name in filtered.report.never_opened:
        click.echo(f"reticent: nothing left: {_WAITING[name]}", err=True)


def _put(told: Report | Diagnostics, path: str | None) -> None:
    if path == "-":
        click.echo(str(told), err=True)
    elif path is not None:
        try:
            Path(path).write_bytes(told.to_json())
        except OSError as error:
            sys.exit(_fail(f"{path}: cannot be written: {error.strerror}"))


_WAITING = {
    "consent": "the policy requires consent, and no state event gave it",
    "schedule": "the policy has a schedule, and no state event told a wall_time inside it",
}
