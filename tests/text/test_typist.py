"""Presses, input events, compositions and pastes become the text they made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import pytest
from msgspec.structs import replace

from reticent.detect.pending import hard_tail, idle_tail
from reticent.detect.secrets import pem_closes, pem_opens
from reticent.detect.shell import latches
from reticent.detect.vault import Vault
from reticent.detect.working_set import working_set
from reticent.events import (
    Clipboard,
    CompositionEnd,
    CompositionStart,
    CompositionUpdate,
    Event,
    Focus,
    Input,
    KeyDown,
    KeyUp,
    PointerDown,
    Redacted,
)
from reticent.testing.dsl import expand
from reticent.testing.run import filter_events
from reticent.testing.wellformed import problems
from reticent.text.engine import TextEngine
from reticent.text.holdback import Limits
from reticent.text.span import Knowledge

SECRETS = ("hunter2",)


def through(events: str | Sequence[Event], *, scrubbed: bool = False) -> list[Event]:
    """What leaves; it is always well formed."""
    knowledge = Knowledge(working_set(("US",)), Vault(SECRETS), hard_tail, idle_tail, latches, pem_opens, pem_closes)
    engine = TextEngine(knowledge, ("us",), Counter(), Limits(), scrubbed=scrubbed)
    engine.push_all(events_of(events) if isinstance(events, str) else events)
    engine.close()
    out = engine.out
    assert problems([msgspec.to_builtins(event) for event in out]) == []
    return out


def events_of(script: str, place: str = 'focus:"notes/n"') -> list[Event]:
    """The events of a script in one window."""
    return msgspec.convert(expand(f"{place} {script}").events, list[Event])


def left(script: str | Sequence[Event], *, scrubbed: bool = False) -> str:
    """Characters that leave, a star for each mark."""
    return "".join(map(_character, through(script, scrubbed=scrubbed)))


def _character(event: Event) -> str:
    if isinstance(event, Redacted):
        return "*"
    if isinstance(event, Input | CompositionEnd):
        return event.data or ""
    if not isinstance(event, KeyDown) or {"Control", "Meta"} & set(event.modifiers):
        return ""
    return event.key if event.key and len(event.key) == 1 else "\n" if event.key == "Enter" else ""


# -- strokes ---------------------------------------------------------------------------------------------------------


def test_what_was_cut_and_pasted_goes_with_what_it_was() -> None:
    """Both the text that was cut and the stroke that pasted it."""
    script = 'type:"ter2" key:Ctrl+A key:Ctrl+X type:"some other words here, hun" key:Ctrl+V key:Enter'
    assert left(script) == "*some other words here, *\n"


def test_a_repeated_key_types_again() -> None:
    """Whether repeats have releases between them, as on X11 (a card number here), or not."""
    four = [KeyDown(time_us=-2, code="Digit4", key="4"), KeyUp(time_us=-1, code="Digit4", key="4")]
    enter = KeyDown(time_us=900_000, code="Enter", key="Enter")
    pairs = [kind(time_us=at * 40_000, code="Digit1", key="1") for at in range(15) for kind in (KeyDown, KeyUp)]
    held = [KeyDown(time_us=at * 40_000, code="Digit1", key="1", repeat=at > 0) for at in range(15)]
    lost = [KeyDown(time_us=at * 40_000, code="Digit1", key="1") for at in range(15)]
    for ones in (pairs, held, lost):
        assert left([Focus(time_us=-3, field="text"), *four, *ones, enter]) == "*\n"
        assert left([Focus(time_us=-3, field="text"), *ones, enter]) == "1" * 15 + "\n"


def test_dead_keys_alt_codes_and_input_events_belong_to_their_character() -> None:
    """They go with it, or stay with it."""
    mail = "karl{}@example.com"
    for verb in ('dead:"´" type:"e"', "altcode:0233", 'input:"é"'):
        head, tail = mail.split("{}")
        out = through(f'type:"x {head}" {verb} type:"{tail}" key:Enter')
        assert "".join(map(_character, out)) == "x *\n"
        assert len(out) == len(through('type:"x karl@example.com" key:Enter'))
        assert len(through(f"{verb} key:Enter")) == len(events_of(f"{verb} key:Enter"))


def test_control_and_alt_are_altgr() -> None:
    """On Windows; what they type is text."""
    assert left('layout:de opt:altgr=ctrlalt type:"karl@example.com ok" key:Enter') == "* ok\n"


def test_readline_editing_in_a_terminal() -> None:
    """Kill, yank and transposition."""
    yanked = 'type:"hunter2 x" key:Home key:Ctrl+K key:Ctrl+Y'
    for script in (yanked, 'type:"hunte2r" key:Ctrl+T', 'type:"x hunter2" key:Ctrl+W'):
        text = left(f'field:terminal#t type:"ls" key:Enter {script} key:Enter type:"cd" key:Enter')
        assert text.startswith("ls\n")
        assert "unte" not in text
        assert "*" in text
        assert text.endswith("cd\n")


def test_an_unknown_input_type_is_redacted() -> None:
    """Nobody knows what it did; its name may be anything."""
    event = Input(time_us=10**9, input_type="hunter2", data="x")
    assert left([*events_of('type:"a" key:Enter'), event]) == "a\n*"


# -- payloads --------------------------------------------------------------------------------------------------------


def test_payloads_stay_behind() -> None:
    """Pasted and dropped text is an operation only, unless it is scrubbed further on."""
    events = events_of('paste:"some words" dnd:"more words" key:Enter')
    data = [event.data for event in through(events) if isinstance(event, Clipboard | Input)]
    assert data == [None, None]
    data = [event.data for event in through(events, scrubbed=True) if isinstance(event, Clipboard | Input)]
    assert data == ["some words", "more words"]


def test_a_scrubbed_payload_stays_though_a_secret_is_in_it() -> None:
    """The scrubber sees to it; typed text that joins with it is still hidden."""
    out = through('paste:"x hunter2 y" key:Enter', scrubbed=True)
    assert not any(isinstance(event, Redacted) for event in out)
    assert "*" in left('paste:"x hun" type:"ter2" key:Enter', scrubbed=True)


def test_what_a_key_did_is_not_done_again_by_its_input_event() -> None:
    """Browsers tell of both."""
    events: list[Event] = []
    for event in events_of('type:"karl@example.com" key:Backspace*16 type:" b" key:Enter'):
        events.append(event)
        if isinstance(event, KeyDown) and event.key:
            kinds = {"Backspace": "deleteContentBackward", "Enter": "insertLineBreak"}
            data = event.key if len(event.key) == 1 else None
            if data or event.key in kinds:
                kind = kinds.get(event.key, "insertText")
                events.append(Input(time_us=event.time_us, input_type=kind, data=data))
    out = through(events)
    assert "".join(map(_character, out)) == "*  bb\n"
    kept = [event.input_type for event in out if isinstance(event, Input)]
    assert kept == ["insertText", "insertText", "insertLineBreak"]


@pytest.mark.parametrize("layouts", [["fr"], ["us", "fr"]])
def test_dead_keys_in_a_stream_of_codes(layouts: list[str]) -> None:
    """Codes alone, a circumflex key before an e: read under each layout, so that an enrolled word is found."""
    codes = ("KeyC", "KeyR", "BracketLeft", "KeyE", "KeyP", "KeyE", "Space", "KeyO", "Enter")
    records = [
        {"type": kind, "time_us": 120_000 * at + delay_us, "code": code}
        for at, code in enumerate(codes)
        for kind, delay_us in (("keydown", 0), ("keyup", 50_000))
    ]
    out = filter_events(records, {"layouts": layouts, "known_secrets": ["crêpe"]})
    assert [row.get("code", row["type"]) for row in out if row["type"] != "keyup"] == [
        "redacted", "Space", "KeyO", "Enter",
    ]  # fmt: skip


def test_transposition_in_mid_line() -> None:
    """^T swaps the characters on both sides of the caret, and what that makes is examined."""
    script = 'focus:"t/b" field:terminal#t type:"echo zqk4x" key:ArrowLeft*2 key:Ctrl+T key:End type:" ok" key:Enter'
    out = filter_events(expand(script).events, {"known_secrets": ["zq4kx"]})
    assert [row["category"] for row in out if row["type"] == "redacted"] == ["credential"]


def test_labels_and_payloads_do_not_show_what_was_learned() -> None:
    """Once typed into a password field, a value leaves in no address, title or pasted text, in whatever batches."""
    script = (
        'focus:"firefox/L" field:password type:"blue4kettle" key:Enter url:"https://blue4kettle.com/x" '
        'focus:"notes/n" paste:"see blue4kettle now" type:"ok" key:Enter'
    )
    outputs = [filter_events(expand(script).events, {"clipboard": "scrub"}, chunk=chunk) for chunk in (1, 7, None)]
    assert outputs[0] == outputs[1] == outputs[2]
    assert "blue4kettle" not in str(outputs[0])
    assert [row["data"] for row in outputs[0] if row["type"] == "clipboard"] == ["see [credential] now"]


def texts(*data: str, kind: str = "insertText", app: str = "xterm") -> list[Event]:
    """Text events, a tenth of a second apart."""
    said = [Input(time_us=10**9 + at * 100_000, input_type=kind, data=text) for at, text in enumerate(data, 1)]
    return [Focus(time_us=10**9, app=app, window="w", element="e", field="text"), *said]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_break_in_typed_text_ends_the_line(end: str) -> None:
    """As Enter does: what stands before it leaves, also where the stream breaks off, and what follows may answer it."""
    engine_in = texts("one" + end, "half")
    assert [event.data for event in filtered(engine_in) if isinstance(event, Input)] == ["one" + end]
    for asked in (["sudo -s", end], ["sudo -s" + end], ["su", "do -s" + end]):
        assert left(texts(*asked, "Xk2m", "mN9a" + end, "ls" + end)).endswith(f"*ls{end}")


def filtered(events: list[Event]) -> list[Event]:
    """What has left before the stream ends."""
    knowledge = Knowledge(working_set(("US",)), Vault(SECRETS), hard_tail, idle_tail, latches, pem_opens, pem_closes)
    engine = TextEngine(knowledge, ("us",), Counter(), Limits())
    engine.push_all(events)
    return engine.out


@pytest.mark.parametrize("kind", ["insertText", "insertFromPaste"])
@pytest.mark.parametrize(
    "data",
    [["sudo -s\nXk2mmN9a\n"], ["cd\nsudo -s\nXk2mmN9a\nls\n"], ["sudo -s\nXk2m", "mN9a\n"], ["sudo ", "-s\nXk2mmN9a"]],
)
def test_lines_of_one_text_answer_each_other(data: list[str], kind: str) -> None:
    """A password that stands in the text right after the command that asks for it."""
    kept = left(texts(*data, kind=kind), scrubbed=True)
    assert "Xk2m" not in kept
    assert "mN9a" not in kept
    harmless = [text.replace("sudo", "echo") for text in data]
    assert left(texts(*harmless, kind=kind), scrubbed=True) == "".join(harmless)


def test_a_value_that_grows_is_typed() -> None:
    """Whole values show what changed: a secret hides all events in which it grew, and none that say the rest."""
    typed = "my word is hunter2 and more"
    values = [typed[: stop + 1] for stop in range(len(typed))]
    kept = [event for event in through(texts(*values, kind="autofill")) if isinstance(event, Input)]
    assert len(kept) == len(typed) - len("hunter2")
    scrubbed = left(texts(*values, kind="autofill"), scrubbed=True)
    assert scrubbed == "m*"


def test_focus_is_stolen_step_by_step() -> None:
    """A window comes to the front and then its field: the rest of the word belongs to the password field still."""
    events = texts("Xk2m", app="a")
    password = Focus(time_us=10**9, app="a", window="w", element="p", field="password")
    taken = [replace(event, time_us=event.time_us + 10**6) for event in texts("mN9a", " ", "yo", app="chat")]
    window = Focus(time_us=taken[0].time_us, app="chat", window="w")
    assert left([password, *events[1:], window, *taken]) == "** yo"
    clicked = PointerDown(time_us=taken[0].time_us, x=1, y=1, button="left")
    assert left([password, *events[1:], clicked, window, *taken]) == "*mN9a yo"


def test_a_composition_that_outlives_a_decision_begins_anew() -> None:
    """What it shows afterwards is not part of what has been decided."""
    start, late = 10**9, 10**9 + 200_000_000
    began = [Focus(time_us=start, app="notes"), CompositionStart(time_us=start, data="")]
    typed = Input(time_us=start + 1, input_type="insertText", data="h")
    shown = [CompositionUpdate(time_us=late, data="hunter2"), CompositionEnd(time_us=late + 1, data="hunter2")]
    for between in ([typed], [], [typed, replace(typed, time_us=late, data="x\n")]):
        assert "hunter2" not in msgspec.json.encode(through([*began, *between, *shown])).decode()


@pytest.mark.parametrize(("pressed", "let_go"), [("H", "h"), ("@", "2"), ("h", "H")])
def test_a_key_is_let_go_at_another_level(pressed: str, let_go: str) -> None:
    """Where the recorder tells characters only, and Shift went up first; a second press is no repeat."""
    strokes = [
        KeyDown(time_us=10**9, key="Shift"),
        KeyDown(time_us=10**9 + 1, key=pressed),
        KeyUp(time_us=10**9 + 2, key="Shift"),
        KeyUp(time_us=10**9 + 3, key=let_go),
    ]
    again = [replace(event, time_us=event.time_us + 10**6) for event in strokes]
    kept = [event for event in through([*strokes, *again]) if isinstance(event, KeyDown | KeyUp)]
    assert [event.key for event in kept] == ["Shift", pressed, "Shift", pressed] * 2
    assert not any(event.repeat for event in kept if isinstance(event, KeyDown))
