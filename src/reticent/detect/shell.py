"""Shell commands: secrets given as arguments, and commands that ask for one on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import re2

from reticent.detect.commands import INLINE
from reticent.detect.gate import matching

__all__ = ["inline_secrets", "latches"]

_REST = r"[^\n|;&]*?[ \t]"


@cache
def _rule(number: int) -> re2._Regexp:
    """Compiled at the first text that may need it."""
    return re2.compile(INLINE[number])


_NEEDS = tuple(rule.split(_REST)[0].replace(r"\b", "") for rule in INLINE)
"""What each rule needs before its arguments: one search tells which rules are worth trying."""
_PLACEHOLDER = re.compile(
    r"(?i)^(?:[-<{$\[%*|>].*|.*\{\{.*|stdin|env:.*|file:.*|path/.*|\d{1,2}|x+|password|pass|secret|token|bearer|"
    r"basic|digest|api_?key|pwd|pw)$"
)


def inline_secrets(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of every secret given to a command as an argument.

    >>> list(inline_secrets("mysql -phunter2 shop"))
    [(8, 15)]
    """
    for rule in matching(_NEEDS, text):
        for match in _rule(rule).finditer(text):
            if not _PLACEHOLDER.search(match.group(1)):
                yield match.span(1)


_ASKS = frozenset(
    "sudo su doas pkexec ssh scp sftp rsync passwd gpg gpg2 kinit ssh-add ssh-keygen ssh-copy-id sshfs "
    "cryptsetup htpasswd "
    "smbclient vncpasswd mkpasswd smbpasswd grub-mkpasswd-pbkdf2 login telnet ftp lftp ansible-vault mosh autossh age "
    "keepassxc-cli veracrypt ecryptfs-mount-private rdesktop xfreerdp pinentry systemd-ask-password "
    "wpa_passphrase".split()
)
_ASKS_WITH = {  # command: a regular expression that its arguments must hold
    "mysql": r" (?:-p|--password)(?: |$)", "mysqldump": r" (?:-p|--password)(?: |$)", "mariadb": r" "
    "(?:-p|--password)(?: |$)",
    "mysqladmin": r" (?:-p|--password)(?: |$)", "psql": r" (?:-W|--password)(?: |$)", "pg_dump": r" "
    "(?:-W|--password)(?: |$)",
    "createuser": r" (?:-\w*[PW]|--pwprompt)(?: |$)", "mongosh": r" (?:-p|--password)(?: |$)",
    "mongo": r" (?:-p|--password)(?: |$)", "redis-cli": r" --askpass(?: |$)", "read": r" -\w*s",
    "openssl": r" (?:enc|rsa|ec|dsa|pkey|pkcs8|pkcs12|genrsa|genpkey|req|passwd|cms|smime|ca)(?: |$)",
    "ldapsearch": r" -W(?: |$)", "zip": r" (?:-\w*e\w*|--encrypt)(?: |$)", "7z": r" -p(?: |$)",
    "curl": r" (?:-u|--user) [^\s:]+(?: |$)", "bw": r" (?:login|unlock)(?: |$)", "op": r" (?:signin|account)(?: |$)",
    "ansible-playbook": r" (?:-[kK]|--ask-\S+)(?: |$)", "vault": r" login(?: |$)", "aws": r" configure(?: |$)",
    "pass": r" (?:insert|edit)(?: |$)", "rclone": r" config(?: |$)",
}  # fmt: skip
_LOGIN = frozenset(
    "docker podman npm yarn pnpm gh glab az helm oc heroku flyctl vercel netlify twine nerdctl skopeo wrangler "
    "hub".split()
)
_WRAPPERS = frozenset("time env nohup exec command builtin nice ionice then do else if while ! {".split())
_INFORMATIVE = re.compile(
    r" (?:--help|--version|-V|--list-\S+|--list|--verify|--import|--recv-keys|--export|--fingerprint|-k|-n|-l|"
    r"-K)(?: |$)"
)
_WORD = re.compile(r"\|\||&&|[|;&]|(?:\"[^\"]*\"?|'[^']*'?|[^\s|;&\"']+)+")
_ASSIGNMENT = re.compile(r"^[A-Za-z_]\w*=")


def _commands(line: str) -> Iterator[list[str]]:
    """The words of each simple command of a line, without assignments and wrappers in front."""
    words: list[str] = []
    for match in _WORD.finditer(line):
        word = match.group()
        if word in ("|", "||", "&&", "&", ";"):
            yield words
            words = []
        elif words or not (_ASSIGNMENT.search(word) or word in _WRAPPERS):
            words.append(word)
    yield words


def _asks(words: list[str]) -> bool:
    command = words[0].lstrip("($`\\").rsplit("/", 1)[-1]
    arguments = " ".join(["", *words[1:]])
    if command in _ASKS:
        return (command == "sudo" and " -k" not in arguments and " -n" not in arguments) or (
            not _INFORMATIVE.search(arguments)
        )
    if command in _LOGIN:
        return re2.search(r" (?:login|adduser|signin)(?: |$)", arguments) is not None
    rule = _ASKS_WITH.get(command)
    return rule is not None and re2.search(rule, arguments) is not None


def latches(line: str) -> bool:
    """Whether a terminal asks for a secret after this command line, so that the next line is one.

    >>> latches("FOO=1 sudo -s"), latches("mysql -u root -p"), latches("man sudo"), latches("which su")
    (True, True, False, False)
    """
    line = line.encode("utf-8", "replace").decode()
    return any(_asks(words) for words in _commands(line) if words)
