"""No bytes break a format: what cannot be read is refused, noted without content, and cut anywhere gives the same."""

from __future__ import annotations

import importlib
import io
import os
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reticent.errors import FormatError
from reticent.events import (
    Clipboard,
    Event,
    Focus,
    Input,
    KeyDown,
    KeyUp,
    Label,
    PointerDown,
    PointerMove,
    PointerUp,
    State,
    Wheel,
)
from reticent.formats import native
from reticent.reading.notes import Notes
from reticent.testing.formats import written_formats

_SAMPLES = float(os.environ.get("RETICENT_SAMPLES", "1"))
_CANARY = "hunter2-Xyzzy"
_URL = f"https://example.org/{_CANARY}"
_SCENE: list[Event] = [
    Focus(time_us=0, window=_CANARY, url=_URL),
    Focus(time_us=1_000, app="mail", window=_CANARY, element="1.7", field="text", url=_URL),
    State(time_us=1_000, recording=True),
    *(
        kind(time_us=2_000 + 1_000 * at, key=key, code=code)
        for at, (key, code) in enumerate((("Shift", "ShiftLeft"), ("h", "KeyH"), ("é", "Digit2"), ("Enter", "Enter")))
        for kind in (KeyDown, KeyUp)
    ),
    *(Input(time_us=9_000, input_type=kind, data=_CANARY) for kind in ("insertText", "insertFromPaste", "autofill")),
    Clipboard(time_us=10_000, operation="paste", data=_CANARY),
    Label(time_us=11_000, kind="title", value=_CANARY),
    PointerMove(time_us=12_000, x=3, y=4),
    PointerDown(time_us=13_000, x=3, y=4),
    PointerUp(time_us=14_000, x=3, y=4),
    Wheel(time_us=15_000, x=3, y=4, delta_y=120),
]
_TOKENS = (
    b"", b"\n", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"{", b"}", b"[", b"]", b",", b":", b" ", b"\t", b"<",
    b">", b"null", b"NaN", b"-1", b"1e999", b"9" * 30, b'"\\ud800"', b"[" * 50, b"&#0;", b"<!DOCTYPE", b"# ", b"E: ",
    b"0001", _CANARY.encode(), b'"type"', b"\x1b[200~", b"- ",
)  # fmt: skip

_each_format = pytest.mark.parametrize("name", ["native", *written_formats()])
_quick = settings(suppress_health_check=list(HealthCheck), database=None)


@cache
def scene(name: str) -> bytes:
    """What a recorder of this format would have written; content is in every field that can hold it."""
    if name == "native":
        return native.encode(_SCENE)
    module: Any = importlib.import_module(f"reticent.testing.formats.{name.replace('-', '_')}")
    data: bytes = module.write(_SCENE)
    return data


def read(name: str, data: bytes, chunk_bytes: int) -> tuple[list[Event], Notes, str]:
    """Events, notes, and the message of the refusal, if the whole is refused."""
    module: Any = importlib.import_module(f"reticent.formats.{name.replace('-', '_')}")
    notes, events = Notes(), []
    try:
        for batch in module.read(io.BytesIO(data), notes, chunk_bytes):
            events += batch
    except FormatError as refusal:
        return events, notes, str(refusal)
    return events, notes, ""


def assert_it_is_read(name: str, data: bytes, chunk_bytes: int) -> None:
    """Nothing but a refusal is raised, nothing is quoted, and chunks make no difference."""
    events, notes, refusal = found = read(name, data, 1 << 14)
    assert read(name, data, chunk_bytes) == found
    said = [refusal, repr(notes), *map(repr, events)]
    assert not any(_CANARY in text or "Xyzzy" in text for text in said)


@st.composite
def damage(draw: st.DrawFn) -> list[tuple[float, int, bytes]]:
    """Where bytes are taken out (as a share of the whole), how many, and what comes in their place."""
    cut = st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(_TOKENS) | st.binary(max_size=3))
    return draw(st.lists(cut, min_size=1, max_size=4))


@_each_format
def test_a_damaged_recording_is_read(name: str) -> None:
    """Bytes lost, changed and added, anywhere in what a recorder wrote."""

    @settings(_quick, max_examples=int(40 * _SAMPLES))
    @given(damage(), st.integers(1, 40))
    def damaged(faults: list[tuple[float, int, bytes]], chunk_bytes: int) -> None:
        data = scene(name)
        for place, size, token in faults:
            at = int(place * len(data))
            data = data[:at] + token + data[at + size :]
        assert_it_is_read(name, data, chunk_bytes)

    damaged()


@_each_format
def test_any_bytes_are_read(name: str) -> None:
    """Pieces that mean something to one format or another, and bytes that mean nothing, after a good beginning."""

    @settings(_quick, max_examples=int(30 * _SAMPLES))
    @given(st.lists(st.sampled_from(_TOKENS) | st.binary(max_size=20), max_size=12), st.booleans(), st.integers(1, 40))
    def anything(parts: list[bytes], begins_well: bool, chunk_bytes: int) -> None:
        assert_it_is_read(name, (scene(name) if begins_well else b"") + b"".join(parts), chunk_bytes)

    anything()


@_each_format
def test_the_scene_is_read(name: str) -> None:
    """The undamaged one holds something to damage."""
    events, notes, refusal = read(name, scene(name), 1 << 14)
    assert len(events) > 3 and notes.refused == 0 and refusal == ""
