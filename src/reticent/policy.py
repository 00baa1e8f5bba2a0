"""A policy: a TOML document that compiles to a pipeline.

A document may extend a shipped preset or another file. Values that it states replace those of the base; lists of what
is protected (``text.layouts``, ``gates.deny_apps``, ...) and ``[[transform]]`` are added to the base's. A value that
protects less than the base is an error unless its path is listed in ``weaken``; a list whose path is listed there is
taken as it is written.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

import reticent
from reticent.detect.ner import model_version
from reticent.detect.vault import Vault
from reticent.detect.working_set import UseOfNames, looks_for_names, working_set
from reticent.enrolment.store import EnrolledStore
from reticent.errors import PolicyError
from reticent.events import Header
from reticent.keys.layout import LAYOUT_NAMES
from reticent.pipeline import Pipeline, Run
from reticent.report import Report, versions
from reticent.strength import GROWING, WEAKER, is_weaker
from reticent.text.surrogates import Surrogates, refuse_credentials
from reticent.transform import Context, Explain, Receivers, Transform
from reticent.transforms.allow import Allow
from reticent.transforms.apps import COMMON_APPS, normal_name
from reticent.transforms.gates import Gates, Schedule
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact
from reticent.validation import built, check_keys, hint, typed

__all__ = ["PRESETS", "Media", "Policy", "Step", "Text", "load_policy", "parse_policy"]

_Positive = Annotated[int, Meta(gt=0)]
_S = TypeVar("_S", bound=Struct)


class Text(Struct, frozen=True, kw_only=True):
    """``[text]``: how typed text is examined. Times are microseconds of event time, the rest counts.

    Attributes:
        layouts: keyboard layouts in use, the likeliest first; default ``["us"]``.
        platform: ``"mac"`` reads Command and Option as editing keys; default ``"other"``.
        regions: regions whose telephone and national identity numbers are found (ISO 3166-1 alpha-2); default
            ``["US", "GB"]``.
        names: whether a model looks for names of people and places in what is typed: ``"off"``, ``"if installed"`` or
            ``"demanded"``, which refuses to run without ``reticent[names]``; default ``"if installed"``.
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
    names: UseOfNames = "if installed"
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

        Raises:
            ValueError: an enrolled secret is shorter than 3 characters.
        """
        receivers = Receivers(on_frame, on_blank, on_mute)
        vault = Vault(enrolled, profile_terms, None if enrolled_store is None else enrolled_store.tagged)
        context = Context(vault, receivers, explain, patience_us=patience_us)
        run = self.pipeline().start(context)
        run.about = self.about
        return run

    def about(self) -> Report:
        """What a report says of this policy, whatever the run does.

        >>> load_policy("minimal").about().gates_not_in_use
        ('consent', 'schedule')
        """
        return Report(
            policy=self.name, policy_sha256=self.sha256, weakened=self._weakened(),
            versions=versions() | self._models(), gates_not_in_use=self.gates.not_in_use(),
            not_examined=(*self._names(), *self.payload.not_examined()),
        )  # fmt: skip

    def _weakened(self) -> tuple[str, ...]:
        """What is allowed or typed back weakens even a policy without a base. Which applications is not told."""
        used = {"text.allow": bool(self.text.allow), "text.surrogates": self.text.surrogates.is_used}
        return tuple(sorted({*self.weaken, *(path for path in used if used[path])}))

    def _models(self) -> dict[str, str]:
        return model_version() if looks_for_names(self.text.names) else {}

    def _names(self) -> tuple[str, ...]:
        """Where no detector looks for names of people and places."""
        if not looks_for_names(self.text.names):
            return ("names of people and places",)
        return ("names of people and places in scrubbed fields",) if self.payload.scrubs() else ()

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
                **_plain(self.text), "allow": sorted(rule.meaning() for rule in self.text.allow),
                "regions": sorted({*self.text.regions}), "require": sorted({*self.text.require}),
            },
            "gates": {
                "deny_apps": sorted(self.gates.denied()), "consent": self.gates.consent,
                "schedule": None if schedule is None else _calendar(schedule),
            },
            "payload": {
                **_plain(self.payload),
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
            **{name: _plain(getattr(self, name)) for name in _TABLES},
            "transform": [{"kind": step.kind, **_plain(cast("Struct", step.transform))} for step in self.steps],
        }


_TABLES: dict[str, type[Struct]] = {"text": Text, "gates": Gates, "payload": Payload, "media": Media}
_KEYS = ("name", "extends", "weaken", *_TABLES, "transform")


def _calendar(schedule: Schedule) -> dict[str, Any]:
    return {"days": sorted(schedule.weekdays()), "minutes": schedule.minutes(), "zone": schedule.zone}


def _preset_files() -> dict[str, Traversable]:
    folder = files("reticent") / "presets"
    return {file.name[:-5]: file for file in folder.iterdir() if file.name.endswith(".toml")}


PRESETS: tuple[str, ...] = tuple(sorted(_preset_files()))
"""Names of the shipped policies."""


def load_policy(name_or_path: str | Path) -> Policy:
    """A shipped preset by its name, or a TOML file by its path.

    Raises:
        PolicyError: no such preset or file, or the document is at fault; names the file and the path of the key.

    >>> load_policy("minimal").payload.title
    'drop'
    """
    return _load(_locate(name_or_path, Path()), ())


def parse_policy(text: str, *, source: str = "policy", folder: Path | None = None) -> Policy:
    """A policy from TOML text.

    Args:
        text: the document.
        source: what errors call it, and its name when it states none.
        folder: where relative paths in ``extends`` start; default the working directory.

    Raises:
        PolicyError: see ``load_policy``.

    >>> parse_policy('[text]\\nidle_ms = 5', source="mine.toml")
    Traceback (most recent call last):
        ...
    reticent.errors.PolicyError: mine.toml: text.idle_ms: unknown key; did you mean idle_us?
    """
    return _parse(text, source, folder or Path(), ())


def _locate(name: str | Path, folder: Path) -> Traversable | Path:
    if isinstance(name, str):
        presets = _preset_files()
        if name in presets:
            return presets[name]
        if not name.endswith(".toml") and Path(name).name == name:
            raise PolicyError(f"no preset {name!r}; there are {', '.join(PRESETS)}; the name of a file ends in .toml")
    return folder / name


def _load(file: Traversable | Path, trail: tuple[str, ...]) -> Policy:
    here = str(file.resolve()) if isinstance(file, Path) else f"preset {file.name[:-5]}"
    if here in trail:
        raise PolicyError(f"{file.name}: extends: goes round in a circle; a base must not extend what extends it")
    try:
        text = file.read_bytes().decode()
    except OSError as error:
        raise PolicyError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{file.name}: not UTF-8; save it as UTF-8") from None
    return _parse(text, file.name, file.parent if isinstance(file, Path) else Path(), (*trail, here))


def _parse(text: str, source: str, folder: Path, trail: tuple[str, ...]) -> Policy:
    try:
        document = tomllib.loads(text)
        extends = typed(document.get("extends"), str | None, "extends")
        at = None if extends is None else _locate(extends, folder)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{source}: {_syntax_error(text, str(error))}") from None
    except PolicyError as error:
        raise PolicyError(f"{source}: {error}") from None
    base = None if at is None else _load(at, trail)
    try:
        return _compiled(document, base, source.removesuffix(".toml"))
    except PolicyError as error:
        raise PolicyError(f"{source}: {error}") from None


def _syntax_error(text: str, message: str) -> str:
    fault, _, place = message.rpartition(" (at ")
    line = re.match(r"line (\d+)", place)
    return f"line {line[1] if line else text.count(chr(10)) + 1}: TOML syntax error: {fault or message}"


def _compiled(document: dict[str, Any], base: Policy | None, name: str) -> Policy:
    check_keys(document, _KEYS, "")
    refuse_credentials(document.get("text"))
    weaken = _weakened(document.get("weaken", []))
    tables: dict[str, Any] = {
        key: _table(kind, document.get(key, {}), key, base and getattr(base, key), weaken)
        for key, kind in _TABLES.items()
    }
    steps = tuple(_step(table, f"transform[{at}]") for at, table in enumerate(_steps(document)))
    if base is not None and not ("transform" in weaken and "transform" in document):
        steps = base.steps + steps
    policy = Policy(
        name=typed(document.get("name", name), Annotated[str, Meta(min_length=1)], "name"),
        weaken=tuple(sorted({*weaken, *(base.weaken if base is not None else ())})), steps=steps, **tables,
    )  # fmt: skip
    _check_values(policy)
    if base is not None:
        _check_strength(policy, base, weaken)
    return policy


def _check_strength(policy: Policy, base: Policy, weaken: tuple[str, ...]) -> None:
    for path in WEAKER:
        if path not in weaken and is_weaker(path, policy, base):
            raise PolicyError(f"{path}: protects less than {base.name!r} does; if that is meant, list it in weaken")


def _weakened(value: object) -> tuple[str, ...]:
    paths: tuple[str, ...] = typed(value, tuple[str, ...], "weaken")
    for path in paths:
        if path not in WEAKER and path not in GROWING:
            advice = hint(path, (*WEAKER, *GROWING)) or "; it takes paths such as payload.title"
            raise PolicyError(f"weaken: {path}: nothing there can be weaker{advice}")
    return paths


def _table(kind: type[_S], stated: object, path: str, base: _S | None, weaken: tuple[str, ...]) -> _S:
    """One table: what is stated, over what the base says."""
    if not isinstance(stated, dict):
        raise PolicyError(f"{path}: must be a table, [{path}]")
    new = built(kind, {**(_plain(base) if base is not None else {}), **stated}, path)
    for key in stated if base is not None else ():
        if f"{path}.{key}" in GROWING and f"{path}.{key}" not in weaken:
            new = replace(new, **{key: tuple(dict.fromkeys((*getattr(new, key), *getattr(base, key))))})
    return new


def _steps(document: dict[str, Any]) -> list[dict[str, Any]]:
    steps = document.get("transform", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise PolicyError("transform: must be tables, [[transform]]")
    return steps


def _step(table: dict[str, Any], path: str) -> Step:
    if "kind" not in table:
        raise PolicyError(f"{path}.kind: missing; it names the transform, as module.Class")
    kind = typed(table["kind"], str, f"{path}.kind")
    stated = {key: value for key, value in table.items() if key != "kind"}
    return Step(kind, cast("Transform", built(_transform_class(kind, path), stated, path)))


def _transform_class(kind: str, path: str) -> type[Struct]:
    """``module.Class`` of ``reticent.transforms``, or what an installed package offers under this name."""
    module, _, name = kind.partition(".")
    from importlib.metadata import entry_points

    found: object = None
    if module.isidentifier() and find_spec(f"reticent.transforms.{module}") is not None:
        found = getattr(importlib.import_module(f"reticent.transforms.{module}"), name, None)
    else:
        for entry in entry_points(group="reticent.transforms", name=kind):
            found = entry.load()
    if not (isinstance(found, type) and issubclass(found, Struct) and hasattr(found, "start")):
        raise PolicyError(f"{path}.kind: no transform {kind!r}; is the package that brings it installed?")
    return found


def _check_values(policy: Policy) -> None:
    """What types alone do not say."""
    for layout in policy.text.layouts:
        if layout not in LAYOUT_NAMES:
            raise PolicyError(f"text.layouts: no layout {layout!r}; there are {', '.join(LAYOUT_NAMES)}")
    _check_regions(policy.text.regions)
    _check_required(policy.text)
    if policy.media.clock != "cut":
        raise PolicyError('media.clock: only "cut" is available; leave it out')
    schedule = policy.gates.schedule
    if schedule is not None:
        schedule.weekdays(), schedule.minutes()
        _check_zone(schedule.zone)
    policy.pipeline().start(Context())


def _check_regions(regions: tuple[str, ...]) -> None:
    if regions == Text().regions:
        return
    from phonenumbers import SUPPORTED_REGIONS

    for region in regions:
        if region not in SUPPORTED_REGIONS:
            raise PolicyError(f"text.regions: no telephone region {region!r}; use ISO 3166 codes such as DE")


def _check_required(text: Text) -> None:
    available = [detector.name for detector in working_set(text.regions, text.names)]
    for name in text.require:
        if name not in available:
            extra = "; the extra reticent[names] brings it" if name == "names" else ""
            raise PolicyError(f"text.require: no detector {name!r} runs{extra}; there are {', '.join(available)}")


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise PolicyError("gates.schedule.zone: no such time zone; use a name such as Europe/Berlin") from None


def _plain(value: Struct) -> dict[str, Any]:
    """A table as TOML has it: absent is absent."""
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return {key: item for key, item in plain.items() if item is not None}
