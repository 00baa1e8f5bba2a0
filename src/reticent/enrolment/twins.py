"""What a secret becomes when it is typed with the wrong keyboard layout active, or with CapsLock on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from reticent.detect.folding import normal
from reticent.keys.layout import Layout, load

__all__ = ["twins"]


def twins(secret: str, layouts: Iterable[str]) -> list[str]:
    """What the keys of a secret make under each other layout of these, and with CapsLock; folded, each once.

    A text that some key of does not make a character is no twin. Raises ``PolicyError`` for an unknown layout.

    >>> twins("azerty2", ["us", "fr"])
    ['qwertyé', 'qwerty@']
    """
    tables = [load(name) for name in layouts]
    own = normal(secret)
    found = (
        _retyped(secret, typed_on, shown_by, caps_lock=caps_lock)
        for typed_on, shown_by, caps_lock in product(tables, tables, (False, True))
    )
    return [twin for twin in dict.fromkeys(map(normal, filter(None, found))) if twin != own]


def _retyped(secret: str, typed_on: Layout, shown_by: Layout, *, caps_lock: bool) -> str | None:
    """The text of the keys that make ``secret`` on one layout, as another one shows it."""
    characters = []
    for character in secret:
        stroke = typed_on.stroke(character)
        if stroke is None:
            return None
        code, shift, altgr = stroke
        shown = shown_by.char(code, shift=shift, altgr=altgr, caps_lock=caps_lock)
        if shown is None:
            return None
        characters.append(shown)
    return "".join(characters)
