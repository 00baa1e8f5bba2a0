"""*reticent* as a reader: by its detectors on plain text, and by its pipeline on key events."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

import msgspec
from benchmarks.detection.corpora import SHORTCUTS, Row
from benchmarks.detection.keystrokes import Stroke, chords, edited, events, straight
from benchmarks.detection.scoring import Mask

from reticent.detect.pending import hard_tail
from reticent.detect.working_set import UseOfExtra, working_set
from reticent.events import Event
from reticent.keys.table import MODIFIER_KEY
from reticent.policy import Policy
from reticent.policy_file import load_policy
from reticent.testing.attacker import find_leaks
from reticent.text.cells import normalized
from reticent.text.span import CREDENTIAL_KINDS, Span

__all__ = ["Found", "Typed", "filtered"]

_WHOLE_KINDS = CREDENTIAL_KINDS - {"url_secret", "private_key"}
_REST_OF_TOKEN = re.compile(r"\S*")
_TELLING = 6
"""Shorter items are not searched for in the attacker's other views: chance finds them."""


class Found:
    """What ``find`` of every detector says of the plain text: fast, for work on the detectors.

    As in the engine, a credential reaches to the end of its token, and an identifier that breaks off with the text
    counts. Corrections, several readings of one text, learned values and limits of size are not there.

    Args:
        names, kingfisher: whether the model of names, or Kingfisher, is asked too.
        enter: whether Enter ends every text, and so nothing breaks off.
    """

    def __init__(self, names: UseOfExtra = "off", kingfisher: UseOfExtra = "off", *, enter: bool = False) -> None:
        self.name = (
            f"reticent find{'' if names == 'off' else ', names'}{'' if kingfisher == 'off' else ' + kingfisher'}"
        )
        self._end = "\n" if enter else ""
        self._detectors = working_set(names=names, kingfisher=kingfisher)

    def spans(self, text: str) -> list[tuple[str, Span]]:
        """All spans and the name of the detector that gave each, in the compatible forms that the engine reads."""
        forms = ((char, normalized(char)) for char in text)
        text = "".join(form if len(form) == 1 else char for char, form in forms) + self._end
        found = [(detector.name, span) for detector in self._detectors for span in detector.find(text)]
        tail = hard_tail(text)
        return [*found, ("tail", tail)] if tail else found

    def __call__(self, row: Row) -> Mask:
        mask = Mask(len(row.text))
        for _, (kind, start, stop) in self.spans(row.text):
            rest = _REST_OF_TOKEN.match(row.text, stop) if kind in _WHOLE_KINDS else None
            end = min(rest.end() if rest else stop, len(mask))
            start = min(start, end)
            mask[start:end] = b"\1" * (end - start)
        return mask

    def reasons(self, row: Row) -> list[str]:
        """Detector and kind of each span."""
        return sorted({f"{name}:{span.kind}" for name, span in self.spans(row.text)})


class Typed:
    """What no longer shows once the text was typed and filtered; a fresh run each, nothing learned before.

    A character shows when any stroke that typed it leaves. An item of which the attacker reads the whole in any of his
    views shows altogether.

    Args:
        edits: whether slips are made and taken back; which ones depends on ``seed`` and the text alone.
        enter: whether Enter is hit behind every text; otherwise the recording breaks off there.
    """

    def __init__(self, *, edits: bool = False, seed: int = 0, policy: str = "minimal", enter: bool = False) -> None:
        self.name = "reticent edited" if edits else "reticent typed"
        self.uncertain = 0
        self.read_by_attacker = 0
        self._edits, self._seed = edits, seed
        self._policy = load_policy(policy)
        self._end = [Stroke("Enter")] if enter else []

    def __call__(self, row: Row) -> Mask:
        strokes = self._strokes(row)
        typed = events(strokes)
        out, hidden, _ = filtered(self._policy, typed)
        mask = Mask(b"\1") * len(row.text)
        for _, at, size in self._still_shown(strokes, typed, out, hidden):
            if at >= 0:
                mask[at : at + size] = bytes(size)
        self._look(row, mask, out)
        return mask

    def _strokes(self, row: Row) -> list[Stroke]:
        if row.group == SHORTCUTS:
            return chords(row.text)
        if self._edits:
            return edited(row.text, random.Random(f"{self._seed} {row.text}")) + self._end
        return straight(row.text) + self._end

    def _still_shown(
        self, strokes: Sequence[Stroke], typed: list[dict[str, Any]], out: list[dict[str, Any]], hidden: list[range]
    ) -> list[Stroke]:
        """The strokes that left.

        ``hidden`` says which strokes went; that the others, and no more, are in the output is what proves it.
        Otherwise they are searched in the output, in order, as early as they can be.
        """
        downs, left = _downs(typed), _downs(out)
        kept = [at for at, down in enumerate(downs) if not any(down["time_us"] in times for times in hidden)]
        if [_key(downs[at]) for at in kept] == [_key(down) for down in left]:
            return [strokes[at] for at in kept]
        self.uncertain += 1
        shown: list[Stroke] = []
        start = 0
        for down in left:
            while start < len(downs) and _key(downs[start]) != _key(down):
                start += 1
            if start < len(downs):
                shown.append(strokes[start])
            start += 1
        return shown

    def _look(self, row: Row, mask: Mask, out: list[dict[str, Any]]) -> None:
        """Uncover the items that the attacker reads although their strokes seem to be gone."""
        text = row.text.casefold()
        once = [
            item
            for item in row.items
            if item.stop - item.start >= _TELLING and text.count(text[item.start : item.stop]) == 1
        ]
        gone = {row.text[item.start : item.stop]: item for item in once if all(mask[item.start : item.stop])}
        for secret in {secret for secret, _ in find_leaks(out, gone, ("us",))} if gone else ():
            self.read_by_attacker += 1
            start, stop, _ = gone[secret]
            mask[start:stop] = bytes(stop - start)


def filtered(
    policy: Policy, records: list[dict[str, Any]], enrolled: Sequence[str] = ()
) -> tuple[list[dict[str, Any]], list[range], list[str]]:
    """Native records through a fresh run: what leaves, the input times of what is hidden, and the rules that hid it."""
    hidden: list[range] = []
    rules: list[str] = []

    def explain(first_us: int, last_us: int, _: str, rule: str) -> None:
        hidden.append(range(first_us, last_us + 1))
        rules.append(rule)

    run = policy.start(enrolled=enrolled, explain=explain)
    out = run.feed(msgspec.convert(records, list[Event]))
    out += run.flush()
    return [msgspec.to_builtins(event) for event in out], hidden, rules


def _downs(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record for record in records if record["type"] == "keydown" and record.get("code") not in MODIFIER_KEY]


def _key(record: dict[str, Any]) -> str | None:
    return record.get("key") or record.get("code")
