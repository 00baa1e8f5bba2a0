"""The corpora: rows of text with the items to be found in them. They are read from the folder RETICENT_DATA."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["CORPORA", "Corpus", "Item", "Row", "sampled"]

_CUTS = (90, 75, 50)
_LONG = 10_000


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
    """Where rows come from: ``path`` below the data folder, and what reads the file."""

    path: str
    read: Callable[[Path], Iterator[Row]]


def sampled(corpus: Corpus, root: Path, size: int, seed: int) -> list[Row]:
    """``size`` rows drawn from every group without replacement; all of them when ``size`` is 0.

    Raises:
        FileNotFoundError: the file is not there.
    """
    groups: dict[str, list[Row]] = {}
    for row in corpus.read(root / corpus.path):
        if len(row.text) <= _LONG:
            groups.setdefault(row.group, []).append(row)
    rng = random.Random(seed)
    chosen = (rows if not size or len(rows) <= size else rng.sample(rows, size) for rows in groups.values())
    return [row for rows in chosen for row in rows]


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


_VENDOR = "secrets/positives_permissive.jsonl"
_RESEARCH, _KIJI, _TYPED = "pii/presidio-research/synth_dataset_v2.json", "pii/kiji/samples.jsonl", "pii/typed_synth/"

CORPORA: dict[str, Corpus] = {
    "secrets-vendor": Corpus(_VENDOR, partial(_secrets, by="source")),
    "secrets-human": Corpus("secrets/positives_human_typed_cc0.jsonl", partial(_secrets, by="kind")),
    **{f"secrets-cut-{percent}": Corpus(_VENDOR, partial(_cut, percent=percent)) for percent in _CUTS},
    "ordinary": Corpus("secrets/negatives.jsonl", _ordinary),
    "ordinary-chat": Corpus("secrets/negatives_cdla_sharing.jsonl", _ordinary),
    "ordinary-typed": Corpus(_TYPED + "negatives.jsonl", partial(_ordinary, name="typed")),
    "pii-research": Corpus(_RESEARCH, _presidio_research),
    "pii-research-lower": Corpus(_RESEARCH, partial(_presidio_research, lower=True)),
    "pii-kiji": Corpus(_KIJI, _entities),
    "pii-kiji-lower": Corpus(_KIJI, partial(_entities, lower=True)),
    "pii-typed": Corpus(_TYPED + "typed.jsonl", _entities),
    "pii-typed-lower": Corpus(_TYPED + "typed.jsonl", partial(_entities, lower=True)),
    "pii-typed-half": Corpus(_TYPED + "typed_partial.jsonl", _entities),
}
"""By name. ``secrets-cut-N`` are vendor tokens of which N % is typed; ``-lower`` is the same in lower case."""
