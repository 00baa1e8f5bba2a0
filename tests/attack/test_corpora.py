"""Corpora become native events, session by session, and what is missing is said; small samples of them are attacked."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from reticent.attack import corpora
from reticent.attack.model import DataMissing
from reticent.attack.strokes import strokes_of
from reticent.events import KeyDown, PointerDown, PointerMove

DATA = os.environ.get("RETICENT_DATA")
with_data = pytest.mark.skipif(not DATA, reason="RETICENT_DATA is not set")
CMU = (
    "subject,sessionIndex,rep,H.period,DD.period.t,UD.period.t,H.t\n"
    "s002,1,1,0.1491,0.3979,0.2488,0.1069\ns002,1,2,0.1111,0.3451,0.2340,0.0694\n"
)


def test_without_data_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of the variable."""
    monkeypatch.delenv("RETICENT_DATA", raising=False)
    with pytest.raises(DataMissing, match="RETICENT_DATA"):
        next(corpora.aalto())


def test_a_missing_corpus_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file, not the folder."""
    monkeypatch.setenv("RETICENT_DATA", str(tmp_path))
    for corpus, name in ((corpora.sapimouse, "sapimouse"), (corpora.cmu, "DSL-StrongPasswordData.csv")):
        with pytest.raises(DataMissing, match=name):
            next(corpus())


def test_a_copy_of_the_cmu_set_is_read(tmp_path: Path) -> None:
    """Hold and press to press in seconds become presses and releases."""
    path = tmp_path / "copy.csv"
    path.write_text(CMU, "ascii")
    one, two = corpora.cmu(path)
    found = strokes_of(one.events)
    assert (one.user, two.name, found.keys) == ("s002", "000001", ["period", "t"])
    assert found.press_us.tolist() == [0, 397_900]
    assert found.release_us.tolist() == [149_100, 397_900 + 106_900]


@with_data
def test_the_published_error_of_the_cmu_set() -> None:
    """9.62 % within 0.2 points (Killourhy and Maxion, 2009), where there is a copy."""
    if not (corpora.data_folder() / "keystroke" / "DSL-StrongPasswordData.csv").is_file():
        pytest.skip("no copy of the CMU set")
    from reticent.attack.bench import CorpusBench, PublishedError

    trial = PublishedError(name="published")
    bench = CorpusBench(name="cmu", data="CMU", sessions=lambda quick: corpora.cmu(), trials=(trial,))
    [finding] = bench.run((), seeds=1, quick=False).findings
    assert finding.value == pytest.approx(0.0962, abs=0.002)


@with_data
def test_keys_and_pointers_of_real_corpora() -> None:
    """Times begin at 0 and never go back; every press has a code; every key goes up before it goes down again."""
    pytest.importorskip("pyarrow", reason="pip install 'reticent[attack]'")
    for corpus in (corpora.aalto(3), corpora.monaco("keypad"), corpora.sapimouse()):
        for session in islice(corpus, 4):
            times = [event.time_us for event in session.events]
            assert times[0] == 0
            assert times == sorted(times)
            down: set[str | None] = set()
            for event in session.events:
                if isinstance(event, KeyDown):
                    assert event.code is not None
                    assert event.code not in down
                    down.add(event.code)
                elif not isinstance(event, PointerMove | PointerDown):
                    down.discard(getattr(event, "code", None))


def test_another_file_is_not_the_cmu_set(tmp_path: Path) -> None:
    """Said with its row, without its content."""
    path = tmp_path / "copy.csv"
    path.write_text(CMU.replace("0.3979", "much"), "ascii")
    with pytest.raises(DataMissing, match="row 1 is not of the published file"):
        next(corpora.cmu(path))


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where made-up corpora lie."""
    pytest.importorskip("pyarrow", reason="pip install 'reticent[attack]'")
    (tmp_path / "keystroke").mkdir()
    (tmp_path / "mouse").mkdir()
    monkeypatch.setenv("RETICENT_DATA", str(tmp_path))
    return tmp_path


def put(path: Path, **columns: list) -> None:
    """A corpus of these columns."""
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(columns), path)


def test_sentences_of_aalto_are_sessions(folder: Path) -> None:
    """In order; a key is up again when it is pressed again; as many people as asked."""
    put(folder / "keystroke" / "aalto136m_subset.parquet", participant=[7, 7, 7, 8], section=[1, 1, 2, 1],
        press_ms=[1000, 1100, 5000, 0], release_ms=[1200, 1150, 5080, 50], keycode=[65, 65, 16, 66],
        letter=["a", "a", None, "b"])  # fmt: skip
    one, two, _ = corpora.aalto()
    assert [(event.time_us, event.code) for event in one.events] == [
        (0, "KeyA"), (100_000, "KeyA"), (100_000, "KeyA"), (150_000, "KeyA")]  # fmt: skip
    assert (two.user, two.name, two.events[0].code) == ("7", "2", "ShiftLeft")
    assert [session.user for session in corpora.aalto(1)] == ["7", "7"]


def test_mice_have_an_enrolment_and_a_probe(folder: Path) -> None:
    """SapiMouse: other sessions of a person are left out, and a clock that goes back stands still."""
    put(folder / "mouse" / "sapimouse.parquet", user=["a"] * 5, x=[1, 2, 3, 4, 5], y=[0] * 5,
        session=["session_3min"] * 3 + ["session_1min", "session_2020_1min"], t_ms=[50, 40, 60, 9, 9],
        state=["Move", "Pressed", "Released", "Down", "Move"],
        button=["NoButton", "Left", "Left", "Scroll", "NoButton"])  # fmt: skip
    one, two = corpora.sapimouse()
    assert [(type(event).__name__, event.time_us) for event in one.events] == [
        ("PointerMove", 0), ("PointerDown", 0), ("PointerUp", 10_000)]  # fmt: skip
    assert (one.name, two.name, two.events[0].delta_y) == ("enrol", "probe", 120)


def test_only_legal_test_sessions_are_probes(folder: Path) -> None:
    """Balabit: by its labels, without which nothing is read; points beyond any screen are artefacts."""
    put(folder / "mouse" / "balabit.parquet", user=[1] * 4, session=["s1", "s1", "s2", "s3"], x=[1, 65_535, 3, 4],
        y=[0] * 4, split=["train", "train", "test", "test"], t_ms=[0, 1, 2, 3], state=["Move"] * 4,
        button=["NoButton"] * 4)  # fmt: skip
    with pytest.raises(DataMissing, match="balabit_public_labels.csv"):
        next(corpora.balabit())
    (folder / "mouse" / "balabit_public_labels.csv").write_text("filename,is_illegal\ns2,1\ns3,0\n", "ascii")
    assert [(one.name, len(one.events)) for one in corpora.balabit()] == [("enrol s1", 1), ("probe s3", 1)]


def test_keys_of_monaco_have_codes(folder: Path) -> None:
    """Letters, digits, names and the keypad."""
    put(folder / "keystroke" / "monaco_keypad.parquet", user=[1] * 4, session=[1] * 4, timepress=[0, 1, 2, 3],
        timerelease=[4, 5, 6, 7], keyname=["a", "numpad_7", "space", "7"])  # fmt: skip
    [session] = corpora.monaco("keypad")
    assert strokes_of(session.events).keys == ["KeyA", "Numpad7", "Space", "Digit7"]
