"""What marks a person or a device beside what they do: names, the make of keyboard and mouse, rare places.

These run after redaction, too. A pseudonym is still personal data: whoever holds the key, or the person's other data,
may link it.
"""

from __future__ import annotations

import hmac
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct
from msgspec.structs import replace

from reticent.errors import PolicyError
from reticent.events import Blur, Event, Focus, Label, State
from reticent.transform import Context, Elementwise, RowStage, places_of
from reticent.transforms.apps import COMMON_APPS, normal_name, public_name
from reticent.transforms.identity_devices import OneDevice
from reticent.transforms.pointer_moves import RateStage

__all__ = ["COMMON_DOMAINS", "HideDevice", "PseudonymKey", "Pseudonyms", "RareApps"]

_KEY_BYTES = 32
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
"""Without digits and vowels a pseudonym is neither a number nor a word."""
_URL = re.compile(r"(?P<scheme>[a-z]+:(?://)?)?(?:[^/?#@]*@)?(?P<host>[^/?#:@\s]*)", re.IGNORECASE)

COMMON_DOMAINS = frozenset(
    """
    adobe.com aliexpress.com amazon.co.uk amazon.com amazon.de apple.com atlassian.net baidu.com bbc.co.uk bbc.com
    bing.com booking.com canva.com chatgpt.com cnn.com discord.com dropbox.com duckduckgo.com ebay.com facebook.com
    figma.com fandom.com github.com gitlab.com google.com icloud.com imdb.com instagram.com linkedin.com live.com
    microsoft.com mozilla.org msn.com netflix.com notion.so npmjs.com nytimes.com office.com openai.com
    openstreetmap.org outlook.com paypal.com pinterest.com pypi.org python.org reddit.com salesforce.com sharepoint.com
    slack.com spotify.com stackexchange.com stackoverflow.com telegram.org tiktok.com twitch.tv twitter.com weather.com
    whatsapp.com wikipedia.org x.com yahoo.com youtube.com zoom.us
    """.split()
)
"""Registrable domains so common that their name tells little about a person; collected by hand."""

Names: TypeAlias = Literal["app", "url", "window"]


class PseudonymKey:
    """A key of pseudonyms, in memory only.

    Args:
        key: what pseudonyms are made with, by HMAC-SHA256; a copy is taken.

    >>> key = PseudonymKey(bytes(32))
    >>> key.of("app", "excel") == key.of("app", "excel"), key.of("app", "excel") == key.of("url", "excel")
    (True, False)
    >>> key.destroy()
    >>> key.of("app", "excel")
    Traceback (most recent call last):
        ...
    ValueError: the key of these pseudonyms is destroyed
    """

    def __init__(self, key: bytes) -> None:
        self._key = bytearray(key)

    def __repr__(self) -> str:
        return "PseudonymKey(...)"

    def of(self, domain: str, value: str) -> str:
        """Eight letters for a value: others in another domain, or under another key.

        Raises:
            ValueError: the key is destroyed.
        """
        if not self._key:
            raise ValueError("the key of these pseudonyms is destroyed")
        return hmac.digest(self._key, f"{domain}\0{value}".encode(), "sha256").hex()[:8].translate(_LETTERS)

    def destroy(self) -> None:
        """Overwrite and forget the key. Nobody can tell any more whose pseudonym is whose.

        The generator's own copy is the interpreter's to overwrite: it is not referred to any more.
        """
        self._key[:] = bytes(len(self._key))
        self._key.clear()


class Pseudonyms(Struct, frozen=True, kw_only=True):
    """Replace names by keyed pseudonyms (ISO/IEC 20889: pseudonymization).

    A name has the same pseudonym as long as the key lives: while the caller keeps ``Context.epoch_key``, or for one
    stream without it. The stage's own copy is destroyed at the end. Gains that names are not told; costs names, and
    does not hide how often each is used, which may tell what it is. ``RareApps`` hides what is rare.

    Attributes:
        names: what is replaced: ``"app"``, ``"url"`` (its host, under ``.invalid``), ``"window"``.
        epoch: ``"stream"``: one epoch; ``"day"``, ``"week"``: at each new one, by ``State.wall_time``, a new key takes
            over. Redaction keeps ``wall_time`` on the device, so behind it only the caller can end an epoch, by a new
            stream. With ``Context.epoch_key``, keys of days and weeks are made from it.

    Raises:
        PolicyError: no names.

    >>> stage = Pseudonyms().start(Context(random_bytes=bytes))
    >>> for focus in stage.feed([Focus(time_us=0, app="merger-tool", url="https://acme.example/x")]):
    ...     print(focus.app, focus.url)
    tshhfkkl https://sflfdhjl.invalid
    """

    names: tuple[Names, ...] = ("app", "url", "window")
    epoch: Literal["stream", "day", "week"] = "stream"

    def __post_init__(self) -> None:
        if not self.names:
            raise PolicyError("names: say which names are replaced")

    def start(self, context: Context, /) -> PseudonymStage:
        """See ``Transform``."""
        return PseudonymStage(self, context)


class PseudonymStage(RowStage):
    """One stream of ``Pseudonyms``."""

    def __init__(self, spec: Pseudonyms, context: Context) -> None:
        super().__init__()
        self._spec = spec
        self._context = context
        self._period = ""
        self._key = self._new_key()

    def feed(self, events: Sequence[Event], /) -> list[Event]:
        """See ``Stage``; only changes of place are looked at."""
        if not places_of(events, _PLACED):
            return list(events)
        return super().feed(events)

    def row(self, event: Event, /) -> None:
        """See ``RowStage``."""
        if isinstance(event, State) and event.wall_time is not None and self._spec.epoch != "stream":
            self._set_period(event.wall_time)
        self.out.append(_renamed(event, self._new_name))

    def close(self) -> None:
        """See ``RowStage``."""
        self._key.destroy()

    def abort(self) -> None:
        """Destroy the key."""
        self._key.destroy()

    def _new_name(self, kind: str, value: str) -> str | None:
        if kind not in self._spec.names:
            return value
        return self._key.of(kind, value)

    def _set_period(self, wall_time: str) -> None:
        try:
            day = datetime.fromisoformat(wall_time).date()
        except ValueError:
            self._context.counters["wall_time_unreadable"] += 1
            return
        period = _week(day) if self._spec.epoch == "week" else day.isoformat()
        if period != self._period:
            self._period = period
            self._key.destroy()
            self._key = self._new_key()

    def _new_key(self) -> PseudonymKey:
        if self._context.epoch_key is None:
            return PseudonymKey(self._context.random_bytes(_KEY_BYTES))
        return PseudonymKey(hmac.digest(self._context.epoch_key, f"reticent names {self._period}".encode(), "sha256"))


_PLACED = frozenset((Focus, Blur, Label, State))


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week}"


def _renamed(event: Event, name: Callable[[str, str], str | None]) -> Event:
    """The event with each of its names replaced."""
    if isinstance(event, Focus | Blur):
        return replace(
            event, app=event.app and name("app", event.app), url=event.url and _renamed_url(event.url, name),
            window=event.window and name("window", event.window),
        )  # fmt: skip
    if isinstance(event, Label) and event.kind in ("title", "url"):
        value = _renamed_url(event.value, name) if event.kind == "url" else name("window", event.value)
        return replace(event, value=value or "")
    return event


def _renamed_url(url: str, name: Callable[[str, str], str | None]) -> str | None:
    match = _URL.match(url)
    assert match is not None
    host = match["host"].lower()
    new = name("url", host)
    return url if new == host else f"{match['scheme'] or ''}{new}.invalid"


class HideDevice(Struct, frozen=True, kw_only=True):
    """Make devices alike (ISO/IEC 20889: generalization, rounding, sampling).

    All keyboards become one, and all pointing devices; what a program typed stays on a keyboard of its own. Positions
    become whole pixels and come at one rate, so that neither the polling rate nor the scale of the screen is told. A
    key that is down on two keyboards goes up with the last. Gains the device, not the hand: 10 Hz leave 36 % of 118
    people (raw 71 %). ``pointer.NormaliseScreens`` hides the size of the screen, ``pointer.BucketWheel`` the make of
    the wheel. Costs what ``pointer.Resample`` costs.

    Attributes:
        rate_hz: positions a second, at most 1,000.

    >>> from reticent.events import PointerMove
    >>> stage = HideDevice().start(Context())
    >>> [(event.device, event.x) for event in stage.feed([PointerMove(time_us=0, x=2.75, y=1, device="3")])]
    [('0', 3)]
    """

    rate_hz: Annotated[int, Meta(gt=0, le=1000)] = 10

    def start(self, context: Context, /) -> RateStage:
        """See ``Transform``."""
        return RateStage(1_000_000 // self.rate_hz, OneDevice().tidied)


class RareApps(Elementwise, frozen=True, kw_only=True):
    """Call rare applications and sites ``other`` (ISO/IEC 20889: generalization, local suppression).

    Common is what is on a list. With ``seen`` above 1 it must also have been entered so often in this stream: the
    visits before that are ``other`` and stay so, since what has left is not taken back. Counts are of one stream, so
    this is no k-anonymity over people. Gains that what only few people use names nobody; costs its name.

    Attributes:
        apps: further applications that are common, beside ``COMMON_APPS``.
        domains: further domains that are common, beside ``COMMON_DOMAINS``; their subdomains leave as the domain.
        seen: name an application or domain from the so-manieth visit on.

    >>> stage = RareApps(domains=("acme.example",)).start(Context())
    >>> for host in ("mail.google.com", "acme.example", "clinic.example"):
    ...     print(stage.feed([Focus(time_us=0, app="firefox", url=f"https://{host}")])[0].url)
    https://google.com
    https://acme.example
    other
    """

    apps: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    seen: Annotated[int, Meta(gt=0)] = 1

    def rules(self, context: Context, /) -> Mapping[type, Callable[[Event], Event | None]]:
        """See ``Elementwise``."""
        names = _CommonNames(self)
        return {Focus: names.enter, Blur: names.rename, Label: names.rename}


class _CommonNames:
    """What may be named in one stream. Remembers counts of what is common only, so they are bounded."""

    def __init__(self, spec: RareApps) -> None:
        self._apps = COMMON_APPS | frozenset(map(normal_name, spec.apps))
        self._domains = COMMON_DOMAINS | frozenset(map(str.lower, spec.domains))
        self._seen = spec.seen
        self._visits: Counter[str] = Counter()

    def enter(self, event: Event) -> Event:
        """A visit: count it, then name it or not."""
        assert isinstance(event, Focus)
        app, domain = public_name(event.app, self._apps), self._domain(event.url or "")
        self._visits.update({f"app {app}": 1, f"url {domain}": 1})
        return self.rename(event)

    def rename(self, event: Event) -> Event:
        """Name it or not."""
        if isinstance(event, Focus | Blur):
            app = public_name(event.app, self._apps)
            if app is not None and self._visits[f"app {app}"] < self._seen:
                app = "other"
            return replace(event, app=app, url=event.url and self._url(event.url))
        if isinstance(event, Label) and event.kind == "url":
            return replace(event, value=self._url(event.value))
        return event

    def _url(self, url: str) -> str:
        domain = self._domain(url)
        if domain is None or self._visits[f"url {domain}"] < self._seen:
            return "other"
        scheme = _URL.match(url)
        return f"{(scheme and scheme['scheme']) or ''}{domain}"

    def _domain(self, url: str) -> str | None:
        """The common domain that a host is, or lies under."""
        match = _URL.match(url)
        parts = match["host"].lower().rstrip(".").split(".") if match else []
        names = (".".join(parts[at:]) for at in range(len(parts)))
        return next((name for name in names if name in self._domains), None)
