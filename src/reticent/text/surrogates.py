"""Surrogates: what may stand for structured personal data once it is redacted (ISO/IEC 20889: pseudonymization).

A surrogate is a constant, or drawn with HMAC-SHA256 from the value under a key that is made for one stream, kept in
memory only and never written. So its length and its characters tell nothing of the value; but the same value has the
same surrogate until the stream ends, which links its occurrences. Credentials have none: no key of ``Surrogates`` is
one of theirs.

The operators are Presidio's, with two of our own; Presidio is imported when a stream that uses them starts.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from reticent.errors import PolicyError
from reticent.text.plausible import FORMS, Draw
from reticent.text.span import CREDENTIAL_KINDS

if TYPE_CHECKING:
    from presidio_anonymizer.operators import OperatorsFactory

__all__ = ["SurrogateMaker", "Surrogates", "refuse_credentials"]

Operator: TypeAlias = Literal["mark", "replace", "token", "plausible"]
_WithoutForm: TypeAlias = Literal["mark", "replace", "token"]

_KEY_BYTES = 32
_TRIES = 8
_SHORT = 3
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
"""Tokens hold no digits: eight of them could be a telephone number."""

_GROUPED = frozenset(("card", "document", "iban", "mac", "national_id", "phone", "ssn"))
"""Kinds that are written with separators or without."""

_OPERATORS: dict[Operator, str] = {
    "replace": "replace", "token": "reticent_keyed_token", "plausible": "reticent_plausible",
}  # fmt: skip


class Surrogates(Struct, frozen=True, kw_only=True):
    """``[text.surrogates]``: by kind of finding, what is typed back behind its mark.

    ``"mark"``, the default, is nothing. ``"replace"`` is the kind in brackets, ``[email]``. ``"token"`` is the kind
    with eight letters that are the same for the same value in one stream, ``[email-kqfjrbtc]``. ``"plausible"`` is of
    the same form as the kind and likewise consistent, but belongs to nobody, ``user-kqfjrbtc@example.invalid``.

    >>> Surrogates(email="token").of("email"), Surrogates().is_used
    ('token', False)
    """

    address: Operator = "mark"
    birth_date: Operator = "mark"
    card: Operator = "mark"
    document: _WithoutForm = "mark"
    email: Operator = "mark"
    iban: Operator = "mark"
    ip: Operator = "mark"
    mac: Operator = "mark"
    name: Operator = "mark"
    national_id: _WithoutForm = "mark"
    phone: Operator = "mark"
    place: Operator = "mark"
    ssn: Operator = "mark"
    username: Operator = "mark"

    def of(self, kind: str) -> Operator:
        """The operator for a kind; ``"mark"`` for any other."""
        operator: Operator = asdict(self).get(kind, "mark")
        return operator

    @property
    def is_used(self) -> bool:
        """Whether any kind has a surrogate."""
        return self != Surrogates()


def refuse_credentials(table: object) -> None:
    """Refuse a ``[text]`` table that asks for surrogates of credentials.

    Raises:
        PolicyError: names the key.

    >>> refuse_credentials({"surrogates": {"password": "token"}})
    Traceback (most recent call last):
        ...
    reticent.errors.PolicyError: text.surrogates.password: a credential has no surrogate; only its mark leaves
    """
    kinds = table.get("surrogates") if isinstance(table, Mapping) else None
    for kind in kinds if isinstance(kinds, Mapping) else ():
        if kind in CREDENTIAL_KINDS or kind == "credential":
            raise PolicyError(f"text.surrogates.{kind}: a credential has no surrogate; only its mark leaves")


class SurrogateMaker:
    """Makes the surrogates of one stream, under a key of its own.

    Args:
        surrogates: which kinds have one.
        random_bytes: gives as many random bytes as it is asked for.

    >>> maker = SurrogateMaker(Surrogates(email="token"), bytes)
    >>> maker.of("email", "Bob@example.org") == maker.of("email", "bob@example.org")
    True
    >>> maker.of("card", "4111 1111 1111 1111") is None
    True
    """

    def __init__(self, surrogates: Surrogates, random_bytes: Callable[[int], bytes]) -> None:
        self._surrogates = surrogates
        self._random_bytes = random_bytes
        self._key = random_bytes(_KEY_BYTES)
        _operators()

    def __repr__(self) -> str:
        return f"SurrogateMaker({self._surrogates!r})"

    def renew(self) -> None:
        """From here on no surrogate can be linked with an earlier one."""
        self._key = self._random_bytes(_KEY_BYTES)

    def of(self, kind: str, value: str) -> str | None:
        """The surrogate of a value; None when its kind has none, or none was found that does not show the value."""
        operator = self._surrogates.of(kind)
        if operator == "mark":
            return None
        from presidio_anonymizer.operators import OperatorType

        operate = _operators().create_operator_class(_OPERATORS[operator], OperatorType.Anonymize).operate
        normal = _normal(kind, value)
        params = {"entity_type": kind, "key": self._key, "new_value": f"[{kind}]"}
        for attempt in range(_TRIES):
            surrogate: str = operate(text=normal, params={**params, "attempt": attempt})
            if len(normal) < _SHORT or _compact(value) not in _compact(surrogate):
                return surrogate
        return None


def _normal(kind: str, value: str) -> str:
    """What two spellings of one value have in common: not case, nor separators where these are a matter of taste.

    >>> _normal("card", "4111-1111 1111.1111"), _normal("name", "Maria  WEBER"), _normal("ip", "1.1.1.11")
    ('4111111111111111', 'maria weber', '1.1.1.11')
    """
    return _compact(value) if kind in _GROUPED else " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def _compact(value: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", value).casefold()))


def _keyed(text: str, params: Mapping[str, Any]) -> bytes:
    """Drawn from the value: without the key nobody can compute it, nor go back."""
    message = f"{params['entity_type']}\0{params['attempt']}\0{text}"
    return hmac.digest(params["key"], message.encode(), "sha256")


@lru_cache(maxsize=1)
def _operators() -> OperatorsFactory:
    """Presidio's operators and ours; the registry is our own, so that nobody else's changes."""
    from presidio_anonymizer.operators import Operator as Base
    from presidio_anonymizer.operators import OperatorsFactory, OperatorType

    class KeyedToken(Base):
        """The kind with letters drawn from the value."""

        def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
            self.validate(params)
            assert params is not None
            return f"[{params['entity_type']}-{_keyed(text, params).hex()[:8].translate(_LETTERS)}]"

        def validate(self, params: dict[str, Any] | None = None) -> None:
            if not params or len(params.get("key", b"")) != _KEY_BYTES:
                raise ValueError(f"a keyed operator needs a key of {_KEY_BYTES} bytes")

        def operator_name(self) -> str:
            return _OPERATORS["token"]

        def operator_type(self) -> OperatorType:
            return OperatorType.Anonymize

    class Plausible(KeyedToken):
        """Of the form of the kind, drawn from the value."""

        def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
            self.validate(params)
            assert params is not None
            return FORMS[params["entity_type"]](Draw(_keyed(text, params)))

        def operator_name(self) -> str:
            return _OPERATORS["plausible"]

    factory = OperatorsFactory()
    factory.add_anonymize_operator(KeyedToken)
    factory.add_anonymize_operator(Plausible)
    return factory
