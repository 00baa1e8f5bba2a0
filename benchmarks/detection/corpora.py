"""The corpora: rows of text with the items to be found in them. They are read from the folder RETICENT_DATA."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["CORPORA", "SHORTCUTS", "Corpus", "Item", "Row", "read", "sampled"]

_CUTS = (90, 75, 50)
SHORTCUTS = "shortcuts"
"""The group of rows that are key combinations and no text."""


class Item(NamedTuple):
    """``text[start:stop]`` is to be hidden; ``kind`` is the line of the table that it counts in."""

    start: int
    stop: int
    kind: str


class Row(NamedTuple):
    """One text. ``group`` is the line of the table that its ordinary characters count in."""

    text: str
    items: tuple[Item, ...]
    group: str


class Corpus(NamedTuple):
    """Where rows come from: ``path`` below the data folder, and what reads the file. ``whole``: it is never sampled."""

    path: Path
    read: Callable[[Path], Iterator[Row]]
    whole: bool = False


def read(name: str, root: Path | None) -> list[Row]:
    """All rows of a corpus.

    Raises:
        FileNotFoundError: the file is not there, or no folder is given and it lies there.
    """
    corpus = CORPORA[name]
    if root is None and not corpus.path.is_absolute():
        raise FileNotFoundError
    return list(corpus.read((root or Path()) / corpus.path))


def sampled(rows: list[Row], size: int, seed: int) -> list[Row]:
    """``size`` rows drawn without replacement; all of them when ``size`` is 0."""
    return random.Random(seed).sample(rows, size) if 0 < size < len(rows) else rows


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a file of JSON lines; a text may be stored in parts that are to be joined."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield {**record, "text": "".join(record["text"])}


def _secrets(path: Path, by: str) -> Iterator[Row]:
    for record in _lines(path):
        yield Row(record["text"], (Item(record["start"], record["end"], record[by]),), record[by])


def _cut(path: Path, percent: int) -> Iterator[Row]:
    """Texts that break off inside the secret."""
    for row in _secrets(path, "source"):
        start, stop, kind = row.items[0]
        end = start + max(1, round((stop - start) * percent / 100))
        if kind in ("gitleaks", "betterleaks"):
            yield Row(row.text[:end], (Item(start, end, kind),), kind)


def _ordinary(path: Path, name: str = "") -> Iterator[Row]:
    for record in _lines(path):
        yield Row(record["text"], (), name or record["neg_class"])


def _lines_by_section(path: Path) -> Iterator[Row]:
    """Lines below ``[name]`` headings, none of them with anything to hide."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[([a-z]+)\]", line):
            section = heading[1]
        elif line and section:
            yield Row(line, (), section)


def _entities(path: Path, *, lower: bool = False) -> Iterator[Row]:
    for record in _lines(path):
        spans = [(part["start"], part["end"], part["label"]) for part in record["entities"]]
        yield _personal(record["text"], spans, lower=lower)


def _presidio_research(path: Path, *, lower: bool = False) -> Iterator[Row]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        spans = [(part["start_position"], part["end_position"], part["entity_type"]) for part in record["spans"]]
        yield _personal(record["full_text"], spans, lower=lower)


def _personal(text: str, spans: list[tuple[int, int, str]], *, lower: bool) -> Row:
    if lower:
        lowered = (char.lower() for char in text)
        text = "".join(low if len(low) == 1 else char for low, char in zip(lowered, text, strict=True))
    return Row(text, tuple(Item(*span) for span in spans), "ordinary")


_VENDOR = Path("secrets/positives_permissive.jsonl")
_RESEARCH, _KIJI = Path("pii/presidio-research/synth_dataset_v2.json"), Path("pii/kiji/samples.jsonl")
_TYPED, _HALF, _PLAIN = (
    Path("pii/typed_synth", name) for name in ("typed.jsonl", "typed_partial.jsonl", "negatives.jsonl")
)

CORPORA: dict[str, Corpus] = {
    "secrets-vendor": Corpus(_VENDOR, partial(_secrets, by="source")),
    "secrets-human": Corpus(Path("secrets/positives_human_typed_cc0.jsonl"), partial(_secrets, by="kind")),
    **{f"secrets-cut-{percent}": Corpus(_VENDOR, partial(_cut, percent=percent)) for percent in _CUTS},
    "ordinary": Corpus(Path("secrets/negatives.jsonl"), _ordinary),
    "ordinary-chat": Corpus(Path("secrets/negatives_cdla_sharing.jsonl"), _ordinary),
    "ordinary-typed": Corpus(_PLAIN, partial(_ordinary, name="typed")),
    "utility": Corpus(Path(__file__).with_name("utility.txt"), _lines_by_section, whole=True),
    "pii-research": Corpus(_RESEARCH, _presidio_research),
    "pii-research-lower": Corpus(_RESEARCH, partial(_presidio_research, lower=True)),
    "pii-kiji": Corpus(_KIJI, _entities),
    "pii-kiji-lower": Corpus(_KIJI, partial(_entities, lower=True)),
    "pii-typed": Corpus(_TYPED, _entities),
    "pii-typed-lower": Corpus(_TYPED, partial(_entities, lower=True)),
    "pii-typed-half": Corpus(_HALF, _entities),
}
"""By name. ``secrets-cut-N`` are vendor tokens of which N % is typed; ``-lower`` is the same in lower case."""
