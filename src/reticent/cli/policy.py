"""``reticent policy``: look at policies."""

from __future__ import annotations

import click

from reticent.cli.common import loaded

__all__ = ["command"]


@click.group("policy", no_args_is_help=True)
def command() -> None:
    """Check a policy, or show what it means.

    A policy is a TOML file. This one builds on a shipped preset:

    \b
      name = "acme"
      extends = "minimal"
      [text]
      layouts = ["de", "us"]
      [gates]
      deny_apps = ["category:banking"]

    \b
    Examples:
      reticent policy check acme.toml
      reticent policy show minimal
      reticent filter --policy acme.toml < raw.jsonl > safe.jsonl
    """


@command.command()
@click.argument("file")
def check(file: str) -> None:
    """Say whether FILE is a policy, or which of its keys is at fault.

    Exit code 0: it is. 2: it is not.

    \b
    Example:
      reticent policy check acme.toml
    """
    policy = loaded(file)
    click.echo(f"{policy.name}: a valid policy, sha256 {policy.sha256}")
    for path in policy.weaken:
        click.echo(f"may be weaker than its base: {path}")


@command.command()
@click.argument("name_or_path", default="minimal")
def show(name_or_path: str) -> None:
    """Print what a policy means: every key, with its bases and defaults filled in, and its hash.

    The hash changes exactly when the meaning does. What is printed is a policy itself.

    \b
    Examples:
      reticent policy show
      reticent policy show acme.toml > acme-effective.toml
    """
    policy = loaded(name_or_path)
    click.echo(f"# sha256 {policy.sha256}\n{policy.to_toml()}", nl=False)
