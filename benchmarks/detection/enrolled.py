"""Enrolled literals: found in every way of typing them, and never taken for one of the most frequent passwords."""

from __future__ import annotations

import random
import string
from importlib.util import find_spec
from pathlib import Path

from benchmarks.detection.keystrokes import events, straight
from benchmarks.detection.ours import filtered

from reticent.detect.vault import Vault
from reticent.policy_file import load_policy
from reticent.testing.attacker import find_leaks
from reticent.testing.dsl import expand

__all__ = ["PASSWORDS", "edit_modes", "literals", "passwords"]

PASSWORDS = Path("secrets/passwords_top_zxcvbn.txt")
_CHARS = string.ascii_letters + string.digits + "!#$%&*+?@"
_WORDS = "amber basket copper dolphin engine falcon garnet harbor island jigsaw kettle lantern magnet nutmeg".split()
_WITHIN_LIMIT = {"long_pause": "L1b", "window_switch": "L1b"}
"""Modes with a barrier inside the secret: a secret known only by its tag may leak there, one known whole may not."""
_KINDS = {"enrolled", "learned"}


def literals(count: int, seed: int) -> list[str]:
    """Half of them random, half of them two words, a number and a sign."""
    rng = random.Random(seed)
    own = ["".join(rng.choices(_CHARS, k=rng.randint(6, 14))) for _ in range(count // 2)]
    for _ in range(count - len(own)):
        first, second = rng.sample(_WORDS, 2)
        own.append(f"{first.title()}{rng.choice('-._')}{second}{rng.randint(10, 99)}{rng.choice('!?#')}")
    return own


def passwords(root: Path, sample: int, seed: int) -> dict[str, tuple[int, int]]:
    """False hits and number of passwords, by way of looking.

    Raises:
        FileNotFoundError: the list is not in the folder.
    """
    lines = (root / PASSWORDS).read_text(encoding="utf-8").split()
    secrets = literals(20, seed)
    vault = Vault(secrets)
    few = random.Random(seed).sample(lines, min(sample or len(lines), len(lines)))
    policy = load_policy("minimal")
    hits = sum(bool(_KINDS & set(filtered(policy, events(straight(word)), secrets)[2])) for word in few)
    return {
        "exactly": (sum(bool(vault.find(word)) for word in lines), len(lines)),
        "with a slip": (sum(vault.find_near(word) for word in lines), len(lines)),
        "typed, where the head of a literal counts too": (hits, len(few)),
    }


def edit_modes(count: int, seed: int) -> dict[str, tuple[int, int]] | None:
    """Literals that the attacker does not read and number of literals, by mode; None without Hypothesis."""
    if find_spec("hypothesis") is None:
        return None
    from reticent.testing.strategies import EDIT_MODES, stream_of

    policy = load_policy("minimal")
    secrets = literals(count, seed)
    found: dict[str, tuple[int, int]] = {}
    for mode in EDIT_MODES:
        name = f"{mode} ({_WITHIN_LIMIT[mode]} for tags)" if mode in _WITHIN_LIMIT else mode
        hidden = 0
        for number, secret in enumerate(secrets):
            script = stream_of("put it here", secret, mode, "and go on", random.Random(seed + number))
            out, _, _ = filtered(policy, expand(script).events, secrets)
            hidden += not find_leaks(out, [secret], ("us",))
        found[name] = hidden, len(secrets)
    return found
