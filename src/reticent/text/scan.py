"""From the views of a buffer to matches: run every detector over every text that typing may have been.

A detector that raises is data: everything undecided in that view is matched as ``unspecified`` and the error is
counted, by the detector's name only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Sequence

from reticent.text import views
from reticent.text.buffer import Buffer
from reticent.text.cells import Cell, Match
from reticent.text.sequel import expected_matches
from reticent.text.span import CATEGORY, CREDENTIAL_KINDS, Detector, Knowledge, Span
from reticent.text.views import View

__all__ = ["Scanner"]

_LEARNED_KINDS = frozenset(("password", "passphrase", "token", "injected"))
_WHOLE_KINDS = CREDENTIAL_KINDS - {"url_secret", "private_key"}
_TOKEN = re.compile(r"\S+")
_BURST_MIN = 4
_TAKEN_BACK = 8
_BURST_GAP_US = 250_000
_BOXES_MIN = 4
_CUE_REACH = 12


class Scanner:
    """Finds matches in the views of one seat. Holds no text of its own."""

    def __init__(self, knowledge: Knowledge, layouts: Sequence[str], counters: Counter[str]) -> None:
        self._knowledge = knowledge
        self._layouts = tuple(layouts)
        self._counters = counters
        self._tagged = bool(getattr(knowledge.vault, "is_tagged", False))

    def scanning(self, buffer: Buffer, serial: Sequence[Cell], *, hard: bool) -> Generator[None, None, list[Match]]:
        """All matches that touch an undecided cell, a reading at a time.

        ``serial`` is what was typed, over all targets, in order. Nothing may change before the end.
        """
        matches: list[Match] = []
        mixed = _is_mixed(buffer, serial)
        seen: list[list[Cell | None]] = []
        shown: list[View] = []
        for cells, visible in _readings(buffer, serial, mixed=mixed):
            if cells not in seen:
                seen.append(cells)
                shown.append(views.spell(cells, visible=visible))
                yield
        everything = "\n\n".join([view.text for view in shown])
        detectors = yield from self._suspicious(everything)
        known = bool(self._knowledge.vault.find(everything))
        # Asked for only now: what was just found by its tag has become a literal.
        literals = self._knowledge.vault.literals
        near: dict[str, bool] = {}
        for view in shown:
            yield from self._finding(detectors, view, matches)
            yield
            if known:
                self._find_known(view, matches)
            if view.visible and (literals or buffer.zone):
                self._find_tokens(view, matches, near)
        yield
        if buffer.edited or mixed:
            yield from self._complete_tagged(buffer)
            for view in views.joins(buffer, self._knowledge.vault.literals):
                self._keep(view, Span("enrolled", 0, len(view.text)), matches)
        yield
        for view in self._other_readings(buffer, seen, mixed=mixed):
            yield from self._finding(self._knowledge.detectors, view, matches)
            self._find_known(view, matches)
        yield
        if hard:
            for cells in seen[:1] + ([_raw_tail(buffer, serial)] if buffer.edited else []):
                yield
                self._find_tail(views.spell(cells), matches)
        if buffer.injected:
            matches += _bursts(serial)
        if mixed:
            matches += _boxes(serial)
        matches += expected_matches(buffer)
        return matches

    def _complete_tagged(self, buffer: Buffer) -> Generator[None, None, None]:
        """Make literals of the tagged secrets that are completed at an unknown place: what is found is learned."""
        if self._tagged:
            for texts in views.join_texts(buffer):
                yield
                self._knowledge.vault.find(texts)

    def _suspicious(self, everything: str) -> Generator[None, None, list[Detector]]:
        """The detectors that might find something in one of several readings, given as one text.

        The readings of a text are much alike, and most hold nothing: so the cheap question is asked about all at once.
        """
        suspicious = []
        for detector in self._knowledge.detectors:
            yield
            if _may_find(detector, everything):
                suspicious.append(detector)
        yield
        return suspicious

    def _other_readings(self, buffer: Buffer, seen: list[list[Cell | None]], *, mixed: bool) -> Iterator[View]:
        """What an input method showed, and what was seen under other keyboard layouts."""
        yield from views.preedits(buffer)
        if buffer.coded or mixed:
            for cells in seen:
                yield from views.variants(cells, self._layouts)

    def idle_tail(self, buffer: Buffer, serial: Sequence[Cell]) -> list[Cell]:
        """The cells that an idle barrier must leave undecided: they may be the head of something."""
        final = views.final(buffer)
        caret = buffer.caret
        after: set[int] = set()
        if caret is not None and caret < len(buffer.cells):
            after = {id(cell) for cell in buffer.cells[caret:]}
        left = views.spell([cell for cell in final if cell is None or id(cell) not in after])
        right = views.spell([cell for cell in final if cell is not None and id(cell) in after])
        kept: list[Cell | None] = list(left.cells[self._open_tail(left.text) :])
        kept += right.cells[: _token_stop(right.text, 0)]
        if buffer.edited:
            raw = views.spell(_raw_tail(buffer, serial))
            kept += raw.cells[self._open_tail(raw.text) :]
        mixed = views.spell(list(serial))
        prefix = self._knowledge.vault.pending_prefix(mixed.text)
        kept += mixed.cells[len(mixed.text) - prefix :]
        return [cell for cell in kept if cell is not None]

    def size_tail(self, buffer: Buffer, serial: Sequence[Cell], cut: int) -> tuple[list[Cell], bool]:
        """The cells that stay open when a text grew too long, and whether the cut before them is a safe one.

        A safe cut lies at a blank at least ``cut`` characters before the end; failing that the last blank is taken, and
        what lies before it cannot be told to be harmless.
        """
        raw = views.spell(_raw_tail(buffer, serial))
        blanks = [
            at for at, cell in enumerate(raw.cells) if cell is not None and cell.is_open() and raw.text[at].isspace()
        ]
        if not blanks:
            return [], False
        safe = [at for at in blanks if at <= len(raw.text) - cut]
        kept = [cell for cell in raw.cells[(safe or blanks)[-1] :] if cell is not None]
        return (kept + self.idle_tail(buffer, serial), True) if safe else (kept, False)

    def _open_tail(self, text: str) -> int:
        """Where the part begins that may be the head of something, also once the last few keys are taken back."""
        start = self._head(text)
        for _ in range(min(_TAKEN_BACK, len(text))):
            text = text[:-1]
            head = self._head(text)
            # The last word alone may always be a head; whoever took a whole plain word back typed another one.
            if text[head:].strip() and not text[head:].isalpha():
                start = min(start, head)
        return start

    def _head(self, text: str) -> int:
        return min(self._knowledge.idle_tail(text), len(text) - self._knowledge.vault.pending_prefix(text))

    def _finding(self, detectors: Sequence[Detector], view: View, matches: list[Match]) -> Iterator[None]:
        """Matches of all detectors that read this view, in pieces."""
        for detector in _readers(detectors, view) if view.text else ():
            yield
            spans = self._spans(detector, view)
            if spans:
                yield
                for span in spans:
                    self._keep(view, span, matches)

    def _spans(self, detector: Detector, view: View) -> list[Span]:
        """What a detector finds in a view; all of it, where it fails."""
        try:
            spans = detector.find(view.text)
        except Exception:
            self._counters[f"detector_error.{detector.name}"] += 1
            return [Span("unspecified", 0, len(view.text))]
        if getattr(detector, "in_context", False):
            return [span for span in spans if _is_spoken(view, span)]
        return spans

    def _find_known(self, view: View, matches: list[Match]) -> None:
        for span in self._knowledge.vault.find(view.text):
            self._keep(view, span, matches)

    def _find_tail(self, view: View, matches: list[Match]) -> None:
        span = self._knowledge.hard_tail(view.text)
        if span is not None:
            self._keep(view, span, matches)
        prefix = self._knowledge.vault.pending_prefix(view.text)
        if prefix:
            self._keep(view, Span("enrolled", len(view.text) - prefix, len(view.text)), matches)

    def _find_tokens(self, view: View, matches: list[Match], near: dict[str, bool]) -> None:
        """Tokens that nearly are a known secret, and text glued to the end of something already redacted.

        ``near`` remembers for one scan what the vault said of a token: views of one text share most of theirs.
        """
        cells, text = view.cells, view.text
        first = _first_open(cells)
        glued = [at for at in range(max(first, 1), len(cells)) if _is_glued(cells[at - 1], cells[at])]
        start = first
        while start and not text[start - 1].isspace():
            start -= 1
        for token in _TOKEN.finditer(text, start):
            word = token.group()
            at = next((at for at in glued if token.start() < at < token.end()), None) if glued else None
            if at is not None:
                self._keep(view, Span("unspecified", at, token.end()), matches)
                continue
            if word not in near:
                near[word] = self._knowledge.vault.find_near(word)
            if near[word]:
                self._keep(view, Span("learned", *token.span()), matches)

    def _keep(self, view: View, span: Span, matches: list[Match]) -> None:
        stop = span.stop
        if view.visible and span.kind in _WHOLE_KINDS:
            stop = max(stop, _token_stop(view.text, stop))
        cells = tuple({id(cell): cell for cell in view.cells[span.start : stop] if cell is not None}.values())
        if any(cell.is_open() for cell in cells) and not self._allows(view, span, cells):
            value = view.text[span.start : span.stop] if span.kind in _LEARNED_KINDS else ""
            matches.append(Match(span.kind, CATEGORY.get(span.kind, "unspecified"), cells, value))

    def _allows(self, view: View, span: Span, cells: Sequence[Cell]) -> bool:
        """Whether the policy lets this finding stay. Whatever else is found in the same cells still hides them."""
        return self._knowledge.allows({cell.unit.buffer.place.app for cell in cells}, view.text, span)


def _readers(detectors: Sequence[Detector], view: View) -> Sequence[Detector]:
    """The detectors that read this view."""
    if view.visible:
        return detectors
    return [detector for detector in detectors if not getattr(detector, "whole_segments", False)]


def _may_find(detector: Detector, text: str) -> bool:
    """Whether a detector might find something; one that cannot say so might."""
    may_find = getattr(detector, "may_find", None)
    try:
        return may_find is None or bool(may_find(text))
    except Exception:
        return True


def _is_mixed(buffer: Buffer, serial: Sequence[Cell]) -> bool:
    """Whether something was typed elsewhere, or with a command modifier."""
    return any(cell.unit.buffer is not buffer or cell.shadow for cell in serial)


def _readings(buffer: Buffer, serial: Sequence[Cell], *, mixed: bool) -> Iterator[tuple[list[Cell | None], bool]]:
    """The texts that typing may have been, first what stands there now, and whether they stood on the screen."""
    yield views.final(buffer), True
    if not (buffer.edited or mixed):
        return
    for cells in views.epochs(buffer):
        yield cells, True
    for cells in views.raw([cell for cell in serial if cell.unit.buffer is buffer] if mixed else serial):
        yield cells, False
    if mixed:
        for cells in views.global_raw(serial):
            yield cells, False


def _first_open(cells: Sequence[Cell | None]) -> int:
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        unit = cell.unit
        if unit.first >= unit.buffer.open_from or ((cell.dels or cell.touch or cell.more) and cell.is_open()):
            return at
    return len(cells)


def _is_glued(before: Cell | None, cell: Cell | None) -> bool:
    """Whether undecided text begins right behind something redacted."""
    if before is None or before.unit.hull is None or cell is None:
        return False
    return before.redacted is not None and cell.is_open()


def _raw_tail(buffer: Buffer, serial: Sequence[Cell]) -> list[Cell | None]:
    return [cell for cell in serial if cell.unit.buffer is buffer and not cell.shadow]


def _token_stop(text: str, start: int) -> int:
    token = _TOKEN.match(text, start)
    return start if token is None else token.end()


def _is_spoken(view: View, span: Span) -> bool:
    """Whether a cue and its value were one sentence: on the screen, or in one application with the caret lost."""
    value = view.cells[span.start]
    if view.visible or value is None:
        return True
    near = [cell for cell in view.cells[max(0, span.start - _CUE_REACH) : span.start] if cell is not None]
    own = value.unit.buffer
    switched = any(cell.unit.buffer is not own for cell in near)
    return (own.uncertain or switched) and all(cell.unit.buffer.place.app == own.place.app for cell in near)


def _bursts(serial: Sequence[Cell]) -> Iterator[Match]:
    """Injected characters at machine speed, as password managers type."""
    run: list[Cell] = []
    for cell in serial:
        unit = cell.unit
        glued = run and unit.buffer is run[-1].unit.buffer and unit.time_us - run[-1].unit.time_us < _BURST_GAP_US
        if not (unit.injected and not cell.text.isspace() and (glued or not run)):
            yield from _burst(run)
            run = []
        if unit.injected and not cell.text.isspace():
            run.append(cell)
    yield from _burst(run)


def _burst(run: list[Cell]) -> Iterator[Match]:
    if len(run) >= _BURST_MIN and any(cell.is_open() for cell in run):
        yield Match("injected", "credential", tuple(run), "".join(cell.text for cell in run))


def _boxes(serial: Sequence[Cell]) -> Iterator[Match]:
    """A chain of boxes of one window that took one character each: a code."""
    chain: list[Cell] = []
    typed = [cell for cell in serial if cell.text not in ("\t", "\n")]
    if len({id(cell.unit.buffer) for cell in typed}) < _BOXES_MIN:
        return
    live = Counter(id(cell.unit.buffer) for cell in typed if cell.live)
    for cell in typed:
        buffer = cell.unit.buffer
        alone = live[id(buffer)] == 1
        if chain and not (alone and buffer.place[:2] == chain[-1].unit.buffer.place[:2]):
            yield from _chain(chain)
            chain = []
        if alone:
            chain.append(cell)
    yield from _chain(chain)


def _chain(chain: list[Cell]) -> Iterator[Match]:
    boxes = {id(cell.unit.buffer) for cell in chain}
    if len(boxes) >= _BOXES_MIN and any(cell.is_open() for cell in chain):
        yield Match("otp", "credential", tuple(chain), "")
