"""reticent redacts typed secrets and personal data from keystroke and mouse streams before they leave the device.

>>> import reticent
>>> rows = reticent.filter([{"type": "pointermove", "time_us": 5, "x": 1, "y": 2}])
>>> [row["type"] for row in rows]
['header', 'pointermove']
"""

from __future__ import annotations

__version__ = "0.1.0"

# Names are looked up when they are first used, so that importing the package costs nothing.
_HOMES = {
    "Context": "reticent.transform",
    "Diagnostics": "reticent.diagnostics",
    "Filtered": "reticent.api",
    "FormatError": "reticent.errors",
    "OwnerError": "reticent.errors",
    "Pipeline": "reticent.pipeline",
    "Policy": "reticent.policy",
    "PolicyError": "reticent.errors",
    "Report": "reticent.report",
    "ReticentError": "reticent.errors",
    "RunClosed": "reticent.errors",
    "encode": "reticent.formats.native",
    "filter": "reticent.api",
    "filter_file": "reticent.api",
    "load_policy": "reticent.policy_file",
}

__all__ = [
    "Context", "Diagnostics", "Filtered", "FormatError", "OwnerError", "Pipeline", "Policy", "PolicyError", "Report",
    "ReticentError", "RunClosed", "encode", "filter", "filter_file", "load_policy",
]  # fmt: skip

TYPE_CHECKING = False  # type checkers know the name; importing typing would be most of the cost of this module
if TYPE_CHECKING:
    from reticent.api import Filtered, filter, filter_file  # noqa: A004 - a namespace of its own
    from reticent.diagnostics import Diagnostics
    from reticent.errors import FormatError, OwnerError, PolicyError, ReticentError, RunClosed
    from reticent.formats.native import encode
    from reticent.pipeline import Pipeline
    from reticent.policy import Policy
    from reticent.policy_file import load_policy
    from reticent.report import Report
    from reticent.transform import Context


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
