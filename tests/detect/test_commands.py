"""Commands give away their secret argument, and the words of a line lead to every rule."""

import pytest

from reticent.detect.commands import INLINE, RULES_OF
from reticent.detect.shell import InlineSecrets

DETECTOR = InlineSecrets()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("ipmitool -H 10.0.3.17 -U bob -P Joe1990 chassis status", "Joe1990"),
        ("mc alias set s3 https://h.example bob Anne1994", "Anne1994"),
        ("rclone obscure UpD1Qo999", "UpD1Qo999"),
        ("$pw = ConvertTo-SecureString 'Draught.11' -AsPlainText", "Draught.11"),
        ("docker run -e POSTGRES_PASSWORD=Kp55RRtt postgres", "Kp55RRtt"),
        ("yt-dlp -u lauren -p Herbert2003 http://x", "Herbert2003"),
        ("ALTER USER 'r'@'h' IDENTIFIED WITH mysql_native_password BY 'SqLp5'", "SqLp5"),
        ("kubectl create secret generic s --from-literal=k=Kp55RRtt", "Kp55RRtt"),
        ("net use Z: \\\\10.0.3.17\\d /user:jared Kp55RRtt", "Kp55RRtt"),
        ("rabbitmqctl add_user justin Kp55RRtt", "Kp55RRtt"),
        ("net user tom Kp55RRtt /add", "Kp55RRtt"),
        ("cmdkey /add:h /user:k /pass:InitialSaga58", "InitialSaga58"),
        ("curl -u bob:s3cret https://x", "s3cret"),
        ("mysql -u root -phunter2 shop", "hunter2"),
        ("sshpass -p Kp55RRtt ssh b@h", "Kp55RRtt"),
        ("docker login -u bob -p Kp55RRtt reg", "Kp55RRtt"),
        ("Authorization: Bearer abc123def456", "abc123def456"),
        ("curl -H 'X-Api-Key: Kp55RRtt99' https://h", "Kp55RRtt99"),
    ],
)
def test_arguments(line: str, value: str) -> None:
    """The value is covered, and the detector suspects the line."""
    assert DETECTOR.may_find(line)
    assert any(value in line[span.start : span.stop] for span in DETECTOR.find(line))


def test_the_number_of_rules() -> None:
    """Every rule is one row of the tables, and has a word that leads to it."""
    assert len(INLINE) >= 60
    assert {number for numbers in RULES_OF.values() for number in numbers} == {*range(len(INLINE))}


@pytest.mark.parametrize(
    "line",
    [
        "git commit -m fix",
        "net use Z: \\\\srv\\d /user:ann",
        "kubectl get pods -n web",
        "cp -p a b",
        "tar -xzf a.tgz",
        "ssh -p 22 h",
    ],
)
def test_ordinary_commands(line: str) -> None:
    """Flags of other commands mean something else."""
    assert DETECTOR.find(line) == []
