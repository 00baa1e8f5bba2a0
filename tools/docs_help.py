"""A hook of mkdocs: the reference of the command line is the help of its commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

MARKER = "<!-- the help of every command -->"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put the help of every command where a page asks for it."""
    if MARKER not in markdown:
        return markdown
    from reticent.cli import main

    sections = (f"## {path}\n\n```text\n{help_text}\n```\n" for path, help_text in helps(main, "reticent"))
    return markdown.replace(MARKER, "\n".join(sections))


def helps(command: click.Command, path: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Name and help of a command and all below it."""
    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent, max_content_width=100)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from helps(child, f"{path} {name}", context)
