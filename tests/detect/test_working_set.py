"""The whole set finds what people type, leaves ordinary texts alone and stays linear."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.detect.working_set import working_set

DETECTORS = working_set()
_PIECES = (
    "pw", "pin", "password:", "hunter2!", "is", "code", "4471", "my", "passphrase", "one two three four",
    "bob@mail.co", "4111 1111 1111 1111", "DE89370400440532013000", "10.20.30.40", "fe80::1ff:fe23:4567:890a",
    "ssn 536-22-8145", "+1 415 555 2671", "ghp_abcdefghij0123456789", "eyJhbGciOiJIUzI1NiJ9.e30.x",
    "https://u:p4ss@h.co/?token=abc", "curl -u a:b1", "1825 Brittany Bypass, Ohio 29158", "born 15 march 1991",
    "passport no K60473288", "user: rivanov17", "00:1B:44:11:3a:B7", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "nino AB 12 34 56 C", "bob at gmail dot com", "bob2gmail.com", "Hauptstraße 12", "lives at 172 Maneeži 75",
    "ssh a@72.15.185", "login lsharma x1", "x\t6^ftt9b\n", "mysql -pX9", "a@b.co\thunter2!\t",
    "-----BEGIN RSA PRIVATE KEY-----", "is my pin",
)  # fmt: skip
HARMLESS = {"hard-benign"}


def rows(name: str) -> Iterator[dict[str, Any]]:
    """Rows of a corpus; texts may be stored in parts."""
    root = os.environ.get("RETICENT_DATA")
    if not root:
        pytest.skip("RETICENT_DATA is not set: the corpora of ordinary and typed texts were NOT examined")
    for line in (Path(root) / "secrets" / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield {**row, "text": "".join(row["text"])}


def test_names_and_regions() -> None:
    """Names are unique; regions reach the detectors of phones and national numbers; a model is asked if it may be."""
    names = [detector.name for detector in DETECTORS]
    assert len({*names}) == len(names) and {"secrets", "cues", "email", "address", "national_id"} <= {*names}
    assert [detector.name for detector in working_set(names="demanded")] == [*names, "names"]
    german = {detector.name: detector for detector in working_set(regions=("DE",))}
    assert german["phone"].find("ruf an, telefon 030 12345678") == [("phone", 16, 28)]
    assert german["national_id"].find("steuer-id 65929970489") == [("national_id", 10, 21)]


def test_ordinary_texts_are_left_alone() -> None:
    """At most 1 % of ordinary prose, chat, shell and code rows are touched."""
    texts = [row["text"] for row in rows("negatives.jsonl") if row["neg_class"] not in HARMLESS]
    touched = sum(any(detector.find(text) for detector in DETECTORS) for text in texts)
    assert touched <= 0.01 * len(texts)


def test_typed_secrets_are_found() -> None:
    """Human-typed secrets that have any context are found in at least 85 % of the rows."""
    found = total = 0
    for row in rows("positives_human_typed_cc0.jsonl"):
        if row["kind"].startswith("bare"):
            continue
        covered = {
            i for detector in DETECTORS for span in detector.find(row["text"]) for i in range(span.start, span.stop)
        }
        found += covered >= set(range(row["start"], row["end"]))
        total += 1
    assert found >= 0.85 * total


def test_surrogates_and_opaque_content() -> None:
    """Lone surrogates and object replacement characters shift nothing: what stands between them is found."""
    text = "\ud800 \udc00 pass is \ufffc bob@x.org 4111 1111 1111 1111 1.2.3.4 \udfff"
    found = {text[span.start : span.stop] for detector in DETECTORS for span in detector.find(text)}
    assert found == {"\ufffc", "bob@x.org", "4111 1111 1111 1111", "1.2.3.4"}


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map(" ".join) | st.text(max_size=60))
def test_the_cheap_question_misses_nothing(text: str) -> None:
    """What a detector finds in a text it also suspects, alone and among other readings."""
    for detector in DETECTORS:
        if detector.find(text):
            assert detector.may_find(text), detector.name  # type: ignore[attr-defined]
            assert detector.may_find(f"plain\n\n{text}\n\nwords"), detector.name  # type: ignore[attr-defined]
