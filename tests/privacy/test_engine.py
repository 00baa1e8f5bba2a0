"""Noise is drawn by OpenDP alone, for the price that its own map says, and nothing of a value gets out beside it."""

from __future__ import annotations

import gc
import math
import os
import pickle
import subprocess
import sys
import threading
import traceback
import weakref
from fractions import Fraction
from pathlib import Path

import pytest

import reticent
from reticent.errors import PrivacyError
from reticent.privacy import engine
from reticent.privacy.amounts import UNIT, declared, shown
from reticent.privacy.engine import draw, price
from reticent.privacy.mechanisms import (
    Gaussian,
    Histogram,
    Laplace,
    OneBitMean,
    OneHot,
    PlanarLaplace,
    RandomizedResponse,
)

CANARY = 471_147_114_711
NAMES = (*"abcdefg", "other")
KINDS = {
    "laplace": lambda loss: Laplace(lower=0, upper=1000, epsilon=loss),
    "within": lambda loss: Laplace(lower=0, upper=1000, within=50, size=4, epsilon=loss),
    "gaussian": lambda loss: Gaussian(lower=0, upper=1000, size=3, rho=loss),
    "randomized-response": lambda loss: RandomizedResponse(categories=NAMES, epsilon=loss),
    "one-hot": lambda loss: OneHot(categories=NAMES, epsilon=loss),
    "one-bit-mean": lambda loss: OneBitMean(upper=1000, epsilon=loss),
    "histogram": lambda loss: Histogram(bins=8, items=500, epsilon=loss),
    "planar-laplace": lambda loss: PlanarLaplace(width_px=1920, height_px=1080, within_px=100, epsilon=loss),
}


def run(script: str) -> str:
    """What a script prints in a process of its own, which has two minutes."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(reticent.__file__).parents[1]), *sys.path])}
    command = [sys.executable, "-W", "ignore", "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=environment).stdout


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", [0.01, 0.1, 1, 2.5, 0.333333333])
def test_a_price_is_the_declared_decimal(kind, loss):
    """Never above it, and by no more than a millionth below: the noise is the least that keeps the claim."""
    mechanism = KINDS[kind](loss)
    built = engine._built(mechanism)
    assert Fraction(built.measurement.map(built.distance)) <= declared(loss)
    assert declared(loss) * Fraction(999_999, 10**6) - UNIT <= price(mechanism) * UNIT <= declared(loss)


@pytest.mark.parametrize("kind", ["laplace", "gaussian", "histogram", "planar-laplace", "one-bit-mean"])
def test_a_loss_of_a_tenth_is_charged_as_a_tenth(kind):
    """To the last unit."""
    assert shown(price(KINDS[kind](0.1))) == "0.1"


@pytest.mark.parametrize("count", [2, 3, 49, 103, 1024])
@pytest.mark.parametrize("loss", [1e-6, 1, 50])
def test_any_number_of_categories_can_be_built(count, loss):
    """Also where 1 / count is no float. Where a chance would be too near 1 for a float, the loss is smaller."""
    mechanism = RandomizedResponse(categories=(*map(str, range(count - 1)), "other"), epsilon=loss)
    assert 0 < price(mechanism) * UNIT <= declared(loss)


def test_an_epsilon_counts_as_a_rho():
    """Of epsilon squared over two, by OpenDP; a rho never counts as an epsilon, nor anything as what is unknown."""
    assert price(KINDS["laplace"](0.5), "rho") == pytest.approx(0.125e9, rel=1e-6)
    assert price(KINDS["gaussian"](0.5), "rho") == price(KINDS["gaussian"](0.5))
    for kind, currency in (("gaussian", "epsilon"), ("laplace", "delta")):
        with pytest.raises(PrivacyError, match="cannot be counted in"):
            price(KINDS[kind](0.5), currency)


VALUES = {
    "laplace": [5], "within": [1, 2, 3, 4], "gaussian": [1, 2, 3], "randomized-response": "a", "one-hot": "a",
    "one-bit-mean": 5, "histogram": [1] * 8, "planar-laplace": [(5, 5)],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_release_is_plain(kind):
    """Numbers, names and lists of Python: no array, and nothing of OpenDP, which would carry the value along."""
    released = draw(KINDS[kind](1), VALUES[kind])
    flat = released if isinstance(released, list) else [released]
    flat = [part for item in flat for part in (item if isinstance(item, tuple) else (item,))]
    assert {type(part) for part in flat} in ({int}, {str})
    assert len(flat) == {"within": 4, "gaussian": 3, "one-hot": 8, "histogram": 8, "planar-laplace": 2}.get(kind, 1)


@pytest.mark.parametrize(
    ("mechanism", "value", "near"),
    [(Laplace(lower=0, upper=2000, epsilon=50), [999_999], [2000]),
     (Laplace(lower=-2000, upper=0, epsilon=50), [-(10**30)], [-2000]),
     (Laplace(lower=0, upper=1 << 40, epsilon=50), [1 << 80], [1 << 40]),
     (Gaussian(lower=0, upper=2000, rho=50), [999_999], [2000]),
     (Histogram(bins=2, items=1000, epsilon=50), [10**9, 10**9], [500, 500])],
)  # fmt: skip
def test_values_are_clamped_before_opendp_sees_them(mechanism, value, near):
    """Which takes them however far out of bounds; noise is a tenth of the bounds at most here, in 64 bits."""
    bound = max(map(abs, near))
    for released, number in zip(draw(mechanism, value), near, strict=True):
        assert abs(released - number) < bound


@pytest.mark.parametrize("value", [[math.nan], [math.inf], [0.5], ["5"], [], [1, 2], None])
def test_what_is_not_of_its_form_is_not_drawn(value):
    """NaN gave a number and infinity the largest float, when OpenDP was asked itself."""
    with pytest.raises(PrivacyError, match="takes "):
        draw(KINDS["laplace"](1), value)


class Broken(OneBitMean, frozen=True, kw_only=True, tag="broken"):
    """Hands the value to OpenDP in a form whose refusal quotes it."""

    def encoded(self, clipped):
        raise ValueError(f"cannot take {CANARY}")


@pytest.mark.parametrize("mechanism", [Broken(upper=10, epsilon=1), Laplace(lower=0, upper=10, epsilon=1)])
@pytest.mark.parametrize("value", [CANARY, str(CANARY), [str(CANARY)], [CANARY, CANARY], [float(CANARY)]])
def test_no_error_tells_the_value(mechanism, value):
    """Not in its message, its traceback, or an error that it came from."""
    with pytest.raises(PrivacyError) as caught:
        draw(mechanism, value)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(vars(caught.value))
    assert str(CANARY) not in told
    assert caught.value.__context__ is caught.value.__cause__ is None
    assert str(CANARY).encode() not in pickle.dumps(caught.value)


def test_a_failure_is_told_by_its_kind():
    """So that it can be looked for."""
    with pytest.raises(PrivacyError, match=r"^OpenDP could not draw: ValueError$"):
        draw(Broken(upper=10, epsilon=1), 3)


class Value(list):
    """A list that can be watched."""


def test_nothing_keeps_a_value():
    """Neither the description nor what was built holds it, or shows it, after a draw."""
    mechanism, value = Laplace(lower=0, upper=1 << 40, epsilon=1), Value([CANARY])
    watched = weakref.ref(value)
    draw(mechanism, value)
    del value
    gc.collect()
    assert watched() is None
    assert str(CANARY) not in repr(mechanism) + repr(engine._built(mechanism))


def test_what_was_built_stays_in_its_process():
    """It can be neither pickled nor sent; descriptions can."""
    mechanism = KINDS["laplace"](1)
    with pytest.raises(TypeError, match="stays in its process"):
        pickle.dumps(engine._built(mechanism))
    assert pickle.loads(pickle.dumps(mechanism)) == mechanism


def test_a_mechanism_is_built_once():
    """For equal descriptions."""
    assert engine._built(KINDS["histogram"](1)) is engine._built(KINDS["histogram"](1.0))


def test_opendp_is_loaded_when_it_is_needed_and_its_flags_are_left_alone():
    """A description loads nothing; what the host has allowed is the same before and after, and enough to draw."""
    said = run("""
import sys
from reticent.privacy.engine import draw, price
from reticent.privacy.mechanisms import Laplace, OneBitMean, RandomizedResponse
laplace = Laplace(lower=0, upper=9, epsilon=1)
print("opendp" in sys.modules, "numpy" in sys.modules)
price(laplace), price(laplace, "rho"), draw(laplace, [3])
from opendp.mod import GLOBAL_FEATURES, enable_features
print(sorted(GLOBAL_FEATURES))
draw(laplace, [3])
enable_features("contrib", "idealized-numerics")
price(OneBitMean(upper=9, epsilon=1))
print(sorted(GLOBAL_FEATURES))
""")
    assert said.splitlines() == ["False False", "[]", "['contrib', 'idealized-numerics']"]


class Unbuildable(OneBitMean, frozen=True, kw_only=True, tag="unbuildable"):
    """Fails while it is built."""

    def measurement(self, parameter):
        raise RuntimeError(parameter)


def test_flags_are_left_alone_when_building_fails():
    """And so is the lock."""
    from opendp.mod import GLOBAL_FEATURES

    before = set(GLOBAL_FEATURES)
    with pytest.raises(PrivacyError, match="OpenDP could not build: RuntimeError"):
        price(Unbuildable(upper=9, epsilon=1))
    assert before == GLOBAL_FEATURES
    assert engine._LOCK.acquire(timeout=10)
    engine._LOCK.release()


def test_what_loses_more_than_declared_is_not_used(monkeypatch):
    """Whatever OpenDP's search finds, the map of what was built has the last word."""
    monkeypatch.setattr("opendp.mod.binary_search_param", lambda *_, **__: 1.0)
    mechanism = Laplace(lower=0, upper=9, epsilon=1.125)
    with pytest.raises(PrivacyError, match="no noise keeps the declared loss"):
        draw(mechanism, [3])


def test_threads_that_build_and_draw_at_once_do_not_fail():
    """Eight of them, each with all mechanisms; OpenDP promises nothing about threads."""
    failures: list[BaseException] = []

    def work(number):
        try:
            for _ in range(3):
                for kind, make in KINDS.items():
                    draw(make(1 + number % 2), VALUES[kind])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_children_draw_noise_of_their_own():
    """Forked while another thread draws: none waits for ever for its lock, and none draws what another one draws."""
    said = run("""
import os, signal, threading
from reticent.privacy.engine import draw
from reticent.privacy.mechanisms import Histogram
mechanism = Histogram(bins=64, items=10, epsilon=0.1)
done = threading.Event()
def busy():
    while not done.is_set():
        draw(mechanism, [0] * 64)
thread = threading.Thread(target=busy)
thread.start()
found = []
for _ in range(20):
    out, into = os.pipe()
    if not (child := os.fork()):
        signal.alarm(60)
        os.write(into, repr(draw(mechanism, [0] * 64)).encode())
        os._exit(0)
    os.close(into)
    found.append(os.read(out, 1 << 16))
    found.append(repr(draw(mechanism, [0] * 64)).encode())
    os.waitpid(child, 0)
done.set()
thread.join()
print(len(found), len(set(found)))
""")
    assert said.split() == ["40", "40"]
