"""A credential cue gives away the value beside it and nothing else."""

import pytest

from reticent.detect.cues import ContextCues

DETECTOR = ContextCues()


def found(text: str) -> list[tuple[str, str]]:
    """Kinds and texts of the spans."""
    return [(span.kind, text[span.start : span.stop]) for span in DETECTOR.find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my pass is blueTiger77 ok?", "blueTiger77"),
        ("pass is hun", "hun"),
        ("pass is @bcD9 x", "@bcD9"),
        ("pass is 密码88 e", "密码88"),
        ("password: hunter2, ok", "hunter2"),
        ("password:\nQz81LLmm", "Qz81LLmm"),
        ("password=Qz81LLmm\nport=5432", "Qz81LLmm"),
        ("DB_PASSWORD=Kp55RRtt", "Kp55RRtt"),
        ("userPassword = 'a b c9'", "a b c9"),
        ("tool --password hunter2 -v", "hunter2"),
        ("tool --password=hunter2", "hunter2"),
        ("root pw Bands.asturias.83 on it", "Bands.asturias.83"),
        ("mot de passe : Soleil99", "Soleil99"),
        ("Das Passwort ist Sonne99", "Sonne99"),
        ("Kennwort: Sonne99", "Sonne99"),
        ("la contraseña es Sol99x", "Sol99x"),
        ("minha senha é Sol99x", "Sol99x"),
        ("la parola è Sole99", "Sole99"),
        ("пароль: Солнце99", "Солнце99"),
        ("hasło: fluentimplicit!", "fluentimplicit!"),
        ("api key: bYAQirrDMYOugoobTuoe", "bYAQirrDMYOugoobTuoe"),
        ("blueTiger77 is my password", "blueTiger77"),
        ("hunter22 is the wifi pass", "hunter22"),
        ('password is "two words"', "two words"),
        ('if SECRET := getenv("SEC", "GEHEIMN1S"):', "GEHEIMN1S"),
        ('PASSWORD = os.environ.get("PASSWORD") or "at5G6zi!m"', "at5G6zi!m"),
        ("gpg passphrase nine rutgers goals denied provide javanese", "nine rutgers goals denied provide javanese"),
        ("the passphrase is foxes in the old barn", "foxes in the old barn"),
        ("passphrase: former chord harcourt withdraw", "former chord harcourt withdraw"),
        ("PGPASSWORD=Kp55RRtt psql", "Kp55RRtt"),
    ],
)
def test_password_values(text: str, value: str) -> None:
    """The value alone is the span."""
    assert set(found(text)) == {("password", value)}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("pin is 7391 end", "pin", "7391"),
        ("PIN: 1498", "pin", "1498"),
        ("7391 is my pin", "pin", "7391"),
        ("the verification code is 759655", "otp", "759655"),
        ("OTP: 050573", "otp", "050573"),
        ("153991 is your one-time code", "otp", "153991"),
    ],
)
def test_pins_and_codes(text: str, kind: str, value: str) -> None:
    """Their cues decide the kind."""
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "I forgot to change the password policy again",
        "here is the password",
        "the password is wrong",
        "the password is required",
        "your password is expired",
        "the password is too short",
        "pass is blocked",
        "password: ",
        "password",
        "token ring network",
        "pass is \nline three",
        "compass: north",
        "pass the salt",
        "the pin is bent",
        "code review is at 1500",
        "shopping: 1234",
        "password = get_password()",
        "secret = os.environ['X']",
        "curl -u $USER:$PASS https://x",
        "--password-file /etc/x",
        "what is my password",
        "the key is under the mat",
        "The meeting moved to Thursday, please bring two copies.",
        "password:\nThe next line",
        "passphrase meeting the the",
        "Set-Cookie: sugar=wafer",
        "'Cookie': 'http.cookies',\n    'cookielib': 'http.cookiejar',",
        "alias pwd='echo -n `pwd` | pbcopy'",
    ],
)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    """Talking about credentials is not giving one."""
    assert found(text) == []


def test_values_one_after_another() -> None:
    """Each is found, whichever side its label is on."""
    text = "hunter22 is my pass 7391 is my pin; token: aB3dE6gH9 secret=Kp55RRtt"
    expected = {("password", "hunter22"), ("pin", "7391"), ("password", "aB3dE6gH9"), ("password", "Kp55RRtt")}
    assert expected <= set(found(text))


def test_lone_surrogates_do_not_raise() -> None:
    """Malformed text is searched all the same, offsets unchanged."""
    assert DETECTOR.find("\ud800 pass is hun") == [("password", 10, 13)]


def test_offsets_are_code_points() -> None:
    """Characters of several bytes before and in the value do not move the span."""
    text = "é😀 пароль: Солнце99 ok"
    assert found(text) == [("password", "Солнце99")]
