"""A description survives as bytes, always the same ones; what is none is refused."""

from __future__ import annotations

import copy
import pickle

import pytest

from reticent.errors import PrivacyError
from reticent.privacy import mechanisms
from reticent.privacy.mechanisms import (
    Gaussian,
    Histogram,
    Laplace,
    OneBitMean,
    OneHot,
    PlanarLaplace,
    RandomizedResponse,
    decode,
    encode,
)

STORED = {
    b'{"mechanism":"laplace","lower":0,"upper":9,"size":1,"epsilon":0.1,"within":null}':
        Laplace(lower=0, upper=9, epsilon=0.1),
    b'{"mechanism":"gaussian","lower":0,"upper":9,"size":2,"rho":0.5}': Gaussian(lower=0, upper=9, size=2, rho=0.5),
    b'{"mechanism":"randomized-response","categories":["a","other"],"epsilon":1.0}':
        RandomizedResponse(categories=("a", "other"), epsilon=1),
    b'{"mechanism":"one-hot","categories":["a","other"],"epsilon":1.0}':
        OneHot(categories=("a", "other"), epsilon=1),
    b'{"mechanism":"one-bit-mean","upper":1000,"epsilon":1.0}': OneBitMean(upper=1000, epsilon=1),
    b'{"mechanism":"histogram","bins":3,"items":50,"epsilon":1.0}': Histogram(bins=3, items=50, epsilon=1),
    b'{"mechanism":"planar-laplace","width_px":9,"height_px":9,"within_px":2,"epsilon":1.0,"points":1}':
        PlanarLaplace(width_px=9, height_px=9, within_px=2, epsilon=1),
}  # fmt: skip
"""What ledgers hold: these bytes are never to change."""


@pytest.mark.parametrize(("data", "mechanism"), STORED.items(), ids=lambda item: type(item).__name__)
def test_each_of_the_seven_has_its_bytes(data, mechanism):
    """And comes back from them equal, as it does from a pickle or a copy."""
    assert encode(mechanism) == data
    for again in (decode(data), pickle.loads(pickle.dumps(mechanism)), copy.deepcopy(mechanism)):
        assert again == mechanism
        assert hash(again) == hash(mechanism)
        assert encode(again) == data


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"null", b"7", b'{"mechanism":"exponential","epsilon":1}', b'{"upper":9,"epsilon":1}',
     b'{"mechanism":"one-bit-mean","upper":9}', b'{"mechanism":"one-bit-mean","upper":9,"epsilon":"1"}',
     b'{"mechanism":"one-bit-mean","upper":9,"epsilon":1,"value":4711}',
     b'{"mechanism":"one-bit-mean","upper":9,"epsilon":1e999}', b'{"mechanism":"one-bit-mean","upper":9,"epsilon":1}}'],
)  # fmt: skip
def test_what_is_no_description_is_refused(data):
    """An unknown field, too: it would be lost without a word."""
    with pytest.raises(PrivacyError, match="is no description of a mechanism"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [b'{"mechanism":"one-bit-mean","upper":0,"epsilon":1}', b'{"mechanism":"one-bit-mean","upper":9,"epsilon":-1}',
     b'{"mechanism":"one-hot","categories":["a","b"],"epsilon":1}'],
)  # fmt: skip
def test_bytes_are_checked_like_arguments(data):
    """A file that was edited makes no mechanism that a constructor would refuse."""
    with pytest.raises(PrivacyError):
        decode(data)


def test_the_seven_are_one_face():
    """All that a ledger, a report or an estimator needs comes from one module."""
    assert {type(mechanism).__name__ for mechanism in STORED.values()} < set(mechanisms.__all__)
