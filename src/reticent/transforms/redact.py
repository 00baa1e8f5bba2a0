"""``Redact``: typed secrets and personal data leave as one ``redacted`` event each, on a cut clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reticent.detect.hints import is_password_prompt, is_sign_in
from reticent.detect.kingfisher import is_installed
from reticent.detect.ner import installed_model
from reticent.detect.pending import hard_tail, idle_tail
from reticent.detect.secrets import pem_closes, pem_opens
from reticent.detect.shell import latches
from reticent.detect.vault import Vault
from reticent.detect.working_set import UseOfExtra, working_set
from reticent.errors import PolicyError
from reticent.events import Event, Tick
from reticent.text.engine import TextEngine
from reticent.text.holdback import Limits
from reticent.text.span import Detector, Knowledge
from reticent.text.surrogates import SurrogateMaker, Surrogates
from reticent.transform import Context, Interrupted, RowStage, places_of
from reticent.transform import Vault as AnyVault
from reticent.transforms.allow import Allow, Allowances

__all__ = ["Redact"]

_LONGEST_SPAN = 160
_POSITIVE = Meta(gt=0)


class Redact(Struct, frozen=True, kw_only=True):
    """Redact what was typed, pasted, composed or corrected (ISO/IEC 20889: suppression of records).

    With surrogates also pseudonymization.

    Attributes:
        layouts: keyboard layouts that a stream of bare key codes may have been typed on.
        platform: ``"mac"`` reads Command and Option as editing keys.
        regions: whose telephone and national identity numbers are found (ISO 3166-1 alpha-2).
        names: whether a model looks for names of people and places; ``"demanded"`` refuses to run without one.
        kingfisher: whether Kingfisher gives a second opinion on secrets, in the same manner.
        scrubbed: pasted and dropped text is scrubbed further on, so a secret inside it need not take the whole event.
        idle_us, hold_us: silence, and age, after which waiting text is decided (microseconds of event time).
        size: open characters in one target beyond which text is cut at a blank, ``cut`` characters before its end.
        rows, pointers: bounds on waiting key-bearing rows and pointer moves.
        targets: how many elements are remembered at once.
        unknown_field: ``"redact"`` hides what is typed where the kind of field is unknown.
        surrogates: what is typed back behind the mark of structured personal data, by kind; nothing by default.
        allow: findings that stay all the same, by application, kind and shape.

    Raises:
        PolicyError: ``cut`` is shorter than the longest span a detector may need, or not below ``size``; when started:
            names or Kingfisher are demanded and not installed.

    >>> from reticent.events import KeyDown
    >>> from reticent.transform import Context
    >>> stage = Redact().start(Context())
    >>> stage.feed([KeyDown(time_us=0, code="KeyH", key="h")])
    []
    >>> [type(event).__name__ for event in stage.flush()]
    ['KeyDown']
    """

    layouts: tuple[str, ...] = ("us",)
    platform: Literal["other", "mac"] = "other"
    regions: tuple[str, ...] = ("US", "GB")
    names: UseOfExtra = "if installed"
    kingfisher: UseOfExtra = "if installed"
    scrubbed: bool = False
    idle_us: Annotated[int, _POSITIVE] = 10_000_000
    hold_us: Annotated[int, _POSITIVE] = 120_000_000
    size: Annotated[int, _POSITIVE] = 400
    cut: Annotated[int, _POSITIVE] = 160
    rows: Annotated[int, _POSITIVE] = 20_000
    pointers: Annotated[int, _POSITIVE] = 200_000
    targets: Annotated[int, _POSITIVE] = 64
    unknown_field: Literal["examine", "redact"] = "examine"
    surrogates: Surrogates = Surrogates()
    allow: tuple[Allow, ...] = ()

    def __post_init__(self) -> None:
        if not _LONGEST_SPAN <= self.cut < self.size:
            raise PolicyError(f"text.cut must be at least {_LONGEST_SPAN} and below text.size")

    def start(self, context: Context, /) -> RedactStage:
        """See ``Transform``."""
        if self.names == "demanded" and installed_model() is None:
            raise PolicyError("text.names: demanded, and no model of names is installed; install reticent[names]")
        if self.kingfisher == "demanded" and not is_installed():
            raise PolicyError("text.kingfisher: demanded, and not installed; install reticent[kingfisher]")
        return RedactStage(self, context, working_set(self.regions, self.names, self.kingfisher))


class RedactStage(RowStage):
    """One stream of ``Redact``."""

    def __init__(self, spec: Redact, context: Context, detectors: tuple[Detector, ...]) -> None:
        super().__init__()
        if context.vault is None:
            context.vault = Vault()
        context.detectors = detectors
        self._patience_us = context.patience_us
        limits = Limits(spec.idle_us, spec.hold_us, spec.size, spec.cut, spec.rows, spec.pointers, spec.targets)
        waits = _waiting(context.vault)
        knowledge = Knowledge(
            detectors, context.vault, hard_tail, waits, latches, pem_opens, pem_closes, is_password_prompt, is_sign_in,
            Allowances(spec.allow),
        )  # fmt: skip
        surrogates = SurrogateMaker(spec.surrogates, context.random_bytes) if spec.surrogates.is_used else None
        self._engine = TextEngine(
            knowledge, spec.layouts, context.counters, limits, mac=spec.platform == "mac", scrubbed=spec.scrubbed,
            hide_unknown=spec.unknown_field == "redact", receivers=context.receivers, explain=context.explain,
            surrogates=surrogates,
        )  # fmt: skip

    @property
    def due_us(self) -> int | None:
        """Event time after which a tick would decide something, or None."""
        held = self._engine.held
        return held.now_us - 1 if self._engine.is_behind else held.due_us

    @property
    def decided_until_us(self) -> int:
        """Event time before which everything is final."""
        return self._engine.held.decided_until_us

    @property
    def ahead_us(self) -> int:
        """By how much the clock of the input is ahead of that of the output now."""
        return self._engine.held.emitter.ahead_us

    @property
    def passes_ticks(self) -> bool:
        """Whether a tick would be heard behind this stage now."""
        return not self._engine.is_behind and self._engine.held.lets_time_pass

    def row(self, event: Event, /) -> None:
        """See ``RowStage``."""
        self._engine.push(event)

    def close(self) -> None:
        """See ``RowStage``."""
        self._engine.close()

    def abort(self) -> None:
        """Destroy what is held; every screenshot that waits must go."""
        self._engine.destroy()

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Stage``."""
        try:
            start = 0
            if Tick in map(type, events):
                for at in places_of(events, {Tick}):
                    self._push(events[start : at + 1])
                    self._pass_tick()
                    start = at + 1
            self._push(events[start:] if start else events)
        except Exception as error:
            raise Interrupted(self._taken(), type(error).__name__) from None
        return self._taken()

    def _push(self, events: Sequence[Event]) -> None:
        if self._patience_us is not None and len(events) == 1:
            self._engine.push_patiently(events[0], self._patience_us)
        else:
            self._engine.push_all(events)

    def _pass_tick(self) -> None:
        """What comes behind may hold something too: it hears what time it is, on its own clock."""
        if self.passes_ticks:
            self._engine.out.append(Tick(time_us=self._engine.held.now_us - self.ahead_us))

    def _taken(self) -> list[Event]:
        out = self._engine.out
        taken = out[:]
        out.clear()
        return taken


def _waiting(vault: AnyVault) -> Callable[[str], int]:
    """From where on a text waits at an idle barrier: also for the rest of a tagged secret that has blanks inside."""
    reach: int = getattr(vault, "idle_reach", 0)
    if not reach:
        return idle_tail
    return lambda text: min(idle_tail(text), max(0, len(text) - reach))
