"""*reticent* as a reader: by its detectors on plain text, and by its pipeline on key events."""

from __future__ import annotations

import re


from benchmarks.detection.corpora import Row
from benchmarks.detection.scoring import Mask
from reticent.detect.pending import hard_tail
from reticent.detect.working_set import working_set
from reticent.text.span import CREDENTIAL_KINDS, Span

__all__ = ["Found"]

_WHOLE_KINDS = CREDENTIAL_KINDS - {"url_secret", "private_key"}
_REST_OF_TOKEN = re.compile(r"\S*")


class Found:
    """What ``find`` of every detector says of the plain text: fast, for work on the detectors.

    As in the engine, a credential reaches to the end of its token, and an identifier that breaks off with the text
    counts. Corrections, several readings of one text, learned values and limits of size are not there.
    """

    name = "reticent find"

    def __init__(self) -> None:
        self._detectors = working_set()

    def spans(self, text: str) -> list[tuple[str, Span]]:
        """All spans and the name of the detector that gave each."""
        found = [(detector.name, span) for detector in self._detectors for span in detector.find(text)]
        tail = hard_tail(text)
        return [*found, ("tail", tail)] if tail else found

    def __call__(self, row: Row) -> Mask:
        mask = Mask(len(row.text))
        for _, (kind, start, stop) in self.spans(row.text):
            rest = _REST_OF_TOKEN.match(row.text, stop) if kind in _WHOLE_KINDS else None
            end = rest.end() if rest else stop
            mask[start:end] = b"\1" * (end - start)
        return mask

    def reasons(self, row: Row) -> list[str]:
        """Detector and kind of each span."""
        return sorted({f"{name}:{span.kind}" for name, span in self.spans(row.text)})
