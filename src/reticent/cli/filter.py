"""``reticent filter``: a recording or a live pipe in, what may leave out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from reticent.cli.common import BROKEN_PIPE, COULD_NOT_RUN, FORM_HELP, end, hush, loaded, opened, say, secrets_of

if TYPE_CHECKING:
    from reticent.api import Filtered
    from reticent.cli.interrupt import StoppableSource
    from reticent.diagnostics import Diagnostics
    from reticent.enrolment.store import EnrolledStore
    from reticent.policy import Policy
    from reticent.report import Report
    from reticent.transform import Receivers

__all__ = ["command"]

_GC_THRESHOLD = 50_000
"""Almost nothing here is part of a cycle, and this process is ours: looking for cycles less often saves a fifth."""


class _Order(NamedTuple):
    """What is to be done with each input."""

    policy: Policy
    form: str | None
    by: str | None
    secrets: list[str]
    store: EnrolledStore | None
    strict: bool
    several: bool
    receivers: Receivers


@click.command("filter", short_help="Redact a recording, several, or a live pipe.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("-o", "--output", "target", default="-", metavar="FILE|DIR/", help="Where to write; default: stdout.")
@click.option("--policy", default="minimal", show_default=True, metavar="NAME|PATH", help="A preset or a TOML file.")
@click.option("--from", "form", metavar="FORMAT", help=FORM_HELP)
@click.option(
    "--by", metavar="FIELD", help="Field that tells whose line it is, when one input holds several streams. At most"
    " 1000 are open; to make room, the one that was silent longest is decided and ended.",
)  # fmt: skip
@click.option("--report", metavar="FILE|-", help="Write the report as JSON to FILE, or as text to stderr (-).")
@click.option(
    "--diagnostics", metavar="FILE|-", help="Write exact counts, which must stay on this device, as JSON to FILE, or as"
    " text to stderr (-).",
)  # fmt: skip
@click.option(
    "--secrets-file", metavar="FILE", help="Your own secrets, one a line, to be found wherever they are typed."
    " They are read into memory only; keep the file on this device, and readable by you alone.",
)  # fmt: skip
@click.option(
    "--enrolled", metavar="FILE", help="Your own secrets, as `reticent enroll` stored them; the command names the file."
)
@click.option("--key-file", metavar="FILE", help="The key of the store of --enrolled, where that is a file.")
@click.option(
    "--blank", metavar="FILE", help="Write as JSON lines, as soon as it is known, which screenshots may stay and what"
    " to blank of video and sound. Keep it on this device. Without it no screenshot stays.",
)  # fmt: skip
@click.option(
    "--strict", is_flag=True, help="Stop at the first line that cannot be read; exit 1 also for unknown fields, text"
    " typed in a field of unknown kind, a detector that failed, and names without their extra.",
)  # fmt: skip
def command(
    *, sources: tuple[str, ...], target: str, policy: str, form: str | None, by: str | None, report: str | None,
    diagnostics: str | None, secrets_file: str | None, enrolled: str | None, key_file: str | None,
    blank: str | None, strict: bool,
) -> None:  # fmt: skip
    """Redact a recording: SOURCE, or standard input, to FILE, or standard output.

    The input is a recording in the native format (one JSON object a line), or of one of the recorders that --from
    names. A live pipe is filtered as it fills: a line leaves as soon as it is decided that it may. Several recordings
    go to a folder, each to an output of its own, with one report of them all; a bad one does not stop the rest.

    What is compressed (gzip; Zstandard with the extra zstd) is read as it is; an output that ends in .gz or .zst is
    compressed. A file is written as FILE.part, and put in place when it is complete.

    \b
    Examples:
      reticent filter < raw.jsonl > safe.jsonl
      reticent filter raw.jsonl -o safe.jsonl.gz --report report.json
      reticent filter raw/*.jsonl.gz -o safe/ --report report.json
      recorder | reticent filter --policy acme.toml | uploader
      reticent filter --enrolled ~/.config/reticent/enrolled.json raw.jsonl -o safe.jsonl

    \b
    Exit codes, of several inputs the highest:
      0  done
      1  done, but a line, or what a detector that the policy requires should have looked at, was not examined;
         it was left out, and the report counts it
      2  could not run, or had to stop; the message says why
    """
    from reticent.cli.enrolled import store_of
    from reticent.cli.interrupt import StoppableSource
    from reticent.cli.outputs import make_folder, pairs
    from reticent.cli.paths import check_paths
    from reticent.diagnostics import Diagnostics
    from reticent.report import Report

    gc.set_threshold(_GC_THRESHOLD)
    jobs = pairs(sources or ("-",), target)
    rules, store = loaded(policy), store_of(enrolled, key_file)
    make_folder(target)
    check_paths(
        *jobs[0], report, secrets_file, diagnostics=diagnostics, blank=blank, more=jobs[1:],
        store=(enrolled, key_file),
    )  # fmt: skip
    say(f"policy {rules.name}, sha256 {rules.sha256}")
    if blank is not None and (len(jobs) > 1 or by is not None):
        end("--blank: tells of the media of one recording of one stream; filter one at a time")
    code, exact = 0, Diagnostics()
    with StoppableSource() as stoppable, _blanks(blank, jobs[0][0]) as receivers:
        order = _Order(rules, form, by, secrets_of(secrets_file), store, strict, len(jobs) > 1, receivers)
        for source, goal in jobs:
            one, filtered = _one(source, goal, order, stoppable)
            code = max(code, one)
            exact += Diagnostics(counters={"refused_inputs": 1}) if filtered is None else filtered.diagnostics
            if stoppable.exit_code:
                break
        _put(Report.of_diagnostics(exact, rules.about()), report)
        _put(exact, diagnostics)
        sys.exit(stoppable.exit_code or code)


def _one(source: str, target: str, order: _Order, stoppable: StoppableSource) -> tuple[int, Filtered | None]:
    """Filter one input; its exit code, and what there is to be reported."""
    from reticent.cli.progress import progress
    from reticent.cli.verdict import remarks, verdict

    stream = stoppable.wait_for(partial(opened, source))
    if stream is None:
        return COULD_NOT_RUN, None
    tell = partial(say, about=f"{source}: " if order.several else "")
    # Standard input is not ours to close.
    with nullcontext() if source == "-" else stream, progress(stream, source, to_screen=target == "-") as counted:
        stoppable.turn_to(counted)
        filtered = _filtered(stoppable, order, tell)
        code = COULD_NOT_RUN if filtered is None else _written(filtered, target, tell)
    if filtered is None:
        return code, None
    if stoppable.exit_code:
        filtered.notes.broken = None  # it was we who went no further
    code = max(code, verdict(filtered, tell, strict=order.strict))
    remarks(filtered, tell, strict=order.strict)
    return code, filtered


@contextmanager
def _blanks(path: str | None, source: str) -> Iterator[Receivers]:
    """Who is told what becomes of the media: the file that is asked for, or nobody; also where there is no input."""
    from reticent.cli.blanks import Blanks
    from reticent.transform import NOBODY

    if path is None or not (source == "-" or Path(source).exists()):
        yield NOBODY
        return
    with Path(path).open("wb", buffering=0) as file:
        blanks = Blanks(file)
        yield blanks.receivers
    if blanks.error is not None:
        end(f"{path}: cannot be written: {blanks.error.strerror}")


def _filtered(source: StoppableSource, order: _Order, tell: partial[int]) -> Filtered | None:
    from reticent.api import filter_stream
    from reticent.errors import ReticentError

    try:
        return filter_stream(
            source, order.policy, format=order.form, by=order.by, enrolled=order.secrets,
            enrolled_store=order.store, strict=order.strict, receivers=order.receivers,
        )  # fmt: skip
    except (ReticentError, ValueError, OSError) as error:
        tell(error)
        return None


def _written(filtered: Filtered, target: str, tell: partial[int]) -> int:
    from reticent.errors import ReticentError

    try:
        filtered.write(sys.stdout.buffer if target == "-" else target)
    except BrokenPipeError:
        hush()
        return BROKEN_PIPE
    except ReticentError as error:
        return tell(error)
    except OSError as error:
        return tell(f"{'standard output' if target == '-' else target}: cannot be written: {error.strerror}")
    return 0


def _put(told: Report | Diagnostics, path: str | None) -> None:
    if path == "-":
        click.echo(str(told), err=True)
    elif path is not None:
        try:
            Path(path).write_bytes(told.to_json())
        except OSError as error:
            end(f"{path}: cannot be written: {error.strerror}")
