"""Labels of many languages are known, and the gate lets each of them through."""

import pytest
import re2

from reticent.detect.cues import ContextCues
from reticent.detect.labels import LABEL_GATE

DETECTOR = ContextCues()
LABELS = (
    "password", "Kennwort", "mot de passe", "contraseña", "clave", "parola", "senha", "hasło", "wachtwoord", "lösenord",
    "adgangskode", "passord", "salasana", "şifre", "heslo", "jelszó", "lozinka", "geslo", "slaptažodis", "пароль",
    "κωδικός", "סיסמה", "كلمة المرور", "mật khẩu", "kata sandi", "密码", "パスワード", "비밀번호", "unlock code",
)  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_every_language(label: str) -> None:
    """A value behind the label is found, with any colon."""
    for text in (f"{label}: Tiger77x", f"{label}：Tiger77x", f"{label} = Tiger77x"):
        assert re2.search(LABEL_GATE, text)
        assert [text[span.start : span.stop] for span in DETECTOR.find(text)] == ["Tiger77x"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mother's maiden name: Kristen Observer", "security_answer", "Kristen Observer"),
        ("first pet: Lonnie", "security_answer", "Lonnie"),
        ("Geheimzahl: 4471", "pin", "4471"),
        ("認証コード：759655", "otp", "759655"),
    ],
)
def test_answers_and_numbers(text: str, kind: str, value: str) -> None:
    """Security questions, PINs and codes have kinds of their own."""
    assert (kind, text.index(value), len(text)) in DETECTOR.find(text)
