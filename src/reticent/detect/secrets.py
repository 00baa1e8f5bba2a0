"""Secrets that say what they are: vendor tokens, JSON web tokens, secrets inside URLs and private key blocks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import re2

from reticent.detect.gate import Gate, matching
from reticent.detect.providers import PROVIDERS
from reticent.detect.shape import is_mixed, well_formed
from reticent.text.span import Span

__all__ = ["SecretPatterns", "pem_closes", "pem_opens"]

_NAMES = (
    r"(?:[\w.-]{0,24}[_.-])?(?:access_?token|refresh_?token|id_?token|auth_?token|token|api_?key|apikey|key|secret|"
    r"client_?secret|pass|passwd|password|pwd|pw|code|sig|signature|auth|authorization|jwt|session|session_?id|sid|"
    r"otp|pin|ticket|credential|state|nonce|hmac)"
)
_QUERY_OPEN = rf"(?i:[?&;#]{_NAMES}=)"
_QUERY = rf"{_QUERY_OPEN}([^&#\s]+)"
_USER_INFO = r"(?i:(https?)|[a-z][a-z0-9+.-]*)://(?:([^\s/?#:]*:[^\s/?#]+|[^\s/?#:@]*:[^\s@]+)|([^\s/?#:@]+))@"
_PORT_AND_PATH = r"[^:]*:[0-9]{1,5}(?:/.*)?$"
_PEM_OPEN = r"(?i:-{3,}\s?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)"
_PEM_CLOSE = r"(?i:-{3,}\s?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-{0,8}[\"'`;,]{0,5})"
_PEM = rf"(?s){_PEM_OPEN}.*?(?:({_PEM_CLOSE})|\z)|{_PEM_CLOSE}"


def _user_info(pattern: re2._Regexp, text: str) -> Iterator[Span]:
    """Whole user-info with a password, or a lone one of the web that has the shape of a token."""
    for match in pattern.finditer(text):
        pair, lone = match.group(2), match.group(3)
        if pair is not None and not re2.match(_PORT_AND_PATH, pair):
            yield Span("url_secret", *match.span(2))
        elif lone and match.group(1) and len(lone) >= 8 and any(char.isdigit() for char in lone):
            yield Span("url_secret", *match.span(3))


def _armour(pattern: re2._Regexp, text: str) -> Iterator[Span]:
    """Head lines and checksums of armoured keys; a word, a number or the cell of a sheet is no checksum."""
    for match in pattern.finditer(text):
        if not re2.match(_CELL, match.group(1)):
            yield Span("private_key", *match.span(1))


# The host of a company at a provider: it names the company.
_TENANTS = (
    r"\.(?:jfrog\.io|supabase\.(?:co|in)|snowflakecomputing\.com|okta(?:preview)?\.com|onelogin\.com|auth0\.com|"
    r"my\.salesforce\.com|azuredatabricks\.net|cloud\.databricks\.com|(?:search|blob\.core|queue\.core|file\.core|"
    r"table\.core|vault|database)\.windows\.net|openai\.azure\.com|vault\.azure\.net|service-now\.com|"
    r"myshopify\.com|mongodb\.net|elastic-cloud\.com|sharepoint\.com|onmicrosoft\.com|workday\.com|tableau\.com)"
)
_TENANT_HOST = rf"(?i)(?:^|[^\w-])((?:https?://)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*{_TENANTS})\b"
# RFC 7517: from the type of a JSON web key to the end of its object. RFC 4880: what the armour of a key has beside its
# data and its first and last line, so that a key that is typed or pasted in parts goes as well.
_KEY_TYPE = r"[\"']kty[\"']\s{0,3}:\s{0,3}[\"']\[?(?:RSA|EC|oct|OKP)"
_JWK = rf"{_KEY_TYPE}[^{{}}]*"
_SIXBIT = "[A-Za-z0-9+/]"
_ARMOUR = rf"Version: (?:GnuPG|OpenPGP|BCPG|PGP|Keybase)|(?:^|[\s*#>/])={_SIXBIT}{_SIXBIT}{_SIXBIT}{_SIXBIT}(?:\s|$)"
_ARMOUR_LINE = (
    r"(?m)^[ \t*#>/]{0,40}(Version: (?:GnuPG|OpenPGP|BCPG|PGP|Keybase)[^\n]{0,80}|=[A-Za-z0-9+/]{4})[ \t\r]*$"
)
_CELL = r"=[A-Za-z]*[0-9]*$"
_STRUCTURAL = (
    "(?i)-BEGIN |- BEGIN |-END [A-Z]", "://[^/]", r"[?&;#]\w", f"(?i){_TENANTS}", r"kty[\"']", _ARMOUR,
)  # fmt: skip
_BLOCK, _USER, _PARAMETER, _TENANT, _WEB_KEY, _ARMOURED = range(len(_STRUCTURAL))


@cache
def _token_rules() -> tuple[re2._Regexp, ...]:
    """Compiled at the first text that holds a head (25 ms)."""
    return tuple(re2.compile(f"({provider.head}){provider.body}") for provider in PROVIDERS)


class SecretPatterns:
    """Finds vendor tokens (``token``), secrets in URLs (``url_secret``), private keys (``private_key``) and ``tenant``.

    A private key is a block, a JSON web key from its ``kty`` on, or a line of the armour of a PGP key. A tenant is the
    host of a company at a provider, such as ``acme.okta.com``: it names the employer of who types.

    One set of necessary shapes is searched first, so text without any of them costs about 3 µs a line; detectors that
    are given the same ``gate`` share that search.

    >>> SecretPatterns().find("key AKIAIOSFODNN7EXAMPLE")
    [Span(kind='token', start=4, stop=24)]
    """

    name = "secrets"

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate = gate or Gate()
        self._shapes = (*_STRUCTURAL, *(provider.shape.replace(r"\b", "") for provider in PROVIDERS))
        self._need = self._gate.add(*self._shapes)
        self._pem, self._user_info, self._query, self._tenant, self._jwk, self._armour = map(
            re2.compile, (_PEM, _USER_INFO, _QUERY, _TENANT_HOST, _JWK, _ARMOUR_LINE)
        )

    def may_find(self, text: str) -> bool:
        """Whether a necessary shape is there."""
        return self._need in self._gate(text)

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        if not self.may_find(text):
            return []
        text = well_formed(text)
        return [span for rule in matching(self._shapes, text) for span in self._confirm(rule, text)]

    def _confirm(self, rule: int, text: str) -> Iterator[Span]:
        if rule == _BLOCK:
            return (Span("private_key", *match.span()) for match in self._pem.finditer(text))
        if rule == _USER:
            return _user_info(self._user_info, text)
        if rule == _PARAMETER:
            return (Span("url_secret", *match.span(1)) for match in self._query.finditer(text))
        if rule == _TENANT:
            return (Span("tenant", *match.span(1)) for match in self._tenant.finditer(text))
        if rule == _WEB_KEY:
            return (Span("private_key", *match.span()) for match in self._jwk.finditer(text))
        if rule == _ARMOURED:
            return _armour(self._armour, text)
        return self._of_provider(rule - len(_STRUCTURAL), text)

    def _of_provider(self, provider: int, text: str) -> Iterator[Span]:
        is_weak = PROVIDERS[provider].is_weak
        for match in _token_rules()[provider].finditer(text):
            if not is_weak or is_mixed(match.group()[match.end(1) - match.start() :] or match.group()):
                yield Span("token", *match.span())


def pem_opens(text: str) -> bool:
    """Whether ``text`` ends inside a private key block, so the next line belongs to it.

    >>> pem_opens("-----BEGIN OPENSSH PRIVATE KEY-----"), pem_opens("begin a private key")
    (True, False)
    """
    if "---" not in text:
        return False
    blocks = list(re2.finditer(_PEM, well_formed(text)))
    return bool(blocks) and blocks[-1].group(1) is None


def pem_closes(line: str) -> bool:
    """Whether ``line`` holds the END line of a private key block.

    >>> pem_closes("-----END OPENSSH PRIVATE KEY-----")
    True
    """
    return "---" in line and re2.search(_PEM_CLOSE, well_formed(line)) is not None
