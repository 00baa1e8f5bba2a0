"""Secrets that say what they are: vendor tokens, JSON web tokens, secrets inside URLs and private key blocks."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from reticent.detect.shape import well_formed
from reticent.text.span import Span

__all__ = ["TOKEN_HEADS", "SecretPatterns", "pem_closes", "pem_opens"]

_W = "[A-Za-z0-9_-]"
_A = "[A-Za-z0-9]"

# Head of the token (a regular expression, matched with case) and what must follow. Bodies are shorter than the
# vendors' so that a token cut by Enter is found as well; only heads that prose never holds may be glued to a word.
_TOKENS: tuple[tuple[str, str], ...] = (
    ("A(?:KIA|SIA|BIA|CCA)", "[A-Z0-9]{8,}"),
    ("gh[pousr]_", f"{_A}{{8,}}"),
    ("github_pat_", "[A-Za-z0-9_]{8,}"),
    ("gl(?:pat|dt|rt|cbt|ptt|ft|soat)-", f"{_W}{{8,}}"),
    ("xox[abeoprs]-", "[A-Za-z0-9-]{8,}"),
    ("xapp-", "[A-Za-z0-9-]{8,}"),
    (r"\bsk-(?:ant|proj|or|svcacct|admin)-", f"{_W}{{6,}}"),
    (r"\bsk-", f"{_A}{{16,}}"),
    (r"\b[rsp]k_(?:live|test)_", f"{_A}{{8,}}"),
    ("whsec_", "[A-Za-z0-9+/=]{10,}"),
    ("AIza", f"{_W}{{12,}}"),
    (r"\bya29\.", f"{_W}{{10,}}"),
    ("GOCSPX-", f"{_W}{{8,}}"),
    (r"\bnpm_", f"{_A}{{16,}}"),
    (r"\bpypi-Ag", f"{_W}{{8,}}"),
    (r"\bhf_", f"{_A}{{16,}}"),
    (r"\bSK[0-9a-f]{8}", "[0-9a-f]{24}"),
    (r"\bSG\.", rf"{_W}{{12,}}(?:\.{_W}*)?"),
    ("do[opr]_v1_", "[0-9a-f]{8,}"),
    ("shp(?:at|ca|pa|ss)_", "[0-9A-Fa-f]{8,}"),
    (r"\b[0-9]{8,10}:AA", f"{_W}{{20,}}"),
    ("AGE-SECRET-KEY-1", "[A-Z0-9]{8,}"),
    (r"\bhv[sbr]\.", f"{_W}{{16,}}"),
    (r"\bgls?a_", f"{_A}{{16,}}"),
    (r"\bglc_", "[A-Za-z0-9+/=]{16,}"),
    (r"\bdapi[0-9a-f]", "[0-9a-f]{24,}"),
    (r"\bkey-[0-9a-f]{4}", "[0-9a-f]{20,}"),
    ("sq0(?:atp|csp|idp)-", f"{_W}{{8,}}"),
    ("lin_api_", f"{_A}{{8,}}"),
    (r"\bntn_", f"{_A}{{16,}}"),
    ("PMAK-", "[0-9a-f-]{10,}"),
    (r"\.atlasv1\.", f"{_W}{{16,}}"),
    ("dckr_pat_", f"{_W}{{8,}}"),
    ("ATATT3", f"{_W}{{16,}}"),
    ("NRAK-", "[A-Z0-9]{8,}"),
    (r"\bgsk_", f"{_A}{{16,}}"),
    (r"\br8_", f"{_A}{{16,}}"),
    ("pplx-", f"{_A}{{16,}}"),
    (r"\bxai-", f"{_A}{{16,}}"),
    ("tskey-", f"{_W}{{10,}}"),
    ("figd_", f"{_W}{{10,}}"),
    ("pscale_(?:tkn|pw|oauth)_", f"{_W}{{8,}}"),
    ("sbp_", "[0-9a-f]{12,}"),
    ("nfp_", f"{_A}{{12,}}"),
    ("sntry[su]_", "[A-Za-z0-9+/=_-]{10,}"),
    ("rubygems_", "[0-9a-f]{8,}"),
    (r"\bpul-", "[0-9a-f]{16,}"),
    (r"\bLTAI", f"{_A}{{10,}}"),
    (r"dt0[a-z][0-9]{2}\.", "[A-Z0-9]{10,}"),
    ("HRKU-", f"{_W}{{8,}}"),
    (r"hooks\.slack\.com/(?:services|workflows)/", r"\S{8,}"),
    (r"discord(?:app)?\.com/api/webhooks/", r"\S{8,}"),
    (r"\bxprv", f"{_A}{{16,}}"),
    (r"\$2[abxy]\$[0-9]{2}\$", "[./A-Za-z0-9]{10,}"),
    (r"\$(?:[156y]|argon2(?:id?|d))\$", r"[^\s:]{16,}"),
    ("eyJ", rf"{_W}{{8,}}={{0,2}}(?:\.{_W}*){{0,4}}"),
)

TOKEN_HEADS = tuple(head for head, _ in _TOKENS)
"""Regular expressions of the heads of vendor tokens: what a token shows before anything else of it is typed."""

_NAMES = (
    r"(?:[\w.-]{0,24}[_.-])?(?:access_?token|refresh_?token|id_?token|auth_?token|token|api_?key|apikey|key|secret|"
    r"client_?secret|pass|passwd|password|pwd|pw|code|sig|signature|auth|authorization|jwt|session|session_?id|sid|"
    r"otp|pin|ticket|credential|state|nonce|hmac)"
)
_QUERY_OPEN = rf"(?i:[?&;#]{_NAMES}=)"
_QUERY = rf"{_QUERY_OPEN}([^&#\s]+)"
_USER_INFO = r"(?i:(https?)|[a-z][a-z0-9+.-]*)://(?:([^\s/?#:@]*:[^\s/?#]+|[^\s/?#:@]*:[^\s@]+)|([^\s/?#:@]+))@"
_PORT_AND_PATH = r"[^:]*:[0-9]{1,5}(?:/.*)?$"
_PEM_OPEN = r"(?i:-{3,}\s?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)"
_PEM_CLOSE = r"(?i:-{3,}\s?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-{0,8})"
_PEM = rf"(?s){_PEM_OPEN}.*?(?:({_PEM_CLOSE})|\z)"


def _user_info(pattern: re2._Regexp, text: str) -> Iterator[Span]:
    """Whole user-info with a password, or a lone one of the web that has the shape of a token."""
    for match in pattern.finditer(text):
        pair, lone = match.group(2), match.group(3)
        if pair is not None and not re2.match(_PORT_AND_PATH, pair):
            yield Span("url_secret", *match.span(2))
        elif lone and match.group(1) and len(lone) >= 8 and any(char.isdigit() for char in lone):
            yield Span("url_secret", *match.span(3))


class SecretPatterns:
    """Finds vendor tokens (``token``), secrets in URLs (``url_secret``) and private key blocks (``private_key``).

    One set of necessary shapes is searched first, so text without any of them costs about 2 µs a line.

    >>> SecretPatterns().find("key AKIAIOSFODNN7EXAMPLE")
    [Span(kind='token', start=4, stop=24)]
    """

    name = "secrets"

    def __init__(self) -> None:
        self._gate = re2.Set.SearchSet()
        for shape in ("(?i)-BEGIN |- BEGIN ", r"://[^\s@]+@", r"[?&;#][\w.-]+=", *TOKEN_HEADS):
            self._gate.Add(shape.removeprefix(r"\b"))  # word boundaries double the cost of a set
        self._gate.Compile()
        self._pem, self._user_info, self._query = (re2.compile(rule) for rule in (_PEM, _USER_INFO, _QUERY))
        self._tokens = [re2.compile(head + body) for head, body in _TOKENS]

    def may_find(self, text: str) -> bool:
        """Whether a necessary shape is there."""
        return bool(self._gate.Match(text.encode("utf-8", "replace")))

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        try:
            shapes = self._gate.Match(text.encode())
        except UnicodeEncodeError:
            return self.find(well_formed(text))
        if not shapes:
            return []
        return [span for shape in shapes for span in self._confirm(shape, text)]

    def _confirm(self, shape: int, text: str) -> Iterator[Span]:
        if shape == 0:
            return (Span("private_key", *match.span()) for match in self._pem.finditer(text))
        if shape == 1:
            return _user_info(self._user_info, text)
        if shape == 2:
            return (Span("url_secret", *match.span(1)) for match in self._query.finditer(text))
        return (Span("token", *match.span()) for match in self._tokens[shape - 3].finditer(text))


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
