"""Recordings of one's own are attacked where raw data can be told apart, and else it is said that they tell nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from planted import typists

from reticent.attack.model import DataMissing
from reticent.attack.own import own_benches, recordings
from reticent.events import KeyDown


def written(folder: Path, **options) -> Path:
    """Planted people as files."""
    for session in typists(16, 4, **options):
        (folder / session.user).mkdir(exist_ok=True)
        lines = [msgspec.json.encode(event) for event in session.events]
        (folder / session.user / f"{session.name}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    return folder


def test_it_takes_people(tmp_path):
    """Four with two sessions each; formats are told by content, names of people are not kept."""
    with pytest.raises(DataMissing, match="at least 4"):
        list(recordings(tmp_path))
    for person in "abcd":
        (tmp_path / person).mkdir()
        for session in "12":
            (tmp_path / person / f"{session}.jsonl").write_text('{"type":"keydown","time_us":5,"code":"KeyA"}\n')
    found = list(recordings(tmp_path))
    assert [session.user for session in found[::2]] == [f"person {at}" for at in (1, 2, 3, 4)]
    assert found[0].events == [KeyDown(time_us=5, code="KeyA")]


def test_planted_typists_are_told(tmp_path):
    """By their typing."""
    typing, _ = own_benches(written(tmp_path))
    found = {each.measure: each.value for each in typing.run([], seeds=1, quick=False).findings}
    assert found["rank-1"] >= 0.7


def test_people_who_cannot_be_told_apart_are_no_proof_of_privacy(tmp_path):
    """A planted fault: one rhythm for all, which any policy would seem to hide."""
    typing, _ = own_benches(written(tmp_path, alike=True))
    with pytest.raises(DataMissing, match="no better than by guessing"):
        typing.run([], seeds=1, quick=False)


def test_without_a_mouse_nothing_is_said_of_mice(tmp_path):
    """Chance on raw data is no figure."""
    pytest.importorskip("sklearn", reason="pip install 'reticent[attack]'")
    _, mouse = own_benches(written(tmp_path))
    with pytest.raises(DataMissing, match="mouse: raw data"):
        mouse.run([], seeds=1, quick=False)
