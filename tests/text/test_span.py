"""Every kind that a detector may name has a category, and credentials are those that are widened to their token."""

from __future__ import annotations

from typing import get_args

from reticent.detect.vault import Vault
from reticent.detect.working_set import working_set
from reticent.events import Category
from reticent.text.span import CATEGORY, CREDENTIAL_KINDS, Span

SAMPLES = """
    password: Qz81LLmm\nmy pin is 8291\nAKIAIOSFODNN7EXAMPLE ghp_16C7e42F292c6912E7710c838347Ae178B4a hunter2
    karl@example.com 4111 1111 1111 1111 DE89 3704 0044 0532 0130 00 192.168.17.4 536-22-8145 +1 415 555 2671
    https://ann:Sailing7@example.com/?token=abcdef123456
"""


def test_categories_are_those_that_a_mark_may_show() -> None:
    """And none that tells more."""
    assert set(CATEGORY.values()) <= set(get_args(Category))


def test_credentials() -> None:
    """Whatever opens a door; personal data does not."""
    assert {"password", "token", "enrolled", "learned", "injected"} <= CREDENTIAL_KINDS
    assert not {"card", "email", "phone", "name", "custom"} & CREDENTIAL_KINDS
    assert {CATEGORY[kind] for kind in CREDENTIAL_KINDS} == {"credential"}


def test_what_detectors_find_has_a_category() -> None:
    """A kind without one would show as unspecified."""
    found: list[Span] = Vault(["hunter2"]).find(SAMPLES)
    for detector in working_set():
        found += detector.find(SAMPLES)
    assert len({span.kind for span in found}) > 6
    assert {span.kind for span in found} <= CATEGORY.keys()
    assert all(0 <= span.start < span.stop <= len(SAMPLES) for span in found)
