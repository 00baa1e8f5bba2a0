"""What is unfinished at the end is redacted at a hard barrier and kept open at an idle one."""

import pytest

from reticent.detect.pending import hard_tail, idle_tail


@pytest.mark.parametrize(
    ("text", "kind", "tail"),
    [
        ("key AKIA" + "IOSFODNN7EX", "token", "AKIA" + "IOSFODNN7EX"),
        ("x AKIA", "token", "AKIA"),
        ("a=ghp_", "token", "ghp_"),
        ("eyJh", "token", "eyJh"),
        ("k sk-a", "token", "sk-a"),
        ("-----BEGIN RSA", "private_key", "-----BEGIN RSA"),
        ("pay 4111 11", "card", "4111 11"),
        ("ssn 536-22-8", "ssn", "536-22-8"),
        ("call +1 415 55", "phone", "+1 415 55"),
        ("to maria@ex", "email", "maria@ex"),
        ("to maria@163", "email", "maria@163"),
        ("7d080589-ab05-44c2-a402-6cdea5b9a214 key x8Kq2Lm9Zt4", "token", "x8Kq2Lm9Zt4"),
        ("k9Xq2Lm8Zt4w?trace_id=0f99f7c9e215", "token", "k9Xq2Lm8Zt4w?trace_id=0f99f7c9e215"),
        ("pay DE89 3704 00", "iban", "DE89 3704 00"),
        ("pay GB33BUKB20201555555555", "iban", "GB33BUKB20201555555555"),
        ("SOME_NAME=x8Kq2Lm9Zt4", "token", "x8Kq2Lm9Zt4"),
        ("mail maria@ex.", "email", "maria@ex."),
        ("ssh ann@web1.ex", "email", "ann@web1.ex"),
        ("git commit --author ann@web1", "email", "ann@web1"),
        ("ssh web1; mail ann@web1", "email", "ann@web1"),
    ],
)
def test_hard_tail_finds_heads(text: str, kind: str, tail: str) -> None:
    """Distinctive heads, six digits and e-mail heads are spans up to the end."""
    assert hard_tail(text) == (kind, len(text) - len(tail), len(text))


@pytest.mark.parametrize(
    "text",
    ["", "plain words", "in 2025", "on 2025-03-04", "task-", "12345", "maria@", "done 123456 now", "-----",
     "which `$@`", "pkg@5.8.1", "actions/checkout@v4", "scan 192.168.0.12", "copy to ann@server:/path",
     "id: 7d080589-ab05-44c2-a402-6cdea5b9a214", "git show 5068f102793eadddf39b2f95", "x@sha256:54e4598aa9d44e1675c7",
     "scp admin@192.168.0.1", "at admin@192.168.", "pkg@5.8.1.", "ssh -p 22 ann@server", "cat a | ssh -C ann@web1.",
     "git clone git@github.com", "send it -e email@address", "git show 5068f102793eadddf39b2f95.",
     "was it commit 5068f102793eadddf39b2f95?", "git show 5068f102793eadddf39b2f95:src/README.md"],
)  # fmt: skip
def test_hard_tail_leaves_ordinary_ends(text: str) -> None:
    """Short numbers, dates, words, releases, machines and what names a thing are decided as they stand."""
    assert hard_tail(text) is None


def test_hard_tail_is_bounded() -> None:
    """An endless row of digit groups is cut to the groups that fit an identifier."""
    span = hard_tail("0123456 " * 40)
    assert span is not None and span.stop - span.start <= 20


@pytest.mark.parametrize(
    ("text", "open_part"),
    [
        ("plain words", "words"),
        ("plain words ", ""),
        ("", ""),
        ("line\n", ""),
        ("pay 4111 1111 ", "4111 1111 "),
        ("pay DE89 3704 00", "DE89 3704 00"),
        ("blueTiger77 is my", "blueTiger77 is my"),
        ("blueTiger77 ", "blueTiger77 "),
        ('password = "two wor', "two wor"),
        ("here is the", "the"),
        ("passphrase: former chord ", "former chord "),
        ("call +1 415 555 ", "+1 415 555 "),
        ("write to maria.g", "maria.g"),
    ],
)
def test_idle_tail(text: str, open_part: str) -> None:
    """The trailing token, digit groups, heads and values before a cue stay open."""
    assert text[idle_tail(text) :] == open_part


def test_lone_surrogates_do_not_raise() -> None:
    """Malformed text has a tail all the same."""
    assert hard_tail("\ud800 AKIAIO") == ("token", 2, 8)
    assert idle_tail("a \ud800") == 2
