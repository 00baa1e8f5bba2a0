"""What holds for every test: Hypothesis judges behaviour only, however busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("reticent", deadline=None)
settings.load_profile("reticent")
