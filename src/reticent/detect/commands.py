"""Commands of shells and databases that are given a secret as an argument, as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["INLINE", "RULES_OF"]

_V = r"[\"']?([^\s\"']+)"
_REST = r"[^\n|;&]*?[ \t]"

# A flag, and below it the commands whose secret follows it.
_FLAGS = r"""
-p
    mysql mysqldump mysqladmin mysqlsh mysqlimport mysqlcheck mysqlpump mariadb mariadb-dump mycli 7za?
    rar unrar
-(?:p|P|w|pw|passwd) ?
    sshpass plink pscp psftp kitty mosquitto_pub mosquitto_sub rdesktop useradd usermod hydra medusa
    ncrack sqlcmd bcp osql isql tsql mongo mongosh mongodump mongorestore mongoexport mongoimport
    bsondump cqlsh nodetool vncviewer x11vnc vncdotool tn5250 bteq exaplus sqlldr
-(?:a|p) ?
    redis-cli kinit impacket-\S+ crackmapexec nxc netexec evil-winrm smbmap
-(?:P|pas|password) ?
    zip unzip isql-fb gbak gsec
-(?:w|s|a) ?
    ldapsearch ldapadd ldapmodify ldapwhoami ldapdelete ldappasswd ldapcompare
-[NP] ?
    ssh-keygen
-(?:P|p|A|X) ?
    ipmitool youtube-dl yt-dlp snmpwalk snmpget snmpset amtterm racadm sas3ircu
login[^\n|;&]*? -p[ =]?
    docker podman buildah skopeo helm oc az nerdctl cf rclone kubectl argocd crane oras regctl cosign
    doctl ibmcloud npm yarn gh glab vault tsh fly heroku influx consul nomad terraform snyk twine poetry
    gem cargo jf jfrog nuget dotnet choco databricks snowsql wrangler netlify vercel firebase mc
(?:-p|--password|--user=\S+:)[ =]?
    snowsql psql bq clickhouse-client influx trino presto arangosh cypher-shell neo4j-admin
    rabbitmqadmin couchbase-cli cbq etcdctl natscli nats kafka-\S+ sqlline beeline impala-shell
/(?:p|pass|password):
    xfreerdp xfreerdp3 mstsc cmdkey wfreerdp
-(?:store|key|deststore|srcstore)pass[ :]?
    keytool jarsigner apksigner
(?:password|psk|key|keyMaterial|wifi-sec\.psk|key=)[ =]
    openvpn openconnect nmcli iwconfig netsh wpa_cli
(?:-p|--password|-P|unlock-keychain -p)[ =]
    fastlane xcrun altool notarytool security
configure set \S*(?:secret_access_key|session_token)[ =]
    aws
(?:user_pw|owner_pw|input_pw|--password=|--encrypt)[ =]?
    cryptsetup pdftk qpdf gs
--(?:http-|ftp-|proxy-)?passw(?:or)?d[ =]
    wget fetch axel aria2c
-c http\.\S*extraheader=\S*(?:bearer|basic)[ ]
    git
"""

# The words of which one must be there, and below them a rule, where <W> stands for these words; its first group is the
# secret.
_FORMS = r"""
curl wget http https xh lynx ab siege hey
    (?i:\b<W>\b)<REST>(?:-u|-U|--user|--proxy-user|-a|-A|-P|--auth)[ =]?[\"']?[^\s:\"']*:([^\s\"']+)
openssl
    \b<W>\b<REST>-(?:pass|passin|passout|k)[ =]?[\"']?(?:pass:)?([^\s\"']+)
smbclient rpcclient net mount smbget winexe wmic cifsmount nmblookup
    \b<W>\b<REST>-U[ ]?[\"']?[^\s%\"']+%([^\s\"']+)
mount
    \b(?:mount|mount\.cifs)\b<REST>(?:-o )?\S*(?:password|pass)=([^\s,\"']+)
htpasswd
    \b<W>\b<REST>-[a-zA-Z]*b[a-zA-Z]* \S+ \S+ <V>
net
    (?i)\bnet user \S+ <V>(?: /\S+)?
net
    (?i)\bnet use (?:\S+ )?\\\\\S+(?: /\S+)* [\"']?([^\s\"'/][^\s\"']*)
rabbitmqctl
    \b<W> (?:add_user|change_password) \S+ <V>
dsadd
    (?i)\bdsadd user\b<REST>-pwd <V>
sqlplus
    (?i)\bsqlplus(?: -\S+)* [^\s/]+/([^\s@]+)
exp imp expdp impdp rman tnsping
    (?i)\b<W> [^\s/]+/([^\s@]+)
identified
    (?i)\bidentified (?:by|with \S+ (?:by|as)) (?:password )?<V>
create alter
    (?i)\b<W> (?:user|role|login)\b[^\n;]*?\bpassword\b ?=? ?N?[\"']([^'\"\n]+)
set
    (?i)\bset password\b[^\n;]*?(?:=|to) ?(?:password\()?[\"']([^'\"\n]+)
pgp_sym_encrypt pgp_sym_decrypt aes_encrypt aes_decrypt crypt encode dblink_connect
    (?i)\b<W>\([^\n]*?,\s*'([^'\n]+)'\)
echo
    \becho (?:-n )?[\"']?([^\s\"'|]+)[\"']? ?\| ?(?:sudo (?:\S+ )*-S|\S+ (?:\S+ )*--(?:password|passphrase)[-=]
    (?:stdin|fd))
echo printf
    \b<W> (?:-n )?[\"']?[^\s:\"']+:([^\s\"'|]+)[\"']? ?\| ?(?:sudo )?chpasswd
echo printf
    \b<W> (?:-n )?[\"']?([^\s\"'|]+)[\"']? ?\| ?(?:sudo )?(?:passwd|cryptsetup|gpg|smbpasswd|vncpasswd)\b
wpa_passphrase
    \b<W> \S+ <V>
openssl
    \bopenssl passwd (?:-\S+ )*<V>
login
    \blogin \S+ password <V>
convertto
    (?i)\bconvertto-securestring\b(?: -(?:string|force|asplaintext))* \\?<V>
networkcredential pscredential
    (?i)\b<W>\([^,\n]*,\s*[\"']([^\"'\n]+)
mc
    \bmc (?:alias set|config host add) \S+ \S+ \S+ <V>
rclone
    \brclone (?:obscure|config \S+ \S+ pass) <V>
ansible security bw op pass
    \b(?:ansible-vault encrypt_string|security add-generic-password \S.*? -w|bw unlock|op signin|pass-cli \S+) <V>
kubectl
    \bkubectl create secret\b[^\n]*?--from-literal[= ][\w.-]+=([^\s\"']+)
docker podman
    \b<W> (?:run|create|exec)\b<REST>-e [\"']?\w*(?:PASS|PWD|SECRET|TOKEN|KEY)\w*=([^\s\"']+)
set setx
    (?i)\b<W> \w*(?:pass|pwd|secret|token|key)\w*[ =][\"']?([^\s\"']{4,})
gh glab fly heroku vercel wrangler
    \b<W> secrets? (?:set|put) \w+[^\n]*?(?:--body|-b|=)[ =]?<V>
heroku eb vercel railway dotenv
    \b<W> \w+(?::set)? \w*(?:PASS|PWD|SECRET|TOKEN|KEY)\w*=([^\s\"']+)
vault bao
    \b<W> (?:kv put|write) \S+(?: \S+=\S+)*? \w+=([^\s\"']+)
vault bao
    \b<W> login(?: -\S+)* (?:token=)?([^\s=-]\S+)
npm
    \bnpm (?:config )?set \S*_(?:authToken|password|auth)[ =](\S+)
poetry
    \bpoetry config \S+ \S+ ([^\s-]\S+)
nuget
    \bnuget (?:push \S+ |setapikey |-ApiKey )([^\s-]\S+)
cargo
    \bcargo login ([^\s-]\S+)
gem
    \bgem push\b[^\n]*? --key (\S+)
signal
    \bsignal-cli\b[^\n]*? verify (\S+)
bluetoothctl
    \bbluetoothctl pair \S+ ([0-9]+)
auth
    \b(?:AUTH|auth) (?:default )?([^\s:=]*[0-9!@#$%][^\s:=]*)$
auth
    (?i)\bauth (?:plain|login) ([A-Za-z0-9+/=]{8,})
pass
    (?:^|\n)(?:PASS|pass) (\S*[0-9!@#$%^&*]\S*)(?:\n|$)
nickserv
    (?i)\b/?msg nickserv (?:identify|register) (?:\S+ )??([^\s@]+)(?:\s|$)
nickserv ns
    (?i)(?:^|\s)/?<W> identify (\S+)
:
    (?:^|\s)[\w.*-]+:(?:[0-9]{2,5}|\*):[\w*-]+:[A-Za-z*][\w.-]*:(\S+)
thin
    :thin:[^\s/]+/([^\s@]+)@
-
    (?i)(?:^|\s)(?:--[a-z-]*|-)(?:password|passwd|passphrase|pass|pwd|pw|token|secret|api-?key|access-key|otp|pin|
    client-secret|auth-?token)(?:=|[ \t]+)<V>
authorization
    (?i)\bauthorization[\"']?\s*[:=]\s*[\"']?(?:bearer |basic |token |digest |apikey |ntlm |negotiate |key=)?
    ([^\s\"']{6,})
x
    (?i)\bx-(?:api-key|auth-token|vault-token|access-token|csrf-token|amz-security-token)[\"']?\s*[:=]\s*[\"']?
    ([^\s\"']{6,})
bearer
    \b[Bb]earer ([A-Za-z0-9._~+/=-]*[0-9][A-Za-z0-9._~+/=-]{7,})
"""


def _blocks(table: str) -> Iterator[tuple[str, list[str]]]:
    """The heads of a table, each with the indented lines below it."""
    head, lines = "", list[str]()
    for line in [*table.strip("\n").splitlines(), ""]:
        if line.startswith("    "):
            lines.append(line[4:])
            continue
        if head:
            yield head, lines
        head, lines = line, []


def _inline() -> Iterator[tuple[str, str]]:
    """The words of each rule as alternatives, and the rule."""
    for flag, commands in _blocks(_FLAGS):
        yield "|".join(" ".join(commands).split()), rf"\b<W>\b<REST>(?:{flag})<V>"
    for words, rule in _blocks(_FORMS):
        yield "|".join(words.split()), "".join(rule)


def _spelled(word: str) -> Iterator[str]:
    """What a command begins with: letters, digits and underscores only.

    >>> [*_spelled("7za?")], [*_spelled("redis-cli")], [*_spelled("-")]
    (['7z', '7za'], ['redis'], ['-'])
    """
    if word.endswith("?"):
        yield word[:-2]
    yield (re.match(r"\w+", word) or [word])[0]


_RULES = tuple(_inline())
INLINE = tuple(
    rule.replace("<W>", f"(?:{words})").replace("<REST>", _REST).replace("<V>", _V) for words, rule in _RULES
)
"""Rules whose first group is the secret."""


def _rules_of() -> dict[str, tuple[int, ...]]:
    rules: dict[str, tuple[int, ...]] = {}
    for number, (words, _) in enumerate(_RULES):
        for first in {first for word in words.split("|") for first in _spelled(word)}:
            rules[first] = (*rules.get(first, ()), number)
    return rules


RULES_OF = _rules_of()
"""The rules that a word in small letters is necessary for, by number; a mark stands for itself."""
