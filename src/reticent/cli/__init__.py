"""The command line. Commands, and what they need, are imported when they are called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

import reticent
from reticent.cli.common import BROKEN_PIPE, INTERRUPTED, end, hush

__all__ = ["main"]

_COMMANDS = {
    "attack": "attack", "demo": "demo", "enroll": "enroll", "explain": "explain", "filter": "filter",
    "policy": "policy", "validate": "validate",
}  # fmt: skip


class _Lazy(click.Group):
    """A group whose commands live in modules of this package, one each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"reticent.cli.{_COMMANDS[cmd_name]}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """As in click. Where nobody reads any more it ends quietly; where output cannot be written, with one line."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            hush()
            sys.exit(BROKEN_PIPE)
        except OSError as error:
            hush()
            end(f"standard output: cannot be written: {error.strerror}")


@click.group(cls=_Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(reticent.__version__, prog_name="reticent", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Redact typed secrets from keystroke recordings before they leave this device.

    \b
    Examples:
      reticent demo                               see what it does, on an invented recording
      reticent filter < raw.jsonl > safe.jsonl    filter a recording, or a live pipe
      reticent filter raw/*.jsonl -o safe/        several, each to an output of its own
      reticent validate safe.jsonl                see that an output keeps its grammar
      reticent enroll mail                        have a password of yours found wherever it is typed
      reticent explain raw.jsonl                  what would be redacted, when and why: for this device only
      reticent attack --preset minimal --quick    what attackers still tell after a policy
      reticent policy show                        what the default policy means

    Everything happens on this device: no network, and no file but those you name.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
