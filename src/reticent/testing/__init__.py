"""Scenario language, attacker, checks, laws and Hypothesis strategies for testing a redactor.

Names are loaded when they are first used; ``reticent.testing.strategies``, which needs Hypothesis, only on its own.

>>> from reticent.testing import expand
>>> len(expand('type:"hi"').events)
4
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reticent.testing.attacker import find_leaks, views
    from reticent.testing.dsl import expand
    from reticent.testing.laws import check_transform
    from reticent.testing.run import filter_events
    from reticent.testing.scenarios import check, load_scenarios

__all__ = ["check", "check_transform", "expand", "filter_events", "find_leaks", "load_scenarios", "views"]

_HOMES = {
    "check": "scenarios", "check_transform": "laws", "expand": "dsl", "filter_events": "run",
    "find_leaks": "attacker", "load_scenarios": "scenarios", "views": "attacker",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
