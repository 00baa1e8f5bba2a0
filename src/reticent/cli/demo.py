"""``reticent demo``: an invented recording with secrets in it, before and after."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from io import TextIOWrapper
from textwrap import wrap
from typing import Any, NamedTuple

import click

__all__ = ["command", "read_places"]

_RECORDING = r"""
focus:"mail/Inbox" type:"Lunch at noon? Write to maria.lopez@example.org\n" pause:20s
focus:"firefox/Sign in" field:text#user type:"maria" click:40,80 field:password
type:"Blue-Kettle-42" key:Enter pause:20s
focus:"chrome/Checkout" field:text#card type:"4111 1111 1112" key:Backspace type:"1 1111\n" pause:20s
focus:"terminal/bash" field:terminal type:"sudo apt update\n" type:"Blue-Kettle-42\n" type:"ls -l\n" pause:20s
focus:"code/settings.py" field:editor type:"debug = True\n" paste:"ghp_16C7e42F292c6912E7710c838347Ae178B4a" key:Enter
pause:20s focus:"slack/general" type:"the password is Tulip" key:Backspace*5 type:"Sailing7! but do not tell\n"
"""
_BLANK = {"Enter": "⏎", "Tab": "⇥", "Backspace": "⌫"}
_WIDTH = 44


class Place(NamedTuple):
    """One application, and what a reader of the stream sees there."""

    name: str
    text: str


@click.command("demo", short_help="Show before and after, on an invented recording.")
def command() -> None:
    """Filter an invented recording with secrets in it, and show what a reader of the stream sees before and after.

    The recording holds a password field, a card number with a correction, a sudo prompt, a pasted token, an e-mail
    address and a password in a chat. It is filtered under the policy "minimal".

    \b
    Examples:
      reticent demo
      reticent demo | less
    """
    import reticent
    from reticent.testing.dsl import expand

    raw = expand(_RECORDING).events
    filtered = reticent.filter(raw)
    after = {place.name: place.text for place in read_places(filtered)}
    rows = [(place.name, place.text, after.get(place.name, "")) for place in read_places(raw)]
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console may lack the signs for Enter and Backspace
    (_print_table if sys.stdout.isatty() else _print_plain)(rows)
    click.echo(f"\n{filtered.report}\n\nYour own recording: reticent filter < raw.jsonl > safe.jsonl")


def read_places(records: Iterable[Mapping[str, Any]]) -> list[Place]:
    """What can be read in each application, in order of first focus; bars between fields, marks in brackets.

    >>> read_places([{"type": "focus", "app": "mail"}, {"type": "keydown", "key": "h"}, {"type": "redacted",
    ... "category": "contact"}])
    [Place(name='mail', text='h[contact]')]
    """
    texts: dict[str, list[str]] = {}
    here = texts[""] = []
    for record in records:
        if record["type"] == "focus":
            here = texts.setdefault(record.get("app") or "", [])
            here += [" | "] if here else []
        if text := _readable(record):
            here.append(text)
    return [Place(name, "".join(parts)) for name, parts in texts.items() if parts]


def _readable(record: Mapping[str, Any]) -> str:
    kind = record["type"]
    if kind == "keydown" and "Control" not in record.get("modifiers", ()):
        key = record.get("key") or ""
        return key if len(key) == 1 else _BLANK.get(key, "")
    if kind == "redacted":
        return f"[{record['category']}]"
    if kind == "clipboard" and record["operation"] == "paste":
        return record.get("data") or "[paste]"
    return "[gap]" if kind == "gap" else ""


def _print_table(rows: list[tuple[str, str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("application", "before: what a reader of the recording sees", "after", show_lines=True)
    for name, before, after in rows:
        shown = Text(after)
        shown.highlight_regex(r"\[[a-z]+\]", "bold red")
        table.add_row(name, Text(before), shown)
    Console().print(table)


def _print_plain(rows: list[tuple[str, str, str]]) -> None:
    click.echo(f"{'application':<12}{'before':<{_WIDTH}}after")
    for name, before, after in rows:
        left, right = (wrap(text, _WIDTH - 2, break_on_hyphens=False) for text in (before, after))
        for at in range(max(len(left), len(right), 1)):
            cells = [lines[at] if at < len(lines) else "" for lines in ([name], left, right)]
            click.echo(f"{cells[0]:<12}{cells[1]:<{_WIDTH}}{cells[2]}".rstrip())
