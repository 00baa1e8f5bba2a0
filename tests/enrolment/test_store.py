"""The store tells whether a text holds a secret, and never what it is; a changed, foreign or open file is refused."""

from __future__ import annotations

import datetime
import json
import pickle
from pathlib import Path
from typing import ClassVar

import pytest

import reticent
from reticent.enrolment.store import EnrolledStore, key_kind
from reticent.errors import EnrolmentError, PolicyError, TooManyGuesses

DAY = datetime.date(2026, 1, 2)
SECRETS = {"mail": "Velvet-Orbit-42", "bank": "correct horse battery staple", "door": "4711"}


class Key:
    """A key that the test holds."""

    kind: ClassVar[str] = "passphrase"

    def __init__(self, key: bytes = bytes(range(32))) -> None:
        self._key = key

    def key(self, store: bytes, /, *, new: bool) -> bytes:
        return self._key


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of three secrets."""
    store = EnrolledStore.create(tmp_path / "enrolled.json", Key())
    for label, secret in SECRETS.items():
        store.enrol(label, secret, added=DAY, layouts=("us", "fr"))
    store.save()
    return tmp_path / "enrolled.json"


def test_what_was_enrolled_is_found(path: Path) -> None:
    """After it was opened again; in either case, glued to other text, and on the wrong layout."""
    found = EnrolledStore.open(path, Key()).tagged
    for secret in SECRETS.values():
        for shown in (secret, secret.upper(), secret.swapcase()):
            assert (2, 2 + len(secret)) in found.find(f"- {shown}")
    assert found.find("xVelvet-Orbit-42x") == [(1, 16)] and found.find("Velvet-Orbit-43 nothing") == []
    assert (3, 31) in found.find("on correct horse bqttery stqple")


def test_the_file_holds_nothing_in_clear(path: Path) -> None:
    """No secret, no part of one, no length, nothing that is equal for equal secrets; the labels and dates it does."""
    text = path.read_text()
    for secret in (*SECRETS.values(), "velvet", "orbit", "horse", "staple", "lengths"):
        assert secret.lower() not in text.lower()
        assert secret.encode().hex() not in text
    file = json.loads(text)
    assert {*file} == {"format", "version", "key", "store", "secrets", "code"} and file["version"] == 1
    assert {frozenset(record) for record in file["secrets"]} == {frozenset(("label", "added", "nonce", "tags"))}
    assert {len(tag) for record in file["secrets"] for tag in record["tags"]} == {14}
    store = EnrolledStore.open(path, Key())
    store.enrol("mail again", SECRETS["mail"], added=DAY)
    store.save()
    masked = [tag for record in json.loads(path.read_text())["secrets"] for tag in record["tags"]]
    assert len({*masked}) == len(masked)


def test_the_list_shows_no_secret(path: Path) -> None:
    """Label, class of the length, date, and how many twins."""
    entries = EnrolledStore.open(path, Key()).entries
    assert [(entry.label, entry.lengths, entry.added) for entry in entries] == [
        ("mail", "12-15", DAY), ("bank", "28-31", DAY), ("door", "4-7", DAY),
    ]  # fmt: skip
    assert entries[1].twins > 0 and EnrolledStore.open(path, Key()).short == ("door",)


def test_forgotten_is_forgotten(path: Path) -> None:
    """By the file and by what searches."""
    store = EnrolledStore.open(path, Key())
    assert store.tagged.find("Velvet-Orbit-42")
    store.forget("mail")
    store.save()
    for again in (store, EnrolledStore.open(path, Key())):
        assert not again.tagged.find("Velvet-Orbit-42") and again.tagged.find("CORRECT horse battery staple")
    with pytest.raises(EnrolmentError, match="no secret of this label"):
        store.forget("mail")


def test_every_change_of_the_file_is_noticed(path: Path) -> None:
    """Each record taken out, doubled, swapped or altered; each header field."""
    whole = json.loads(path.read_text())
    one, two, three = whole["secrets"]
    changes = [
        {"secrets": []}, {"secrets": [one, two]}, {"secrets": [two, one, three]}, {"secrets": [one, two, three, one]},
        {"secrets": [{**one, "label": "other"}, two, three]}, {"secrets": [{**one, "added": "2026-01-03"}, two, three]},
        {"secrets": [{**one, "tags": two["tags"]}, two, three]}, {"secrets": [{**one, "nonce": "00" * 16}, two, three]},
        {"store": "00" * 16}, {"code": "00" * 32}, {"code": ""},
    ]  # fmt: skip
    for change in changes:
        path.write_text(json.dumps({**whole, **change}))
        with pytest.raises(EnrolmentError, match="the store was changed"):
            EnrolledStore.open(path, Key())
    path.write_text(json.dumps(whole))
    EnrolledStore.open(path, Key())


@pytest.mark.parametrize("text", ["", "{}", "[1]", "nonsense", "[" * 5000, '{"format":"x","version":1}', '"\\ud800"'])
def test_what_is_no_store(path: Path, text: str) -> None:
    """Is refused without quoting it."""
    path.write_text(text)
    with pytest.raises(EnrolmentError, match="is no store of enrolled secrets, or is damaged"):
        EnrolledStore.open(path, Key())


def test_other_versions_keys_and_modes(path: Path) -> None:
    """Each is said for what it is."""
    with pytest.raises(EnrolmentError, match="does not fit"):
        EnrolledStore.open(path, Key(bytes(32)))
    other = Key()
    other.kind = "keyring"  # type: ignore[misc]
    with pytest.raises(EnrolmentError, match="is a passphrase, not a keyring"):
        EnrolledStore.open(path, other)
    assert key_kind(path) == "passphrase"
    with pytest.raises(EnrolmentError, match="there already"):
        EnrolledStore.create(path, Key())
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 2, "more": 1}))
    with pytest.raises(EnrolmentError, match="reads version 1"):
        EnrolledStore.open(path, Key())
    path.chmod(0o640)
    with pytest.raises(EnrolmentError, match="chmod 600"):
        EnrolledStore.open(path, Key())


@pytest.mark.parametrize(
    ("label", "secret", "message"),
    [
        ("mail", "Quick-Zebra-5", "taken"), ("", "Quick-Zebra-5", "a label is"),
        ("x" * 65, "Quick-Zebra-5", "a label is"),
        ("a\nb", "Quick-Zebra-5", "a label is"), ("my Velvet-Orbit-9 pw", "velvet-orbit-9", "shows the secret"),
        ("Orbit", "Velvet-Orbit-9", "shows the secret"), ("new", "zqx", "4 to 160"), ("new", "  zqx ", "4 to 160"),
        ("new", "zqx" * 60, "4 to 160"),
    ],
)  # fmt: skip
def test_what_cannot_be_enrolled(path: Path, label: str, secret: str, message: str) -> None:
    """Is refused without quoting it, and changes nothing."""
    store = EnrolledStore.open(path, Key())
    with pytest.raises(EnrolmentError, match=message) as refused:
        store.enrol(label, secret, added=DAY)
    assert secret not in repr(refused.value) and refused.value.__cause__ is None and len(store.entries) == 3
    with pytest.raises(PolicyError):
        store.enrol("new", "Quick-Zebra-5", added=DAY, layouts=("xx",))


def test_two_writers(path: Path) -> None:
    """The second one is refused: what the first enrolled is not lost."""
    one, two = EnrolledStore.open(path, Key()), EnrolledStore.open(path, Key())
    one.enrol("a", "first-of-two", added=DAY)
    two.enrol("b", "second-of-two", added=DAY)
    one.save()
    with pytest.raises(EnrolmentError, match="changed meanwhile"):
        two.save()
    assert EnrolledStore.open(path, Key()).tagged.find("first-of-two")
    one.save()


def test_guesses_are_limited_and_filtering_is_not(path: Path) -> None:
    """Ten guesses are answered at once; any number of texts is searched."""
    store = EnrolledStore.open(path, Key())
    assert [store.holds(guess) for guess in ("Velvet-Orbit-42", "velvet-orbit-43", "4711", "a 4711", "zz")] == [
        True, False, True, False, False,
    ]  # fmt: skip
    with pytest.raises(TooManyGuesses):
        for _ in range(6):
            store.holds("Velvet-Orbit-42")
    assert all(store.tagged.find("Velvet-Orbit-42") for _ in range(500))


def test_nothing_is_shown_or_pickled(path: Path) -> None:
    """The repr counts; a copy with its key is refused."""
    store = EnrolledStore.open(path, Key())
    assert repr(store) == "EnrolledStore(3 secrets)"
    with pytest.raises(TypeError, match="memory"):
        pickle.dumps(store)


def test_a_policy_takes_a_store(path: Path) -> None:
    """Beside literals, by row, and by file."""
    store = EnrolledStore.open(path, Key())
    rows = [
        {"type": "keydown", "time_us": 100_000 * at, "code": None, "key": key}
        for at, key in enumerate("go Velvet-Orbit-42 now")
    ]
    for known in (store, None):
        out = list(reticent.filter(rows, enrolled_store=known))
        assert [row["key"] for row in out if row["type"] == "keydown"] == (
            list("go  now") if known else list("go Velvet-Orbit-42 now")
        )
