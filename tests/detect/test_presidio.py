"""The bridge to Presidio fails closed and lets out neither text nor packets."""

import logging
import subprocess
import sys

import pytest

from reticent.detect.presidio import as_recognizer, from_recognizer
from reticent.detect.secrets import SecretPatterns
from reticent.errors import ReticentError


def pattern_recognizer(pattern: str, score: float, context: list[str] | None = None):
    """A recogniser of the host."""
    from presidio_analyzer import Pattern, PatternRecognizer

    return PatternRecognizer("BADGE", patterns=[Pattern("badge", pattern, score)], context=context)


def test_low_scores_need_a_whole_context_word() -> None:
    """A cue within 5 words before or 3 after lifts a low score; part of a word does not."""
    detector = from_recognizer(pattern_recognizer(r"B[0-9]{4}", 0.1, ["badge"]), "custom")
    assert detector.find("my badge is B1234") == [("custom", 12, 17)]
    assert detector.find("B1234 is my badge") == [("custom", 0, 5)]
    assert detector.find("badges B1234") == []
    assert detector.find("badge a b c d e f B1234") == []


def test_gate_comes_first() -> None:
    """A closed gate keeps the recogniser from being asked."""
    assert from_recognizer(pattern_recognizer("a", 1.0), "custom", gate=lambda text: False).find("aaa") == []


def test_timeout_fails_closed(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A pattern that runs out of time raises; the message quotes nothing."""
    monkeypatch.setattr("reticent.detect.presidio._PATTERN_TIMEOUT_S", 0.02)
    detector = from_recognizer(pattern_recognizer(r"(a+)+$|(a|aa)+c", 0.9), "custom")
    with pytest.raises(ReticentError, match="TimeoutError") as failure:
        detector.find("a" * 60 + "b" * 3)
    assert "aaa" not in str(failure.value) and failure.value.__context__ is None


def test_logged_timeouts_fail_closed_too(caplog: pytest.LogCaptureFixture) -> None:
    """A recogniser with an analysis of its own that logs a skipped pattern raises; other logs are dropped."""
    from presidio_analyzer import LocalRecognizer

    class Own(LocalRecognizer):
        message = "typed hunter2"

        def load(self) -> None: ...

        def analyze(self, text, entities, nlp_artifacts=None):
            logging.getLogger("presidio-analyzer").warning(self.message)
            return []

    own = Own(supported_entities=["X"])
    assert from_recognizer(own, "custom").find("text") == []
    assert "hunter2" not in caplog.text
    own.message = "Regex pattern timed out, skipping."
    with pytest.raises(ReticentError):
        from_recognizer(own, "custom").find("text")
    logging.getLogger("presidio-analyzer").warning("of the host")
    assert "of the host" in caplog.text or not logging.getLogger("presidio-analyzer").propagate


def test_errors_never_quote_the_text() -> None:
    """Whatever a recogniser raises is named by type only."""
    recognizer = pattern_recognizer("a+", 0.9)
    recognizer.validate_result = lambda text: (_ for _ in ()).throw(ValueError(f"bad {text}"))
    with pytest.raises(ReticentError, match="ValueError") as failure:
        from_recognizer(recognizer, "custom").find("aaaa")
    assert "aaaa" not in repr(failure.value) and failure.value.__cause__ is None and failure.value.__context__ is None


def test_as_recognizer_serves_their_engine() -> None:
    """Spans become results of the entity asked for."""
    recognizer = as_recognizer(SecretPatterns(), "SECRET", score=0.9)
    results = recognizer.analyze("key AKIA" + "IOSFODNN7EXAMPLE", ["SECRET"], None)
    assert [(result.entity_type, result.start, result.end, result.score) for result in results] == [
        ("SECRET", 4, 24, 0.9)
    ]
    assert recognizer.analyze("key AKIA" + "IOSFODNN7EXAMPLE", ["OTHER"], None) == []


OFFLINE = """
import os, sys
def guard(event, arguments):  # urllib3, imported by Presidio, binds a loopback socket to see whether there is IPv6
    local = event == "socket.bind" and arguments[1][0] in ("::1", "127.0.0.1")
    if event.startswith("socket.") and event != "socket.__new__" and not local:
        print("the network was used:", event, file=sys.stderr)
        os._exit(3)
sys.addaudithook(guard)
from reticent.detect.working_set import working_set
detectors = working_set()
assert "presidio_analyzer" not in sys.modules, "imported before a gate fired"
for detector in detectors: detector.find("The meeting moved to Thursday, please bring two copies.")
assert "presidio_analyzer" not in sys.modules, "imported for plain text"
text = "bob@mail.example.org 4111111111111111 DE89370400440532013000 10.1.2.3 536-22-8145 +14155552671 pass is hun"
assert {span.kind for detector in detectors for span in detector.find(text)} == {
    "email", "card", "iban", "ip", "ssn", "phone", "password"}
"""


def test_no_socket_no_file_and_late_import(tmp_path) -> None:
    """With sockets refused and an empty home, everything is found and the home stays empty."""
    import os

    home = tmp_path / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("XDG_CACHE_HOME", None)
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == []
