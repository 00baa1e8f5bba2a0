"""Writers of foreign formats: what a recorder would have written of native events, for tests of the adapters."""

from __future__ import annotations

import pkgutil

__all__ = ["written_formats"]


def written_formats() -> tuple[str, ...]:
    """Names of the formats that have a writer.

    >>> "evtest" in written_formats()
    True
    """
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(name.replace("_", "-") for name in modules if not name.startswith("_"))
