"""What ``xinput test-xi2`` prints becomes W3C events: each key and button once, whichever copies of it there are."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from reticent.api import filter_file
from reticent.errors import FormatError
from reticent.events import Discontinuity, Event, KeyDown, KeyUp, PointerDown, PointerMove, PointerUp, Wheel
from reticent.formats.native import from_records
from reticent.formats.xinput import read
from reticent.reading.notes import Notes
from reticent.recordings import detect_format
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.dsl import expand
from reticent.testing.formats.xinput import write

NAMES = {
    1: "DeviceChanged", 2: "KeyPress", 3: "KeyRelease", 4: "ButtonPress", 5: "ButtonRelease", 6: "Motion", 7: "Enter",
    13: "RawKeyPress", 14: "RawKeyRelease", 15: "RawButtonPress", 16: "RawButtonRelease", 17: "RawMotion",
    18: "TouchBegin",
}  # fmt: skip
LISTED = """\
⎡ Virtual core pointer                    \tid=2\t[master pointer  (3)]
⎜   ↳ Virtual core XTEST pointer              \tid=4\t[slave  pointer  (2)]
⎣ Virtual core keyboard                   \tid=3\t[master keyboard (2)]
    ↳ Virtual core XTEST keyboard             \tid=5\t[slave  keyboard (3)]
∼ A tablet                                \tid=9\t[floating slave]
"""
SLAVE, MASTER = "5 (5)", "3 (5)"


def block(
    number: int, device: str, detail: int, root: str = "120.00/110.00", *, flags: str = "", ms: int = 1500
) -> str:
    """One event as a newer xinput prints it, with the server's time."""
    head = f"EVENT type {number} ({NAMES[number]})\n    device: {device}\n    time:   {ms}\n    detail: {detail}\n"
    if number >= 13:
        return head + (f"    flags: {flags}\n" if number > 14 else "") + "    valuators:\n          0: 3.00 (1.00)\n\n"
    return (
        f"{head}    flags: {flags}\n    root: {root}\n    event: {root}\n    buttons:\n"
        "    modifiers: locked 0 latched 0 base 0 effective: 0\n    group: locked 0 latched 0 base 0 effective: 0\n"
        "    valuators:\n        0: 250.00\n    windows: root 0x1d5 event 0x1d5 child 0x2000009\n"
    )


def events_of(text: str, notes: Notes | None = None, chunk_bytes: int = 1 << 18) -> list[Event]:
    """Events of a recording."""
    return [event for batch in read(io.BytesIO(text.encode()), notes, chunk_bytes) for event in batch]


def key(kind: type[Event] = KeyDown, **fields: Any) -> Event:
    """A key of the keyboard, KeyA where nothing else is said."""
    return kind(**{"time_us": 1_500_000, "code": "KeyA", "device": "5", **fields})


def button(kind: type[Event], x: float = 120, y: float = 110, **fields: Any) -> Event:
    """A button of the mouse."""
    return kind(**{"time_us": 1_500_000, "x": x, "y": y, "device": "11", **fields})


def test_a_key_counts_once() -> None:
    """It is printed raw, for its device, and for the device that joins all; its keycode is 8 more than Linux's."""
    notes = Notes()
    copies = [
        block(13, MASTER, 38), block(2, SLAVE, 38), block(2, MASTER, 38),
        block(14, MASTER, 38), block(3, SLAVE, 38), block(3, MASTER, 38),
    ]  # fmt: skip
    assert events_of(LISTED + "".join(copies), notes) == [key(), key(KeyUp)]
    assert notes == Notes(lines=2)


def test_without_raw_events_the_first_device_counts() -> None:
    """As where one device was recorded, or the lines were sifted."""
    assert events_of(block(2, SLAVE, 38) + block(2, MASTER, 38) + block(3, SLAVE, 38) + block(3, MASTER, 38)) == [
        key(), key(KeyUp),
    ]  # fmt: skip
    assert events_of(block(2, MASTER, 38) + block(3, MASTER, 38)) == [key(), key(KeyUp)]


def test_keys_that_no_window_gives_away_are_there_raw() -> None:
    """A grab hides the other copies of a key."""
    text = block(13, MASTER, 38) + block(14, MASTER, 38) + block(13, MASTER, 39) + block(2, SLAVE, 39)
    assert events_of(text) == [key(), key(KeyUp), key(code="KeyS")]


def test_a_key_that_goes_down_again_without_a_release_counts_again() -> None:
    """Nothing typed is taken for a copy."""
    assert events_of(block(13, MASTER, 38) * 2) == [key(), key()]


def test_repeats_are_the_server_s() -> None:
    """Never raw; they are printed for each device and count once."""
    repeats = block(2, SLAVE, 38, flags="repeat") + block(2, MASTER, 38, flags="repeat")
    copies = block(2, SLAVE, 38) + block(2, MASTER, 38)
    again = key(repeat=True)
    assert events_of(block(13, MASTER, 38) + copies + 2 * repeats) == [key(), again, again]
    assert events_of(copies + 2 * repeats) == [key(), again, again]


def test_a_repeat_that_is_raw_too_counts_once() -> None:
    """As servers without a keyboard of their own send it."""
    repeat = block(13, MASTER, 38) + block(2, SLAVE, 38, flags="repeat")
    assert events_of(block(13, MASTER, 38) + block(2, SLAVE, 38) + repeat) == [key(), key()]


def test_a_keycode_without_a_code_is_an_unknown_key() -> None:
    """Something was pressed."""
    assert events_of(block(13, MASTER, 248)) == [key(code=None)]


def test_a_button_is_where_its_copies_say() -> None:
    """A raw event has no place; the one after it has."""
    text = block(15, "2 (11)", 1) + block(4, "11 (11)", 1, "8.50/9.00") + block(4, "2 (11)", 1, "8.50/9.00")
    assert events_of(text + block(16, "2 (11)", 1)) == [
        button(PointerDown, 8.5, 9), button(PointerUp, 8.5, 9),
    ]  # fmt: skip


@pytest.mark.parametrize(("detail", "name"), [(1, "left"), (2, "middle"), (3, "right"), (8, "back"), (9, "forward")])
def test_buttons_by_number(detail: int, name: str) -> None:
    """As X11 counts them."""
    text = block(6, "11 (11)", 0) + block(15, "2 (11)", detail) + block(16, "2 (11)", detail)
    assert events_of(text)[1:] == [button(PointerDown, button=name), button(PointerUp, button=name)]


@pytest.mark.parametrize(("detail", "right", "down"), [(4, 0, -120), (5, 0, 120), (6, -120, 0), (7, 120, 0)])
def test_buttons_4_to_7_are_a_wheel(detail: int, right: int, down: int) -> None:
    """A press is a notch and a release is nothing, however many copies; other buttons are not known."""
    text = "".join(
        block(number, device, detail, flags="emulated")
        for number, device in ((15, "2 (11)"), (4, "11 (11)"), (4, "2 (11)"), (16, "2 (11)"), (5, "11 (11)"))
    )
    assert events_of(text + block(15, "2 (11)", 10)) == [button(Wheel, delta_x=right, delta_y=down)]


def test_a_touch_presses_a_button_that_is_not_raw() -> None:
    """The server makes it up."""
    touch = block(18, "11 (11)", 1) + block(4, "11 (11)", 1, flags="emulated") + block(4, "2 (11)", 1, flags="emulated")
    assert events_of(block(15, "2 (11)", 3) + block(16, "2 (11)", 3) + touch)[2:] == [button(PointerDown)]


def test_motion_counts_once() -> None:
    """Copies are at one place; raw motion is in units of the device."""
    text = block(17, "2 (11)", 0) + block(6, "11 (11)", 0, "7.25/-1.00") + block(6, "2 (11)", 0, "7.25/-1.00")
    [move] = events_of(text)
    assert move == button(PointerMove, 7.25, -1)
    assert isinstance(move, PointerMove) and type(move.y) is int


def test_the_literal_block_of_the_manual() -> None:
    """As an older xinput prints it, behind the times of ``ts '%.s'``; a raw event ends with an empty line."""
    text = (
        "EVENT type 2 (KeyPress)\n    device: 5 (5)\n    detail: 38\n    flags: \n    root: 120.00/110.00\n"
        "    event: 120.00/110.00\n    buttons:\n    modifiers: locked 0 latched 0 base 0 effective: 0\n"
        "    windows: root 0x1d5 event 0x1d5 child 0x0\nEVENT type 14 (RawKeyRelease)\n    device: 3 (5)\n"
        "    detail: 39\n    valuators:\n\n"
    )  # fmt: skip
    timed = "".join(f"1700000000.{123456 + n} {line}\n" for n, line in enumerate(text.splitlines()))
    events = [key(time_us=1_700_000_000_123_456), key(KeyUp, time_us=1_700_000_000_123_465, code="KeyS")]
    assert events_of(timed) == events
    assert events_of(timed.replace(" \n", "\n")) == events


@pytest.mark.parametrize(
    ("prefix", "time_us"),
    [("0.000123", 123), ("1.5", 1_500_000), ("1.0000005", 1_000_001), ("1.000000499", 1_000_000)],
)
def test_times_of_lines_are_rounded_to_the_nearest_microsecond(prefix: str, time_us: int) -> None:
    """And go before the server's."""
    text = "".join(f"{prefix} {line}\n" for line in block(13, MASTER, 38).splitlines())
    assert events_of(text) == [key(time_us=time_us)]


def test_the_server_s_clock_starts_again() -> None:
    """After 49.7 days; a moment out of order is no new start."""
    text = "".join(block(13, MASTER, 38, ms=ms) for ms in (4_294_967_295, 4_294_967_290, 1))
    assert [event.time_us for event in events_of(text)] == [4_294_967_295_000, 4_294_967_290_000, 4_294_967_297_000]


def test_a_recording_without_times_is_refused() -> None:
    """With the fix."""
    with pytest.raises(FormatError, match="ts '%.s'"):
        events_of(LISTED + block(13, MASTER, 38).replace("    time:   1500\n", ""))


def test_clocks_are_not_mixed() -> None:
    """An event with another clock than the first is refused."""
    notes = Notes()
    timed = "".join(f"9.000000 {line}\n" for line in block(13, MASTER, 38).splitlines())
    assert events_of(timed + block(13, MASTER, 39), notes) == [
        key(time_us=9_000_000), Discontinuity(time_us=9_000_000),
    ]  # fmt: skip
    assert notes.refused_lines[0][1].startswith("time: missing")


def test_what_says_nothing_of_input_is_left_out() -> None:
    """Whatever its lines are."""
    notes = Notes()
    text = (
        "EVENT type 1 (DeviceChanged)\n    device: 3 (5)\n    reason: SlaveSwitch\n\tReporting 1 classes:\n"
        "\t\tClass originated from: 5. Type: XIKeyClass\n"
        "EVENT type 12 (PropertyEvent)\n     property: 167 'Device Enabled'\n     changed: modified\n"
        "EVENT type 7 (Enter)\n    device: 2 (11)\n    mode: NotifyNormal (detail NotifyNonlinear)\n"
        "    root x/y:  1.00 / 2.00\n"
    )
    assert events_of(text + block(13, MASTER, 38), notes) == [key()]
    assert notes == Notes(lines=1)


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("    detail: 39", "    detail: x", ["detail: does not fit", "device, detail: missing"]),
        ("    detail: 39", "    det", ["not a line of xinput", "device, detail: missing"]),
        ("    detail: 39\n", "", ["device, detail: missing"]),
        ("    device: 3 (5)", "    device: 3", ["device: does not fit", "device, detail: missing"]),
        ("type 13", "type 99", ["EVENT: not a type"]),
    ],
)
def test_a_bad_line_costs_its_event(old: str, new: str, reasons: list[str]) -> None:
    """The events around it stay, and nothing of it is said."""
    notes = Notes()
    bad = block(13, MASTER, 39).replace(old, new)
    events = events_of(block(13, MASTER, 38) + bad + block(14, MASTER, 38), notes)
    assert [event for event in events if not isinstance(event, Discontinuity)] == [key(), key(KeyUp)]
    said = [reason for _, reason in notes.refused_lines]
    assert all(text.startswith(start) for text, start in zip(said, reasons))
    assert len(events) == 2 + len(said) and "39" not in repr(said)


def test_a_bad_place_costs_only_the_place() -> None:
    """A button was pressed all the same, where the pointer was."""
    notes = Notes()
    assert events_of(block(4, "11 (11)", 1, "8.5/9"), notes)[-1] == button(PointerDown, 0, 0)
    assert notes.refused_lines == [(6, "root: does not fit; give the output of xinput unchanged")]


def test_an_event_without_a_beginning_is_noticed() -> None:
    """Also after one whose lines may be anything."""
    notes = Notes()
    lost = block(13, MASTER, 39).partition("\n")[2]
    changed = "EVENT type 1 (DeviceChanged)\n    reason: SlaveSwitch\n"
    assert any(isinstance(event, Discontinuity) for event in events_of(changed + lost + block(13, MASTER, 38), notes))
    assert notes.refused_lines[0][1].startswith("EVENT: missing")


def test_an_event_that_breaks_off_is_a_discontinuity() -> None:
    """At the end of a recording; what waited comes out."""
    text = block(15, "2 (11)", 1) + "EVENT type 13 (RawKeyPress)\n    device: 3 (5)\n"
    assert events_of(text) == [button(PointerDown, 0, 0), Discontinuity(time_us=1_500_000)]
    assert events_of(block(13, MASTER, 38).rstrip()) == [key()]


def test_chunks_do_not_matter() -> None:
    """Nor do CRLF line ends."""
    text = LISTED + block(15, "2 (11)", 1) + block(4, "11 (11)", 1) + block(13, MASTER, 38)
    assert events_of(text, chunk_bytes=1) == events_of(text) == events_of(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "start", [LISTED, block(13, MASTER, 38), "1.5 EVENT type 2 (KeyPress)\n", "0.000001 " + LISTED]
)
def test_told_by_its_content(start: str) -> None:
    """And by no other format."""
    assert detect_format(io.BytesIO(start.encode()))[0] == "xinput"


def test_a_typed_secret_does_not_leave() -> None:
    """Ordinary words do."""
    script = expand('type:"we walked along the river\\n" type:"my password is hunter2!Q\\n" type:"it was fine\\n"')
    target = io.BytesIO()
    report = filter_file(io.BytesIO(write(from_records(script.events))), target)
    rows = [json.loads(line) for line in target.getvalue().splitlines()]
    assert report.marks == {"credential": "<5"} and report.quality == {}
    assert find_leaks(rows, ["hunter2!Q", "hunter2"]) == []
    assert find_missing(rows, ["we walked along the river", "it was fine"]) == []
