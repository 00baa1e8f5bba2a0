"""``reticent explain``: what would be redacted of a recording, when and why, for whoever tunes a policy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext

import click

from reticent.cli.common import (
    COULD_NOT_RUN,
    DONE,
    FORM_HELP,
    NOT_EXAMINED,
    end,
    loaded,
    opened,
    say,
    secrets_of,
)  # fmt: skip

__all__ = ["command"]


@click.command("explain", short_help="List what is redacted, when and why. For this device only.")
@click.argument("source", default="-", metavar="FILE")
@click.option("--policy", default="minimal", show_default=True, metavar="NAME|PATH", help="A preset or a TOML file.")
@click.option("--from", "form", metavar="FORMAT", help=FORM_HELP)
@click.option("--by", metavar="FIELD", help="Field that tells whose line it is, as for filter.")
@click.option("--secrets-file", metavar="FILE", help="Your own secrets, one a line, as for filter.")
@click.option("--enrolled", metavar="FILE", help="The store of your enrolled secrets, as for filter.")
@click.option("--key-file", metavar="FILE", help="The key of the store of --enrolled, where that is a file.")
def command(
    *, source: str, policy: str, form: str | None, by: str | None, secrets_file: str | None, enrolled: str | None,
    key_file: str | None,
) -> None:  # fmt: skip
    """List each redaction of the raw recording FILE, or of standard input: for tuning a policy, on this device.

    Prints a table, tab-separated: the stream (empty where there is but one), the input times of the first and the last
    event that are hidden (microseconds), the category, and the rules that asked for it. The rows of a stream stand in
    the order of its `redacted` events. Nothing that was typed is shown, but the times tell how long it was and how it
    was typed: keep the list on this device.

    Rules are the kinds that detectors find (email, card, token, password, ...), enrolled and learned secrets, and:
    field (a password field or the like), prompt (what follows a command that asks for a password), injected (typed by a
    program), beside (belongs to a redaction next to it), undecided (could not be told to be harmless in time).

    \b
    Examples:
      reticent explain raw.jsonl
      reticent explain --policy acme.toml raw.jsonl.gz

    Exit code 0: done. 1: done, but something was not examined. 2: could not run.
    """
    from reticent.api import open_batches
    from reticent.cli.enrolled import store_of
    from reticent.cli.verdict import say_unread
    from reticent.errors import ReticentError
    from reticent.pipeline import Streams
    from reticent.reading.notes import Notes

    rules, secrets, store = loaded(policy), secrets_of(secrets_file), store_of(enrolled, key_file)
    stream = opened(source)
    if stream is None:
        sys.exit(COULD_NOT_RUN)
    listed, notes = _Listed(), Notes()
    try:
        with nullcontext() if source == "-" else stream:
            streams = Streams(lambda: rules.start(enrolled=secrets, enrolled_store=store, explain=listed.stream()))
            batches = open_batches(stream, form, by, notes)
            click.echo("# keep on this device\n# stream\tfrom_us\tto_us\tcategory\trule")
            for batch in batches:
                listed.named = listed.named or any(event.stream is not None for event in batch)
                streams.feed(batch)
                listed.show()
            streams.flush()
            listed.show()
    except (ReticentError, ValueError) as error:
        listed.show()
        end(error)
    say_unread(notes, say)
    sys.exit(NOT_EXAMINED if notes.refused or notes.broken else DONE)


class _Listed:
    """A row for each redaction; streams are numbered as in the output. Printed between batches."""

    def __init__(self) -> None:
        self.named = False
        self._rows: list[str] = []
        self._count = 0

    def stream(self) -> Callable[[int, int, str, str], None]:
        """What a new stream tells its redactions."""
        self._count += 1
        number = self._count

        def row(start_us: int, stop_us: int, category: str, rule: str) -> None:
            self._rows.append(f"{number if self.named else ''}\t{start_us}\t{stop_us}\t{category}\t{rule}")

        return row

    def show(self) -> None:
        """Print what has come since."""
        rows, self._rows = self._rows, []
        for row in rows:
            click.echo(row)
