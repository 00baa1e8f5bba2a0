"""Writes what the code says itself into the pages that ask for it: run it after a change, a test tells when to.

The help of every command; every format, as its module describes it; every key of a policy, what it may be (its type and
its ``msgspec.Meta``), and its default. As a hook of mkdocs it adds what only mkdocs can write.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.inspect import IntType, LiteralType, StructType, Type, UnionType, VarTupleType, type_info

_NAMED = {"StrType": "text", "BoolType": "true or false", "NoneType": ""}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """A page as mkdocs shows it."""
    return filled(markdown).replace(SECTIONS, format_sections())


def filled(markdown: str) -> str:
    """A page with what stands between each marker and its end written anew."""
    for marker, write in WRITERS.items():
        between = re.compile(rf"(?s)(<!-- {marker} -->\n).*?(<!-- end of {marker} -->)")
        markdown = between.sub(lambda match, text=write: f"{match[1]}\n{text()}\n\n{match[2]}", markdown)
    return markdown


def commands() -> str:
    """The help of every command."""
    from reticent.cli import main

    return "\n\n".join(f"## {path}\n\n```text\n{help_text}\n```" for path, help_text in helps(main, "reticent"))


def helps(command: click.Command, path: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Name and help of a command and all below it."""
    settings = {"max_content_width": 100, **command.context_settings}
    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent, **settings)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from helps(child, f"{path} {name}", context)


def format_modules() -> dict[str, str]:
    """The module of each format, by the name that ``--from`` takes."""
    from reticent.recordings import format_names

    return {name: f"reticent.formats.{name.replace('-', '_')}" for name in format_names()}


def format_lines() -> str:
    """A table: the first line of what each module says of itself."""
    rows = ["| format | what it reads |", "| --- | --- |"]
    for name, module in format_modules().items():
        first = (inspect.getdoc(importlib.import_module(module)) or "").partition("\n")[0]
        rows.append(f"| `{name}` | {first.replace('``', '`')} |")
    return "\n".join(rows)


def format_sections() -> str:
    """Whole docstrings, by mkdocstrings."""
    return "\n\n".join(f"::: {module}\n    options:\n      members: false" for module in format_modules().values())


def policy_keys() -> str:
    """A table of every key of every table of a policy."""
    from reticent.policy import Policy

    rows = (
        f"| `{table}.{field.name}` | {may_be(type_info(field.type))} | `{shown(field.default)}` |"
        for table in ("text", "gates", "payload", "media")
        for field in msgspec.structs.fields(type(getattr(Policy(), table)))
    )
    return "\n".join(["| key | may be | default |", "| --- | --- | --- |", *rows])


def may_be(kind: Type) -> str:
    """What values a type allows, in words."""
    if isinstance(kind, LiteralType):
        return " or ".join(f'`"{value}"`' for value in kind.values)
    if isinstance(kind, IntType):
        return "a whole number" + (f" above {kind.gt}" if kind.gt is not None else "")
    if isinstance(kind, VarTupleType):
        least = f", at least {kind.min_length}" if kind.min_length else ""
        return f"a list of {may_be(kind.item_type)}{least}"
    if isinstance(kind, UnionType):
        return " or ".join(filter(None, map(may_be, kind.types)))
    if isinstance(kind, StructType):
        return f"a table of {', '.join(f'`{field.encode_name}`' for field in kind.fields)}"
    return _NAMED[type(kind).__name__]


def shown(default: object) -> str:
    """A default as TOML would have it."""
    if isinstance(default, tuple):
        return f"[{', '.join(map(shown, default))}]"
    if isinstance(default, str):
        return f'"{default}"'
    if isinstance(default, msgspec.Struct):
        return "{}"
    return "not set" if default is None else str(default)


WRITERS: dict[str, Callable[[], str]] = {
    "the help of every command": commands,
    "a line for every format": format_lines,
    "every key of a policy": policy_keys,
}
"""What writes behind each marker."""
SECTIONS = "<!-- every format as its module describes it -->"

if __name__ == "__main__":
    for page in (Path(__file__).parents[1] / "docs").rglob("*.md"):
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
