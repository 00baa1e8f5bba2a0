"""Shell commands: secrets given as arguments, and commands that ask for one on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import re2

from reticent.detect.commands import INLINE, RULES_OF
from reticent.detect.shape import well_formed
from reticent.text.span import Span

__all__ = ["InlineSecrets", "inline_secrets", "latches"]

_RULES_OF = {word.encode(): rules for word, rules in RULES_OF.items()}
_FIRST_WORDS = frozenset(_RULES_OF)
_WORD_BYTES = bytes(byte if (chr(byte).isalnum() and byte < 128) or byte == 95 else 32 for byte in range(256))
_COLONS_MIN = 4
_PLACEHOLDER = re.compile(
    r"(?i)^(?:[-<{$\[*|>].*|%\w*%?|.*\{\{.*|stdin|env:.*|file:.*|path/.*|\d{1,2}|x+|password|pass|secret|token|bearer|"
    r"basic|digest|api_?key|pwd|pw)$"
)


@cache
def _rules() -> tuple[re2._Regexp, ...]:
    """Compiled at the first command (10 ms)."""
    return tuple(map(re2.compile, INLINE))


def _candidates(data: bytes) -> list[re2._Regexp]:
    """The rules of the commands whose names are there: a look into a table, where a search for all would be slow."""
    words = data.lower().translate(_WORD_BYTES).split()
    if b"-" in data:
        words.append(b"-")
    if data.count(b":") >= _COLONS_MIN:
        words.append(b":")
    if _FIRST_WORDS.isdisjoint(words):
        return []
    numbers = {number for word in _FIRST_WORDS.intersection(words) for number in _RULES_OF[word]}
    return [_rules()[number] for number in numbers]


def inline_secrets(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of every secret given to a command as an argument; none of it is a lone surrogate.

    >>> list(inline_secrets("mysql -phunter2 shop"))
    [(8, 15)]
    """
    data = text.encode()
    for rule in _candidates(data):
        for match in rule.finditer(data):
            value = match.group(1).decode(errors="ignore")
            if not _PLACEHOLDER.search(value):
                start = len(data[: match.start(1)].decode(errors="ignore"))
                yield start, start + len(value)


class InlineSecrets:
    """Finds secrets that are given to a command of a shell or a database (``password``).

    >>> InlineSecrets().find("curl -u ann:hunter2 https://example.org")
    [Span(kind='password', start=12, stop=19)]
    """

    name = "commands"
    in_context = True

    def may_find(self, text: str) -> bool:
        """Whether a command with a secret is there."""
        data = text.encode("utf-8", "replace")
        return any(rule.search(data) is not None for rule in _candidates(data))

    def find(self, text: str) -> list[Span]:
        """All spans; lone surrogates are taken as U+FFFD."""
        return [Span("password", *place) for place in inline_secrets(well_formed(text))]


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
