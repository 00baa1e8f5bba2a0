"""A place says that a password is asked for by its program, its title or its address; talk about it does not."""

from __future__ import annotations

import pytest

from reticent.detect.hints import is_password_prompt, is_sign_in


@pytest.mark.parametrize(
    "app",
    [
        "pinentry", "pinentry-gtk-2", "pinentry-mac.app", "/usr/lib/ssh/ssh-askpass", "org.kde.ksshaskpass", "gksu",
        "polkit-gnome-authentication-agent-1", "polkit-kde-authentication-agent-1", "gcr-prompter", "LogonUI.exe",
        "C:\\Windows\\System32\\CredentialUIBroker.exe", "loginwindow", "com.apple.SecurityAgent",
    ],
)  # fmt: skip
def test_programs_that_ask_for_a_password_and_nothing_else(app: str) -> None:
    """By name, path or identifier."""
    assert is_password_prompt(app)


@pytest.mark.parametrize("app", [None, "", "firefox", "keepassxc", "pinentryish", "my-gksu", "loginwindows", "\ud800"])
def test_other_programs(app: str | None) -> None:
    """A password manager holds more than one password field."""
    assert not is_password_prompt(app)


@pytest.mark.parametrize(
    "title",
    [
        "Sign in", "Login", "Log in to X / X", "Sign in to GitHub · GitHub", "Facebook – log in or sign up",
        "Sign in - Google Accounts", "Acme | Log-in", "Anmelden – Google Konten", "Connexion", "Iniciar sesión | Acme",
        "Acme: Se connecter", "Accedi", "Entrar", "Fazer login", "Inloggen", "Logga in", "Logowanie", "Войти",
        "ログインする", "登录 - Acme", "로그인", "تسجيل الدخول", "Mozilla Firefox — SIGN IN",
    ],
)  # fmt: skip
def test_titles_of_sign_in_forms(title: str) -> None:
    """In many languages, at the beginning of a part."""
    assert is_sign_in(title)


@pytest.mark.parametrize(
    "title",
    [
        None, "", "How to log in - Forum", "Inbox", "Blogs in 2026", "Your login was changed",
        "Signing in", "Logins", "Loginov", "Catalog in PDF", "Assign in class", "Entrare", "\ud800",
    ],
)  # fmt: skip
def test_other_titles(title: str | None) -> None:
    """A word further on, or one that only begins alike, is none."""
    assert not is_sign_in(title)


@pytest.mark.parametrize(
    ("url", "is_form"),
    [
        ("https://example.org/login", True), ("https://example.org/users/sign_in?next=/", True),
        ("https://login.example.org/", True), ("https://example.org/oauth2/authorize", True),
        ("https://github.com/session/new", True), ("https://example.org/wp-login.php", False),
        ("https://example.org/blog/login-help", False), ("https://example.org/?page=login", False),
        ("https://example.org/#/login", False), ("example.org/login", False), (None, False), ("", False),
    ],
)  # fmt: skip
def test_addresses(url: str | None, is_form: bool) -> None:
    """Host and path count, what stands behind them does not."""
    assert is_sign_in(None, url) is is_form
