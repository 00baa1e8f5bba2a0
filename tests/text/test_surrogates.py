"""A surrogate follows from the key and the normalised value; its length from the kind alone."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.errors import PolicyError
from reticent.text.plausible import FORMS
from reticent.text.span import CATEGORY, CREDENTIAL_KINDS
from reticent.text.surrogates import SurrogateMaker, Surrogates, refuse_credentials

KINDS = Surrogates.__struct_fields__


def all_of(operator: str) -> Surrogates:
    """An operator for every kind that takes it."""
    hints = get_type_hints(Surrogates)
    return Surrogates(**{kind: operator for kind in KINDS if operator in get_args(hints[kind])})


def maker(operator: str = "token", source: Callable[[int], bytes] = bytes) -> SurrogateMaker:
    """With a key of zeros, unless another source is given."""
    return SurrogateMaker(all_of(operator), source)


def test_kinds_are_personal_data() -> None:
    """Every key is a kind that detectors find, and none is one of a credential."""
    assert {CATEGORY[kind] for kind in KINDS} == {"financial", "identity", "contact"}
    assert not CREDENTIAL_KINDS & {*KINDS}


def test_plausible_is_allowed_where_there_is_a_form() -> None:
    """And nowhere else."""
    assert {kind for kind in KINDS if all_of("plausible").of(kind) == "plausible"} == {*FORMS}


@given(values=st.lists(st.text(max_size=40), min_size=2, max_size=2), kind=st.sampled_from(KINDS))
@pytest.mark.parametrize("operator", ["replace", "token", "plausible"])
def test_length_tells_nothing(operator: str, values: list[str], kind: str) -> None:
    """All surrogates of a kind by one operator are equally long."""
    made = [maker(operator).of(kind, value) for value in values]
    assert len({len(surrogate) for surrogate in made if surrogate is not None}) <= 1


@pytest.mark.parametrize(
    ("kind", "one", "same", "other"),
    [
        ("email", "Ada@Example.org", "ada@example.org", "a.da@example.org"),
        ("card", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111 1111 1111 1112"),
        ("iban", "DE89 3704 0044 0532 0130 00", "de89370400440532013000", "DE89370400440532013001"),
        ("phone", "415-555-2671", "(415) 555 2671", "415-555-2672"),
        ("name", "Maria  Weber", "maria weber", "mariaweber"),
        ("ip", "10.1.1.11", "10.1.1.11", "10.11.1.1"),
    ],
)
def test_the_same_value_however_it_is_written(kind: str, one: str, same: str, other: str) -> None:
    """Case and separators that are a matter of taste do not count; what tells two values apart does."""
    make = maker().of
    assert make(kind, one) == make(kind, same) != make(kind, other)


def test_another_key_gives_others() -> None:
    """From another source, and after ``renew``."""
    source = Random(1).randbytes
    made = maker(source=source)
    first = made.of("email", "ada@example.org")
    made.renew()
    assert len({first, made.of("email", "ada@example.org"), maker().of("email", "ada@example.org")}) == 3


def test_kinds_do_not_share_tokens() -> None:
    """A name and a user name that are spelled alike are not linked."""
    made = [maker().of(kind, "robin") for kind in ("name", "username")]
    assert made[0][-9:] != made[1][-9:]  # type: ignore[index]


def test_a_surrogate_never_shows_the_value() -> None:
    """Where the draw gives the value itself, another is drawn."""
    made = maker("plausible")
    for name in ("Robin", "Smith", "Quinn Jones", "Casey Woods"):
        assert name.lower() not in str(made.of("name", name)).lower()
    assert maker("replace").of("email", "email") is None


def test_repr_shows_no_key() -> None:
    """Nor any value."""
    made = maker(source=lambda count: b"k" * count)
    made.of("email", "ada@example.org")
    assert "kkk" not in repr(made) + repr(vars(made).keys())
    assert "ada" not in repr(made)


def test_presidio_is_left_as_it_is() -> None:
    """Our operators are in a registry of our own."""
    from presidio_anonymizer import AnonymizerEngine

    maker().of("email", "ada@example.org")
    assert not [name for name in AnonymizerEngine().get_anonymizers() if name.startswith("reticent")]


@pytest.mark.parametrize("kind", [*sorted(CREDENTIAL_KINDS), "credential"])
def test_credentials_are_refused(kind: str) -> None:
    """Of any kind; the message names the key."""
    with pytest.raises(PolicyError, match=rf"^text\.surrogates\.{kind}: a credential"):
        refuse_credentials({"surrogates": {kind: "token"}})


@pytest.mark.parametrize("table", [None, 3, {}, {"surrogates": 3}, {"surrogates": {"email": "token"}}])
def test_all_else_is_for_others_to_judge(table: object) -> None:
    """Also what is no table."""
    refuse_credentials(table)


def test_no_other_kind_can_be_named() -> None:
    """Not even by whoever builds the value without a policy."""
    for kind in ("password", "custom", "unspecified", "learned"):
        assert all_of("token").of(kind) == "mark"
        with pytest.raises(TypeError):
            Surrogates(**{kind: "token"})
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"document": "plausible"}, Surrogates)
