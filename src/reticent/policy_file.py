"""A policy as a TOML document: found, parsed, laid over its base, and checked.

A document may extend a shipped preset or another file. Values that it states replace those of the base; lists of what
is protected (``text.layouts``, ``gates.deny_apps``, ...) and ``[[transform]]`` are added to the base's. A value that
protects less than the base is an error unless its path is listed in ``weaken``; a list whose path is listed there is
taken as it is written.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from reticent.detect.working_set import working_set
from reticent.errors import PolicyError
from reticent.keys.layout import LAYOUT_NAMES
from reticent.policy import TABLES, Policy, Step, Text, plain
from reticent.strength import GROWING, WEAKER, is_weaker
from reticent.text.surrogates import refuse_credentials
from reticent.transform import Context, Transform
from reticent.validation import built, check_keys, hint, typed

__all__ = ["PRESETS", "load_policy", "parse_policy"]

_S = TypeVar("_S", bound=Struct)
_KEYS = ("name", "extends", "weaken", *TABLES, "transform")


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
        for key, kind in TABLES.items()
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
    new = built(kind, {**(plain(base) if base is not None else {}), **stated}, path)
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
    available = [detector.name for detector in working_set(text.regions, text.names, text.kingfisher)]
    for name in text.require:
        if name not in available:
            extra = f"; the extra reticent[{name}] brings it" if name in ("names", "kingfisher") else ""
            raise PolicyError(f"text.require: no detector {name!r} runs{extra}; there are {', '.join(available)}")


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise PolicyError("gates.schedule.zone: no such time zone; use a name such as Europe/Berlin") from None
