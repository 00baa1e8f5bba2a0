"""Commands of shells and databases that are given a secret as an argument, as regular expressions."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["FLAG_GATE", "FORM_GATE", "INLINE", "NAME_GATE"]

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

# Rules of their own; a line that is indented goes on with the one before. Their first group is the secret.
_FORMS = r"""
(?i:\b(?:curl|wget|https?|xh|lynx|ab|siege|hey)\b)<REST>(?:-u|-U|--user|--proxy-user|-a|-A|-P|--auth)[ =]?[\"']?
    [^\s:\"']*:([^\s\"']+)
\bopenssl\b<REST>-(?:pass|passin|passout|k)[ =]?[\"']?(?:pass:)?([^\s\"']+)
\b(?:smbclient|rpcclient|net|mount|smbget|winexe|wmic|cifsmount|nmblookup)\b<REST>-U[ ]?[\"']?[^\s%\"']+%([^\s\"
    ']+)
\b(?:mount|mount\.cifs)\b<REST>(?:-o )?\S*(?:password|pass)=([^\s,\"']+)
\bhtpasswd\b<REST>-[a-zA-Z]*b[a-zA-Z]* \S+ \S+ <V>
(?i)\bnet (?:user|use) \S+ <V>(?: /\S+)?
(?i)\bdsadd user\b<REST>-pwd <V>
(?i)\bsqlplus(?: -\S+)* [^\s/]+/([^\s@]+)
(?i)\b(?:exp|imp|expdp|impdp|rman|tnsping) [^\s/]+/([^\s@]+)
(?i)\bidentified (?:by|with \S+ (?:by|as)) (?:password )?<V>
(?i)\b(?:create|alter) (?:user|role|login)\b[^\n;]*?\bpassword\b ?=? ?N?[\"']([^'\"\n]+)
(?i)\bset password\b[^\n;]*?(?:=|to) ?(?:password\()?[\"']([^'\"\n]+)
(?i)\b(?:pgp_sym_(?:en|de)crypt|aes_(?:en|de)crypt|crypt|encode|dblink_connect)\([^\n]*?,\s*'([^'\n]+)'\)
\becho (?:-n )?[\"']?([^\s\"'|]+)[\"']? ?\| ?(?:sudo (?:\S+ )*-S|\S+ (?:\S+ )*--(?:password|passphrase)[-=](?:st
    din|fd))
\b(?:echo|printf) (?:-n )?[\"']?[^\s:\"']+:([^\s\"'|]+)[\"']? ?\| ?(?:sudo )?chpasswd
\b(?:echo|printf) (?:-n )?[\"']?([^\s\"'|]+)[\"']? ?\| ?(?:sudo )?(?:passwd|cryptsetup|gpg|smbpasswd|vncpasswd)\
    b
\bwpa_passphrase \S+ <V>
\bopenssl passwd (?:-\S+ )*<V>
\blogin \S+ password <V>
(?i)\bconvertto-securestring\b(?: -(?:string|force|asplaintext))* \\?<V>
(?i)\bnetworkcredential\([^,\n]*,\s*[\"']([^\"'\n]+)
(?i)\bpscredential\([^,\n]*,\s*[\"']([^\"'\n]+)
\bmc (?:alias set|config host add) \S+ \S+ \S+ <V>
\brclone (?:obscure|config \S+ \S+ pass) <V>
\b(?:ansible-vault encrypt_string|security add-generic-password \S.*? -w|bw unlock|op signin|pass-cli \S+) <V>
\bkubectl create secret\b[^\n]*?--from-literal[= ][\w.-]+=([^\s\"']+)
\b(?:docker|podman) (?:run|create|exec)\b<REST>-e [\"']?\w*(?:PASS|PWD|SECRET|TOKEN|KEY)\w*=([^\s\"']+)
(?i)\bset(?:x)? \w*(?:pass|pwd|secret|token|key)\w*[ =][\"']?([^\s\"']{4,})
\b(?:gh|glab|fly|heroku|vercel|wrangler) secrets? (?:set|put) \w+[^\n]*?(?:--body|-b|=)[ =]?<V>
\b(?:heroku|eb|vercel|railway|dotenv) \w+(?::set)? \w*(?:PASS|PWD|SECRET|TOKEN|KEY)\w*=([^\s\"']+)
\b(?:vault|bao) (?:kv put|write) \S+(?: \S+=\S+)*? \w+=([^\s\"']+)
\b(?:vault|bao) login(?: -\S+)* (?:token=)?([^\s=-]\S+)
\bnpm (?:config )?set \S*_(?:authToken|password|auth)[ =](\S+)
\bpoetry config \S+ \S+ ([^\s-]\S+)
\bnuget (?:push \S+ |setapikey |-ApiKey )([^\s-]\S+)
\bcargo login ([^\s-]\S+)
\bgem push\b[^\n]*? --key (\S+)
\bsignal-cli\b[^\n]*? verify (\S+)
\bbluetoothctl pair \S+ ([0-9]+)
\b(?:AUTH|auth) (?:default )?([^\s:=]*[0-9!@#$%][^\s:=]*)$
(?i)\bauth (?:plain|login) ([A-Za-z0-9+/=]{8,})
(?:^|\n)(?:PASS|pass) (\S*[0-9!@#$%^&*]\S*)(?:\n|$)
(?i)\b/?msg nickserv (?:identify|register) (?:\S+ )??([^\s@]+)(?:\s|$)
(?i)(?:^|\s)/?(?:nickserv|ns) identify (\S+)
(?:^|\s)[\w.*-]+:(?:[0-9]{2,5}|\*):[\w*-]+:[A-Za-z*][\w.-]*:(\S+)
:thin:[^\s/]+/([^\s@]+)@
(?i)(?:^|\s)(?:--[a-z-]*|-)(?:password|passwd|passphrase|pass|pwd|pw|token|secret|api-?key|access-key|otp|pin|cl
    ient-secret|auth-?token)(?:=|[ \t]+)<V>
(?i)\bauthorization[\"']?\s*[:=]\s*[\"']?(?:bearer |basic |token |digest |apikey |ntlm |negotiate |key=)?([^\s\"
    ']{6,})
(?i)\bx-(?:api-key|auth-token|vault-token|access-token|csrf-token|amz-security-token)[\"']?\s*[:=]\s*[\"']?([^\s
    \"']{6,})
\b[Bb]earer ([A-Za-z0-9._~+/=-]*[0-9][A-Za-z0-9._~+/=-]{7,})
"""

# What the rules above cannot do without. No ".*": each loop may double the states of the set all detectors share.
_WORDS = r"""
pass(?:word)?=
dsadd
sqlplus
identified (?:by|with)
(?:create|alter) (?:user|role|login)
net us(?:er|e)[ ]
set password
crypt\(
dblink_c
encode\(
\| ?sudo
chpasswd
\| ?(?:passwd|crypts|gpg|smbp|vncp)
wpa_passph
[ ]password[ ]
convertto-sec
networkcred
pscredential
mc (?:alias set|config host)
rclone (?:obscure|config)
encrypt_string
add-generic-p
bw unlock
op signin
pass-cli
from-literal
[ ]-e[ ]
setx? [a-z_]
secrets? (?:set|put)
(?:heroku|eb|vercel|railway|dotenv)[ ]
(?:vault|bao) (?:kv|write|login)
_authtoken
_auth[ =]
_password[ =]
poetry config
nuget[ ]
-apikey
cargo login
gem push
signal-cli
bluetoothctl pair
auth[ ]
^pass |\npass[ ]
nickserv
ns identify
:[0-9][0-9]+:[a-z]
:\*:
:thin:
-pass
-pwd
-pw[ =]
-token
-secret
-api-?key
-access-key
-otp[ =]
-pin[ =]
authorization
bearer[ ]
x-(?:api|auth|vault|access|csrf|amz)-
[ ](?:exp|imp)(?:dp)?[ ]
^(?:exp|imp)(?:dp)?[ ]
rman[ ]
"""
_TOOLS = "curl wget http https xh lynx ab siege hey openssl smbclient rpcclient net mount smbget winexe wmic htpasswd"


def _rows(table: str) -> Iterator[str]:
    """The rows of a table, each with the indented lines that follow it."""
    row = ""
    for line in table.strip("\n").splitlines():
        if line.startswith("    "):
            row += line[4:]
            continue
        if row:
            yield row
        row = line
    yield row


def _flagged() -> Iterator[tuple[str, str]]:
    """Each flag and its commands as alternatives."""
    flag, commands = "", list[str]()
    for line in [*_FLAGS.strip("\n").splitlines(), ""]:
        if line.startswith("    "):
            commands += line.split()
            continue
        if flag:
            yield flag, "|".join(commands)
        flag, commands = line, []


INLINE = (
    *(rf"\b(?:{commands})\b{_REST}(?:{flag}){_V}" for flag, commands in _flagged()),
    *(row.replace("<V>", _V).replace("<REST>", _REST) for row in _rows(_FORMS)),
)
"""Rules whose first group is the secret."""

_NAMES = "|".join([*_TOOLS.split(), *(commands for _, commands in _flagged())])
FORM_GATE = "(?i)" + "|".join(_rows(_WORDS))
NAME_GATE = f"(?i)(?:^|[^a-z])(?:{_NAMES}) "
FLAG_GATE = (
    r"[ \t](?:-[aApPswNXkuUb]|-[a-z]b|-(?:store|key|dest|src)|--(?:pass|http|ftp|proxy|user|auth|proxy-user)|/p)|"
    r"(?i) login |passw|(?:psk|key|pw)[ =]|extraheader|_key|_token|encrypt"
)
"""Necessary conditions of the inline rules: one of the forms, or the name of a tool and a flag."""
