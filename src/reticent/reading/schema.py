"""One record, as a line or a mapping, to a typed value, or to a reason that quotes nothing of it."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec

from reticent.reading.notes import FieldError, Notes

__all__ = ["UNFIT", "Schema", "decode_object"]

UNFIT = (ValueError, OverflowError, RecursionError)
"""What msgspec raises for JSON that is none, or does not fit its type."""

_PATH = re.compile(r" - at `\$\.([\w.\[\]]+)`$")
_BOUND = re.compile(r"^Expected `\w+` ([<>])= (-?\d+)")
_TYPES = re.compile(r"^Expected `([^`]+)`, got `(\w+)`")


class Schema:
    """The record types of a format, by the value of the field that tells them apart.

    Args:
        tag_field: name of that field.
        types: a ``msgspec.Struct`` for each of its values.

    >>> class Move(msgspec.Struct, tag_field="action", tag="move"):
    ...     x: int
    >>> schema = Schema("action", {"move": Move})
    >>> notes = Notes()
    >>> schema.build(*schema.select({"action": "move", "x": 3, "weather": "fine"}, notes))
    Move(x=3)
    >>> dict(notes.unknown_fields)
    {'weather': 1}
    """

    def __init__(self, tag_field: str, types: Mapping[str, type[msgspec.Struct]]) -> None:
        self.tag_field = tag_field
        self.types = dict(types)

    @functools.cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """A decoder of lines in which every record fits and has no unknown field; others raise one of ``UNFIT``."""
        return msgspec.json.Decoder(functools.reduce(operator.or_, self.types.values()))

    def decode(self, line: bytes, notes: Notes) -> Any:
        """The value of the record in a line; fields that are not known are noted and left out.

        Raises:
            FieldError: the line holds no JSON object, or it does not fit.
        """
        try:
            return self.decoder.decode(line)
        except UNFIT:
            pass  # what msgspec said may quote the line: nothing is raised on top of it
        return self.build(*self.select(decode_object(line), notes))

    def select(self, record: Mapping[str, object], notes: Notes) -> tuple[type[msgspec.Struct], dict[str, object]]:
        """The type of a record and its fields of that type; absent (None) ones are left out.

        Raises:
            FieldError: the type is missing or not known.
        """
        tag = record.get(self.tag_field)
        if not isinstance(tag, str):
            raise FieldError(f"{self.tag_field}: missing or not a string; every record needs one")
        kind = self.types.get(tag)
        if kind is None:
            notes.unknown_type(tag)
            raise FieldError(f"{self.tag_field}: not a type this version knows; the documentation lists them")
        fields = {}
        for name, value in record.items():
            if value is None or name == self.tag_field:
                continue
            if name in kind.__struct_encode_fields__:
                fields[name] = value
            else:
                notes.unknown_field(str(name))
        return kind, fields

    def build(self, kind: type[msgspec.Struct], fields: dict[str, object]) -> Any:
        """A value of this type.

        Raises:
            FieldError: a field is missing or does not fit.
        """
        try:
            return msgspec.convert(fields, kind)
        except UNFIT as error:
            raise FieldError(_explain(kind, fields, str(error))) from None


def decode_object(line: bytes) -> dict[str, Any]:
    """The JSON object that a line holds.

    Raises:
        FieldError: it holds none.

    >>> decode_object(b'{"action":"move"}')
    {'action': 'move'}
    """
    try:
        record = msgspec.json.decode(line)
    except UNFIT:
        raise FieldError("not JSON in UTF-8; every line must be one whole JSON object") from None
    if not isinstance(record, dict):
        raise FieldError("not a JSON object; every line must be one")
    return record


def _explain(kind: type[msgspec.Struct], fields: dict[str, object], message: str) -> str:
    """Only the path and the type names of a msgspec message are used: the rest of it may quote the value."""
    infos = {info.encode_name: info for info in msgspec.structs.fields(kind)}
    missing = [name for name, info in infos.items() if info.required and name not in fields]
    if missing:
        return f"{missing[0]}: missing; it is required"
    found = _PATH.search(message)
    path = found[1] if found else ""
    info = infos.get(re.split(r"[.\[]", path)[0])
    if info is None:
        return "does not fit its type; the documentation lists the fields"
    choices = _choices(info.type)
    if choices:
        return f"{path}: must be {'one ' if len(choices) > 1 else ''}of {', '.join(choices)}"
    bound = _BOUND.match(message)
    if bound:
        return f"{path}: must be at {'most' if bound[1] == '<' else 'least'} {bound[2]}"
    types = _TYPES.match(message)
    return f"{path}: must be {types[1]}, not {types[2]}" if types else f"{path}: does not fit its type"


def _choices(kind: Any) -> tuple[str, ...]:
    """The words a field may hold, when it may hold only certain words."""
    if get_origin(kind) is Literal:
        return tuple(map(str, get_args(kind)))
    return tuple(word for part in get_args(kind) for word in _choices(part))
