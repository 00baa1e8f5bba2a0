"""``reticent enroll``: have secrets found wherever they are typed, without keeping them."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reticent.cli.common import end

if TYPE_CHECKING:
    from reticent.enrolment.store import EnrolledStore

__all__ = ["command"]

_INPUT_BYTES = 4096


@click.command("enroll", short_help="Have a secret of yours found wherever it is typed.")
@click.argument("label", required=False)
@click.option("--list", "listing", is_flag=True, help="List the labels, the class of the lengths, and the dates.")
@click.option("--forget", metavar="LABEL", help="Take a secret out of the store.")
@click.option("--store", metavar="FILE", help="The store; default: enrolled.json in your configuration folder.")
@click.option("--key-file", metavar="FILE", help="Keep the key of a new store in FILE, which is made.")
@click.option("--passphrase", is_flag=True, help="Derive the key of a new store from a passphrase.")
@click.option(
    "--layouts", default="us", show_default=True, metavar="NAMES", help="Keyboard layouts that may be active by mistake"
    " while the secret is typed, as in us,fr: what its keys make on each is found too.",
)  # fmt: skip
def command(
    *, label: str | None, listing: bool, forget: str | None, store: str | None, key_file: str | None, passphrase: bool,
    layouts: str,
) -> None:  # fmt: skip
    """Enrol a secret under LABEL: it is found wherever it is typed, in any window and field, in either case.

    It is asked for twice, without echo; or it is the one line of standard input, where that is no terminal. The store
    never holds it: of each secret it keeps its label and the date in clear, and, masked by a key, its length and a tag
    of 40 bits. The key is in the keystore of your system (extra keyring), in a file, or derived from a passphrase.

    Who has the store and the key can test guesses, so a common password can be found by trying; a good one cannot.

    \b
    Examples:
      reticent enroll mail
      pass show mail | head -n 1 | reticent enroll mail --key-file ~/.reticent.key
      reticent enroll --list
      reticent enroll --forget mail
      reticent filter --enrolled ~/.config/reticent/enrolled.json raw.jsonl -o safe.jsonl

    Exit code 0: done. 2: could not; nothing was changed.
    """
    from reticent.cli.enrolled import opened_store
    from reticent.errors import ReticentError

    if (label is not None) + listing + (forget is not None) != 1:
        raise click.UsageError("give a LABEL to enrol, --list, or --forget LABEL")
    path = _default_path() if store is None else Path(store)
    try:
        if label is None:
            kept = opened_store(path, key_file)
            if forget is not None:
                kept.forget(forget)
                kept.save()
            for entry in kept.entries if listing else ():
                click.echo(f"{entry.label}\t{entry.lengths} characters\t{entry.added}")
            return
        secret = _secret()
        kept = opened_store(path, key_file) if path.exists() else _new_store(path, key_file, passphrase=passphrase)
        today = datetime.datetime.now(datetime.UTC).astimezone().date()
        kept.enrol(label, secret, added=today, layouts=layouts.split(","))
        kept.save()
    except ReticentError as error:
        end(error)
    _say_what_is_found(kept, label, path, key_file)


def _default_path() -> Path:
    return Path(click.get_app_dir("reticent")) / "enrolled.json"


def _secret() -> str:
    """What is to be enrolled, from the terminal or from a pipe."""
    from reticent.cli.enrolled import asked
    from reticent.errors import EnrolmentError

    if sys.stdin.isatty():
        return asked("Secret", twice=True)
    try:
        lines = sys.stdin.buffer.read(_INPUT_BYTES).decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise EnrolmentError("standard input is not UTF-8") from None
    if len(lines) != 1:
        raise EnrolmentError("standard input holds the secret alone, in one line")
    return lines[0]


def _new_store(path: Path, key_file: str | None, *, passphrase: bool) -> EnrolledStore:
    from reticent.cli.enrolled import asked
    from reticent.enrolment.keys import KeyFile, Keyring, Passphrase
    from reticent.enrolment.store import EnrolledStore

    if key_file is not None:
        return EnrolledStore.create(path, KeyFile(key_file))
    if passphrase:
        return EnrolledStore.create(path, Passphrase(asked("Passphrase of the new store", twice=True)))
    return EnrolledStore.create(path, Keyring())


def _say_what_is_found(store: EnrolledStore, label: str, path: Path, key_file: str | None) -> None:
    if label in store.short:
        click.echo("reticent: so short a secret is found only as a word of its own at the end of a line", err=True)
    key = "" if key_file is None else f" --key-file {key_file}"
    click.echo(f"reticent: enrolled; find it with: reticent filter --enrolled {path}{key}", err=True)
