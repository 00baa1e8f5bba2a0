"""Adaptive attackers that prove, or disprove, what a policy claims: ``reticent attack``.

An attacker knows the defence and learns from defended data. Raw data must reach the healthy level of each attack, or
the run fails: a broken attack would pass as privacy. Corpora are not shipped; ``RETICENT_DATA`` names their folder.
Needs ``pip install 'reticent[attack]'``.
"""

from __future__ import annotations

from reticent.attack.defence import RAW, Defence, defend
from reticent.attack.model import AttackBroken, Attacker, DataMissing, Population, Session, Subject

__all__ = ["RAW", "AttackBroken", "Attacker", "DataMissing", "Defence", "Population", "Session", "Subject", "defend"]
