"""Kingfisher as a second opinion on secrets: token formats of providers, by the extra ``reticent[kingfisher]``.

The library (MongoDB, Apache-2.0) searches in this process. It can also try a credential at its provider; nothing here
asks it to. Its rules are compiled at the first text that may hold a token, which takes some 4 s; they are not cached,
because that would write files.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from threading import RLock
from typing import Any

from reticent.detect.shape import well_formed
from reticent.errors import ReticentError
from reticent.text.span import Span

__all__ = ["Kingfisher", "is_installed", "scanner_version"]

_PACKAGE, _DISTRIBUTION = "kingfisher_sdk", "kingfisher-secret-scanner"
_LEAST, _LONG_WORD = 10, 16
_PUNCTUATION = ".,;:!?…()[]{}\"'“”‘’«»*_–—-"
_TEXT_MAX = 100_000
_TIMEOUT_S = 1.0
_KINDS = {"betterleaks.private-key": "private_key", "betterleaks.generic-credential-uri": "url_secret"}
_ACCOUNT = "tenant"

_LOCK = RLock()  # no child of a fork may begin with a scanner that a thread of its parent was using
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)


def is_installed() -> bool:
    """Whether the extra is there; nothing is loaded to tell."""
    return find_spec(_PACKAGE) is not None


def scanner_version() -> dict[str, str]:
    """The version of the library by its name; empty without it."""
    try:
        return {_DISTRIBUTION: version(_DISTRIBUTION)} if is_installed() else {}
    except PackageNotFoundError:
        return {}


@lru_cache(maxsize=1)
def _scanner() -> Any:
    if not is_installed():
        raise ReticentError("Kingfisher is not installed; install reticent[kingfisher]")
    from kingfisher_sdk import Rules, Scanner

    # No policy: one would let a comment such as "betterleaks:allow" switch redaction off.
    return Scanner(Rules(confidence="medium", cache=False), dedup=False, policy=None)


class Kingfisher:
    """Finds what the rules of Kingfisher find: ``token``, ``private_key``, ``url_secret``, and accounts (``tenant``).

    Only texts with a long enough word that is no plain one are shown to it.
    """

    name = "kingfisher"

    def may_find(self, text: str) -> bool:
        """Whether a word of 10 characters or more is there that is not letters alone.

        >>> Kingfisher().may_find("an understanding, at last"), Kingfisher().may_find("key ghp_16C7e42F292c69")
        (False, True)
        """
        return any(
            len(word) > _LONG_WORD or not word.strip(_PUNCTUATION).isalpha()
            for word in text.split()
            if len(word) >= _LEAST
        )

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD, and NUL, which hides the rest, as a blank.

        Raises:
            ReticentError: the library is missing, failed, or took more than a second, or the text is longer than
                100,000 characters. The message never quotes the text.
        """
        if not self.may_find(text):
            return []
        if len(text) > _TEXT_MAX:
            raise ReticentError(f"more than {_TEXT_MAX:,} characters at once are not shown to Kingfisher")
        encoded = well_formed(text).replace("\0", " ").encode()
        failure = ""
        try:
            with _LOCK:
                return [_span(finding, text, encoded) for finding in _scanner().scan(encoded, timeout=_TIMEOUT_S)]
        except ReticentError:
            raise
        except Exception as error:
            failure = type(error).__name__
        # Raised outside the handler: no chained exception may carry what was typed.
        raise ReticentError(f"Kingfisher failed with {failure}; what it was to examine counts as unspecified")


def _span(finding: Any, text: str, encoded: bytes) -> Span:
    """The secret where it stands as it is found, else, as in base64, all that the rule matched."""
    start, stop = finding.location["start_offset"], finding.location["end_offset"]
    secret = finding.secret.encode()
    at = encoded.find(secret, start, stop)
    if secret and at >= 0:
        start, stop = at, at + len(secret)
    if not text.isascii():
        start, stop = (len(encoded[:offset].decode(errors="ignore")) for offset in (start, stop))
    return Span(_KINDS.get(finding.rule_id, "token") if finding.visible else _ACCOUNT, start, stop)
