"""Every detector reads every text that typing may have been, and what it objects to is matched, no less and no more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from reticent.detect.vault import Vault
from reticent.events import Event, KeyDown, Redacted, State
from reticent.testing.dsl import expand
from reticent.text.engine import TextEngine
from reticent.text.holdback import Limits
from reticent.text.span import Knowledge, Span


class Finds:
    """A detector of one pattern."""

    name = "test"

    def __init__(self, kind: str, pattern: str, *, in_context: bool = False) -> None:
        self.kind, self.in_context = kind, in_context
        self.pattern = re.compile(pattern)

    def find(self, text: str, /) -> list[Span]:
        """Its group ``v``, or all of it."""
        group = "v" if "v" in self.pattern.groupindex else 0
        return [Span(self.kind, *match.span(group)) for match in self.pattern.finditer(text)]


class Fails:
    """A detector that cannot cope with a text."""

    name = "broken"

    def find(self, text: str, /) -> list[Span]:
        """Nothing, if there is no ``!``."""
        if "!" in text:
            raise RuntimeError(text)
        return []


def last_word(text: str) -> int:
    """Where the last word begins."""
    return len(text.rstrip()) if text[-1:].isspace() else text.rfind(" ") + 1


def engine(*detectors: Any, secrets: Sequence[str] = (), layouts: Sequence[str] = ("us",)) -> TextEngine:
    """An engine with these detectors only."""
    knowledge = Knowledge(
        detectors, Vault(secrets), lambda _: None, last_word, lambda _: False, lambda _: False, lambda _: False
    )
    return TextEngine(knowledge, layouts, Counter(), Limits())


def left(script: str | Sequence[Event], *detectors: Any, **options: Any) -> str:
    """Characters that leave in the end, with a star for each mark."""
    reader = engine(*detectors, **options)
    reader.push_all(events_of(script) if isinstance(script, str) else script)
    reader.close()
    return "".join(map(_character, reader.out))


def events_of(script: str, **config: Any) -> list[Event]:
    """The events of a script in one window."""
    return msgspec.convert(expand(f'focus:"notes/n" {script}', config).events, list[Event])


def _character(event: Event) -> str:
    if isinstance(event, Redacted):
        return "*"
    return event.key if isinstance(event, KeyDown) and event.key and len(event.key) == 1 else ""


NUMBER = Finds("card", r"\b(?<!\d)\d{6}(?!\d)")
TOKEN = Finds("token", r"\bzz\d\d")


# -- views -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ('type:"a 123456 b"', "a * b"),
        ('type:"a 12356 b" key:ArrowLeft*4 type:4 key:End type:" c"', "a * c"),
        ('type:"a 123456" key:Backspace*6 type:"b"', "a *b"),
        ('type:"456" key:Home type:"a 123"', "*"),
        ('type:"123456x" click:400,9 type:y', "*xy"),
        ('type:"xx 123" focus:"other/o" type:"456 y"', "xx * y"),
        ('ime:"123456"->"b"', "*"),
    ],
)
def test_every_view_is_read(script: str, text: str) -> None:
    """Final, earlier, typed order, typed order over all targets, and what an input method showed."""
    got = left(f"{script} key:Enter", NUMBER)
    assert "*" in got
    assert re.sub(r"\*+", "*", got) == text


class Slow(Finds):
    """A detector that costs milliseconds."""

    whole_segments = True


def test_a_slow_detector_reads_what_stood_on_the_screen() -> None:
    """Now or before, but not the order in which the keys were hit."""
    number = Slow("card", NUMBER.pattern.pattern)
    assert left('type:"a 123456 b" key:Enter', number) == "a * b"
    assert left('type:"a 123456" key:Backspace*6 type:"b" key:Enter', number) == "a *b"
    assert left('type:"123" focus:"other/o" type:"456" key:Enter', number) == "123456"
    assert left('type:"123" focus:"other/o" type:"456" key:Enter', NUMBER) == "**"


def test_typed_order_is_read_glued_and_split() -> None:
    """As in cells of a sheet, where words run together."""
    pattern = Finds("ssn", r"\b\d{3}-\d\d-\d{4}\b")
    script = 'field:grid#1 type:"alice" key:ArrowRight type:"536-22-8145" key:ArrowRight type:"bob" key:Enter'
    assert left(script, pattern) == "alice*bob"
    assert left('type:"bob" key:Home type:"alice " click:1,1 type:"536-22-8145" key:Enter', pattern) == "bobalice *"


def test_letters_under_a_stuck_modifier_are_read() -> None:
    """As if they were text; a single shortcut is none."""
    token = Finds("token", r"\bqq\d\d")
    assert left('type:"a " down:ControlLeft type:"qq12" up:ControlLeft type:" b" key:Enter', token) == "a * b"
    assert left('type:"a " key:Ctrl+G type:" b" key:Enter', TOKEN) == "a g b"


def test_codes_are_read_under_every_layout() -> None:
    """Where the recorder told neither keys nor layout."""
    events = events_of('layout:fr type:"maquis7" key:Enter', strip_key=True)
    bare = [event for event in events if not isinstance(event, State)]
    kept = engine(secrets=["maquis7"], layouts=("us", "fr"))
    kept.push_all(bare)
    kept.close()
    assert sum(isinstance(event, Redacted) for event in kept.out) == 1
    assert [event.code for event in kept.out if isinstance(event, KeyDown)] == ["Enter"]


def test_a_segment_typed_at_an_unknown_place_is_read_everywhere() -> None:
    """But only for what is known to be secret."""
    script = 'type:"say z12" click:300,3 type:"z" key:Enter'
    assert left(script, secrets=["zz12"]) == "say *"
    assert left(script, TOKEN) == "say z12z"


def test_text_that_is_decided_is_context_only() -> None:
    """What has left cannot be matched again."""
    cue = Finds("pin", r"code:\s*(?P<v>\w+)")
    assert left('type:"code:" key:Enter type:"abc def" key:Enter', cue) == "code:* def"
    assert left('type:"123456" key:Enter type:"x" key:Enter', NUMBER) == "*x"


# -- how much ----------------------------------------------------------------------------------------------------------


def test_a_credential_is_widened_to_its_token() -> None:
    """Other data is not: what is glued to it is text."""
    assert left('type:"a zz12tail b" key:Enter', TOKEN) == "a * b"
    assert left('type:"a 123456tail b" key:Enter', Finds("card", r"\d{6}")) == "a *tail b"


def test_parts_of_an_address_are_not_widened() -> None:
    """The rest of a URL stays."""
    pattern = Finds("url_secret", r"key=(?P<v>\w+)")
    assert left('type:"x?key=abc&b=1 c" key:Enter', pattern) == "x?key=*&b=1 c"


def test_text_glued_to_what_was_redacted_goes_with_it() -> None:
    """It had left as the head of something; a blank ends it."""
    assert left('type:"a zz12" pause:130s type:"34 b" key:Enter', TOKEN) == "a * b"
    assert left('type:"a zz12" pause:130s type:" 34" key:Enter', TOKEN) == "a * 34"


def test_slips_of_a_known_secret_are_found_where_they_stood() -> None:
    """Not in typed order, in which words run together."""
    assert left('type:"say huntet2 ok" key:Enter', secrets=["hunter2"]) == "say * ok"
    assert left('type:"2ok" key:Home type:"huntr" key:End key:Enter', secrets=["hunter2x"]) == "2okhuntr"
    assert left('type:"say hunted ok" key:Enter', secrets=["hunter2x"]) == "say hunted ok"


# -- detectors that fail -----------------------------------------------------------------------------------------------


def test_a_detector_that_raises_hides_the_text() -> None:
    """It is counted by its name; other lines are not concerned."""
    reader = engine(Fails())
    reader.push_all(events_of('type:"fine" key:Enter type:"a!" key:Enter*2 type:"fine" key:Enter'))
    reader.close()
    assert [event.category for event in reader.out if isinstance(event, Redacted)] == ["unspecified"]
    assert "".join(map(_character, reader.out)) == "fine*fine"
    assert reader.held._counters["detector_error.broken"] >= 1


# -- what was written how ----------------------------------------------------------------------------------------------


def test_cues_are_heard_only_where_they_were_one_sentence() -> None:
    """Words typed into two applications are not one."""
    cue = Finds("password", r"pass is (?P<v>\w+)", in_context=True)
    assert left('type:"pass is abc ok" key:Enter', cue) == "pass is * ok"
    assert left('type:"pass is " focus:"other/o" type:"abc" key:Enter', cue) == "pass is abc"
    assert left('type:"pass is " focus:"notes/o" type:"abc" key:Enter', cue) == "pass is *"


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ('auto:"abcd"', "*"), ('auto:"abc"', "abc"), ('type:"abcd"', "abcd"),
        ('type:"x " auto:"abcd" type:" y"', "x * y"), ('auto:"ab cd"', "ab cd"),
        ('auto:"ab" pause:400ms auto:"cd"', "abcd"), ('auto:"ab" focus:"b/1" auto:"cd"', "abcd"),
    ],
)  # fmt: skip
def test_four_characters_at_machine_speed_are_a_burst(script: str, text: str) -> None:
    """As password managers type; fewer, or slower, or in two places, are not."""
    assert left(f"{script} key:Enter") == text


def boxes(count: int, text: str = "{}", *, window: bool = False) -> str:
    """A row of boxes, with something typed into each."""
    place = 'focus:"notes/{}" ' if window else ""
    typed = (f'{place.format(at)} field:text#{at} type:"{text.format(at)}"' for at in range(count))
    return " ".join([*typed, "key:Enter"])


def test_four_boxes_of_one_character_are_a_code() -> None:
    """Fewer, or more than one character each, or in several windows, are not."""
    assert left(boxes(4)) == "*"
    assert left(boxes(6)) == "*"
    assert left(boxes(3)) == "012"
    assert left(boxes(4, "{}x")) == "0x1x2x3x"
    assert left(boxes(4, window=True)) == "0123"


def test_boxes_left_by_tab_are_a_code() -> None:
    """The Tab between two of them tells of no more than the change of place."""
    script = " ".join(f'field:text#{at} type:"{at}" key:Tab' for at in range(6))
    reader = engine()
    reader.push_all(events_of(f"{script} field:text#end type:xy key:Enter"))
    reader.close()
    assert "".join(map(_character, reader.out)) == "*xy"
    assert sum(isinstance(event, KeyDown) for event in reader.out) == 3


def test_the_head_of_a_secret_counts_at_the_end_only() -> None:
    """Of three characters; a line that was sent is what it is."""
    assert left('type:"a hun"', secrets=["hunter2"]) == "a *"
    assert left('type:"a hu"', secrets=["hunter2"]) == "a hu"
    assert left('type:"a hun" key:Enter', secrets=["hunter2"]) == "a hun"
