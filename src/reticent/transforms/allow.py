"""``Allow``: what a policy lets stay although a detector finds it, by application, kind and shape.

For identifiers of no one in particular, such as commit hashes in a code editor. Never for secrets that were enrolled
or learned, in fields known to be sensitive, after a prompt, or for what only its context makes a secret.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from reticent.errors import PolicyError
from reticent.text.span import CATEGORY, CREDENTIAL_KINDS, Span
from reticent.transforms.apps import app_names, normal_name

__all__ = ["ALLOWABLE", "Allow", "Allowances", "Shape", "allows_more"]

Shape: TypeAlias = Literal["uuid", "ulid", "objectid", "md5", "sha1", "sha256", "sha512"]

_BY_SHAPE_ONLY = frozenset(("token", "hash"))
ALLOWABLE = (frozenset(CATEGORY) - CREDENTIAL_KINDS - {"profile", "custom"}) | _BY_SHAPE_ONLY
"""Kinds that a policy may let stay; ``token`` and ``hash`` only with a shape."""

_SHAPES: dict[str, str] = {
    "uuid": r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    "ulid": r"[0-7][0-9A-HJKMNP-TV-Z]{25}",
    "objectid": r"[0-9a-f]{24}",
    **{
        name: f"(?:[0-9a-f]{{{digits}}}|[0-9A-F]{{{digits}}})"
        for name, digits in {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}.items()
    },
}  # fmt: skip
_NAME = re.compile(r"[a-z_./-]{1,40}[=/]")
"""What a value may be assigned to: a name or a path in small letters, which no secret is."""
_REACH = 160


class Allow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ``[[text.allow]]``: findings of these kinds stay.

    Attributes:
        kinds: kinds of findings, as ``reticent explain`` names them.
        app: the application in which they stay, under any name by which it may be denied; default every one.
        shapes: a finding stays only inside a value of one of these forms; default whatever its form.

    Raises:
        PolicyError: a kind that never stays, or one that stays only by its shape and none is given.

    >>> Allow(kinds=("password",))
    Traceback (most recent call last):
        ...
    reticent.errors.PolicyError: text.allow.kinds: 'password' is never allowed; there are address, birth_date, card, ...
    """

    kinds: Annotated[tuple[str, ...], Meta(min_length=1)]
    app: Annotated[str, Meta(min_length=1)] | None = None
    shapes: tuple[Shape, ...] = ()

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in ALLOWABLE:
                raise PolicyError(
                    f"text.allow.kinds: {kind!r} is never allowed; there are {', '.join(sorted(ALLOWABLE))}"
                )
            if kind in _BY_SHAPE_ONLY and not self.shapes:
                raise PolicyError(f"text.allow.shapes: missing; {kind!r} is allowed by shape only, such as sha1")

    def meaning(self) -> tuple[str, list[str], list[str]]:
        """What two rules that mean the same have in common."""
        return normal_name(self.app or ""), sorted({*self.kinds}), sorted({*self.shapes})

    def permits(self) -> set[tuple[str, str, str]]:
        """What the rule lets stay: application, kind and shape, each empty for any."""
        app = normal_name(self.app or "")
        return {(app, kind, shape) for kind in self.kinds for shape in self.shapes or ("",)}


class Allowances:
    """All ``Allow`` of a policy, asked about findings.

    >>> allows = Allowances([Allow(app="code", kinds=("hash",), shapes=("md5",))])
    >>> text = "see 0123456789abcdef0123456789abcdef"
    >>> allows({"code"}, text, Span("hash", 4, 36)), allows({"slack"}, text, Span("hash", 4, 36))
    (True, False)
    """

    def __init__(self, rules: Iterable[Allow]) -> None:
        self._rules = [
            (rule.app and normal_name(rule.app), frozenset(rule.kinds), _pattern(rule.shapes)) for rule in rules
        ]
        self._kinds = frozenset(kind for _, kinds, _ in self._rules for kind in kinds)

    def __call__(self, apps: Collection[str | None], text: str, span: Span) -> bool:
        """Whether a finding in text that was typed into all of these applications may stay."""
        return span.kind in self._kinds and all(
            any(
                span.kind in kinds and (not name or _is(name, app)) and (shape is None or _has(shape, text, span))
                for name, kinds, shape in self._rules
            )
            for app in apps
        )


def allows_more(new: Iterable[Allow], old: Iterable[Allow]) -> bool:
    """Whether something may stay under ``new`` that may not under ``old``."""
    granted = {permit for rule in old for permit in rule.permits()}
    return any(
        granted.isdisjoint((a, kind, s) for a in {app, ""} for s in {shape, ""})
        for rule in new
        for app, kind, shape in rule.permits()
    )


def _is(name: str, app: str | None) -> bool:
    return app is not None and name in app_names(app)


def _has(shape: re.Pattern[str], text: str, span: Span) -> bool:
    """Whether a finding lies inside a value of this shape, or is such a value with what it is assigned to before it."""
    start = max(0, span.start - _REACH)
    for match in shape.finditer(text, start, min(len(text), span.stop + _REACH)):
        if match.start() <= span.start and span.stop <= match.end():
            return True
        if match.end() == span.stop and _NAME.fullmatch(text, span.start, match.start()):
            return True
    return False


def _pattern(shapes: Iterable[str]) -> re.Pattern[str] | None:
    forms = "|".join(_SHAPES[shape] for shape in shapes)
    return re.compile(rf"(?<![\w+-])(?:{forms})(?![\w+-])") if forms else None
