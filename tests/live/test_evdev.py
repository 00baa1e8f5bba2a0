"""The collector on Linux input devices filters what the kernel sends: from a recording, from a pipe, from uinput."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import struct
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from robot import end, program, wait_for

from reticent.keys.evdev import CODES
from reticent.keys.layout import Layout
from reticent.testing.attacker import find_leaks, find_missing
from reticent.testing.wellformed import problems

COLLECTOR = Path(__file__).parents[2] / "examples" / "live" / "collect_with_evdev.py"
