"""Where somebody's machine or page is: IP and MAC addresses, and addresses of the web that name a person."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from reticent.detect.context import ContextWords
from reticent.detect.gate import Gated
from reticent.text.span import Span

__all__ = ["IpAddresses", "MacAddresses", "PersonalUrls"]

_FOUR_GROUPS = r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]"
_TWO_GROUPS = r"(?i)(?:ssh|scp|sftp|ping|telnet|rdp|mosh|nmap|route|rsync)\b.*[@ ][0-9]{1,3}\.[0-9]"
_COLONS = r"[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]|::[0-9A-Fa-f]"
_IPV4 = re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/[0-9]{1,2})?(?!\w|[.-][0-9])")
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:(?<=:)[0-9]{1,3}(?:\.[0-9]{1,3}){3})?(?:%[0-9A-Za-z]{1,15})?(?:/[0-9]{1,3})?"
    r"(?![\w:]|\.[0-9])"
)
_HALF_IPV4 = re.compile(r"(?<=[@ ])[0-9]{1,3}(?:\.[0-9]{1,3}){1,2}\.?(?![\w.])")
_NOBODYS = ("127.", "0.0.0.0", "255.255.", "192.168.0.", "192.168.1.", "192.168.178.")
_REMOTE_WORDS = ContextWords("ssh scp sftp ping telnet rdp mosh nmap traceroute rsync")
_VERSION_WORDS = ContextWords("version versions ver release build firmware")


class IpAddresses(Gated):
    """IPv4 and IPv6 addresses (``ip``), without loopback, unspecified and very short ones, and no version numbers.

    Nor those of the networks that home routers set up as they are sold: millions share them. Other private ones count.

    >>> IpAddresses().find("ssh to 10.20.30.40 at 12:30:45")
    [Span(kind='ip', start=7, stop=18)]
    """

    name = "ip"
    shapes = (_FOUR_GROUPS, _TWO_GROUPS, _COLONS)
    digits_min = 1

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for match in _IPV4.finditer(text) if _FOUR_GROUPS in shapes else ():
            if _is_ip(match.group()) and not _VERSION_WORDS.stand_near(text, *match.span(), before=1, after=0):
                yield Span("ip", *match.span())
        for match in _HALF_IPV4.finditer(text) if _TWO_GROUPS in shapes else ():
            if _REMOTE_WORDS.stand_near(text, *match.span(), before=3, after=0):
                yield Span("ip", *match.span())
        for match in _IPV6.finditer(text) if _COLONS in shapes else ():
            if match.group().count(":") >= 2 and _is_ip(match.group().rstrip(":")):
                yield Span("ip", match.start(), match.start() + len(match.group().rstrip(":")))


def _is_ip(shown: str) -> bool:
    """Whether it is an address that can point at anybody: no network, no machine's own, none of a usual home."""
    try:
        address = ipaddress.ip_interface(shown)
    except ValueError:
        return _is_padded(shown)
    if address.version == 6:
        hexadecimal = sum(char in "0123456789abcdefABCDEF" for char in shown)
        return hexadecimal >= 6 and any(map(str.isdigit, shown))
    if address.network.num_addresses > 1 and address.ip == address.network.network_address:
        return False
    return not shown.startswith(_NOBODYS)


def _is_padded(shown: str) -> bool:
    """Whether it is an IPv4 address with leading zeros, which the library refuses."""
    groups = shown.split(".")
    return len(groups) == 4 and all(group.isdigit() and int(group) <= 255 for group in groups)


_HEX_PAIRS = r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
_MAC = re.compile(
    r"(?<![\w:-])(?:[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})"
    r"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-])"
)


class MacAddresses(Gated):
    """Hardware addresses of network cards (``mac``), without the null and broadcast addresses.

    >>> MacAddresses().find("mac 00:1B:44:11:3a:B7 up")
    [Span(kind='mac', start=4, stop=21)]
    """

    name = "mac"
    words = (r"[0-9A-Fa-f][:-][0-9A-Fa-f][0-9A-Fa-f][:-]", r"[0-9A-Fa-f]\.[0-9A-Fa-f]")
    shapes = (_HEX_PAIRS,)

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for match in _MAC.finditer(text):
            digits = set(re.sub("[^0-9a-f]", "", match.group().casefold()))
            if len(digits) > 1 and not re.fullmatch(r"[0-9]{4}(?:\.[0-9]{4}){2}", match.group()):
                yield Span("mac", *match.span())


_WEB = r"(?i)https?:|www\."
_URL = re.compile(r"(?i)(?:https?://|(?<![\w.@])www\.)[^\s<>\"'`|\\^{}]{3,2000}")
_NAMED = re.compile(
    r"(?i)[?&;#](?:e?-?mail|user(?:_?name|_?id)?|login|(?:first|last|full|sur|given|family)?_?-?name|phone|mobile|tel|"
    r"address|street|dob|birth_?(?:day|date)|ssn|account|acct|customer(?:_?id)?|patient|recipient|to)=([^&;#\s]{2,160})"
    r"|/(?:(?:users?|profiles?|people|members?|in)/|[~@])([\w.%+-]{2,64})(?=[/?#]|$)"
)
_PAGE = re.compile(
    r"(?i)\b(?:web ?site|home ?page|profile|blog|portfolio|linkedin|my (?:page|site))\W{0,4}(?:(?:is|at)\W{1,3})?$"
)


class PersonalUrls(Gated):
    """What names a person in addresses of the web (``url``): values of a query, users in a path, somebody's own page.

    >>> PersonalUrls().find("open https://example.org/find?name=ann+lee&page=2")
    [Span(kind='url', start=35, stop=42)]
    """

    name = "url"
    words = shapes = (_WEB,)

    def _spans(self, text: str, shapes: frozenset[str]) -> Iterator[Span]:
        for match in _URL.finditer(text):
            if _PAGE.search(text[max(0, match.start() - 32) : match.start()]):
                yield Span("url", match.start(), match.start() + min(len(match.group().rstrip(".,;:!?)")), 160))
                continue
            for named in _NAMED.finditer(match.group()):
                group = 1 if named[1] else 2
                yield Span("url", match.start() + named.start(group), match.start() + named.end(group))
