"""Which output belongs to which input."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

__all__ = ["make_folder", "pairs"]

_STREAM = "-"
_LINES = ".jsonl"
_COMPRESSED = (".gz", ".zst")
_FOLDER = ("/", os.sep)


def pairs(sources: Sequence[str], target: str) -> list[tuple[str, str]]:
    """Each input with its output; a folder takes one output of each, as JSON lines under the name of the input.

    Ends with one clear line and exit code 2 where several inputs have no folder to go to, or two would make one file.

    >>> pairs(["raw.jsonl"], "safe.jsonl")
    [('raw.jsonl', 'safe.jsonl')]
    """
    if not (target.endswith(_FOLDER) or (len(sources) > 1 and Path(target).is_dir())):
        if len(sources) > 1:
            _fail("several inputs need a folder for their outputs: -o DIR/")
        return [(sources[0], target)]
    if _STREAM in sources:
        _fail("standard input has no name for its output; give -o a file instead of a folder")
    made: dict[str, str] = {}
    for source in sources:
        name = os.path.normcase(_name(Path(source).name))
        if name in made:
            _fail(f"{source}: its output would overwrite that of {made[name]}; rename one, or filter them one by one")
        made[name] = source
    return [(source, str(Path(target) / _name(Path(source).name))) for source in sources]


def make_folder(target: str) -> None:
    """Make the folder of the outputs, where ``-o`` names one that is not there yet."""
    if target.endswith(_FOLDER):
        try:
            Path(target).mkdir(exist_ok=True)
        except OSError as error:
            _fail(f"{target}: cannot be written: {error.strerror}")


def _name(name: str) -> str:
    """The name of the output, which is compressed when the input is.

    >>> _name("a.jsonl.gz"), _name("a.cast.zst"), _name("a.json")
    ('a.jsonl.gz', 'a.cast.jsonl.zst', 'a.json.jsonl')
    """
    packed = next((suffix for suffix in _COMPRESSED if name.endswith(suffix)), "")
    plain = name.removesuffix(packed)
    return f"{plain}{'' if plain.endswith(_LINES) else _LINES}{packed}"


def _fail(fault: str) -> None:
    click.echo(f"reticent: {fault}", err=True)
    raise SystemExit(2)
