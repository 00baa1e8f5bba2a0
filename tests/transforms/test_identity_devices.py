"""Several keyboards are one, with strokes whole."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reticent.events import KeyDown, KeyUp, PointerDown, PointerMove
from reticent.testing.wellformed import problems
from reticent.transforms.identity_devices import OneDevice


@given(presses=st.lists(st.tuples(st.sampled_from("012"), st.sampled_from(("KeyA", "KeyB")), st.booleans())))
def test_strokes_stay_whole(presses: list[tuple[str, str, bool]]) -> None:
    """Whatever is down on whichever keyboard; what goes up on all goes up."""
    down: set[tuple[str, str]] = set()
    one, out = OneDevice(), []
    for device, code, goes_down in presses:
        if goes_down:
            out.append(one.tidied(KeyDown(time_us=0, code=code, device=device, repeat=(device, code) in down)))
            down.add((device, code))
        elif (device, code) in down:
            out.append(one.tidied(KeyUp(time_us=0, code=code, device=device)))
            down.discard((device, code))
    for device, code in down:
        out.append(one.tidied(KeyUp(time_us=0, code=code, device=device)))
    kept = [event for event in out if event is not None]
    assert problems([msgspec.to_builtins(event) for event in kept]) == []
    assert {event.device for event in kept} <= {"0"}
    assert sum(type(event) is KeyUp for event in kept) == sum(
        isinstance(event, KeyDown) and not event.repeat for event in kept
    )


def test_what_a_program_typed_stays_apart() -> None:
    """On a keyboard of its own, however many there were before it."""
    typed = OneDevice().tidied(KeyDown(time_us=0, key="u", device="4", injected=True))
    assert typed == KeyDown(time_us=0, key="u", device="1", injected=True)


def test_pointers_are_one_in_whole_pixels() -> None:
    """Without a trace of the scale of the screen."""
    one = OneDevice()
    assert one.tidied(PointerMove(time_us=0, x=0.5, y=1.25, device="9")) == PointerMove(time_us=0, x=1, y=1)
    assert one.tidied(PointerDown(time_us=0, x=0.5, y=1.25, device="9")) == PointerDown(time_us=0, x=1, y=1)
