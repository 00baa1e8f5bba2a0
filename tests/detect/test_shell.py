"""A command line latches exactly when its command will ask for a secret."""

import pytest

from reticent.detect.shell import InlineSecrets, inline_secrets, latches


@pytest.mark.parametrize(
    "line",
    [
        "sudo -s",
        "su",
        "su - bob",
        "ssh bob@srv",
        "scp a b@h:",
        "sftp h",
        "passwd",
        "mysql -u root -p",
        "psql -W db",
        "gpg -d f",
        "kinit",
        "read -s x",
        "read -rs x",
        "docker login",
        "ssh-add",
        "ssh-keygen -t ed25519",
        "openssl rsa -in k",
        "cryptsetup open /dev/sda1 x",
        "htpasswd -c f bob",
        "FOO=1 sudo ls",
        "cd /x && sudo make install",
        "cat f | sudo tee /etc/x",
        "time ssh h",
        "/usr/bin/sudo id",
        "(sudo ls)",
        "\ud800; sudo ls",
    ],
)
def test_commands_that_ask(line: str) -> None:
    """With arguments, assignments, wrappers, pipes and chains in front."""
    assert latches(line)


@pytest.mark.parametrize(
    "line",
    [
        "man sudo",
        "echo ssh",
        "which su",
        "ls",
        "",
        "mysql -phunter2",
        "psql db",
        "read x",
        "docker ps",
        "openssl version",
        "ssh -V",
        "gpg --list-keys",
        "git commit -m 'use sudo; ssh now'",
        "echo 'a | sudo b'",
        "grep sudo f",
        "sudoku",
    ],
)
def test_commands_that_do_not(line: str) -> None:
    """Naming such a command, or quoting it, does not ask."""
    assert not latches(line)


def test_inline_secrets_are_values_only() -> None:
    """Placeholders and variables are no secrets; the gate passes whatever a rule finds."""
    for line, value in [
        ("zip -P hunter2 a.zip b", "hunter2"),
        ("sqlplus bob/beastie@orcl", "beastie"),
        ("redis-cli -a pw99", "pw99"),
    ]:
        assert [line[start:stop] for start, stop in inline_secrets(line)] == [value]
        assert InlineSecrets().may_find(line)
    assert InlineSecrets().find("\ud800 é zip -P hünter2 a.zip b") == [("password", 11, 18)]
    assert list(inline_secrets("sshpass -p $PASS ssh h; tool --token {{token}}")) == []
