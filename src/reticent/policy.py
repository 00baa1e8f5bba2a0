"""A policy: what is protected and how, as values that compile to a pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import Meta, Struct

import reticent
from reticent.detect.kingfisher import scanner_version
from reticent.detect.ner import model_version
from reticent.detect.vault import Vault
from reticent.detect.working_set import UseOfExtra, asks_kingfisher, looks_for_names
from reticent.enrolment.store import EnrolledStore
from reticent.events import Header
from reticent.pipeline import Pipeline, Run
from reticent.report import Report, versions
from reticent.text.surrogates import Surrogates
from reticent.transform import Context, Explain, Receivers, Transform
from reticent.transforms.allow import Allow
from reticent.transforms.apps import COMMON_APPS, normal_name
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact

__all__ = ["TABLES", "Media", "Policy", "Step", "Text", "plain"]

_Positive = Annotated[int, Meta(gt=0)]


class Text(Struct, frozen=True, kw_only=True):
    """``[text]``: how typed text is examined. Times are microseconds of event time, the rest counts.

    Attributes:
        layouts: keyboard layouts in use, the likeliest first; default ``["us"]``.
        platform: ``"mac"`` reads Command and Option as editing keys; default ``"other"``.
        regions: regions whose telephone and national identity numbers are found (ISO 3166-1 alpha-2); default
            ``["US", "GB"]``.
        names: whether a model looks for names of people and places in what is typed: ``"off"``, ``"if installed"`` or
            ``"demanded"``, which refuses to run without ``reticent[names]``; default ``"if installed"``.
        kingfisher: whether Kingfisher's rules for tokens of providers are asked beside our own, in the same three ways;
            ``"demanded"`` refuses to run without ``reticent[kingfisher]``; default ``"if installed"``.
        idle_us, hold_us: silence, and age, after which waiting text is decided; default 10 s and 120 s.
        size, cut: open characters beyond which text is cut, and how many of them go on waiting; default 400 and 160.
        rows, pointers: bounds on waiting key-bearing rows and pointer moves; default 20,000 and 200,000.
        targets: how many elements are remembered at once; default 64.
        unknown_field: ``"redact"`` hides what is typed where the kind of field is unknown; default ``"examine"``.
        require: detectors that must run, by name; default none.
        surrogates: what is typed back behind the mark of structured personal data, by kind: see ``Surrogates``; default
            nothing.
        allow: ``[[text.allow]]`` tables: findings of these ``kinds`` stay, in this ``app`` only, and inside values of
            these ``shapes`` only; default none. Never what was enrolled or learned, or typed into a sensitive field.
    """

    layouts: Annotated[tuple[str, ...], Meta(min_length=1)] = ("us",)
    platform: Literal["other", "mac"] = "other"
    regions: tuple[str, ...] = ("US", "GB")
    names: UseOfExtra = "if installed"
    kingfisher: UseOfExtra = "if installed"
    idle_us: _Positive = 10_000_000
    hold_us: _Positive = 120_000_000
    size: _Positive = 400
    cut: _Positive = 160
    rows: _Positive = 20_000
    pointers: _Positive = 200_000
    targets: _Positive = 64
    unknown_field: Literal["examine", "redact"] = "examine"
    require: tuple[str, ...] = ()
    surrogates: Surrogates = Surrogates()
    allow: tuple[Allow, ...] = ()


class Media(Struct, frozen=True, kw_only=True):
    """``[media]``: ``clock`` says how companion media follow the output; ``"cut"``, the default, is all there is."""

    clock: str = "cut"


class Step(Struct, frozen=True):
    """One ``[[transform]]``: its ``kind`` as the document says it, and what it stands for."""

    kind: str
    transform: Transform


class Policy(Struct, frozen=True, kw_only=True):
    """What a document means, bases included. Holds no secrets; compares and pickles by value.

    Attributes:
        name: shown in the header of every output; default the name of the file.
        weaken: paths that may be weaker than in the base, over all bases; belongs into every report.
        text, gates, payload, media: the tables of the document.
        steps: further transforms, after redaction, in order.

    >>> from reticent.policy_file import load_policy, parse_policy
    >>> policy = load_policy("minimal")
    >>> [type(step).__name__ for step in policy.pipeline().steps]
    ['Gates', 'Redact', 'Payload']
    >>> parse_policy(policy.to_toml()) == policy
    True
    """

    name: str = "policy"
    weaken: tuple[str, ...] = ()
    text: Text = Text()
    gates: Gates = Gates()
    payload: Payload = Payload()
    media: Media = Media()
    steps: tuple[Step, ...] = ()

    def pipeline(self) -> Pipeline:
        """The transforms in the order in which an event meets them."""
        text = {name: getattr(self.text, name) for name in Text.__struct_fields__ if name != "require"}
        redact = Redact(scrubbed=self.payload.clipboard == "scrub", **text)
        return Pipeline((self.gates, redact, self.payload, *(step.transform for step in self.steps)))

    def start(
        self,
        *,
        enrolled: Iterable[str] = (),
        enrolled_store: EnrolledStore | None = None,
        profile_terms: Iterable[str] = (),
        on_frame: Callable[[str | None, int | None], None] | None = None,
        on_blank: Callable[[int, int], None] | None = None,
        on_mute: Callable[[int, int], None] | None = None,
        explain: Explain | None = None,
        patience_us: int | None = None,
        epoch_key: bytes | None = None,
    ) -> Run:
        """A run over one stream. The literals stay in its memory.

        Args:
            enrolled: secrets that their owner registered.
            enrolled_store: more of them, of which only tags are known: see ``reticent.enrolment``.
            profile_terms: names and the like of the person who types.
            on_frame: told what becomes of each screenshot: see ``Receivers``.
            on_blank: told what to blank of a video.
            on_mute: told what to silence of a sound recording.
            explain: is told what each redaction hides; its answers are for this device only.
            patience_us: for a caller that cannot wait, as in a hook: about how long a ``feed`` of one event may work
                before it puts off the rest. The same leaves, some of it later: at the next events, or at the tick
                that ``due_us`` then asks for at once. ``abort`` destroys what was put off too.
            epoch_key: 32 random bytes that the caller keeps for an epoch and then destroys: see ``Context``.

        Raises:
            ValueError: an enrolled secret is shorter than 3 characters.
        """
        receivers = Receivers(on_frame, on_blank, on_mute)
        vault = Vault(enrolled, profile_terms, None if enrolled_store is None else enrolled_store.tagged)
        context = Context(vault, receivers, explain, patience_us=patience_us, epoch_key=epoch_key)
        run = self.pipeline().start(context)
        run.about = self.about
        return run

    def about(self) -> Report:
        """What a report says of this policy, whatever the run does.

        >>> from reticent.policy_file import load_policy
        >>> load_policy("minimal").about().gates_not_in_use
        ('consent', 'schedule')
        """
        return Report(
            policy=self.name, policy_sha256=self.sha256, weakened=self._weakened(),
            versions=versions() | self._extras(), gates_not_in_use=self.gates.not_in_use(),
            not_examined=(*self._names(), *self.payload.not_examined()),
        )  # fmt: skip

    def _weakened(self) -> tuple[str, ...]:
        """What is allowed or typed back weakens even a policy without a base. Which applications is not told."""
        used = {"text.allow": bool(self.text.allow), "text.surrogates": self.text.surrogates.is_used}
        return tuple(sorted({*self.weaken, *(path for path in used if used[path])}))

    def _extras(self) -> dict[str, str]:
        """Versions of the extras that have a say."""
        names = model_version() if looks_for_names(self.text.names) else {}
        return names | (scanner_version() if asks_kingfisher(self.text.kingfisher) else {})

    def _names(self) -> tuple[str, ...]:
        """Where no detector looks for names of people and places."""
        return () if looks_for_names(self.text.names) else ("names of people and places",)

    def header(self) -> Header:
        """The first line of an output made under this policy."""
        return Header(
            time_us=0, version=reticent.__version__, policy=self.name, policy_sha256=self.sha256,
            clock=self.media.clock,
        )  # fmt: skip

    @property
    def sha256(self) -> str:
        """Changes exactly when the meaning does: not with the name, the spelling, or what the document extends."""
        schedule = self.gates.schedule
        meaning = {
            **self._tables(),
            "text": {
                **plain(self.text), "allow": sorted(rule.meaning() for rule in self.text.allow),
                "regions": sorted({*self.text.regions}), "require": sorted({*self.text.require}),
            },
            "gates": {
                "deny_apps": sorted(self.gates.denied()), "consent": self.gates.consent,
                "schedule": None if schedule is None else _calendar(schedule),
            },
            "payload": {
                **plain(self.payload),
                "common_apps": sorted({*map(normal_name, self.payload.common_apps)} - COMMON_APPS),
            },
        }  # fmt: skip
        return hashlib.sha256(msgspec.json.encode(meaning, order="deterministic")).hexdigest()

    def to_toml(self) -> str:
        """The effective document: no base, every key stated. Loading it gives an equal policy."""
        import tomli_w

        head = {"name": self.name, "weaken": list(self.weaken)}
        return tomli_w.dumps({key: value for key, value in {**head, **self._tables()}.items() if value != []})

    def _tables(self) -> dict[str, Any]:
        return {
            **{name: plain(getattr(self, name)) for name in TABLES},
            "transform": [{"kind": step.kind, **plain(cast("Struct", step.transform))} for step in self.steps],
        }


TABLES: dict[str, type[Struct]] = {"text": Text, "gates": Gates, "payload": Payload, "media": Media}
"""The tables of a document."""


def _calendar(schedule: Schedule) -> dict[str, Any]:
    return {"days": sorted(schedule.weekdays()), "minutes": schedule.minutes(), "zone": schedule.zone}


def plain(value: Struct) -> dict[str, Any]:
    """A table as TOML has it: absent is absent."""
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return {key: item for key, item in plain.items() if item is not None}
