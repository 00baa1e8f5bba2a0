"""The bridge to Presidio: any of its recognisers as a Detector, any Detector as one of its recognisers.

Presidio is imported when the first gate fires, never before; nothing here opens a socket or writes a file. Its log
records, which may quote what was typed, are dropped while a recogniser runs for us, and a pattern that times out
raises instead of being skipped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import re2

from reticent.detect.shape import well_formed
from reticent.errors import ReticentError
from reticent.text.span import Detector, Span

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer, RecognizerResult

__all__ = ["Candidate", "RecognizerDetector", "as_recognizer", "from_recognizer", "recognize"]

Candidate = tuple[int, int, str]
"""Start, stop and the text to be shown to a recogniser for ``text[start:stop]``."""

_PATTERN_TIMEOUT_S = 1.0
_CONTEXT_BOOST, _CONTEXT_FLOOR = 0.35, 0.4  # those of LemmaContextAwareEnhancer
_WORDS_BEFORE, _WORDS_AFTER = 5, 3
_WORD = re2.compile(r"[\pL\pN]+")
_LOGGERS = ("presidio-analyzer", "presidio-anonymizer", "decision_process")
_ours: ContextVar[bool] = ContextVar("_ours", default=False)


class _LogGuard(logging.Filter):
    """Drops what is logged while we call a recogniser, and turns the log of a skipped pattern into an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not _ours.get():
            return True
        if "timed out" in str(record.msg):
            raise TimeoutError
        return False


_GUARD = _LogGuard()


@contextmanager
def _guarded() -> Iterator[None]:
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_GUARD)  # adding it again is a no-op
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


def _pattern_results(recognizer: Any, text: str) -> Iterator[tuple[int, int, float]]:
    """What ``PatternRecognizer.analyze`` finds, with a time-out that raises."""
    import regex

    flags = recognizer.global_regex_flags
    for pattern in recognizer.patterns:
        compiled = regex.compile(pattern.regex, flags)
        for match in compiled.finditer(text, timeout=_PATTERN_TIMEOUT_S):
            found = match.group()
            verdict = recognizer.validate_result(found) if found else False
            if verdict is False or recognizer.invalidate_result(found):
                continue
            yield match.start(), match.end(), 1.0 if verdict else pattern.score


def _results(recognizer: Any, text: str) -> list[tuple[int, int, float]]:
    from presidio_analyzer import PatternRecognizer

    if type(recognizer).analyze is PatternRecognizer.analyze:
        return list(_pattern_results(recognizer, text))
    found = recognizer.analyze(text, recognizer.supported_entities, None) or ()
    return [(result.start, result.end, result.score) for result in found]


def _in_context(context: Iterable[str], text: str, start: int, stop: int) -> bool:
    """Whether a context word stands, whole, within 5 words before or 3 words after the span."""
    before = [match.group() for match in _WORD.finditer(text[max(0, start - 120) : start])][-_WORDS_BEFORE:]
    after = [match.group() for match in _WORD.finditer(text[stop : stop + 80])][:_WORDS_AFTER]
    near = {word.casefold() for word in (*before, *after)}
    return any(word.strip().casefold() in near for word in context)


def recognize(recognizer: EntityRecognizer, text: str, min_score: float = 0.4) -> list[tuple[int, int]]:
    """Start and stop of what a Presidio recogniser finds, low scores only next to one of its context words.

    Raises:
        ReticentError: the recogniser failed or ran out of time. The message names it and never quotes the text.
    """
    foreign: Any = recognizer
    failure = ""
    try:
        with _guarded():
            results = _results(foreign, text)
    except Exception as error:
        failure = type(error).__name__
    if failure:  # raised outside the handler: no chained exception may carry what was typed
        raise ReticentError(
            f"recogniser {foreign.name} failed with {failure}; what it was to examine counts as unspecified"
        )
    context = foreign.context or ()
    return [
        (start, stop)
        for start, stop, score in results
        if score >= min_score
        or (max(score + _CONTEXT_BOOST, _CONTEXT_FLOOR) >= min_score and _in_context(context, text, start, stop))
    ]


class RecognizerDetector:
    """A Presidio recogniser as a Detector.

    Args:
        name: name and kind of the detector.
        load: gives the recogniser; called when ``gate`` first passes.
        gate: cheap necessary condition on the text.
        min_score: lowest score that counts; lower ones need a context word.
    """

    def __init__(
        self, name: str, load: Callable[[], EntityRecognizer], gate: Callable[[str], bool], min_score: float = 0.4
    ) -> None:
        self.name: str = name
        self._load, self._gate, self._min_score = load, gate, min_score

    def find(self, text: str) -> list[Span]:
        """All spans of this kind.

        Raises:
            ReticentError: see ``recognize``.
        """
        if not self._gate(text):
            return []
        return [
            Span(self.name, start, stop) for start, stop in recognize(self._load(), well_formed(text), self._min_score)
        ]


def from_recognizer(
    recognizer: EntityRecognizer, kind: str, gate: Callable[[str], bool] | None = None, min_score: float = 0.4
) -> Detector:
    """Any Presidio recogniser as a Detector called ``kind``.

    >>> from presidio_analyzer import Pattern, PatternRecognizer
    >>> badge = PatternRecognizer("BADGE", patterns=[Pattern("badge", r"B-[0-9]{4}", 0.9)])
    >>> from_recognizer(badge, "custom").find("badge B-1234 ok")
    [Span(kind='custom', start=6, stop=12)]
    """
    return RecognizerDetector(kind, lambda: recognizer, gate or bool, min_score)


def as_recognizer(detector: Detector, entity: str, score: float = 0.85, language: str = "en") -> EntityRecognizer:
    """One of our detectors as a recogniser for ``AnalyzerEngine``; each of its spans has the entity and the score.

    >>> from reticent.detect.secrets import SecretPatterns
    >>> as_recognizer(SecretPatterns(), "SECRET").analyze("key AKIAIOSFODNN7EXAMPLE", ["SECRET"])
    [type: SECRET, start: 4, end: 24, score: 0.85]
    """
    from presidio_analyzer import LocalRecognizer, RecognizerResult

    class _FromDetector(LocalRecognizer):
        def load(self) -> None:
            """Nothing to load."""

        def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
            if entity not in (entities or [entity]):
                return []
            return [RecognizerResult(entity, span.start, span.stop, score) for span in detector.find(text)]

    return _FromDetector(supported_entities=[entity], supported_language=language, name=f"reticent.{detector.name}")
