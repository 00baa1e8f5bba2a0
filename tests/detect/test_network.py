"""Addresses of machines that may be somebody's are found whole, and what names a person in an address of the web."""

import pytest

from reticent.detect.network import IpAddresses, MacAddresses, PersonalUrls
from reticent.detect.presidio import recognize


def found(text: str) -> list[str]:
    """What any of the three finds."""
    spans = [span for detector in (IpAddresses(), MacAddresses(), PersonalUrls()) for span in detector.find(text)]
    return [text[span.start : span.stop] for span in spans]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ssh to 10.20.30.40 now", "10.20.30.40"),
        ("ssh to 192.168.17.4 now", "192.168.17.4"),
        ("ssh to 192.168.10.4 now", "192.168.10.4"),
        ("ssh admin@72.15.185", "72.15.185"),
        ("fe80::1ff:fe23:4567:890a", "fe80::1ff:fe23:4567:890a"),
        ("2001:db8:0:0:8a2e:370:7334:1 up", "2001:db8:0:0:8a2e:370:7334:1"),
        ("at 198.51.100.7, then", "198.51.100.7"),
        ("00:1B:44:11:3a:B7", "00:1B:44:11:3a:B7"),
        ("001b.4411.3ab7", "001b.4411.3ab7"),
        ("https://example.org/find?q=1&email=ann%40example.org#top", "ann%40example.org"),
        ("https://example.org/users/ann.lee/settings", "ann.lee"),
        ("my website is https://ann-lee.example.org/ ok", "https://ann-lee.example.org/"),
    ],
)
def test_found(text: str, value: str) -> None:
    """One span, the value of a query only."""
    assert found(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "std::fs a[::2] 127.0.0.1", "at 12:30:45", "version 1.2.3.4", "1.2.3.4.5", "192.168.0.0/16", "255.255.255.0",
        "ff:ff:ff:ff:ff:ff", "12:30", "react@17.0.2", "https://example.org/a?page=2&id=7", "999.1.1.1",
        "1234.5678.9012", "grep 192.168.1.5", "ping 192.168.178.2", "192.168.0.17/24",
    ],
)  # fmt: skip
def test_what_points_at_nobody_stays(text: str) -> None:
    """Times, versions, networks, a machine's own address, those that every home router gives out, pages."""
    assert found(text) == []


def test_addresses_are_those_of_presidio() -> None:
    """Whatever Presidio finds in these, but for what points at nobody, is covered."""
    from presidio_analyzer.predefined_recognizers import IpRecognizer, MacAddressRecognizer

    for text in (
        "10.20.30.40", "8.8.8.8 and 9.9.9.9", "2001:db8::8a2e:370:7334", "fe80::1ff:fe23:4567:890a%eth0",
        "::ffff:192.0.2.128", "10.20.30.40/24", "00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7",
    ):  # fmt: skip
        covered = {
            at
            for detector in (IpAddresses(), MacAddresses())
            for span in detector.find(text)
            for at in range(span.start, span.stop)
        }
        for recognizer in (IpRecognizer(), MacAddressRecognizer()):
            for start, stop in recognize(recognizer, text):
                assert covered >= set(range(start, stop)), text
