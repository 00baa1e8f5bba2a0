"""Timing transforms leave what was typed and take away rhythm: order kept, clock forward, pauses still pauses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.errors import PolicyError, RunClosed
from reticent.events import (
    Event,
    Focus,
    Frame,
    Gap,
    Header,
    Input,
    KeyDown,
    KeyUp,
    PointerDown,
    PointerMove,
    Redacted,
    Tick,
    Wheel,
)  # fmt: skip
from reticent.formats.native import from_records
from reticent.pipeline import Pipeline
from reticent.policy_file import parse_policy
from reticent.testing import expand
from reticent.testing.laws import check_transform
from reticent.testing.wellformed import problems
from reticent.transform import Context, Transform
from reticent.transforms.payload import Payload
from reticent.transforms.redact import Redact
from reticent.transforms.timing import BurstCadence, ConstantDwell, FixedCadence, RoundTime, SerialisePairs

PAUSE_US = 2_000_000
MS = 1000
HOLDING = ("ShiftLeft", "ControlLeft")
BURSTS: list[BurstCadence | FixedCadence] = [
    BurstCadence(),
    BurstCadence(levels=5),
    BurstCadence(levels=3, pauses="log"),
    BurstCadence(pauses="log", keys=3),
    BurstCadence(span_us=700_000),
    FixedCadence(),
    FixedCadence(pauses="log"),
]
WHOLE = [transform for transform in BURSTS if transform.keys == 128 and transform.span_us == 60_000_000]
"""Those that do not cut these bursts into parts, which would have durations of their own."""
PAIRED = [*BURSTS, ConstantDwell(), SerialisePairs(), SerialisePairs(release="press"), FixedCadence(pauses="none")]
ALL = [*PAIRED, RoundTime(), RoundTime(how="up"), RoundTime(step_us=7, how="nearest")]


def drained(transform: Transform, events: Sequence[Event]) -> list[Event]:
    """All that leaves."""
    with Pipeline((transform,)).start(Context()) as run:
        out = run.feed(events)
    return out + run.flushed


def plain(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Events as records, so that a difference shows."""
    return [msgspec.to_builtins(event) for event in events]


def press_times_ms(events: Sequence[Event]) -> list[int]:
    """When keys go down."""
    return [event.time_us // MS for event in events if isinstance(event, KeyDown)]


def told(events: Sequence[Event]) -> list[tuple[str, int]]:
    """Keys that go down and up, and pointers, with their times in ms."""
    signs = {KeyDown: "+", KeyUp: "-"}
    return [
        (f"{signs[type(event)]}{event.key}" if isinstance(event, KeyDown | KeyUp) else type(event).__name__,
         event.time_us // MS)
        for event in events
    ]  # fmt: skip


def key(name: str, down_ms: int, up_ms: int, **fields: Any) -> list[Event]:
    """One stroke."""
    return [KeyDown(time_us=down_ms * MS, key=name, **fields), KeyUp(time_us=up_ms * MS, key=name, **fields)]


def in_order(*strokes: list[Event]) -> list[Event]:
    """Events of strokes and others by time."""
    return sorted((event for stroke in strokes for event in stroke), key=lambda event: event.time_us)


_GAPS_US = st.one_of(
    st.integers(0, 400_000), st.integers(1_900_000, 2_100_000), st.sampled_from([0, 2_000_000, 2_000_001, 15_000_000])
)
_KINDS = st.sampled_from(
    "press press press press up up up shift unshift repeat move move moves click wheel focus frame mark gap input tick"
    "".split()
)


@st.composite
def streams(draw: st.DrawFn, ticks: bool = True) -> list[Event]:
    """What redaction lets out: well formed, from 0 on, with markers at the time of what is before them."""
    events: list[Event] = [Header(time_us=0, version="1", policy="p", policy_sha256="")]
    time_us, frames = 0, 0
    down: dict[str, bool] = {}
    for kind, gap_us in draw(st.lists(st.tuples(_KINDS, _GAPS_US), max_size=40)):
        if kind in ("mark", "gap"):
            events.append(Redacted(time_us=time_us, category="contact") if kind == "mark" else Gap(time_us=time_us))
            continue
        time_us += 0 if len(events) == 1 else gap_us
        code = draw(st.sampled_from(["KeyA", "KeyB", "Enter"]))
        if kind in ("shift", "unshift"):
            code, kind = draw(st.sampled_from(HOLDING)), "press" if kind == "shift" else "up"
        if kind in ("press", "repeat"):
            if (code in down) != (kind == "repeat"):
                continue
            down[code] = True
            events.append(KeyDown(time_us=time_us, code=code, repeat=kind == "repeat"))
        elif kind == "up":
            if code in down:
                del down[code]
                events.append(KeyUp(time_us=time_us, code=code))
        elif kind == "frame":
            events.append(Frame(time_us=time_us, index=frames))
            frames += 1
        elif kind == "tick":
            events += [Tick(time_us=time_us)] if ticks else []
        elif kind == "moves":
            events += [PointerMove(time_us=time_us, x=at, y=0) for at in range(3)]
        else:
            events.append(_OTHERS[kind](time_us))
    return events


_OTHERS = {
    "move": lambda time_us: PointerMove(time_us=time_us, x=1, y=2),
    "click": lambda time_us: PointerDown(time_us=time_us, x=1, y=2),
    "wheel": lambda time_us: Wheel(time_us=time_us, x=1, y=2, delta_y=120),
    "focus": lambda time_us: Focus(time_us=time_us, element="1"),
    "input": lambda time_us: Input(time_us=time_us, input_type="insertText", data="a"),
}


def what(event: Event) -> str:
    """An event but for its time, and for being a repeat."""
    record = {**msgspec.to_builtins(event), "time_us": 0}
    record.pop("repeat", None)
    return repr(record)


# -- laws ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transform", ALL, ids=repr)
def test_laws_on_a_scripted_stream(transform):
    """Every transform keeps every law on typing, clicks, pauses and modifiers."""
    script = 'move:130,75 type:"Ab c" click:400,9 pause:3s key:Ctrl+a*2 type:"d" move:1,2 pause:20s roll:"some text"'
    check_transform(transform, list(from_records(expand(script).events)))


@pytest.mark.parametrize("transform", ALL, ids=repr)
@given(events=streams())
def test_laws_on_any_stream(transform, events):
    """Every transform keeps every law on whatever redaction may let out."""
    check_transform(transform, events)


@pytest.mark.parametrize("transform", ALL, ids=repr)
@given(events=streams(ticks=False))
def test_output_is_well_formed(transform, events):
    """Strokes stay ``(down repeat* up)*``, times start at 0 and never go back."""
    assert problems(plain(drained(transform, events))) == []


@pytest.mark.parametrize("transform", ALL, ids=repr)
@given(events=streams())
def test_nothing_leaves_after_abort(transform, events):
    """What is held at an abort is destroyed."""
    run = Pipeline((transform,)).start(Context())
    run.feed(events)
    run.abort()
    with pytest.raises(RunClosed):
        run.flush()


@pytest.mark.parametrize("transform", PAIRED, ids=repr)
@given(events=streams(ticks=False))
def test_order_is_kept(transform, events):
    """Presses, clicks, markers and screenshots stay in order; pointer moves stay in order among all but presses."""
    out = drained(transform, events)
    moves = PointerMove
    for kept in (lambda e: not isinstance(e, moves | KeyUp), lambda e: not isinstance(e, KeyDown | KeyUp | Input)):
        before = [what(e) for e in events if kept(e) and not _is_held_repeat(e)]
        assert [what(e) for e in out if kept(e)] == before


def _is_held_repeat(event: Event) -> bool:
    return isinstance(event, KeyDown) and event.repeat and event.code in HOLDING


@pytest.mark.parametrize("transform", PAIRED, ids=repr)
@given(events=streams(ticks=False))
def test_no_key_is_down_when_the_next_goes_down(transform, events):
    """Every press is followed by its own release before the next press; keys that hold others may stay down."""
    down = None
    for event in drained(transform, events):
        if isinstance(event, KeyDown) and not event.repeat:
            assert down is None
            down = None if event.code in HOLDING else event.code
        elif isinstance(event, KeyUp) and event.code not in HOLDING:
            assert down == event.code
            down = None


@pytest.mark.parametrize("transform", PAIRED, ids=repr)
@given(events=streams(ticks=False))
def test_shift_holds_what_it_held(transform, events):
    """At each press and click the same keys that hold others are down as before."""
    assert _held_at_each(drained(transform, events)) == _held_at_each(events)


def _held_at_each(events: Sequence[Event]) -> list[tuple[str, ...]]:
    held: set[str] = set()
    seen = []
    for event in events:
        if isinstance(event, KeyDown) and event.code in HOLDING:
            held.add(event.code)
        elif isinstance(event, KeyUp):
            held.discard(event.code or "")
        elif isinstance(event, KeyDown | PointerDown | Wheel):
            seen.append(tuple(sorted(held)))
    return seen


# -- pauses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transform", BURSTS, ids=repr)
@given(gaps_us=st.lists(st.one_of(st.integers(0, 4_000_000), st.integers(0, 300_000)), max_size=30))
def test_pauses_stay_pauses_and_nothing_else_becomes_one(transform, gaps_us):
    """An interval of more than 2 s stays one; no other interval becomes one."""
    times_us = [0]
    for gap_us in gaps_us:
        times_us.append(times_us[-1] + gap_us)
    out = [e for e in drained(transform, [KeyDown(time_us=t, code="KeyA") for t in times_us]) if isinstance(e, KeyDown)]
    after_us = [b.time_us - a.time_us for a, b in pairwise(out)]
    assert [gap_us > PAUSE_US for gap_us in after_us] == [gap_us > PAUSE_US for gap_us in gaps_us]


@given(gaps_ms=st.lists(st.integers(1, 6000), max_size=60))
def test_exact_bursts_keep_their_duration_and_the_clock_its_pace(gaps_ms):
    """With exact bursts and whole seconds no error adds up beyond what the shortest pause needs."""
    times_us = [0]
    for gap_ms in gaps_ms:
        times_us.append(times_us[-1] + (gap_ms if gap_ms <= 2000 else gap_ms + 1000) * MS)
    out = drained(BurstCadence(), [KeyDown(time_us=t, key="a") for t in times_us])
    presses = [event.time_us for event in out if isinstance(event, KeyDown)]
    for index, (before, after) in enumerate(pairwise(times_us)):
        if after - before > PAUSE_US:
            assert 0 <= presses[index + 1] - after < 1_000_000
            assert (presses[index + 1] - presses[index]) % 1_000_000 == 0


# -- what time tells no more -----------------------------------------------------------------------------------------


def burst(start_us: int, span_us: int, count: int, seed: int) -> list[Event]:
    """A burst of typing and mouse that lasts so long; how its presses, releases and moves lie in it is up to chance."""
    chance = random.Random(seed)
    inner = sorted(chance.randrange(span_us) for _ in range(count - 2)) if count > 2 else []
    presses = [start_us + us for us in (0, *inner, span_us)]
    clicks = count // 3
    events: list[tuple[int, int, Event]] = []
    for at, (begin_us, end_us) in enumerate(pairwise([*presses, presses[-1] + 50_000])):
        up_us = begin_us + chance.randrange(300_000)
        code = f"Key{chr(65 + at % 26)}"
        events += [(begin_us, 0, KeyDown(time_us=begin_us, code=code)), (up_us, 3, KeyUp(time_us=up_us, code=code))]
        if at == clicks and at + 1 < count:
            click_us = (begin_us + end_us) // 2
            events.append((click_us, 1, PointerDown(time_us=click_us, x=at, y=0)))
            first_us, last_us = presses[0], click_us
            for _ in range(3):
                move_us = chance.randrange(first_us, last_us + 1)
                events.append((move_us, -1 if move_us else 1, PointerMove(time_us=move_us, x=0, y=0)))
    last_us = presses[-1]
    kept = [entry for entry in events if not (isinstance(entry[2], KeyUp) and entry[0] > last_us + 900_000)]
    return [event for _, _, event in sorted(kept, key=lambda entry: entry[:2])]


@pytest.mark.parametrize("transform", WHOLE, ids=repr)
@given(data=st.data())
def test_rhythm_inside_a_burst_changes_nothing(transform, data):
    """Streams that differ only in rhythm inside bursts of the same duration and order leave as the same bytes."""
    shape = data.draw(st.lists(st.tuples(st.integers(2, 12), st.integers(3_000, 21_000)), min_size=1, max_size=4))
    outs = []
    for _ in range(2):
        time_us, events = 0, [KeyDown(time_us=0, code="Tab"), KeyUp(time_us=20, code="Tab")]
        for count, pause_ms in shape:
            time_us += pause_ms * MS
            span_us = 150_000 * (count - 1)
            events += burst(time_us, span_us, count, data.draw(st.integers(0, 1 << 32)))
            time_us += span_us
        outs.append(plain(drained(transform, [*events, Focus(time_us=time_us + 10_000_000)])))
    assert outs[0] == outs[1]


@pytest.mark.parametrize("transform", [*BURSTS, FixedCadence(pauses="none"), ConstantDwell()], ids=repr)
def test_releases_and_their_order_change_nothing(transform):
    """Overlap, dwell, and which of Shift and letter goes up first leave as the same bytes."""
    rolled = in_order(key("Shift", 0, 199), key("A", 90, 310), key("b", 200, 290), key("c", 400, 900))
    paired = in_order(key("Shift", 0, 180), key("A", 90, 120), key("b", 200, 399), key("c", 400, 420))
    assert plain(drained(transform, rolled)) == plain(drained(transform, paired))


# -- what each does --------------------------------------------------------------------------------------------------


def test_pairs():
    """A key goes up at its own time, or when the next goes down."""
    events = in_order(key("a", 0, 120), key("b", 100, 130), key("c", 200, 230))
    expected = [("+a", 0), ("-a", 100), ("+b", 100), ("-b", 130), ("+c", 200), ("-c", 230)]
    assert told(drained(SerialisePairs(), events)) == expected


def test_pairs_at_the_press():
    """Releases that tell nothing: at their presses."""
    events = in_order(key("a", 0, 120), key("b", 100, 130))
    expected = [("+a", 0), ("-a", 0), ("+b", 100), ("-b", 100)]
    assert told(drained(SerialisePairs(release="press"), events)) == expected


def test_a_letter_goes_up_before_its_shift():
    """Whichever went up first."""
    events = in_order(key("Shift", 0, 150), key("A", 90, 170), key("b", 200, 250))
    expected = [("+Shift", 0), ("+A", 90), ("-A", 150), ("-Shift", 150), ("+b", 200), ("-b", 250)]
    assert told(drained(SerialisePairs(), events)) == expected
    expected = [("+Shift", 0), ("+A", 90), ("-A", 170), ("-Shift", 170), ("+b", 200), ("-b", 280)]
    assert told(drained(ConstantDwell(), events)) == expected
    expected = [("+Shift", 0), ("+A", 100), ("-A", 180), ("-Shift", 180), ("+b", 200), ("-b", 280)]
    assert told(drained(BurstCadence(), events)) == expected


def test_dwell_is_cut_by_the_next_press():
    """Constant, or shorter where the next key comes sooner."""
    events = in_order(key("a", 0, 10), key("b", 50, 300), key("c", 400, 410))
    expected = [("+a", 0), ("-a", 50), ("+b", 50), ("-b", 130), ("+c", 400), ("-c", 480)]
    assert told(drained(ConstantDwell(), events)) == expected


def test_shift_that_held_a_click_still_does():
    """A release of Shift behind a key does not pass a click."""
    events = in_order(
        key("Shift", 0, 160), key("A", 100, 500), [PointerDown(time_us=170 * MS, x=0, y=0)], key("b", 600, 610)
    )
    names = [name for name, _ in told(drained(ConstantDwell(), events))]
    assert names == ["+Shift", "+A", "-A", "-Shift", "PointerDown", "+b", "-b"]
    assert [name for name, _ in told(drained(BurstCadence(), events))] == names


@pytest.mark.parametrize(
    ("how", "expected"),
    [("down", [0, 100, 100, 200]), ("up", [0, 100, 200, 300]), ("nearest", [0, 100, 200, 200])],
)
def test_rounded_times_do_not_drift(how, expected):
    """Each time is rounded for itself."""
    events = [PointerMove(time_us=time_us, x=0, y=0) for time_us in (0, 100, 151, 249)]
    assert [event.time_us for event in drained(RoundTime(step_us=100, how=how), events)] == expected


def test_levels_are_those_of_a_population():
    """A burst is spaced at the nearest of so many speeds."""
    fast = [KeyDown(time_us=at * 140 * MS, key="a") for at in range(5)]
    slow = [KeyDown(time_us=at * 600 * MS, key="a") for at in range(5)]
    assert press_times_ms(drained(BurstCadence(levels=5), fast)) == [0, 132, 264, 396, 528]
    assert press_times_ms(drained(BurstCadence(levels=2), slow)) == [0, 304, 608, 912, 1216]


def test_pauses_in_buckets():
    """Whole seconds, or pause_us times a power of two; never shorter."""
    events = [KeyDown(time_us=ms * MS, key="a") for ms in (0, 2100, 7200, 42_200)]
    assert press_times_ms(drained(BurstCadence(), events)) == [0, 3000, 8000, 43_000]
    assert press_times_ms(drained(BurstCadence(pauses="log"), events)) == [0, 4000, 12_000, 76_000]
    assert press_times_ms(drained(FixedCadence(), events)) == [0, 3000, 9000, 44_000]


# -- holding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transform", [BurstCadence(), ConstantDwell(), FixedCadence()], ids=repr)
def test_silence_ends_a_burst_behind_redaction(transform):
    """Ticks reach it through redaction, on the clock that redaction has cut; what was hidden changes nothing of it."""
    pipeline = Pipeline((Redact(), Payload(), transform))
    for script in ('type:"hello world " pause:3s', 'type:"mail joe@example.com ok" key:Enter type:"on we go "'):
        records = expand(script).events
        run = pipeline.start(Context())
        out = run.feed(list(from_records(records)))
        for _ in range(20):
            due_us = run.due_us
            if due_us is None:
                break
            assert run.decided_until_us <= due_us + 1
            out += run.tick(due_us + 1)
        assert out == drained(pipeline, list(from_records(records)))
        assert run.due_us is None
        assert run.flush() == []
        assert not any(isinstance(event, Tick) for event in out)


@given(seed=st.integers(0, 1 << 32))
def test_ticks_change_nothing_but_when(seed):
    """A stream with ticks anywhere in silence leaves as the same events."""
    chance = random.Random(seed)
    events = list(
        from_records(expand('type:"Ab c" click:400,9 pause:3s key:Ctrl+a*2 type:"d" pause:20s type:x').events)
    )
    ticked = []
    for before, after in pairwise(events):
        ticked.append(before)
        if chance.random() < 0.5:
            ticked.append(Tick(time_us=chance.randint(before.time_us, max(before.time_us, after.time_us))))
    ticked.append(events[-1])
    for transform in (BurstCadence(), ConstantDwell(), FixedCadence()):
        assert drained(transform, ticked) == drained(transform, events)


def test_screenshots_in_a_burst_are_told_of_when_they_leave():
    """Who keeps a screenshot hears of its index with its row, and of its end when a run is aborted."""
    heard: list[tuple[str | None, int | None]] = []
    policy = parse_policy('extends = "minimal"\n[[transform]]\nkind = "timing.BurstCadence"')
    run = policy.start(on_frame=lambda name, index: heard.append((name, index)))
    run.feed([PointerMove(time_us=0, x=0, y=0), *key("ArrowUp", 10, 20), Frame(time_us=30 * MS, id="one")])
    run.feed([*key("Enter", 100, 120), Frame(time_us=130 * MS, id="two")])
    assert heard == []
    run.feed([Focus(time_us=5_000_000, element="x")])
    assert heard == [("one", 0), ("two", 1)]
    run.feed([*key("Enter", 6000, 6020), Frame(time_us=6_130 * MS, id="three")])
    run.abort()
    assert heard[2:] == [("three", None)]


def test_policy_names_them():
    """A policy resolves each by its place, and refuses what makes no sense."""
    kinds = ("SerialisePairs", "ConstantDwell", "RoundTime", "BurstCadence", "FixedCadence")
    policy = parse_policy("".join(f'[[transform]]\nkind = "timing.{kind}"\n' for kind in kinds))
    assert [type(step.transform).__name__ for step in policy.steps] == list(kinds)
    assert parse_policy(policy.to_toml()) == policy
    for wrong in ("levels = 4", "keys = 0", 'pauses = "minutes"', "dwell_us = 2_000_001"):
        with pytest.raises(PolicyError):
            parse_policy(f'[[transform]]\nkind = "timing.BurstCadence"\n{wrong}')


@pytest.mark.parametrize("transform", [BurstCadence(), BurstCadence(levels=5, pauses="log"), ConstantDwell()], ids=repr)
def test_laws_behind_redaction(transform):
    """A pipeline that redacts and then coarsens keeps every law, secrets in it or not."""
    script = 'type:"Ab c" key:Enter click:400,9 pause:3s type:"joe@example.com" tick pause:20s roll:"some text" tick'
    check_transform(Pipeline((Redact(), Payload(), transform)), list(from_records(expand(script).events)))
