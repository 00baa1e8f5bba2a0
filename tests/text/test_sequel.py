"""After a password the next line is its code, after a name in a sign-in form the password; nothing else is."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from msgspec.structs import replace

from reticent.detect.hints import is_password_prompt, is_sign_in
from reticent.detect.vault import Vault
from reticent.events import Event, Focus, Gap, KeyDown, Redacted, State
from reticent.testing.dsl import expand
from reticent.testing.wellformed import problems
from reticent.text.engine import TextEngine
from reticent.text.holdback import Limits
from reticent.text.span import Knowledge

PASSWORD = 'focus:"firefox/Login" field:password#p type:"zx9Qw!pl" key:Enter'
FORM = 'focus:"firefox/Sign in - Acme" field:unknown#u'


def left(script: str | list[Event]) -> str:
    """Characters that leave where nothing is known but the place, a star for each mark."""
    knowledge = Knowledge(
        (), Vault(), lambda _: None, _last_word, lambda _: False, lambda _: False, lambda _: False,
        is_password_prompt, is_sign_in,
    )  # fmt: skip
    engine = TextEngine(knowledge, ("us",), Counter(), Limits())
    engine.push_all(events_of(script) if isinstance(script, str) else script)
    engine.close()
    assert problems([msgspec.to_builtins(event) for event in engine.out]) == []
    return "".join(map(_character, engine.out))


def events_of(script: str) -> list[Event]:
    """The events of a script."""
    return msgspec.convert(expand(script).events, list[Event])


def _last_word(text: str) -> int:
    return len(text.rstrip()) if text[-1:].isspace() else text.rfind(" ") + 1


def _character(event: Event) -> str:
    if isinstance(event, KeyDown):
        return event.key if event.key and len(event.key) == 1 else ""
    return "*" if isinstance(event, Redacted) else ""


# -- a code after a password -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["4711", "473281", "473 281", "4732-8104", "47328104"])
def test_a_code_after_a_password_is_hidden(code: str) -> None:
    """On the next page, or in the next field (where both are one mark), and once."""
    assert left(f'{PASSWORD} focus:"firefox/Verify" type:"{code}" key:Enter type:"{code}" key:Enter') == f"**{code}"
    assert left(f'{PASSWORD} field:text#o type:"{code}" focus:"firefox/Home" type:"ok" key:Enter') == "*ok"


@pytest.mark.parametrize("text", ["473", "473281047", "47 32", "471a", "4711 x", "hello", "3.141", "12/24"])
def test_what_is_no_code_stays(text: str) -> None:
    """And ends the expectation."""
    assert left(f'{PASSWORD} focus:"firefox/x" type:"{text}" key:Enter type:"4711" key:Enter') == f"*{text}4711"


@pytest.mark.parametrize(
    "typed",
    [
        'type:"4712" key:Backspace type:"1"', 'type:"4711 " key:Backspace', 'type:"47" pause:15s type:"11"',
        'type:"4711" pause:200s', 'paste:"4711"', 'type:"9999" key:Ctrl+A type:"4711"', 'input:"4711"',
    ],
)  # fmt: skip
def test_however_it_is_entered(typed: str) -> None:
    """Its typos go with it, and no barrier splits it."""
    assert left(f'{PASSWORD} focus:"firefox/x" {typed} key:Enter type:"ok" key:Enter') == "**ok"


def test_only_soon_and_in_the_same_application() -> None:
    """Looking the code up elsewhere is no end of it."""
    assert left(f'{PASSWORD} focus:"mail/x" type:"4711" key:Enter') == "*4711"
    assert left(f'{PASSWORD} focus:"mail/x" type:"code" key:Enter focus:"firefox/y" type:"4711" key:Enter') == "*code*"
    nameless = [
        replace(event, app=None) if isinstance(event, Focus) else event
        for event in events_of(f'{PASSWORD} focus:"/x" type:"code" key:Enter focus:"/y" type:"4711" key:Enter')
    ]
    assert left(nameless) == "*code*"
    late = 'focus:"firefox/y" pause:150s type:"4711" key:Enter'
    assert left(f"{PASSWORD} {late}") == "*4711"


def test_a_field_that_a_program_filled_in_is_a_password_too() -> None:
    """Nothing was typed; a code follows all the same. None follows a code or a card."""
    script = 'focus:"firefox/x" field:{}#p {} field:text#t type:"4711" key:Enter'
    assert left(script.format("password", "")) == "*"
    for kind in ("otp", "card"):
        assert left(script.format(kind, 'type:"9081" key:Tab')) == "*4711"


def test_an_answer_to_a_prompt_is_a_password() -> None:
    """A terminal may ask for a code as well."""
    script = 'focus:"terminal/b" field:terminal#t echo:off type:"zx9Qw" key:Enter echo:on type:"{}" key:Enter'
    assert left(script.format("473281")) == "*"
    assert left(script.format("ls")) == "*ls"


def test_keys_that_were_not_seen_may_have_been_a_password() -> None:
    """Behind a gate, or while the system kept them from the recorder."""
    typed = events_of('focus:"firefox/x" type:"ok" key:Enter type:"4711" key:Enter')
    at = next(at for at, event in enumerate(typed) if isinstance(event, KeyDown) and event.key == "4")
    time_us = typed[at].time_us
    paused = [State(time_us=time_us, recording=False), State(time_us=time_us, recording=True)]
    for unseen, expected in {(Gap(time_us=time_us),): "ok*", tuple(paused): "ok*", (paused[1],): "ok4711"}.items():
        assert left([*typed[:at], *unseen, *typed[at:]]) == expected


# -- a password after a name -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        'type:"bob" key:Tab type:"corr horse" key:Enter', 'type:"bob" key:Enter type:"corr horse" key:Enter',
        'type:"bob" key:Tab type:"corx" key:Backspace type:"r horse" key:Enter',
        'type:"bob" key:Tab type:"corr" pause:15s type:" horse" pause:300s key:Enter',
        'type:"bob" field:unknown#v type:"corr horse" key:Enter', 'type:"bob" key:Tab paste:"corr" key:Enter',
        'type:"bob" focus:"slack/x" focus:"firefox/Sign in - Acme" field:unknown#v type:"corr" key:Enter',
    ],
)  # fmt: skip
def test_a_password_after_a_name_is_hidden(typed: str) -> None:
    """Where the window is a sign-in form, and nobody says what its fields are."""
    assert left(f'{FORM} {typed} focus:"firefox/Home" type:"ok" key:Enter') == "bob*ok"


def test_it_is_learned() -> None:
    """And so found wherever it is typed later."""
    home = 'focus:"slack/x" type:"use corrhorse99 now" key:Enter'
    assert left(f'{FORM} type:"bob" key:Tab type:"corrhorse99" key:Enter {home}') == "bob*use * now"


def test_a_second_attempt_is_hidden_too() -> None:
    """A name, its password, and both again; then a code."""
    attempt = 'type:"bob" key:Tab type:"corrhorse" key:Enter'
    assert left(f"{FORM} {attempt} {attempt}") == "bob*bob*"
    assert left(f'{FORM} {attempt} focus:"firefox/Check" type:"4711" key:Enter') == "bob**"


@pytest.mark.parametrize(
    "place",
    [
        'focus:"firefox/Sign in" field:text#u',
        'focus:"firefox/Sign in" field:search#u',
        'focus:"firefox/How to sign in" field:unknown#u',
    ],
)
def test_elsewhere_the_second_line_is_ordinary(place: str) -> None:
    """Where a field is known to be another, or the window no form."""
    assert left(f'{place} type:"bob" key:Tab type:"corr" key:Enter') == "bobcorr"


def test_words_are_no_name() -> None:
    """What has blanks in it is a search or a sentence."""
    assert left(f'{FORM} type:"reset my mail" key:Enter type:"corr" key:Tab') == "reset my mailcorr"


def test_a_program_that_asks_for_passwords_is_a_password_field() -> None:
    """Whatever the recorder calls what is in it."""
    assert left('focus:"pinentry-gtk-2/x" type:"corr" key:Enter focus:"notes/x" type:"ok" key:Enter') == "*ok"
