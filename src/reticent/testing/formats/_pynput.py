"""The names that pynput has for keys and buttons, by what they stand for, and how it counts wheels."""

from __future__ import annotations

from reticent.events import Wheel
from reticent.keys.pynput import BUTTONS, KEYS

__all__ = ["BUTTON_NAMES", "KEY_NAMES", "notches"]

BUTTON_NAMES = {button: name for name, button in reversed(BUTTONS.items())}
KEY_NAMES = {pair: name for name, pair in reversed(KEYS.items())}
"""By key and code."""


def notches(event: Wheel) -> dict[str, float]:
    """How far a wheel was turned: in notches, upwards and to the right.

    >>> notches(Wheel(time_us=0, x=0, y=0, delta_y=240))
    {'dx': 0.0, 'dy': -2.0}
    """
    return {"dx": event.delta_x / 120, "dy": -event.delta_y / 120}
