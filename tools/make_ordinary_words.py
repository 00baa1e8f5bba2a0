"""Makes ``src/reticent/detect/ordinary_words.txt`` from word lists that tell proper names by their capital.

Arguments: the word lists of SCOWL (``american-english`` and ``british-english`` of Debian's wamerican and wbritish
2020.12.07), then the folder of the PyPI package ``names`` 0.3.0 (US Census of 1990, public domain). Words that are also
frequent first names or surnames are left out, unless they are among the commonest words or in the small SCOWL list::

    python tools/make_ordinary_words.py american-english british-english american-english-small site-packages/names
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from reticent.detect.words import COMMON_WORDS

TARGET = Path(__file__).parents[1] / "src" / "reticent" / "detect" / "ordinary_words.txt"
FIRST_NAMES = {"dist.male.first": 600, "dist.female.first": 1000}
SURNAMES = 5000
TERMS = """
git npm npx yarn docker kubectl sudo ssh scp rsync yum apt dnf pacman brew pip pipx conda cargo rustc gcc awk sed grep
egrep xargs uniq wc rm cp mv mkdir rmdir chmod chown chgrp chroot ls ln ps df du tar gzip gunzip zcat bzip curl wget vim
vi emacs nano tmux zsh bash sh csh systemctl journalctl crontab psql mysql sqlite mongo redis terraform ansible vagrant
helm aws gcloud az gh svn hg cmake sbt mvn gradle javac jq yq env printenv uname whoami ifconfig netstat nmap ping
traceroute dig nslookup iptables openssl gpg keygen dir mydir filename hostname username userid uid gid pid ppid tty
stdin stdout stderr regex regexp json yaml yml toml xml html css js ts py txt csv pdf png jpg jpeg gif svg mp mkv ffmpeg
mtime ctime atime inode symlink namespace param params arg args argv argc config configs conf auth oauth admin repo
repos workflow backend frontend localhost async await def elif lambda bool int str len dict tuple enum struct impl func
const var init src dst tmp lib libs usr etc bin opt dev wifi tv dvd laptop iphone ipad android linux ubuntu macos
windows excel outlook gmail chrome firefox slack teams zoom github gitlab jira iban ssn cvv atm url http https www com
org net io id pin otp zip faq ceo cfo hr vpn usb api sms gps app apps bot bots email emails login signup asap eta fyi
btw imo idk omg lol lmao haha hahaha hehe thx ty np pls plz gonna wanna gotta kinda sorta dunno yeah yep nope yup ya nah
hmm umm uh uhh ugh hey hiya btc eth ok okay info
dob asap tbd tba rsvp eod eow wip pto ooo qty ref misc approx mgmt dept acct amt pmt inv recd addr tel fax ext cell
nginx apache postgres postgresql sqlite mongodb mariadb rabbitmq kafka elasticsearch memcached systemd cron daemon
numpy pandas scipy pytest mypy django flask fastapi webpack eslint vite nodejs deno typescript kotlin golang rustup
tgz zip xz iso exe dll deb rpm msi md csv tsv xls xlsx doc docx ppt pptx mov mpg wav svg ico bak cfg conf ini log lock
uuid guid sha md checksum checksums stderr cpu gpu ram ssd nvme lan wan dns dhcp tcp udp ftp sftp ssl tls cidr ipv
esc ctrl del tab caps capslock backspace pgup pgdn num numlock prtsc meta fn super
addr ptr idx buf ctx req res resp err msg cmd num val pos cnt fmt iter obj cls cb fn ret tmp attr elem elt prev curr cur
""".split()
"""Commands, file endings and abbreviations that dictionaries leave out."""

HEAD = """\
# Ordinary English words, lower-case: what is no name when it is typed without capitals.
# Made by tools/make_ordinary_words.py from SCOWL, Copyright 2000-2018 by Kevin Atkinson. Permission to use, copy,
# modify, distribute and sell these word lists, the associated scripts, the output created from the scripts, and its
# documentation for any purpose is hereby granted without fee, provided that the above copyright notice appears in all
# copies and that both that copyright notice and this permission notice appear in supporting documentation. Kevin
# Atkinson makes no representations about the suitability of this array for any purpose. It is provided "as is" without
# express or implied warranty. Inflections were made with WordNet 1.6, Copyright 1997 by Princeton University.
"""


def lower_words(path: Path) -> set[str]:
    return {word for word in path.read_text(encoding="utf-8").split() if word.islower() and word.isalpha()}


def census(path: Path, count: int) -> set[str]:
    return {line.split()[0].lower() for line in path.read_text(encoding="ascii").splitlines()[:count]}


def main(american: str, british: str, small: str, names: str) -> None:
    first = set().union(*(census(Path(names, file), count) for file, count in FIRST_NAMES.items()))
    surnames = census(Path(names, "dist.all.last"), SURNAMES)
    words = lower_words(Path(american)) | lower_words(Path(british)) | COMMON_WORDS
    words -= (first - COMMON_WORDS) | (surnames - lower_words(Path(small)) - COMMON_WORDS)
    words |= {*TERMS}
    lines = textwrap.wrap(" ".join(sorted(words)), 120, break_long_words=False, break_on_hyphens=False)
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
