"""Commands of shells and databases that are given a secret as an argument, as regular expressions."""

from __future__ import annotations

__all__ = ["FLAG_GATE", "FORM_GATE", "INLINE", "NAME_GATE"]

_V = r"[\"']?([^\s\"']+)"
_REST = r"[^\n|;&]*?[ \t]"

# Commands, and the flags whose value is the secret ("p" glued or apart, "p " only apart).
_FLAGS = (
    ("mysql mysqldump mysqladmin mysqlsh mysqlimport mysqlcheck mysqlpump mariadb mariadb-dump mycli 7za? rar unrar", "-p"),
    ("sshpass plink pscp psftp kitty mosquitto_pub mosquitto_sub rdesktop useradd usermod hydra medusa ncrack sqlcmd bcp "
     "osql isql tsql mongo mongosh mongodump mongorestore mongoexport mongoimport bsondump cqlsh nodetool vncviewer "
     "x11vnc vncdotool tn5250 bteq exaplus sqlldr", "-(?:p|P|w|pw|passwd) ?"),
    ("redis-cli kinit impacket-\\S+ crackmapexec nxc netexec evil-winrm smbmap", "-(?:a|p) ?"),
    ("zip unzip isql-fb gbak gsec", "-(?:P|pas|password) ?"),
    ("ldapsearch ldapadd ldapmodify ldapwhoami ldapdelete ldappasswd ldapcompare", "-(?:w|s|a) ?"),
    ("ssh-keygen", "-[NP] ?"),
    ("ipmitool youtube-dl yt-dlp snmpwalk snmpget snmpset amtterm racadm sas3ircu", "-(?:P|p|A|X) ?"),
    ("docker podman buildah skopeo helm oc az nerdctl cf rclone kubectl argocd crane oras regctl cosign doctl ibmcloud "
     "npm yarn gh glab vault tsh fly heroku influx consul nomad terraform snyk twine poetry gem cargo jf jfrog nuget "
     "dotnet choco databricks snowsql wrangler netlify vercel firebase mc", "login[^\\n|;&]*? -p[ =]?"),
    ("snowsql psql bq clickhouse-client influx trino presto arangosh cypher-shell neo4j-admin rabbitmqadmin couchbase-cli "
     "cbq etcdctl natscli nats kafka-\\S+ sqlline beeline impala-shell", "(?:-p|--password|--user=\\S+:)[ =]?"),
    ("xfreerdp xfreerdp3 mstsc cmdkey wfreerdp", "/(?:p|pass|password):"),
    ("keytool jarsigner apksigner", "-(?:store|key|deststore|srcstore)pass[ :]?"),
    ("openvpn openconnect nmcli iwconfig netsh wpa_cli", "(?:password|psk|key|keyMaterial|wifi-sec\\.psk|key=)[ =]"),
    ("fastlane xcrun altool notarytool security", "(?:-p|--password|-P|unlock-keychain -p)[ =]"),
    ("aws", "configure set \\S*(?:secret_access_key|session_token)[ =]"),
    ("cryptsetup pdftk qpdf gs", "(?:user_pw|owner_pw|input_pw|--password=|--encrypt)[ =]?"),
    ("wget fetch axel aria2c", "--(?:http-|ftp-|proxy-)?passw(?:or)?d[ =]"),
    ("git", "-c http\\.\\S*extraheader=\\S*(?:bearer|basic) "),
)  # fmt: skip

_FORMS = (
    rf"(?i:\b(?:curl|wget|https?|xh|lynx|ab|siege|hey)\b){_REST}(?:-u|-U|--user|--proxy-user|-a|-A|-P|--auth)[ =]?[\"']?"
    r"[^\s:\"']*:([^\s\"']+)",
    rf"\bopenssl\b{_REST}-(?:pass|passin|passout|k)[ =]?[\"']?(?:pass:)?([^\s\"']+)",
    rf"\b(?:smbclient|rpcclient|net|mount|smbget|winexe|wmic|cifsmount|nmblookup)\b{_REST}-U[ ]?[\"']?[^\s%\"']+%"
    r"([^\s\"']+)",
    rf"\b(?:mount|mount\.cifs)\b{_REST}(?:-o )?\S*(?:password|pass)=([^\s,\"']+)",
    rf"\bhtpasswd\b{_REST}-[a-zA-Z]*b[a-zA-Z]* \S+ \S+ {_V}",
    rf"(?i)\bnet (?:user|use) \S+ (?!/){_V}".replace("(?!/)", "") + r"(?: /\S+)?",
    rf"(?i)\bdsadd user\b{_REST}-pwd {_V}",
    r"(?i)\bsqlplus(?: -\S+)* [^\s/]+/([^\s@]+)", r"(?i)\b(?:exp|imp|expdp|impdp|rman|tnsping) [^\s/]+/([^\s@]+)",
    rf"(?i)\bidentified (?:by|with \S+ (?:by|as)) (?:password )?{_V}",
    r"(?i)\b(?:create|alter) (?:user|role|login)\b[^\n;]*?\bpassword\b ?=? ?N?[\"']([^'\"\n]+)",
    r"(?i)\bset password\b[^\n;]*?(?:=|to) ?(?:password\()?[\"']([^'\"\n]+)",
    r"(?i)\b(?:pgp_sym_(?:en|de)crypt|aes_(?:en|de)crypt|crypt|encode|dblink_connect)\([^\n]*?,\s*'([^'\n]+)'\)",
    r"\becho (?:-n )?[\"']?([^\s\"'|]+)[\"']? ?\| ?(?:sudo (?:\S+ )*-S|\S+ (?:\S+ )*--(?:password|passphrase)[-=](?:stdin|fd))",
    r"\b(?:echo|printf) (?:-n )?[\"']?[^\s:\"']+:([^\s\"'|]+)[\"']? ?\| ?(?:sudo )?chpasswd",
    r"\b(?:echo|printf) (?:-n )?[\"']?([^\s\"'|]+)[\"']? ?\| ?(?:sudo )?(?:passwd|cryptsetup|gpg|smbpasswd|vncpasswd)\b",
    rf"\bwpa_passphrase \S+ {_V}", rf"\bopenssl passwd (?:-\S+ )*{_V}", rf"\blogin \S+ password {_V}",
    rf"(?i)\bconvertto-securestring\b(?: -(?:string|force|asplaintext))* \\?{_V}",
    r"(?i)\bnetworkcredential\([^,\n]*,\s*[\"']([^\"'\n]+)", r"(?i)\bpscredential\([^,\n]*,\s*[\"']([^\"'\n]+)",
    rf"\bmc (?:alias set|config host add) \S+ \S+ \S+ {_V}", rf"\brclone (?:obscure|config \S+ \S+ pass) {_V}",
    rf"\b(?:ansible-vault encrypt_string|security add-generic-password \S.*? -w|bw unlock|op signin|pass-cli \S+) {_V}",
    rf"\bkubectl create secret\b[^\n]*?--from-literal[= ][\w.-]+=([^\s\"']+)",
    rf"\b(?:docker|podman) (?:run|create|exec)\b{_REST}-e [\"']?\w*(?:PASS|PWD|SECRET|TOKEN|KEY)\w*=([^\s\"']+)",
    r"(?i)\bset(?:x)? \w*(?:pass|pwd|secret|token|key)\w*[ =][\"']?([^\s\"']{4,})",
    r"\b(?:gh|glab|fly|heroku|vercel|wrangler) secrets? (?:set|put) \w+[^\n]*?(?:--body|-b|=)[ =]?[\"']?([^\s\"']+)",
    r"\b(?:heroku|eb|vercel|railway|dotenv) \w+(?::set)? \w*(?:PASS|PWD|SECRET|TOKEN|KEY)\w*=([^\s\"']+)",
    r"\b(?:vault|bao) (?:kv put|write) \S+(?: \S+=\S+)*? \w+=([^\s\"']+)", r"\b(?:vault|bao) login(?: -\S+)* (?:token=)?([^\s=-]\S+)",
    r"\bnpm (?:config )?set \S*_(?:authToken|password|auth)[ =](\S+)", r"\bpoetry config \S+ \S+ ([^\s-]\S+)",
    r"\bnuget (?:push \S+ |setapikey |-ApiKey )([^\s-]\S+)", r"\bcargo login ([^\s-]\S+)",
    r"\bgem push\b[^\n]*? --key (\S+)", r"\bsignal-cli\b[^\n]*? verify (\S+)", r"\bbluetoothctl pair \S+ ([0-9]+)",
    r"\b(?:AUTH|auth) (?:default )?([^\s:=]*[0-9!@#$%][^\s:=]*)$", r"(?i)\bauth (?:plain|login) ([A-Za-z0-9+/=]{8,})",
    r"(?:^|\n)(?:PASS|pass) (\S*[0-9!@#$%^&*]\S*)(?:\n|$)", r"(?i)\b/?msg nickserv (?:identify|register) (?:\S+ )??([^\s@]+)(?:\s|$)",
    r"(?i)(?:^|\s)/?(?:nickserv|ns) identify (\S+)",
    r"(?:^|\s)[\w.*-]+:(?:[0-9]{2,5}|\*):[\w*-]+:[A-Za-z*][\w.-]*:(\S+)", r":thin:[^\s/]+/([^\s@]+)@",
    r"(?i)(?:^|\s)(?:--[a-z-]*|-)(?:password|passwd|passphrase|pass|pwd|pw|token|secret|api-?key|access-key|otp|pin|"
    rf"client-secret|auth-?token)(?:=|[ \t]+){_V}",
    r"(?i)\bauthorization[\"']?\s*[:=]\s*[\"']?(?:bearer |basic |token |digest |apikey |ntlm |negotiate |key=)?"
    r"([^\s\"']{6,})",
    r"(?i)\bx-(?:api-key|auth-token|vault-token|access-token|csrf-token|amz-security-token)[\"']?\s*[:=]\s*[\"']?"
    r"([^\s\"']{6,})",
    r"\b[Bb]earer ([A-Za-z0-9._~+/=-]*[0-9][A-Za-z0-9._~+/=-]{7,})",
)  # fmt: skip


def _flagged(commands: str, flag: str) -> str:
    return rf"\b(?:{'|'.join(commands.split())})\b{_REST}(?:{flag}){_V}"


INLINE = tuple(_flagged(*row) for row in _FLAGS) + _FORMS
"""Rules whose first group is the secret."""

# Gates hold no ".*": each loop may double the states of the set that all detectors share.
_WORDS = (
    "pass(?:word)?=", "dsadd", "sqlplus", "identified (?:by|with)", "(?:create|alter) (?:user|role|login)",
    "net us(?:er|e) ", "set password", r"crypt\(", "dblink_c", r"encode\(", r"\| ?sudo", "chpasswd",
    r"\| ?(?:passwd|crypts|gpg|smbp|vncp)", "wpa_passph", " password ", "convertto-sec", "networkcred", "pscredential",
    "mc (?:alias set|config host)", "rclone (?:obscure|config)", "encrypt_string", "add-generic-p", "bw unlock",
    "op signin", "pass-cli", "from-literal", " -e ", "setx? [a-z_]", "secrets? (?:set|put)", "(?:heroku|eb|vercel|railway|dotenv) ",
    "(?:vault|bao) (?:kv|write|login)", "_authtoken", "_auth[ =]", "_password[ =]", "poetry config", "nuget ", "-apikey", "cargo login",
    "gem push", "signal-cli", "bluetoothctl pair", "auth ", r"^pass |\npass ", "nickserv", "ns identify",
    ":[0-9][0-9]+:[a-z]", r":\*:", ":thin:", "-pass", "-pwd", "-pw[ =]", "-token", "-secret", "-api-?key", "-access-key",
    "-otp[ =]", "-pin[ =]", "authorization", "bearer ", "x-(?:api|auth|vault|access|csrf|amz)-", " (?:exp|imp)(?:dp)? ",
    "^(?:exp|imp)(?:dp)? ", "rman ",
)  # fmt: skip
_TOOLS = "curl wget http https xh lynx ab siege hey openssl smbclient rpcclient net mount smbget winexe wmic htpasswd"
_NAMES = "|".join(name for commands in (_TOOLS, *(row[0] for row in _FLAGS)) for name in commands.split())
FORM_GATE = "(?i)" + "|".join(_WORDS)
NAME_GATE = f"(?i)(?:^|[^a-z])(?:{_NAMES}) "
FLAG_GATE = (
    r"[ \t](?:-[aApPswNXkuUb]|-[a-z]b|-(?:store|key|dest|src)|--(?:pass|http|ftp|proxy|user|auth|proxy-user)|/p)|"
    r"(?i) login |passw|(?:psk|key|pw)[ =]|extraheader|_key|_token|encrypt"
)
"""Necessary conditions of the inline rules: one of the forms, or the name of a tool and a flag."""
