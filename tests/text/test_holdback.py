"""Rows wait, in order, until what they belong to is decided; no bound ever releases what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import pytest

from reticent.detect.contact import EmailAddresses
from reticent.detect.financial import CardNumbers
from reticent.detect.pending import hard_tail, idle_tail
from reticent.detect.secrets import pem_closes, pem_opens
from reticent.detect.shell import latches
from reticent.detect.vault import Vault
from reticent.events import Event, Focus, KeyDown, PointerDown, PointerMove, Redacted, Tick
from reticent.testing.dsl import expand
from reticent.testing.wellformed import problems
from reticent.text.engine import TextEngine
from reticent.text.holdback import Limits
from reticent.text.span import Knowledge

SECOND_US = 1_000_000


class Run:
    """One stream, on which time can be watched."""

    def __init__(self, **limits: int) -> None:
        self.counters: Counter[str] = Counter()
        vault = Vault(["hunter2"])
        detectors = (EmailAddresses(), CardNumbers())
        knowledge = Knowledge(detectors, vault, hard_tail, idle_tail, latches, pem_opens, pem_closes)
        self.engine = TextEngine(knowledge, ("us",), self.counters, Limits(**limits))
        self.held = self.engine.held
        self.last_us = 0

    def take(self, script: str, *, later_s: float = 0) -> Run:
        """The events of a script, some time after the last; all times of a script are its own."""
        self.push([_later(event, self.last_us + int(later_s * SECOND_US)) for event in events_of(script)])
        return self

    def push(self, events: Sequence[Event]) -> None:
        """Events as they are."""
        for event in events:
            self.engine.push(event)
            self.last_us = event.time_us

    def wait(self, seconds: float) -> Run:
        """A tick, some time after the last event."""
        self.push([Tick(time_us=self.last_us + int(seconds * SECOND_US))])
        return self

    def close(self) -> Run:
        """The end."""
        self.engine.close()
        assert problems([msgspec.to_builtins(event) for event in self.engine.out]) == []
        return self

    @property
    def text(self) -> str:
        """Characters that have left, with a star for each mark."""
        return "".join(map(_character, self.engine.out))


def events_of(script: str) -> list[Event]:
    """The events of a script, from 0 on."""
    events = msgspec.convert(expand(script).events, list[Event])
    return [_later(event, -events[0].time_us) for event in events]


def _later(event: Event, by_us: int) -> Event:
    return msgspec.structs.replace(event, time_us=event.time_us + by_us)


def _character(event: Event) -> str:
    if isinstance(event, Redacted):
        return "*"
    return event.key if isinstance(event, KeyDown) and event.key and len(event.key) == 1 else ""


def kinds(run: Run) -> str:
    """The first letters of what has left: Focus, KeyDown, KeyUp, PointerMove, PointerDown, Redacted."""
    return "".join(type(event).__name__[0] for event in run.engine.out)


# -- barriers --------------------------------------------------------------------------------------------------------


def test_nothing_leaves_before_its_line_is_decided() -> None:
    """Then all of it does."""
    run = Run().take("type:some")
    assert run.engine.out == []
    run.take("key:Enter")
    assert run.text == "some"


def test_idle_keeps_the_trailing_token() -> None:
    """It may be the head of something; its age decides that."""
    run = Run().take('type:"two words"').wait(9.8)
    assert run.text == ""
    assert run.wait(0.5).text == "two "
    assert run.wait(100).text == "two "
    assert run.wait(10).text == "two words"


def test_idle_keeps_what_may_be_the_head_of_an_enrolled_secret() -> None:
    """Blanks in it or not, and wherever it began."""
    run = Run().take('type:"say hunt"').wait(11)
    assert run.text == "say "
    assert run.take('type:"er2 ok" key:Enter').text == "say * ok"


def test_idle_keeps_the_head_of_an_identifier() -> None:
    """Groups of digits are one."""
    run = Run().take('type:"pay 4111 1111 "').wait(11)
    assert run.text == "pay "
    assert run.take('type:"1111 1111 now" key:Enter').text == "pay * now"


def test_a_token_that_ends_left_of_the_caret_is_kept_to_its_end() -> None:
    """The trailing token is the one at the caret."""
    run = Run().take('type:"one two" key:ArrowLeft*2').wait(11)
    assert run.text == "one "


def test_age_decides_as_the_end_does() -> None:
    """The head of an enrolled secret counts as one; what comes glued to it later goes with it."""
    run = Run().take('type:"say hunt"').wait(121)
    assert run.text == "say *"
    assert run.take('type:"er2 ok" key:Enter').text == "say * ok"
    assert Run().take('type:"say hunt" key:Enter').text == "say hunt"
    assert Run().take('type:"say hunt"').close().text == "say *"


def test_typing_on_ends_no_idleness_in_another_target() -> None:
    """Each target has its own silence."""
    run = Run().take('focus:"a/1" type:"one "').take('focus:"b/2"', later_s=1)
    for _ in range(4):
        run.take("type:x", later_s=4)
    assert run.text.startswith("one ")


def test_due_says_when_something_falls() -> None:
    """A tick just after it decides; one at it does not."""
    run = Run()
    assert run.held.due_us is None
    run.take('type:"two words"')
    pressed_us = max(event.time_us for event in events_of('type:"two words"') if isinstance(event, KeyDown))
    assert run.held.due_us == pressed_us + 10 * SECOND_US
    run.push([Tick(time_us=run.held.due_us)])
    assert run.text == ""
    run.push([Tick(time_us=run.held.due_us + 1)])
    assert run.text == "two "
    assert run.held.due_us is not None
    run.push([Tick(time_us=run.held.due_us + 1)])
    assert (run.text, run.held.due_us) == ("two words", None)


# -- order -----------------------------------------------------------------------------------------------------------


def test_exactly_what_lies_below_the_first_open_stroke_leaves() -> None:
    """Whatever target it is of, and pointers too."""
    run = Run().take('move:1,1 focus:"a/1" type:a move:2,2 focus:"b/2" type:b key:Enter move:3,3')
    assert kinds(run) == "PF"
    run.take('focus:"a/1" key:Enter')
    assert kinds(run) == "PFKKPFKKKKPFKK"
    assert [event.x for event in run.engine.out if isinstance(event, PointerMove)] == [1, 2, 3]


def test_what_waits_for_nothing_leaves_at_once() -> None:
    """Pointers, places and labels, while nothing is open."""
    run = Run().take('move:1,1 focus:"a/1" title:"x" click:400,1')
    assert kinds(run) == "PFLPP"


def test_decided_until_is_the_first_row_that_waits() -> None:
    """Everything before it is final."""
    run = Run().take("move:1,1")
    run.take("type:ab", later_s=1)
    first_us = SECOND_US
    assert run.held.decided_until_us == first_us
    run.take("key:Enter", later_s=1)
    assert run.held.decided_until_us > first_us


def test_time_that_goes_back_stands_still() -> None:
    """Order of arrival is order; it is counted."""
    run = Run().take("type:ab")
    late = KeyDown(time_us=-5 * SECOND_US, code="KeyC", key="c")
    run.push([late, KeyDown(time_us=-4 * SECOND_US, code="Enter", key="Enter")])
    run.close()
    assert run.text == "abc"
    assert run.counters["time_went_back"] == 2
    assert [event.time_us for event in run.engine.out][-2:] == [run.engine.out[-3].time_us] * 2


def test_negative_times_are_times() -> None:
    """A clock may start anywhere; output starts at 0."""
    run = Run()
    run.push([_later(event, -100 * SECOND_US) for event in events_of('type:"a hunter2 b" key:Enter')])
    assert run.text == "a * b"
    assert run.engine.out[0].time_us == 0


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
def test_batches_make_no_difference(size: int) -> None:
    """Not in the times, not on the wire."""
    script = """move:1,1*9 device:kbd1 focus:"a/1" type:"hi hunter2" move:2,2*9 key:Enter move:3,3*5
        field:password#p type:x move:4,4*5 pause:20s field:text#t type:"a b"
        move:5,5 pause:20s move:6,6*5 pause:200s move:7,7*5"""
    events = events_of(script)
    whole, parts = Run(), Run()
    whole.engine.push_all(events)
    for at in range(0, len(events), size):
        parts.engine.push_all(events[at : at + size])
    assert msgspec.json.encode(whole.close().engine.out) == msgspec.json.encode(parts.close().engine.out)
    assert b'"device":"0"' not in msgspec.json.encode(whole.engine.out)


# -- bounds ----------------------------------------------------------------------------------------------------------


def test_a_long_text_is_cut_at_a_blank() -> None:
    """Far enough before its end that nothing is cut apart."""
    words = "some plain words " * 30
    run = Run(cells=400, cut=160).take(f'rate:70ms type:"{words}"')
    assert words.startswith(run.text)
    assert 200 < len(run.text) <= 400 - 160
    assert run.close().text == words


def test_a_secret_at_the_cut_is_not_cut() -> None:
    """Wherever the cut falls."""
    for at in range(225, 250, 4):
        filler = ("x " * 200)[:at]
        run = Run(cells=400, cut=160).take(f'rate:70ms type:"{filler}hunter2 {"y " * 150}" key:Enter')
        assert run.text.strip("xy ") == "*"


def test_a_long_text_without_a_blank_is_redacted() -> None:
    """It cannot be cut, and it cannot be held."""
    run = Run(cells=50, cut=20).take(f'type:"{"ab" * 30}"')
    assert run.text.startswith("*")
    assert "ab" not in run.close().text[:1]
    assert run.counters["condemned"] >= 1
    assert len(run.text) < 10


def test_more_rows_than_can_be_held_are_redacted() -> None:
    """The target that waits longest goes first, and only it."""
    run = Run(rows=40).take('focus:"a/1" type:one focus:"b/2"')
    run.take("type:" + "x" * 18, later_s=1)
    assert run.held.key_rows <= 40
    assert kinds(run).startswith("FR")
    run.take("key:Enter")
    assert run.text == "*" + "x" * 18


def test_more_pointer_moves_than_can_be_held_are_dropped() -> None:
    """The oldest, and never clicks."""
    run = Run(pointers=20).take("type:a click:400,9")
    run.take(" ".join(f"move:{x},5" for x in range(30)))
    run.take("key:Enter")
    left = [event.x for event in run.engine.out if isinstance(event, PointerMove)]
    assert left == list(range(30 - len(left), 30))
    assert len(left) < 30
    assert run.counters["pointer_moves_dropped"] == 30 - len(left)
    assert sum(isinstance(event, PointerDown) for event in run.engine.out) == 1
    assert run.text == "a"


def test_more_targets_than_can_be_remembered_are_decided() -> None:
    """As at the end."""
    run = Run(targets=2).take('focus:"a/1" type:"x hunt" focus:"b/2" type:b focus:"c/3"')
    assert run.text == "x *"
    assert run.counters["targets_evicted"] >= 1


# -- destruction -----------------------------------------------------------------------------------------------------


def test_withdrawn_consent_destroys_what_waits() -> None:
    """Undecided or not; what has left has left, and what follows is read anew."""
    run = Run().take('focus:"a/1" type:"one" key:Enter type:"two hunt" move:1,1 consent:off')
    run.take('type:"er2 ok" key:Enter')
    assert run.text == "oneer2 ok"
    assert not any(isinstance(event, PointerMove) for event in run.close().engine.out)


@pytest.mark.parametrize("gate", ["private:on", "lock:on"])
def test_a_gate_decides_what_waits(gate: str) -> None:
    """As at the end: the head of a secret is one."""
    run = Run().take(f'type:"say hunt" {gate}')
    assert run.text == "say *"


def test_what_was_redacted_is_learned() -> None:
    """Once that is decided: a password typed elsewhere is found."""
    for place in ("field:password#p", "field:terminal#t type:su key:Enter"):
        script = f'focus:"a/1" {place} type:"Qz81LLmm" key:Enter field:text#t type:"x Qz81LLmm y" key:Enter'
        assert Run().take(script).text.endswith("x * y")


def test_a_place_is_kept_though_nothing_follows_it_for_long() -> None:
    """A change of place behind a hull waits as long as an open character may."""
    run = Run().take('focus:"a/1" field:text#t type:"hunter2" key:Enter')
    run.take("field:password#p type:x field:text#u")
    places = sum(isinstance(event, Focus) for event in run.engine.out)
    run.wait(100)
    assert sum(isinstance(event, Focus) for event in run.engine.out) == places
    run.wait(21)
    assert sum(isinstance(event, Focus) for event in run.engine.out) == places + 1
