"""Typed values out of the tables of a TOML document; errors name the path of the key and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from reticent.errors import PolicyError

__all__ = ["built", "check_keys", "hint", "typed"]

_S = TypeVar("_S", bound=Struct)
_TYPES = re.compile(r"Expected `(.+?)`(?:, got `(\w+)`)?(.*)")
_INDEX = re.compile(r"\[\d+\]")
_TOML_NAMES = {
    "array": "a list", "bool": "true or false", "int": "a whole number", "object": "a table", "str": "a string",
}  # fmt: skip


def built(kind: type[_S], table: Mapping[str, Any], path: str) -> _S:
    """A table as a value of this type.

    Raises:
        PolicyError: a key is not known, a value does not fit.

    >>> class Size(Struct):
    ...     width_px: int = 0
    >>> built(Size, {"widht_px": 3}, "frame")
    Traceback (most recent call last):
        ...
    reticent.errors.PolicyError: frame.widht_px: unknown key; did you mean width_px?
    """
    _check_tables(kind, table, path)
    value: _S = typed(table, kind, path)
    return value


def typed(value: object, kind: Any, path: str) -> Any:
    """A value as one of this type.

    Raises:
        PolicyError: it is none.

    >>> typed("5", int, "frame.width_px")
    Traceback (most recent call last):
        ...
    reticent.errors.PolicyError: frame.width_px: must be a whole number, not a string
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        where = where.removesuffix("`").replace("[...]", "")
        raise PolicyError(f"{path}{where}: {_choices(kind, where) or _said(message)}") from None


def check_keys(table: Mapping[str, Any], known: Iterable[str], path: str = "") -> None:
    """Refuse a key that is not known.

    Raises:
        PolicyError: names its path and the key that was meant.
    """
    known = list(known)
    for key in table:
        if key not in known:
            advice = hint(key, known) or f"; there are {', '.join(known)}"
            raise PolicyError(f"{path}.{key}".lstrip(".") + f": unknown key{advice}")


def hint(word: str, known: Iterable[str]) -> str:
    """What may have been meant.

    >>> hint("idle_ms", ["idle_us", "hold_us"])
    '; did you mean idle_us?'
    """
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


def _check_tables(kind: type[Struct], table: Mapping[str, Any], path: str) -> None:
    types = _types(kind)
    check_keys(table, types, path)
    for key, value in table.items():
        for inner in _structs(types[key]):
            for where, item in _tables(value):
                _check_tables(inner, item, f"{path}.{key}{where}")


def _tables(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The tables that a value is, or is a list of, and where in it they are."""
    if isinstance(value, Mapping):
        yield "", value
    elif isinstance(value, list):
        yield from ((f"[{at}]", item) for at, item in enumerate(value) if isinstance(item, Mapping))


def _types(kind: type[Struct]) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


def _structs(kind: Any) -> Iterator[type[Struct]]:
    """The struct types that a field may hold."""
    for part in (kind, *get_args(kind)):
        if isinstance(part, type) and issubclass(part, Struct):
            yield part


def _choices(kind: Any, where: str) -> str | None:
    """What may stand there, when it is one of a few words."""
    name, _, rest = _INDEX.sub("", where).removeprefix(".").partition(".")
    for struct in _structs(kind):
        found = _types(struct).get(name)
        if rest:
            return _choices(found, rest)
        for part in (found, *get_args(found)):
            if get_origin(part) is Literal:
                return f"must be one of {', '.join(map(str, get_args(part)))}"
    return None


def _said(message: str) -> str:
    found = _TYPES.fullmatch(message)
    if found is None:
        return message.replace("`", "")
    expected, got, more = found.groups()
    expected = " or ".join(_TOML_NAMES.get(name, name) for name in expected.split(" | ") if name != "null")
    return f"must be {expected}{more}" + (f", not {_TOML_NAMES.get(got, got)}" if got else "")
