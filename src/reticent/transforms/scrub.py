"""Whole text fields: what may leave of a title, a clipboard text or an address."""

from __future__ import annotations

import ipaddress
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reticent.detect.working_set import working_set
from reticent.text.span import CATEGORY, Span
from reticent.transform import Context, Vault

if TYPE_CHECKING:
    from tldextract import TLDExtract

__all__ = ["registrable_domain", "scrub"]

_TEXT_MAX = 10_000
_split = getattr(urlsplit, "__wrapped__", urlsplit)
"""Without the cache of the standard library, which would keep the last 128 addresses, passwords and all."""

_WEB_SCHEMES = frozenset(("http", "https", "ftp", "file", "ws", "wss", "about", "chrome", "mailto"))


def scrub(text: str, context: Context) -> str | None:
    """Replace everything a detector finds by its category in brackets; None when that cannot be done for sure.

    The detectors are those of ``context``: where a policy has the model of names, it is asked here too.

    >>> scrub("host=db1 password=Qz81LLmm", Context())
    'host=db1 password=[credential]'
    """
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

    if len(text) > _TEXT_MAX:
        context.counters["payload_too_long"] += 1
        return None
    try:
        detectors = working_set() if context.detectors is None else context.detectors
        spans = [span for detector in detectors for span in detector.find(text)]
    except Exception:
        context.counters["detector_error.scrub"] += 1
        return None
    spans += _enrolled(text, context.vault)
    found = [RecognizerResult(kind, start, stop, 1.0) for kind, start, stop in _disjoint(spans)]
    operators = {item.entity_type: OperatorConfig("replace", {"new_value": f"[{item.entity_type}]"}) for item in found}
    return str(AnonymizerEngine().anonymize(text, found, operators).text)


def _enrolled(text: str, vault: Vault | None) -> list[Span]:
    """Literals that were known before the stream began.

    What is learned depends on how far the stream has come, and a batch runs ahead of that: the text engine sees to it.
    """
    return [span for span in vault.find(text) if span.kind != "learned"] if vault is not None else []


def _disjoint(spans: list[Span]) -> list[Span]:
    """Overlapping spans become one, under the category of the first."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.stop)):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = merged[-1]._replace(stop=max(merged[-1].stop, span.stop))
        else:
            merged.append(span._replace(kind=CATEGORY.get(span.kind, "unspecified")))
    return merged


@lru_cache(maxsize=1)
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def registrable_domain(url: str, vault: Vault | None = None) -> str | None:
    """Scheme and registrable domain of an address; None when there is nothing to say.

    The public suffix list is the snapshot that tldextract ships; nothing is fetched. A host without a public suffix,
    as in a private network, is ``other``; so is a host that holds a literal of ``vault``.

    >>> registrable_domain("https://bob:pw12@www.shop.co.uk/users/bob?token=x#frag")
    'https://shop.co.uk'
    """
    try:
        parts = _split(url if "//" in url or ":" in url else f"//{url}")
        host = _unescaped(parts.hostname or "")
    except ValueError:
        return None
    scheme = parts.scheme if parts.scheme in _WEB_SCHEMES else ""
    if not host:
        return f"{scheme}:" if scheme else None
    domain = None if _enrolled(_unescaped(parts.netloc), vault) else _registered(host)
    if domain is None:
        # What has no scheme either may be no address but what was typed into an address bar.
        return f"{scheme}://other" if scheme else None
    return f"{scheme}://{domain}" if scheme else domain


def _unescaped(text: str) -> str:
    """As the vault writes its literals: without percent-encoding and compatibility forms."""
    return unicodedata.normalize("NFKC", unquote(text))


def _is_host_name(host: str) -> bool:
    return all(char.isalnum() or char in "-._" if char.isascii() else not char.isspace() for char in host)


def _registered(host: str) -> str | None:
    """The part of a host name that a registry gave out; None for names of a private network and for what is no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        found = _suffixes()(host)
        known = found.domain and found.suffix and _is_host_name(host)
        return f"{found.domain}.{found.suffix}" if known else "localhost" if host == "localhost" else None
    return "ip-address"
