"""What an event means for the text, and what is known before any text is read: fields, latches, gates, keypads."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

import msgspec
import pytest

from reticent.detect.pending import hard_tail, idle_tail
from reticent.detect.secrets import pem_closes, pem_opens
from reticent.detect.shell import latches
from reticent.detect.vault import Vault
from reticent.detect.working_set import working_set
from reticent.events import (
    CompositionEnd,
    Discontinuity,
    Event,
    Gap,
    Header,
    Input,
    KeyDown,
    KeyUp,
    PointerMove,
    Redacted,
    SelectionChange,
    State,
    Tick,
    Wheel,
)
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand
from reticent.testing.wellformed import problems
from reticent.text.engine import TextEngine
from reticent.text.holdback import Limits
from reticent.text.span import Knowledge

SECRETS = ("hunter2", "correct horse battery staple")


def through(
    events: str | Sequence[Event], *, mac: bool = False, scrubbed: bool = False, hide: bool = False
) -> list[Event]:
    """What leaves; it is always well formed."""
    knowledge = Knowledge(working_set(("US",)), Vault(SECRETS), hard_tail, idle_tail, latches, pem_opens, pem_closes)
    engine = TextEngine(knowledge, ("us",), Counter(), Limits(), mac=mac, scrubbed=scrubbed, hide_unknown=hide)
    engine.push_all(events_of(events) if isinstance(events, str) else events)
    engine.close()
    out = engine.out
    assert problems([msgspec.to_builtins(event) for event in out if not isinstance(event, Header)]) == []
    return out


def events_of(script: str, place: str = 'focus:"notes/n"') -> list[Event]:
    """The events of a script in one window."""
    return msgspec.convert(expand(f"{place} {script}").events, list[Event])


def left(script: str | Sequence[Event], **options: bool) -> str:
    """Characters that leave, a star for each mark, a dash for each gap."""
    return "".join(map(_character, through(script, **options)))


def _character(event: Event) -> str:
    if isinstance(event, Redacted | Gap):
        return "*" if isinstance(event, Redacted) else "-"
    if isinstance(event, Input | CompositionEnd):
        return event.data or ""
    if not isinstance(event, KeyDown) or {"Control", "Meta"} & set(event.modifiers):
        return ""
    return event.key if event.key and len(event.key) == 1 else "\n" if event.key == "Enter" else ""


# -- editing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        'type:"hunter2"',
        'type:"huntre2" key:Backspace*3 type:"er2"',
        'type:"hunxter2" key:ArrowLeft*4 key:Backspace key:End',
        'type:"hunxter2" key:ArrowLeft*5 key:Delete key:End',
        'type:"unter2" key:Home type:"h" key:End',
        'type:"ter2" key:ArrowLeft*4 type:"hun"',
        'type:"hunxxer2" key:ArrowLeft*3 key:Shift+ArrowLeft*2 type:"t"',
        'type:"hunxer2" key:ArrowLeft*4 key:Insert type:"t" key:Insert key:End',
        'type:"hunter2x" key:Backspace',
        'type:"hunter2" key:Backspace*7',
        'type:"hunter2" key:Ctrl+Backspace',
        'type:"hunter2" key:Ctrl+A key:Delete',
        'type:"hunter2" key:Ctrl+A type:"x" key:Backspace',
        'type:"hunter2" key:Ctrl+Z',
        'type:"ter2" click:300,5 type:"hun"',
        'type:"hter2" click:300,5 caret:1 type:"un"',
        'type:"ter2" key:ArrowUp type:"hun"',
        'roll:"hunter2"',
        'type:"hun" pause:15s type:"ter2"',
        'type:"hunte" hold:KeyR,440ms key:Backspace type:"2"',
        'down:CapsLock up:CapsLock type:"hunter2" down:CapsLock up:CapsLock',
        'type:"hun" device:kbd2 type:"ter2"',
        'type:"hun" focus:"notes/n" type:"ter2"',
        'paste:"hunter2"',
        'paste:"hun" type:"ter2"',
        'menupaste:"hunter2"',
        'dnd:"hunter2"',
        'fill:"hunter2"',
        'complete:"hunter2"',
        'type:"huntre2" replace:"huntre2"->"hunter2"',
        'ime:"hunter"->"hunter" type:"2"',
        'ime:"hunter2"->"你"',
        'input:"hunter2"',
        'auto:"hunter2"',
        'down:MetaLeft type:"hunter2" up:MetaLeft',
        'type:"hunte" altcode:114 type:"2"',
        'type:"correct horse battery staple"',
        'type:"\uff48\uff55\uff4e\uff54\uff45\uff52\uff12"',
        'type:"hun\u200bter2"',
    ],
)
def test_a_secret_is_found_however_it_came_about(script: str) -> None:
    """And the text around it stays."""
    out = through(f'type:"ab" key:Enter {script} key:Enter type:"cd" key:Enter')
    assert sum(isinstance(event, Redacted) for event in out) == 1
    assert find_leaks([msgspec.to_builtins(event) for event in out], SECRETS) == []
    text = "".join(map(_character, out))
    assert text.startswith("ab\n*")
    assert text.endswith("cd\n")


def test_word_deletes_spare_their_other_victims() -> None:
    """A stroke that removed clean text and a secret must not drag all the text into the hull."""
    assert left('type:"keep this hunter2" key:Ctrl+Backspace*2 type:"that" key:Enter').startswith("keep ")
    assert left('type:"keep this hunter2" key:Ctrl+Backspace*2 type:"that" key:Enter').endswith("*that\n")


def test_strokes_over_what_has_left_are_redacted_whenever_they_come() -> None:
    """Their number would tell its length."""
    for late in ("key:Backspace*9", "key:ArrowLeft*9"):
        out = through(f'type:"a hunter2 " pause:15s tick type:x pause:150s tick {late} key:Enter')
        presses = [event.key for event in out if isinstance(event, KeyDown)]
        assert presses.count("Backspace") + presses.count("ArrowLeft") <= 2


def test_reports_of_the_caret_never_leave() -> None:
    """Offsets behind a hull show its width."""
    out = through('type:"a hunter2" caret:9 selection:1,2 key:Enter')
    assert not any(isinstance(event, SelectionChange) for event in out)


# -- fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["password", "otp", "card"])
def test_sensitive_fields_are_one_mark(kind: str) -> None:
    """Whatever is done in them: keys, pointer, clipboard, Enter."""
    out = through(f'field:{kind}#p type:"abc" move:5,5 click:5,5 key:Backspace paste:"x" ime:"a"->"b" key:Enter')
    category = "financial" if kind == "card" else "credential"
    assert [event.category for event in out if isinstance(event, Redacted)] == [category]
    assert [type(event).__name__ for event in out] == ["Focus", "Focus", "Redacted"]


def test_a_sensitive_field_stays_one() -> None:
    """A button that shows the password makes it a text field."""
    assert left('field:password#p type:"abc" key:Tab click:300,4 field:text#p type:"def" key:Enter') == "*"


def test_a_field_that_turns_out_to_be_sensitive_hides_what_waits() -> None:
    """Some pages say so late."""
    assert left('field:text#p type:"abc" field:password#p type:"def" key:Enter').endswith("*")
    assert "a" not in left('field:text#p type:"abc" field:password#p type:"def" key:Enter')


def test_unknown_fields_may_be_hidden() -> None:
    """Where the policy says so."""
    assert left("field:unknown#u type:abc key:Enter") == "abc\n"
    assert left("field:unknown#u type:abc key:Enter", hide=True) == "*"


@pytest.mark.parametrize("hidden_s", [1, 5, 12])
def test_the_time_spent_in_a_password_field_never_shows(hidden_s: int) -> None:
    """Neither where a key nor where a pointer event follows the change of place."""
    shapes = set()
    for follow in ("type:ab key:Enter", "move:3,3 move:4,4", "click:400,4"):
        script = f"field:password#p type:xy pause:{hidden_s}s click:9,9 field:text#t pause:100ms {follow}"
        out = through(script)
        at = next(at for at, event in enumerate(out) if isinstance(event, Redacted))
        shapes.add(out[at + 1].time_us - out[at].time_us)
        assert not any(isinstance(event, KeyDown) and event.key in ("x", "y") for event in out)
    assert shapes == {15_000_000}


def test_stolen_focus_hides_the_next_token() -> None:
    """A page that moves the focus gets the rest of the password; a click or a key moves it on purpose."""
    assert left('field:password#p type:"abc" field:text#t type:"def ok" key:Enter') == "*ok\n"
    assert left('field:password#p type:"abc" pause:3s field:text#t type:"def ok" key:Enter') == "*def ok\n"
    assert left('field:password#p type:"abc" click:9,9 field:text#t type:"def ok" key:Enter') == "*def ok\n"
    assert left('field:password#p type:"abc" key:Tab field:text#t type:"def ok" key:Enter') == "*def ok\n"


def test_buttons_of_one_character_are_a_keypad() -> None:
    """Clicks on them, and moves between them, are text."""
    out = through('move:1,1 button:"1" move:2,2 button:"2" button:"OK" move:3,3')
    assert [event.x for event in out if isinstance(event, PointerMove)] == [1, 3]
    assert sum(isinstance(event, Redacted) for event in out) == 1
    wheel = Wheel(time_us=10**10, x=1, y=1)
    assert not any(isinstance(event, Wheel) for event in through([*events_of('button:"1"'), wheel]))


# -- the world -------------------------------------------------------------------------------------------------------


def test_a_gap_decides_and_lifts_everything() -> None:
    """The caret behind it is anywhere."""
    events = [*events_of('type:"a hun" down:KeyX'), Gap(time_us=10**10), *events_of("type:b key:Enter", "pause:10000s")]
    out = through(events)
    assert "".join(map(_character, out)).endswith("-b\n")
    gap = next(at for at, event in enumerate(out) if isinstance(event, Gap))
    assert not {event.key for event in out[:gap] if isinstance(event, KeyUp)} ^ {
        event.key for event in out[:gap] if isinstance(event, KeyDown)
    }


def test_a_discontinuity_is_never_told_and_loses_the_caret() -> None:
    """What was typed on both sides of it may join."""
    middle = Discontinuity(time_us=10**9)
    assert left([*events_of("type:ter2"), middle, *events_of("type:hun key:Enter", "pause:9s")]) == "*\n"
    assert not any(isinstance(event, Discontinuity) for event in through([middle]))


def test_of_the_state_of_the_world_only_a_known_layout_is_told() -> None:
    """Anything else could hold anything."""
    known = State(time_us=0, layout="fr", wall_time="2025-01-01")
    assert through([known, State(time_us=1, layout="hunter2"), State(time_us=2)]) == [State(time_us=0, layout="fr")]


def test_consent_that_is_withdrawn_forgets_what_was_copied() -> None:
    """But not what makes a place sensitive."""
    script = "field:password#p type:x key:Tab consent:off consent:on type:abc key:Tab click:9,9 field:text#t type:ok"
    assert left(script).replace("-", "").replace("**", "*") == "*ok"


def test_command_keys_of_a_mac() -> None:
    """Command and Backspace clears the line, and the text that was there is found."""
    assert left('type:"hunter2" key:Meta+Backspace type:"ok" key:Enter', mac=True) == "*ok\n"


def test_output_that_is_filtered_again_keeps_its_marks() -> None:
    """They lose their targets, and say nothing new."""
    first = through('type:"a hunter2 b" key:Enter')
    again = through(first)
    assert "".join(map(_character, again)) == "a * b\n"
    header = Header(time_us=0, version="1", policy="p", policy_sha256="s")
    assert through([header, *first]) == again


# -- little at a time ------------------------------------------------------------------------------------------------


def hasty(events: Sequence[Event]) -> tuple[TextEngine, list[int]]:
    """An engine without patience, and how many rows had left after each event."""
    knowledge = Knowledge(working_set(("US",)), Vault(SECRETS), hard_tail, idle_tail, latches, pem_opens, pem_closes)
    engine = TextEngine(knowledge, ("us",), Counter(), Limits())
    counts = []
    for event in events:
        engine.push_patiently(event, 0)
        counts.append(len(engine.out))
    return engine, counts


def test_a_line_leaves_little_by_little() -> None:
    """Each event does one piece, and takes its own turn after those before it."""
    script = 'type:"the quick brown fox jumps over hunter2 the lazy dog" key:Enter type:"and on it goes for a while"'
    engine, counts = hasty(events_of(script + ' type:" and so on"*9'))
    steps = [count - before for before, count in itertools.pairwise(counts)]
    assert 3 < max(steps) < 60
    assert sum(step > 1 for step in steps) > 3
    engine.close()
    assert engine.out == through(script + ' type:" and so on"*9')


def test_a_tick_finishes_what_was_put_off() -> None:
    """In silence nobody waits."""
    engine, counts = hasty(events_of('type:"the quick brown fox jumps" key:Enter'))
    assert engine.is_behind
    assert counts[-1] < 5
    engine.push_patiently(Tick(time_us=engine.held.now_us + 1), 0)
    assert not engine.is_behind
    assert len(engine.out) > 50
