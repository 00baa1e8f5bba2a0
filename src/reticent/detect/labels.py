"""What people call a credential, in more than twenty languages, as regular expressions."""

from __future__ import annotations

__all__ = ["ANSWER", "FAMILIES", "LABEL", "LABEL_GATE", "OTP", "PASSWORD", "PHRASE_LABEL", "PIN", "SECRET"]

_PASSWORDS = (
    r"pass(?:word|wd| ?phrase|wort|wrd|code|e|w)?s?", "pwd", "pswd", "psw", "pw", "passkey", "unlock code", "logon",
    "kennwort", "zugangscode",  # German
    "mot de passe", "mdp", "phrase secrète",  # French
    r"contrase(?:ñ|n)a", "clave", "contrasenya", "contrasinal",  # Spanish, Catalan, Galician
    "parola", "parolă",  # Italian, Romanian
    "senha", "palavra-passe",  # Portuguese
    "has[łl]o",  # Polish
    "wachtwoord", "l[öo]senord", "adgangskode", "passord", "salasana", "lykilorð",  # Dutch, Nordic
    "[şs]ifre", "heslo", "jelsz[óo]", "lozinka", "geslo",  # Turkish, Czech, Hungarian, Croatian, Slovene
    "slaptažodis", "parole", "salasõna", "pasahitza",  # Lithuanian, Latvian, Estonian, Basque
    "парол[ьяюе]", "лозинка", "парола",  # Russian, Ukrainian, Serbian, Bulgarian
    "κωδικός(?: πρόσβασης)?", "סיסמ[הא]", "كلمة (?:المرور|السر)", "पासवर्ड",  # Greek, Hebrew, Arabic, Hindi
    "mật khẩu", "kata sandi", "รหัสผ่าน",  # Vietnamese, Indonesian, Thai
    "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호",  # Chinese, Japanese, Korean
)  # fmt: skip
PASSWORD = "|".join(_PASSWORDS)

SECRET = (
    r"(?:api|access|auth|authentication|client|app|shared|signing|encryption|private|master|licen[sc]e|product|"
    r"activation|session|bot|refresh|setup|windows|eth|account|service|storage|webhook|secret|deploy|root|user|"
    r"application|subscription|wallet|wifi|network|security|stream|instrumentation)"
    r"[ _-]?(?:access[ _-]?)?(?:key|secret|token)|"
    r"secret|token|credentials?|creds?|(?:php|j|asp)?sess(?:ion)?_?id|cookie|(?:recovery|backup|rescue|scratch) codes?|"
    r"totp|schlüssel|clé(?: d'api)?|chave(?: de api)?|chiave|klucz|nyckel|sleutel|ключ|密钥|秘钥|キー|키"
)
PIN = (
    r"pin(?:[ -]?(?:code|number|nummer))?|(?:door|alarm|gate|entry|lock|safe|keypad|locker|garage) "
    r"(?:code|combination)|"
    r"cvv2?|cvc2?|пин(?:-?код)?|geheimzahl|code pin|código pin"
)
OTP = (
    r"otp|one[- ]time (?:code|password|passcode|pin)|(?:verification|security|login|log-in|sign-?in|confirmation|"
    r"access|auth(?:entication|enticator)?|2fa|mfa|two-factor|sms|your|my) code|2fa|mfa|authenticator says|"
    r"code de (?:vérification|sécurité|confirmation)|(?:bestätigungs|sicherheits|verifizierungs)code|"
    r"código de (?:verificación|seguridad|verificação|segurança|confirmación)|"
    r"codice di (?:verifica|sicurezza|conferma)|"
    r"verificatiecode|verifieringskod|kod weryfikacyjny|doğrulama kodu|ověřovací kód|код(?: подтверждения)?|"
    r"验证码|驗證碼|認証コード|確認コード|인증번호"
)
_GLUED_PASSWORD = "password|passwd|passphrase|passwort|pwd"
_GLUED_SECRET = "secret|apikey|api_key|token"
LABEL = rf"(?:^|[^\pL])(?:{OTP}|{PIN}|{SECRET}|{PASSWORD})|[a-z](?:{_GLUED_PASSWORD}|{_GLUED_SECRET})"
"""A label and the character before it."""
FAMILIES = {
    "otp": rf"[^\pL]?(?:{OTP})",
    "pin": rf"[^\pL]?(?:{PIN})",
    "secret": rf"[^\pL]?(?:{SECRET})|[a-z](?:{_GLUED_SECRET})",
    "password": rf"[^\pL]?(?:{PASSWORD})|[a-z](?:{_GLUED_PASSWORD})",
}
"""Whole labels of each family; the first that fits counts."""

PHRASE_LABEL = (
    r"pass ?phrase|mot de passe|master password|passwort|(?:seed|recovery|mnemonic|secret) (?:phrase|words)|"
    r"wallet words|mnemonic"
)
ANSWER = (
    r"(?:first|favou?rite|childhood) (?:pet|car|school|teacher|job|concert|movie|book|friend|best friend)(?:'s)?"
    r"(?: name)?|(?:mother|mom|father|grandmother)'?s? maiden name|maiden name|security (?:answer|question answer)|"
    r"answer to (?:the|my) security question|(?:city|town|street) (?:of birth|(?:i|you) (?:were|was) born in|"
    r"(?:i|you) grew up (?:on|in))|birth (?:city|town|place)|geburtsname der mutter|nom de jeune fille(?: de ma mère)?|"
    r"apellido de soltera|erstes haustier|name of (?:my|your) first (?:pet|school)|childhood nickname"
)
"""What a security question asks for."""

LABEL_GATE = (
    r"(?i)pass|pwd|psw|[^a-z]pw|^pw|wort|mdp|trase|ntras|clave|parol|senha|palavra|has[łl]o|wacht|l[öo]sen|[şs]ifre|"
    r"heslo|jelsz|lozink|geslo|slapta|salas|adgang|lykil|pasahi|парол|лозин|κωδι|סיסמ|كلمة|पास|khẩu|sandi|รหัส|"
    r"密|口令|パス|暗証|비밀|암호|unlock|logon|kennw|zugang|phrase|"
    r"secret|token|cred|sess|cookie|(?:ry|up|ue|ch) code|totp|[a-z][ _-]?key|schlüss|clé|chave|chiave|klucz|nyckel|"
    r"sleutel|ключ|秘|キー|키|"
    r"[^a-z]pin|^pin|пин|otp|2fa|mfa|code|cod[ie]|kod|kód|код|验|驗|認|確認|인증|cvv|cvc|combination|authenticator|"
    r"geheim|seed|mnemonic|wallet|maiden|jeune fille|soltera|security (?:answer|quest)|(?:first|rite|hood) (?:pet|car|"
    r"school|teacher|job|concert|movie|book|friend|best|nick)|of birth|birth (?:city|town|place)|geburtsn|haustier|"
    r"grew up|born in"
)
"""A necessary condition of every label."""
