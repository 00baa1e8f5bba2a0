"""What a policy allows stays where it is allowed, and in that form; any other finding in the same characters wins."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from reticent.detect.vault import Vault
from reticent.errors import PolicyError
from reticent.events import Event, KeyDown, Redacted
from reticent.pipeline import Pipeline
from reticent.testing.dsl import expand
from reticent.testing.laws import check_transform
from reticent.testing.wellformed import problems
from reticent.text.span import CATEGORY, Span
from reticent.transform import Context
from reticent.transforms.allow import ALLOWABLE, Allow, Allowances, allows_more
from reticent.transforms.redact import Redact

SHA1 = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
MD5 = SHA1[:32]
HASHES = Allow(app="code", kinds=("hash", "token"), shapes=("sha1", "md5"))


def through(script: str, *rules: Allow, secrets: Sequence[str] = ()) -> list[Event]:
    """What leaves of a stream; it is always well formed."""
    events = msgspec.convert(expand(script).events, list[Event])
    with Pipeline((Redact(allow=rules),)).start(Context(Vault(secrets))) as run:
        out = run.feed(events)
    out += run.flushed
    assert problems([msgspec.to_builtins(event) for event in out]) == []
    return out


def left(script: str, *rules: Allow, secrets: Sequence[str] = ()) -> str:
    """Characters that leave, a star for each mark."""
    return "".join(map(_character, through(script, *rules, secrets=secrets)))


def _character(event: Event) -> str:
    if isinstance(event, KeyDown):
        return event.key if event.key and len(event.key) == 1 else ""
    return "*" if isinstance(event, Redacted) else ""


# -- what stays ------------------------------------------------------------------------------------------------------


def test_a_shape_stays_in_its_application_only() -> None:
    """Under any name by which it may be denied."""
    for app, text in {"code": SHA1, "Code.exe": SHA1, "code-1.85": SHA1, "slack": "*"}.items():
        assert left(f'focus:"{app}/x" type:"see {SHA1} ok" key:Enter', HASHES) == f"see {text} ok"
    assert left(f'focus:"code/x" type:"see {SHA1} ok" key:Enter') == "see * ok"


def test_without_an_application_it_stays_in_each() -> None:
    """Also where nobody says which one it is."""
    rule = Allow(kinds=("ip",))
    assert left('focus:"slack/x" type:"at 192.168.7.31 ok" key:Enter', rule) == "at 192.168.7.31 ok"
    assert Allowances([rule])({None, "slack"}, "192.168.7.31", Span("ip", 0, 12))
    assert not Allowances([HASHES])({None}, MD5, Span("hash", 0, 32))


@pytest.mark.parametrize(
    "text", [SHA1 + "0", SHA1[:-1], SHA1[:-1] + "g", "x" + SHA1, SHA1 + "-" + SHA1, "93Glz084Gmj1RoXbmUVwHMXj"]
)
def test_what_has_another_shape_is_redacted(text: str) -> None:
    """A digit more or less, or a part of something longer."""
    spans = [Span("hash", start, stop) for start in (0, 1) for stop in (len(text) - 1, len(text))]
    assert not any(Allowances([HASHES])({"code"}, text, span) for span in spans)


def test_a_value_may_be_assigned_to_a_name() -> None:
    """In small letters; what is drawn by lot is no name."""
    for name, stays in {"rev=": True, "a/b/": True, "": True, "Xk2mm=": False, "rev: ": False}.items():
        assert Allowances([HASHES])({"code"}, name + MD5, Span("hash", 0, len(name) + 32)) is stays


def test_a_finding_inside_a_value_of_the_shape_stays() -> None:
    """Digits of an identifier look like a number of something else: its kind must be allowed too."""
    text = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
    rule = Allow(kinds=("phone", "token"), shapes=("uuid",))
    assert Allowances([rule])({None}, text, Span("phone", 9, 18))
    assert not Allowances([rule])({None}, text, Span("card", 9, 18))
    assert not Allowances([rule])({None}, "phone 8b86-4011", Span("phone", 6, 15))


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("uuid", "6F9619FF-8B86-4011-B42D-00C04FC964FF"), ("ulid", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        ("objectid", "507f1f77bcf86cd799439011"), ("md5", MD5.upper()), ("sha1", SHA1), ("sha256", MD5 * 2),
        ("sha512", MD5 * 4),
    ],
)  # fmt: skip
def test_shapes(shape: str, value: str) -> None:
    """Each knows its own form, and not that with a character less."""
    rule = msgspec.convert({"kinds": ["token"], "shapes": [shape]}, Allow)
    assert Allowances([rule])({None}, f"see {value}.", Span("token", 4, 4 + len(value)))
    assert not Allowances([rule])({None}, f"see {value[:-1]}.", Span("token", 4, 3 + len(value)))


# -- what wins over it -----------------------------------------------------------------------------------------------


def test_another_finding_in_the_same_characters_wins() -> None:
    """A cue makes a password of what would stay by its form."""
    assert left(f'focus:"code/x" type:"password: {SHA1}" key:Enter type:"ok" key:Enter', HASHES) == "password: *ok"
    assert left(f'focus:"code/x" type:"x {SHA1} is my password" key:Enter', HASHES) == "x * is my password"


def test_a_part_that_is_another_finding_is_redacted() -> None:
    """An enrolled secret inside of what would stay is whole tokens' worth of secret."""
    assert SHA1[4:14] not in left(f'focus:"code/x" type:"see {SHA1} ok" key:Enter', HASHES, secrets=[SHA1[4:14]])


def test_known_secrets_never_stay() -> None:
    """Neither enrolled ones, nor what was learned in a password field, nor what nearly is one."""
    assert left(f'focus:"code/x" type:"see {SHA1} ok" key:Enter', HASHES, secrets=[SHA1]) == "see * ok"
    field = f'focus:"firefox/x" field:password#p type:"{SHA1}" key:Enter focus:"code/x"'
    assert left(f'{field} type:"see {SHA1} ok" key:Enter', HASHES) == "*see * ok"
    assert left(f'{field} type:"see {SHA1[:-1]}8 ok" key:Enter', HASHES) == "*see * ok"


@pytest.mark.parametrize("field", ["password", "otp", "card"])
def test_nothing_stays_in_a_sensitive_field(field: str) -> None:
    """Whatever it looks like."""
    assert left(f'focus:"code/x" field:{field}#p type:"{SHA1}" key:Enter', HASHES) == "*"


def test_an_answer_to_a_prompt_never_stays() -> None:
    """The line after a command that asks for a password."""
    script = f'focus:"code/x" field:terminal#t type:"sudo ls" key:Enter type:"{SHA1}" key:Enter'
    assert left(script, HASHES) == "sudo ls*"


def test_a_text_over_two_applications_must_be_allowed_in_both() -> None:
    """What was begun in another one is not of this one alone."""
    allows = Allowances([HASHES])
    assert not allows({"code", "slack"}, MD5, Span("hash", 0, 32))
    assert allows({"code", "Code.exe"}, MD5, Span("hash", 0, 32))


# -- laws ------------------------------------------------------------------------------------------------------------


def test_obeys_the_laws() -> None:
    """Round trips, chunk invariance, canaries."""
    events = msgspec.convert(expand(f'focus:"code/x" type:"see {MD5} ok" key:Enter').events, list[Event])
    check_transform(Redact(allow=(HASHES,)), events)


@pytest.mark.parametrize("secret", ["hunter2", "Velvet-Orbit-42", "x9" * 20])
def test_what_is_hidden_beside_it_changes_nothing(secret: str) -> None:
    """G4: outputs are the same bytes whatever secret stands before, after, or is typed and deleted in between."""
    outs = [
        through(
            f'focus:"code/x" type:"a " type:"{typed}" type:" {SHA1} " type:"{typed}" type:" ok" key:Enter', HASHES,
            secrets=[typed],
        )
        for typed in ("hunter2", secret)
    ]  # fmt: skip
    assert [msgspec.json.encode(event) for event in outs[0]] == [msgspec.json.encode(event) for event in outs[1]]


# -- the rule itself -------------------------------------------------------------------------------------------------


def test_kinds_that_need_a_context_or_an_owner_are_never_allowed() -> None:
    """Every kind of credential but two, and those by their shape."""
    for kind in CATEGORY:
        if kind not in ALLOWABLE:
            with pytest.raises(PolicyError, match="never allowed"):
                Allow(kinds=(kind,), shapes=("sha1",))
    assert {kind for kind in ALLOWABLE if CATEGORY[kind] == "credential"} == {"token", "hash"}
    for kind in ("token", "hash"):
        with pytest.raises(PolicyError, match="by shape only"):
            Allow(kinds=(kind,))


def test_more_is_told_from_less() -> None:
    """An application, a kind or a shape more is more; a rule for all of them covers each."""
    one = Allow(app="code", kinds=("ip",))
    for new, old, more in [
        ([], [one], False), ([one], [], True), ([one], [one], False), ([one], [Allow(kinds=("ip",))], False),
        ([Allow(kinds=("ip",))], [one], True), ([Allow(app="code", kinds=("ip", "mac"))], [one], True),
        ([Allow(app="Code.exe", kinds=("ip",), shapes=("uuid",))], [one], False),
        ([one], [Allow(app="code", kinds=("ip",), shapes=("uuid",))], True), ([HASHES], [one], True),
        ([Allow(app="code", kinds=("ip",))], [HASHES, one], False),
    ]:  # fmt: skip
        assert allows_more(new, old) is more
