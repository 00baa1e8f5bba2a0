"""One spelling for secrets and for the text they are searched in: case and compatibility forms make no difference."""

from __future__ import annotations

import unicodedata

__all__ = ["fold", "normal"]


def fold(text: str) -> str:
    """Case-insensitive form of exactly the same length, without lone surrogates.

    >>> fold("Straße \\ud800")
    'straße \\ufffd'
    """
    if text.isascii():
        return text.lower()
    folded = (char.casefold() for char in text)
    return "".join(
        "\ufffd" if "\ud800" <= char <= "\udfff" else fold if len(fold) == 1 else char
        for char, fold in zip(text, folded, strict=True)
    )


def normal(value: str) -> str:
    """The spelling under which a secret is kept: folded, compatibility forms resolved, no blanks around it.

    >>> normal(" Ｈunter2 ")
    'hunter2'
    """
    return fold(unicodedata.normalize("NFKC", value).strip())
