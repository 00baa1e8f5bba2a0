"""Kingfisher finds provider tokens that our rules do not, in this process, and lets nothing out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reticent.detect import kingfisher
from reticent.detect.kingfisher import Kingfisher, is_installed, scanner_version
from reticent.detect.working_set import warm, working_set
from reticent.errors import PolicyError, ReticentError
from reticent.policy_file import parse_policy
from reticent.testing.dsl import expand
from reticent.text.span import Span
from reticent.transform import Context
from reticent.transforms.redact import Redact

needs_scanner = pytest.mark.skipif(
    not is_installed(), reason="reticent[kingfisher] is not installed: it was NOT examined"
)
SCANNER = Kingfisher()
TOKEN = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
BEAMER = "b_ByDfulghxvvmHbArJSFfQhxemJPQHOwplxuydlKEEbfe"
"""Letters only, and a head that is in no list of ours."""
LINE = f"beamer_token = '{BEAMER}'"


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The extra as if it were not installed."""
    monkeypatch.setattr(kingfisher, "_PACKAGE", "no_such_package_here")
    kingfisher._scanner.cache_clear()
    yield
    kingfisher._scanner.cache_clear()


class _Broken:
    """A scanner that fails with what it was given to read."""

    def __init__(self, error: type[Exception]) -> None:
        self._error = error

    def scan(self, data: bytes, **_: Any) -> list[Any]:
        raise self._error(data.decode())


# -- without the extra -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("absent")
def test_without_the_extra_the_default_does_without() -> None:
    """And whoever demands it is told what to install."""
    assert "kingfisher" not in [detector.name for detector in working_set(kingfisher="if installed")]
    assert parse_policy("").about().versions.keys().isdisjoint(("kingfisher-secret-scanner",))
    assert scanner_version() == {}
    with pytest.raises(ReticentError, match=r"reticent\[kingfisher\]"):
        SCANNER.find(LINE)
    with pytest.raises(PolicyError, match=r"text\.kingfisher: demanded, .* install reticent\[kingfisher\]"):
        Redact(kingfisher="demanded").start(Context())
    with pytest.raises(PolicyError, match=r"the extra reticent\[kingfisher\] brings it"):
        parse_policy('text.require = ["kingfisher"]')


def test_off_is_off() -> None:
    """And to switch it off is a weaker policy than to demand it."""
    assert "kingfisher" not in [detector.name for detector in working_set()]
    with pytest.raises(PolicyError, match=r"text\.kingfisher: protects less"):
        parse_policy('extends = "minimal"\ntext.kingfisher = "off"')


# -- failing closed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [RuntimeError, TimeoutError, ValueError])
def test_a_failure_tells_nothing(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the message nor a chained exception quotes the text."""
    monkeypatch.setattr(kingfisher, "_scanner", lambda: _Broken(error))
    with pytest.raises(ReticentError, match=f"failed with {error.__name__}") as caught:
        SCANNER.find(LINE)
    assert BEAMER not in str(caught.value)
    assert caught.value.__context__ is caught.value.__cause__ is None


@pytest.mark.parametrize("error", [RuntimeError, TimeoutError])
def test_what_it_could_not_examine_is_redacted(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """And counted; the run goes on, and what needs no second opinion leaves."""
    monkeypatch.setattr(kingfisher, "_PACKAGE", "json")  # installed, whoever runs this
    monkeypatch.setattr(kingfisher, "_scanner", lambda: _Broken(error))
    run = parse_policy('text.names = "off"').start()
    events = expand('focus:"n/n" type:"plain words\\n" type:"try xk38dj2k39\\n"').events
    out = "".join(row.get("key") or "?" for row in _dicts(run, events) if row["type"] != "keyup")
    assert "38dj" not in out
    assert out.startswith("?plain words") and out.endswith("Enter")
    assert run.diagnostics.counters["detector_error.kingfisher"] > 0


def _dicts(run: Any, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    import msgspec

    from reticent.events import Event

    out = run.feed(msgspec.convert(events, list[Event]))
    return [msgspec.to_builtins(event) for event in out + run.flush()]


def test_too_much_at_once_is_refused() -> None:
    """It is not searched at all, so all of it is redacted."""
    with pytest.raises(ReticentError, match="100,000"):
        SCANNER.find("a1" * 50_001)


@needs_scanner
def test_its_clock_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library keeps to the time it is given, and says so."""
    monkeypatch.setattr(kingfisher, "_TIMEOUT_S", 1e-9)
    with pytest.raises(ReticentError, match="failed with TimeoutError"):
        SCANNER.find(LINE)


# -- what it finds ---------------------------------------------------------------------------------------------------


@needs_scanner
def test_it_finds_what_our_rules_do_not() -> None:
    """Which is what it is for; its version stands in the report."""
    ours = {LINE[span.start : span.stop] for detector in working_set() for span in detector.find(LINE)}
    assert BEAMER not in ours
    assert [LINE[span.start : span.stop] for span in SCANNER.find(LINE)] == [BEAMER]
    assert SCANNER.find("an understanding, at last, of it all") == []
    assert "kingfisher-secret-scanner" in parse_policy("").about().versions
    assert "kingfisher-secret-scanner" not in parse_policy('text.kingfisher = "off"').about().versions


@needs_scanner
@pytest.mark.parametrize(
    "before",
    ["", "é😀 ", "\ufeff", "\ufffe", "\ud800 ", "\x00", "a\x00b\x00c\x00d\x00" * 20, "\ufeff\x00a\x00b ", "\x1b[0m "],
)
@pytest.mark.parametrize("after", ["", " # betterleaks:allow", " gitleaks:allow", " kingfisher:ignore", "\x00z\x00"])
def test_nothing_typed_around_a_token_hides_it(before: str, after: str) -> None:
    """No comment, no mark of another encoding; and offsets are code points."""
    text = f"{before}key {TOKEN}{after}"
    assert [text[span.start : span.stop] for span in SCANNER.find(text)] == [TOKEN]


@needs_scanner
@given(st.text(max_size=80), st.text(max_size=80))
def test_spans_lie_inside_the_text(before: str, after: str) -> None:
    """Whatever is typed; and what it finds, it suspects."""
    text = f"{before} {TOKEN} {after}"
    spans = SCANNER.find(text)
    assert all(0 <= span.start < span.stop <= len(text) for span in spans)
    assert any(text[span.start : span.stop] == TOKEN for span in spans)


@needs_scanner
@pytest.mark.parametrize("bomb", ["a1" * 10_000, "." * 2_000, "1" * 8_000, "eyJ" * 5_000, "://a:" * 4_000])
def test_a_key_held_down_is_no_bomb(bomb: str) -> None:
    """It does not run into its clock."""
    SCANNER.find(bomb)


def test_kinds_and_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds come from the rule; where the secret is not in the match, as in base64, all of the match counts."""
    text = "é user:pw@host c2VjcmV0 acme.jfrog.io 0123456789"

    def finding(rule: str, found: str, secret: str, *, visible: bool = True) -> SimpleNamespace:
        start = text.encode().index(found.encode())
        location = {"start_offset": start, "end_offset": start + len(found.encode())}
        return SimpleNamespace(rule_id=rule, location=location, secret=secret, visible=visible)

    found = [
        finding("betterleaks.generic-credential-uri", "user:pw@host", "pw"),
        finding("betterleaks.any", "c2VjcmV0", "secret"),
        finding("betterleaks.jfrog-url", "acme.jfrog.io", "acme.jfrog.io", visible=False),
    ]
    monkeypatch.setattr(kingfisher, "_scanner", lambda: SimpleNamespace(scan=lambda *_, **__: found))
    assert SCANNER.find(text) == [Span("url_secret", 7, 9), Span("token", 15, 23), Span("tenant", 24, 37)]


# -- threads, forks, and the world -----------------------------------------------------------------------------------


@needs_scanner
def test_threads_agree_and_a_child_of_a_busy_process_can_ask() -> None:
    """Four threads find what one finds; a fork meanwhile leaves no held lock."""
    texts = [f"key {TOKEN[:-2]}{number:02}" for number in range(50)]
    alone = [SCANNER.find(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        busy = pool.map(SCANNER.find, texts)
        if hasattr(os, "fork"):
            child = os.fork()
            if child == 0:
                os._exit(0 if [SCANNER.find(text) for text in texts] == alone else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert list(busy) == alone


@needs_scanner
def test_it_is_loaded_beforehand() -> None:
    """``warm`` compiles its rules."""
    kingfisher._scanner.cache_clear()
    warm(kingfisher="demanded")
    assert kingfisher._scanner.cache_info().currsize == 1


JAIL = """
import ctypes, platform, struct, sys
CALLS = {"x86_64": (0xC000003E, (41, 42, 44, 46, 56, 57, 58, 59, 322), (257, 437), (2, 85)),
         "aarch64": (0xC00000B7, (198, 203, 206, 211, 221, 281), (56, 437), ())}
ARCH, KILLED, OPENAT, OPEN = CALLS[platform.machine()]
rule = lambda code, yes, no, k: struct.pack("HBBI", code, yes, no, k)
LOAD, EQUAL, SET, RETURN, KILL, ALLOW = 0x20, 0x15, 0x45, 0x06, 0x80000000, 0x7FFF0000
rules = [rule(LOAD, 0, 0, 4), rule(EQUAL, 1, 0, ARCH), rule(RETURN, 0, 0, KILL), rule(LOAD, 0, 0, 0)]
for number in KILLED + OPEN:  # sockets, processes; opening in the old way
    rules += [rule(EQUAL, 0, 1, number), rule(RETURN, 0, 0, KILL)]
for number in OPENAT:  # with any flag that writes or creates
    rules += [rule(EQUAL, 0, 4, number), rule(LOAD, 0, 0, 32), rule(SET, 0, 1, 0o1 | 0o2 | 0o100),
              rule(RETURN, 0, 0, KILL), rule(LOAD, 0, 0, 0)]
rules.append(rule(RETURN, 0, 0, ALLOW))
program = ctypes.create_string_buffer(b"".join(rules))
header = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(program))
libc = ctypes.CDLL(None, use_errno=True)
def close_the_door():
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, header, 0, 0):
        sys.exit(77)
"""
"""A filter of system calls: the process is killed when it makes a socket, starts something or opens a file to write."""


def _jailed(deed: str) -> int:
    code = f"{JAIL}\nimport os, socket\nfrom reticent.detect.kingfisher import Kingfisher\nclose_the_door()\n{deed}\n"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    status = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False).returncode
    if status == 77:
        pytest.skip("no filter of system calls can be set here: what native code does was NOT examined")
    return status


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="filters of system calls are Linux's: NOT examined")
@pytest.mark.parametrize(
    ("deed", "killed"),
    [
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", True),
        ("open('/dev/null', 'w')", True),
        ("open('/dev/null')", False),
        ("os.fork()", True),
        pytest.param(
            f"assert len(Kingfisher().find('key {TOKEN}')) == 1\nassert not Kingfisher().find('a1 ' * 9)",
            False,
            marks=needs_scanner,
        ),
    ],
    ids=["a socket", "writing", "reading", "starting", "Kingfisher"],
)
def test_it_lets_nothing_out(deed: str, killed: bool) -> None:
    """To load and to ask it makes no socket, writes no file and starts nothing; what does is seen."""
    status = _jailed(deed)
    assert (status < 0) is killed, status
    assert killed or status == 0
